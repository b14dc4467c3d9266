// What the tools say on screen. Nothing else says it.
import { NBSP, NNBSP } from "../widgets/static/common.js";

const plural = (count, one, many) => `${count}${NBSP}${count > 1 ? many : one}`;
const quoted = (text) => `«${NBSP}${text}${NBSP}»`;
const day = (iso) => iso.split("-").reverse().join("/");
const KINDS = {
  courriel: "une adresse électronique",
  telephone: "un numéro de téléphone",
  adresse: "une adresse",
  nom: "un nom",
};

export const TEXTS = {
  fate:
    `Ce que vous écrivez reste dans ce navigateur, sur cet appareil${NNBSP}: rien n’est envoyé. Pour le garder ailleurs, enregistrez un fichier${NNBSP}; sur un appareil prêté, supprimez ensuite le document.`,
  fateRoom:
    "Ce que vous écrivez est gardé sur l’ordinateur de la personne qui anime, jusqu’à ce qu’elle efface la séance. Elle le voit et peut le projeter.",
  noStorage:
    `Ce navigateur refuse de garder le document${NNBSP}: enregistrez un fichier avant de fermer la page, sinon tout sera perdu.`,
  roles: "Une fonction, jamais un nom.",
  // The shelf.
  shelf: "Vos documents dans ce navigateur",
  none: "Aucun document pour le moment.",
  create: "Nouveau document",
  open: "Ouvrir un fichier…",
  example: "Voir un exemple inventé",
  exampleTitle: (title) => `${title} (exemple inventé)`,
  exampleNote:
    `Exemple inventé${NNBSP}: aucun lieu, aucune équipe, aucun chiffre n’est réel. Il n’est gardé que si vous le modifiez.`,
  openOne: "Ouvrir",
  duplicate: "Dupliquer",
  remove: "Supprimer",
  removed: (title) => `${quoted(title)} est supprimé de ce navigateur.`,
  copyTitle: (title) => `${title} (copie)`,
  fileTitle: (title) => `${title} (fichier)`,
  mergeTitle: (title) => `${title} (avant la fusion)`,
  apart: (title) =>
    `Ce navigateur garde une autre version de ${
      quoted(title)
    }. Elle n’a pas changé${NNBSP}: le fichier s’est ouvert à côté d’elle, et « Comparer ou fusionner » montre ce qui diffère.`,
  changed: (moment) => `modifié le ${moment}`,
  months: "Les lignes s’effacent au bout de",
  monthsHelp:
    `Le groupe choisit ce temps à l’ouverture. Passé ce délai, compté depuis la date d’une ligne, elle s’efface à la prochaine ouverture${NNBSP}; il reste le jour et le nombre de lignes effacées.`,
  monthsCount: (count) => `${count}${NBSP}mois`,
  // A document.
  title: "Titre du document",
  titleHelp: "Le groupe et la date, jamais le nom de quelqu’un.",
  close: "Fermer",
  save: "Enregistrer un fichier",
  saveHelp: "Le fichier .json se rouvre ici, dans un autre navigateur ou une version suivante.",
  print: "Imprimer",
  text: "Traitement de texte (.odt)",
  sheet: "Tableur (.csv)",
  markdown: "Markdown (.md)",
  takeAway: "Emporter",
  saved: "Gardé dans ce navigateur.",
  waiting: "Enregistrement…",
  unkept: `Rien n’est gardé de ce que vous venez d’écrire${NNBSP}: enregistrez d’abord un fichier, au-dessus.`,
  closeAnyway: "Fermer sans rien garder",
  elsewhere:
    `Ce document vient d’être modifié dans un autre onglet. Rien n’est gardé d’ici tant que vous n’avez pas choisi${NNBSP}:`,
  takeOther: "Reprendre l’autre version",
  keepMine: "Garder la mienne",
  read: { rules: "Règles", see: "À lire :", views: "Ce que cela donne" },
  ruleKept: (months) => `Les lignes s’effacent au bout de ${months}${NBSP}mois.`,
  ruleDue: (count) => `${plural(count, "ligne s’effacera", "lignes s’effaceront")} dans moins d’un mois.`,
  erased: (count) =>
    `${plural(count, "ligne a passé", "lignes ont passé")} le délai choisi, et ${
      count > 1 ? "sont effacées" : "est effacée"
    }.`,
  journal: "Journal de ce qui a été effacé",
  journalLine: ({ jour, lignes }) => `${day(jour)}${NNBSP}: ${plural(lignes, "ligne", "lignes")}`,
  unknown: "Ce que cette version de l’outil ne connaît plus",
  unknownHelp: "Rien n’en est perdu : le fichier le garde. Recopiez dans un champ ce qui sert encore.",
  // Fields.
  choose: "Choisir…",
  noChoice: "Remplissez d’abord l’autre tableau : ses lignes seront proposées ici.",
  badNumber: `Écrivez un nombre${NNBSP}: 12 ou 12,5.`,
  badYear: "Écrivez l’année en quatre chiffres : 2026.",
  tooLong: (count, max) => `${count} signes${NNBSP}: visez ${max} au plus.`,
  suspect: (found) =>
    `Vous avez écrit ce qui ressemble à ${
      found.map(({ genre, extrait }) => `${KINDS[genre]} (${extrait})`).join(", ")
    }.`,
  // Tables.
  add: (row) => `Ajouter ${row}`,
  edit: "Modifier",
  fold: "Refermer",
  erase: "Supprimer",
  undo: "Annuler la suppression",
  erasedRow: "Ligne supprimée.",
  blankRow: "Ligne vide",
  search: "Chercher dans ces lignes",
  all: "Toutes les valeurs",
  shown: (count, total) => `${count} sur ${plural(total, "ligne", "lignes")}`,
  rowNumber: (number) => `Ligne ${number}`,
  // Before it leaves.
  beforeTitle: "Avant de l’emporter",
  before: "Ce document contient ce qui ressemble à :",
  beforeRule:
    `Un document qui circule peut nuire à quelqu’un. Remplacez un nom par une fonction, une adresse par un quartier. Cet avertissement ne voit pas tout${NNBSP}: un prénom seul lui échappe.`,
  review: "Revenir au document",
  goOn: "Continuer quand même",
  kind: (genre) => KINDS[genre],
  // Comparing and merging.
  compare: "Comparer ou fusionner…",
  compareTitle: "Comparer avec un autre document",
  compareHelp: "Le même outil, rempli par un autre service ou à une autre date.",
  withFile: "Un fichier…",
  withOne: (title) => `Comparer avec ${quoted(title)}`,
  sameAs: "Les deux documents disent la même chose.",
  mine: "Ce document",
  other: (title) => `L’autre${NNBSP}: ${title}`,
  otherShort: "L’autre document",
  onlyMine: (count) => plural(count, "ligne seulement dans ce document", "lignes seulement dans ce document"),
  onlyOther: (count) => plural(count, "ligne seulement dans l’autre", "lignes seulement dans l’autre"),
  equal: (count) => plural(count, "ligne dit la même chose", "lignes disent la même chose"),
  differ: (count) => plural(count, "ligne dit autre chose", "lignes disent autre chose"),
  empty: "(vide)",
  both: "Garder les deux lignes",
  keep: "Que garder ?",
  toChoose: (count) => `${plural(count, "choix reste", "choix restent")} à faire avant de fusionner.`,
  merge: "Fusionner dans ce document",
  mergeHelp:
    `Les lignes des deux documents se retrouvent ici. Une case vide d’un côté prend ce que dit l’autre. Une ligne que l’un avait supprimée revient${NNBSP}: relisez.`,
  mergedDone: (before) =>
    `Les deux documents sont fusionnés ici. L’autre n’a pas changé${NNBSP}; celui-ci, tel qu’il était, est gardé sous le titre ${
      quoted(before)
    }.`,
  mergedAlone: "Les deux documents sont fusionnés ici. L’autre n’a pas changé.",
  mergeUnkept:
    `Ce navigateur refuse de garder ce document tel qu’il est${NNBSP}: enregistrez-en un fichier, puis fusionnez de nouveau.`,
  // Faults of files.
  faults: {
    illisible:
      "Ce fichier n’est pas un document de la mallette, ou il est abîmé : rien n’a été changé. Choisissez un fichier .json enregistré par cet outil.",
    autreFichier:
      "Ce fichier n’est pas un document de la mallette : rien n’a été changé. Choisissez un fichier .json enregistré par cet outil.",
    plusRecent:
      "Ce fichier vient d’une version plus récente de la mallette : ouvrez-le avec elle, ou mettez celle-ci à jour.",
    tropGros: "Ce fichier est trop gros pour un document de la mallette : rien n’a été changé.",
    autreOutil: "Ce fichier vient d’un autre outil : ouvrez-le depuis la page de cet outil.",
  },
  // Views.
  nothing: "Rien à montrer pour le moment.",
  noDate: (count) => plural(count, "ligne sans date n’est pas placée", "lignes sans date ne sont pas placées"),
  gap: "rien",
  gaps: (count) => plural(count, "ligne ne croise rien", "lignes ne croisent rien"),
  horizontal: "même niveau",
  vertical: "d’un niveau à un autre",
  outside: "sans niveau",
  exchange: (from, to) => `De ${from} vers ${to}`,
  exchangesAlt: (level, across) =>
    `${plural(level, "échange", "échanges")} au même niveau, ${
      plural(across, "échange", "échanges")
    } d’un niveau à un autre`,
  timelineAlt: (count, first, last) =>
    `${plural(count, "ligne placée", "lignes placées")} de ${first} à ${last}${NNBSP}; la liste suit.`,
  month: "Mois",
  draft: "Écrire un brouillon",
  draftHelp: "Le brouillon s’ajoute à la fin du texte : réécrivez-le ensemble, il ne fait que recopier les lignes.",
  draftDone: "Le brouillon est ajouté à la fin du texte.",
  printOne: "Imprimer cette page seule",
  calendar: "Calendrier (.ics)",
  lines: (count) => plural(count, "ligne", "lignes"),
  made: (iso) => `Le ${day(iso)}`,
};
