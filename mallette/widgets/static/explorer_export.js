// Files that leave with their source: CSV, SVG and PNG of the view shown.
import { csvCell, csvFile, formatNumber, svg } from "./common.js";
import { drawChart, wrap } from "./explorer_chart.js";
import { ABSENT, chartTitle, facts, lines, remarks, sources, subtitle } from "./explorer_facts.js";

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 900;
const PAD = 24;
const STEPS_CSV = { dixieme: "au dixième", unite: "à l’unité", inconnu: "inconnu" };

/**
 * The values shown as a French spreadsheet opens them by double-click: UTF-8 with its byte order mark, semicolons, decimal
 * commas. One header line and nothing else around the values; definition, population and source are columns of each line.
 */
export function csvText(selection, view, labels, date) {
  const indicator = labels.indicateurs[view.indicateur];
  const decimal = (value) => (value === null || value === undefined ? "" : formatNumber(value));
  const columns = {
    produit: (line) => line.produitNom,
    indicateur: () => indicator.nom,
    definition: (line) => (line.champ.startsWith("17") && indicator.definition_17) || indicator.definition,
    enquete: (line) => line.enquete,
    annee: (line) => line.annee,
    population: (line) => line.champNom,
    territoire: (line) => line.territoire,
    facon_d_enqueter: (line) => line.mode,
    sexe: (line) => line.sexeNom,
    age: (line) => line.ageNom,
    valeur_pct: (line) => formatNumber(line.valeur, { decimals: line.arrondi === "dixieme" ? 1 : 0 }),
    arrondi: (line) => STEPS_CSV[line.arrondi],
    au_moins_pct: (line) => decimal(line.bornes[0]),
    au_plus_pct: (line) => decimal(line.bornes[1]),
    effectif: (line) => line.n ?? ABSENT,
    ic95_indicatif_bas: (line) => decimal(line.intervalle?.[0]),
    ic95_indicatif_haut: (line) => decimal(line.intervalle?.[1]),
    verification: (line) => line.verifie,
    avertissement: (line) => line.alerte,
    remarque: (line) => line.remarque,
    source: (line) => line.sourceTexte,
    adresse: (line) => line.sourceUrl,
    date_export: () => date,
  };
  const rows = lines(selection, labels).map((line) => Object.values(columns).map((cell) => csvCell(cell(line))));
  return csvFile([Object.keys(columns), ...rows]);
}

function sourceTexts(selection, labels) {
  return sources(selection, labels).map(({ texte, url }) => (url ? `${texte}, ${url}` : texte)).join("\u202f; ");
}

/** The picture with its title, sentence, warnings and source, in a theme of values: an SVG element that needs nothing else. */
export function standaloneSvg(selection, view, labels, notes, theme) {
  const root = svg("svg", {
    xmlns: SVG,
    width: WIDTH,
    "font-family": theme.font,
    fill: theme.ink,
    role: "img",
    lang: "fr",
  });
  let y = PAD;
  const write = (text, { size = 14, bold = false, color = theme.ink } = {}) => {
    for (const line of wrap(text, Math.floor((WIDTH - 2 * PAD) / (size * 0.53)))) {
      y += size * 1.35;
      root.append(svg("text", { x: PAD, y, "font-size": size, "font-weight": bold ? 700 : 400, fill: color }, line));
    }
  };
  const place = (svg, x, at) => {
    for (const [key, value] of Object.entries({ x, y: at })) svg.setAttribute(key, value);
    root.append(svg);
  };
  const title = chartTitle(selection, view, labels);
  const muted = { size: 12, color: theme.muted };
  root.append(svg("title", {}, title), svg("desc", {}, notes.join(" ")));
  write(title, { size: 19, bold: true });
  y += 2;
  write(subtitle(selection, view, labels), { color: theme.muted });
  const chart = drawChart(selection, view, labels, { width: WIDTH - 2 * PAD, theme });
  chart.removeAttribute("role");
  chart.removeAttribute("aria-label");
  place(chart, PAD, y + 14);
  y += Number(chart.getAttribute("height")) + 20;
  for (const text of notes) write(text);
  y += 6;
  write(
    `${sources(selection, labels).length > 1 ? "Sources" : "Source"}\u00a0: ${sourceTexts(selection, labels)}.`,
    muted,
  );
  for (const [term, texts] of facts(selection, view, labels)) write(`${term}\u00a0: ${texts.join("\u202f; ")}`, muted);
  for (const text of remarks(selection, labels)) write(`Remarque. ${text}`, muted);
  const height = Math.ceil(y + PAD);
  root.setAttribute("height", height);
  root.setAttribute("viewBox", `0 0 ${WIDTH} ${height}`);
  root.prepend(svg("rect", { width: WIDTH, height, fill: theme.paper }));
  return root;
}

export function svgText(svg) {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}\n`;
}

/** The same picture as a PNG of twice its size, on white. */
export async function pngBlob(svg, { paper }) {
  const url = URL.createObjectURL(new Blob([svgText(svg)], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = 2 * Number(svg.getAttribute("width"));
    canvas.height = 2 * Number(svg.getAttribute("height"));
    const context = canvas.getContext("2d");
    context.fillStyle = paper;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the canvas gave no image"))), "image/png");
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}
