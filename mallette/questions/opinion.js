// « opinion »: a scale, nothing right nor wrong. An answer is the index of a label.

import { h } from "../widgets/static/common.js";
import { choiceField, isIndex, NO_RIGHT, PLAIN_TYPE, verdictLine, youSaid } from "./base.js";

export const opinion = {
  ...PLAIN_TYPE,
  label: "Votre avis : pas de bonne réponse",
  scored: () => false,
  valid: ({ echelle }, answer) => isIndex(answer, echelle.length),
  field: ({ echelle }) => choiceField(echelle, echelle.map((_, index) => index), false),
  feedback(question, answer) {
    return [
      verdictLine(NO_RIGHT),
      h("p", {}, youSaid(`« ${question.echelle[answer]} »`)),
      h("p", {}, question.retours[answer]),
    ];
  },
  lines: (question, answer) => [question.echelle[answer]],
};
