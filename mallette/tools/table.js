// A table to fill in: its rows one under the other in a few words, the one that is open as a form. A phone shows as much of
// it as a wide screen, and two hundred rows cost no more at each key than one.
import { append, fill, h, uid } from "../widgets/static/common.js";
import { words } from "./blocks.js";
import { buildField } from "./fields.js";
import { choicesOf, holds, isBlankRow, newRow, ROW } from "./core.js";
import { TEXTS } from "./texts.js";

const MANY = 6; // rows from which they can be searched
const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

/** A row in words, its first column first. */
function summary(table, row, number) {
  const texts = table.colonnes.map((column) => words(column, row[column.id])).filter(Boolean);
  if (!texts.length) return [h("strong", {}, `${TEXTS.rowNumber(number)}${"\u202f"}: `), TEXTS.blankRow];
  const [first, ...others] = texts;
  return [h("strong", {}, first), others.length > 0 && ` · ${others.join(" · ")}`];
}

/** A list of things to check: its rows are given, each is a group of fields under its own title. */
function buildFixed(table, rows, { document, change }) {
  const given = Object.keys(table.lignes[0]);
  const columns = table.colonnes.filter(({ id }) => !given.includes(id));
  return rows.map((row) => {
    const titles = table.colonnes.filter(({ id }) => given.includes(id)).map((column) => words(column, row[column.id]));
    const fields = columns.map((column) =>
      buildField(column, row[column.id], {
        document,
        change: (value) => {
          row[column.id] = value;
          change(row, column.id);
        },
      }).element
    );
    return h("fieldset", { class: "mlt-tool-row mlt-tool-open" }, h("legend", {}, titles.join(" · ")), fields);
  });
}

export class TableView {
  /**
   * @param opened names the row that is open at first.
   * @param change is told that the rows changed: (row, column) for one value, nothing for rows that come or go.
   */
  constructor(table, { document, change, say, opened }) {
    Object.assign(this, { table, document, change, say, gone: null, text: "", filters: {} });
    this.open = this.rows.find((row) => row[ROW] === opened) ?? null;
    this.list = h("ul", { class: "mlt-tool-rows" });
    this.count = h("p", { class: "mlt-note", role: "status" });
    this.controls = h("div", { class: "mlt-tool-filters" });
    const title = h("h5", { id: uid("tableau"), tabindex: "-1" }, table.libelle);
    this.title = title;
    this.element = h("div", { class: "mlt-tool-field", role: "group", "aria-labelledby": title.id });
    append(this.element, [title, table.aide && h("p", { class: "mlt-note" }, table.aide)]);
    if (table.fixe) append(this.element, buildFixed(table, this.rows, { document, change }));
    else {
      const add = h("button", { type: "button", on: { click: () => this.add() } }, TEXTS.add(table.ligne));
      this.buildFilters();
      append(this.element, [this.controls, this.count, this.list, h("div", { class: "mlt-actions" }, add)]);
      this.draw();
    }
  }

  get rows() {
    return this.document().valeurs[this.table.id];
  }

  set rows(rows) {
    this.document().valeurs[this.table.id] = rows;
  }

  /** Search, and a list for each column of few values. */
  buildFilters() {
    const search = h("input", { type: "search", id: uid("cherche"), autocomplete: "off" });
    search.addEventListener("input", () => {
      this.text = plain(search.value);
      this.draw();
    });
    append(this.controls, h("div", {}, h("label", { for: search.id }, TEXTS.search), search));
    for (const column of this.table.colonnes.filter(({ type }) => ["choix", "plusieurs"].includes(type)).slice(0, 3)) {
      const select = h("select", { id: uid("filtre") });
      const draw = () => {
        const kept = select.value;
        const options = choicesOf(column, this.document()).map((text) => h("option", { value: text }, text));
        fill(select, h("option", { value: "" }, TEXTS.all), options);
        select.value = kept;
      };
      draw();
      if (column["choix-de"]) select.addEventListener("focus", draw);
      select.addEventListener("change", () => {
        this.filters[column.id] = select.value;
        this.draw();
      });
      append(this.controls, h("div", {}, h("label", { for: select.id }, column.libelle), select));
    }
  }

