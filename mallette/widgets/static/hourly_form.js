// The fields of the calculator. What is typed becomes a plain object with the names of `emptyState`: the fields of every
// day in sight, the others folded under « Préciser » and empty.
import { fill, formatNumber, h, uid } from "./common.js";
import { DEDUCTIONS, said, UNITS } from "./hourly_limits.js";
import {
  ACTIVITIES,
  BOTH,
  CURRENCIES,
  emptyState,
  NUMBERS,
  OWN_NATURES,
  publishedFields,
  quantity,
  shown,
  uses,
  withoutRow,
} from "./hourly_fields.js";
import {
  field,
  fieldSet,
  folded,
  grid,
  legalStep,
  select,
  sourceLink,
  step,
  takenStep,
  textBox,
  timeStep,
} from "./hourly_steps.js";
import { HOURS_TEXTS, moneyOf, publishedText } from "./hourly_text.js";

const FLAGS = {
  offre_d_emploi: " (promis)",
  presse_contestee: " (contesté)",
  chiffre_affaires: " (chiffre d’affaires)",
};
const FOLDED = {
  amount: ["people", "commission", "in_kind"],
  time: ["shifts", "months", "idle_months"],
  taken: [...DEDUCTIONS.map((name) => `${name}_months`), ...BOTH],
  legal: ["age", "overtime_pct", "end_pct", "leave_pct"],
};

/**
 * Build the steps of the form.
 * `change(saisie)` is called after each edit; `show(saisie)` writes values in; `faults(fields)` writes errors.
 */
