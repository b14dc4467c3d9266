// Prevalences: which values a view shows, their intervals, and the French sentence that says what is seen.
// The same logic as mallette/prevalence.py, which explains it; tests/vecteurs/prevalence.json holds cases for both.

export const MAX_SERIES = 6;
const SEXES = ["hommes", "femmes"];
const NB = "\u00a0";
const NNB = "\u202f";
const Z95 = 1.959963984540054;

/** Rows as objects, from the compact table of the state. */
export function unpack({ colonnes, lignes }) {
  return lignes.map((line) => Object.fromEntries(colonnes.map((name, i) => [name, line[i]])));
}

export function round1(value) {
  return Math.floor(value * 10 + 0.5) / 10;
}

/** 95 % Wilson score interval, in percent; null without n. */
export function wilson(percent, n) {
  if (!n) return null;
  const p = percent / 100;
  const z2 = Z95 * Z95;
  const centre = (p + z2 / (2 * n)) / (1 + z2 / n);
  const half = (Z95 / (1 + z2 / n)) * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n));
  return [round1(100 * Math.max(0, centre - half)), round1(100 * Math.min(1, centre + half))];
}

export function number(value) {
  return String(value).replace(".", ",");
}

export function percentText(row) {
  const text = `${number(row.valeur)}${NNB}%`;
  return row.valeur === 0 && row.arrondi ? `${text} (arrondi)` : text;
}

export function ageText(age) {
  return age === "ensemble" ? "tous âges" : `${age}${NB}ans`;
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

/** What a view shows: populations, curves, and what is missing. */
export function select(rows, view) {
  const found = rows.filter((row) => matches(row, view));
  const counts = new Map();
  for (const row of found) counts.set(row.champ, (counts.get(row.champ) ?? 0) + 1);
  const disponibles = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a));
  const champs = view.champs.length > 0 ? disponibles.filter((champ) => view.champs.includes(champ)) : disponibles.slice(0, 1);
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
    champs, disponibles, manquants,
    series: series.slice(0, MAX_SERIES),
    ecartees: Math.max(0, series.length - MAX_SERIES),
  };
}

function join(texts) {
  return texts.length < 2 ? texts[0] : `${texts.slice(0, -1).join(", ")} et ${texts.at(-1)}`;
}

function gap(low, high) {
  const points = round1(high.valeur - low.valeur);
  return `, soit ${number(points)}${NB}point${points >= 2 ? "s" : ""} d’écart`;
}

/** The two points that the sentence compares, lower value first: extremes, or both ends of a period. */
function compared(points, par) {
  const ends = par === "temps" ? [points[0], points.at(-1)] : points;
  return [ends.find((p) => p.valeur === least(ends)), ends.find((p) => p.valeur === most(ends))];
}

function apart(points, par) {
  const [low, high] = compared(points, par);
  const [below, above] = [wilson(low.valeur, low.n), wilson(high.valeur, high.n)];
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
      ? `Les intervalles à 95${NNB}% de ces deux valeurs`
      : `Chaque fois, les intervalles à 95${NNB}% des deux valeurs citées`;
    return ` ${lead} ${said.true.length > 0 ? "sont disjoints" : "se recoupent"} (repère indicatif).`;
  }
  const lists = [];
  if (said.true.length > 0) lists.push(`disjoints (${said.true.join(", ")})`);
  if (said.false.length > 0) lists.push(`qui se recoupent (${said.false.join(", ")})`);
  return ` Intervalles à 95${NNB}% des deux valeurs citées (repère indicatif)${NB}: ${lists.join(`${NNB}; `)}.`;
}

const least = (points) => Math.min(...points.map((p) => p.valeur));
const most = (points) => Math.max(...points.map((p) => p.valeur));
const byValue = (points) => [...points].sort((a, b) => a.valeur - b.valeur);

function sayAge(subject, points) {
  const lowest = points.filter((p) => p.valeur === least(points));
  const highest = points.filter((p) => p.valeur === most(points));
  const value = percentText(lowest[0]);
  const where = points[0].age === "17" ? "" : ` (${ageText(points[0].age)})`;
  if (points.length === 1) return `${subject} est de ${value}${where}, seule valeur publiée`;
  if (least(points) === most(points)) return `${subject} est de ${value} dans toutes les tranches d’âge publiées`;
  const at = (group) => `${percentText(group[0])} (${join(group.map((p) => ageText(p.age)))})`;
  return `${subject} va de ${at(lowest)} à ${at(highest)}${gap(lowest[0], highest[0])}`;
}

function saySex(subject, points) {
  const names = sexNames(points[0].champ);
  const said = points.map((p) => `${percentText(p)} des ${names[p.sexe]}`);
  if (points.length === 1) {
    const other = names[SEXES.find((sexe) => sexe !== points[0].sexe)];
    return `${subject} concerne ${said[0]} (valeur non publiée pour les ${other})`;
  }
  const [low, high] = byValue(points);
  return `${subject} concerne ${join(said)}${low.valeur === high.valeur ? ", sans écart" : gap(low, high)}`;
}

