// Every French text that the page of a table writes.

export const ROOM = {
  which: "Votre table",
  table: (number) => `Table ${number}`,
  begun: (number) => `Table ${number} (commencée)`,
  open: "Ouvrir",
  title: (tool, number) => `${tool}, table ${number}`,
  sending: "Envoi…",
  kept: "✓ Gardé sur l’ordinateur de l’atelier.",
  waiting: "En attente du réseau. Ce que vous venez d’écrire partira tout seul : laissez cette page ouverte.",
  others:
    "Un autre téléphone de la table écrit aussi. Ce qu’il a écrit s’affiche quand vous sortez de ce champ ; dans un même champ, le dernier qui écrit l’emporte.",
  lost: "Contact perdu avec l’atelier. Vérifiez que ce téléphone est sur le Wi-Fi de la salle.",
  found: "Contact rétabli.",
  rejoin:
    "Ce téléphone n’est plus reconnu : revenez à la page de la séance et touchez « Participer ». Ce que vous venez d’écrire partira ensuite, depuis cette page.",
  another: (title) =>
    `La personne qui anime propose maintenant un autre outil : ${title}. Ce que vous finissez d’écrire ici est gardé aussi.`,
  openOther: "Ouvrir l’autre outil",
  closed: "Aucun outil n’est plus proposé : ce qui est gardé ne change plus.",
  gone: "Cette séance a été effacée, avec ce que les tables ont écrit. Vous pouvez fermer cette page.",
  again: "Essayer à nouveau",
  trouble: "L’atelier répond par une erreur. Rechargez la page ; si cela continue, prévenez la personne qui anime.",
};