export function buildForm(tables, change) {
  let saisie = emptyState();
  const rows = new Map(tables.remunerations.map((row) => [row.id, row]));
  const made = fieldSet();
  const { fields, checks, add, number, choice } = made;

  // 1. The amount
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
  const row = field("remuneration", "Montant publié", select({ "": "Choisir d’abord un rôle" }));
  const published = h("div", { class: "mlt-hourly-grid mlt-hourly-pair" }, role.element, row.element, leading);
  const card = h("div", { class: "mlt-hourly-card" });
  const detach = h(
    "button",
    {
      type: "button",
      on: {
        click: () => {
          saisie = withoutRow(saisie, rows.get(saisie.remuneration));
          show(saisie, "own");
          fields.amount.control.focus();
          change(saisie);
        },
      },
    },
    "Partir d’une case vide",
  );
  const tied = h(
    "div",
    { class: "mlt-hourly-wide" },
    h(
      "p",
      { class: "mlt-note" },
      "Vous partez de ce montant publié\u00a0: s’il change, le résultat le dit, et ses avertissements restent.",
    ),
    detach,
  );
  const own = grid(
    h(
      "p",
      { class: "mlt-note mlt-hourly-wide" },
      "En tête-à-tête seulement, si la personne le demande. En groupe, prenez un montant publié. Ne gardez de ce calcul ni lien, ni copie, ni fichier.",
    ),
    tied,
    number("amount", "Montant", {
      range: true,
      unit: "€",
      help: "Un nombre ou une fourchette\u00a0: 50 à 80, plus de 1000, au plus 800.",
    }),
    choice("unit", "Payé", Object.fromEntries(UNITS.map((unit) => [unit, unit]))),
    choice("currency", "Monnaie", { ...CURRENCIES, EUR: "euros" }),
    choice("nature", "Ce montant est", OWN_NATURES),
    choice("activity", "L’activité est", ACTIVITIES),
  );
  const date = add(field("date", "Date du fait", textBox("text"), {
    help: "Une année (2024), un mois (10/2024) ou un jour (20/10/2024). Le SMIC de cette date sert de repère.",
  }));
  const moreAmount = folded(
    "Préciser\u00a0: partage, commission, nature",
    grid(
      number("people", "À partager entre", {
        range: true,
        unit: "personnes",
        help: "Une masse de salaires, une équipe.",
      }),
      number("commission", "Part de la personne", { unit: "%", help: "Une commission sur des ventes." }),
      number("in_kind", "En plus, en nature", { unit: "€", help: "Valeur estimée, pour une personne." }),
    ),
  );

  const steps = {
    amount: step("1. Le montant", modes, published, card, own, date, moreAmount),
    time: timeStep(made, tables, (hours) => {
      fields.paid_hours.control.value = shown(hours);
      fields.hours_unit.control.value = "jour";
      read();
    }),
    taken: takenStep(made),
    legal: legalStep(made, tables),
  };
  const element = h(
    "form",
    { novalidate: true, on: { submit: (event) => event.preventDefault() } },
    Object.values(steps).map((one) => one.element),
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
    const list = tables.remunerations.filter((one) => one.role === role.control.value);
    fill(
      row.control,
      h("option", { value: "" }, list.length ? "Choisir un montant…" : "Choisir d’abord un rôle"),
      list.map((one) =>
        h(
          "option",
          { value: one.id },
          `${one.annee ?? "Année inconnue"}, ${one.lieu}\u00a0: ${publishedText(one)}` +
            `${one.paid_hours ? `, ${formatNumber(one.paid_hours)}\u00a0h` : ""}${FLAGS[one.nature] ?? ""}`,
        )
      ),
    );
  }

  const amountTold = () => typeof saisie.amount === "string" || !said(saisie.amount) ? "" : publishedText(saisie);

  function layout() {
    const isOwn = modeOf() === "own";
    const from = rows.get(saisie.remuneration);
    published.hidden = isOwn;
    own.hidden = !isOwn;
    tied.hidden = !from;
    for (const name of ["nature", "activity"]) fields[name].element.hidden = Boolean(from);
    const money = moneyOf(saisie.currency);
    fields.amount.unit(money);
    fields.in_kind.unit(`${money} ${saisie.unit}`);
    fields.unpaid_promise_unit.control.options[1].textContent = `${money} par mois`;
    for (const name of DEDUCTIONS) {
      fields[name].unit(said(saisie[`${name}_months`]) ? `${money} en tout` : `${money} par mois`);
    }
    const hours = HOURS_TEXTS[saisie.hours_unit];
    fields.paid_hours.unit(hours);
    fields.unpaid_hours.unit(hours);
    fields.days.unit(saisie.days_unit === "semaine" ? "par semaine" : "dans le mois");
    fields.days.help(
      saisie.activity === "trafic"
        ? "Presque personne n’y travaille tous les jours."
        : "Les jours vraiment travaillés.",
    );
    steps.amount.tell(amountTold());
    steps.time.tell(
      typeof saisie.paid_hours === "string" || !said(saisie.paid_hours)
        ? ""
        : `${shown(saisie.paid_hours)}\u00a0h ${hours}`,
    );
    fill(card, from && rowCard(from));
  }

  function rowCard(from) {
    return [
      h("p", {}, h("strong", {}, `${from.subject}\u00a0: ${publishedText(from)}`)),
      from.nature === "presse_contestee" &&
      h("p", { class: "mlt-error" }, "Chiffre contesté\u00a0: un exemple à déconstruire, pas une référence."),
      from.nature === "offre_d_emploi" &&
      h("p", { class: "mlt-error" }, "Montant promis dans une annonce, pas forcément versé."),
      h(
        "p",
        { class: "mlt-note" },
        `${tables.natures[from.nature] ?? from.nature}.`,
        from.note && ` ${from.note[0].toUpperCase()}${from.note.slice(1)}.`,
      ),
      h("p", { class: "mlt-note" }, "Source\u00a0: ", sourceLink(tables.sources[from.source])),
    ];
  }

  const OWN = ["amount", "unit", "currency", "nature", "activity"];

  function read() {
    const next = { ...saisie };
    const tiedRow = rows.has(saisie.remuneration);
    for (const [name, { control }] of Object.entries(fields)) {
      if (OWN.includes(name) && modeOf() !== "own") continue;
      if (tiedRow && ["nature", "activity"].includes(name)) continue;
      next[name] = NUMBERS.includes(name) ? quantity(control.value) : control.value.trim();
    }
    for (const [name, box] of Object.entries(checks)) next[name] = box.checked;
    saisie = next;
    layout();
    change(saisie);
  }

  /** Take what a published row says; hours that an earlier row had published go away with it. */
  function choose(id) {
    const from = rows.get(id);
    saisie = withoutRow(saisie, rows.get(saisie.remuneration));
    if (from) {
      const taken = publishedFields(from);
      const hours = said(from.paid_hours) ? { hours_unit: "jour" } : { paid_hours: saisie.paid_hours };
      saisie = { ...saisie, ...taken, ...hours, remuneration: id };
    }
    show(saisie);
    change(saisie);
  }

  function show(values, place = null) {
    saisie = { ...emptyState(), ...values };
    const from = rows.get(saisie.remuneration);
    const changed = from && OWN.some((name) => JSON.stringify(saisie[name]) !== JSON.stringify(from[name]));
    const isOwn = place ? place === "own" : changed || (!from && (modeOf() === "own" || saisie.amount !== null));
    modes.querySelector(`input[value="${isOwn ? "own" : "published"}"]`).checked = true;
    if (place) leaders.checked = false;
    listRoles(from || place ? from?.role ?? "" : role.control.value);
    listAmounts();
    row.control.value = from ? from.id : "";
    for (const [name, { control }] of Object.entries(fields)) {
      control.value = NUMBERS.includes(name) ? shown(saisie[name]) : saisie[name];
    }
    for (const [name, box] of Object.entries(checks)) box.checked = saisie[name];
    const given = {
      ...saisie,
      shifts: saisie.shifts ?? (saisie.hours_unit !== "jour" || saisie.days_unit !== "mois" ? 1 : null),
    };
    for (const [name, one] of Object.entries(steps)) if (uses(given, FOLDED[name])) one.more.open = true;
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
    } else if (event.target === row.control) choose(row.control.value);
    else if (event.target.type === "radio") {
      const place = modeOf();
      if (place === "published" && rows.has(saisie.remuneration)) choose(saisie.remuneration);
      else {
        if (place === "published") saisie = withoutRow(saisie, null);
        show(saisie, place);
        change(saisie);
      }
    } else if (event.target.tagName === "SELECT" || event.target.type === "checkbox") read();
  });

  return {
    element,
    show,
    /** Take a state that shows the same fields. */
    keep(values) {
      saisie = values;
    },
    faults(found) {
      for (const [name, one] of Object.entries(fields)) one.fault(found[name]);
    },
    names: Object.keys(fields),
    field: (name) => fields[name],
    /** Unfold what hides a field. */
    reveal(name) {
      for (let one = fields[name].element.closest("details"); one; one = one.parentElement.closest("details")) {
        one.open = true;
      }
    },
    /** On a narrow screen, fold the steps that lack nothing: the result stays in sight. */
    fold(lacking) {
      const needs = { amount: ["amount"], time: ["paid_hours", "days"], taken: [] };
      for (const [name, needed] of Object.entries(needs)) {
        steps[name].element.open = needed.some((one) => lacking.includes(one));
      }
    },
  };
}
