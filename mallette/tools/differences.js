// Two documents compared on the page, row by row; what both say differently waits for a choice before they become one.
import { h, uid } from "../widgets/static/common.js";
import { words } from "./blocks.js";
import { columnOf, fieldOf, isEmpty, ROW } from "./core.js";
import { compare, conflicting, isSame, merged, rowWords } from "./merge.js";
import { TEXTS } from "./texts.js";

function said(field, value) {
  return isEmpty(value) ? TEXTS.empty : words(field, value);
}

/** Both words, one above the other, and what to keep when they clash. */
function choice(title, pairs, clash, both, choose) {
  const name = uid("garder");
  const option = (value, text) => {
    const input = h("input", {
      type: "radio",
      name,
      value,
      on: { change: () => choose(value) },
    });
    return h("label", { class: "mlt-choice" }, input, h("span", {}, text));
  };
  const facts = pairs.map(([label, mine, other]) =>
    h(
      "div",
      {},
      label && h("strong", {}, label),
      h("p", {}, `${TEXTS.mine}${"\u202f"}: ${mine}`),
      h("p", {}, `${TEXTS.otherShort}${"\u202f"}: ${other}`),
    )
  );
  if (!clash) return h("li", { class: "mlt-tool-row" }, h("strong", {}, title), facts);
  return h(
    "li",
    { class: "mlt-tool-row" },
    h(
      "fieldset",
      {},
      h("legend", {}, title),
      facts,
      h("p", { class: "mlt-note" }, TEXTS.keep),
      option("mien", TEXTS.mine),
      option("autre", TEXTS.otherShort),
      both && option("deux", TEXTS.both),
    ),
  );
}

function tableDifferences(tool, part, chosen) {
  const table = fieldOf(tool, part.tableau);
  const list = (rows) => h("ul", {}, rows.map((row) => h("li", {}, rowWords(table, row))));
  const pair = ({ mienne, autre, colonnes }) => {
    const pairs = colonnes.map((id) => {
      const column = columnOf(table, id);
      return [column.libelle, said(column, mienne[id]), said(column, autre[id])];
    });
    const clash = colonnes.some((id) => conflicting(mienne[id], autre[id]));
    const choose = (value) => {
      chosen[`${table.id}/${mienne[ROW]}`] = value;
    };
    return choice(rowWords(table, mienne), pairs, clash, !table.fixe, choose);
  };
  if (!part.egales && isSame({ champs: [], tableaux: [part] })) return null;
  return [
    h("h5", {}, table.libelle),
    part.egales > 0 && h("p", {}, TEXTS.equal(part.egales)),
    part.differentes.length > 0 &&
    [
      h("p", {}, TEXTS.differ(part.differentes.length)),
      h("ul", { class: "mlt-tool-rows" }, part.differentes.map(pair)),
    ],
    part.miennes.length > 0 && [h("p", {}, TEXTS.onlyMine(part.miennes.length)), list(part.miennes)],
    part.autres.length > 0 && [h("p", {}, TEXTS.onlyOther(part.autres.length)), list(part.autres)],
  ];
}

/**
 * The differences of two documents; `take(values)` receives those of the document made of both, and returns what is in
 * the way of it, or nothing.
 */
export function buildDifferences(tool, mine, theirs, take) {
  const found = compare(tool, mine, theirs);
  const chosen = {};
  if (isSame(found)) return h("p", { class: "mlt-info", tabindex: "-1" }, TEXTS.sameAs);
  const field = ({ champ, mien, autre }) => {
    const about = fieldOf(tool, champ);
    const choose = (value) => {
      chosen[champ] = value;
    };
    return choice(
      about.libelle,
      [["", said(about, mien), said(about, autre)]],
      conflicting(mien, autre),
      false,
      choose,
    );
  };
  const fault = h("p", { class: "mlt-error", role: "alert" });
  const merge = () => {
    const open = [...element.querySelectorAll("fieldset")].filter((group) => !group.querySelector(":checked"));
    fault.textContent = open.length ? TEXTS.toChoose(open.length) : "";
    if (open.length) open[0].querySelector("input").focus();
    else fault.textContent = take(merged(tool, mine, theirs, chosen)) ?? "";
  };
  const element = h(
    "div",
    {},
    h("h5", { tabindex: "-1" }, TEXTS.other(theirs.titre)),
    found.champs.length > 0 && h("ul", { class: "mlt-tool-rows" }, found.champs.map(field)),
    found.tableaux.map((part) => tableDifferences(tool, part, chosen)),
    h("p", { class: "mlt-note" }, TEXTS.mergeHelp),
    fault,
    h(
      "div",
      { class: "mlt-actions" },
      h("button", { type: "button", class: "mlt-primary", on: { click: merge } }, TEXTS.merge),
    ),
  );
  return element;
}
