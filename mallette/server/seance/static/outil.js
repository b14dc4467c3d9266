// A tool that a table of the room fills in: several phones, one copy on the workshop's computer. The same script shows it
// to the room, without fields, on the trainer's page. Its texts are in outil_texts.js, its network in contact.js and
// outbox.js.

import { fill, h, liveRegion, uid } from "../../../widgets/static/common.js";
import { blocksOf } from "../../../tools/blocks.js";
import { fieldOf, newDocument, newRow, ROW, tablesOf } from "../../../tools/core.js";
import { htmlOf, saveFile } from "../../../tools/export.js";
import { DocumentView } from "../../../tools/form.js";
import { TEXTS } from "../../../tools/texts.js";
import { buildViews } from "../../../tools/views.js";
import { Link } from "./contact.js";
import { request } from "./exchange.js";
import { alike, Outbox } from "./outbox.js";
import { ROOM } from "./outil_texts.js";
import { followTheme } from "./theme.js";

const SEND_MS = 500; // without typing before a value is sent

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
    this.code = main.dataset.code;
    this.storage = `mallette-seance-${this.code}`;
    this.seance = `${this.shown ? "/formateur" : ""}/s/${this.code}`;
    this.base = `${this.seance}/outil`;
    this.asked = new URLSearchParams(window.location.search);
    this.place = main.querySelector("#outil");
    this.contact = main.querySelector("#contact");
    this.live = liveRegion();
    main.append(this.live.element);
    this.say = (text) => this.live.say(text);
    this.seen = 0;
    this.begin();
  }

  ask(board, since) {
    const query = new URLSearchParams({ outil: this.asked.get("outil") ?? "", table: board, depuis: since });
    return request(`${this.base}/etat?${query}`);
  }

  async state(board, since) {
    const { status, body } = await this.ask(board, since);
    if (status !== 200) throw new Error(body.message ?? ROOM.trouble);
    return body;
  }

  async begin() {
    try {
      const { outil, nom, tables } = await this.state(0, -1);
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
    const { numero, valeurs, propose } = await this.state(board, 0);
    this.board = board;
    this.seen = numero;
    this.document = newDocument(this.tool, { titre: ROOM.title(this.tool.titre, board) });
    receive(this.tool, this.document, valeurs);
    if (!this.shown) this.bindOutbox();
    this.remember();
    const query = new URLSearchParams({ outil: this.tool.nom, table: board });
    window.history.replaceState(null, "", `?${query}`);
    this.draw();
    this.tellOffered(propose);
    this.link = new Link({
      stream: `${this.seance}/flux?${query}`,
      ask: () => this.ask(this.board, this.seen),
      state: (body) => this.follow(body),
      events: { table: (data) => data.numero > this.seen && this.link.refresh() },
      contact: (found, status, body) => this.tellContact(found, status, body),
      gone: () => {
        this.outbox?.name(this.storage); // what waits for other tables and tools too
        this.outbox?.clear();
        this.tell(ROOM.gone);
      },
    });
    this.link.start();
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
    this.offered = h("p", { role: "status" });
    fill(this.place, head, this.offered, h("p", { class: "mlt-info" }, TEXTS.fateRoom), this.view.element);
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

  /** What waits since the page was here before is on it again, and leaves. */
  bindOutbox() {
    this.outbox = new Outbox(`${this.base}/ecrire`, {
      pause: SEND_MS,
      body: (place, { reponse: valeur }) => ({ outil: this.tool.nom, table: this.board, place, valeur }),
      kept: () => {
        this.outbox.forget();
        this.tell(this.outbox.count ? ROOM.sending : ROOM.kept);
      },
      waiting: () => this.tell(ROOM.waiting),
      refused: (_place, _status, message) => this.tell(message ?? ROOM.trouble),
      unknown: () => this.tell(ROOM.rejoin),
    }, `${this.storage}/${this.tool.nom}/${this.board}`);
    for (const [place, { reponse }] of Object.entries(this.outbox.items)) {
      receive(this.tool, this.document, { [place]: reponse });
    }
    this.outbox.flush();
    window.addEventListener("beforeunload", (event) => this.outbox.count && event.preventDefault());
    window.addEventListener("pagehide", () => this.outbox.flush());
  }

  remember() {
    this.rows = new Map(
      tablesOf(this.tool).map(({ id }) => [id, new Set(this.document.valeurs[id].map((row) => row[ROW]))]),
    );
  }

  changed([name, row]) {
    const put = (place, value) => this.outbox.put(place, value);
    const field = fieldOf(this.tool, name);
    if (field.type !== "tableau") put(name, this.document.valeurs[name]);
    else if (row) put(`${name}/${row[ROW]}`, { ...row });
    else {
      const now = this.document.valeurs[name];
      const before = this.rows.get(name);
      for (const id of before) if (!now.some((one) => one[ROW] === id)) put(`${name}/${id}`, null);
      for (const one of now) if (!before.has(one[ROW])) put(`${name}/${one[ROW]}`, { ...one });
      this.remember();
    }
    this.tell(ROOM.sending);
  }

  tell(text) {
    if (this.contact.textContent !== text) this.contact.textContent = text;
  }

  tellContact(found, status, body) {
    if (found) this.tell(ROOM.found);
    else this.tell(status === 0 ? ROOM.lost : body?.message ?? ROOM.trouble);
    if (found) this.outbox?.flush();
  }

  /** Another tool is offered, or none any more. */
  tellOffered(tool) {
    if (this.shown) return;
    const name = tool?.nom ?? "";
    if (name === this.offeredName) return;
    this.offeredName = name;
    const link = h("a", { href: this.base }, ROOM.openOther);
    if (!name) fill(this.offered, ROOM.closed);
    else if (name === this.tool.nom) fill(this.offered);
    else fill(this.offered, ROOM.another(tool.titre), " ", link);
  }

  // What others write.

  follow({ numero, valeurs, propose }) {
    this.seen = numero;
    const waiting = this.outbox?.items ?? {};
    // What waits will come after it; unless another tab of this phone has just been told that it is kept.
    const later = (place, value) => place in waiting && !alike(waiting[place].reponse, value);
    const news = Object.entries(valeurs).filter(([place, value]) => !later(place, value) && this.differs(place, value));
    if (news.length) {
      receive(this.tool, this.document, Object.fromEntries(news));
      this.remember();
      this.redraw();
    }
    this.tellOffered(propose);
    this.outbox?.flush();
  }

  differs(place, value) {
    const [name, row] = place.split("/");
    const mine = row
      ? this.document.valeurs[name].find((one) => one[ROW] === row) ?? null
      : this.document.valeurs[name];
    return !alike(mine, value);
  }
}

followTheme();
new Page(document.querySelector("main[data-code]"));
document.getElementById("demarrage")?.remove();
