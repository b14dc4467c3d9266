// What the two types of multiple choice share: each choice has its explanation, each person an order of their own.

import { h } from "../widgets/static/common.js";
import { choiceField, PLAIN_TYPE, rank, scoredVerdict, sign, tag, YOURS } from "./base.js";
import { shuffled } from "./ordre.js";

const RIGHT = "Juste";
const WRONG = "Faux";

export const CHOICES = {
  ...PLAIN_TYPE,
  order({ choix, ordre_fixe: fixed }, seed) {
    return fixed ? choix.map((_, index) => index) : shuffled(seed(), choix.length);
  },
  /** Choices in the order in which this person sees them: an answer counts them as the bank does. */
  field({ choix }, { order }) {
    const field = choiceField(order.map((index) => choix[index].texte), order, this.multiple);
    field.children.forEach((label, place) => rank(label, order[place]));
    return field;
  },
  feedback(question, answer, { order }) {
    const ticked = [answer].flat();
    const right = question.choix.filter((choice) => choice.juste).length;
    const rightTicked = ticked.filter((index) => question.choix[index].juste).length;
    return [
      scoredVerdict(this.verdict(question, answer)),
      this.count && h("p", {}, this.count(rightTicked, right, ticked.length - rightTicked)),
      h(
        "ul",
        { class: "mlt-quiz-results" },
        order.map((index) => {
          const { juste, texte, explication } = question.choix[index];
          const mine = ticked.includes(index);
          return rank(
            h(
              "li",
              { class: mine ? "mlt-quiz-mine" : "" },
              h(
                "p",
                { class: "mlt-quiz-choice" },
                h(
                  "strong",
                  { class: juste ? "mlt-quiz-good" : "mlt-quiz-bad" },
                  sign(juste ? "✓" : "✗"),
                  juste ? RIGHT : WRONG,
                ),
                " ",
                texte,
                " ",
                mine && tag(YOURS),
              ),
              h("p", {}, explication),
            ),
            index,
          );
        }),
      ),
    ];
  },
};
