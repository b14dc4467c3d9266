// What a tool shows of what was filled in: pictures, crossings, lists, pages to print, drafts, pages to read.
import { download, enumeration, fill, formatDay, h, scrolledTable, today, uid } from "../widgets/static/common.js";
import { htmlTable, tableBlock, words } from "./blocks.js";
import { columnOf, fieldOf, fileName, filledRows, groupsOf, holds, isEmpty, meets, ROW } from "./core.js";
import { exchangesPicture, timelinePicture } from "./pictures.js";
import { calendarOf } from "./calendar.js";
import { TEXTS } from "./texts.js";

const NONE = () => h("p", { class: "mlt-note" }, TEXTS.nothing);

function rowsOf(tool, view, document) {
  const table = fieldOf(tool, view.tableau);
  return { table, rows: filledRows(table, document) };
}

const columnsOf = (table, names) => (names ?? table.colonnes.map(({ id }) => id)).map((id) => columnOf(table, id));

/** One line of a row, for lists and drafts: "le 3 mars 2026, hall : vu, …". */
function sentence(table, row, names) {
  return columnsOf(table, names).map((column) => words(column, row[column.id])).filter(Boolean).join(`${"\u202f"}; `);
}

function timeline({ tool, document }, view) {
  const { table, rows } = rowsOf(tool, view, document);
  const dated = rows.filter((row) => !isEmpty(row[view.date])).sort((one, other) =>
    one[view.date] < other[view.date] ? -1 : 1
  );
  if (!dated.length) return NONE();
  const date = columnOf(table, view.date);
  const group = view.groupe && columnOf(table, view.groupe);
  const label = (row) => words(date, row[view.date]);
  const text = (row) => words(columnOf(table, view.texte), row[view.texte]);
  const lanes = group
    ? groupsOf(group, rows, document).filter((lane) => dated.some((row) => holds(row, group.id, lane)))
    : [];
  const alt = TEXTS.timelineAlt(dated.length, label(dated[0]), label(dated[dated.length - 1]));
  const when = (row) => (date.type === "nombre" ? row[view.date] : Date.parse(row[view.date]) / 864e5);
  const points = dated.map((row, rank) => ({
    when: when(row),
    number: rank + 1,
    lane: group ? lanes.findIndex((lane) => holds(row, group.id, lane)) : 0,
  }));
  const missing = rows.length - dated.length;
  return [
    timelinePicture({ points, lanes, alt, first: label(dated[0]), last: label(dated[dated.length - 1]) }),
    h(
      "ol",
      {},
      dated.map((row) =>
        h(
          "li",
          {},
          h("strong", {}, label(row)),
          group && ` (${words(group, row[group.id]) || "…"})`,
          `${"\u202f"}: ${text(row)}`,
        )
      ),
    ),
    missing > 0 && h("p", { class: "mlt-note" }, TEXTS.noDate(missing)),
  ];
}

function matrix({ tool, document }, view) {
  const { table, rows } = rowsOf(tool, view, document);
  const [down, across] = [columnOf(table, view.lignes), columnOf(table, view.colonnes)];
  const [lines, heads] = [groupsOf(down, rows, document), groupsOf(across, rows, document)];
  if (!lines.length || !heads.length) return NONE();
  const named = view.texte && columnOf(table, view.texte);
  const inside = (line, head) => rows.filter((row) => holds(row, down.id, line) && holds(row, across.id, head));
  const cell = (found) => {
    if (!found.length) return h("td", { class: "mlt-tool-gap" }, TEXTS.gap);
    const texts = named ? found.map((row) => words(named, row[named.id])).filter(Boolean) : [];
    return h("td", {}, texts.length ? texts.join(`${"\u202f"}; `) : TEXTS.lines(found.length));
  };
  const empty = lines.filter((line) => !rows.some((row) => holds(row, down.id, line) && !isEmpty(row[across.id])));
  return [
    scrolledTable(
      view.titre,
      [down.libelle, ...heads],
      lines.map((line) => [line, ...heads.map((head) => cell(inside(line, head)))]),
    ),
    empty.length > 0 && h("p", {}, `${TEXTS.gaps(empty.length)}${"\u202f"}: ${enumeration(empty)}.`),
  ];
}

