// « estimation »: « à votre avis, combien ? ». An answer is a number inside the domain; there is no credit.

import { formatNumber, h, withUnit } from "../widgets/static/common.js";
import { verdictLine } from "./base.js";
import { entry, numberInput, NUMBERS, readNumber, typed } from "./numbers.js";

/** Two decimal numbers that differ by less are the same: 4.2 − 4.1 must count as 0.1. */
const TOLERANCE = 1e-9;
const ESTIMATE_TEXTS = {
  yourEstimate: (unit, min, max) => `Votre estimation (${unit}), de ${min} à ${max}`,
  missingEstimate: "Déplacez le curseur ou saisissez un nombre avant de valider.",
  slider: "Curseur de l’estimation",
  sliderEmpty: "pas encore d’estimation",
  estimates: {
    proche: ["≈", "Proche de la valeur publiée"],
    trop_bas: ["↓", "Au-dessous de la valeur publiée"],
    trop_haut: ["↑", "Au-dessus de la valeur publiée"],
  },
  estimateLine: (yours, published, gap) => `Votre estimation : ${yours}. Valeur publiée : ${published}. ${gap}`,
  gapNone: "Aucun écart.",
  gap: (size, below) => `Écart : ${size} ${below ? "de moins" : "de plus"}.`,
  percentPoint: (size) => (Math.abs(size) >= 2 ? "points" : "point"),
  you: "Vous",
  published: "Publié",
};

export const estimation = {
  ...NUMBERS,
  label: "À votre avis, combien ?",
  scored: () => false,
  verdict({ valeur, proche }, answer) {
    const gap = answer - valeur;
    if (Math.abs(gap) <= proche + TOLERANCE) return "proche";
    return gap < 0 ? "trop_bas" : "trop_haut";
  },
  field(question, { errorId }) {
    const { min, max, pas } = question.domaine;
    const { input, label } = numberInput(ESTIMATE_TEXTS.yourEstimate, question, errorId);
    const slider = h("input", {
      type: "range",
      min,
      max,
      step: pas,
      "aria-label": ESTIMATE_TEXTS.slider,
      "aria-valuetext": ESTIMATE_TEXTS.sliderEmpty,
      autocomplete: "off",
    });
    // An attribute would be read before min, max and step are known.
    slider.value = String(min + Math.round((max - min) / pas / 2) * pas);
    const show = (value) => slider.setAttribute("aria-valuetext", withUnit(value, question.unite));
    slider.addEventListener("input", () => {
      input.value = formatNumber(Number(slider.value));
      show(Number(slider.value));
    });
    input.addEventListener("input", () => {
      const { answer } = readNumber(input, question.domaine, "");
      input.removeAttribute("aria-invalid");
      if (answer === undefined) return;
      slider.value = String(answer);
      show(answer);
    });
    return {
      children: [
        slider,
        h(
          "p",
          { class: "mlt-quiz-ends", "aria-hidden": "true" },
          h("span", {}, withUnit(min, question.unite)),
          h("span", {}, withUnit(max, question.unite)),
        ),
        label,
        entry(input, question),
      ],
      control: input,
      read: () => readNumber(input, question.domaine, ESTIMATE_TEXTS.missingEstimate),
      write(answer) {
        input.value = typed(answer);
        slider.value = String(answer);
        show(answer);
      },
    };
  },
  feedback(question, answer) {
    const { unite, valeur } = question;
    const name = this.verdict(question, answer);
    const size = Number(Math.abs(answer - valeur).toFixed(9));
    const unit = unite === "%" ? ESTIMATE_TEXTS.percentPoint(size) : unite;
    const gap = size === 0 ? ESTIMATE_TEXTS.gapNone : ESTIMATE_TEXTS.gap(withUnit(size, unit), answer < valeur);
    return [
      verdictLine(ESTIMATE_TEXTS.estimates[name]),
      h("p", {}, ESTIMATE_TEXTS.estimateLine(withUnit(answer, unite), withUnit(valeur, unite), gap)),
      gapScale(question, answer),
      h("p", {}, question.explications[name]),
    ];
  },
};

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
  return h(
    "div",
    { class: "mlt-quiz-scale", "aria-hidden": "true" },
    h("span", { class: "mlt-quiz-track" }),
    gap,
    mark(mine, answer, ESTIMATE_TEXTS.you, "above"),
    mark(published, valeur, ESTIMATE_TEXTS.published, "below"),
  );
}
