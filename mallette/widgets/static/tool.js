// A tool to fill in (../../tools/): the documents of this browser, and the one that is open.
import { append, fill, h, liveRegion, uid } from "./common.js";
import { newDocument, readFile, upgraded } from "../../tools/core.js";
import { buildDifferences } from "../../tools/differences.js";
import { DocumentView } from "../../tools/form.js";
import { Shelf } from "../../tools/shelf.js";
import { TEXTS } from "../../tools/texts.js";
import { toRead } from "../../tools/views.js";

const KEEP_PAUSE = 300; // ms without typing before a document is kept
const MOMENT = { day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" };
const moment = (iso) => new Date(iso).toLocaleString("fr-FR", MOMENT);

class ToolView {
  constructor(tool) {
    this.tool = tool;
    this.shelf = new Shelf(tool);
    const live = liveRegion();
    this.say = (text) => live.say(text);
    this.title = h("h3", { class: "mlt-title", tabindex: "-1" }, tool.titre);
    this.fault = h("p", { class: "mlt-error", role: "alert" });
    this.place = h("div", {});
    this.element = h(
      "section",
      { class: "mlt mlt-tool", id: `outil-${tool.nom}` },
      this.title,
      h("p", {}, tool.resume),
      h("p", { class: "mlt-note" }, tool.qui),
      toRead(tool.voir),
      tool.regles?.length > 0 &&
        [h("h4", {}, TEXTS.read.rules), h("ul", {}, tool.regles.map((text) => h("li", {}, text)))],
      h("p", { class: "mlt-info" }, TEXTS.fate),
      this.fault,
      this.place,
      live.element,
    );
    window.addEventListener("beforeunload", (event) => this.unsaved && event.preventDefault());
    window.addEventListener("pagehide", () => this.keep());
    this.showShelf();
  }

  // The documents of this browser.

  showShelf() {
    this.view = null;
    this.unsaved = false;
    const documents = this.shelf.list();
    const button = (text, act, kind) => h("button", { type: "button", class: kind, on: { click: act } }, text);
    const line = ({ id, titre, modifie }) => {
      const named = (text, act) =>
        button([text, h("span", { class: "mlt-visually-hidden" }, ` «\u00a0${titre}\u00a0»`)], act);
      return h(
        "li",
        { class: "mlt-tool-row mlt-tool-head" },
        h("p", { class: "mlt-tool-summary" }, h("strong", {}, titre), ` · ${TEXTS.changed(moment(modifie))}`),
        h(
          "div",
          { class: "mlt-actions" },
          named(TEXTS.openOne, () => this.open(this.load(id))),
          named(TEXTS.duplicate, () => this.duplicate(id)),
          named(TEXTS.remove, () => this.remove(id, titre)),
        ),
      );
    };
    fill(
      this.place,
      h("h4", { tabindex: "-1" }, TEXTS.shelf),
      documents.length ? h("ul", { class: "mlt-tool-rows" }, documents.map(line)) : h("p", {}, TEXTS.none),
      this.months(),
      h(
        "div",
        { class: "mlt-actions" },
        button(TEXTS.create, () => this.create(), "mlt-primary"),
        this.fileButton(TEXTS.open, (document) => this.receive(document)),
        this.tool.exemple && button(TEXTS.example, () => this.showExample()),
      ),
    );
  }

  /** How long rows will be kept, asked before a document begins. */
  months() {
    const held = this.tool.conservation;
    if (!held) return null;
    const id = uid("mois");
    const options = held.mois.map((count) => h("option", { value: String(count) }, TEXTS.monthsCount(count)));
    this.chosenMonths = h("select", { id, "aria-describedby": `${id}-a` }, options);
    return h(
      "div",
      { class: "mlt-tool-field" },
      h("label", { for: id }, TEXTS.months),
      h("p", { class: "mlt-note", id: `${id}-a` }, TEXTS.monthsHelp),
      this.chosenMonths,
    );
  }

  create() {
    const mois = this.chosenMonths ? Number(this.chosenMonths.value) : null;
    this.open(newDocument(this.tool, { titre: this.shelf.free(this.tool.titre), mois }), true);
  }

  showExample() {
    const { titre, valeurs } = this.tool.exemple;
    // No time after which its rows go: they bear dates of the day it was written.
    this.open(newDocument(this.tool, { titre: this.shelf.free(TEXTS.exampleTitle(titre)), valeurs }));
    this.view.notices.append(h("p", { class: "mlt-info" }, TEXTS.exampleNote));
  }

  load(id) {
    const { document, probleme } = readFile(this.tool, this.shelf.read(id) ?? "");
    if (probleme) this.fault.textContent = TEXTS.faults[probleme];
    return document;
  }

  duplicate(id) {
    const found = this.load(id);
    if (!found) return;
    this.shelf.write(this.copy(found, TEXTS.copyTitle));
    this.showShelf();
    this.place.querySelector("h4").focus();
  }

  /** A document of its own that says the same, under a title made of that of the first. */
  copy(document, title) {
    return upgraded(this.tool, { ...document, id: null, titre: this.shelf.free(title(document.titre)) });
  }

  remove(id, title) {
    this.shelf.remove(id);
    this.showShelf();
    this.say(TEXTS.removed(title));
    this.place.querySelector("h4").focus();
  }

  /** Open what a file holds; beside the version that this browser keeps, when both say other things. */
  receive(document) {
    const kept = this.shelf.list().find(({ id }) => id === document.id);
    const apart = kept && kept.modifie !== document.modifie;
    this.open(apart ? this.copy(document, TEXTS.fileTitle) : document, true);
    if (apart) append(this.view.notices, h("p", { class: "mlt-info" }, TEXTS.apart(kept.titre)));
  }

  /** A button that asks for a file and reads it. */
  fileButton(text, take) {
    const input = h("input", { type: "file", accept: ".json,application/json", hidden: true });
    input.addEventListener("change", async () => {
      const [file] = input.files;
      if (!file) return;
      const { document, probleme } = readFile(this.tool, await new Response(file).text());
      input.value = "";
      this.fault.textContent = probleme ? TEXTS.faults[probleme] : "";
      if (document) take(document);
    });
    return [h("button", { type: "button", on: { click: () => input.click() } }, text), input];
  }

  // The one that is open.

  open(document, isNew = false) {
    if (!document) return;
    this.fault.textContent = "";
    this.state = h("p", { class: "mlt-note", role: "status" });
    this.clash = h("div", { role: "status" });
    this.beside = h("div", {});
    this.view = new DocumentView(this.tool, document, { changed: () => this.later(), say: this.say });
    const id = uid("titre");
    const name = h("input", {
      id,
      type: "text",
      value: document.titre,
      autocomplete: "off",
      "aria-describedby": `${id}-a`,
    });
    name.addEventListener("input", () => {
      document.titre = name.value.trim() || this.tool.titre;
      this.later();
    });
    fill(
      this.place,
      h(
        "div",
        { class: "mlt-tool-field" },
        h("label", { for: id }, TEXTS.title),
        h("p", { class: "mlt-note", id: `${id}-a` }, TEXTS.titleHelp),
        name,
      ),
      h(
        "div",
        { class: "mlt-actions" },
        h("button", { type: "button", on: { click: () => this.compareWith() } }, TEXTS.compare),
      ),
      this.beside,
      this.view.element,
      h(
        "div",
        { class: "mlt-tool-bar" },
        this.clash,
        h(
          "div",
          { class: "mlt-tool-head" },
          this.state,
          h("button", { type: "button", on: { click: () => this.close() } }, TEXTS.close),
        ),
      ),
    );
    if (isNew || this.view.gone) this.keep(true);
    name.focus();
  }

  close() {
    this.keep();
    if (this.unsaved) {
      if (!this.clash.firstChild) this.ask(TEXTS.unkept, [TEXTS.closeAnyway, () => this.leave()]);
      this.clash.querySelector("button").focus();
    } else this.leave();
  }

  leave() {
    this.showShelf();
    this.place.querySelector("h4").focus();
  }

  later() {
    this.unsaved = true;
    this.state.textContent = TEXTS.waiting;
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.keep(), KEEP_PAUSE);
  }

  keep(always = false, force = false) {
    clearTimeout(this.pause);
    if (!this.view || !(this.unsaved || always)) return;
    const found = this.shelf.write(this.view.document, force);
    this.unsaved = found !== "gardé";
    fill(this.clash);
    if (found === "ailleurs") this.showClash();
    this.state.textContent = { gardé: TEXTS.saved, refusé: TEXTS.noStorage, ailleurs: "" }[found];
  }

  /** Another tab has changed the document. */
  showClash() {
    const take = () => {
      this.unsaved = false;
      this.open(this.load(this.view.document.id));
    };
    this.ask(TEXTS.elsewhere, [TEXTS.takeOther, take], [TEXTS.keepMine, () => this.keep(true, true)]);
  }

  /** Ask before something is lost. */
  ask(text, ...answers) {
    const buttons = answers.map(([name, act]) => h("button", { type: "button", on: { click: act } }, name));
    append(this.clash, h("div", { class: "mlt-info" }, h("p", {}, text), h("div", { class: "mlt-actions" }, buttons)));
  }

  compareWith() {
    const mine = this.view.document;
    const title = h("h4", { tabindex: "-1" }, TEXTS.compareTitle);
    const result = h("div", {});
    let warned = false;
    const take = (values) => {
      const before = this.copy(mine, TEXTS.mergeTitle);
      const kept = this.shelf.write(before) === "gardé";
      if (!kept && !warned) {
        warned = true;
        return TEXTS.mergeUnkept;
      }
      mine.valeurs = values;
      this.view.draw();
      this.view.touch([]);
      const told = kept ? TEXTS.mergedDone(before.titre) : TEXTS.mergedAlone;
      const done = h("p", { class: "mlt-info", tabindex: "-1" }, told);
      fill(this.beside, done);
      done.focus();
      return null;
    };
    const show = (theirs) => {
      if (!theirs) return;
      const found = buildDifferences(this.tool, mine, theirs, take);
      fill(result, found);
      (found.querySelector("h5") ?? found).focus();
    };
    const others = this.shelf.list().filter(({ id }) => id !== mine.id);
    fill(
      this.beside,
      title,
      h("p", { class: "mlt-note" }, TEXTS.compareHelp),
      h(
        "div",
        { class: "mlt-actions" },
        this.fileButton(TEXTS.withFile, show),
        others.map(({ id, titre }) =>
          h("button", { type: "button", on: { click: () => show(this.load(id)) } }, TEXTS.withOne(titre))
        ),
      ),
      result,
    );
    title.focus();
  }
}

function render({ model, el }) {
  el.append(new ToolView(model.get("outil")).element);
}

export default { render };
