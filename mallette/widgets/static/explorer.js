// The prevalence explorer: picture or table first, then the controls, then what is needed to read them.
import { copyText, download, fill, h, liveRegion, permalink, readPermalink, uid } from "./common.js";
import { ageOrder, ageText, alternatives, matches, MAX_SERIES, onYear, select, unpack } from "./explorer_core.js";
import { drawChart, paperTheme } from "./explorer_chart.js";
import { checkboxes, dropdown, NOTHING, radios } from "./explorer_controls.js";
import { csvText, pngBlob, standaloneSvg, svgText } from "./explorer_export.js";
import { chartTitle, facts, productList, remarks, sources, subtitle } from "./explorer_facts.js";
import { valueTable } from "./explorer_table.js";
import { sentence } from "./explorer_text.js";
import { warnings } from "./explorer_warnings.js";

const VIEW_NAMES = { age: "Par âge", sexe: "Par sexe", temps: "Dans le temps" };
const DISPLAY_NAMES = { graphique: "Graphique", tableau: "Tableau" };
const LISTS = ["produits", "champs"];

/** A view read from a kernel or an address, without the codes the data do not know. */
function sanitize(raw, fallback, labels) {
  const view = { ...fallback, ...raw };
  const list = (value) => (Array.isArray(value) ? value : String(value ?? "").split(",").filter(Boolean));
  view.produits = list(view.produits).filter((code) => code in labels.produits).slice(0, MAX_SERIES);
  view.champs = list(view.champs).filter((code) => code in labels.champs);
  view.annee = Number(view.annee) || fallback.annee;
  if (!(view.par in VIEW_NAMES)) view.par = fallback.par;
  if (!(view.affichage in DISPLAY_NAMES)) view.affichage = "graphique";
  if (!(view.indicateur in labels.indicateurs)) view.indicateur = fallback.indicateur;
  if (view.sexe !== "detail") view.sexe = "ensemble";
  return Object.fromEntries(Object.keys(fallback).map((key) => [key, view[key]]));
}

function cited({ texte, url }) {
  return url ? h("a", { href: url }, texte) : texte;
}

