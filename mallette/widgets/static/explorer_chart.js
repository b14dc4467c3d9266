// The pictures of the prevalence explorer, drawn with Observable Plot. Each curve has its own colour, dash, symbol and label.
import { h, withUnit } from "./common.js";
import { Plot } from "./vendor/plot.js";
import { ageOrder, ageText, breaks, isClass, percentText, runs, sexNames, whisker } from "./explorer_core.js";
import { placeAlong, placeAround, placeLabels } from "./explorer_places.js";

/** Told apart without colour; the colours (3:1 or more on their paper) also stay apart for colour-blind readers. */
const STYLES = [
  { symbol: "circle", dash: null },
  { symbol: "square", dash: "7 4" },
  { symbol: "triangle", dash: "2 3" },
  { symbol: "diamond", dash: "10 3 2 3" },
  { symbol: "star", dash: "14 5" },
  { symbol: "wye", dash: "4 2 1 2 1 2" },
];
const PAGE_THEME = {
  font: "var(--mlt-police)",
  ink: "var(--mlt-encre)",
  muted: "var(--mlt-discret)",
  grid: "var(--mlt-trait)",
  paper: "var(--mlt-page)",
  colors: STYLES.map((_, i) => `var(--mlt-courbe-${i})`),
};

/** The same as values, those of paper whatever the theme of the page: a picture that leaves it has no style sheet. */
export function paperTheme(place) {
  const paper = place.appendChild(h("span", { class: "mlt-papier" }));
  const style = getComputedStyle(paper);
  const value = (name) => style.getPropertyValue(/--[\w-]+/.exec(name)[0]).trim();
  const theme = Object.entries(PAGE_THEME).map((
    [key, name],
  ) => [key, Array.isArray(name) ? name.map(value) : value(name)]);
  paper.remove();
  return Object.fromEntries(theme);
}

const MARGIN = { top: 16, bottom: 48, left: 44 };
const WORDS = {
  enquete: (survey) => survey,
  territoire: (place) => (place.includes("outre-mer") ? "+ outre-mer" : "sans outre-mer"),
  mode: (mode) => mode,
};

/** The name of a curve; the population only when the picture shows several. */
export function curveName(line, selection, labels, short = false) {
  const several = (key) => new Set(selection.series.map((one) => one[key])).size > 1;
  const parts = [];
  if (!short || several("produit") || selection.series.length === 1) {
    parts.push(labels.produits[line.produit][short ? "court" : "nom"]);
  }
  if (line.sexe) parts.push(sexNames(line.champ)[line.sexe]);
  if (several("champ")) parts.push(short ? line.champ : labels.champs[line.champ].nom);
  return parts.join(", ");
}

/** Cut a label into lines of at most `length` characters, between words. */
export function wrap(text, length) {
  const lines = [""];
  const words = text.split(" ").flatMap((word) => word.match(new RegExp(`.{1,${length}}`, "gu")) ?? []); // addresses have no space
  for (const word of words) {
    if (lines.slice(-1)[0] !== "" && `${lines.slice(-1)[0]} ${word}`.length > length) lines.push(word);
    else lines.push(`${lines.pop()} ${word}`.trim());
  }
  return lines;
}

function niceTop(selection) {
  const highest = Math.max(
    ...selection.series.flatMap((line) => line.points)
      .map((point) => whisker(point)?.[1] ?? point.valeur),
  );
  const step = [1, 2, 5, 10, 20, 25].find((one) => highest / one <= 5) ?? 25;
  return Math.min(100, Math.max(step, Math.ceil((highest * 1.02) / step) * step));
}

const percentTick = (value) => withUnit(value, "%");

/** Where curves are cut, and what changes there, from left to right. */
function cuts(selection) {
  const found = new Map();
  for (const line of selection.series) {
    for (const [a, b, changes] of breaks(line.points)) {
      const cut = found.get(b.annee) ?? { after: a.annee, before: b.annee, words: new Set() };
      cut.after = Math.max(cut.after, a.annee);
      for (const [key, , to] of changes) cut.words.add(WORDS[key](to));
      found.set(b.annee, cut);
    }
  }
  return [...found.values()].sort((a, b) => a.before - b.before)
    .map(({ after, before, words }) => ({ year: (after + before) / 2, text: [...words].join(", ") }));
}

