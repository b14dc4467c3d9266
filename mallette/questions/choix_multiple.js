// « choix_multiple »: one or several right choices. An answer is a list of indices of choices, at least one.

import { areIndices } from "./base.js";
import { CHOICES } from "./choices.js";

export const choixMultiple = {
  ...CHOICES,
  label: "Une ou plusieurs réponses",
  multiple: true,
  valid: (question, answer) => areIndices(answer, question.choix.length) && answer.length > 0,
  worth(question, answer) {
    const right = question.choix.filter((choice) => choice.juste).length;
    const rightTicked = answer.filter((index) => question.choix[index].juste).length;
    return Math.max(0, (rightTicked - (answer.length - rightTicked)) / right);
  },
  count: (right, total, extra) =>
    `${right} ${right > 1 ? "bonnes réponses cochées" : "bonne réponse cochée"} sur ${total}` +
    (extra ? `, ${extra} en trop.` : "."),
  lines({ choix }, answer, order) {
    return order.filter((index) => answer.includes(index)).map((index) => choix[index].texte);
  },
};
