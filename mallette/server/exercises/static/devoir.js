// The form of an assignment: the fields of its questions, each answer sent as it is given, then the hand-in.
// Its texts are in devoir_texts.js.

import { fill, h, liveRegion, uid } from "../../../widgets/static/common.js";
import { fateNote, FATES } from "../../../widgets/static/quiz_fate.js";
import { buildField, typeOf } from "../../../questions/types.js";
import { request } from "../../seance/static/exchange.js";
import { alike, Outbox } from "../../seance/static/outbox.js";
import { followTheme } from "../../seance/static/theme.js";
import { TEXTS } from "./devoir_texts.js";

const REOPEN_MS = 3000;
/** After the last key, before a text or a number is sent. */
const TYPING_MS = 1000;

const TYPED = "textarea, input[type=text]";

/** One question on the page. `changed(view)` is called when its answer is no longer `view.answer`. */
class View {
  constructor({ question, titre, points, rang, graine }, { say, changed }) {
    this._timer = null;
    Object.assign(this, { question, rang, changed, answer: null, number: 0, chosen: false });
    const error = h("p", { class: "mlt-error", id: uid("erreur"), role: "alert" });
    const type = typeOf(question);
    const order = type.order(question, () => graine);
    this.field = buildField(question, { errorId: error.id, order, say, fate: FATES.devoir.texte });
    this.error = error;
    this.note = h("p", { class: "mlt-note" }, TEXTS.none);
    const keep = () => {
      this.chosen = true;
      this.read();
    };
    this.element = h(
      "section",
      { class: "mlt mlt-quiz" },
      h("h2", { id: uid("question"), tabindex: "-1" }, TEXTS.question(rang, titre, points)),
      this.field.element,
      type.ranked && h("p", {}, h("button", { type: "button", on: { click: keep } }, TEXTS.keepOrder)),
      error,
      this.note,
    );
    this._listen(type);
  }

  _listen(type) {
    const { element } = this.field;
    element.addEventListener("change", () => this.read());
    element.addEventListener("input", () => this._soon());
    if (!type.ranked) return;
    element.addEventListener("click", ({ target }) => {
      if (target.closest("button")) {
        this.chosen = true;
        this._soon();
      }
    });
  }

  _soon() {
    clearTimeout(this._timer);
    this._timer = setTimeout(() => this.read(), TYPING_MS);
  }

  /** Read the field. What cannot be read is no answer, and the one before it is taken back. */
  read() {
    clearTimeout(this._timer);
    this._timer = null;
    const { answer = null, error } = this._read();
    const { control } = this.field;
    const typed = control.matches(TYPED) && control.value.trim() !== "";
    this.error.textContent = error && typed ? `${error} ${TEXTS.notSaved}` : "";
    if (!typed) control.removeAttribute("aria-invalid");
    if (alike(answer, this.answer)) return;
    this.answer = answer;
    this.changed(this);
  }

  /** A list is in some order from the start: only a person who moves or confirms it answers. */
  _read() {
    return typeOf(this.question).ranked && !this.chosen ? {} : this.field.read();
  }

  /** Show an answer given elsewhere, but not over what is being typed here: this will be the later one. */
  write(answer, number) {
    this.number = number;
    if (this._timer || alike(answer, this.answer)) return;
    this.answer = answer;
    this.chosen = answer !== null;
    this.error.textContent = "";
    if (answer !== null) this.field.write(answer);
    else if (this.field.control.matches(TYPED)) this.field.control.value = "";
    else if (!typeOf(this.question).ranked) this.field.write([]);
  }

  tell(words) {
    if (this.note.textContent !== words) this.note.textContent = words;
  }
}

class Form {
  constructor(main) {
    this.views = new Map();
    this._handed = null;
    this._busy = false;
    this.base = main.dataset.adresse;
    this.place = main.querySelector("#formulaire");
    this.state = main.querySelector("#etat");
    this.live = liveRegion();
    main.append(this.live.element);
    this.outbox = new Outbox(`${this.base}/reponse`, {
      body: (question, item) => ({ question, ...item }),
      kept: (name, sent, body) => this._kept(name, sent, body),
      waiting: () => this._tell(),
      refused: (name, _status, message) => this._refused(name, message),
      unknown: () => this._again(),
    });
    window.addEventListener("storage", ({ key }) => {
      if (key === this.outbox.key) this._refresh(); // another tab of this device answered
    });
    for (const [target, event] of [[window, "online"], [window, "pageshow"], [document, "visibilitychange"]]) {
      target.addEventListener(event, () => {
        for (const view of this.views.values()) view.read();
        this.outbox.flush();
      });
    }
    this._begin();
  }

  async _begin() {
    this.state.textContent = TEXTS.loading;
    let state = await this._ask();
    if (state && !state.reconnu) state = await this._ask(); // the first reply gives the cookie, which has to come back
    if (!state) {
      setTimeout(() => this._begin(), REOPEN_MS);
      return;
    }
    if (!state.reconnu) {
      this.state.textContent = TEXTS.cookieRefused;
      return;
    }
    this._draw(state);
  }

  /** The state of this copy, or nothing when the workshop cannot be reached. */
  async _ask() {
    const { status, body } = await request(`${this.base}/etat`).catch(() => ({ status: 0 }));
    if (status === 200) return body;
    this.state.textContent = body?.message ?? TEXTS.unreachable;
    return null;
  }

