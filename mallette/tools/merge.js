// Two documents of one tool, side by side: what one has and the other has not, what they say differently; one made of both.
import { words } from "./blocks.js";
import { columnOf, drawName, fieldsOf, isBlankRow, isEmpty, ROW } from "./core.js";

function normal(value) {
  return String(Array.isArray(value) ? value.join("|") : value ?? "").trim().replace(/\s+/g, " ").toLowerCase();
}

function same(one, other) {
  return normal(one) === normal(other);
}

/** What two rows are told to be the same by: the columns of the key, all columns without one; "" when nothing is written. */
function keyOf(table, row) {
  const names = table.cle ?? table.colonnes.map(({ id }) => id);
  return names.every((id) => isEmpty(row[id])) ? "" : names.map((id) => normal(row[id])).join("\u0000");
}

/** Pairs of rows: by their name (a copy of the same document), then by their key; each row is used once. */
function pairs(table, mine, theirs) {
  const left = theirs.slice();
  const take = (test) => {
    const rank = left.findIndex(test);
    return rank < 0 ? null : left.splice(rank, 1)[0];
  };
  const found = mine.map((row) => [row, take((other) => other[ROW] === row[ROW])]);
  for (const pair of found) {
    const key = keyOf(table, pair[0]);
    if (!pair[1] && key) pair[1] = take((other) => keyOf(table, other) === key);
  }
  return { found, left };
}

/**
 * What differs: `champs` [{ champ, mien, autre }], `tableaux` [{ tableau, egales, miennes, autres, differentes }], where
 * `differentes` is [{ mienne, autre, colonnes }]. Blank rows count for nothing.
 */
export function compare(tool, mine, theirs) {
  const champs = [];
  const tableaux = [];
  for (const field of fieldsOf(tool)) {
    const [one, other] = [mine.valeurs[field.id], theirs.valeurs[field.id]];
    if (field.type !== "tableau") {
      if (!same(one, other)) champs.push({ champ: field.id, mien: one, autre: other });
      continue;
    }
    const kept = (rows) => rows.filter((row) => !isBlankRow(field, row));
    const { found, left } = pairs(field, kept(one), kept(other));
    const table = { tableau: field.id, egales: 0, miennes: [], autres: left, differentes: [] };
    for (const [row, twin] of found) {
      if (!twin) {
        table.miennes.push(row);
        continue;
      }
      const colonnes = field.colonnes.map(({ id }) => id).filter((id) => !same(row[id], twin[id]));
      if (colonnes.length) table.differentes.push({ mienne: row, autre: twin, colonnes });
      else table.egales += 1;
    }
    tableaux.push(table);
  }
  return { champs, tableaux };
}

export function isSame({ champs, tableaux }) {
  return champs.length === 0 &&
    tableaux.every(({ miennes, autres, differentes }) => !miennes.length && !autres.length && !differentes.length);
}

/** Does a difference need somebody to choose? Where one side says nothing, the other is kept. */
export function conflicting(one, other) {
  return !isEmpty(one) && !isEmpty(other) && !same(one, other);
}

function filled(columns, row, other) {
  const made = { ...row };
  for (const id of columns) if (isEmpty(made[id])) made[id] = other[id];
  return made;
}

/**
 * The values of a document made of both: every row of both, what one side left empty taken from the other.
 *
 * `chosen` says, for what both say differently, whose word is kept: "mien" (without a choice), "autre", and for rows
 * "deux", which keeps both. Its keys: the id of a field, or "table/name of my row".
 */
export function merged(tool, mine, theirs, chosen = {}) {
  const valeurs = { ...mine.valeurs };
  const { champs, tableaux } = compare(tool, mine, theirs);
  for (const { champ, mien, autre } of champs) {
    if (isEmpty(mien) || (!isEmpty(autre) && chosen[champ] === "autre")) valeurs[champ] = autre;
  }
  for (const { tableau, autres, differentes } of tableaux) {
    const field = fieldsOf(tool).find(({ id }) => id === tableau);
    const rows = [];
    for (const row of mine.valeurs[tableau]) {
      const pair = differentes.find(({ mienne }) => mienne === row);
      const choice = pair && chosen[`${tableau}/${row[ROW]}`];
      if (!pair) rows.push(row);
      else if (choice === "autre") rows.push({ ...filled(pair.colonnes, pair.autre, row), [ROW]: row[ROW] });
      else if (choice === "deux") rows.push(row, { ...pair.autre, [ROW]: drawName() });
      else rows.push(filled(pair.colonnes, row, pair.autre));
    }
    valeurs[tableau] = field.fixe ? rows : [...rows.filter((row) => !isBlankRow(field, row)), ...autres];
  }
  return valeurs;
}

/** A row in a few words: its key, or its first columns. */
export function rowWords(table, row) {
  const names = table.cle ?? table.colonnes.slice(0, 3).map(({ id }) => id);
  const said = (ids) => ids.map((id) => words(columnOf(table, id), row[id])).filter(Boolean);
  const first = said(names);
  return (first.length ? first : said(table.colonnes.map(({ id }) => id))).slice(0, 3).join(" · ");
}
