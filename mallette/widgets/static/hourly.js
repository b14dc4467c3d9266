// The calculator of hourly pay: form, sentence, comparison, and the ways to take the result away.
import { append, copyText, download, fill, h, liveRegion, permalink, readPermalink, uid } from "./common.js";
import { evaluate, UNITS } from "./hourly_core.js";
import { sentence } from "./hourly_text.js";
import { buildForm, EMPTY, NUMBERS, sourceLink } from "./hourly_form.js";
import {
  bars,
  benchmarkLines,
  benchmarks,
  breakEvenText,
  csv,
  hypotheses,
  sourcesOf,
  table,
  tableLines,
} from "./hourly_view.js";

const DELAY = 800; // ms without typing before a screen reader hears the result

function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

/** Typed texts that are no number become NaN: a fault of their field. */
function inputsOf(saisie) {
  return Object.fromEntries(
    Object.entries({ ...EMPTY, ...saisie }).map(([name, value]) => [
      name,
      NUMBERS.includes(name) && typeof value === "string" ? NaN : value,
    ]),
  );
}

/** What a permalink carries: only what differs from an empty form; a published row brings its own amount. */
function linkValues(saisie) {
  const skipped = saisie.remuneration
    ? ["amount_low", "amount_high", "unit", "currency", "nature", "subject"]
    : ["currency", "nature", "subject"];
  return Object.fromEntries(
    Object.entries(saisie).filter(([name, value]) =>
      name in EMPTY && !skipped.includes(name) && (value !== EMPTY[name] || name === "date" || name === "paid_hours") &&
      value !== null
    ),
  );
}

function fromLink(values, tables) {
  const row = tables.remunerations.find((one) => one.id === values.remuneration);
  const saisie = { ...EMPTY };
  if (row) {
    for (const name of Object.keys(EMPTY)) {
      if (row[name] !== undefined && row[name] !== null) saisie[name] = row[name];
    }
  }
  if (row) {
    Object.assign(saisie, {
      remuneration: row.id,
      amount_low: row.amount_low,
      amount_high: row.amount_high,
      paid_hours: null,
    });
  }
  const allowed = row ? NUMBERS.slice(2) : NUMBERS;
  for (const name of allowed) {
    if (name in values && values[name] !== "" && Number.isFinite(Number(values[name]))) {
      saisie[name] = Number(values[name]);
    }
  }
  if (!row && UNITS.includes(values.unit)) saisie.unit = values.unit;
  if (values.unpaid_promise_unit === "eur") saisie.unpaid_promise_unit = "eur";
  if (values.date !== undefined) saisie.date = values.date.slice(0, 10);
  return saisie;
}

