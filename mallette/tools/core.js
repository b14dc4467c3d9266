// A document of a tool, without the screen: what it holds at first, how a file becomes one again, what time erases.
// A document: { format, outil, id, titre, cree, modifie, mois, valeurs, effacements }; a row of a table holds its name in "_".

import { today } from "../widgets/static/common.js";

const FORMAT = 1;
export const ROW = "_";
export const OLDEST = "1900"; // a day before was mistyped
const LARGEST = 5e6; // signs of a file: above, it is no document of the kit

/** A name for a document or a row, drawn at random. */
export function drawName() {
  return Array.from(crypto.getRandomValues(new Uint32Array(2)), (part) => part.toString(36)).join("").slice(0, 12);
}

/** A name that was read, or one drawn now. */
function nameOr(found) {
  return typeof found === "string" && /^[a-z0-9-]{1,40}$/.test(found) ? found : drawName();
}

/** The tables of a tool. */
export function tablesOf(tool) {
  return fieldsOf(tool).filter(({ type }) => type === "tableau");
}

export function fieldsOf(tool) {
  return [].concat(...tool.sections.map((section) => section.champs));
}

export function fieldOf(tool, id) {
  return fieldsOf(tool).find((field) => field.id === id);
}

export function columnOf(table, id) {
  return table.colonnes.find((column) => column.id === id);
}

export function emptyValue(field) {
  if (field.type === "tableau") {
    // Rows that the tool gives bear the same names in every document: they are the same rows.
    return (field.lignes ?? []).map((row, rank) => ({ ...newRow(field, row), [ROW]: `d${rank + 1}` }));
  }
  if (field.type === "plusieurs") return [];
  return field.type === "nombre" ? null : "";
}

export function newRow(table, values = {}) {
  const row = { [ROW]: drawName() };
  for (const column of table.colonnes) row[column.id] = values[column.id] ?? emptyValue(column);
  return row;
}

export function isEmpty(value) {
  return value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
}

/** Is there nothing in a row but what was given with the tool? */
export function isBlankRow(table, row) {
  const given = table.fixe ? Object.keys((table.lignes ?? [{}])[0] ?? {}) : [];
  return table.colonnes.every(({ id }) => given.includes(id) || isEmpty(row[id]));
}

/** The rows of a table that say something: those of a list to check always do. */
export function filledRows(table, document) {
  return document.valeurs[table.id].filter((row) => table.fixe || !isBlankRow(table, row));
}

export function newDocument(tool, { titre, mois = null, valeurs = {} }) {
  const document = {
    mallette: "outil",
    format: FORMAT,
    outil: tool.nom,
    id: drawName(),
    titre,
    cree: today(),
    modifie: new Date().toISOString(),
    mois,
    valeurs: {},
    effacements: [],
  };
  for (const field of fieldsOf(tool)) {
    const value = valeurs[field.id];
    if (value === undefined) document.valeurs[field.id] = emptyValue(field);
    else if (field.type === "tableau") document.valeurs[field.id] = value.map((row) => newRow(field, row));
    else document.valeurs[field.id] = value;
  }
  return document;
}

function readText(value) {
  return typeof value === "string" ? value : "";
}

/** A value of any origin as the field holds it; what does not fit is kept as text when it can be, never lost silently. */
function fitted(field, value) {
  if (field.type === "tableau") {
    if (!Array.isArray(value)) return emptyValue(field);
    return value.filter((row) => row && typeof row === "object").map((row) => {
      const kept = { ...row, [ROW]: nameOr(row[ROW]) };
      for (const column of field.colonnes) put(kept, column, oldValue(column, row));
      return kept;
    });
  }
  if (field.type === "plusieurs") {
    return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [value].filter(readText);
  }
  if (field.type === "nombre") return typeof value === "number" && Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map(readText).filter(Boolean).join(", ");
  if (field.type === "date") return isDay(value) ? value : "";
  return typeof value === "number" ? String(value) : readText(value);
}

function isDay(value) {
  return /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));
}

/** Put what was found into a field; what does not fit stays beside it, where `unknown` finds it. */
function put(values, field, found) {
  const value = fitted(field, found);
  values[field.id] = value;
  if (isEmpty(value) && !isEmpty(found)) {
    values[`${field.id}, illisible`] = typeof found === "object" ? JSON.stringify(found) : String(found);
  }
}

/** The value of a field, or the one of a name that it bore before. */
function oldValue(field, values) {
  const name = [field.id, ...(field.anciens ?? [])].find((id) => !isEmpty(values[id]));
  return name === undefined ? emptyValue(field) : values[name];
}

