// « choix_unique »: one right choice. An answer is the index of a choice.

import { isIndex } from "./base.js";
import { CHOICES } from "./choices.js";

export const choixUnique = {
  ...CHOICES,
  label: "Une seule réponse",
  multiple: false,
  valid: (question, answer) => isIndex(answer, question.choix.length),
  worth: (question, answer) => (question.choix[answer].juste ? 1 : 0),
  lines: (question, answer) => [question.choix[answer].texte],
};
