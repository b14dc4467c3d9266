// « concordance »: does a new fact make a hypothesis more or less plausible? An answer is −2, −1, 0, 1 or 2.

import { formatDay, h } from "../widgets/static/common.js";
import { choiceField, NO_RIGHT, PLAIN_TYPE, tag, verdictLine, YOURS, youSaid } from "./base.js";

const POINTS = [-2, -1, 0, 1, 2];
const PLAUSIBILITY = [
  "beaucoup moins plausible",
  "moins plausible",
  "ni plus ni moins plausible",
  "plus plausible",
  "beaucoup plus plausible",
];
const CASE_TEXTS = {
  situation: "La situation",
  hypothesis: "Vous pensez à",
  information: "Vous apprenez que",
  panels: {
    juste: ["✓", "C’est la réponse la plus fréquente du panel"],
    partiel: ["◐", "Une partie du panel répond comme vous"],
    faux: ["↔", "Personne dans le panel n’a choisi ce point : à discuter"],
  },
  panelTitle: "Les réponses du panel",
  panelCount: (count, total) => `${count} ${count > 1 ? "réponses" : "réponse"} sur ${total}`,
  panelOrigin: (origin, people, day) => `Origine du panel : ${origin}, ${people} personnes, ${day}`,
  reading: (position, admitted) =>
    `Lecture proposée par l’équipe de la mallette : ${position}` +
    (admitted ? ` ; elle admet aussi : ${admitted}.` : "."),
  readingNote: "Cet avis vient des auteurs du quiz : il ne compte les réponses de personne et ne donne pas de points.",
  otherPoints: "Lire l’explication des autres points",
};

export const concordance = {
  ...PLAIN_TYPE,
  label: "Jugement : plusieurs lectures se défendent",
  scored: ({ panel }) => panel !== undefined,
  valid: (_question, answer) => POINTS.includes(answer),
  worth: ({ panel: { reponses } }, answer) => reponses[answer + 2] / Math.max(...reponses),
  before: caseStory,
  field: (question) => choiceField(pointNames(question), POINTS, false),
  /** What people who know the field answered; or, where no panel sat, what the team of the kit reads there. */
  feedback(question, answer) {
    const names = pointNames(question);
    const mine = answer + 2;
    const told = question.panel
      ? panelFeedback(question, answer, names, this.verdict(question, answer))
      : readingFeedback(question, mine, names);
    const others = names.map((_, index) => index).filter((index) => index !== mine && !told.explained.includes(index));
    return [
      told.children,
      h("details", {}, h("summary", {}, CASE_TEXTS.otherPoints), reasons(question, names, others)),
    ];
  },
  lines: (question, answer) => [pointNames(question)[answer + 2]],
};

/** "−2", "0", "+1": a point of the concordance scale. */
function pointName(point) {
  return point === 0 ? "0" : `${point < 0 ? "−" : "+"}${Math.abs(point)}`;
}

/** The five labels of a concordance question. */
function pointLabels(question) {
  return question.echelle ?? PLAUSIBILITY;
}

/** The situation, hypothesis and information of a concordance question. */
function caseStory(question) {
  return h(
    "dl",
    { class: "mlt-quiz-case" },
    [["situation", "situation"], ["hypothesis", "hypothese"], ["information", "information"]].map(([text, name]) => [
      h("dt", {}, CASE_TEXTS[text]),
      h("dd", {}, question[name]),
    ]),
  );
}

/** Names of the five points of a concordance, from −2 to +2, as options show them. */
function pointNames(question) {
  return pointLabels(question).map((label, index) => `${pointName(index - 2)} : ${label}`);
}

/** Explanations of some points (indices), each under its name. */
function reasons({ explications }, names, indices) {
  return h(
    "dl",
    { class: "mlt-quiz-case" },
    indices.map((index) => [h("dt", {}, names[index]), h("dd", {}, explications[index])]),
  );
}

function readingFeedback(question, mine, names) {
  const labels = pointLabels(question);
  const { position, admise } = question.lecture;
  const said = (point) => (point === undefined ? null : `${labels[point + 2]} (${pointName(point)})`);
  const explained = [position, admise].map((point) => point + 2).filter((index) => names[index] && index !== mine);
  return {
    explained,
    children: [
      verdictLine(NO_RIGHT),
      h("p", {}, youSaid(`« ${names[mine]} »`)),
      h("p", {}, question.explications[mine]),
      h("p", { class: "mlt-quiz-subtitle" }, CASE_TEXTS.reading(said(position), said(admise))),
      explained.length > 0 && reasons(question, names, explained),
      h("p", { class: "mlt-note" }, CASE_TEXTS.readingNote),
    ],
  };
}

function panelFeedback(question, answer, names, told) {
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
      verdictLine(CASE_TEXTS.panels[told]),
      h("p", {}, question.explications[answer + 2]),
      h("p", { class: "mlt-quiz-subtitle" }, CASE_TEXTS.panelTitle),
      h(
        "ul",
        { class: "mlt-quiz-panel" },
        reponses.map((count, index) =>
          h(
            "li",
            { class: index === answer + 2 ? "mlt-quiz-mine" : "" },
            h("span", {}, names[index], " ", index === answer + 2 && tag(YOURS)),
            h("span", {}, CASE_TEXTS.panelCount(count, effectif)),
            bar(count),
          )
        ),
      ),
      h("p", { class: "mlt-note" }, CASE_TEXTS.panelOrigin(origine, effectif, formatDay(date))),
    ],
  };
}
