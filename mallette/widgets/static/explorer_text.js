// The French sentences that say what a picture of prevalences shows, and what could be misread in it.
// Cases with their sentences, written by hand: tests/vecteurs/prevalence.json.
import { enumeration, formatNumber, NBSP, NNBSP } from "./common.js";
import { ageText, breaks, MAX_SERIES, percentText, round1, SEXES, sexNames, wilson } from "./explorer_core.js";

function gap(low, high) {
  const points = round1(high.valeur - low.valeur);
  return `, soit ${formatNumber(points)}${NBSP}point${points >= 2 ? "s" : ""} d’écart`;
}

/** The two points that the sentence compares, lower value first: extremes, or both ends of a period. */
function compared(points, par) {
  const ends = par === "temps" ? [points[0], points.slice(-1)[0]] : points;
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
      ? `Les intervalles à 95${NNBSP}% de ces deux valeurs`
      : `Chaque fois, les intervalles à 95${NNBSP}% des deux valeurs citées`;
    return ` ${lead} ${said.true.length > 0 ? "sont disjoints" : "se recoupent"} (repère indicatif).`;
  }
  const lists = [];
  if (said.true.length > 0) lists.push(`disjoints (${said.true.join(", ")})`);
  if (said.false.length > 0) lists.push(`qui se recoupent (${said.false.join(", ")})`);
  return ` Intervalles à 95${NNBSP}% des deux valeurs citées (repère indicatif)${NBSP}: ${lists.join(`${NNBSP}; `)}.`;
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
  const at = (group) => `${percentText(group[0])} (${enumeration(group.map((p) => ageText(p.age)))})`;
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
  return `${subject} concerne ${enumeration(said)}${low.valeur === high.valeur ? ", sans écart" : gap(low, high)}`;
}

function sayTime(subject, points, sexe) {
  const among = sexe ? `, chez les ${sexNames(points[0].champ)[sexe]},` : "";
  const [first, last] = [points[0], points.slice(-1)[0]];
  if (points.length === 1) {
    return `${subject} est${among} de ${percentText(first)} en ${first.annee}, seule année publiée`;
  }
  let text;
  if (first.valeur === last.valeur) {
    text = `${subject} est${among} de ${percentText(first)} en ${first.annee} comme en ${last.annee}`;
  } else {
    text =
      `${subject} passe${among} de ${percentText(first)} en ${first.annee} à ${percentText(last)} en ${last.annee}` +
      gap(...byValue([first, last]));
  }
  const extremes = [];
  for (const [word, chosen] of [["minimum", least(points)], ["maximum", most(points)]]) {
    if ([first.valeur, last.valeur].includes(chosen)) continue;
    const reached = points.filter((p) => p.valeur === chosen);
    extremes.push(`un ${word} de ${percentText(reached[0])} en ${enumeration(reached.map((p) => String(p.annee)))}`);
  }
  return extremes.length > 0 ? `${text}, avec ${enumeration(extremes)}` : text;
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
    const lead = texts.length > 0 || view.par === "temps"
      ? who[0].toUpperCase() + who.slice(1)
      : `En ${view.annee}, ${who}`;
    texts.push(`${lead}, ${clauses.join(`${NNBSP}; `)}.`);
  }
  return texts.join(" ") + sayIntervals(selection.series, view.par, labels);
}

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
  const changes = (view.par === "temps" ? selection.series : []).flatMap((line) =>
    breaks(line.points)
      .map(([a, b]) => `en ${b.annee} (${a.enquete} auparavant, ${b.enquete} ensuite)`)
  );
  if (changes.length > 0) {
    said.push(
      `L’enquête change ${enumeration([...new Set(changes)])}${NBSP}: ` +
        "le trait est interrompu, l’évolution se lit avec prudence.",
    );
  }
  for (const missing of selection.series.length > 0 ? selection.manquants : []) {
    let text = `${labels.produits[missing.produit].nom}${NBSP}: aucune valeur publiée pour ce choix`;
    if (missing.champs.length > 0) {
      const others = enumeration(missing.champs.map((c) => labels.champs[c].nom));
      text += ` dans cette population, mais il en existe pour une autre (${others})`;
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
  if (points.some((point) => point.valeur === 0)) {
    said.push(`Un 0${NNBSP}% est un arrondi (moins de 0,5${NNBSP}%), pas une absence d’usage.`);
  }
  return said;
}