function sayTime(subject, points, sexe) {
  const among = sexe ? `, chez les ${sexNames(points[0].champ)[sexe]},` : "";
  const [first, last] = [points[0], points.at(-1)];
  if (points.length === 1) {
    return `${subject} est${among} de ${percentText(first)} en ${first.annee}, seule année publiée`;
  }
  let text;
  if (first.valeur === last.valeur) {
    text = `${subject} est${among} de ${percentText(first)} en ${first.annee} comme en ${last.annee}`;
  } else {
    text = `${subject} passe${among} de ${percentText(first)} en ${first.annee} à ${percentText(last)} en ${last.annee}`
      + gap(...byValue([first, last]));
  }
  const extremes = [];
  for (const [word, chosen] of [["minimum", least(points)], ["maximum", most(points)]]) {
    if ([first.valeur, last.valeur].includes(chosen)) continue;
    const reached = points.filter((p) => p.valeur === chosen);
    extremes.push(`un ${word} de ${percentText(reached[0])} en ${join(reached.map((p) => String(p.annee)))}`);
  }
  return extremes.length > 0 ? `${text}, avec ${join(extremes)}` : text;
}

/** The French text that says what the picture shows. */
export function sentence(selection, view, labels) {
  if (selection.series.length === 0) return "Aucune valeur publiée ne correspond à ce choix.";
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
    const lead = texts.length > 0 || view.par === "temps" ? who[0].toUpperCase() + who.slice(1) : `En ${view.annee}, ${who}`;
    texts.push(`${lead}, ${clauses.join(`${NNB}; `)}.`);
  }
  return texts.join(" ") + sayIntervals(selection.series, view.par, labels);
}

/** Pairs of consecutive points that come from different surveys. */
export function breaks(points) {
  return points.slice(1).map((b, i) => [points[i], b]).filter(([a, b]) => a.enquete !== b.enquete);
}

/** The French sentences that keep a reader from misreading the picture, most serious first. */
export function warnings(selection, view, labels) {
  const points = selection.series.flatMap((line) => line.points);
  const champs = [...new Set(selection.series.map((line) => line.champ))];
  const said = [];
  if (champs.length > 1) {
    said.push(`Ces populations ne sont pas comparables${NB}: ${join(champs.map((c) => labels.champs[c].nom))}. `
      + "Chacune a ses propres courbes.");
  }
  const changes = (view.par === "temps" ? selection.series : []).flatMap((line) => breaks(line.points)
    .map(([a, b]) => `en ${b.annee} (${a.enquete} auparavant, ${b.enquete} ensuite)`));
  if (changes.length > 0) {
    said.push(`L’enquête change ${join([...new Set(changes)])}${NB}: `
      + "le trait est interrompu, l’évolution se lit avec prudence.");
  }
  for (const missing of selection.series.length > 0 ? selection.manquants : []) {
    let text = `${labels.produits[missing.produit].nom}${NB}: aucune valeur publiée pour ce choix`;
    if (missing.champs.length > 0) {
      const others = join(missing.champs.map((c) => labels.champs[c].nom));
      text += ` dans cette population, mais il en existe pour une autre (${others})`;
    }
    said.push(`${text}.`);
  }
  if (selection.ecartees > 0) {
    said.push(`Le choix donne plus de ${MAX_SERIES} courbes${NB}: ${selection.ecartees} ne sont pas montrées. `
      + "Décochez un produit ou une population.");
  }
  if (view.indicateur === "regulier" && new Set(points.map((point) => point.produit)).size > 1) {
    said.push(`«${NB}Régulier${NB}» ne mesure pas la même chose d’un produit à l’autre${NB}: voir la définition.`);
  }
  if (view.par === "temps" && ["18-24", "18-25"].includes(view.age)) {
    said.push(`Selon l’année, l’enquête publie les 18-25${NB}ans ou les 18-24${NB}ans${NB}: `
      + "deux tranches différentes, montrées séparément.");
  }
  if (points.some((point) => point.valeur === 0)) {
    said.push(`Un 0${NNB}% est un arrondi (moins de 0,5${NNB}%), pas une absence d’usage.`);
  }
  return said;
}

/** Years that have values for a view, whatever its own year. */
export function yearsOf(rows, view) {
  const years = rows.filter((row) => matches(row, { ...view, annee: row.annee })).map((row) => row.annee);
  return [...new Set(years)].sort((a, b) => a - b);
}

/** Up to five views that have values, the closest to an empty one first. */
export function alternatives(rows, view) {
  const others = (column) => [...new Set(rows.filter((row) => view.produits.includes(row.produit)).map((row) => row[column]))];
  const wider = { ...view, champs: [] };
  const tries = [
    wider,
    ...yearsOf(rows, wider).sort((a, b) => Math.abs(a - view.annee) - Math.abs(b - view.annee)).slice(0, 2)
      .map((annee) => ({ ...wider, annee })),
    { ...wider, age: "ensemble", sexe: "ensemble" },
    ...["temps", "sexe", "age"].filter((par) => par !== view.par).map((par) => ({ ...wider, par, age: "ensemble", sexe: "ensemble" })),
    ...others("indicateur").flatMap((indicateur) => [view.par, "temps"]
      .map((par) => ({ ...wider, par, indicateur, age: "ensemble", sexe: "ensemble" }))),
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
