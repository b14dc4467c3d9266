// What the two types that ask for a number share: what a person types, read inside the domain.

import { formatNumber, h, parseNumber, uid, withUnit } from "../widgets/static/common.js";
import { PLAIN_TYPE } from "./base.js";

const BAD_NUMBER = "Ce n’est pas un nombre. Écrivez par exemple 12,5.";
const outsideDomain = (min, max) => `Choisissez un nombre de ${min} à ${max}.`;

export const NUMBERS = {
  ...PLAIN_TYPE,
  valid: ({ domaine }, answer) => Number.isFinite(answer) && domaine.min <= answer && answer <= domaine.max,
  lines: (question, answer) => [withUnit(answer, question.unite)],
};

/** What a person typed, units and typographic minus allowed. */
export function readNumber(input, { min, max }, missing) {
  const value = parseNumber(input.value.replace(/(\d)[^\d.,]+$/, "$1"));
  input.removeAttribute("aria-invalid");
  let error = null;
  if (value === null) error = missing;
  else if (Number.isNaN(value)) error = BAD_NUMBER;
  else if (value < min || value > max) error = outsideDomain(formatNumber(min), formatNumber(max));
  if (!error) return { answer: value };
  input.setAttribute("aria-invalid", "true");
  return { error };
}

export function numberInput(text, { unite, domaine }, errorId) {
  const input = h("input", {
    type: "text",
    inputmode: "decimal",
    id: uid("nombre"),
    class: "mlt-quiz-number",
    autocomplete: "off",
    "aria-describedby": errorId,
  });
  const label = h("label", { for: input.id }, text(unite, formatNumber(domaine.min), formatNumber(domaine.max)));
  return { input, label };
}

/** A number as a person types it, with every digit it has. */
export const typed = (value) => String(value).replace(".", ",");

/** The field with its unit beside it, which its label says already. */
export function entry(input, { unite }) {
  return h("p", { class: "mlt-quiz-entry" }, input, h("span", { "aria-hidden": "true" }, unite));
}