/** Curves by age or over time, named at their right end. */
function curves(selection, view, labels, { width, theme }) {
  const small = width < 520;
  const fontSize = small ? 12 : 13;
  const letter = fontSize * 0.62;
  const names = selection.series.map((line) => wrap(curveName(line, selection, labels, true), small ? 12 : 20));
  const longest = Math.max(...names.flat().map((text) => text.length));
  const marginRight = Math.ceil(longest * fontSize * 0.66) + 34;
  const top = niceTop(selection);
  const overTime = view.par === "temps";
  const xOf = overTime ? (point) => point.annee : (point) => ageText(point.age);
  const points = selection.series.flatMap((line) => line.points);
  const ages = [...new Set(points.map((point) => point.age))].sort((a, b) => ageOrder(a) - ageOrder(b)).map(ageText);
  const years = [...new Set(points.map((point) => point.annee))].sort((a, b) => a - b);
  const across = width - MARGIN.left - marginRight;
  const [from, to] = domainOf(years);
  const yearToPx = (year) => MARGIN.left + 14 + ((year - from) / (to - from)) * (across - 28);
  const step = across / (ages.length - 1 + 0.8);
  const xToPx = overTime
    ? (point) => yearToPx(point.annee)
    : (point) => MARGIN.left + step * (0.4 + ages.indexOf(ageText(point.age)));
  const changes = overTime ? cuts(selection) : [];
  const told = placeAlong(
    changes.map(({ year, text }) => ({ x: yearToPx(year), width: text.length * letter })),
    { left: 2, right: width - 2 },
  );
  const rows = told.length > 0 ? Math.max(...told.map(({ row }) => row)) + 1 : 0;
  const marginTop = MARGIN.top + rows * (fontSize + 4);
  const height = (small ? 300 : 340) + marginTop;
  const inner = height - marginTop - MARGIN.bottom;
  const toPx = (value) => marginTop + (1 - value / top) * inner;
  const placed = placeLabels(
    selection.series.map((line) => toPx(line.points.slice(-1)[0].valeur)),
    names.map((lines) => lines.length * fontSize * 1.15 + 5),
    marginTop - 12,
    height - MARGIN.bottom + 12,
  );
  const toValue = (px) => top * (1 - (px - marginTop) / inner);
  const marks = [Plot.gridY({ ticks: 5, stroke: theme.grid, strokeOpacity: 0.45 })];
  changes.forEach(({ year, text }, i) => {
    const said = { frameAnchor: "top-left", text: (d) => d, textAnchor: "middle", fill: theme.muted };
    const dy = -marginTop + 4 + told[i].row * (fontSize + 4);
    marks.push(
      Plot.ruleX([year], { stroke: theme.muted, strokeDasharray: "1 4", strokeWidth: 2 }),
      Plot.text([text], { ...said, dx: told[i].x - MARGIN.left, dy }),
    );
  });
  selection.series.forEach((line, i) => {
    const stroke = theme.colors[i];
    const { symbol, dash } = STYLES[i];
    marks.push(
      Plot.ruleX(line.points.filter(whisker), {
        x: xOf,
        y1: (p) => whisker(p)[0],
        y2: (p) => whisker(p)[1],
        stroke,
        strokeWidth: 1.5,
      }),
      ...runs(line.points, view.par).filter((run) => run.length > 1).map((run) =>
        Plot.line(run, {
          x: xOf,
          y: "valeur",
          stroke,
          strokeWidth: 2.25,
          strokeDasharray: dash,
        })
      ),
      Plot.dot(line.points, {
        className: "mlt-values",
        x: xOf,
        y: "valeur",
        symbol,
        fill: (p) => (p.valeur === 0 ? theme.paper : stroke),
        stroke: (p) => (p.valeur === 0 ? stroke : theme.paper),
        strokeWidth: 1,
        r: 5.5,
      }),
      Plot.dot([toValue(placed[i])], { frameAnchor: "right", dx: 14, y: (d) => d, symbol, fill: stroke, r: 5 }),
      Plot.text([toValue(placed[i])], {
        frameAnchor: "right",
        dx: 23,
        y: (d) => d,
        text: () => names[i].join("\n"),
        textAnchor: "start",
        fill: theme.ink,
        fontWeight: 600,
      }),
    );
  });
  if (points.length <= (small ? 16 : 30)) {
    const text = (p) => percentText(p).replace("moins de ", "< ").replace(/\u202f%$/, "");
    const ordered = [...points].sort((a, b) => xToPx(b) - xToPx(a)); // the last values are placed first
    const away = placeAround(
      ordered.map((p) => {
        const [low, high] = whisker(p) ?? [p.valeur, p.valeur];
        const ends = { top: Math.min(toPx(high), toPx(p.valeur) - 6), bottom: Math.max(toPx(low), toPx(p.valeur) + 6) };
        return { x: xToPx(p), y: toPx(p.valeur), ...ends, width: text(p).length * letter };
      }),
      fontSize,
      { top: marginTop - 14, bottom: height - MARGIN.bottom - 2 },
    );
    ordered.forEach((p, i) => {
      if (away[i] === null) return;
      const halo = { fill: theme.ink, stroke: theme.paper, strokeWidth: 4 };
      marks.push(Plot.text([p], { x: xOf, y: "valeur", dy: away[i], text, ...halo }));
    });
  }
  const room = across / (fontSize * 3.2);
  const every = Math.max(1, Math.ceil(years.length / room));
  const tickYears = years.filter((_, i) => (years.length - 1 - i) % every === 0)
    .filter((year, i, all) => i === all.length - 1 || (all.slice(-1)[0] - year) / (all.slice(-1)[0] - all[0]) > 0.08);
  const cramped = across / ages.length < fontSize * 3.3;
  const ageTick = (label) =>
    label.replace(/\u00a0ans$|^classe de /g, "").replace(cramped ? "-" : /$/, cramped ? "-\n" : "");
  marks.push(
    Plot.axisY({ ticks: 5, tickFormat: percentTick, label: null, fill: theme.ink, stroke: theme.ink, tickSize: 0 }),
    overTime
      ? Plot.axisX(spread(tickYears, years, across, fontSize * 3), {
        tickFormat: String,
        label: null,
        fill: theme.ink,
        stroke: theme.ink,
      })
      : Plot.axisX({
        label: null,
        fill: theme.ink,
        stroke: theme.ink,
        tickFormat: ageTick,
        fontSize: across / ages.length < 2 * fontSize ? 10 : fontSize,
      }),
    Plot.text([overTime ? "année d’enquête" : points.some((p) => isClass(p.age)) ? "classe" : "âge (ans)"], {
      frameAnchor: "bottom-right",
      dy: MARGIN.bottom - 5,
      text: (d) => d,
      textAnchor: "end",
      lineAnchor: "bottom",
      fill: theme.muted,
    }),
    Plot.ruleY([0], { stroke: theme.ink }),
  );
  return {
    width,
    height,
    marginTop,
    marginBottom: MARGIN.bottom,
    marginLeft: MARGIN.left,
    marginRight,
    marks,
    fontSize,
    y: { domain: [0, top] },
    x: overTime
      ? { type: "linear", domain: domainOf(years), inset: 14 }
      : { type: "point", domain: ages, padding: 0.4 },
  };
}

