// A document as it is read: headings, facts, tables. Paper, the word processor and Markdown are written from the same blocks.
import { exactNumber, formatDay, scrolledTable, withUnit } from "../widgets/static/common.js";
import { filledRows, isEmpty, unknown } from "./core.js";
import { TEXTS } from "./texts.js";

/** A value in words. */
export function words(field, value) {
  if (isEmpty(value)) return "";
  if (field.type === "plusieurs") return value.join(", ");
  if (field.type === "nombre") return withUnit(exactNumber(value), field.unite);
  return field.type === "date" ? formatDay(value) : value;
}

export function tableBlock(table, rows, columns = table.colonnes) {
  return {
    kind: "table",
    caption: table.libelle,
    heads: columns.map(({ libelle }) => libelle),
    rows: rows.map((row) => columns.map((column) => words(column, row[column.id]))),
  };
}

/** A block `table` as HTML. */
export function htmlTable({ caption, heads, rows }) {
  return scrolledTable(caption, heads, rows.map(([first, ...cells]) => [first || "…", ...cells]));
}

/** The whole of a document: [{ kind, … }], kinds `title`, `heading`, `text`, `facts` [[label, text]], `table`. */
export function blocksOf(tool, document) {
  const blocks = [{ kind: "title", text: document.titre }, { kind: "text", text: `${tool.titre}. ${tool.resume}` }];
  if (document.mois) blocks.push({ kind: "text", text: TEXTS.ruleKept(document.mois) });
  for (const section of tool.sections) {
    blocks.push({ kind: "heading", text: section.titre });
    let facts = null;
    for (const field of section.champs) {
      if (field.type === "tableau") {
        facts = null;
        const rows = filledRows(field, document);
        if (rows.length) blocks.push(tableBlock(field, rows));
        else blocks.push({ kind: "facts", facts: [[field.libelle, ""]] });
      } else {
        if (!facts) blocks.push({ kind: "facts", facts: facts = [] });
        facts.push([field.libelle, words(field, document.valeurs[field.id])]);
      }
    }
  }
  const lost = unknown(tool, document);
  if (lost.length) blocks.push({ kind: "heading", text: TEXTS.unknown }, { kind: "facts", facts: lost });
  if (document.effacements.length) {
    blocks.push({ kind: "heading", text: TEXTS.journal });
    for (const line of document.effacements) blocks.push({ kind: "text", text: TEXTS.journalLine(line) });
  }
  blocks.push({ kind: "text", text: TEXTS.made(document.modifie.slice(0, 10)) });
  return blocks;
}

/** Markdown that shows a text as it is (CommonMark: any punctuation may be escaped). */
function plainMarkdown(text) {
  return text.replace(/[\\`*_[\]<>&|~$^@{}#]/g, "\\$&").replace(/^(\s*)(\d+)([.)])/, "$1$2\\$3").replace(
    /^(\s*)([-+=])/,
    "$1\\$2",
  );
}

const cell = (text) => text.split("\n").map((line) => plainMarkdown(line)).join("<br>");
const paragraph = (text) => text.split("\n").map((line) => plainMarkdown(line)).join("\\\n");

export function markdownOf(blocks) {
  const lines = blocks.map((block) => {
    if (block.kind === "title") return `# ${cell(block.text)}`;
    if (block.kind === "heading") return `## ${cell(block.text)}`;
    if (block.kind === "text") return paragraph(block.text);
    if (block.kind === "facts") {
      return block.facts.map(([label, text]) => `**${cell(label)}**\\\n${text ? paragraph(text) : "…"}`).join("\n\n");
    }
    const line = (cells) => `| ${cells.map((text) => cell(text) || " ").join(" | ")} |`;
    return [
      `**${cell(block.caption)}**`,
      "",
      line(block.heads),
      `|${" --- |".repeat(block.heads.length)}`,
      ...block.rows.map(line),
    ].join("\n");
  });
  return `${lines.join("\n\n")}\n`;
}
