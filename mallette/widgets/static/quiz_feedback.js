// What a person reads after answering. Right and wrong are told by a word and a sign, never by colour alone.

import { h, formatDay, formatNumber, withUnit } from "./common.js";
import { verdict } from "./scoring.js";
import { caseStory, pointLabels, pointName, rank, reflectionText } from "./quiz_fields.js";
import { QUIZ_TEXTS } from "./quiz_texts.js";

const TONES = { juste: "good", faux: "bad", trop_bas: "bad", trop_haut: "bad" };

function sign(symbol) {
  return h("span", { class: "mlt-quiz-sign", "aria-hidden": "true" }, symbol);
}

/** The line that takes the focus after validation. */
function verdictLine([symbol, words], tone = "plain") {
  return h("p", { class: `mlt-quiz-verdict mlt-quiz-${tone}`, tabindex: "-1" }, sign(symbol), words);
}

function tag(text) {
  return h("span", { class: "mlt-quiz-tag" }, text);
}

function scoredVerdict(name) {
  return verdictLine(QUIZ_TEXTS.verdicts[name], TONES[name]);
}

function choiceFeedback(question, answer, { order }) {
  const ticked = [answer].flat();
  const right = question.choix.filter((choice) => choice.juste).length;
  const rightTicked = ticked.filter((index) => question.choix[index].juste).length;
  return [
    scoredVerdict(verdict(question, answer)),
    question.type === "choix_multiple" && h("p", {}, QUIZ_TEXTS.ticked(rightTicked, right, ticked.length - rightTicked)),
    h("ul", { class: "mlt-quiz-results" }, order.map((index) => {
      const { juste, texte, explication } = question.choix[index];
      const mine = ticked.includes(index);
      return rank(h("li", { class: mine ? "mlt-quiz-mine" : "" },
        h("p", { class: "mlt-quiz-choice" },
          h("strong", { class: juste ? "mlt-quiz-good" : "mlt-quiz-bad" },
            sign(juste ? "✓" : "✗"), juste ? QUIZ_TEXTS.right : QUIZ_TEXTS.wrong),
          " ", texte, " ", mine && tag(QUIZ_TEXTS.yours)),
        h("p", {}, explication)), index);
    })),
  ];
}

function truthFeedback(question, answer) {
  return [
    scoredVerdict(verdict(question, answer)),
    h("p", {}, QUIZ_TEXTS.youSaid(QUIZ_TEXTS.truth[answer].toLowerCase()), " ",
      answer !== question.reponse && QUIZ_TEXTS.truthIs(QUIZ_TEXTS.truth[question.reponse])),
    h("p", {}, question.explications[answer]),
  ];
}

function numberFeedback(question, answer) {
  const { unite, accepte, valeur } = question;
  const name = verdict(question, answer);
  return [
    scoredVerdict(name),
    h("p", {}, QUIZ_TEXTS.youSaid(withUnit(answer, unite)), " ", QUIZ_TEXTS.expected(withUnit(valeur, unite)), " ",
      accepte.min < accepte.max && QUIZ_TEXTS.accepted(formatNumber(accepte.min), withUnit(accepte.max, unite))),
    h("p", {}, question.explications[name]),
  ];
}

/** Two marks on the scale of the question: yours and the published one. The line of text above says the same. */
function gapScale({ domaine, unite, valeur }, answer) {
  const place = (value) => (100 * (value - domaine.min)) / (domaine.max - domaine.min);
  const [mine, published] = [place(answer), place(valeur)];
  const gap = h("span", { class: "mlt-quiz-gap" });
  gap.style.left = `${Math.min(mine, published)}%`;
  gap.style.width = `${Math.abs(mine - published)}%`;
  const mark = (where, value, word, kind) => {
    const label = h("span", { class: `mlt-quiz-label mlt-quiz-${kind}` }, `${word} : ${withUnit(value, unite)}`);
    label.style.left = `${where}%`;
    label.style.transform = `translateX(-${where}%)`; // never leaves the scale, even at its ends
    const line = h("span", { class: `mlt-quiz-mark mlt-quiz-${kind}` });
    line.style.left = `${where}%`;
    return [label, line];
  };
  return h("div", { class: "mlt-quiz-scale", "aria-hidden": "true" },
    h("span", { class: "mlt-quiz-track" }), gap,
    mark(mine, answer, QUIZ_TEXTS.you, "above"), mark(published, valeur, QUIZ_TEXTS.published, "below"));
}

function estimateFeedback(question, answer) {
  const { unite, valeur } = question;
  const name = verdict(question, answer);
  const size = Number(Math.abs(answer - valeur).toFixed(9));
  const unit = unite === "%" ? QUIZ_TEXTS.percentPoint(size) : unite;
  const gap = size === 0 ? QUIZ_TEXTS.gapNone : QUIZ_TEXTS.gap(withUnit(size, unit), answer < valeur);
  return [
    verdictLine(QUIZ_TEXTS.estimates[name]),
    h("p", {}, QUIZ_TEXTS.estimateLine(withUnit(answer, unite), withUnit(valeur, unite), gap)),
    gapScale(question, answer),
    h("p", {}, question.explications[name]),
  ];
}

