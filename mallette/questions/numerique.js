// « numerique »: a number to find. An answer is a number inside the domain; some interval of them is accepted.

import { formatNumber, h, withUnit } from "../widgets/static/common.js";
import { scoredVerdict, youSaid } from "./base.js";
import { entry, numberInput, NUMBERS, readNumber, typed } from "./numbers.js";

const NUMBER_TEXTS = {
  yourNumber: (unit, min, max) => `Votre réponse (${unit}), de ${min} à ${max}`,
  missingNumber: "Saisissez un nombre avant de valider.",
  expected: (answer) => `Réponse attendue : ${answer}.`,
  accepted: (min, max) => `Réponses acceptées : de ${min} à ${max}.`,
};

export const numerique = {
  ...NUMBERS,
  label: "Un nombre",
  worth: ({ accepte }, answer) => (accepte.min <= answer && answer <= accepte.max ? 1 : 0),
  verdict(question, answer) {
    if (this.credit(question, answer) === 1) return "juste";
    return answer < question.accepte.min ? "trop_bas" : "trop_haut";
  },
  field(question, { errorId }) {
    const { input, label } = numberInput(NUMBER_TEXTS.yourNumber, question, errorId);
    return {
      children: [label, entry(input, question)],
      control: input,
      read: () => readNumber(input, question.domaine, NUMBER_TEXTS.missingNumber),
      write(answer) {
        input.value = typed(answer);
      },
    };
  },
  feedback(question, answer) {
    const { unite, accepte, valeur } = question;
    const name = this.verdict(question, answer);
    return [
      scoredVerdict(name),
      h(
        "p",
        {},
        youSaid(withUnit(answer, unite)),
        " ",
        NUMBER_TEXTS.expected(withUnit(valeur, unite)),
        " ",
        accepte.min < accepte.max && NUMBER_TEXTS.accepted(formatNumber(accepte.min), withUnit(accepte.max, unite)),
      ),
      h("p", {}, question.explications[name]),
    ];
  },
};
