// The fields of the calculator: what is typed becomes a plain object with the names of EMPTY,
// which mallette/widgets/hourly.py explains.
import { fill, formatNumber, h, parseNumber, uid } from "./common.js";
import { UNITS } from "./hourly_core.js";
import { amountText, CURRENCIES, span } from "./hourly_text.js";

export const NUMBERS = [
  "amount_low",
  "amount_high",
  "paid_hours",
  "unpaid_hours",
  "days",
  "unpaid_promise",
  "debts",
  "fines",
  "losses",
  "consumption",
];
const PUBLISHED = ["amount_low", "amount_high", "unit", "currency", "nature", "date", "paid_hours", "subject"];
export const EMPTY = {
  remuneration: "",
  amount_low: null,
  amount_high: null,
  unit: "par jour",
  currency: "EUR",
  nature: "",
  date: "",
  paid_hours: null,
  unpaid_hours: null,
  days: null,
  unpaid_promise: null,
  unpaid_promise_unit: "pct",
  debts: null,
  fines: null,
  losses: null,
  consumption: null,
  subject: "Avec ces chiffres",
};
const KINDS = {
  exact: "un montant précis",
  range: "une fourchette",
  min: "un minimum («\u00a0plus de\u00a0»)",
  max: "un maximum («\u00a0au plus\u00a0»)",
};

const FLAGS = {
  offre_d_emploi: " (promis)",
  presse_contestee: " (contesté)",
  chiffre_affaires: " (chiffre d’affaires)",
};

/** What was typed, as a number when it is one; the text itself otherwise, so that nothing typed is lost. */
function typed(text) {
  const value = parseNumber(text);
  return Number.isNaN(value) ? text.trim() : value;
}

const shown = (value) => (typeof value === "number" ? String(value).replace(".", ",") : value ?? "");

function kindOf(saisie) {
  if (saisie.amount_low === null && saisie.amount_high !== null) return "max";
  if (saisie.amount_low !== null && saisie.amount_high === null) {
    return typeof saisie.amount_low === "number" ? "min" : "exact";
  }
  return saisie.amount_low === saisie.amount_high ? "exact" : "range";
}

/** One labelled field: visible label, unit, help, and a place for its error, all tied to the control. */
function field(name, label, control, { unit, help } = {}) {
  const id = uid(name);
  const helpId = `${id}-aide`;
  const errorId = `${id}-erreur`;
  control.id = id;
  control.name = name;
  const error = h("p", { class: "mlt-error", id: errorId, hidden: true });
  const described = [help && helpId, errorId].filter(Boolean).join(" ");
  control.setAttribute("aria-describedby", described);
  const element = h(
    "div",
    { class: "mlt-hourly-field" },
    h("label", { for: id }, label, unit && h("span", { class: "mlt-hourly-unit" }, ` (${unit})`)),
    control,
    help && h("p", { class: "mlt-note", id: helpId }, help),
    error,
  );
  return {
    name,
    control,
    element,
    label,
    fault(text) {
      error.hidden = !text;
      error.textContent = text ? `Erreur\u00a0: ${text}` : "";
      if (text) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    },
  };
}

const textBox = (inputmode) => h("input", { type: "text", inputmode, autocomplete: "off", size: 12 });
const number = (name, label, more) => field(name, label, textBox("decimal"), more);
const select = (options) =>
  h("select", {}, Object.entries(options).map(([value, label]) => h("option", { value }, label)));

/**
 * Build the three steps of the form.
 * `change(saisie)` is called after each edit; `show(saisie)` writes values in; `faults(fields)` writes errors.
 */
