// What looks like a person in a text: told before a document leaves, never blocked. It cannot see everything: a first name
// alone is a word like another.

const CAP = "[A-ZÀÂÇÉÈÊÎÏÔÛÜ][a-zà-öø-ÿœ’'-]+";
const START = "(?:^|[\\s(«\"“‘'’,;:/-])";
// First words that nobody bears: those that begin a sentence, those of names of services, places and bodies.
const BODIES = new Set(
  ("À Au Aux Avec Ce Ces Cet Cette Chaque Chez Dans De Depuis Des Du En Et La Le Leur Leurs Mon Nos Notre Par Pour Sur Un Une Vos Votre " +
    "Agence Allo Appui Assistance Association Bureau Caisse Centre Cité Collège Comité Commission Communauté Conseil Contrat " +
    "Croix Défenseur Département Direction Drogues Éducation Emploi Équipe Espace Fil Foyer France Grand Grande Groupe " +
    "Hôpital Institut Les Lycée Maison Médecins Médiation Métropole Mission Office Opération Petit Petite Place Plan Point " +
    "Police Pôle Préfecture Prévention Projet Protection Quartier Région Réseau Résidence Saint Sainte Secours Service " +
    "Services Transports Travail Tribunal Université Ville").split(" "),
);
const PATTERNS = [
  ["courriel", /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g],
  ["telephone", /(?:\+33[\s.-]?|\b0)[1-9](?:[\s.-]?\d{2}){4}\b/g],
  [
    "adresse",
    /\b\d{1,4}\s?(?:bis|ter)?,?\s(?:rue|avenue|av\.|boulevard|bd|allées?|chemin|impasse|place|quai|cours|square|route|passage)\s[^\s,.;]+(?:\s[^\s,.;]+){0,3}/gi,
  ],
  [
    "nom",
    new RegExp(`${START}((?:M\\.|MM\\.|Mmes?|Mlle|Dr|[Mm]onsieur|[Mm]adame|[Mm]ademoiselle|[Dd]octeur)\\s${CAP})`, "g"),
  ],
  ["nom", new RegExp(`${START}(${CAP}\\s[A-ZÉÈÀ]\\.)(?=$|[\\s,;)])`, "g")],
  ["nom", new RegExp(`${START}(${CAP}\\s(?:(?:[Dd]e|[Ll]e|[Ll]a|[Ee]l|[Bb]en)\\s)?(?:${CAP}|[A-ZÉÈ]{3,}))`, "g")],
];

/** What a text holds that looks like somebody: [{ genre, extrait }], each once, in the order of the kinds. */
export function suspicions(text) {
  const found = [];
  for (const [genre, pattern] of PATTERNS) {
    for (const match of String(text ?? "").matchAll(pattern)) {
      const extrait = (match[1] ?? match[0]).trim();
      if (genre === "nom" && BODIES.has(extrait.split(/\s/)[0])) continue;
      if (!found.some((one) => one.extrait.includes(extrait))) found.push({ genre, extrait });
    }
  }
  return found;
}

/** Every text of a value, however deep. */
function textsOf(value) {
  if (typeof value === "string") return [value];
  return value && typeof value === "object" ? [].concat(...Object.values(value).map(textsOf)) : [];
}

/** What a whole document holds, its title included; the names of rows are no text of anybody. */
export function suspicionsOf(document) {
  const seen = new Map();
  for (const text of [document.titre, ...textsOf(document.valeurs)]) {
    for (const one of suspicions(text)) seen.set(one.extrait, one);
  }
  return [...seen.values()];
}
