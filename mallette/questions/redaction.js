// « redaction »: a text that a person reads and marks, in graded work only. An answer is the text.

import { h, uid } from "../widgets/static/common.js";
import { fateNote } from "../widgets/static/quiz_fate.js";
import { PLAIN_TYPE } from "./base.js";

const WRITING_TEXTS = {
  yourText: (longest) => `Votre texte (${longest.toLocaleString("fr-FR")} caractères au plus)`,
  missing: "Écrivez quelques mots.",
};
const LONGEST_WRITING = 4000;

export const redaction = {
  ...PLAIN_TYPE,
  label: "Texte à rédiger",
  written: true,
  scored: () => false,
  valid: (_question, answer) => typeof answer === "string" && answer.trim() !== "",
  field({ lignes, longueur = LONGEST_WRITING }, { fate, errorId }) {
    const note = fateNote(fate);
    const area = h("textarea", {
      id: uid("texte"),
      rows: lignes,
      maxlength: longueur,
      autocomplete: "off",
      "aria-describedby": `${note.id} ${errorId}`,
    });
    return {
      children: [h("label", { for: area.id }, WRITING_TEXTS.yourText(longueur)), note, area],
      control: area,
      read: () => (area.value.trim() ? { answer: area.value } : { error: WRITING_TEXTS.missing }),
      write(answer) {
        area.value = answer;
      },
    };
  },
  lines: (_question, answer) => [answer],
};
