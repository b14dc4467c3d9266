// The calculator of hourly pay: the result, the form, what the result rests on, and the ways to take it away.
import { append, copyText, download, fill, h, liveRegion, permalink, readPermalink, today, uid } from "./common.js";
import { evaluate, ratioOf } from "./hourly_core.js";
import { emptyState, fromLink, inputsOf, linkValues } from "./hourly_fields.js";
import { buildForm } from "./hourly_form.js";
import { breakEvenText, hypotheses } from "./hourly_notes.js";
import { sourceLink } from "./hourly_steps.js";
import { besideText, headline, sentence } from "./hourly_text.js";
import { bars, benchmarkLines, benchmarks, csv, headsOf, sourcesOf, table, tableLines } from "./hourly_view.js";

const DELAY = 800; // ms without typing before a screen reader hears the result
const NARROW = "(max-width: 40rem)"; // a phone: the steps that lack nothing are folded

function render({ model, el }) {
  const tables = model.get("donnees");
  const place = model.get("identifiant") || "taux-horaire";
  const first = { ...emptyState(), ...model.get("saisie") };
  let saisie = first;
  let announced = null;
  let spoken = "";
  let lacking = false;
  let titleSeen = false;
  const live = liveRegion();
  const titleId = uid("titre");
  const resultId = uid("resultat");
  const title = h("h3", { class: "mlt-hourly-title", id: resultId });
  const said = h("div", {});
  const chart = h("div", {});
  const side = h("div", {});
  const result = h("div", { class: "mlt-hourly-rest" });
  const mini = h("p", { class: "mlt-hourly-mini", "aria-hidden": "true" });

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
  const besideButton = button("Mettre de côté, pour comparer", () => {
    const { beside: _, ...kept } = saisie;
    become(
      { ...saisie, beside: kept },
      "Calcul mis de côté. Changez maintenant les champs\u00a0: les deux se comparent.",
    );
  });
  const actions = h(
    "div",
    { class: "mlt-actions" },
    copyButton,
    csvButton,
    besideButton,
    button("Réinitialiser", () => {
      saisie = emptyState();
      form.show(saisie, "published");
      become(saisie, "Le calcul est remis à zéro.");
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
      h(
        "div",
        { class: "mlt-hourly-board" },
        h(
          "section",
          { class: "mlt-hourly-result", "aria-labelledby": resultId },
          title,
          said,
          side,
          chart,
          actions,
          link,
        ),
        form.element,
      ),
      result,
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
          form.reveal(name);
          control.focus();
        };
        const label = element.querySelector("label").textContent;
        return h("li", {}, h("a", { href: `#${control.id}`, on: { click: go } }, label), `\u00a0: ${fields[name]}`);
      }),
    );
  }

  /** The calculation put aside, worked out: `{ inputs, outcome, ratio }`, or null. */
  function asideOf(inputs, outcome) {
    if (!saisie.beside) return null;
    const other = inputsOf(saisie.beside);
    const found = evaluate(other, tables, today());
    return { inputs: other, outcome: found, ratio: ratioOf(outcome, found, inputs.currency === other.currency) };
  }

  function showAside(inputs, outcome, aside) {
    fill(
      side,
      aside && h(
        "div",
        { class: "mlt-hourly-aside" },
        h("p", {}, besideText(inputs, outcome, aside)),
        button("Retirer le calcul mis de côté", () => {
          besideButton.focus();
          become({ ...saisie, beside: null }, "Le calcul mis de côté est retiré.");
        }),
      ),
    );
  }

  function details(inputs, outcome, beside, aside) {
    const row = tables.remunerations.find((one) => one.id === inputs.remuneration);
    const main = beside.filter((one) => !one.apprentice);
    const lines = tableLines(inputs, outcome, main);
    const list = hypotheses(inputs, outcome, row, tables);
    const sources = sourcesOf(row, beside, tables);
    const apprentices = beside.filter((one) => one.apprentice);
    const even = breakEvenText(inputs, outcome);
    const heads = headsOf(inputs);
    taken.csv = csv(
      taken.sentence,
      heads,
      [...lines, ...benchmarkLines(apprentices)],
      aside ? [...list, besideText(inputs, outcome, aside)] : list,
      sources,
    );
    return [
      even && h("p", {}, even),
      h("h4", {}, "Hypothèses de ce calcul"),
      h("ul", {}, list.map((line) => h("li", {}, line))),
      h("h4", {}, "Le calcul, étape par étape"),
      table("Le calcul et ses repères", lines, heads),
      apprentices.length > 0 &&
      h(
        "details",
        {},
        h("summary", {}, "Les minimums des apprentis"),
        table("Minimums des apprentis à la date du fait", benchmarkLines(apprentices), heads),
      ),
      inputs.activity !== "declare" && [
        h("h4", {}, "Ce que le travail déclaré ajoute"),
        h("ul", {}, tables.travail_declare.map((line) => h("li", {}, line))),
      ],
      h(
        "details",
        {},
        h("summary", {}, "Sources des chiffres"),
        h("ul", {}, sources.map((source) => h("li", {}, sourceLink(source), ` (${source.of.join("\u202f; ")})`))),
        h("p", {}, "Absents de nos données\u00a0:"),
        h("ul", {}, tables.absents.map((line) => h("li", {}, line))),
      ),
    ];
  }

  /** Show the state; `told`, when given, is announced in place of the result: one announcement for one change. */
  function update({ silent = false, told = "" } = {}) {
    const inputs = inputsOf(saisie);
    const outcome = evaluate(inputs, tables, today());
    const done = outcome.state === "result";
    const aside = asideOf(inputs, outcome);
    const text = sentence(inputs, outcome);
    const head = headline(inputs, outcome);
    const beside = done ? benchmarks(inputs, outcome, tables) : [];
    taken = { sentence: text, csv: csv(text, [], [], [], []) };
    form.faults(outcome.state === "errors" ? outcome.fields : {});
    const style =
      { errors: "mlt-error", refusal: "mlt-info", missing: "mlt-info", result: "mlt-hourly-sentence" }[outcome.state];
    title.textContent = head[0].toUpperCase() + head.slice(1);
    fill(said, h("p", { class: style }, text), outcome.state === "errors" && faultSummary(outcome.fields));
    fill(
      chart,
      done &&
        bars(
          inputs,
          outcome,
          beside,
          aside?.outcome.state === "result" && aside.inputs.currency === inputs.currency && aside.outcome,
        ),
    );
    showAside(inputs, outcome, aside);
    const opened = [...result.querySelectorAll("details[open] > summary")].map((one) => one.textContent);
    fill(result, done && details(inputs, outcome, beside, aside));
    for (const one of result.querySelectorAll("summary")) one.parentElement.open = opened.includes(one.textContent);
    for (const one of [copyButton, csvButton]) one.hidden = outcome.state === "errors" || outcome.state === "missing";
    besideButton.hidden = !done;
    mini.textContent = title.textContent;
    lacking = outcome.state === "missing";
    mini.hidden = lacking || titleSeen;
    link.setAttribute("href", permalink(place, linkValues(saisie, tables)));
    model.set("saisie", saisie);
    model.set("resultat", { ...outcome, sentence: text });
    model.save_changes();
    announce({ silent, told, text: done ? `Résultat\u00a0: ${head}.` : text });
    return outcome;
  }

  function announce({ silent, told, text }) {
    clearTimeout(announced);
    const known = spoken;
    spoken = text;
    if (silent) return;
    if (told) live.say(told);
    else if (text !== known) announced = setTimeout(() => live.say(text), DELAY);
  }

  /** Take a state that a button made, and say so. */
  function become(values, told) {
    saisie = { ...values };
    form.keep(saisie);
    update({ told });
  }

  function open(values, options) {
    saisie = values;
    form.show(saisie);
    const outcome = update(options);
    if (window.matchMedia(NARROW).matches) form.fold(outcome.state === "missing" ? outcome.fields : []);
  }

  // The band at the bottom of the screen repeats the title only while the title is out of sight.
  const watch = new IntersectionObserver(([entry]) => {
    titleSeen = entry.isIntersecting;
    mini.hidden = lacking || titleSeen;
  });
  watch.observe(title);

  const followLink = () => {
    const values = readPermalink(place);
    if (values) open(fromLink(values, tables));
    return Boolean(values);
  };
  const fromKernel = () => {
    const values = { ...emptyState(), ...model.get("saisie") };
    if (Object.keys(values).some((name) => JSON.stringify(values[name]) !== JSON.stringify(saisie[name]))) open(values);
  };
  const values = readPermalink(place);
  open(values ? fromLink(values, tables) : first, { silent: true });
  if (values) requestAnimationFrame(() => el.querySelector(".mlt-hourly").scrollIntoView());
  model.on("change:saisie", fromKernel);
  window.addEventListener("hashchange", followLink);
  return () => {
    clearTimeout(announced);
    watch.disconnect();
    model.off("change:saisie", fromKernel);
    window.removeEventListener("hashchange", followLink);
  };
}

export default { render };
