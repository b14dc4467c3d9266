// Every French text that the script of the participant's page writes.

export const TEXTS = {
  join: "Participer",
  joining: "Un instant…",
  joinFailed:
    "L’atelier ne répond pas. Vérifiez que ce téléphone est sur le Wi-Fi de la salle, puis touchez à nouveau.",
  cookieRefused:
    "Ce navigateur refuse le petit fichier qui évite de compter deux fois une réponse. Sortez de la navigation privée ou autorisez les cookies de cette adresse, puis rechargez la page.",
  rejoin:
    "Ce téléphone n’est plus reconnu : touchez « Participer » pour revenir dans la séance. Une réponse en attente partira ensuite.",
  tool: (title) => `Remplir avec votre table : ${title}`,
  waitingTitle: "Regardez l’écran",
  waiting: "La question s’affichera ici toute seule. Gardez cette page ouverte.",
  question: (rank) => `Question ${rank}`,
  secondRound: "Deuxième tour : la même question, posée à nouveau. Votre réponse a le droit de changer.",
  send: "Envoyer ma réponse",
  change: "Changer ma réponse",
  back: "Garder ma réponse",
  yourAnswer: "Votre réponse",
  sending: "Envoi de votre réponse…",
  saved: "✓ Réponse enregistrée. Vous pouvez la changer tant que la question est ouverte.",
  kept: "Réponse gardée sur ce téléphone, en attente du réseau. Elle partira toute seule : laissez cette page ouverte.",
  lost:
    "Contact perdu avec l’atelier. Vérifiez que ce téléphone est sur le Wi-Fi de la salle : la page essaie à nouveau toute seule.",
  found: "Contact rétabli.",
  remaining: (minutes, seconds) => `Temps restant : ${minutes} min ${String(seconds).padStart(2, "0")} s`,
  tenSeconds: "Encore dix secondes.",
  timeUp: "Le temps est écoulé.",
  closedTitle: "La question est fermée",
  closed: "Regardez l’écran : le résultat du groupe s’y affiche, sans le nom de personne.",
  closedSaved: "✓ Votre réponse est enregistrée.",
  closedNone: "Vous n’avez pas répondu à cette question.",
  late: "Votre réponse est arrivée après la fermeture : elle n’est pas comptée.",
  latePrevious:
    "Votre dernière modification est arrivée après la fermeture : c’est la réponse affichée ici qui est comptée.",
  lateEnd:
    "Votre dernière réponse est arrivée après la fermeture : elle n’est pas comptée. Une réponse enregistrée avant le reste.",
  unsent: "La question s’est fermée avant que vous n’ayez envoyé votre réponse : rien n’est parti de ce téléphone.",
  revealedTitle: "Retour sur la question",
  finishedTitle: "La séance est terminée",
  finished: "Merci d’avoir participé. Vous pouvez fermer cette page : elle ne garde aucune réponse sur ce téléphone.",
  goneTitle: "Cette séance n’existe plus",
  gone:
    "Elle a été effacée, avec toutes ses réponses. Vous pouvez fermer cette page : elle ne garde aucune réponse sur ce téléphone.",
  text: "Votre texte (1 000 caractères au plus)",
  textMissing: "Écrivez quelques mots avant d’envoyer.",
  points: "Des repères pour relire votre texte",
  trouble: "Rechargez la page. Si cela continue, prévenez la personne qui anime.",
};