function exchanges({ tool, document }, view) {
  const { rows } = rowsOf(tool, view, document);
  const { tableau, nom, niveau } = view.partenaires;
  const partners = fieldOf(tool, tableau);
  const held = document.valeurs[tableau].filter((row) => !isEmpty(row[nom]));
  const level = (name) => held.find((row) => row[nom].trim() === name)?.[niveau] || TEXTS.outside;
  const links = rows.filter((row) => !isEmpty(row[view.de]) && !isEmpty(row[view.vers]))
    .map((row) => ({ from: row[view.de].trim(), to: row[view.vers].trim(), text: view.texte ? row[view.texte] : "" }));
  const names = [
    ...new Set([...held.map((row) => row[nom].trim()), ...[].concat(...links.map(({ from, to }) => [from, to]))]),
  ];
  if (!names.length) return NONE();
  const levels = [...groupsOf(columnOf(partners, niveau), held, document), TEXTS.outside]
    .map((title) => ({ title, names: names.filter((name) => level(name) === title) }))
    .filter(({ names: inside }) => inside.length);
  const flat = links.filter(({ from, to }) => level(from) === level(to));
  const alt = TEXTS.exchangesAlt(flat.length, links.length - flat.length);
  return [
    exchangesPicture({ levels, links: links.map((link) => ({ ...link, flat: flat.includes(link) })), alt }),
    h(
      "ul",
      {},
      links.map((link) =>
        h(
          "li",
          {},
          `${TEXTS.exchange(link.from, link.to)} (${flat.includes(link) ? TEXTS.horizontal : TEXTS.vertical})`,
          link.text && `${"\u202f"}: ${link.text}`,
        )
      ),
    ),
  ];
}

function list({ tool, document }, view) {
  const { table, rows } = rowsOf(tool, view, document);
  const found = rows.filter((row) => meets(row, view.si));
  if (!found.length) return h("p", {}, view.rien);
  return htmlTable({ ...tableBlock(table, found, columnsOf(table, view.montre)), caption: view.titre });
}

/** A page to print alone: fields, then the rows of a table under each value of a column, the empty ones too. */
function page({ tool, document }, view) {
  const facts = (view.champs ?? []).map((id) => {
    const field = fieldOf(tool, id);
    return h("div", {}, h("dt", {}, field.libelle), h("dd", {}, words(field, document.valeurs[id]) || "…"));
  });
  const parts = [facts.length > 0 && h("dl", { class: "mlt-tool-facts" }, facts)];
  if (view.tableau) {
    const { table, rows } = rowsOf(tool, view, document);
    const item = (row) => h("li", {}, sentence(table, row, view.montre));
    if (view.groupe) {
      for (const value of groupsOf(columnOf(table, view.groupe), rows, document)) {
        const inside = rows.filter((row) => holds(row, view.groupe, value));
        parts.push(
          h("h4", {}, value),
          inside.length
            ? h("ul", {}, inside.map(item))
            : h("p", { class: "mlt-tool-none" }, view.rien ?? TEXTS.nothing),
        );
      }
    } else {parts.push(
        h("h4", {}, table.libelle),
        rows.length ? h("ul", {}, rows.map(item)) : h("p", {}, view.rien ?? TEXTS.nothing),
      );}
  }
  return parts;
}

/** A text drafted from the rows of one month, for a group to write again. */
function draft({ tool, document, write, say }, view) {
  const { table, rows } = rowsOf(tool, view, document);
  const months = [...new Set(rows.map((row) => row[view.date].slice(0, 7)).filter(Boolean))].sort().reverse();
  if (!months.length) return NONE();
  const select = h(
    "select",
    { id: uid("mois") },
    months.map((month) => h("option", { value: month }, formatDay(`${month}-01`).replace(/^1er /, ""))),
  );
  const make = () => {
    const inside = rows.filter((row) => row[view.date].startsWith(select.value)).sort((one, other) =>
      one[view.date] < other[view.date] ? -1 : 1
    );
    const line = (row) =>
      `– ${words(columnOf(table, view.date), row[view.date])}${"\u202f"}: ${
        sentence(table, row, view.montre ?? [view.texte])
      }`;
    const groups = view.groupe
      ? groupsOf(columnOf(table, view.groupe), inside, document).filter((value) =>
        inside.some((row) => holds(row, view.groupe, value))
      )
      : [null];
    const text = groups.map((value) => {
      const lines = inside.filter((row) => value === null || holds(row, view.groupe, value)).map(line);
      return [...(value === null ? [] : [value]), ...lines].join("\n");
    }).join("\n\n");
    const month = select.selectedOptions[0].textContent;
    write(
      view.champ,
      [document.valeurs[view.champ], `${month[0].toUpperCase()}${month.slice(1)}\n\n${text}`].filter(Boolean).join(
        "\n\n",
      ),
    );
    say(TEXTS.draftDone);
  };
  return [
    h("p", { class: "mlt-note" }, TEXTS.draftHelp),
    h("div", {}, h("label", { for: select.id }, TEXTS.month), " ", select),
    h("div", { class: "mlt-actions" }, h("button", { type: "button", on: { click: make } }, TEXTS.draft)),
  ];
}