function orderFeedback(question, answer) {
  return [
    scoredVerdict(verdict(question, answer)),
    h("p", { class: "mlt-quiz-subtitle" }, QUIZ_TEXTS.rightOrder),
    h("p", { class: "mlt-note" }, question.consigne_ordre),
    h("ol", { class: "mlt-quiz-results" }, question.elements.map((element, place) => {
      const mine = answer.indexOf(place);
      const well = mine === place;
      return h("li", {},
        h("p", { class: "mlt-quiz-choice" }, element.texte, " ",
          h("span", { class: `mlt-quiz-tag ${well ? "mlt-quiz-good" : "mlt-quiz-bad"}` },
            sign(well ? "✓" : "✗"), well ? QUIZ_TEXTS.wellPlaced : QUIZ_TEXTS.placed(mine + 1))),
        h("p", {}, element.explication));
    })),
  ];
}

function opinionFeedback(question, answer) {
  return [
    verdictLine(QUIZ_TEXTS.noRight),
    h("p", {}, QUIZ_TEXTS.youSaid(`« ${question.echelle[answer]} »`)),
    h("p", {}, question.retours[answer]),
  ];
}

/** Names of the five points of a concordance, from −2 to +2, as options show them. */
function pointNames(question) {
  return pointLabels(question).map((label, index) => `${pointName(index - 2)} : ${label}`);
}

/** Explanations of some points (indices), each under its name. */
function reasons({ explications }, names, indices) {
  return h("dl", { class: "mlt-quiz-case" },
    indices.map((index) => [h("dt", {}, names[index]), h("dd", {}, explications[index])]));
}

/** What people who know the field answered; or, where no panel sat, what the team of the kit reads there. */
function concordanceFeedback(question, answer) {
  const names = pointNames(question);
  const mine = answer + 2;
  const told = question.panel ? panelFeedback(question, answer, names) : readingFeedback(question, mine, names);
  const others = names.map((_, index) => index).filter((index) => index !== mine && !told.explained.includes(index));
  return [told.children, h("details", {}, h("summary", {}, QUIZ_TEXTS.otherPoints), reasons(question, names, others))];
}

function readingFeedback(question, mine, names) {
  const labels = pointLabels(question);
  const { position, admise } = question.lecture;
  const said = (point) => (point === undefined ? null : `${labels[point + 2]} (${pointName(point)})`);
  const explained = [position, admise].map((point) => point + 2).filter((index) => names[index] && index !== mine);
  return {
    explained,
    children: [
      verdictLine(QUIZ_TEXTS.noRight),
      h("p", {}, QUIZ_TEXTS.youSaid(`« ${names[mine]} »`)),
      h("p", {}, question.explications[mine]),
      h("p", { class: "mlt-quiz-subtitle" }, QUIZ_TEXTS.reading(said(position), said(admise))),
      explained.length > 0 && reasons(question, names, explained),
      h("p", { class: "mlt-note" }, QUIZ_TEXTS.readingNote),
    ],
  };
}

function panelFeedback(question, answer, names) {
  const { reponses, effectif, origine, date } = question.panel;
  const most = Math.max(...reponses);
  const bar = (count) => {
    const inner = h("span");
    inner.style.width = `${(100 * count) / most}%`;
    return h("span", { class: "mlt-quiz-bar", "aria-hidden": "true" }, inner);
  };
  return {
    explained: [],
    children: [
      verdictLine(QUIZ_TEXTS.panels[verdict(question, answer)]),
      h("p", {}, question.explications[answer + 2]),
      h("p", { class: "mlt-quiz-subtitle" }, QUIZ_TEXTS.panelTitle),
      h("ul", { class: "mlt-quiz-panel" }, reponses.map((count, index) => h("li",
        { class: index === answer + 2 ? "mlt-quiz-mine" : "" },
        h("span", {}, names[index], " ", index === answer + 2 && tag(QUIZ_TEXTS.yours)),
        h("span", {}, QUIZ_TEXTS.panelCount(count, effectif)),
        bar(count)))),
      h("p", { class: "mlt-note" }, QUIZ_TEXTS.panelOrigin(origine, effectif, formatDay(date))),
    ],
  };
}

function reflectionFeedback(question, answer, { text, keepText, fate }) {
  const { area, children } = reflectionText(fate, text);
  area.addEventListener("input", () => keepText(area.value));
  return [
    children,
    verdictLine(QUIZ_TEXTS.points),
    h("ul", {}, question.reperes.map((point) => h("li", {}, point))),
  ];
}

const FEEDBACKS = {
  choix_unique: choiceFeedback,
  choix_multiple: choiceFeedback,
  vrai_faux: truthFeedback,
  numerique: numberFeedback,
  estimation: estimateFeedback,
  ordre: orderFeedback,
  opinion: opinionFeedback,
  concordance: concordanceFeedback,
  reflexion: reflectionFeedback,
};

/**
 * Build the feedback of an answer; the element `.mlt-quiz-verdict` inside takes the focus.
 * Options: `order` in which the person saw the choices; `text`, `keepText` and `fate` for the text of a reflection.
 */
export function buildFeedback(question, answer, options) {
  return h("div", { class: "mlt-quiz-feedback" },
    question.type === "concordance" && caseStory(question),
    h("p", { class: "mlt-quiz-prompt" }, question.enonce),
    FEEDBACKS[question.type](question, answer, options),
    question.source && h("p", { class: "mlt-note" }, QUIZ_TEXTS.source(question.source)));
}