/** A document as today's tool has it. What this version of the tool does not know stays in it (see `unknown`). */
export function upgraded(tool, found) {
  const before = found.valeurs && typeof found.valeurs === "object" ? found.valeurs : {};
  const valeurs = { ...before };
  for (const field of fieldsOf(tool)) {
    for (const name of field.anciens ?? []) delete valeurs[name];
    put(valeurs, field, oldValue(field, before));
    if (field.type === "tableau") {
      for (const row of valeurs[field.id]) {
        for (const column of field.colonnes) for (const name of column.anciens ?? []) delete row[name];
      }
    }
  }
  return {
    mallette: "outil",
    format: FORMAT,
    outil: tool.nom,
    id: nameOr(found.id),
    titre: readText(found.titre) || tool.titre,
    cree: /^\d{4}-\d\d-\d\d$/.test(found.cree) ? found.cree : today(),
    modifie: readText(found.modifie) || new Date().toISOString(),
    mois: Number.isInteger(found.mois) && found.mois > 0 ? found.mois : null,
    valeurs,
    effacements: (Array.isArray(found.effacements) ? found.effacements : [])
      .filter((one) => one && typeof one.jour === "string" && Number.isInteger(one.lignes))
      .map(({ jour, lignes }) => ({ jour, lignes })),
  };
}

/** Read a file: `{ document }`, or `{ probleme }`, the name of what is wrong with it (see texts.js). */
export function readFile(tool, text) {
  if (text.length > LARGEST) return { probleme: "tropGros" };
  let found;
  try {
    found = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    return { probleme: "illisible" };
  }
  if (!found || found.mallette !== "outil" || !found.valeurs) return { probleme: "autreFichier" };
  if (found.outil !== tool.nom) return { probleme: "autreOutil", nom: readText(found.outil) };
  if (!(found.format <= FORMAT)) return { probleme: "plusRecent" };
  return { document: upgraded(tool, found) };
}

/** What a document holds that this version of the tool has no field for: [name, text]. */
export function unknown(tool, document) {
  const known = new Map(fieldsOf(tool).map((field) => [field.id, field]));
  const found = [];
  for (const [name, value] of Object.entries(document.valeurs)) {
    const field = known.get(name);
    if (!field) {
      if (!isEmpty(value)) found.push([name, typeof value === "string" ? value : JSON.stringify(value)]);
    } else if (field.type === "tableau") {
      const columns = new Set([ROW, ...field.colonnes.map(({ id }) => id)]);
      for (const row of value) {
        for (const [key, cell] of Object.entries(row)) {
          if (!columns.has(key) && !isEmpty(cell)) found.push([`${name}, ${key}`, String(cell)]);
        }
      }
    }
  }
  return found;
}

/** The day `months` after a day: 31 August and six months give 28 February. */
export function laterDay(day, months) {
  const [year, month, date] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

/** Rows whose time is over; a year of two digits is a slip, not an old row. */
export function expired(tool, document, day = today()) {
  const held = tool.conservation;
  if (!held || !document.mois) return [];
  return document.valeurs[held.tableau].filter((row) =>
    row[held.date] > OLDEST && row[held.date] < day && laterDay(row[held.date], document.mois) < day
  );
}

/** Erase the rows whose time is over, and note the day and how many, nothing else; how many. */
export function erase(tool, document, day = today()) {
  const gone = expired(tool, document, day);
  if (gone.length === 0) return 0;
  const { tableau } = tool.conservation;
  document.valeurs[tableau] = document.valeurs[tableau].filter((row) => !gone.includes(row));
  document.effacements = [...document.effacements, { jour: day, lignes: gone.length }];
  return gone.length;
}

/** Values that a choice proposes: its own, or those of a column of another table. */
export function choicesOf(field, document) {
  if (field.choix) return field.choix;
  const { tableau, colonne } = field["choix-de"];
  const texts = (document.valeurs[tableau] ?? []).map((row) => row[colonne]).filter((value) =>
    typeof value === "string"
  );
  return [...new Set(texts.map((text) => text.trim()).filter(Boolean))];
}

/** Values by which a column ranks rows: those proposed first, then any other that a row holds. */
export function groupsOf(column, rows, document) {
  const held = [].concat(...rows.map((row) => row[column.id])).filter((value) => !isEmpty(value));
  const proposed = column.choix || column["choix-de"] ? choicesOf(column, document) : [];
  return [...new Set([...proposed, ...held])];
}

/** Does a row hold `value` in a column of one or several values? */
export function holds(row, column, value) {
  return [].concat(row[column]).includes(value);
}

/** Does a row meet one of the conditions of a list? */
export function meets(row, conditions, day = today()) {
  return conditions.some(({ colonne, passee, vide, vaut }) => {
    const value = row[colonne];
    if (passee) return !isEmpty(value) && value < day;
    if (vide) return isEmpty(value);
    return (vaut ?? []).some((one) => holds(row, colonne, one));
  });
}

/** A file name that says the tool, the title and the day, without accents or spaces. */
export function fileName(tool, document, suffix) {
  const plain = document.titre.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const name = plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 50);
  return `${tool.nom}${name && name !== tool.nom ? `-${name}` : ""}-${today()}.${suffix}`;
}
