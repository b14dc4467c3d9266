// Every French text of the quiz, and the few words that agree with a number.

export const QUIZ_TEXTS = {
  kinds: {
    choix_unique: "Une seule réponse",
    choix_multiple: "Une ou plusieurs réponses",
    vrai_faux: "Vrai ou faux",
    numerique: "Un nombre",
    estimation: "À votre avis, combien ?",
    ordre: "Remettre en ordre",
    opinion: "Votre avis : pas de bonne réponse",
    concordance: "Jugement : plusieurs lectures se défendent",
    reflexion: "Réflexion : pas de bonne réponse",
  },
  validate: "Valider",
  showPoints: "Voir les repères",
  change: "Changer ma réponse",
  restart: "Recommencer",
  restarted: "Le quiz est remis à zéro.",
  question: (number, total) => `Question ${number} sur ${total}`,
  progress: (done, total) => `${done} ${done > 1 ? "questions répondues" : "question répondue"} sur ${total}`,
  progressEnd: "Toutes les questions sont répondues : le bilan est affiché à la fin.",
  truth: { vrai: "Vrai", faux: "Faux" },
  yourNumber: (unit, min, max) => `Votre réponse (${unit}), de ${min} à ${max}`,
  yourEstimate: (unit, min, max) => `Votre estimation (${unit}), de ${min} à ${max}`,
  slider: "Curseur de l’estimation",
  sliderEmpty: "pas encore d’estimation",
  up: "Monter",
  down: "Descendre",
  itemMoved: (text, place, total) => `${text} : place ${place} sur ${total}`,
  itemFirst: (text) => `${text} : déjà à la première place`,
  itemLast: (text) => `${text} : déjà à la dernière place`,
  situation: "La situation",
  hypothesis: "Vous pensez à",
  information: "Vous apprenez que",
  scale: ["beaucoup moins plausible", "moins plausible", "ni plus ni moins plausible", "plus plausible", "beaucoup plus plausible"],
  yourText: "Votre texte",
  missingChoice: "Choisissez une réponse avant de valider.",
  missingChoices: "Cochez au moins une réponse avant de valider.",
  missingNumber: "Saisissez un nombre avant de valider.",
  missingEstimate: "Déplacez le curseur ou saisissez un nombre avant de valider.",
  badNumber: "Ce n’est pas un nombre. Écrivez par exemple 12,5.",
  outside: (min, max) => `Choisissez un nombre de ${min} à ${max}.`,
  verdicts: {
    juste: ["✓", "Juste"],
    partiel: ["◐", "Juste en partie"],
    faux: ["✗", "À revoir"],
    trop_bas: ["✗", "Trop bas"],
    trop_haut: ["✗", "Trop haut"],
  },
  estimates: {
    proche: ["≈", "Proche de la valeur publiée"],
    trop_bas: ["↓", "Au-dessous de la valeur publiée"],
    trop_haut: ["↑", "Au-dessus de la valeur publiée"],
  },
  panels: {
    juste: ["✓", "C’est la réponse la plus fréquente du panel"],
    partiel: ["◐", "Une partie du panel répond comme vous"],
    faux: ["↔", "Personne dans le panel n’a choisi ce point : à discuter"],
  },
  noRight: ["•", "Il n’y a pas de bonne réponse"],
  points: ["•", "Des repères pour relire votre texte"],
  right: "Juste",
  wrong: "Faux",
  yours: "votre réponse",
  ticked: (right, total, extra) =>
    `${right} ${right > 1 ? "bonnes réponses cochées" : "bonne réponse cochée"} sur ${total}`
    + (extra ? `, ${extra} en trop.` : "."),
  truthIs: (word) => `La réponse est : ${word.toLowerCase()}.`,
  youSaid: (answer) => `Votre réponse : ${answer}.`,
  expected: (answer) => `Réponse attendue : ${answer}.`,
  accepted: (min, max) => `Réponses acceptées : de ${min} à ${max}.`,
  estimateLine: (yours, published, gap) => `Votre estimation : ${yours}. Valeur publiée : ${published}. ${gap}`,
  gapNone: "Aucun écart.",
  gap: (size, below) => `Écart : ${size} ${below ? "de moins" : "de plus"}.`,
  percentPoint: (size) => (Math.abs(size) >= 2 ? "points" : "point"),
  you: "Vous",
  published: "Publié",
  rightOrder: "Le bon ordre",
  wellPlaced: "bien placé",
  placed: (place) => `vous : place ${place}`,
  panelTitle: "Les réponses du panel",
  panelCount: (count, total) => `${count} ${count > 1 ? "réponses" : "réponse"} sur ${total}`,
  panelOrigin: (origin, people, day) => `Origine du panel : ${origin}, ${people} personnes, ${day}`,
  reading: (position, admitted) =>
    `Lecture proposée par l’équipe de la mallette : ${position}`
    + (admitted ? ` ; elle admet aussi : ${admitted}.` : "."),
  readingNote: "Cet avis vient des auteurs du quiz : il ne compte les réponses de personne et ne donne pas de points.",
  otherPoints: "Lire l’explication des autres points",
  source: (label) => `Source : ${label}`,
  summary: "Bilan",
  tally: (total, right, partial, again) => {
    if (total === right) return total > 1 ? `Les ${total} questions qui ont une réponse sont justes.` : "La question qui a une réponse est juste.";
    const parts = [`${right} ${right > 1 ? "justes" : "juste"}`];
    if (partial) parts.push(`${partial} ${partial > 1 ? "justes" : "juste"} en partie`);
    if (again) parts.push(`${again} à revoir`);
    return `${total > 1 ? `Sur les ${total} questions qui ont` : "Sur la question qui a"} une réponse : ${parts.join(", ")}.`;
  },
  tallyPanel: (total, same) =>
    `${total > 1 ? `Sur les ${total} questions` : "Sur la question"} de jugement : `
    + (same ? `${same} ${same > 1 ? "réponses rejoignent" : "réponse rejoint"} la plus fréquente du panel.` : "votre regard diffère de la réponse la plus fréquente du panel, parlez-en."),
  tallyFree: (total) => (total > 1
    ? `${total} questions n’ont pas de bonne réponse : elles servent à échanger.`
    : "1 question n’a pas de bonne réponse : elle sert à échanger."),
  byObjective: "Par objectif",
  objective: (right, total) => (right ? `${right} ${right > 1 ? "justes" : "juste"} sur ${total}. ` : ""),
  toReview: "À relire : ",
  goTo: (number) => `question ${number}`,
};