  _draw(state) {
    this._own(state);
    const options = { say: (text) => this.live.say(text), changed: (view) => this._changed(view) };
    for (const item of state.questions) this.views.set(item.question.id, new View(item, options));
    this.button = h("button", { type: "button", class: "mlt-primary", on: { click: () => this._handIn(false) } });
    this.problem = h("div", { role: "alert" });
    this.receipt = h("div", {});
    fill(
      this.place,
      fateNote(FATES.devoir.reponses),
      [...this.views.values()].map((view) => view.element),
      h("section", { class: "mlt" }, this.receipt, this.problem, h("div", { class: "mlt-actions" }, this.button)),
    );
    this._receive(state);
    this.outbox.flush();
  }

  /** Another person on this device, or one without a cookie any more, has other answers. */
  _own({ porteur }) {
    this.outbox.name(`mallette${this.base}-${porteur}`);
  }

  async _refresh() {
    const state = await this._ask();
    if (state?.reconnu && this.views.size) this._receive(state);
  }

  _receive({ reponses, perimees, remise }) {
    const waiting = this.outbox.items;
    for (const [name, view] of this.views) {
      const kept = reponses[name] ?? { reponse: null, numero: 0 };
      const item = waiting[name] ?? kept;
      if (!waiting[name] ? kept.numero > view.number : view.answer === null) view.write(item.reponse, kept.numero);
      view.stale = perimees.includes(name) && !waiting[name];
    }
    this._handed = remise;
    if (remise) this._showReceipt(remise);
    this._tell();
  }

  _changed(view) {
    view.stale = false;
    this.outbox.put(view.question.id, view.answer, view.number);
    if (this._handed) this._handed.changee = true;
    this._tell();
  }

  /** The workshop told what it keeps: the answer that was sent, or a later one of another tab. */
  _kept(name, sent, { numero, reponse }) {
    const view = this.views.get(name);
    if (view && numero > sent.numero) view.write(reponse, numero);
    else if (view) view.number = Math.max(view.number, numero);
    this._tell();
  }

  _refused(name, message) {
    const view = this.views.get(name);
    if (view) {
      view.answer = null;
      view.error.textContent = `${message ?? TEXTS.trouble} ${TEXTS.notSaved}`;
    }
    this._tell();
  }

  /** The workshop does not know this browser any more (its cookie is gone): begin again with what is on the page. */
  async _again() {
    const state = await this._ask();
    if (!state) {
      setTimeout(() => this._again(), REOPEN_MS);
      return;
    }
    if (!state.reconnu) {
      this._again();
      return;
    }
    this._own(state);
    for (const [name, view] of this.views) if (view.answer !== null) this.outbox.put(name, view.answer, view.number);
  }

  /** Say of each question, and of all, what is where. */
  _tell() {
    const waiting = this.outbox.items;
    const lost = this.outbox.lost;
    let answered = 0;
    for (const [name, view] of this.views) {
      const gone = name in waiting;
      if (view.answer !== null && !gone) answered += 1;
      if (gone) view.tell(lost ? TEXTS.waiting : TEXTS.sending);
      else if (view.stale) view.tell(TEXTS.changed);
      else view.tell(view.answer === null ? TEXTS.none : TEXTS.saved);
    }
    const words = lost && this.outbox.count
      ? TEXTS.lost(this.outbox.count)
      : `${TEXTS.progress(answered, this.views.size)}${this._handed?.changee ? ` ${TEXTS.since}` : ""}`;
    if (this.state.textContent !== words) this.state.textContent = words;
    this.state.classList.toggle("alerte", lost && this.outbox.count > 0);
    if (!this._busy) this.button.textContent = this._handed ? TEXTS.again : TEXTS.handIn;
  }

  async _handIn(anyway) {
    if (this._busy) return;
    for (const view of this.views.values()) view.read();
    const empty = [...this.views.values()].filter((view) => view.answer === null);
    if (empty.length && !anyway) {
      this._ask_anyway(empty);
      return;
    }
    this._busy = true;
    this.button.textContent = TEXTS.handing;
    fill(this.problem);
    await this.outbox.flush();
    let problem = this.outbox.count ? TEXTS.notYet : "";
    if (!problem) {
      const { status, body } = await request(`${this.base}/remise`, {}).catch(() => ({ status: 0 }));
      if (status === 200) this._handed = body;
      else problem = body?.message ?? TEXTS.failed;
    }
    this._busy = false;
    if (problem) fill(this.problem, h("p", { class: "mlt-error" }, problem));
    else {
      this._showReceipt(this._handed).focus();
      this.receipt.scrollIntoView();
    }
    this._tell();
  }

  _ask_anyway(empty) {
    const [first] = empty;
    const go = h("button", { type: "button", on: { click: () => this._handIn(true) } }, TEXTS.anyway);
    const link = h("a", { href: `#${first.element.querySelector("h2").id}` }, `Question ${first.rang}`);
    fill(this.problem, h("p", {}, TEXTS.unanswered(empty.map(({ rang }) => rang)), " ", link), h("p", {}, go));
  }

  /** The receipt; returns its title, which takes the focus once a copy was handed in. */
  _showReceipt({ code, mot, quand, retard, reponses }) {
    const title = h("h2", { tabindex: "-1" }, TEXTS.receipt);
    fill(
      this.receipt,
      title,
      h("p", {}, TEXTS.when(quand), " ", TEXTS.count(reponses, this.views.size), " ", retard && TEXTS.late),
      h(
        "dl",
        { class: "recu" },
        h("dt", {}, TEXTS.code),
        h("dd", {}, h("strong", {}, code), h("span", {}, TEXTS.codeUse)),
        h("dt", {}, TEXTS.word),
        h("dd", {}, mot ? [h("strong", {}, mot), h("span", {}, TEXTS.wordUse)] : h("span", {}, TEXTS.wordKnown)),
      ),
      h("p", {}, TEXTS.modify),
    );
    return title;
  }
}

followTheme();
new Form(document.querySelector("main[data-adresse]"));
document.getElementById("demarrage").remove();
