// Prevalences: which values a view shows, on which curves, with which intervals. Percentages run from 0 to 100.
// A view (« vue ») is { par: "age" | "sexe" | "temps", produits, indicateur, annee (without effect over time), age (one
// group or "ensemble", by sex and over time), sexe ("ensemble" or "detail", over time), champs (populations; none: the one
// with most values), affichage }. Cases with what must be said of them: tests/vecteurs/prevalence.json.
import { NBSP, withUnit } from "./common.js";

export const MAX_SERIES = 6;
export const SEXES = ["hommes", "femmes"];
/** A territory or a way of asking that no page read tells. */
export const UNKNOWN = "non précisé";
const Z95 = 1.959963984540054;
/** How far, in points, a value may be from the one printed, by code of « arrondi ». Twin: mallette/prevalence.py. */
const HALF_STEP = { dixieme: 0.05, unite: 0.5, inconnu: 1 };
const TOUCHING = 1e-9; // 82 and 83 meet at 82.5, and still are told apart
/** Pupils' classes, by the age at which most pupils enter them: it only sorts them. */
const CLASSES = { "6e": 11, "3e": 14, "2de": 15, terminale: 17 };

/** Rows as objects, from the compact table of the state. */
export function unpack({ colonnes, lignes }) {
  return lignes.map((line) => Object.fromEntries(colonnes.map((name, i) => [name, line[i]])));
}

export function round1(value) {
  return Math.floor(value * 10 + 0.5) / 10;
}

/** The least and the greatest percentage that are published as this one. */
export function rounding({ valeur, arrondi }) {
  return [Math.max(0, valeur - HALF_STEP[arrondi]), Math.min(100, valeur + HALF_STEP[arrondi])];
}

/** Points that may hold the greatest value, or the least: rounded numbers do not always tell which. */
export function highest(points) {
  const floor = Math.max(...points.map((p) => rounding(p)[0]));
  return points.filter((p) => rounding(p)[1] > floor + TOUCHING);
}
export function lowest(points) {
  const ceiling = Math.min(...points.map((p) => rounding(p)[1]));
  return points.filter((p) => rounding(p)[0] < ceiling - TOUCHING);
}

function bound(percent, n, side) {
  const p = percent / 100;
  const z2 = Z95 * Z95;
  const centre = (p + z2 / (2 * n)) / (1 + z2 / n);
  return centre + side * (Z95 / (1 + z2 / n)) * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n));
}

/**
 * 95 % Wilson score interval, in percent; null without n. With a step of rounding it holds the intervals of every value
 * published as this one. Its twin of the printed figures: mallette/prevalence.py.
 */
export function wilson(percent, n, step = null) {
  if (!n) return null;
  const [low, high] = step ? rounding({ valeur: percent, arrondi: step }) : [percent, percent];
  return [round1(100 * Math.max(0, bound(low, n, -1))), round1(100 * Math.min(1, bound(high, n, 1)))];
}

export const interval = (point) => wilson(point.valeur, point.n, point.arrondi);

/** What is drawn around a point: its interval, or how far a rounded 0 may go. */
export function whisker(point) {
  return interval(point) ?? (point.valeur === 0 ? rounding(point) : null);
}

/** A value with the precision it is published with: "7,0 %", "42 %", "moins de 0,5 %". */
export function percentText(point) {
  if (point.valeur === 0 && point.arrondi !== "inconnu") return `moins de ${withUnit(HALF_STEP[point.arrondi], "%")}`;
  return withUnit(point.valeur, "%", { decimals: point.arrondi === "dixieme" ? 1 : 0 });
}

export function ageText(age) {
  if (age in CLASSES) return `classe de ${age}`;
  return age === "ensemble" ? "tous âges" : `${age}${NBSP}ans`;
}

export const isClass = (age) => age in CLASSES;

/** How a population names its two sexes. */
export function sexNames(champ) {
  return /^1[67] ans|élèves/.test(champ)
    ? { hommes: "garçons", femmes: "filles" }
    : { hommes: "hommes", femmes: "femmes" };
}

export function ageOrder(age) {
  if (age in CLASSES) return CLASSES[age];
  return age.startsWith("moins") ? 0 : Number(age.match(/^\d*/)[0] || 0);
}

/** Everyone asked at 16 or 17 has that age. */
function covers(row, age) {
  return age === "ensemble" ? ["ensemble", "16", "17"].includes(row.age) : row.age === age;
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

/**
 * Where a curve is cut: [point before, point after, changes], a change being [column, from, to]. Territory and way of
 * asking are compared with the last that is known: what no page tells is no change.
 */
export function breaks(points) {
  const known = {};
  const found = [];
  points.forEach((point, i) => {
    const changes = [];
    for (const key of ["enquete", "territoire", "mode"]) {
      if (point[key] === UNKNOWN) continue;
      if (known[key] !== undefined && known[key] !== point[key]) changes.push([key, known[key], point[key]]);
      known[key] = point[key];
    }
    if (changes.length > 0) found.push([points[i - 1], point, changes]);
  });
  return found;
}

/** First and last age of a group; a class has the age that sorts it. */
function ageEnds(age) {
  if (age.startsWith("moins")) return [0, Number(age.match(/\d+/)[0]) - 1];
  const [low, high] = age in CLASSES ? [CLASSES[age]] : age.split("-").map(Number);
  return [low, high ?? low];
}

/** The parts of a curve that are joined: over time between its cuts, by age as long as no group is missing between two. */
export function runs(points, par) {
  const starts = par === "temps"
    ? new Set(breaks(points).map(([, b]) => b))
    : new Set(points.filter((b, i) => i > 0 && ageEnds(points[i - 1].age)[1] + 1 !== ageEnds(b.age)[0]));
  const parts = [];
  for (const point of points) {
    if (parts.length === 0 || starts.has(point)) parts.push([]);
    parts.slice(-1)[0].push(point);
  }
  return parts;
}

/** Years that have values for a view, whatever its own year. */
export function yearsOf(rows, view) {
  const years = rows.filter((row) => matches(row, { ...view, annee: row.annee })).map((row) => row.annee);
  return [...new Set(years)].sort((a, b) => a - b);
}

/** The view with a year that has values for it, the nearest, in these populations if they have one; else as it is. */
export function onYear(rows, view, champs = []) {
  const own = yearsOf(rows.filter((row) => champs.includes(row.champ)), view);
  const years = own.length > 0 ? own : yearsOf(rows, view);
  if (view.par === "temps" || years.length === 0 || years.includes(view.annee)) return view;
  const near = [...years].sort((a, b) => Math.abs(a - view.annee) - Math.abs(b - view.annee) || b - a)[0];
  return { ...view, annee: near };
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
    if (yearsOf(rows, one).length === 0) continue;
    const fixed = onYear(rows, one);
    const key = [fixed.par, fixed.indicateur, fixed.age, fixed.par === "temps" ? "" : fixed.annee].join("|");
    if (!kept.has(key)) kept.set(key, fixed);
  }
  return [...kept.values()].slice(0, 5);
}