/** The address of a page of the book, from wherever this page is: the book says how deep it is, a dashboard does not. */
function bookLink({ page: file, texte }) {
  const root = window.document.documentElement.dataset.content_root ?? "/livre/";
  const [path, place] = file.split("#");
  return h("a", { href: `${root}${path.replace(/\.(md|ipynb)$/, ".html")}${place ? `#${place}` : ""}` }, texte);
}

/** The pages to read first, if any. */
export function toRead(links) {
  return links &&
    h("p", { class: "mlt-note" }, TEXTS.read.see, " ", links.map((link, rank) => [rank > 0 && ", ", bookLink(link)]));
}

function suggestions({ document }, view) {
  const chosen = [].concat(document.valeurs[view.champ]).filter((value) => view.liens[value]);
  if (!chosen.length) return NONE();
  return chosen.map((
    value,
  ) => [h("h4", {}, value), h("ul", {}, view.liens[value].map((link) => h("li", {}, bookLink(link))))]);
}

function calendar({ tool, document }, view) {
  const { table, rows } = rowsOf(tool, view, document);
  const dated = rows.filter((row) => row[view.date]).sort((one, other) => (one[view.date] < other[view.date] ? -1 : 1));
  if (!dated.length) return NONE();
  const events = dated.map((row) => ({
    day: row[view.date],
    text: words(columnOf(table, view.texte), row[view.texte]) || tool.titre,
    id: row[ROW],
  }));
  const save = () =>
    download(fileName(tool, document, "ics"), calendarOf(events, document), "text/calendar;charset=utf-8");
  return [
    h(
      "ul",
      {},
      events.map(({ day, text }) => h("li", {}, `${formatDay(day)}${"\u202f"}: ${text}`, day < today() && " (passé)")),
    ),
    h("div", { class: "mlt-actions" }, h("button", { type: "button", on: { click: save } }, TEXTS.calendar)),
  ];
}

const VIEWS = {
  frise: timeline,
  matrice: matrix,
  echanges: exchanges,
  liste: list,
  page,
  brouillon: draft,
  suggestions,
  calendrier: calendar,
};

/**
 * The views of a document: { element, refresh() }. One that is folded is drawn when it is opened.
 *
 * @param context `{ tool, document(), write(field, value), print(title, element), say(text) }`
 */
export function buildViews(context) {
  const { tool, print } = context;
  const built = (tool.vues ?? []).map((view) => {
    const body = h("div", {});
    const draw = () => fill(body, VIEWS[view.type]({ ...context, document: context.document() }, view));
    const alone = view.type === "page" && h(
      "div",
      { class: "mlt-actions" },
      h(
        "button",
        { type: "button", on: { click: () => print(view.titre, body) } },
        TEXTS.printOne,
        h("span", { class: "mlt-visually-hidden" }, ` (${view.titre})`),
      ),
    );
    const element = h(
      "details",
      { class: "mlt-tool-view" },
      h("summary", {}, view.titre),
      view.aide && h("p", { class: "mlt-note" }, view.aide),
      body,
      alone,
    );
    element.addEventListener("toggle", () => element.open && draw());
    return { element, refresh: () => element.open && !element.contains(window.document.activeElement) && draw() };
  });
  return {
    element: built.map(({ element }) => element),
    refresh: () => built.forEach((view) => view.refresh()),
  };
}
