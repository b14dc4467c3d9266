// Prevalences: which values a view shows, on which curves, with which intervals. Percentages run from 0 to 100.
// A view (« vue ») is { par: "age" | "sexe" | "temps", produits, indicateur, annee (without effect over time), age (one
// group or "ensemble", by sex and over time), sexe ("ensemble" or "detail", over time), champs (populations; none: the one
// with most values), affichage }. Cases with what must be said of them: tests/vecteurs/prevalence.json.
import { NBSP, withUnit } from "./common.js";

export const MAX_SERIES = 6;
export const SEXES = ["hommes", "femmes"];
const Z95 = 1.959963984540054;

/** Rows as objects, from the compact table of the state. */
export function unpack({ colonnes, lignes }) {
  return lignes.map((line) => Object.fromEntries(colonnes.map((name, i) => [name, line[i]])));
}

export function round1(value) {
  return Math.floor(value * 10 + 0.5) / 10;
}

/** 95 % Wilson score interval, in percent; null without n. Its twin of the printed figures: mallette/prevalence.py. */
export function wilson(percent, n) {
  if (!n) return null;
  const p = percent / 100;
  const z2 = Z95 * Z95;
  const centre = (p + z2 / (2 * n)) / (1 + z2 / n);
  const half = (Z95 / (1 + z2 / n)) * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n));
  return [round1(100 * Math.max(0, centre - half)), round1(100 * Math.min(1, centre + half))];
}

export function percentText(row) {
  const text = withUnit(row.valeur, "%");
  return row.valeur === 0 && row.arrondi ? `${text} (arrondi)` : text;
}

export function ageText(age) {
  return age === "ensemble" ? "tous âges" : `${age}${NBSP}ans`;
}

/** How a population names its two sexes. */
export function sexNames(champ) {
  return champ.startsWith("17") ? { hommes: "garçons", femmes: "filles" } : { hommes: "hommes", femmes: "femmes" };
}

export function ageOrder(age) {
  return age.startsWith("moins") ? 0 : Number(age.match(/^\d*/)[0] || 0);
}

function covers(row, age) {
  return age === "ensemble" ? ["ensemble", "17"].includes(row.age) : row.age === age;
}

/** Whether a row answers a view, whatever its population. */
export function matches(row, view) {
  if (!view.produits.includes(row.produit) || row.indicateur !== view.indicateur) return false;
  if (view.par === "age") return row.annee === view.annee && row.sexe === "ensemble" && row.age !== "ensemble";
  if (!covers(row, view.age)) return false;
  if (view.par === "sexe") return row.annee === view.annee && SEXES.includes(row.sexe);
  return view.sexe === "detail" ? SEXES.includes(row.sexe) : row.sexe === "ensemble";
}

/**
 * What a view shows. `champs`: populations shown; `disponibles`: those that have values, most values first; `series`: at
 * most MAX_SERIES { produit, champ, sexe, points }, one curve each, never two populations on one; `ecartees`: how many
 * more there are; `manquants`: { produit, champs }, products without a curve and the other populations that have one.
 */
export function select(rows, view) {
  const found = rows.filter((row) => matches(row, view));
  const counts = new Map();
  for (const row of found) counts.set(row.champ, (counts.get(row.champ) ?? 0) + 1);
  const disponibles = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a));
  const champs = view.champs.length > 0
    ? disponibles.filter((champ) => view.champs.includes(champ))
    : disponibles.slice(0, 1);
  const series = [];
  for (const produit of view.produits) {
    for (const champ of champs) {
      const mine = found.filter((row) => row.produit === produit && row.champ === champ);
      for (const sexe of view.par === "temps" && view.sexe === "detail" ? SEXES : [""]) {
        const points = mine.filter((row) => !sexe || row.sexe === sexe);
        const sexOf = (row) => (view.par === "sexe" ? SEXES.indexOf(row.sexe) : 0);
        points.sort((a, b) => a.annee - b.annee || sexOf(a) - sexOf(b) || ageOrder(a.age) - ageOrder(b.age));
        if (points.length > 0) series.push({ produit, champ, sexe, points });
      }
    }
  }
  const manquants = view.produits
    .filter((produit) => !series.some((line) => line.produit === produit))
    .map((produit) => ({
      produit,
      champs: disponibles.filter((champ) => found.some((row) => row.produit === produit && row.champ === champ)),
    }));
  return {
    champs,
    disponibles,
    manquants,
    series: series.slice(0, MAX_SERIES),
    ecartees: Math.max(0, series.length - MAX_SERIES),
  };
}

/** Pairs of consecutive points that come from different surveys. */
export function breaks(points) {
  return points.slice(1).map((b, i) => [points[i], b]).filter(([a, b]) => a.enquete !== b.enquete);
}

/** Years that have values for a view, whatever its own year. */
function yearsOf(rows, view) {
  const years = rows.filter((row) => matches(row, { ...view, annee: row.annee })).map((row) => row.annee);
  return [...new Set(years)].sort((a, b) => a - b);
}

/** Up to five views that have values, the closest to an empty one first. */
export function alternatives(rows, view) {
  const others = (
    column,
  ) => [...new Set(rows.filter((row) => view.produits.includes(row.produit)).map((row) => row[column]))];
  const wider = { ...view, champs: [] };
  const tries = [
    wider,
    ...yearsOf(rows, wider).sort((a, b) => Math.abs(a - view.annee) - Math.abs(b - view.annee)).slice(0, 2)
      .map((annee) => ({ ...wider, annee })),
    { ...wider, age: "ensemble", sexe: "ensemble" },
    ...["temps", "sexe", "age"].filter((par) => par !== view.par).map((par) => ({
      ...wider,
      par,
      age: "ensemble",
      sexe: "ensemble",
    })),
    ...others("indicateur").flatMap((indicateur) =>
      [view.par, "temps"]
        .map((par) => ({ ...wider, par, indicateur, age: "ensemble", sexe: "ensemble" }))
    ),
  ];
  const kept = new Map();
  for (const one of tries) {
    const years = yearsOf(rows, one);
    if (years.length === 0) continue;
    const near = [...years].sort((a, b) => Math.abs(a - one.annee) - Math.abs(b - one.annee))[0];
    const fixed = one.par === "temps" || years.includes(one.annee) ? one : { ...one, annee: near };
    const key = [fixed.par, fixed.indicateur, fixed.age, fixed.par === "temps" ? "" : fixed.annee].join("|");
    if (!kept.has(key)) kept.set(key, fixed);
  }
  return [...kept.values()].slice(0, 5);
}
