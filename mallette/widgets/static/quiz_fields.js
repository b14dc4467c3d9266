// How a person answers each type of question. A field never knows the right answer.

import { h, fill, uid, formatNumber, withUnit, parseNumber } from "./common.js";
import { fateNote } from "./quiz_fate.js";
import { QUIZ_TEXTS } from "./quiz_texts.js";

const POINTS = [-2, -1, 0, 1, 2];

/** "−2", "0", "+1": a point of the concordance scale. */
export function pointName(point) {
  return point === 0 ? "0" : `${point < 0 ? "−" : "+"}${Math.abs(point)}`;
}

/** The five labels of a concordance question. */
export function pointLabels(question) {
  return question.echelle ?? QUIZ_TEXTS.scale;
}

/** The situation, hypothesis and information of a concordance question. */
export function caseStory(question) {
  return h("dl", { class: "mlt-quiz-case" },
    [["situation", "situation"], ["hypothesis", "hypothese"], ["information", "information"]].map(([text, name]) => [
      h("dt", {}, QUIZ_TEXTS[text]), h("dd", {}, question[name]),
    ]));
}

/** Tell paper, which lists choices as the bank does, the place of an element there: see quiz.css. */
export function rank(element, index) {
  element.style.order = String(index);
  return element;
}

function choiceField(labels, values, multiple) {
  const name = uid("choix");
  const inputs = labels.map((label, index) => h("input", {
    type: multiple ? "checkbox" : "radio", name, value: String(index), autocomplete: "off",
  }));
  return {
    children: inputs.map((input, index) => h("label", { class: "mlt-choice" }, input, h("span", {}, labels[index]))),
    control: inputs[0],
    read() {
      const ticked = values.filter((_, index) => inputs[index].checked);
      if (multiple) return ticked.length ? { answer: ticked.sort((a, b) => a - b) } : { error: QUIZ_TEXTS.missingChoices };
      return ticked.length ? { answer: ticked[0] } : { error: QUIZ_TEXTS.missingChoice };
    },
    write(answer) {
      inputs.forEach((input, index) => { input.checked = [answer].flat().includes(values[index]); });
    },
  };
}

/** What a person typed, units and typographic minus allowed. */
function readNumber(input, { min, max }, missing) {
  const value = parseNumber(input.value.replace(/(\d)[^\d.,]+$/, "$1"));
  input.removeAttribute("aria-invalid");
  let error = null;
  if (value === null) error = missing;
  else if (Number.isNaN(value)) error = QUIZ_TEXTS.badNumber;
  else if (value < min || value > max) error = QUIZ_TEXTS.outside(formatNumber(min), formatNumber(max));
  if (!error) return { answer: value };
  input.setAttribute("aria-invalid", "true");
  return { error };
}

function numberInput(text, { unite, domaine }, errorId) {
  const input = h("input", {
    type: "text", inputmode: "decimal", id: uid("nombre"), class: "mlt-quiz-number", autocomplete: "off",
    "aria-describedby": errorId,
  });
  const label = h("label", { for: input.id }, text(unite, formatNumber(domaine.min), formatNumber(domaine.max)));
  return { input, label };
}

/** A number as a person types it, with every digit it has. */
const typed = (value) => String(value).replace(".", ",");

function numberField(question, { errorId }) {
  const { input, label } = numberInput(QUIZ_TEXTS.yourNumber, question, errorId);
  return {
    children: [label, h("p", { class: "mlt-quiz-entry" }, input, h("span", { "aria-hidden": "true" }, question.unite))],
    control: input,
    read: () => readNumber(input, question.domaine, QUIZ_TEXTS.missingNumber),
    write(answer) { input.value = typed(answer); },
  };
}

function estimateField(question, { errorId }) {
  const { min, max, pas } = question.domaine;
  const { input, label } = numberInput(QUIZ_TEXTS.yourEstimate, question, errorId);
  const slider = h("input", {
    type: "range", min, max, step: pas, "aria-label": QUIZ_TEXTS.slider, "aria-valuetext": QUIZ_TEXTS.sliderEmpty,
    autocomplete: "off",
  });
  // An attribute would be read before min, max and step are known.
  slider.value = String(min + Math.round((max - min) / pas / 2) * pas);
  const show = (value) => slider.setAttribute("aria-valuetext", withUnit(value, question.unite));
  slider.addEventListener("input", () => {
    input.value = formatNumber(Number(slider.value));
    show(Number(slider.value));
  });
  input.addEventListener("input", () => {
    const { answer } = readNumber(input, question.domaine, "");
    input.removeAttribute("aria-invalid");
    if (answer === undefined) return;
    slider.value = String(answer);
    show(answer);
  });
  return {
    children: [
      slider,
      h("p", { class: "mlt-quiz-ends", "aria-hidden": "true" },
        h("span", {}, withUnit(min, question.unite)), h("span", {}, withUnit(max, question.unite))),
      label,
      h("p", { class: "mlt-quiz-entry" }, input, h("span", { "aria-hidden": "true" }, question.unite)),
    ],
    control: input,
    read: () => readNumber(input, question.domaine, QUIZ_TEXTS.missingEstimate),
    write(answer) {
      input.value = typed(answer);
      slider.value = String(answer);
      show(answer);
    },
  };
}

