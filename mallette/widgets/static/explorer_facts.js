// What is written around the picture of the prevalence explorer: title, table, definition, population, source.
import { formatNumber, withUnit } from "./common.js";
import { ageText, percentText, sexNames, wilson } from "./explorer_core.js";

const BY = { age: "par âge", sexe: "par sexe", temps: "dans le temps" };
const INTERVALS = "À 95\u202f% (Wilson), calculés comme si les personnes avaient été tirées au hasard. " +
  "Les enquêtes sont pondérées\u00a0: ces intervalles sont indicatifs, et sans doute trop étroits.";

const pointsOf = (selection) => selection.series.flatMap((line) => line.points);
const distinct = (values) => [...new Set(values)];

export function productList(view, labels) {
  return view.produits.map((code) => labels.produits[code].nom).join(", ");
}

export function chartTitle(view, labels) {
  const parts = [`${labels.indicateurs[view.indicateur].nom}, ${BY[view.par]}\u00a0: ${productList(view, labels)}`];
  if (view.par !== "age" && view.age !== "ensemble") parts.push(ageText(view.age));
  if (view.par !== "temps") parts.push(String(view.annee));
  return parts.join(", ");
}

/** The values shown, one object a line; what the table and the CSV file are made of. */
export function lines(selection, labels) {
  return pointsOf(selection).map((point) => ({
    ...point,
    produitNom: labels.produits[point.produit].nom,
    champNom: labels.champs[point.champ].nom,
    sexeNom: point.sexe === "ensemble" ? "ensemble" : sexNames(point.champ)[point.sexe],
    ageNom: ageText(point.age),
    texte: `${percentText(point)}${point.arrondi && point.valeur !== 0 ? " (arrondi)" : ""}`,
    intervalle: wilson(point.valeur, point.n),
    sourceTexte: labels.sources[point.source].texte,
    sourceUrl: labels.sources[point.source].url,
  }));
}

export function sampleText(n) {
  return n ? formatNumber(n) : "effectif non fourni";
}

export function intervalText(interval) {
  return interval ? `${formatNumber(interval[0])} à ${withUnit(interval[1], "%")}` : "–";
}

function definition(selection, view, labels) {
  const { definition: adult, definition_17: young, note } = labels.indicateurs[view.indicateur];
  const champs = distinct(selection.series.map((line) => line.champ));
  const said = [];
  if (!young || champs.some((champ) => !champ.startsWith("17"))) said.push(adult);
  if (young && champs.some((champ) => champ.startsWith("17"))) said.push(`À 17\u00a0ans\u00a0: ${young}`);
  if (note) said.push(`${note[0].toUpperCase()}${note.slice(1)}.`);
  return said.join(" ");
}

function samples(selection) {
  const points = pointsOf(selection);
  const known = points.filter((point) => point.n).map((point) => point.n);
  if (known.length === 0) return "effectif non fourni";
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const range = low === high ? formatNumber(low) : `de ${formatNumber(low)} à ${formatNumber(high)}`;
  const missing = points.length - known.length;
  const text = `${range} personnes interrogées${low === high ? "" : " selon la valeur"}`;
  return missing === 0
    ? text
    : `${text}\u202f; effectif non fourni pour ${missing} valeur${missing > 1 ? "s" : ""} sur ${points.length}`;
}

/** Definition, population, survey, number of people, sources: pairs of a term and a list of texts. */
export function facts(selection, view, labels) {
  const points = pointsOf(selection);
  const surveys = distinct(points.map((point) => point.enquete)).map((survey) => {
    const years = distinct(points.filter((point) => point.enquete === survey).map((point) => point.annee)).sort();
    return `${survey} (${years.join(", ")})`;
  });
  const champs = distinct(points.map((point) => point.champ)).map((champ) => {
    const where = distinct(
      points.filter((point) => point.champ === champ).map((point) => point.territoire).filter(Boolean),
    );
    return [labels.champs[champ].nom, ...where].join(", ");
  });
  const sources = distinct(points.map((point) => point.source)).map((key) => labels.sources[key]);
  return [
    ["Ce que l’indicateur mesure", [definition(selection, view, labels)]],
    ["Population", champs],
    ["Enquête", surveys],
    ["Personnes interrogées", [samples(selection)]],
    [
      "Intervalles",
      points.some((point) => point.n) ? [INTERVALS] : ["Sans effectif publié, aucun intervalle n’est calculé."],
    ],
    [sources.length > 1 ? "Sources" : "Source", sources.map(({ texte, url }) => (url ? `${texte}, ${url}` : texte))],
  ];
}

/** Remarks kept with the values shown, each said once with what it is about. */
export function remarks(selection, labels) {
  const about = new Map();
  for (const line of lines(selection, labels)) {
    if (!line.remarque || line.remarque === "arrondi") continue;
    const what = `${line.produitNom}, ${line.sexeNom}, ${line.ageNom}, ${line.annee}`;
    about.set(line.remarque, [...(about.get(line.remarque) ?? []), what]);
  }
  return [...about].map(([text, whats]) => {
    const shown = whats.length > 3 ? `${whats.length} valeurs` : whats.join("\u202f; ");
    return `${shown}\u00a0: ${text}.`;
  });
}
