// What becomes of an answer, by the life that the question is in. Nothing else says it: the same question may be asked in
// a page of the book, a dashboard and a séance, and what is true of one is false of another.

import { h, uid } from "./common.js";

/** Class of the page's root once a learning platform follows the page (publication/scorm.js). */
export const PLATFORM = "mallette-plateforme";
export const inPlatform = () => document.documentElement.classList.contains(PLATFORM);

const TEXT_STAYS =
  "N’écrivez le nom de personne. Votre texte reste sur cette page : il n’est pas envoyé, et disparaît quand vous la fermez ou la rechargez.";

export const FATES = {
  // A page of the book: no server knows of it.
  livre: {
    reponses:
      "Ce que vous répondez reste sur cette page : rien n’est envoyé, et tout disparaît quand vous la fermez ou la rechargez.",
    texte: TEXT_STAYS,
  },
  // The same page in a learning platform, which knows who reads it.
  plateforme: {
    reponses:
      "Ce que vous répondez reste sur cette page, et disparaît quand vous la fermez ou la rechargez. La plate-forme de formation n’en reçoit qu’un score, rattaché à votre compte : la part gagnée de toutes les questions notées de la page. Elle garde votre meilleur score.",
    texte: TEXT_STAYS,
  },
  // A page with a kernel, where answers are values of a widget; a text stays in its field.
  tableau: {
    reponses:
      "Vos réponses passent, sans nom, par l’ordinateur de l’atelier : il ne les garde qu’en mémoire, tant que cette page est ouverte. Un texte libre ne quitte pas la page.",
    texte:
      "N’écrivez le nom de personne. Votre texte ne quitte pas cette page, et disparaît quand vous la fermez ou la rechargez.",
  },
  // The form of an assignment.
  devoir: {
    reponses:
      "Vos réponses sont gardées, sans votre nom, sur l’ordinateur de l’atelier, au fur et à mesure. À la remise, elles deviennent une copie, que la personne qui évalue corrige et garde sous un code, jusqu’à ce qu’elle l’efface.",
    texte:
      "La personne qui évalue lit et note votre texte. N’écrivez le nom de personne, ni rien qui permette de reconnaître quelqu’un.",
  },
  // The page of a phone in a séance.
  seance: {
    reponses:
      "Votre réponse est gardée, sans votre nom, sur l’ordinateur de la personne qui anime, jusqu’à ce qu’elle efface la séance. La salle n’en voit que des résultats de groupe, à partir de cinq réponses.",
    texte:
      "Votre texte est gardé, sans votre nom, sur l’ordinateur de la personne qui anime, jusqu’à ce qu’elle efface la séance. Elle lit les textes sans savoir qui les a écrits, et peut en montrer à la salle : ceux-là restent dans le compte rendu. N’écrivez le nom de personne, ni rien qui permette de reconnaître quelqu’un.",
  },
};

/** A paragraph that says it, to be read before answering; a field may name its `id` as its description. */
export function fateNote(text) {
  return h("p", { class: "mlt-note mlt-quiz-fate", id: uid("sort") }, text);
}
