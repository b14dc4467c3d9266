// « vrai_faux »: a statement to judge. An answer is "vrai" or "faux".

import { h } from "../widgets/static/common.js";
import { choiceField, PLAIN_TYPE, scoredVerdict, youSaid } from "./base.js";

const TRUTH = { vrai: "Vrai", faux: "Faux" };
const truthIs = (word) => `La réponse est : ${word.toLowerCase()}.`;

export const vraiFaux = {
  ...PLAIN_TYPE,
  label: "Vrai ou faux",
  valid: (_question, answer) => answer === "vrai" || answer === "faux",
  worth: (question, answer) => (answer === question.reponse ? 1 : 0),
  field: () => choiceField([TRUTH.vrai, TRUTH.faux], ["vrai", "faux"], false),
  feedback(question, answer) {
    return [
      scoredVerdict(this.verdict(question, answer)),
      h(
        "p",
        {},
        youSaid(TRUTH[answer].toLowerCase()),
        " ",
        answer !== question.reponse && truthIs(TRUTH[question.reponse]),
      ),
      h("p", {}, question.explications[answer]),
    ];
  },
  lines: (_question, answer) => [TRUTH[answer]],
};
