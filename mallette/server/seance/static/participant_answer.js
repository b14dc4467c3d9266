// One's own answer: the field of a free text, an answer in words, what is said once the question is revealed.

import { buildFeedback, buildField, typeOf } from "../../../questions/types.js";
import { h, uid } from "../../../widgets/static/common.js";
import { fateNote, FATES } from "../../../widgets/static/quiz_fate.js";
import { TEXTS } from "./participant_texts.js";

const LONGEST_TEXT = 1000;

/** The name of a round, of a step of the séance or of an answer to it. */
export const roundOf = ({ question, tour }) => `${question.id}/${tour}`;

/** The order in which this phone lists choices (from the seed the server gave it) or elements (as they came). */
export function shownIn({ question, graine }) {
  return typeOf(question).order(question, () => graine);
}

/** The field of a question, as `buildField` gives it, under what becomes of the answer; a free text of a séance is sent. */
export function answerField(question, { errorId, order, say }) {
  if (!typeOf(question).written) {
    const fate = fateNote(FATES.seance.reponses);
    const field = buildField(question, { errorId: `${fate.id} ${errorId}`, order, say });
    return { ...field, element: h("div", {}, fate, field.element) };
  }
  const { danger } = document.getElementById("contenu").dataset; // the page brings it: it names help lines
  const notes = [fateNote(FATES.seance.texte), h("p", { class: "mlt-note", id: uid("note") }, danger)];
  const area = h("textarea", {
    id: uid("texte"),
    rows: 6,
    maxlength: LONGEST_TEXT,
    autocomplete: "off",
    "aria-describedby": [...notes.map(({ id }) => id), errorId].join(" "),
  });
  return {
    element: h(
      "div",
      {},
      h("p", { class: "mlt-quiz-prompt" }, question.enonce),
      notes,
      h("label", { for: area.id }, TEXTS.text),
      area,
    ),
    control: area,
    read: () => (area.value.trim() ? { answer: area.value } : { error: TEXTS.textMissing }),
    write(answer) {
      area.value = answer;
    },
  };
}

/** The question and what one answered, choices in the `order` in which one saw them. */
export function recap(question, answer, order) {
  return [
    h("p", { class: "mlt-quiz-prompt" }, question.enonce),
    answer !== null && h("p", { class: "mlt-quiz-subtitle" }, TEXTS.yourAnswer),
    answer !== null &&
    h(
      "ul",
      { class: "seance-reponse" },
      typeOf(question).lines(question, answer, order).map((line) => h("li", {}, line)),
    ),
  ];
}

/** What is said of one's own answer once the question is revealed. */
export function feedback(question, answer, order) {
  if (answer === null) return [recap(question, null), h("p", {}, TEXTS.closedNone), h("p", {}, TEXTS.waitingTitle)];
  if (!typeOf(question).written) return buildFeedback(question, answer, { order });
  return [
    recap(question, answer),
    h("p", { class: "mlt-quiz-subtitle" }, TEXTS.points),
    h("ul", {}, question.reperes.map((point) => h("li", {}, point))),
  ];
}
