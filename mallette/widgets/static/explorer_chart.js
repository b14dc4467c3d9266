// The pictures of the prevalence explorer, drawn with Observable Plot. Each curve has its own colour, dash, symbol and label.
import { formatNumber, withUnit } from "./common.js";
import { Plot } from "./vendor/plot.js";
import { ageOrder, ageText, breaks, percentText, sexNames, wilson } from "./explorer_core.js";

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
  ink: "var(--mlt-text)",
  muted: "var(--mlt-muted)",
  grid: "var(--mlt-line)",
  paper: "var(--mlt-bg)",
  colors: STYLES.map((_, i) => `var(--mlt-curve-${i})`),
};
export const PAPER_THEME = {
  ink: "#1b1f2a",
  muted: "#4a5163",
  grid: "#8a91a3",
  paper: "#ffffff",
  colors: ["#0063a3", "#c24a00", "#00705a", "#8f3a86", "#1b1f2a", "#7a5c00"],
};
const SANS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";
const MARGIN = { top: 30, bottom: 48, left: 44 };

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

/** Move labels apart: positions (px, growing downwards) as close to the wanted ones as their heights allow. */
function placeLabels(wanted, heights, top, bottom) {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b]);
  const placed = [];
  let floor = top;
  for (const i of order) {
    placed[i] = Math.max(wanted[i], floor + heights[i] / 2);
    floor = placed[i] + heights[i] / 2;
  }
  let ceiling = bottom;
  for (const i of [...order].reverse()) {
    placed[i] = Math.min(placed[i], ceiling - heights[i] / 2);
    ceiling = placed[i] - heights[i] / 2;
  }
  return placed;
}

function niceTop(selection) {
  const highest = Math.max(
    ...selection.series.flatMap((line) => line.points)
      .map((point) => wilson(point.valeur, point.n)?.[1] ?? point.valeur),
  );
  const step = [1, 2, 5, 10, 20, 25].find((one) => highest / one <= 5) ?? 25;
  return Math.min(100, Math.max(step, Math.ceil((highest * 1.02) / step) * step));
}

const percentTick = (value) => withUnit(value, "%");

