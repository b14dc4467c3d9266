// What the form of an assignment says.

import { enumeration } from "../../../widgets/static/common.js";

const several = (count, one, many) => `${count} ${count > 1 ? many : one}`;

export const TEXTS = {
  loading: "Ouverture du devoir…",
  cookieRefused:
    "Ce navigateur refuse les cookies : sans eux, vos réponses ne peuvent pas être gardées. Autorisez-les pour cette adresse, puis rechargez la page.",
  question: (rank, title, points) => `Question ${rank}. ${title}${points ? ` (${points})` : ""}`,
  none: "Pas encore de réponse.",
  sending: "Enregistrement…",
  saved: "✓ Enregistré.",
  waiting: "Gardé sur cet appareil, en attente du réseau.",
  changed: "Cette question a changé depuis votre réponse : répondez de nouveau.",
  notSaved: "Rien n’est enregistré pour cette question.",
  keepOrder: "Garder cet ordre",
  progress: (answered, total) => `${several(answered, "réponse enregistrée", "réponses enregistrées")} sur ${total}.`,
  lost: (count) =>
    `Contact perdu avec l’atelier : ${
      several(count, "réponse attend", "réponses attendent")
    } sur cet appareil. Laissez cette page ouverte, l’envoi reprend tout seul.`,
  unreachable:
    "Contact perdu avec l’atelier. Vérifiez que cet appareil est sur le Wi-Fi de la salle : la page réessaie toute seule.",
  handIn: "Remettre ma copie",
  again: "Remettre ma copie de nouveau",
  anyway: "Remettre quand même",
  handing: "Remise en cours…",
  unanswered: (ranks) =>
    ranks.length > 1
      ? `Les questions ${enumeration(ranks)} sont sans réponse.`
      : `La question ${ranks[0]} est sans réponse.`,
  notYet:
    "Des réponses ne sont pas encore arrivées à l’atelier : attendez qu’elles le soient, puis remettez votre copie.",
  failed: "La remise n’a pas abouti : vérifiez le réseau, puis réessayez. Vos réponses sont gardées.",
  receipt: "Votre copie est remise",
  when: (text) => `Reçue ${text}.`,
  late: "La limite était passée : elle est notée en retard.",
  count: (answered, total) => `${several(answered, "réponse", "réponses")} sur ${total}.`,
  code: "Code de votre copie",
  codeUse: "Il peut se dire à voix haute : c’est sous ce code que votre retour vous sera rendu.",
  word: "Mot secret",
  wordUse:
    "Notez-le et ne le dites à personne : avec le code, il permet de reprendre cette copie sur un autre appareil, et de faire d’autres devoirs sous le même code.",
  wordKnown: "Votre mot secret reste celui que vous avez saisi.",
  since:
    "Vos réponses ont changé depuis la remise : c’est la copie remise qui compte, tant que vous ne remettez pas celle-ci.",
  modify:
    "Tant que le retour n’est pas rendu, vous pouvez changer vos réponses et remettre de nouveau : la dernière copie compte.",
  trouble: "Rechargez la page. Si cela continue, prévenez la personne qui anime.",
};