export function buildForm(tables, change) {
  let saisie = { ...EMPTY };
  const rows = new Map(tables.remunerations.map((row) => [row.id, row]));
  const fields = {};
  const add = (made) => {
    fields[made.name] = made;
    return made.element;
  };

  // 1. The fact
  const mode = uid("origine");
  const radio = (value, label) =>
    h("label", { class: "mlt-choice" }, h("input", { type: "radio", name: mode, value }), label);
  const modes = h(
    "fieldset",
    {},
    h("legend", {}, "D’où vient le montant\u00a0?"),
    radio("published", "Un montant publié"),
    radio("own", "Mes chiffres"),
  );
  const roles = Object.entries(tables.roles).filter(([code]) => tables.remunerations.some((row) => row.role === code));
  const role = field("role", "Rôle", select({ "": "Choisir un rôle…" }));
  // A phone in a workshop starts with the places that people met there may hold (data/roles.csv, « dirige »).
  const leaders = h("input", { type: "checkbox", "aria-describedby": uid("dirige-aide") });
  const leading = h(
    "div",
    { class: "mlt-hourly-wide" },
    h("label", { class: "mlt-choice" }, leaders, "Montrer aussi les montants de qui dirige ou revend en gros"),
    h(
      "p",
      { class: "mlt-note", id: leaders.getAttribute("aria-describedby") },
      "Ces places sont très rares, et leurs montants viennent surtout de modèles\u00a0: ce n’est jamais la situation d’une personne rencontrée. En groupe, ils prennent toute la place\u202f; laissez la case vide.",
    ),
  );
  const amount = field("remuneration", "Montant publié", select({ "": "Choisir d’abord un rôle" }));
  const card = h("div", { class: "mlt-hourly-card" });
  const published = h("div", { class: "mlt-hourly-grid mlt-hourly-pair" }, role.element, amount.element, leading, card);
  const kind = field("kind", "Ce montant est", select(KINDS));
  const own = h(
    "div",
    { class: "mlt-hourly-grid" },
    h(
      "p",
      { class: "mlt-note mlt-hourly-wide" },
      "En tête-à-tête seulement, si la personne le demande. En groupe, prenez un montant publié. Ne gardez de ce calcul ni lien, ni copie, ni fichier.",
    ),
    kind.element,
    add(number("amount_low", "Montant", { unit: "€" })),
    add(number("amount_high", "Borne haute", { unit: "€" })),
    add(field("unit", "Payé", select(Object.fromEntries(UNITS.map((unit) => [unit, unit]))))),
  );
  const date = add(field("date", "Date du fait", textBox("text"), {
    help: "Une année (2024), un mois (10/2024) ou un jour (20/10/2024). Le SMIC de cette date sert de repère.",
  }));

  // 2. The time
  const paid = number("paid_hours", "Heures payées par jour", {
    unit: "h",
    help: "Sans durée publiée, c’est une hypothèse\u00a0: à vous de la poser.",
  });
  const durations = h(
    "div",
    { class: "mlt-hourly-durations", role: "group", "aria-label": "Durées publiées" },
    h("span", { class: "mlt-note" }, "Durées publiées\u00a0:"),
    tables.durees.map((one) =>
      h(
        "button",
        {
          type: "button",
          on: {
            click: () => {
              paid.control.value = shown(one.valeur);
              read();
            },
          },
        },
        `${formatNumber(one.valeur)}\u00a0h`,
        h("span", { class: "mlt-hourly-small" }, ` ${one.population}, ${one.lieu}, ${one.annee}`),
      )
    ),
  );

  const durationSources = h(
    "details",
    { class: "mlt-hourly-small" },
    h("summary", {}, "D’où viennent ces durées"),
    h(
      "ul",
      {},
      tables.durees.map((one) =>
        h(
          "li",
          {},
          `${formatNumber(one.valeur)}\u00a0h`,
          one.note && ` (${one.note})`,
          "\u00a0: ",
          sourceLink(tables.sources[one.source]),
        )
      ),
    ),
  );

  // 3. What is missing
  const promiseUnit = field(
    "unpaid_promise_unit",
    "Compté en",
    select({ pct: "% du montant promis", eur: "€ par mois" }),
  );

  const element = h(
    "form",
    { novalidate: true, on: { submit: (event) => event.preventDefault() } },
    h("fieldset", { class: "mlt-hourly-step" }, h("legend", {}, "1. Le fait"), modes, published, own, date),
    h(
      "fieldset",
      { class: "mlt-hourly-step" },
      h("legend", {}, "2. Le temps"),
      h(
        "div",
        { class: "mlt-hourly-grid" },
        add(paid),
        add(
          number("unpaid_hours", "Heures non payées par jour", {
            unit: "h",
            help: "Attendre, venir et repartir, travailler pour rembourser.",
          }),
        ),
        add(
          number("days", "Jours travaillés dans le mois", { help: "Presque personne n’y travaille tous les jours." }),
        ),
      ),
      durations,
      durationSources,
    ),
    h(
      "fieldset",
      { class: "mlt-hourly-step" },
      h("legend", {}, "3. Ce qui manque"),
      h(
        "p",
        { class: "mlt-note" },
        "Dans le mois. Laissez vide ce que vous ne savez pas\u00a0: les cases vides ne retirent rien, et le résultat le dit.",
      ),
      h(
        "div",
        { class: "mlt-hourly-grid" },
        add(number("unpaid_promise", "Promis et non versé")),
        add(promiseUnit),
        add(number("debts", "Dettes remboursées", { unit: "€ par mois" })),
        add(number("fines", "Amendes", { unit: "€ par mois", help: "De la justice, ou imposées par le réseau." })),
        add(number("losses", "Pertes et saisies à rembourser", { unit: "€ par mois" })),
        add(number("consumption", "Consommation personnelle", { unit: "€ par mois" })),
      ),
    ),
  );

  const modeOf = () => modes.querySelector("input:checked")?.value;

  function listRoles(chosen) {
    if (tables.roles[chosen]?.dirige) leaders.checked = true; // a link, or the page, already shows one
    const offered = roles.filter(([, { dirige }]) => leaders.checked || !dirige);
    fill(
      role.control,
      h("option", { value: "" }, "Choisir un rôle…"),
      offered.map(([value, { libelle }]) => h("option", { value }, libelle)),
    );
    role.control.value = offered.some(([value]) => value === chosen) ? chosen : "";
  }

  function listAmounts() {
    const list = tables.remunerations.filter((row) => row.role === role.control.value);
    fill(
      amount.control,
      h("option", { value: "" }, list.length ? "Choisir un montant…" : "Choisir d’abord un rôle"),
      list.map((row) =>
        h(
          "option",
          { value: row.id },
          `${row.annee ?? "Année inconnue"}, ${row.lieu}\u00a0: ${
            span({ low: row.amount_low, high: row.amount_high }, amountText, CURRENCIES[row.currency])
          } ${row.unit}` +
            `${row.paid_hours ? `, ${formatNumber(row.paid_hours)}\u00a0h` : ""}${FLAGS[row.nature] ?? ""}`,
        )
      ),
    );
  }

  function layout() {
    const isOwn = modeOf() === "own";
    published.hidden = isOwn;
    own.hidden = !isOwn;
    fields.amount_high.element.hidden = kind.control.value !== "range";
    fields.amount_low.element.querySelector("label").firstChild.textContent =
      { exact: "Montant", range: "Borne basse", min: "Montant minimum", max: "Montant maximum" }[kind.control.value];
    const money = CURRENCIES[saisie.currency] ?? saisie.currency;
    promiseUnit.control.options[1].textContent = `${money} par mois`;
    for (const name of ["debts", "fines", "losses", "consumption"]) {
      fields[name].element.querySelector(".mlt-hourly-unit").textContent = ` (${money} par mois)`;
    }
    const row = rows.get(saisie.remuneration);
    fill(
      card,
      row && [
        h(
          "p",
          {},
          h(
            "strong",
            {},
            `${row.subject}\u00a0: ${
              span({ low: row.amount_low, high: row.amount_high }, amountText, money)
            } ${row.unit}`,
          ),
        ),
        row.nature === "presse_contestee" &&
        h("p", { class: "mlt-error" }, "Chiffre contesté\u00a0: un exemple à déconstruire, pas une référence."),
        row.nature === "offre_d_emploi" &&
        h("p", { class: "mlt-error" }, "Montant promis dans une annonce, pas forcément versé."),
        h(
          "p",
          { class: "mlt-note" },
          `${tables.natures[row.nature] ?? row.nature}.`,
          row.note && ` ${row.note[0].toUpperCase()}${row.note.slice(1)}.`,
        ),
        h("p", { class: "mlt-note" }, "Source\u00a0: ", sourceLink(tables.sources[row.source])),
      ],
    );
  }

  function ownAmounts() {
    const low = typed(fields.amount_low.control.value);
    const usable = typeof low === "number" && low >= 0;
    switch (kind.control.value) {
      case "exact":
        return [low, usable ? low : null];
      case "min":
        return [low, null];
      case "max":
        return usable || low === null ? [null, low] : [low, null];
      default:
        return [low, typed(fields.amount_high.control.value)];
    }
  }

  function read() {
    const next = { ...saisie };
    if (modeOf() === "own") {
      [next.amount_low, next.amount_high] = ownAmounts();
      next.unit = fields.unit.control.value;
    }
    for (const name of NUMBERS.slice(2)) next[name] = typed(fields[name].control.value);
    next.date = fields.date.control.value.trim();
    next.unpaid_promise_unit = promiseUnit.control.value;
    saisie = next;
    layout();
    change(saisie);
  }

  /** Take what a published row says; hours that an earlier row had published go away with it. */
  function choose(id) {
    const row = rows.get(id);
    const before = rows.get(saisie.remuneration);
    const kept = before && before.paid_hours === saisie.paid_hours ? null : saisie.paid_hours;
    saisie = {
      ...saisie,
      ...Object.fromEntries(PUBLISHED.map((name) => [name, EMPTY[name]])),
      paid_hours: kept,
      remuneration: id,
    };
    if (row) { for (const name of PUBLISHED) if (row[name] !== null) saisie[name] = row[name]; }
    if (row) [saisie.amount_low, saisie.amount_high] = [row.amount_low, row.amount_high];
    show(saisie);
    change(saisie);
  }

  function show(values, place = null) {
    saisie = { ...EMPTY, ...values };
    const isOwn = place
      ? place === "own"
      : !saisie.remuneration && (modeOf() === "own" || saisie.amount_low !== null || saisie.amount_high !== null);
    modes.querySelector(`input[value="${isOwn ? "own" : "published"}"]`).checked = true;
    const row = rows.get(saisie.remuneration);
    if (place) leaders.checked = false;
    listRoles(row || place ? row?.role ?? "" : role.control.value);
    listAmounts();
    amount.control.value = row ? row.id : "";
    kind.control.value = kindOf(saisie);
    for (const name of NUMBERS) fields[name].control.value = shown(saisie[name]);
    if (kind.control.value === "max") fields.amount_low.control.value = shown(saisie.amount_high);
    fields.unit.control.value = saisie.unit;
    fields.date.control.value = saisie.date;
    promiseUnit.control.value = saisie.unpaid_promise_unit;
    layout();
  }

  element.addEventListener("input", (event) => {
    if (event.target.tagName === "INPUT" && event.target.type === "text") read();
  });
  element.addEventListener("change", (event) => {
    if (event.target === leaders) {
      const before = role.control.value;
      listRoles(leaders.checked || !tables.roles[before]?.dirige ? before : "");
      if (role.control.value !== before) {
        listAmounts();
        choose("");
      }
    } else if (event.target === role.control) {
      listAmounts();
      choose("");
    } else if (event.target === amount.control) choose(amount.control.value);
    else if (event.target.type === "radio") {
      const place = modeOf();
      saisie = { ...saisie, remuneration: "", subject: EMPTY.subject, nature: "", currency: "EUR" };
      if (place === "published") Object.assign(saisie, { amount_low: null, amount_high: null });
      show(saisie, place);
      change(saisie);
    } else if (event.target.tagName === "SELECT") read();
  });

  return {
    element,
    show,
    faults(found) {
      for (const [name, one] of Object.entries(fields)) one.fault(found[name]);
    },
    names: Object.keys(fields),
    field: (name) => fields[name],
  };
}

export function sourceLink(source) {
  if (!source) return null;
  return source.url ? h("a", { href: source.url, rel: "noreferrer" }, source.texte) : source.texte;
}
