// A tool that a table of the room fills in: several phones, one copy on the workshop's computer. The same script shows it
// to the room, without fields, on the trainer's page.

import { fill, h, liveRegion, uid } from "../../../widgets/static/common.js";
import { blocksOf } from "../../../tools/blocks.js";
import { fieldOf, newDocument, newRow, ROW, tablesOf } from "../../../tools/core.js";
import { htmlOf, saveFile } from "../../../tools/export.js";
import { DocumentView } from "../../../tools/form.js";
import { TEXTS } from "../../../tools/texts.js";
import { buildViews } from "../../../tools/views.js";
import { request } from "./exchange.js";
import { ROOM } from "./outil_texts.js";
import { followTheme } from "./theme.js";

const ASK_MS = 3000;
const SEND_MS = 500; // without typing before a value is sent
const RETRY_MS = 2000;

/** Put what the workshop keeps into the values of a document; rows that are new come last. */
function receive(tool, document, values) {
  for (const [place, value] of Object.entries(values)) {
    const [name, row] = place.split("/");
    if (!row) document.valeurs[name] = value;
    else {
      const rows = document.valeurs[name];
      const rank = rows.findIndex((one) => one[ROW] === row);
      if (value === null) document.valeurs[name] = rows.filter((one) => one[ROW] !== row);
      else if (rank < 0) rows.push({ ...newRow(fieldOf(tool, name), value), [ROW]: row });
      else Object.assign(rows[rank], value);
    }
  }
}

/** What to tell of a failure: the workshop's words, or that it cannot be reached. */
function reason(error) {
  return error.name === "Error" && error.message ? error.message : ROOM.lost;
}

class Page {
  constructor(main) {
    this.main = main;
    this.shown = main.dataset.projection !== undefined;
    this.base = this.shown ? `/formateur/s/${main.dataset.code}/outil` : `/s/${main.dataset.code}/outil`;
    this.asked = new URLSearchParams(window.location.search);
    this.place = main.querySelector("#outil");
    this.contact = main.querySelector("#contact");
    this.live = liveRegion();
    main.append(this.live.element);
    this.say = (text) => this.live.say(text);
    this.waiting = new Map(); // place → value, until the workshop has kept it
    this.seen = 0;
    window.addEventListener("beforeunload", (event) => this.waiting.size && event.preventDefault());
    this.begin();
  }

  async ask(board, since) {
    const query = new URLSearchParams({ outil: this.asked.get("outil") ?? "", table: board, depuis: since });
    const { status, body } = await request(`${this.base}/etat?${query}`);
    if (status !== 200) throw new Error(body.message ?? ROOM.trouble);
    return body;
  }

  async begin() {
    try {
      const { outil, nom, tables } = await this.ask(0, -1);
      this.tool = outil;
      this.asked.set("outil", nom);
      const board = Number(this.asked.get("table"));
      if (board) await this.open(board);
      else this.choose(tables);
    } catch (error) {
      const again = h("button", { type: "button", on: { click: () => this.begin() } }, ROOM.again);
      fill(this.place, h("p", { role: "alert" }, reason(error)), h("div", { class: "mlt-actions" }, again));
    }
  }

  /** Which table is this? */
  choose(begun) {
    const id = uid("table");
    const numbers = Array.from({ length: Number(this.main.dataset.tables) }, (_, rank) => rank + 1);
    const option = (number) =>
      h("option", { value: number }, begun.includes(number) ? ROOM.begun(number) : ROOM.table(number));
    const select = h("select", { id }, numbers.map(option));
    const open = () => this.open(Number(select.value)).catch((error) => this.tell(reason(error)));
    fill(
      this.place,
      h("h2", { class: "mlt-title" }, this.tool.titre),
      h("p", {}, this.tool.resume),
      this.tool.regles?.length > 0 && h("ul", {}, this.tool.regles.map((text) => h("li", {}, text))),
      h("p", { class: "mlt-info" }, TEXTS.fateRoom),
      h("div", { class: "mlt-tool-field" }, h("label", { for: id }, ROOM.which), select),
      h(
        "div",
        { class: "mlt-actions" },
        h("button", { type: "button", class: "mlt-primary", on: { click: open } }, ROOM.open),
      ),
    );
  }

  async open(board) {
    const { numero, valeurs } = await this.ask(board, 0);
    this.board = board;
    this.seen = numero;
    this.document = newDocument(this.tool, { titre: ROOM.title(this.tool.titre, board) });
    receive(this.tool, this.document, valeurs);
    this.remember();
    window.history.replaceState(null, "", `?${new URLSearchParams({ outil: this.tool.nom, table: board })}`);
    this.draw();
    setInterval(() => this.follow(), ASK_MS);
  }

