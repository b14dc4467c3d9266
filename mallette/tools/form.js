// One document of a tool on the page: its parts, what they give, and the ways to take it away.
import { append, fill, h, today, uid } from "../widgets/static/common.js";
import { emptyValue, erase, expired, fieldOf, laterDay, ROW, tablesOf, unknown } from "./core.js";
import { printAlone, printDocument, saveFile, saveMarkdown, saveSheet, saveText } from "./export.js";
import { buildField } from "./fields.js";
import { suspicionsOf } from "./privacy.js";
import { TableView } from "./table.js";
import { TEXTS } from "./texts.js";
import { buildViews, toRead } from "./views.js";

const DRAW_PAUSE = 400; // ms without typing before the views are drawn again

/**
 * A document to fill in.
 *
 * `changed(path)` is told each change: [field], or [table, row, column]; [table] when rows come or go. `say` speaks.
 */
export class DocumentView {
  constructor(tool, document, { changed, say }) {
    Object.assign(this, { tool, document, changed, say, fields: new Map() });
    const gone = erase(tool, document);
    this.notices = h("div", { role: "status" });
    if (gone) append(this.notices, h("p", { class: "mlt-info" }, TEXTS.erased(gone)));
    this.gone = gone;
    const current = () => this.document;
    this.views = buildViews({
      tool,
      document: current,
      write: (name, value) => this.write(name, value),
      print: (title, body) =>
        this.leave(() => printAlone(`${document.titre}${"\u202f"}: ${title}`, body.cloneNode(true))),
      say,
    });
    this.before = h("div", {});
    this.body = h("div", {});
    this.element = h("div", { class: "mlt-tool-document" }, this.notices, this.kept(), this.body, this.after());
    this.draw();
  }

  /** How long rows are kept, and those that go soon. */
  kept() {
    const { tool, document } = this;
    if (!tool.conservation || !document.mois) return null;
    const soon = expired(tool, document, laterDay(today(), 1)).length;
    return h(
      "p",
      { class: "mlt-note" },
      [TEXTS.ruleKept(document.mois), soon > 0 && TEXTS.ruleDue(soon)].filter(Boolean).join(" "),
    );
  }

  /** Draw the fields; parts and rows that were open stay open. */
  draw() {
    const { tool, document } = this;
    const current = () => this.document;
    const before = this.tables;
    const shown = [...this.body.children].map((part) => part.open);
    this.tables = new Map();
    this.fields.clear();
    const build = (field) => {
      if (field.type === "tableau") {
        const change = (row, column) => this.touch(row ? [field.id, row, column] : [field.id]);
        const opened = before?.get(field.id)?.open?.[ROW];
        const table = new TableView(field, { document: current, change, say: this.say, opened });
        this.tables.set(field.id, table);
        return table.element;
      }
      const built = buildField(field, document.valeurs[field.id] ?? emptyValue(field), {
        document: current,
        change: (value) => {
          document.valeurs[field.id] = value;
          this.touch([field.id]);
        },
      });
      this.fields.set(field.id, built);
      return built.element;
    };
    fill(
      this.body,
      tool.sections.map((section, rank) =>
        h(
          "details",
          { class: "mlt-tool-section", open: shown[rank] ?? rank === 0 },
          h("summary", {}, h("h4", {}, section.titre)),
          section.aide && h("p", {}, section.aide),
          toRead(section.voir),
          section.champs.map(build),
        )
      ),
      this.unknown(),
    );
  }

  unknown() {
    const lost = unknown(this.tool, this.document);
    return lost.length > 0 && h(
      "section",
      { class: "mlt-tool-section" },
      h("h4", {}, TEXTS.unknown),
      h("p", {}, TEXTS.unknownHelp),
      h(
        "dl",
        { class: "mlt-tool-facts" },
        lost.map(([name, text]) => h("div", {}, h("dt", {}, name), h("dd", {}, text))),
      ),
    );
  }

  /** What the document gives, then the ways to take it away. */
  after() {
    const { tool } = this;
    const button = (text, act) =>
      h("button", { type: "button", on: { click: () => this.leave(() => act(tool, this.document)) } }, text);
    return [
      this.views.element.length > 0 &&
      h("section", { class: "mlt-tool-section" }, h("h4", {}, TEXTS.read.views), this.views.element),
      h(
        "section",
        { class: "mlt-tool-section" },
        h("h4", {}, TEXTS.takeAway),
        h(
          "div",
          { class: "mlt-actions" },
          button(TEXTS.save, saveFile),
          button(TEXTS.print, printDocument),
          button(TEXTS.text, saveText),
          tablesOf(tool).length > 0 && button(TEXTS.sheet, saveSheet),
          button(TEXTS.markdown, saveMarkdown),
        ),
        h("p", { class: "mlt-note" }, TEXTS.saveHelp),
        this.before,
        this.journal(),
      ),
    ];
  }

  journal() {
    const lines = this.document.effacements;
    return lines.length > 0 &&
      h(
        "details",
        {},
        h("summary", {}, TEXTS.journal),
        h("ul", {}, lines.map((line) => h("li", {}, TEXTS.journalLine(line)))),
      );
  }

  /** Let the document leave, once the person has read what in it looks like somebody. */
  leave(act) {
    const found = suspicionsOf(this.document);
    fill(this.before);
    if (!found.length) {
      act();
      return;
    }
    const title = h("h5", { tabindex: "-1", id: uid("avant") }, TEXTS.beforeTitle);
    const close = () => fill(this.before);
    const back = h("button", {
      type: "button",
      class: "mlt-primary",
      on: {
        click: () => {
          close();
          this.body.querySelector("input, textarea, select, button")?.focus();
        },
      },
    }, TEXTS.review);
    const on = h("button", {
      type: "button",
      on: {
        click: () => {
          close();
          act();
        },
      },
    }, TEXTS.goOn);
    append(
      this.before,
      h(
        "div",
        { class: "mlt-info", role: "group", "aria-labelledby": title.id },
        title,
        h("p", {}, TEXTS.before),
        h("ul", {}, found.map(({ genre, extrait }) => h("li", {}, `${TEXTS.kind(genre)}${"\u202f"}: ${extrait}`))),
        h("p", {}, TEXTS.beforeRule),
        h("div", { class: "mlt-actions" }, back, on),
      ),
    );
    title.focus();
  }

  /** A view writes into a field. */
  write(name, value) {
    this.document.valeurs[name] = value;
    this.fields.get(name).set(value);
    this.touch([fieldOf(this.tool, name).id]);
  }

  touch(path) {
    this.document.modifie = new Date().toISOString();
    this.changed(path);
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.views.refresh(), DRAW_PAUSE);
  }
}