  passes(row) {
    const chosen = Object.entries(this.filters).filter(([, value]) => value);
    if (!chosen.every(([id, value]) => holds(row, id, value))) return false;
    if (!this.text) return true;
    return plain(this.table.colonnes.map((column) => words(column, row[column.id])).join(" ")).includes(this.text);
  }

  draw() {
    const rows = this.rows;
    const shown = rows.filter((row) => row === this.open || this.passes(row));
    this.controls.hidden = rows.length < MANY && shown.length === rows.length;
    const text = shown.length < rows.length ? TEXTS.shown(shown.length, rows.length) : "";
    if (this.count.textContent !== text) this.count.textContent = text;
    fill(this.list, shown.map((row) => this.line(row, rows.indexOf(row) + 1)));
    if (this.gone) {
      const undo = h("button", { type: "button", on: { click: () => this.restore() } }, TEXTS.undo);
      const next = this.list.children[Math.min(this.gone.rank, this.list.children.length)] ?? null;
      this.list.insertBefore(h("li", { class: "mlt-tool-row" }, TEXTS.erasedRow, " ", undo), next);
      this.undo = undo;
    }
  }

  line(row, number) {
    const { table } = this;
    const isOpen = row === this.open;
    const said = h("p", { class: "mlt-tool-summary" }, summary(table, row, number));
    const named = (word) => h("span", { class: "mlt-visually-hidden" }, ` (${word}, ${TEXTS.rowNumber(number)})`);
    const toggle = h("button", { type: "button", "aria-expanded": String(isOpen) }, isOpen ? TEXTS.fold : TEXTS.edit);
    append(toggle, named(table.libelle));
    toggle.addEventListener("click", () => this.toggle(row));
    const remove = h(
      "button",
      { type: "button", on: { click: () => this.remove(row) } },
      TEXTS.erase,
      named(table.libelle),
    );
    const fields = isOpen && table.colonnes.map((column) =>
      buildField(column, row[column.id], {
        document: this.document,
        change: (value) => {
          row[column.id] = value;
          fill(said, summary(table, row, number));
          this.change(row, column.id);
        },
      }).element
    );
    const actions = h("div", { class: "mlt-actions" }, toggle, remove);
    return h(
      "li",
      { class: isOpen ? "mlt-tool-row mlt-tool-open" : "mlt-tool-row", dataset: { ligne: row[ROW] } },
      h("div", { class: "mlt-tool-head" }, said, !isOpen && actions),
      fields,
      isOpen && actions,
    );
  }

  place(row) {
    return [...this.list.children].find((element) => element.dataset.ligne === row[ROW]);
  }

  toggle(row) {
    this.open = this.open === row ? null : row;
    this.gone = null;
    this.draw();
    const place = this.place(row);
    const target = this.open ? place?.querySelector("input, select, textarea") : place?.querySelector("button");
    (target ?? this.title).focus();
  }

  add() {
    const blank = this.rows.find((row) => isBlankRow(this.table, row));
    if (!blank) {
      this.rows = [...this.rows, newRow(this.table)];
      this.change();
    }
    this.open = null;
    this.toggle(blank ?? this.rows[this.rows.length - 1]);
  }

  remove(row) {
    this.gone = { row, rank: this.rows.indexOf(row) };
    this.rows = this.rows.filter((one) => one !== row);
    if (this.open === row) this.open = null;
    this.change();
    this.draw();
    this.say(TEXTS.erasedRow);
    this.undo.focus();
  }

  restore() {
    const { row, rank } = this.gone;
    this.gone = null;
    this.rows = [...this.rows.slice(0, rank), row, ...this.rows.slice(rank)];
    this.change();
    this.draw();
    this.place(row)?.querySelector("button").focus();
  }
}
