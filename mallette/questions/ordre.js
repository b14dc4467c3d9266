// « ordre »: elements to put in order. An answer lists the indices of the elements from first to last.

import { fill, h } from "../widgets/static/common.js";
import { areIndices, PLAIN_TYPE, scoredVerdict, sign } from "./base.js";

const ORDER_TEXTS = {
  up: "Monter",
  down: "Descendre",
  itemMoved: (text, place, total) => `${text} : place ${place} sur ${total}`,
  itemFirst: (text) => `${text} : déjà à la première place`,
  itemLast: (text) => `${text} : déjà à la dernière place`,
  rightOrder: "Le bon ordre",
  wellPlaced: "bien placé",
  placed: (place) => `vous : place ${place}`,
};

export const ordre = {
  ...PLAIN_TYPE,
  label: "Remettre en ordre",
  ranked: true,
  order: ({ elements }) => elements.map((_, place) => place),
  valid: ({ elements }, answer) => areIndices(answer, elements.length) && answer.length === elements.length,
  worth(_question, answer) {
    let pairs = 0;
    let rightPairs = 0;
    answer.forEach((first, place) =>
      answer.slice(place + 1).forEach((second) => {
        pairs += 1;
        if (first < second) rightPairs += 1;
      })
    );
    return Math.max(0, (2 * rightPairs) / pairs - 1);
  },
  field(question, { order, say }) {
    const items = [...order];
    const texts = question.elements.map((element) => element.texte);
    const list = h("ol", { class: "mlt-quiz-order" });
    const rows = texts.map((text, index) => {
      const button = (step, word) =>
        h("button", {
          type: "button",
          "aria-label": `${word} : ${text}`,
          on: { click: () => move(index, step) },
        }, word);
      const up = button(-1, ORDER_TEXTS.up);
      const down = button(1, ORDER_TEXTS.down);
      const moves = h("span", { class: "mlt-quiz-moves" }, up, down);
      return { up, down, row: h("li", {}, h("div", { class: "mlt-quiz-row" }, h("span", {}, text), moves)) };
    });
    const draw = () => {
      fill(list, items.map((index) => rows[index].row));
      items.forEach((index, place) => {
        // aria-disabled keeps the focus where the person is when an element reaches an end.
        rows[index].up.setAttribute("aria-disabled", String(place === 0));
        rows[index].down.setAttribute("aria-disabled", String(place === items.length - 1));
      });
    };
    function move(index, step) {
      const place = items.indexOf(index);
      const target = place + step;
      if (target < 0) return say(ORDER_TEXTS.itemFirst(texts[index]));
      if (target >= items.length) return say(ORDER_TEXTS.itemLast(texts[index]));
      [items[place], items[target]] = [items[target], items[place]];
      draw();
      rows[index][step < 0 ? "up" : "down"].focus();
      return say(ORDER_TEXTS.itemMoved(texts[index], target + 1, items.length));
    }
    draw();
    return {
      children: [h("p", { class: "mlt-note" }, question.consigne_ordre), list],
      control: rows[items[0]].down,
      read: () => ({ answer: [...items] }),
      write(answer) {
        items.splice(0, items.length, ...answer);
        draw();
      },
    };
  },
  feedback(question, answer) {
    return [
      scoredVerdict(this.verdict(question, answer)),
      h("p", { class: "mlt-quiz-subtitle" }, ORDER_TEXTS.rightOrder),
      h("p", { class: "mlt-note" }, question.consigne_ordre),
      h(
        "ol",
        { class: "mlt-quiz-results" },
        question.elements.map((element, place) => {
          const mine = answer.indexOf(place);
          const well = mine === place;
          return h(
            "li",
            {},
            h(
              "p",
              { class: "mlt-quiz-choice" },
              element.texte,
              " ",
              h(
                "span",
                { class: `mlt-quiz-tag ${well ? "mlt-quiz-good" : "mlt-quiz-bad"}` },
                sign(well ? "✓" : "✗"),
                well ? ORDER_TEXTS.wellPlaced : ORDER_TEXTS.placed(mine + 1),
              ),
            ),
            h("p", {}, element.explication),
          );
        }),
      ),
    ];
  },
  lines: (question, answer) => answer.map((index, place) => `${place + 1}. ${question.elements[index].texte}`),
};

/** The numbers below `count` in an order that depends on `seed` only: any order, as likely as another. */
export function shuffled(seed, count) {
  let state = 2166136261;
  for (const byte of new TextEncoder().encode(seed)) state = Math.imul(state ^ byte, 16777619) >>> 0;
  const order = Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last -= 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const other = (state >>> 16) % (last + 1);
    [order[last], order[other]] = [order[other], order[last]];
  }
  return order;
}

/** The order in which the `count` elements of an « ordre » question are first shown: never the right one. */
export function shownOrder(seed, count) {
  const order = shuffled(seed, count);
  return order.every((item, index) => item === index) ? [...order.slice(1), order[0]] : order;
}
