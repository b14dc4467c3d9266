// The fields of the calculator's form and the steps that hold them. No state: hourly_form.js reads and writes it.
import { fill, formatNumber, h, uid } from "./common.js";
import { DEDUCTIONS, HOURS_UNITS } from "./hourly_limits.js";
import { bandsText, DAYS_TEXTS, HOURS_TEXTS } from "./hourly_text.js";

const DEDUCTION_LABELS = {
  debts: "Dettes remboursées",
  fines: "Amendes",
  losses: "Pertes et saisies à rembourser",
  consumption: "Consommation personnelle",
  travel: "Trajets et frais",
};
/** One labelled field: visible label, unit, help, and a place for its error, all tied to the control. */
export function field(name, label, control, { unit, help } = {}) {
  const id = uid(name);
  const helpId = `${id}-aide`;
  const errorId = `${id}-erreur`;
  control.id = id;
  control.name = name;
  const error = h("p", { class: "mlt-error", id: errorId, hidden: true });
  const described = [help && helpId, errorId].filter(Boolean).join(" ");
  control.setAttribute("aria-describedby", described);
  const told = (text) => (/^(?:par|dans) /.test(text) ? ` ${text}` : ` (${text})`);
  const unitText = h("span", { class: "mlt-hourly-unit" }, unit && told(unit));
  const helpText = help && h("p", { class: "mlt-note", id: helpId }, help);
  const element = h(
    "div",
    { class: "mlt-hourly-field" },
    h("label", { for: id }, label, unitText),
    control,
    helpText,
    error,
  );
  return {
    name,
    control,
    element,
    label,
    unit(text) {
      unitText.textContent = told(text);
    },
    help(text) {
      helpText.textContent = text;
    },
    fault(text) {
      error.hidden = !text;
      error.textContent = text ? `Erreur\u00a0: ${text}` : "";
      if (text) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    },
  };
}

export const textBox = (inputmode) => h("input", { type: "text", inputmode, autocomplete: "off", size: 12 });
export const select = (options) =>
  h("select", {}, Object.entries(options).map(([value, label]) => h("option", { value }, label)));
export const grid = (...children) => h("div", { class: "mlt-hourly-grid" }, children);

/** A step that folds: its summary carries, after its name, what it holds; `more` is what it keeps folded. */
export function step(title, ...children) {
  const told = h("span", { class: "mlt-hourly-told" });
  const element = h(
    "details",
    { class: "mlt-hourly-step", open: true },
    h("summary", {}, title, told),
    h("div", { role: "group", "aria-label": title }, children),
  );
  return {
    element,
    more: element.querySelector(".mlt-hourly-more") ?? element,
    tell: (text) => fill(told, text && `\u00a0: ${text}`),
  };
}

export const folded = (title, ...children) =>
  h("details", { class: "mlt-hourly-more" }, h("summary", {}, title), h("div", {}, children));

/** The fields of one form by name, and the makers that put one there and return its element. */
export function fieldSet() {
  const fields = {};
  const checks = {};
  const add = (made) => {
    fields[made.name] = made;
    return made.element;
  };
  return {
    fields,
    checks,
    add,
    // A range (« 8 à 10 ») needs letters; a phone shows its digits for the others.
    number: (name, label, more) => add(field(name, label, textBox(more?.range ? "text" : "decimal"), more)),
    choice: (name, label, options, more) => add(field(name, label, select(options), more)),
    check(name, label) {
      checks[name] = h("input", { type: "checkbox", name });
      return h("label", { class: "mlt-choice" }, checks[name], label);
    },
  };
}

