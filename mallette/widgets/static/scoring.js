// What an answer is worth, and what may be said of it: the same functions as mallette/quiz/scoring.py, which documents
// them. tests/vecteurs/quiz.json is run against both.

/** Types that always give credit. */
const SCORED = new Set(["choix_unique", "choix_multiple", "vrai_faux", "numerique", "ordre"]);
/** Two decimal numbers that differ by less are the same: 4.2 − 4.1 must count as 0.1. */
const TOLERANCE = 1e-9;

const isNumber = (answer) => typeof answer === "number" && Number.isFinite(answer);
const isIndex = (answer, count) => Number.isInteger(answer) && answer >= 0 && answer < count;
const areIndices = (answer, count) =>
  Array.isArray(answer) && answer.every((item) => isIndex(item, count)) && new Set(answer).size === answer.length;

/** Whether `answer` is one of the answers that `question` allows. */
export function valid(question, answer) {
  switch (question.type) {
    case "choix_unique": return isIndex(answer, question.choix.length);
    case "choix_multiple": return areIndices(answer, question.choix.length) && answer.length > 0;
    case "vrai_faux": return answer === "vrai" || answer === "faux";
    case "numerique":
    case "estimation": return isNumber(answer) && question.domaine.min <= answer && answer <= question.domaine.max;
    case "ordre": return areIndices(answer, question.elements.length) && answer.length === question.elements.length;
    case "opinion": return isIndex(answer, question.echelle.length);
    case "concordance": return [-2, -1, 0, 1, 2].includes(answer);
    default: return answer === true;
  }
}

/** Whether an answer may be worth something: of the concordances, those that a real panel has answered. */
function givesCredit(question) {
  return SCORED.has(question.type) || (question.type === "concordance" && question.panel !== undefined);
}

/** Credit of `answer`, from 0 to 1; null when the question gives none. */
export function credit(question, answer) {
  if (!givesCredit(question)) return null;
  if (!valid(question, answer)) return 0;
  switch (question.type) {
    case "choix_unique": return question.choix[answer].juste ? 1 : 0;
    case "choix_multiple": {
      const right = question.choix.filter((choice) => choice.juste).length;
      const rightTicked = answer.filter((index) => question.choix[index].juste).length;
      return Math.max(0, (rightTicked - (answer.length - rightTicked)) / right);
    }
    case "vrai_faux": return answer === question.reponse ? 1 : 0;
    case "numerique": return question.accepte.min <= answer && answer <= question.accepte.max ? 1 : 0;
    case "ordre": {
      let pairs = 0;
      let rightPairs = 0;
      answer.forEach((first, place) => answer.slice(place + 1).forEach((second) => {
        pairs += 1;
        if (first < second) rightPairs += 1;
      }));
      return Math.max(0, (2 * rightPairs) / pairs - 1);
    }
    default: return question.panel.reponses[answer + 2] / Math.max(...question.panel.reponses);
  }
}

/** What feedback says of a valid answer: juste, partiel, faux, proche, trop_bas, trop_haut, or null. */
export function verdict(question, answer) {
  if (question.type === "estimation") {
    const gap = answer - question.valeur;
    if (Math.abs(gap) <= question.proche + TOLERANCE) return "proche";
    return gap < 0 ? "trop_bas" : "trop_haut";
  }
  const value = credit(question, answer);
  if (value === null) return null;
  if (question.type === "numerique" && value === 0) return answer < question.accepte.min ? "trop_bas" : "trop_haut";
  if (value === 1) return "juste";
  return value === 0 ? "faux" : "partiel";
}

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

/** The bank's indices of the choices of `question` in the order in which the owner of `seed` sees them. */
export function choiceOrder(question, seed) {
  return question.ordre_fixe ? question.choix.map((_, index) => index) : shuffled(seed, question.choix.length);
}