function render({ model, el }) {
  const labels = model.get("libelles");
  const rows = unpack(model.get("donnees"));
  const place = model.get("identifiant") || "explorateur";
  const initial = model.get("vue");
  let view = sanitize(readPermalink(place) ?? {}, initial, labels);
  let notice = "";
  let drawn = { width: 0, selection: null };

  const has = (change) => select(rows, { ...view, champs: [], ...change }).series.length > 0;
  const everYear = (change) => rows.some((row) => matches(row, { ...view, ...change, annee: row.annee }));

  function change(part, told = "") {
    const before = view;
    view = { ...view, ...part };
    notice = told;
    const { disponibles } = select(rows, view);
    if (view.champs.length > 0 && disponibles.length > 0 && !view.champs.some((code) => disponibles.includes(code))) {
      view = { ...view, champs: [] };
      notice = `La population a changé\u00a0: ${
        before.champs.map((code) => labels.champs[code].nom).join(", ")
      } est absent de nos données pour ce choix.`;
    }
    model.set("vue", view);
    model.save_changes();
    update(true);
  }

  /** Another way of comparing starts from a year that has values for it, and says so. */
  function compare(par) {
    const next = onYear(rows, { ...view, par }, select(rows, view).champs);
    const moved = next.annee === view.annee
      ? ""
      : `${view.annee} est absent de nos données ${VIEW_NAMES[par].toLowerCase()}\u00a0: voici ${next.annee}.`;
    change({ par, annee: next.annee }, par === "temps" ? "" : moved);
  }

  const by = radios("Comparer", VIEW_NAMES, compare);
  const display = radios("Affichage", DISPLAY_NAMES, (affichage) => change({ affichage }));
  const indicator = dropdown("Indicateur", (indicateur) => change({ indicateur }));
  const year = dropdown("Année d’enquête", (annee) => change({ annee: Number(annee) }));
  const age = dropdown("Tranche d’âge", (code) => change({ age: code }));
  const detail = checkboxes(
    { detail: { nom: "Séparer les hommes et les femmes" } },
    (_, on) => change({ sexe: on ? "detail" : "ensemble" }),
  );
  const toggle = (list) => (code, on) => {
    const shown = list === "champs" && view.champs.length === 0 ? select(rows, view).champs : view[list];
    change({ [list]: on ? [...shown, code] : shown.filter((one) => one !== code) });
  };
  const products = checkboxes(labels.produits, toggle("produits"));
  const champs = checkboxes(labels.champs, toggle("champs"));
  const productSummary = h("summary", {});
  const champSet = h(
    "fieldset",
    {},
    h("legend", {}, "Population (une courbe chacune)"),
    h("div", { class: "mlt-explorer-boxes" }, champs.elements),
  );
  const live = liveRegion();
  const figure = h("figure", { class: "mlt-explorer-figure" });
  const picture = h("div", { class: "mlt-explorer-picture" });
  const link = h("p", { class: "mlt-explorer-link", hidden: true });
  const reading = h("div", { class: "mlt-explorer-reading" });
  const fold = h("summary", {});
  const titleId = uid("explorer");

  function showControls(selection) {
    by.show(view.par);
    display.show(view.affichage);
    indicator.show(
      Object.entries(labels.indicateurs).map(([code, { nom }]) => [code, nom, everYear({ indicateur: code })]),
      view.indicateur,
    );
    const all = { produits: Object.keys(labels.produits) };
    const years = [
      ...new Set([
        ...rows.filter((row) => matches(row, { ...view, ...all, annee: row.annee })).map((row) => row.annee),
        view.annee,
      ]),
    ];
    year.show(years.sort((a, b) => b - a).map((annee) => [annee, String(annee), has({ annee })]), view.annee);
    year.element.hidden = view.par === "temps";
    const ages = [...new Set([...rows.map((row) => row.age), view.age])].filter((code) => !["16", "17"].includes(code));
    const order = (code) => (code === "ensemble" ? -1 : ageOrder(code));
    age.show(
      ages.sort((a, b) => order(a) - order(b)).map((
        code,
      ) => [code, code === "ensemble" ? "Toute la population" : ageText(code), has({ age: code })]),
      view.age,
    );
    age.element.hidden = view.par === "age";
    const split = has({ sexe: "detail" });
    detail.show("detail", {
      checked: view.sexe === "detail",
      disabled: !split && view.sexe !== "detail",
      reason: split ? "" : NOTHING,
      hidden: view.par !== "temps",
    });
    const full = view.produits.length >= MAX_SERIES;
    for (const code of Object.keys(labels.produits)) {
      const checked = view.produits.includes(code);
      const known = everYear({ produits: [code] });
      const reason = known ? (full && !checked ? `${MAX_SERIES} au plus` : "") : "absent de nos données";
      products.show(code, { checked, disabled: !checked && (!known || full), reason });
    }
    productSummary.textContent = `Produits (${MAX_SERIES} au plus)\u00a0: ${productList(view, labels) || "aucun"}`;
    for (const code of Object.keys(labels.champs)) {
      const only = selection.champs.length === 1 && selection.champs[0] === code;
      champs.show(code, {
        checked: selection.champs.includes(code),
        hidden: !selection.disponibles.includes(code),
        disabled: only,
        reason: only ? "au moins une" : "",
      });
    }
    champSet.hidden = selection.disponibles.length < 2;
  }

  function offer(option) {
    const parts = [VIEW_NAMES[option.par], labels.indicateurs[option.indicateur].nom];
    if (option.par !== "age") parts.push(option.age === "ensemble" ? "toute la population" : ageText(option.age));
    if (option.par !== "temps") parts.push(String(option.annee));
    return h(
      "li",
      {},
      h("button", {
        type: "button",
        on: {
          click: () => {
            change(option);
            figure.focus();
          },
        },
      }, parts.join(", ")),
    );
  }

  function nothing() {
    if (view.produits.length === 0) return [h("p", { class: "mlt-info" }, "Choisissez au moins un produit.")];
    const when = view.par === "temps" ? "" : ` en ${view.annee}`;
    const what = `«\u00a0${labels.indicateurs[view.indicateur].nom}\u00a0» ${
      VIEW_NAMES[view.par].toLowerCase()
    }${when}`;
    const options = alternatives(rows, view);
    return [
      h(
        "p",
        { class: "mlt-info" },
        `Nos données n’ont aucune valeur pour ${what} (${productList(view, labels)}).`,
        options.length > 0 && " Ce qui existe\u00a0:",
      ),
      h("ul", { class: "mlt-explorer-offers" }, options.map(offer)),
    ];
  }

  function drawPicture(selection) {
    const width = Math.min(920, Math.floor(picture.clientWidth));
    if (width < 100 || (drawn.width === width && drawn.selection === selection)) return;
    drawn = { width, selection };
    fill(
      picture,
      drawChart(selection, view, labels, {
        width,
        title: chartTitle(selection, view, labels),
        description: sentence(selection, view, labels),
      }),
    );
  }

  async function save(kind, selection, notes) {
    const when = view.par === "temps" ? "annees" : view.annee;
    const name = ["prevalences", view.indicateur, view.par, when].join("-");
    if (kind === "csv") {
      download(
        `${name}.csv`,
        csvText(selection, view, labels, new Date().toISOString().slice(0, 10)),
        "text/csv;charset=utf-8",
      );
    } else {
      const theme = paperTheme(picture);
      const svg = standaloneSvg(selection, view, labels, notes, theme);
      download(
        `${name}.${kind}`,
        kind === "svg" ? svgText(svg) : await pngBlob(svg, theme),
        "image/svg+xml;charset=utf-8",
      );
    }
    live.say(`Fichier ${kind.toUpperCase()} préparé.`);
  }

  async function share() {
    const values = Object.fromEntries(
      Object.entries(view).map(([key, value]) => [key, LISTS.includes(key) ? value.join(",") : String(value)]),
    );
    const address = permalink(place, values);
    const input = h("input", { type: "text", readonly: true, value: address, "aria-label": "Adresse de cette vue" });
    fill(link, input);
    link.hidden = false;
    const copied = await copyText(address);
    input.select();
    live.say(copied ? "Adresse de cette vue copiée." : "Adresse de cette vue affichée, à copier.");
  }

  function update(spoken) {
    const selection = select(rows, view);
    const notes = [sentence(selection, view, labels), ...warnings(selection, view, labels)];
    showControls(selection);
    link.hidden = true;
    fold.textContent = `Changer la vue\u00a0: ${VIEW_NAMES[view.par].toLowerCase()}, ${productList(view, labels)}`;
    if (selection.series.length === 0) {
      fill(figure, notice && h("p", { class: "mlt-info" }, notice), nothing());
      fill(reading);
      if (spoken) live.say([notice, notes[0]].filter(Boolean).join(" "));
      return;
    }
    fill(
      figure,
      notice && h("p", { class: "mlt-info" }, notice),
      h(
        "figcaption",
        {},
        h("p", { class: "mlt-explorer-title" }, chartTitle(selection, view, labels)),
        h("p", { class: "mlt-explorer-subtitle" }, subtitle(selection, view, labels)),
      ),
      view.affichage === "tableau" ? valueTable(selection, view, labels) : picture,
    );
    fill(reading, readingOf(selection, notes));
    if (view.affichage === "graphique") drawPicture(selection);
    if (spoken) live.say([notice, ...notes].filter(Boolean).join(" "));
  }

  /** What is read under the picture: the sentence, the warnings, the sources, then what is folded, then the files. */
  function readingOf(selection, notes) {
    const about = remarks(selection, labels);
    const from = sources(selection, labels);
    const button = (kind) =>
      h(
        "button",
        { type: "button", on: { click: () => save(kind, selection, notes) } },
        `Télécharger (${kind.toUpperCase()})`,
      );
    return [
      h("p", { class: "mlt-explorer-sentence" }, notes[0]),
      notes.length > 1 &&
      h("ul", { class: "mlt-explorer-warnings" }, notes.slice(1).map((text) => h("li", {}, text))),
      from.length > 2
        ? h(
          "details",
          { class: "mlt-explorer-sources" },
          h(
            "summary",
            {},
            `Sources\u00a0: ${[...new Set(from.map(({ texte }) => texte.split(",")[0]))].join("\u202f; ")}`,
          ),
          h("ul", {}, from.map((source) => h("li", {}, cited(source)))),
        )
        : h(
          "p",
          { class: "mlt-explorer-sources" },
          from.length > 1 ? "Sources\u00a0: " : "Source\u00a0: ",
          from.map((source, i) => [i > 0 && "\u202f; ", cited(source)]),
          ".",
        ),
      h(
        "details",
        {},
        h("summary", {}, "Enquêtes, effectifs et intervalles"),
        h(
          "dl",
          {},
          facts(selection, view, labels).map(([term, texts]) =>
            h("div", {}, h("dt", {}, term), texts.map((text) => h("dd", {}, text)))
          ),
        ),
      ),
      about.length > 0 &&
      h(
        "details",
        {},
        h("summary", {}, `Remarques sur ces valeurs (${about.length})`),
        h("ul", {}, about.map((text) => h("li", {}, text))),
      ),
      h(
        "div",
        { class: "mlt-actions" },
        button("csv"),
        button("svg"),
        button("png"),
        h("button", { type: "button", on: { click: share } }, "Lien vers cette vue"),
      ),
      link,
    ];
  }

  figure.tabIndex = -1;
  figure.setAttribute("aria-label", "Résultat");
  const root = h(
    "div",
    { class: "mlt mlt-explorer", role: "group", "aria-labelledby": titleId },
    h("p", { class: "mlt-explorer-kind", id: titleId }, "Explorateur de prévalences"),
    figure,
    h(
      "details",
      { class: "mlt-explorer-controls", open: window.matchMedia("(min-width: 40rem)").matches },
      fold,
      h("div", { class: "mlt-explorer-top" }, by.element, display.element),
      h("div", { class: "mlt-explorer-fields" }, indicator.element, year.element, age.element),
      detail.elements,
      h(
        "details",
        {},
        productSummary,
        h(
          "fieldset",
          {},
          h("legend", { class: "mlt-visually-hidden" }, "Produits"),
          h("div", { class: "mlt-explorer-boxes" }, products.elements),
        ),
      ),
      champSet,
    ),
    reading,
    live.element,
  );
  el.append(root);

  const observer = new ResizeObserver(() => {
    if (view.affichage === "graphique" && picture.isConnected) drawPicture(drawn.selection ?? select(rows, view));
  });
  observer.observe(root);
  const fromKernel = () => {
    const next = sanitize(model.get("vue"), initial, labels);
    if (JSON.stringify(next) === JSON.stringify(view)) return;
    view = next;
    notice = "";
    update(false);
  };
  const fromAddress = () => {
    const asked = readPermalink(place);
    if (asked) change(sanitize(asked, initial, labels));
  };
  model.on("change:vue", fromKernel);
  window.addEventListener("hashchange", fromAddress);
  update(false);
  if (readPermalink(place)) requestAnimationFrame(() => root.scrollIntoView());
  return () => {
    observer.disconnect();
    model.off("change:vue", fromKernel);
    window.removeEventListener("hashchange", fromAddress);
  };
}

export default { render };
