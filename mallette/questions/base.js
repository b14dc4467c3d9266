// What the types of questions share: signs and words of feedback, radio buttons, and what a type may leave out.

import { h, uid } from "../widgets/static/common.js";

/** What a type is, unless it says otherwise; see types.js for what it must say. */
export const PLAIN_TYPE = {
  scored: () => true,
  verdict(question, answer) {
    const value = this.credit(question, answer);
    if (value === null) return null;
    if (value === 1) return "juste";
    return value === 0 ? "faux" : "partiel";
  },
  credit(question, answer) {
    if (!this.scored(question)) return null;
    return this.valid(question, answer) ? this.worth(question, answer) : 0;
  },
  order: () => undefined,
};

export const isIndex = (answer, count) => Number.isInteger(answer) && answer >= 0 && answer < count;
export const areIndices = (answer, count) =>
  Array.isArray(answer) && answer.every((item) => isIndex(item, count)) && new Set(answer).size === answer.length;

const VERDICTS = {
  juste: ["✓", "Juste"],
  partiel: ["◐", "Juste en partie"],
  faux: ["✗", "À revoir"],
  trop_bas: ["✗", "Trop bas"],
  trop_haut: ["✗", "Trop haut"],
};
const TONES = { juste: "good", faux: "bad", trop_bas: "bad", trop_haut: "bad" };
export const NO_RIGHT = ["•", "Il n’y a pas de bonne réponse"];
export const YOURS = "votre réponse";
export const youSaid = (answer) => `Votre réponse : ${answer}.`;

export function sign(symbol) {
  return h("span", { class: "mlt-quiz-sign", "aria-hidden": "true" }, symbol);
}

/** The line that takes the focus after validation. */
export function verdictLine([symbol, words], tone = "plain") {
  return h("p", { class: `mlt-quiz-verdict mlt-quiz-${tone}`, tabindex: "-1" }, sign(symbol), words);
}

export function tag(text) {
  return h("span", { class: "mlt-quiz-tag" }, text);
}

export function scoredVerdict(name) {
  return verdictLine(VERDICTS[name], TONES[name]);
}

/** Tell paper, which lists choices as the bank does, the place of an element there: see quiz.css. */
export function rank(element, index) {
  element.style.order = String(index);
  return element;
}

const MISSING_CHOICE = "Choisissez une réponse avant de valider.";
const MISSING_CHOICES = "Cochez au moins une réponse avant de valider.";

/** Radio buttons or boxes: one label for each of `values`, which make the answer. */
export function choiceField(labels, values, multiple) {
  const name = uid("choix");
  const inputs = labels.map((_label, index) =>
    h("input", {
      type: multiple ? "checkbox" : "radio",
      name,
      value: String(index),
      autocomplete: "off",
    })
  );
  return {
    children: inputs.map((input, index) => h("label", { class: "mlt-choice" }, input, h("span", {}, labels[index]))),
    control: inputs[0],
    read() {
      const ticked = values.filter((_, index) => inputs[index].checked);
      if (multiple) return ticked.length ? { answer: ticked.sort((a, b) => a - b) } : { error: MISSING_CHOICES };
      return ticked.length ? { answer: ticked[0] } : { error: MISSING_CHOICE };
    },
    write(answer) {
      inputs.forEach((input, index) => {
        input.checked = [answer].flat().includes(values[index]);
      });
    },
  };
}