/** Curves by age or over time, named at their right end. */
function curves(selection, view, labels, { width, theme }) {
  const small = width < 520;
  const fontSize = small ? 12 : 13;
  const height = small ? 330 : 400;
  const names = selection.series.map((line) => wrap(curveName(line, selection, labels, true), small ? 12 : 20));
  const longest = Math.max(...names.flat().map((text) => text.length));
  const marginRight = Math.ceil(longest * fontSize * 0.66) + 34;
  const top = niceTop(selection);
  const overTime = view.par === "temps";
  const xOf = overTime ? (point) => point.annee : (point) => ageText(point.age);
  const points = selection.series.flatMap((line) => line.points);
  const ages = [...new Set(points.map((point) => point.age))].sort((a, b) => ageOrder(a) - ageOrder(b)).map(ageText);
  const years = [...new Set(points.map((point) => point.annee))].sort((a, b) => a - b);
  const inner = height - MARGIN.top - MARGIN.bottom;
  const toPx = (value) => MARGIN.top + (1 - value / top) * inner;
  const lineHeight = fontSize * 1.15;
  const placed = placeLabels(
    selection.series.map((line) => toPx(line.points.slice(-1)[0].valeur)),
    names.map((lines) => lines.length * lineHeight + 5),
    MARGIN.top - 12,
    height - MARGIN.bottom + 12,
  );
  const toValue = (px) => top * (1 - (px - MARGIN.top) / inner);
  const marks = [Plot.gridY({ ticks: 5, stroke: theme.grid, strokeOpacity: 0.45 })];
  const several = new Set(selection.series.map((line) => line.champ)).size > 1;
  const changes = new Map(selection.series.flatMap((line) =>
    (overTime ? breaks(line.points) : [])
      .map(([, b]) => [b.annee - 0.5, several ? `${b.enquete} (${line.champ})` : b.enquete])
  ));
  for (const [x, survey] of changes) {
    marks.push(
      Plot.ruleX([x], { stroke: theme.muted, strokeDasharray: "1 4", strokeWidth: 2 }),
      Plot.text([x], {
        x: (d) => d,
        frameAnchor: "top",
        dy: -22,
        dx: 4,
        text: () => `${survey} →`,
        textAnchor: "middle",
        fill: theme.muted,
      }),
    );
  }
  const labelled = points.length <= (small ? 7 : 14) && selection.series.length <= 2;
  selection.series.forEach((line, i) => {
    const stroke = theme.colors[i];
    const { symbol, dash } = STYLES[i];
    const runs = [[]];
    line.points.forEach((point, at) => {
      if (overTime && at > 0 && point.enquete !== line.points[at - 1].enquete) runs.push([]);
      runs.slice(-1)[0].push(point);
    });
    const bounded = line.points.filter((point) => point.n);
    marks.push(
      Plot.ruleX(bounded, {
        x: xOf,
        y1: (p) => wilson(p.valeur, p.n)[0],
        y2: (p) => wilson(p.valeur, p.n)[1],
        stroke,
        strokeWidth: 1.5,
      }),
      ...runs.filter((run) => run.length > 1).map((run) =>
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
        fill: stroke,
        stroke: theme.paper,
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
    if (labelled) {
      marks.push(Plot.text(line.points, {
        x: xOf,
        y: (p) => wilson(p.valeur, p.n)?.[1] ?? p.valeur,
        dy: -12,
        text: (p) => formatNumber(p.valeur),
        fill: theme.ink,
        stroke: theme.paper,
        strokeWidth: 4,
      }));
    }
  });
  const room = (width - MARGIN.left - marginRight) / (fontSize * 3.2);
  const every = Math.max(1, Math.ceil(years.length / room));
  const tickYears = years.filter((_, i) => (years.length - 1 - i) % every === 0)
    .filter((year, i, all) => i === all.length - 1 || (all.slice(-1)[0] - year) / (all.slice(-1)[0] - all[0]) > 0.08);
  const cramped = (width - MARGIN.left - marginRight) / ages.length < fontSize * 3.3;
  const ageTick = (label) => label.replace(/\u00a0ans$/, "").replace(cramped ? "-" : /$/, cramped ? "-\n" : "");
  marks.push(
    Plot.axisY({ ticks: 5, tickFormat: percentTick, label: null, fill: theme.ink, stroke: theme.ink, tickSize: 0 }),
    overTime
      ? Plot.axisX(spread(tickYears, years, width - MARGIN.left - marginRight, fontSize * 3), {
        tickFormat: String,
        label: null,
        fill: theme.ink,
        stroke: theme.ink,
      })
      : Plot.axisX({ label: null, fill: theme.ink, stroke: theme.ink, tickFormat: ageTick }),
    Plot.text([small ? "% de la population" : "% de la population interrogée"], {
      frameAnchor: "top-left",
      dx: -MARGIN.left,
      dy: -24,
      text: (d) => d,
      textAnchor: "start",
      fill: theme.muted,
    }),
    Plot.text([overTime ? "année d’enquête" : "âge (ans)"], {
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
    marginTop: MARGIN.top,
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
  const end = (row) => wilson(row.point.valeur, row.point.n)?.[1] ?? row.point.valeur;
  const style = (woman) => {
    const color = theme.colors[woman ? 1 : 0];
    const these = values.filter((row) => row.woman === woman);
    const bounded = these.filter((row) => row.point.n);
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
        x1: (row) => wilson(row.point.valeur, row.point.n)[0],
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
        ticks: width < 520 ? 4 : 6,
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
      fontFamily: SANS,
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

/** The mark of a curve, for the legend. */
export function curveKey(i, theme = PAGE_THEME) {
  const { symbol, dash } = STYLES[i];
  const svg = Plot.plot({
    width: 44,
    height: 16,
    margin: 0,
    axis: null,
    x: { domain: [0, 2] },
    y: { domain: [0, 2] },
    marks: [
      Plot.line([[0, 1], [2, 1]], { stroke: theme.colors[i], strokeWidth: 2.25, strokeDasharray: dash }),
      Plot.dot([[1, 1]], { symbol, fill: theme.colors[i], r: 5 }),
    ],
  });
  svg.setAttribute("aria-hidden", "true");
  return svg;
}
