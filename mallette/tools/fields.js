// One field of a tool on the page: its label, its rule, what is typed, and what looks like a person in it.
import { exactNumber, fill, h, parseNumber, uid } from "../widgets/static/common.js";
import { choicesOf, isEmpty, OLDEST } from "./core.js";
import { suspicions } from "./privacy.js";
import { TEXTS } from "./texts.js";

const TYPED = ["texte", "long", "fonction"];

/** The choices proposed, and whatever a document holds besides: a value of an older version stays. */
function proposed(field, value, document) {
  const choices = choicesOf(field, document);
  return [...choices, ...[].concat(value).filter((one) => !isEmpty(one) && !choices.includes(one))];
}

/** A choice of one in a list; the list is made anew when it is reached, since another table may have changed it. */
function buildSelect(field, value, { id, described, document, change }) {
  const select = h("select", { id, "aria-describedby": described, on: { change: () => change(select.value) } });
  const draw = () => {
    const [kept, document_] = [select.options.length ? select.value : value, document()];
    fill(
      select,
      h("option", { value: "" }, TEXTS.choose),
      proposed(field, kept, document_).map((text) => h("option", { value: text }, text)),
    );
    select.value = kept;
  };
  draw();
  if (field["choix-de"]) select.addEventListener("focus", draw);
  const set = (next) => {
    fill(select);
    value = next;
    draw();
  };
  return { element: select, set };
}

/** Several of a list: boxes. */
function buildBoxes(field, value, { document, change }) {
  const element = h("div", {});
  let chosen = value;
  const draw = () => {
    const choices = proposed(field, chosen, document());
    const box = (text) => {
      const input = h("input", { type: "checkbox", checked: chosen.includes(text) });
      input.addEventListener("change", () => {
        chosen = input.checked ? [...chosen, text] : chosen.filter((one) => one !== text);
        change(choices.filter((one) => chosen.includes(one)));
      });
      return h("label", { class: "mlt-choice" }, input, h("span", {}, text));
    };
    fill(element, choices.length ? choices.map(box) : h("p", { class: "mlt-note" }, TEXTS.noChoice));
  };
  draw();
  return {
    element,
    set: (next) => {
      chosen = next;
      draw();
    },
  };
}

function buildNumber(field, value, { id, described, change, note }) {
  const input = h("input", {
    id,
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    "aria-describedby": described,
    class: "mlt-tool-number",
  });
  const set = (next) => {
    input.value = next === null ? "" : exactNumber(next);
  };
  input.addEventListener("input", () => {
    const number = parseNumber(input.value);
    const wrong = Number.isNaN(number);
    input.setAttribute("aria-invalid", String(wrong));
    note(wrong ? TEXTS.badNumber : "");
    if (!wrong) change(number);
  });
  set(value);
  return { element: h("span", { class: "mlt-tool-entry" }, input, field.unite && h("span", {}, field.unite)), set };
}

function buildText(field, value, { id, described, change, note }) {
  const list = field.propositions &&
    h("datalist", { id: `${id}-p` }, field.propositions.map((value) => h("option", { value })));
  const long = field.type === "long";
  const props = { id, "aria-describedby": described, autocomplete: "off", value, list: list ? list.id : null };
  const input = h(
    long ? "textarea" : "input",
    long ? { ...props, rows: 3 } : { ...props, type: field.type === "date" ? "date" : "text" },
  );
  const tell = () => {
    const found = TYPED.includes(field.type) ? suspicions(input.value) : [];
    const length = field.max && input.value.length > field.max ? TEXTS.tooLong(input.value.length, field.max) : "";
    const year = field.type === "date" && input.value && input.value < OLDEST ? TEXTS.badYear : "";
    note([found.length && TEXTS.suspect(found), length, year].filter(Boolean).join(" "));
  };
  input.addEventListener("input", () => change(input.value));
  input.addEventListener("change", tell);
  if (value) tell();
  return {
    element: list ? [input, list] : input,
    set: (next) => {
      input.value = next;
      tell();
    },
  };
}

/**
 * A field: { element, set(value) }.
 *
 * @param document gives the document as it is now: choices may come from its tables.
 * @param change is told each new value.
 */
export function buildField(field, value, { document, change }) {
  const id = uid("champ");
  const said = h("p", { class: "mlt-tool-said", role: "status", id: `${id}-n` });
  const note = (text) => {
    if (said.textContent !== text) said.textContent = text;
  };
  const help = [field.aide, field.type === "fonction" && TEXTS.roles].filter(Boolean).join(" ");
  const hint = help && h("p", { class: "mlt-note", id: `${id}-a` }, help);
  const described = [hint && hint.id, said.id].filter(Boolean).join(" ");
  const props = { id, described, document, change, note };
  if (field.type === "plusieurs") {
    const boxes = buildBoxes(field, value, props);
    const group = h(
      "fieldset",
      { "aria-describedby": hint ? hint.id : null },
      h("legend", {}, field.libelle),
      hint,
      boxes.element,
    );
    return { element: h("div", { class: "mlt-tool-field" }, group), set: boxes.set };
  }
  const build = { choix: buildSelect, nombre: buildNumber }[field.type] ?? buildText;
  const control = build(field, value, props);
  const label = h("label", { for: id }, field.libelle);
  return { element: h("div", { class: "mlt-tool-field" }, label, hint, control.element, said), set: control.set };
}