/** How long the work takes; `useHours` gets a published duration. */
export function timeStep({ number, choice }, tables, useHours) {
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
            click: () => useHours(one.valeur),
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
  const timeFields = grid(
    number("paid_hours", "Heures payées", {
      range: true,
      unit: "par jour",
      help: "Sans durée publiée, c’est une hypothèse\u00a0: à vous de la poser, 10 ou 8 à 10.",
    }),
    number("unpaid_hours", "Heures non payées", {
      range: true,
      unit: "par jour",
      help: "Attendre, venir et repartir, travailler pour rembourser.",
    }),
    number("days", "Jours travaillés", { range: true, unit: "dans le mois", help: " " }),
  );
  const moreTime = folded(
    "Préciser\u00a0: semaine, vacations, plusieurs mois",
    grid(
      choice(
        "hours_unit",
        "Les heures sont comptées",
        Object.fromEntries(HOURS_UNITS.map((unit) => [unit, HOURS_TEXTS[unit]])),
      ),
      choice("days_unit", "Les jours sont comptés", DAYS_TEXTS),
      number("shifts", "Vacations par jour", { help: "Quand la paie ou les heures sont par vacation." }),
      number("months", "Durée de la période", { unit: "mois", help: "Vide\u00a0: un mois." }),
      number("idle_months", "Dont sans revenu ou en prison", { unit: "mois" }),
    ),
  );

  return step("2. Le temps", timeFields, durations, durationSources, moreTime);
}

/** What is taken from the amount, over how long and on whose side. */
export function takenStep({ number, choice, check }) {
  const takenFields = grid(
    number("unpaid_promise", "Promis et non versé"),
    choice("unpaid_promise_unit", "Compté en", { pct: "% du montant promis", eur: "€ par mois" }),
    DEDUCTIONS.map((name) =>
      number(name, DEDUCTION_LABELS[name], {
        unit: "€ par mois",
        help: name === "fines" && "De la justice, ou imposées par d’autres.",
      })
    ),
  );
  const moreTaken = folded(
    "Préciser\u00a0: sur combien de mois, pour qui",
    h(
      "p",
      { class: "mlt-note" },
      "Une somme due en tout se répartit sur des mois\u00a0: écrivez-la plus haut, et ici le nombre de mois.",
    ),
    grid(
      DEDUCTIONS.map((name) =>
        number(`${name}_months`, `${DEDUCTION_LABELS[name]}\u00a0: répartir sur`, { unit: "mois" })
      ),
    ),
    h(
      "fieldset",
      {},
      h("legend", {}, "Compter aussi pour une personne au SMIC"),
      check("unpaid_hours_both", "Le temps non payé"),
      DEDUCTIONS.map((name) => check(`${name}_both`, DEDUCTION_LABELS[name])),
    ),
  );

  return step(
    "3. Ce qui manque",
    h(
      "p",
      { class: "mlt-note" },
      "Dans le mois. Laissez vide ce que vous ne savez pas\u00a0: les cases vides ne retirent rien, et le résultat le dit.",
    ),
    takenFields,
    moreTaken,
  );
}

/** What changes on the declared side. */
export function legalStep({ number }, tables) {
  const empty = (kind) => `Vide\u00a0: ${bandsText(tables.majorations.filter((row) => row.categorie === kind))}.`;
  const legal = grid(
    number("age", "Âge", { unit: "ans", help: "Pour les minimums d’un mineur et d’un apprenti." }),
    number("leave_pct", "Congés payés en intérim", { unit: "%", help: empty("conges_interim") }),
    number("end_pct", "Fin de mission d’intérim", { unit: "%", help: empty("fin_de_mission") }),
    number("overtime_pct", "Majoration au-delà de 35\u00a0h par semaine", {
      unit: "%",
      help: empty("heures_supplementaires"),
    }),
  );

  const made = step(
    "4. Du côté du travail déclaré",
    h(
      "p",
      { class: "mlt-note" },
      "Facultatif. Une case vide prend le taux de la loi\u202f; écrivez celui d’un accord collectif ou d’un bulletin de paie que vous avez lu.",
    ),
    legal,
  );
  made.element.open = false;
  return made;
}

export function sourceLink(source) {
  if (!source) return null;
  return source.url ? h("a", { href: source.url, rel: "noreferrer" }, source.texte) : source.texte;
}
