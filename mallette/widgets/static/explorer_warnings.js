// What keeps a reader from misreading a picture of prevalences: on screen, read aloud, in the files.
import { enumeration, NBSP, NNBSP } from "./common.js";
import { ageText, breaks, MAX_SERIES, percentText, sexNames, UNKNOWN } from "./explorer_core.js";

const STEPS = {
  unite: "Arrondi à l’unité, donc vrai à un demi-point près",
  inconnu: "Précision inconnue, comptée à un point près",
};
const CHANGES = {
  enquete: (from, to) => `${to} au lieu de ${from}`,
  territoire: (_, to) => (to.includes("outre-mer") ? "avec l’outre-mer" : "sans l’outre-mer"),
  mode: (from, to) => `${to} au lieu de ${from}`,
};

/** The French sentences that keep a reader from misreading the picture, most serious first. */
export function warnings(selection, view, labels) {
  const points = selection.series.flatMap((line) => line.points);
  const champs = [...new Set(selection.series.map((line) => line.champ))];
  const said = [];
  if (champs.length > 1) {
    said.push(
      `Ces populations ne sont pas comparables${NBSP}: ${enumeration(champs.map((c) => labels.champs[c].nom))}. ` +
        "Chacune a ses propres courbes.",
    );
  }
  const cuts = new Map();
  for (const line of view.par === "temps" ? selection.series : []) {
    for (const [, point, changes] of breaks(line.points)) {
      const told = cuts.get(point.annee) ?? new Set();
      for (const [key, from, to] of changes) told.add(CHANGES[key](from, to));
      cuts.set(point.annee, told);
    }
  }
  if (cuts.size > 0) {
    const told = [...cuts].sort(([a], [b]) => a - b).map(([year, why]) => `en ${year} (${[...why].join(", ")})`);
    said.push(`Courbe coupée ${enumeration(told)}${NBSP}: l’évolution se lit avec prudence.`);
  }
  const nowhere = view.par === "temps" ? points.filter((point) => point.territoire === UNKNOWN) : [];
  if (nowhere.length > 0 && nowhere.length < points.length) {
    said.push(
      `Territoire non précisé par les pages lues pour ${yearsOfPoints(nowhere)}${NBSP}: ` +
        "s’il a changé, la courbe ne le montre pas.",
    );
  }
  for (const missing of selection.series.length > 0 ? selection.manquants : []) {
    let text = `${labels.produits[missing.produit].nom}${NBSP}: absent de nos données pour ce choix`;
    if (missing.champs.length > 0) {
      const others = enumeration(missing.champs.map((c) => labels.champs[c].nom));
      text += ` dans cette population, mais présent pour une autre (${others})`;
    }
    said.push(`${text}.`);
  }
  if (selection.ecartees > 0) {
    said.push(
      `Le choix donne plus de ${MAX_SERIES} courbes${NBSP}: ${selection.ecartees} ne sont pas montrées. ` +
        "Décochez un produit ou une population.",
    );
  }
  if (view.indicateur === "regulier" && new Set(points.map((point) => point.produit)).size > 1) {
    said.push(
      `«${NBSP}Régulier${NBSP}» ne mesure pas la même chose d’un produit à l’autre${NBSP}: voir la définition.`,
    );
  }
  if (view.par === "temps" && ["18-24", "18-25"].includes(view.age)) {
    said.push(
      `Selon l’année, l’enquête publie les 18-25${NBSP}ans ou les 18-24${NBSP}ans${NBSP}: ` +
        "deux tranches différentes, montrées séparément.",
    );
  }
  for (const [step, text] of Object.entries(STEPS)) {
    const found = points.filter((point) => point.arrondi === step && point.valeur !== 0);
    if (found.length === 0) continue;
    const all = found.length === points.filter((point) => point.valeur !== 0).length;
    said.push(`${text}${all ? "" : `${NBSP}: ${which(found, points, view, labels)}`}.`);
  }
  for (const zero of new Set(points.filter((point) => point.valeur === 0).map(percentText))) {
    said.push(
      `«${NBSP}${zero}${NBSP}»${NBSP}: la page publie 0 après arrondi, ce qui n’est pas une absence d’usage. ` +
        "Le trait va jusqu’où la valeur peut aller.",
    );
  }
  for (const [code, text] of Object.entries(labels.avertissements)) {
    const found = points.filter((point) => point.avertissement === code);
    if (found.length > 0) said.push(`${text}${NBSP}: ${[...new Set(found.map((p) => about(p, labels)))].join(", ")}.`);
  }
  return said;
}

const yearsOfPoints = (found) => enumeration([...new Set(found.map((point) => point.annee))].sort().map(String));

/** Over time the years, of each product when there are several; elsewhere how many. */
function which(found, points, view, labels) {
  if (view.par !== "temps") return `${found.length} valeur${found.length > 1 ? "s" : ""} sur ${points.length}`;
  const products = [...new Set(found.map((point) => point.produit))];
  if (new Set(points.map((point) => point.produit)).size === 1) return yearsOfPoints(found);
  return products.map((code) =>
    `${labels.produits[code].nom} ${yearsOfPoints(found.filter((point) => point.produit === code))}`
  ).join(`${NNBSP}; `);
}

/** Which value is meant: « Cannabis 2010, hommes ». */
function about(point, labels) {
  const parts = [`${labels.produits[point.produit].nom} ${point.annee}`];
  if (point.sexe !== "ensemble") parts.push(sexNames(point.champ)[point.sexe]);
  if (!["ensemble", "16", "17"].includes(point.age)) parts.push(ageText(point.age));
  return parts.join(" ");
}
