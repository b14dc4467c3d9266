// OpenDocument text of a document: LibreOffice, Word and others open it. One style of page, plain tables, headings.
import { Zip } from "../widgets/static/vendor/zip.js";

const NAMESPACES =
  ["office", "style", "text", "table"].map((name) =>
    ` xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`
  ).join("") +
  ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"' +
  ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"';
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const MIME = "application/vnd.oasis.opendocument.text";
const STAMP = "2026-01-01T00:00:00"; // of the parts of the archive; the document says its own day

// Control signs have no place in XML; what is left is escaped.
const escapeXml = (text) =>
  text.replace(/[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "").replace(/&/g, "&amp;").replace(
    /</g,
    "&lt;",
  )
    .replace(/>/g, "&gt;").replace(/"/g, "&quot;");
const broken = (text) =>
  escapeXml(text).replace(/ {2,}/g, (run) => ` <text:s text:c="${run.length - 1}"/>`).replace(
    /\n/g,
    "<text:line-break/>",
  )
    .replace(/\t/g, "<text:tab/>");
const p = (text, style = "Standard") => `<text:p text:style-name="${style}">${broken(text)}</text:p>`;

function table(block, number) {
  const name = `Tableau${number}`;
  const row = (cells, style) =>
    `<table:table-row>${
      cells.map((text) =>
        `<table:table-cell office:value-type="string" table:style-name="Case">${p(text, style)}</table:table-cell>`
      ).join("")
    }</table:table-row>`;
  return `${p(block.caption, "Legende")}<table:table table:name="${name}">` +
    `<table:table-column table:number-columns-repeated="${block.heads.length}"/>` +
    `<table:table-header-rows>${row(block.heads, "Entete")}</table:table-header-rows>` +
    `${block.rows.map((cells) => row(cells, "Standard")).join("")}</table:table>`;
}

function body(blocks) {
  return blocks.map((block, number) => {
    if (block.kind === "title") {
      return `<text:h text:style-name="Heading_1" text:outline-level="1">${broken(block.text)}</text:h>`;
    }
    if (block.kind === "heading") {
      return `<text:h text:style-name="Heading_2" text:outline-level="2">${broken(block.text)}</text:h>`;
    }
    if (block.kind === "text") return p(block.text);
    if (block.kind === "facts") {
      return block.facts.map(([label, text]) => p(label, "Legende") + p(text || "…")).join("");
    }
    return table(block, number);
  }).join("");
}

const paragraphStyle = (name, text, space = "0.1cm", extra = "") =>
  `<style:style style:name="${name}" style:family="paragraph">` +
  `<style:paragraph-properties fo:margin-bottom="${space}"${extra}/><style:text-properties ${text}/></style:style>`;
const WIDE = 6; // columns from which a table asks for a page on its side, or words are cut
const stylesOf = (width, height) =>
  `${HEAD}<office:document-styles${NAMESPACES} office:version="1.3"><office:styles>` +
  paragraphStyle("Standard", 'fo:font-size="11pt" fo:language="fr" fo:country="FR"', "0.25cm") +
  paragraphStyle("Heading_1", 'fo:font-size="18pt" fo:font-weight="bold" fo:language="fr" fo:country="FR"', "0.4cm") +
  paragraphStyle(
    "Heading_2",
    'fo:font-size="14pt" fo:font-weight="bold" fo:language="fr" fo:country="FR"',
    "0.2cm",
    ' fo:margin-top="0.5cm" fo:keep-with-next="always"',
  ) +
  paragraphStyle(
    "Legende",
    'fo:font-size="11pt" fo:font-weight="bold" fo:language="fr" fo:country="FR"',
    "0.1cm",
    ' fo:keep-with-next="always"',
  ) +
  paragraphStyle("Entete", 'fo:font-size="10pt" fo:font-weight="bold" fo:language="fr" fo:country="FR"') +
  "</office:styles><office:automatic-styles>" +
  '<style:page-layout style:name="Page"><style:page-layout-properties ' +
  `fo:page-width="${width}" fo:page-height="${height}" fo:margin="2cm"/></style:page-layout></office:automatic-styles>` +
  '<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="Page"/></office:master-styles>' +
  "</office:document-styles>";

/** The bytes of the file. */
export function odtOf(blocks) {
  const title = blocks.find(({ kind }) => kind === "title").text;
  const wide = blocks.some(({ heads }) => heads?.length >= WIDE);
  const part = (name) => `<manifest:file-entry manifest:full-path="${name}" manifest:media-type="text/xml"/>`;
  const parts = {
    "content.xml": `${HEAD}<office:document-content${NAMESPACES} office:version="1.3"><office:automatic-styles>` +
      '<style:style style:name="Case" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000"' +
      ' fo:padding="0.15cm"/></style:style></office:automatic-styles>' +
      `<office:body><office:text>${body(blocks)}</office:text></office:body></office:document-content>`,
    "styles.xml": wide ? stylesOf("29.7cm", "21cm") : stylesOf("21cm", "29.7cm"),
    "meta.xml": `${HEAD}<office:document-meta${NAMESPACES} office:version="1.3"><office:meta>` +
      `<dc:title>${escapeXml(title)}</dc:title><dc:language>fr-FR</dc:language></office:meta></office:document-meta>`,
    "META-INF/manifest.xml":
      `${HEAD}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">` +
      `<manifest:file-entry manifest:full-path="/" manifest:media-type="${MIME}"/>` +
      `${["content.xml", "styles.xml", "meta.xml"].map(part).join("")}</manifest:manifest>`,
  };
  const files = { mimetype: [Zip.strToU8(MIME), { level: 0 }] };
  for (const [name, text] of Object.entries(parts)) files[name] = Zip.strToU8(text);
  return Zip.zipSync(files, { mtime: STAMP });
}

export function zipOf(files) {
  return Zip.zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Zip.strToU8(text)])), {
    mtime: STAMP,
  });
}