function render({ model, el }) {
  const tables = model.get("donnees");
  const place = model.get("identifiant") || "taux-horaire";
  const first = { ...EMPTY, ...model.get("saisie") };
  let saisie = first;
  let announced = null;
  let spoken = "";
  const live = liveRegion();
  const said = h("div", {});
  const result = h("div", {});
  const mini = h("p", { class: "mlt-hourly-mini", "aria-hidden": "true" });
  const titleId = uid("titre");
  const resultId = uid("resultat");

  const form = buildForm(tables, (values) => {
    saisie = values;
    update();
  });
  const link = h("a", { href: "#" }, "Lien vers ce calcul");
  const button = (label, action) => h("button", { type: "button", on: { click: action } }, label);
  let taken = { sentence: "", csv: "" };
  const copyButton = button("Copier la phrase", async () => {
    live.say(
      (await copyText(taken.sentence))
        ? "Phrase copiée."
        : "La copie n’a pas pu se faire\u00a0: sélectionnez la phrase.",
    );
  });
  const csvButton = button(
    "Télécharger le calcul (CSV)",
    () => download("taux-horaire.csv", taken.csv, "text/csv;charset=utf-8"),
  );
  const actions = h(
    "div",
    { class: "mlt-actions" },
    copyButton,
    csvButton,
    button("Réinitialiser", () => {
      saisie = { ...EMPTY };
      form.show(saisie, "published");
      update();
      live.say("Le calcul est remis à zéro.");
    }),
  );

  append(
    el,
    h(
      "section",
      { class: "mlt mlt-hourly", id: place, "aria-labelledby": titleId },
      h("h2", { class: "mlt-title", id: titleId }, "Calculer un taux horaire"),
      h(
        "p",
        {},
        "Un montant ne dit rien sans le temps qu’il paie. Posez vos hypothèses\u00a0: le calcul les montre toutes.",
      ),
      h(
        "details",
        {},
        h("summary", {}, "Avant de s’en servir"),
        h("ul", {}, tables.avant.map((line) => h("li", {}, line))),
      ),
      form.element,
      h(
        "section",
        { class: "mlt-hourly-result", "aria-labelledby": resultId },
        h("h3", { id: resultId }, "4. Le résultat"),
        said,
        actions,
        h("p", {}, link),
        result,
      ),
      mini,
      live.element,
    ),
  );

  function faultSummary(fields) {
    return h(
      "ul",
      {},
      form.names.filter((name) => name in fields).map((name) => {
        const { control, element } = form.field(name);
        const go = (event) => {
          event.preventDefault();
          control.focus();
        };
        const label = element.querySelector("label").textContent;
        return h("li", {}, h("a", { href: `#${control.id}`, on: { click: go } }, label), `\u00a0: ${fields[name]}`);
      }),
    );
  }

  function details(inputs, outcome) {
    const row = tables.remunerations.find((one) => one.id === inputs.remuneration);
    const beside = benchmarks(inputs, outcome, tables);
    const main = beside.filter((one) => !one.apprentice);
    const lines = tableLines(inputs, outcome, main);
    const list = hypotheses(inputs, outcome, row, tables);
    const sources = sourcesOf(row, beside, tables);
    const apprentices = beside.filter((one) => one.apprentice);
    const even = breakEvenText(outcome);
    taken.csv = csv(taken.sentence, [...lines, ...benchmarkLines(apprentices)], list, sources);
    return [
      h("h4", {}, "Une heure, à côté d’autres heures"),
      bars(inputs, outcome, beside),
      even && h("p", {}, even),
      table("Le calcul et ses repères", lines),
      apprentices.length > 0 &&
      h(
        "details",
        {},
        h("summary", {}, "Les minimums des apprentis"),
        table("Minimums des apprentis à la date du fait", benchmarkLines(apprentices)),
      ),
      h("h4", {}, "Hypothèses de ce calcul"),
      h("ul", {}, list.map((line) => h("li", {}, line))),
      h("h4", {}, "Ce que le travail déclaré ajoute"),
      h("ul", {}, tables.travail_declare.map((line) => h("li", {}, line))),
      h(
        "details",
        {},
        h("summary", {}, "Sources des chiffres"),
        h("ul", {}, sources.map((source) => h("li", {}, sourceLink(source), ` (${source.of.join("\u202f; ")})`))),
      ),
    ];
  }

  function update({ silent = false } = {}) {
    const inputs = inputsOf(saisie);
    const outcome = evaluate(inputs, tables, today());
    const text = sentence(inputs, outcome);
    taken = { sentence: text, csv: csv(text, [], [], []) };
    form.faults(outcome.state === "errors" ? outcome.fields : {});
    const style =
      { errors: "mlt-error", refusal: "mlt-info", missing: "mlt-info", result: "mlt-hourly-sentence" }[outcome.state];
    fill(said, h("p", { class: style }, text), outcome.state === "errors" && faultSummary(outcome.fields));
    const opened = [...result.querySelectorAll("details[open] > summary")].map((one) => one.textContent);
    fill(result, outcome.state === "result" && details(inputs, outcome));
    for (const one of result.querySelectorAll("summary")) one.parentElement.open = opened.includes(one.textContent);
    for (const one of [copyButton, csvButton]) one.hidden = outcome.state === "errors" || outcome.state === "missing";
    const rate = outcome.state === "result" ? result.querySelector(".mlt-hourly-value").textContent : "";
    mini.textContent = rate ? `Ce calcul\u00a0: ${rate}` : text.split("\u00a0:")[0];
    mini.hidden = outcome.state === "missing";
    link.setAttribute("href", permalink(place, linkValues(saisie)));
    model.set("saisie", saisie);
    model.set("resultat", { ...outcome, sentence: text });
    model.save_changes();
    clearTimeout(announced);
    if (silent) {
      spoken = text;
      return;
    }
    announced = setTimeout(() => {
      if (text === spoken) return;
      spoken = text;
      live.say(rate ? `Résultat\u00a0: ${rate}.` : text);
    }, DELAY);
  }

  function open(values, options) {
    saisie = values;
    form.show(saisie);
    update(options);
  }

  const followLink = () => {
    const values = readPermalink(place);
    if (values) open(fromLink(values, tables));
    return Boolean(values);
  };
  const fromKernel = () => {
    const values = model.get("saisie");
    if (Object.keys(EMPTY).some((name) => values[name] !== saisie[name])) open({ ...EMPTY, ...values });
  };
  const values = readPermalink(place);
  open(values ? fromLink(values, tables) : first, { silent: true });
  if (values) requestAnimationFrame(() => el.querySelector(".mlt-hourly").scrollIntoView());
  model.on("change:saisie", fromKernel);
  window.addEventListener("hashchange", followLink);
  return () => {
    clearTimeout(announced);
    model.off("change:saisie", fromKernel);
    window.removeEventListener("hashchange", followLink);
  };
}

export default { render };
