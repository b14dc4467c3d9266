// Every French text of the quiz, and the few words that agree with a number.

export const QUIZ_TEXTS = {
  validate: "Valider",
  showPoints: "Voir les repères",
  change: "Changer ma réponse",
  restart: "Recommencer",
  restarted: "Le quiz est remis à zéro.",
  question: (number, total) => `Question ${number} sur ${total}`,
  progress: (done, total) => `${done} ${done > 1 ? "questions répondues" : "question répondue"} sur ${total}`,
  progressEnd: "Toutes les questions sont répondues : le bilan est affiché à la fin.",
  summary: "Bilan",
  tally: (total, right, partial, again) => {
    if (total === right) {
      return total > 1
        ? `Les ${total} questions qui ont une réponse sont justes.`
        : "La question qui a une réponse est juste.";
    }
    const parts = [`${right} ${right > 1 ? "justes" : "juste"}`];
    if (partial) parts.push(`${partial} ${partial > 1 ? "justes" : "juste"} en partie`);
    if (again) parts.push(`${again} à revoir`);
    return `${total > 1 ? `Sur les ${total} questions qui ont` : "Sur la question qui a"} une réponse : ${
      parts.join(", ")
    }.`;
  },
  tallyPanel: (total, same) =>
    `${total > 1 ? `Sur les ${total} questions` : "Sur la question"} de jugement : ` +
    (same
      ? `${same} ${same > 1 ? "réponses rejoignent" : "réponse rejoint"} la plus fréquente du panel.`
      : "votre regard diffère de la réponse la plus fréquente du panel, parlez-en."),
  tallyFree: (
    total,
  ) => (total > 1
    ? `${total} questions n’ont pas de bonne réponse : elles servent à échanger.`
    : "1 question n’a pas de bonne réponse : elle sert à échanger."),
  byObjective: "Par objectif",
  objective: (right, total) => (right ? `${right} ${right > 1 ? "justes" : "juste"} sur ${total}. ` : ""),
  toReview: "À relire : ",
  goTo: (number) => `question ${number}`,
};
