// The controls of the prevalence explorer: each shows a state and tells what is picked; what has no value says so.
import { fill, h, uid } from "./common.js";

export const NOTHING = "absent de nos données pour ce choix";

export function radios(legend, names, onPick) {
  const group = uid("radios");
  const inputs = new Map(
    Object.keys(names).map((code) => [
      code,
      h("input", {
        type: "radio",
        name: group,
        value: code,
        on: { change: () => onPick(code) },
      }),
    ]),
  );
  const element = h(
    "fieldset",
    { class: "mlt-explorer-radios" },
    h("legend", {}, legend),
    [...inputs].map(
      ([code, input]) => h("label", { class: "mlt-choice" }, input, h("span", {}, names[code])),
    ),
  );
  return {
    element,
    show: (code) => {
      inputs.get(code).checked = true;
    },
  };
}

export function dropdown(label, onPick) {
  const id = uid("select");
  const select_ = h("select", { id, on: { change: () => onPick(select_.value) } });
  const element = h("div", { class: "mlt-explorer-field" }, h("label", { for: id }, label), select_);
  /** Options `[value, text, possible]`; an impossible one says why and cannot be picked. */
  const show = (options, value) => {
    fill(
      select_,
      options.map(([code, text, possible]) =>
        h("option", {
          value: code,
          disabled: !possible && String(code) !== String(value),
          selected: String(code) === String(value),
        }, possible ? text : `${text} (${NOTHING})`)
      ),
    );
  };
  return { element, show };
}

export function checkboxes(names, onToggle) {
  const boxes = new Map(
    Object.entries(names).map(([code, { nom }]) => {
      const reason = h("span", { class: "mlt-note mlt-explorer-reason" });
      const input = h("input", { type: "checkbox", value: code, on: { change: () => onToggle(code, input.checked) } });
      const element = h("label", { class: "mlt-choice" }, input, h("span", {}, nom, " ", reason));
      return [code, { input, reason, element }];
    }),
  );
  const show = (code, { checked, disabled = false, reason = "", hidden = false }) => {
    const box = boxes.get(code);
    Object.assign(box.input, { checked, disabled });
    box.reason.textContent = reason ? `(${reason})` : "";
    box.element.hidden = hidden;
  };
  return { elements: [...boxes.values()].map((box) => box.element), show };
}
