// A document that leaves: a file to open again, the word processor, a spreadsheet, Markdown, paper.
import { csvCell, csvFile, download, exactNumber, h } from "../widgets/static/common.js";
import { blocksOf, htmlTable, markdownOf, words } from "./blocks.js";
import { fileName, filledRows, isEmpty, tablesOf } from "./core.js";
import { odtOf, zipOf } from "./odt.js";

function csvOf(table, rows) {
  const cell = (column, value) => {
    if (isEmpty(value)) return "";
    if (column.type === "nombre") return exactNumber(value).replace(/\u202f/g, "");
    return csvCell(column.type === "date" ? value : words(column, value));
  };
  return csvFile([
    table.colonnes.map(({ libelle }) => csvCell(libelle)),
    ...rows.map((row) => table.colonnes.map((column) => cell(column, row[column.id]))),
  ]);
}

export function saveFile(tool, document) {
  download(fileName(tool, document, "json"), `${JSON.stringify(document, null, 1)}\n`, "application/json");
}

export function saveText(tool, document) {
  const type = "application/vnd.oasis.opendocument.text";
  download(fileName(tool, document, "odt"), new Blob([odtOf(blocksOf(tool, document))], { type }));
}

/** One table is a file; several are an archive of files. */
export function saveSheet(tool, document) {
  const tables = tablesOf(tool);
  const texts = Object.fromEntries(
    tables.map((table) => [`${table.id}.csv`, csvOf(table, filledRows(table, document))]),
  );
  if (tables.length === 1) download(fileName(tool, document, "csv"), Object.values(texts)[0], "text/csv;charset=utf-8");
  else download(fileName(tool, document, "zip"), new Blob([zipOf(texts)], { type: "application/zip" }));
}

export function saveMarkdown(tool, document) {
  download(fileName(tool, document, "md"), markdownOf(blocksOf(tool, document)), "text/markdown;charset=utf-8");
}

const breaks = (text) => text.split("\n").map((line, rank) => [rank > 0 && h("br"), line]);
const HTML = {
  title: ({ text }) => h("h1", {}, text),
  heading: ({ text }) => h("h2", {}, text),
  text: ({ text }) => h("p", {}, breaks(text)),
  facts: ({ facts }) =>
    h(
      "dl",
      { class: "mlt-tool-facts" },
      facts.map(([label, text]) => h("div", {}, h("dt", {}, label), h("dd", {}, breaks(text || " ")))),
    ),
  table: htmlTable,
};

/** A block as HTML. */
export function htmlOf(block) {
  return HTML[block.kind](block);
}

/** Print something and nothing else of the page. */
export function printAlone(title, ...content) {
  const body = window.document.body;
  const sheet = h("div", { class: "mlt-tool-print" }, title && h("h1", {}, title), content);
  body.append(sheet);
  body.classList.add("mlt-tool-printing");
  const done = () => {
    body.classList.remove("mlt-tool-printing");
    sheet.remove();
    window.removeEventListener("afterprint", done);
  };
  window.addEventListener("afterprint", done);
  window.print();
}

export function printDocument(tool, document) {
  printAlone("", blocksOf(tool, document).map(htmlOf));
}
