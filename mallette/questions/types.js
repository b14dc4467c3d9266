// The types of questions, by the name that they have in a file. A type is an object in the module of that name:
//
// - `label`: how the page announces it; `written`: the answer is a text; `ranked`: it lists the question's elements;
// - `valid(question, answer)`; `worth(question, answer)`: credit of a valid answer, from 0 to 1; `scored(question)`,
//   `credit`, `verdict` (juste, partiel, faux, proche, trop_bas, trop_haut, or null): as in the Python class of the
//   type, and tests/vecteurs/quiz.json is run against both;
// - `field(question, options)`: `{ children, control, read, write }`; `before(question)`: what is read first;
// - `feedback(question, answer, options)`; `lines(question, answer, order)`: an answer in words;
// - `order(question, seed)`: the bank's indices of what there is to choose or to rank, in the order in which a person
//   sees them; `seed()` gives what this order depends on.

import { h } from "../widgets/static/common.js";
import { choixMultiple } from "./choix_multiple.js";
import { choixUnique } from "./choix_unique.js";
import { concordance } from "./concordance.js";
import { estimation } from "./estimation.js";
import { numerique } from "./numerique.js";
import { opinion } from "./opinion.js";
import { ordre } from "./ordre.js";
import { redaction } from "./redaction.js";
import { reflexion } from "./reflexion.js";
import { vraiFaux } from "./vrai_faux.js";

const TYPES = {
  choix_unique: choixUnique,
  choix_multiple: choixMultiple,
  vrai_faux: vraiFaux,
  numerique,
  estimation,
  ordre,
  opinion,
  concordance,
  reflexion,
  redaction,
};
const sourceOf = (label) => `Source : ${label}`;

export const typeOf = (question) => TYPES[question.type];
export const valid = (question, answer) => typeOf(question).valid(question, answer);
export const credit = (question, answer) => typeOf(question).credit(question, answer);
export const verdict = (question, answer) => typeOf(question).verdict(question, answer);

/**
 * Build the field of a question.
 * Options: `errorId` (element that will hold the error), `order` (see above), `say` (announce a text), `keepText`
 * (receives a written answer), `fate` (what becomes of it).
 * Returns `{ element, control, read, write }`; `read()` gives `{ answer }` or `{ error }`, `write(answer)` shows an
 * earlier answer (not a written one), `control` takes the focus.
 */
export function buildField(question, options) {
  const type = typeOf(question);
  const field = type.field(question, options);
  const legend = h("legend", {}, question.enonce);
  const element = h(
    "div",
    {},
    type.before?.(question),
    h("fieldset", { "aria-describedby": options.errorId }, legend, field.children),
  );
  return { element, control: field.control, read: field.read, write: field.write };
}

/**
 * Build the feedback of an answer; the element `.mlt-quiz-verdict` inside takes the focus.
 * Options: `order` in which the person saw the choices; `text`, `keepText` and `fate` for a written answer.
 */
export function buildFeedback(question, answer, options) {
  const type = typeOf(question);
  return h(
    "div",
    { class: "mlt-quiz-feedback" },
    type.before?.(question),
    h("p", { class: "mlt-quiz-prompt" }, question.enonce),
    type.feedback(question, answer, options),
    question.source && h("p", { class: "mlt-note" }, sourceOf(question.source)),
  );
}
