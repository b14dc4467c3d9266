// The French sentences that say what a picture of prevalences shows. Cases with their sentences, written by hand:
// tests/vecteurs/prevalence.json.
import { enumeration, formatNumber, NBSP, NNBSP } from "./common.js";
import {
  ageText,
  breaks,
  highest,
  interval,
  isClass,
  lowest,
  percentText,
  round1,
  rounding,
  SEXES,
  sexNames,
} from "./explorer_core.js";

const exact = (points) => points.every((p) => p.arrondi === "dixieme");
const least = (points) => points.reduce((a, b) => (b.valeur < a.valeur ? b : a));
const most = (points) => points.reduce((a, b) => (b.valeur > a.valeur ? b : a));

/** How far apart the extremes of some points are: a number when all have a decimal, else what rounding lets one say. */
function gap(points) {
  const [low, high] = [least(points), most(points)];
  if (exact(points)) {
    const found = round1(high.valeur - low.valeur);
    return `, soit ${formatNumber(found)}${NBSP}point${found >= 2 ? "s" : ""} d’écart`;
  }
  const spans = points.map(rounding);
  const from = Math.max(...spans.map(([a]) => a)) - Math.min(...spans.map(([, b]) => b));
  const to = Math.max(...spans.map(([, b]) => b)) - Math.min(...spans.map(([a]) => a));
  if (from <= 0) return ", un écart que l’arrondi ne permet pas d’établir";
  const [down, up] = [Math.floor(from * 10 + 1e-6) / 10, Math.ceil(to * 10 - 1e-6) / 10];
  return `, soit de ${formatNumber(down)} à ${formatNumber(up)}${NBSP}points d’écart selon l’arrondi`;
}

/** Whether the intervals of the two values cited are disjoint; null when the question has no answer. */
function apart(points, par) {
  if (par === "temps" && breaks(points).length > 0) return null;
  const cited = par === "temps" ? [points[0], points.slice(-1)[0]] : points;
  const [low, high] = [least(cited), most(cited)];
  const [below, above] = [interval(low), interval(high)];
  return below && above && low.valeur < high.valeur ? below[1] < above[0] : null;
}

function sayIntervals(series, par, labels) {
  const said = { true: [], false: [] };
  const several = new Set(series.map((line) => line.champ)).size > 1;
  for (const line of series) {
    const name = [labels.produits[line.produit].nom];
    if (line.sexe) name.push(sexNames(line.champ)[line.sexe]);
    if (several) name.push(line.champ);
    const verdict = apart(line.points, par);
    if (verdict !== null) said[verdict].push(name.join(" "));
  }
  const known = said.true.length + said.false.length;
  if (known === 0) return "";
  if (known === series.length && (said.true.length === 0 || said.false.length === 0)) {
    const lead = series.length === 1
      ? `Les intervalles à 95${NNBSP}% de ces deux valeurs`
      : `Chaque fois, les intervalles à 95${NNBSP}% des deux valeurs citées`;
    return ` ${lead} ${said.true.length > 0 ? "sont disjoints" : "se recoupent"} (repère indicatif).`;
  }
  const lists = [];
  if (said.true.length > 0) lists.push(`disjoints (${said.true.join(", ")})`);
  if (said.false.length > 0) lists.push(`qui se recoupent (${said.false.join(", ")})`);
  return ` Intervalles à 95${NNBSP}% des deux valeurs citées (repère indicatif)${NBSP}: ${lists.join(`${NNBSP}; `)}.`;
}

/** "19 % (55-64 ans)", or each value when rounding does not tell which one is the extreme. */
function at(points, name, form = (value, names) => `${value} (${names})`) {
  const texts = new Set(points.map(percentText));
  if (texts.size === 1) return form(percentText(points[0]), enumeration(points.map(name)));
  return `${points.map((p) => form(percentText(p), name(p))).join(" ou ")}, à l’arrondi près`;
}

function sayAge(subject, points) {
  const where = ["16", "17"].includes(points[0].age) ? "" : ` (${ageText(points[0].age)})`;
  if (points.length === 1) return `${subject} est de ${percentText(points[0])}${where}, seule valeur de nos données`;
  let [low, high] = [lowest(points), highest(points)];
  if (points.every((p) => p.valeur === points[0].valeur)) {
    const groups = points.some((p) => isClass(p.age)) ? "classes" : "tranches d’âge";
    return `${subject} est de ${percentText(points[0])} dans toutes les ${groups} de nos données`;
  }
  if (low.some((p) => high.includes(p))) {
    low = points.filter((p) => p.valeur === least(points).valeur);
    high = points.filter((p) => p.valeur === most(points).valeur);
  }
  const name = (p) => ageText(p.age);
  return `${subject} va de ${at(low, name)} à ${at(high, name)}${gap(points)}`;
}

function saySex(subject, points) {
  const names = sexNames(points[0].champ);
  const said = points.map((p) => `${percentText(p)} des ${names[p.sexe]}`);
  if (points.length === 1) {
    const other = names[SEXES.find((sexe) => sexe !== points[0].sexe)];
    return `${subject} concerne ${said[0]} (valeur absente de nos données pour les ${other})`;
  }
  const same = points[0].valeur === points[1].valeur && exact(points);
  return `${subject} concerne ${enumeration(said)}${same ? ", sans écart" : gap(points)}`;
}

