// What is written around the picture of the prevalence explorer: title, table, definition, population, source.
import { enumeration, formatNumber, withUnit } from "./common.js";
import { ageText, interval, percentText, rounding, sexNames, UNKNOWN } from "./explorer_core.js";
import { headline } from "./explorer_text.js";

const BY = { age: "par âge", sexe: "par sexe", temps: "dans le temps" };
const INTERVALS =
  "À 95\u202f% (Wilson), élargis de l’arrondi, calculés comme si les personnes avaient été tirées au hasard. " +
  "Les enquêtes sont pondérées\u00a0: ces intervalles sont indicatifs, et sans doute trop étroits.";

export const ABSENT = "effectif absent de nos données";
const MARKS = { unite: " (arrondi)", inconnu: " (précision inconnue)" };

const pointsOf = (selection) => selection.series.flatMap((line) => line.points);
const distinct = (values) => [...new Set(values)];

export function productList(view, labels) {
  return view.produits.map((code) => labels.produits[code].nom).join(", ");
}

/** Title of the picture: what it shows, or only what was asked when there is nothing to show. */
export function chartTitle(selection, view, labels) {
  return selection.series.length > 0
    ? headline(selection, view, labels)
    : `${labels.indicateurs[view.indicateur].nom}, ${BY[view.par]}\u00a0: ${productList(view, labels)}`;
}

/** Under the title: what is counted, among whom. */
export function subtitle(selection, view, labels) {
  return `${definition(selection, view, labels)} En\u00a0% des personnes interrogées\u00a0: ${
    populations(selection, labels).join(". ")
  }.`;
}

/** The values shown, one object a line; what the table and the CSV file are made of. */
export function lines(selection, labels) {
  return pointsOf(selection).map((point) => ({
    ...point,
    produitNom: labels.produits[point.produit].nom,
    champNom: labels.champs[point.champ].nom,
    sexeNom: point.sexe === "ensemble" ? "ensemble" : sexNames(point.champ)[point.sexe],
    ageNom: ageText(point.age),
    texte: `${percentText(point)}${(point.valeur !== 0 && MARKS[point.arrondi]) || ""}`,
    intervalle: interval(point),
    bornes: rounding(point),
    alerte: labels.avertissements[point.avertissement] ?? "",
    sourceTexte: labels.sources[point.source].texte,
    sourceUrl: labels.sources[point.source].url,
  }));
}

export function sampleText(n) {
  return n ? formatNumber(n) : "absent";
}

export function intervalText(interval) {
  return interval ? `${formatNumber(interval[0])} à ${withUnit(interval[1], "%")}` : "–";
}

function definition(selection, view, labels) {
  const { definition: adult, definition_17: young } = labels.indicateurs[view.indicateur];
  const champs = distinct(selection.series.map((line) => line.champ));
  const said = [];
  if (!young || champs.some((champ) => !champ.startsWith("17"))) said.push(adult);
  if (young && champs.some((champ) => champ.startsWith("17"))) said.push(`À 17\u00a0ans\u00a0: ${young}`);
  return said.join(" ");
}

function samples(selection) {
  const points = pointsOf(selection);
  const known = points.filter((point) => point.n).map((point) => point.n);
  if (known.length === 0) return ABSENT;
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const range = low === high ? formatNumber(low) : `de ${formatNumber(low)} à ${formatNumber(high)}`;
  const missing = points.length - known.length;
  const text = `${range} personnes interrogées${low === high ? "" : " selon la valeur"}`;
  return missing === 0
    ? text
    : `${text}\u202f; ${ABSENT} pour ${missing} valeur${missing > 1 ? "s" : ""} sur ${points.length}`;
}

/** The populations shown, each with the territory of most of its values, then the others with their years. */
function populations(selection, labels) {
  const points = pointsOf(selection);
  return distinct(points.map((point) => point.champ)).map((champ) => {
    const mine = points.filter((point) => point.champ === champ);
    const at = (place) => mine.filter((point) => point.territoire === place);
    const places = distinct(mine.map((point) => point.territoire)).sort((a, b) => at(b).length - at(a).length);
    const where = places.map((place, i) => {
      const text = place === UNKNOWN ? "territoire non précisé" : place;
      const years = distinct(at(place).map((point) => point.annee)).sort().map(String);
      return i > 0 ? `${text} en ${enumeration(years)}` : text;
    });
    const { nom } = labels.champs[champ];
    return `${nom[0].toLowerCase()}${nom.slice(1)}, ${where.join("\u202f; ")}`;
  });
}

/** Where the values shown were read: label and address of each page. */
export function sources(selection, labels) {
  return distinct(pointsOf(selection).map((point) => point.source)).map((key) => labels.sources[key]);
}

/** Population, survey, number of people, intervals: pairs of a term and a list of texts. */
export function facts(selection, view, labels) {
  const points = pointsOf(selection);
  const surveys = distinct(points.map((point) => point.enquete)).map((survey) => {
    const years = distinct(points.filter((point) => point.enquete === survey).map((point) => point.annee)).sort();
    return `${survey} (${years.join(", ")})`;
  });
  const notes = distinct(points.map((point) => labels.champs[point.champ].note)).filter(Boolean);
  const modes = distinct(points.map((point) => point.mode)).filter((mode) => mode !== UNKNOWN);
  const { note } = labels.indicateurs[view.indicateur];
  return [
    ["Indicateur", note ? [note] : []],
    ["Enquête", surveys],
    ["Façon d’enquêter", modes.length > 0 ? modes : ["non précisée par les pages lues"]],
    ["Population", notes],
    ["Personnes interrogées", [samples(selection)]],
    [
      "Intervalles",
      points.some((point) => point.n)
        ? [INTERVALS]
        : ["Sans effectif dans nos données, aucun intervalle n’est calculé."],
    ],
  ].filter(([, texts]) => texts.length > 0);
}

/** Remarks kept with the values shown, each said once with what it is about. */
export function remarks(selection, labels) {
  const about = new Map();
  for (const line of lines(selection, labels)) {
    if (!line.remarque) continue;
    const what = `${line.produitNom}, ${line.sexeNom}, ${line.ageNom}, ${line.annee}`;
    about.set(line.remarque, [...(about.get(line.remarque) ?? []), what]);
  }
  return [...about].map(([text, whats]) => {
    const shown = whats.length > 3 ? `${whats.length} valeurs` : whats.join("\u202f; ");
    return `${shown}\u00a0: ${text}.`;
  });
}