function orderField(question, { order, say }) {
  const items = [...order];
  const texts = question.elements.map((element) => element.texte);
  const list = h("ol", { class: "mlt-quiz-order" });
  const rows = texts.map((text, index) => {
    const button = (step, word) => h("button", {
      type: "button", "aria-label": `${word} : ${text}`, on: { click: () => move(index, step) },
    }, word);
    const up = button(-1, QUIZ_TEXTS.up);
    const down = button(1, QUIZ_TEXTS.down);
    const moves = h("span", { class: "mlt-quiz-moves" }, up, down);
    return { up, down, row: h("li", {}, h("div", { class: "mlt-quiz-row" }, h("span", {}, text), moves)) };
  });
  const draw = () => {
    fill(list, items.map((index) => rows[index].row));
    items.forEach((index, place) => {
      // aria-disabled keeps the focus where the person is when an element reaches an end.
      rows[index].up.setAttribute("aria-disabled", String(place === 0));
      rows[index].down.setAttribute("aria-disabled", String(place === items.length - 1));
    });
  };
  function move(index, step) {
    const place = items.indexOf(index);
    const target = place + step;
    if (target < 0) return say(QUIZ_TEXTS.itemFirst(texts[index]));
    if (target >= items.length) return say(QUIZ_TEXTS.itemLast(texts[index]));
    [items[place], items[target]] = [items[target], items[place]];
    draw();
    rows[index][step < 0 ? "up" : "down"].focus();
    return say(QUIZ_TEXTS.itemMoved(texts[index], target + 1, items.length));
  }
  draw();
  return {
    children: [h("p", { class: "mlt-note" }, question.consigne_ordre), list],
    control: rows[items[0]].down,
    read: () => ({ answer: [...items] }),
    write(answer) {
      items.splice(0, items.length, ...answer);
      draw();
    },
  };
}

/** The free text of a reflection: it lives in this element only. `fate` says what becomes of it. */
export function reflectionText(fate, value = "") {
  const note = fateNote(fate);
  const area = h("textarea", { id: uid("texte"), rows: 5, autocomplete: "off", "aria-describedby": note.id, value });
  return { area, children: [h("label", { for: area.id }, QUIZ_TEXTS.yourText), note, area] };
}

function reflectionField(question, { keepText, fate }) {
  const { area, children } = reflectionText(fate);
  return {
    children,
    control: area,
    read() {
      keepText(area.value);
      return { answer: true };
    },
  };
}

/** Choices in the order in which this person sees them: an answer counts them as the bank does. */
function shownChoices({ choix }, { order }, multiple) {
  const field = choiceField(order.map((index) => choix[index].texte), order, multiple);
  field.children.forEach((label, place) => rank(label, order[place]));
  return field;
}

const FIELDS = {
  choix_unique: (question, options) => shownChoices(question, options, false),
  choix_multiple: (question, options) => shownChoices(question, options, true),
  vrai_faux: () => choiceField([QUIZ_TEXTS.truth.vrai, QUIZ_TEXTS.truth.faux], ["vrai", "faux"], false),
  numerique: numberField,
  estimation: estimateField,
  ordre: orderField,
  opinion: ({ echelle }) => choiceField(echelle, echelle.map((_, index) => index), false),
  concordance(question) {
    const labels = pointLabels(question).map((label, index) => `${pointName(POINTS[index])} : ${label}`);
    const field = choiceField(labels, POINTS, false);
    return { ...field, before: caseStory(question) };
  },
  reflexion: reflectionField,
};

/**
 * Build the field of a question.
 * Options: `errorId` (element that will hold the error), `order` (of choices or of an « ordre »), `say` (announce a text),
 * `keepText` (receives the text of a reflection), `fate` (what becomes of that text).
 * Returns `{ element, control, read, write }`; `read()` gives `{ answer }` or `{ error }`, `write(answer)` shows an
 * earlier answer (not for a reflection), `control` takes the focus.
 */
export function buildField(question, options) {
  const field = FIELDS[question.type](question, options);
  const legend = h("legend", {}, question.enonce);
  const element = h("div", {}, field.before, h("fieldset", { "aria-describedby": options.errorId }, legend, field.children));
  return { element, control: field.control, read: field.read, write: field.write };
}