function sayTime(subject, points, sexe) {
  const among = sexe ? `, chez les ${sexNames(points[0].champ)[sexe]},` : "";
  const [first, last] = [points[0], points.slice(-1)[0]];
  if (points.length === 1) {
    return `${subject} est${among} de ${percentText(first)} en ${first.annee}, seule année de nos données`;
  }
  let text;
  if (breaks(points).length > 0) {
    const cut = `et de ${percentText(last)} en ${last.annee}`;
    text = `${subject} est${among} de ${percentText(first)} en ${first.annee} ${cut}, sur une courbe coupée`;
  } else if (first.valeur === last.valeur && first.arrondi === last.arrondi) {
    text = `${subject} est${among} de ${percentText(first)} en ${first.annee} comme en ${last.annee}`;
    if (!exact([first, last])) text += ", à l’arrondi près";
  } else {
    const change = `de ${percentText(first)} en ${first.annee} à ${percentText(last)} en ${last.annee}`;
    text = `${subject} passe${among} ${change}${gap([first, last])}`;
  }
  const extremes = [["minimum", lowest(points)], ["maximum", highest(points)]]
    .filter(([, found]) => !found.includes(first) && !found.includes(last))
    .map(([word, found]) =>
      `un ${word} de ${at(found, (p) => String(p.annee), (value, years) => `${value} en ${years}`)}`
    );
  return extremes.length > 0 ? `${text}, avec ${enumeration(extremes)}` : text;
}

const small = (text) => (/^.[A-Z]/.test(text) ? text : text[0].toLowerCase() + text.slice(1));

/** What a picture shows, in a title: the highest value by age, both sexes, both ends of a period. */
export function headline(selection, view, labels) {
  const { series } = selection;
  const several = (key) => new Set(series.map((line) => line[key])).size > 1;
  const indicator = labels.indicateurs[view.indicateur].nom;
  const product = labels.produits[series[0].produit].nom;
  const lead = [several("produit") ? indicator : `${product}, ${small(indicator)}`];
  if (view.par !== "age" && view.age !== "ensemble") lead.push(ageText(view.age));
  if (view.par !== "temps") lead.push(String(view.annee));
  const alone = series.length === 1;
  if (view.par === "age" && !alone) lead.push("au plus haut");
  const said = { age: titleAge, sexe: titleSex, temps: titleTime }[view.par];
  const name = (line) =>
    [
      several("produit") && small(labels.produits[line.produit].nom),
      line.sexe && sexNames(line.champ)[line.sexe],
      several("champ") && small(labels.champs[line.champ].nom),
    ].filter(Boolean).join(", ");
  const room = view.par === "sexe" ? 2 : 3;
  const shown = series.slice(0, room).map((line) => [name(line), said(line.points, alone)].filter(Boolean).join(" "));
  if (series.length > room) shown.push("…");
  // Ages stay on one line: a title is cut anywhere else.
  return `${lead.join(", ")}${NBSP}: ${shown.join(`${NNBSP}; `)}`.replace(/(\d)-(\d)/g, "$1\u2011$2");
}

function titleAge(points, alone) {
  const top = at(highest(points), (p) => ageText(p.age));
  if (!alone || points.length === 1) return top;
  const low = lowest(points);
  return low.some((p) => highest(points).includes(p)) ? top : `${top}, et ${at(low, (p) => ageText(p.age))}`;
}

function titleSex(points) {
  return enumeration(points.map((p) => `${percentText(p)} des ${sexNames(p.champ)[p.sexe]}`));
}

function titleTime(points) {
  const [first, last] = [points[0], points.slice(-1)[0]];
  const end = `${percentText(last)} en ${last.annee}`;
  return points.length === 1 ? end : `${percentText(first)} en ${first.annee}, ${end}`;
}

/** The French text that says what the picture shows. */
export function sentence(selection, view, labels) {
  if (selection.series.length === 0) return "Nos données n’ont aucune valeur pour ce choix.";
  const indicator = labels.indicateurs[view.indicateur];
  const texts = [];
  for (const champ of selection.champs) {
    const clauses = [];
    let before = null;
    for (const line of selection.series.filter((one) => one.champ === champ)) {
      const of = labels.produits[line.produit].de;
      let subject = `${indicator.pronom} ${of}`;
      if (before === null) subject = indicator.phrase.replace("{de}", of);
      else if (before === line.produit) subject = indicator.pronom === "celle" ? "elle" : "il";
      before = line.produit;
      if (view.par === "age") clauses.push(sayAge(subject, line.points));
      else if (view.par === "sexe") clauses.push(saySex(subject, line.points));
      else clauses.push(sayTime(subject, line.points, line.sexe));
    }
    if (clauses.length === 0) continue;
    const whole = view.par === "age" || view.age === "ensemble";
    const who = whole ? labels.champs[champ].chez : `chez les ${ageText(view.age)}`;
    const lead = texts.length > 0 || view.par === "temps"
      ? who[0].toUpperCase() + who.slice(1)
      : `En ${view.annee}, ${who}`;
    texts.push(`${lead}, ${clauses.join(`${NNBSP}; `)}.`);
  }
  return texts.join(" ") + sayIntervals(selection.series, view.par, labels);
}