  draw() {
    const head = [
      h("h2", { class: "mlt-title" }, this.tool.titre),
      h("h3", { tabindex: "-1" }, ROOM.table(this.board)),
    ];
    if (this.shown) {
      const views = buildViews({
        tool: this.tool,
        document: () => this.document,
        write: () => {},
        print: () => window.print(),
        say: this.say,
      });
      const save = h("button", { type: "button", on: { click: () => saveFile(this.tool, this.document) } }, TEXTS.save);
      fill(
        this.place,
        head,
        blocksOf(this.tool, this.document).slice(2).map(htmlOf),
        views.element.length > 0 && [h("h3", {}, TEXTS.read.views), views.element],
        h("div", { class: "mlt-actions" }, save),
      );
      return;
    }
    this.view = new DocumentView(this.tool, this.document, { changed: (path) => this.changed(path), say: this.say });
    fill(this.place, head, h("p", { class: "mlt-info" }, TEXTS.fateRoom), this.view.element);
    this.place.addEventListener("focusout", () => setTimeout(() => this.stale && this.redraw()));
  }

  /** Draw what others wrote, but never under the fingers of somebody who writes. */
  redraw() {
    if (this.shown) {
      this.draw();
      return;
    }
    this.stale = this.view.body.contains(document.activeElement);
    if (this.stale) {
      this.tell(ROOM.others);
      return;
    }
    this.view.draw();
    this.view.views.refresh();
  }

  // What this phone writes.

  remember() {
    this.rows = new Map(
      tablesOf(this.tool).map(({ id }) => [id, new Set(this.document.valeurs[id].map((row) => row[ROW]))]),
    );
  }

  changed([name, row]) {
    const field = fieldOf(this.tool, name);
    if (field.type !== "tableau") this.waiting.set(name, this.document.valeurs[name]);
    else if (row) this.waiting.set(`${name}/${row[ROW]}`, { ...row });
    else {
      const now = this.document.valeurs[name];
      const before = this.rows.get(name);
      for (const id of before) if (!now.some((one) => one[ROW] === id)) this.waiting.set(`${name}/${id}`, null);
      for (const one of now) if (!before.has(one[ROW])) this.waiting.set(`${name}/${one[ROW]}`, { ...one });
      this.remember();
    }
    this.tell(ROOM.sending);
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.send(), SEND_MS);
  }

  /** One value at a time, in the order in which they were written; what could not leave is tried again. */
  async send() {
    if (this.busy) return;
    this.busy = true;
    for (const [place, value] of this.waiting) {
      const sent = { outil: this.tool.nom, table: this.board, place, valeur: value };
      const { status, body } = await request(`${this.base}/ecrire`, sent).catch(() => ({ status: 0, body: {} }));
      const refused = [403, 404, 409, 413, 422].includes(status);
      if ((status === 200 || refused) && this.waiting.get(place) === value) this.waiting.delete(place);
      if (status !== 200) {
        this.busy = false;
        this.tell(refused ? body.message ?? ROOM.trouble : ROOM.waiting);
        if (this.waiting.size) setTimeout(() => this.send(), RETRY_MS);
        return;
      }
    }
    this.busy = false;
    this.tell(ROOM.kept);
    if (this.waiting.size) this.send();
  }

  tell(text) {
    if (this.contact.textContent !== text) this.contact.textContent = text;
  }

  // What others write.

  async follow() {
    if (document.hidden || this.following) return;
    this.following = true;
    try {
      const { numero, valeurs } = await this.ask(this.board, this.seen);
      this.seen = numero;
      const news = Object.entries(valeurs).filter(([place, value]) =>
        !this.waiting.has(place) && this.differs(place, value)
      );
      if (news.length) {
        receive(this.tool, this.document, Object.fromEntries(news));
        this.remember();
        this.redraw();
      }
      if (this.lost) this.tell(ROOM.found);
      this.lost = false;
    } catch (error) {
      this.lost = true;
      this.tell(reason(error));
    }
    this.following = false;
  }

  differs(place, value) {
    const [name, row] = place.split("/");
    const mine = row
      ? this.document.valeurs[name].find((one) => one[ROW] === row) ?? null
      : this.document.valeurs[name];
    return JSON.stringify(mine) !== JSON.stringify(value);
  }
}

followTheme();
new Page(document.querySelector("main[data-code]"));
document.getElementById("demarrage")?.remove();