function domainOf(years) {
  return years.length === 1 ? [years[0] - 1, years[0] + 1] : [years[0], years.slice(-1)[0]];
}

/** The years whose labels do not touch, the last ones kept first. */
function spread(ticks, years, width, room) {
  const [from, to] = domainOf(years);
  const kept = [];
  for (const year of [...ticks].reverse()) {
    if (kept.length === 0 || ((kept.slice(-1)[0] - year) / (to - from)) * (width - 28) >= room) kept.push(year);
  }
  return kept.reverse();
}

/** One line for each sex under the name of the product. */
function bySex(selection, _view, labels, { width, theme }) {
  const fontSize = width < 520 ? 12 : 13;
  const rows = selection.series.flatMap((line, i) => [
    { id: `${i}`, title: curveName(line, selection, labels) },
    ...line.points.map((point) => ({ id: `${i}-${point.sexe}`, point, woman: point.sexe === "femmes" })),
  ]);
  const values = rows.filter((row) => row.point);
  const rowHeight = 30;
  const top = niceTop(selection);
  const marginLeft = 66;
  const end = (row) => whisker(row.point)?.[1] ?? row.point.valeur;
  const style = (woman) => {
    const color = theme.colors[woman ? 1 : 0];
    const these = values.filter((row) => row.woman === woman);
    const bounded = these.filter((row) => whisker(row.point));
    return [
      Plot.ruleY(these, {
        y: "id",
        x1: 0,
        x2: (row) => row.point.valeur,
        stroke: color,
        strokeWidth: 3,
        strokeDasharray: woman ? "4 3" : null,
      }),
      Plot.ruleY(bounded, {
        y: "id",
        x1: (row) => whisker(row.point)[0],
        x2: end,
        stroke: theme.ink,
        strokeWidth: 1.5,
      }),
      Plot.dot(these, {
        className: "mlt-values",
        y: "id",
        x: (row) => row.point.valeur,
        symbol: woman ? "circle" : "square",
        fill: woman ? theme.paper : color,
        stroke: color,
        strokeWidth: 2.5,
        r: 6,
      }),
    ];
  };
  return {
    width,
    height: 44 + rows.length * rowHeight,
    marginTop: 8,
    marginBottom: 36,
    marginLeft,
    marginRight: 62,
    fontSize,
    x: { domain: [0, top] },
    y: { type: "point", domain: rows.map((row) => row.id), padding: 0.5, axis: null },
    marks: [
      Plot.gridX({ stroke: theme.grid, strokeOpacity: 0.45 }),
      Plot.ruleX([0], { stroke: theme.ink }),
      ...style(false),
      ...style(true),
      Plot.text(values, {
        y: "id",
        x: end,
        dx: 10,
        textAnchor: "start",
        text: (row) => percentText(row.point),
        fill: theme.ink,
        stroke: theme.paper,
        strokeWidth: 4,
        fontWeight: 600,
      }),
      Plot.text(values, {
        y: "id",
        frameAnchor: "left",
        dx: -8,
        textAnchor: "end",
        text: (row) => capital(sexNames(row.point.champ)[row.point.sexe]),
        fill: theme.ink,
      }),
      Plot.text(rows.filter((row) => row.title), {
        y: "id",
        frameAnchor: "left",
        dx: -marginLeft,
        dy: 4,
        textAnchor: "start",
        text: "title",
        fill: theme.ink,
        fontWeight: 700,
        stroke: theme.paper,
        strokeWidth: 4,
      }),
      Plot.axisX({
        ticks: Math.min(6, Math.max(1, Math.floor((width - marginLeft - 62) / (fontSize * 5)))),
        tickFormat: percentTick,
        label: null,
        fill: theme.ink,
        stroke: theme.ink,
      }),
    ],
  };
}

function capital(text) {
  return text[0].toUpperCase() + text.slice(1);
}

/** The picture of a selection, an SVG element that says in words what it shows. */
export function drawChart(selection, view, labels, { width, theme = PAGE_THEME, title = "", description = "" }) {
  const { fontSize, ...options } = (view.par === "sexe" ? bySex : curves)(selection, view, labels, { width, theme });
  const svg = Plot.plot({
    ...options,
    style: {
      fontFamily: theme.font,
      fontSize: `${fontSize}px`,
      color: theme.ink,
      background: "transparent",
      overflow: "visible",
    },
  });
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", `${title}. ${description}`);
  for (const part of svg.querySelectorAll("[aria-label], [aria-description]")) {
    part.removeAttribute("aria-label"); // Plot's own names ("rule", "dot") are English and say nothing here
    part.removeAttribute("aria-description");
  }
  return svg;
}
