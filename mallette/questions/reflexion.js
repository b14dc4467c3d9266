// « reflexion »: a free text, never scored. In a page an answer is true once written; in a séance, the text.

import { h, uid } from "../widgets/static/common.js";
import { fateNote } from "../widgets/static/quiz_fate.js";
import { PLAIN_TYPE, verdictLine } from "./base.js";

const REFLECTION_TEXTS = {
  yourText: "Votre texte",
  points: ["•", "Des repères pour relire votre texte"],
};

export const reflexion = {
  ...PLAIN_TYPE,
  label: "Réflexion : pas de bonne réponse",
  written: true,
  scored: () => false,
  valid: (_question, answer) => answer === true,
  field(_question, { keepText, fate }) {
    const { area, children } = reflectionText(fate);
    return {
      children,
      control: area,
      read() {
        keepText(area.value);
        return { answer: true };
      },
    };
  },
  feedback(question, _answer, { text, keepText, fate }) {
    const { area, children } = reflectionText(fate, text);
    area.addEventListener("input", () => keepText(area.value));
    return [
      children,
      verdictLine(REFLECTION_TEXTS.points),
      h("ul", {}, question.reperes.map((point) => h("li", {}, point))),
    ];
  },
  lines: (_question, answer) => [answer],
};

/** The free text of a reflection: it lives in this element only. `fate` says what becomes of it. */
function reflectionText(fate, value = "") {
  const note = fateNote(fate);
  const area = h("textarea", { id: uid("texte"), rows: 5, autocomplete: "off", "aria-describedby": note.id, value });
  return { area, children: [h("label", { for: area.id }, REFLECTION_TEXTS.yourText), note, area] };
}
