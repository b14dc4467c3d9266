// The page of a phone in a séance: it joins by one tap, answers, and always says where the answer is.
// Its texts are in participant_texts.js, its network in contact.js and outbox.js, answers in words in
// participant_answer.js.

import { fill, h, liveRegion, uid } from "../../../widgets/static/common.js";
import { typeOf } from "../../../questions/types.js";
import { TEXTS } from "./participant_texts.js";
import { Link } from "./contact.js";
import { request } from "./exchange.js";
import { followTheme } from "./theme.js";
import { Outbox } from "./outbox.js";
import { answerField, feedback, recap, roundOf, shownIn } from "./participant_answer.js";

const FOUND_MS = 4000;
const AGAIN_MS = 3000;
/** An acknowledgement takes a few milliseconds: later than this, the person is told that the answer waits. */
const PATIENCE_MS = 1500;

class Timer {
  /** `end`: the instant of the end, in milliseconds of `performance.now()`, read again at each tick. */
  constructor(end, say) {
    Object.assign(this, { end, say });
    this.said = this.left <= 10;
    this.element = h("p", { class: "seance-temps", role: "timer" });
    this.tick = setInterval(() => this.draw(), 250);
    this.draw();
  }

  get left() {
    return Math.max(0, Math.ceil((this.end() - performance.now()) / 1000));
  }

  draw() {
    const { left } = this;
    const text = left ? TEXTS.remaining(Math.floor(left / 60), left % 60) : TEXTS.timeUp;
    if (this.element.textContent !== text) this.element.textContent = text;
    if (left <= 10 && !this.said) {
      this.said = true;
      this.say(TEXTS.tenSeconds);
    }
  }

  stop() {
    clearInterval(this.tick);
  }
}

class Page {
  constructor(main) {
    this._shown = "";
    this._step = null;
    this._late = null;
    this._end = 0;
    this._problem = "";
    this._editing = false;
    this._finished = false;
    this._lost = false;
    this._version = null;
    this._tool = "";
    this._timer = null;
    this._patience = null;
    const { code } = main.dataset;
    this.base = `/s/${code}`;
    this.place = main.querySelector("#seance");
    this.contact = main.querySelector("#contact");
    this.live = liveRegion();
    main.append(this.live.element);
    this.say = (text) => this.live.say(text);
    this.outbox = new Outbox(`${this.base}/reponse`, {
      body: (round, item) => {
        const [question, tour] = round.split("/");
        return { question, tour: Number(tour), ...item };
      },
      kept: (round, sent, kept) => this._learn(round, sent, kept),
      waiting: () => this._tellSending(TEXTS.kept),
      refused: (round, status, message) => this._refused(round, status, message),
      unknown: () => this._askToJoin(TEXTS.rejoin),
    }, `mallette-seance-${code}`);
    this.link = new Link({
      stream: `${this.base}/flux`,
      ask: () => request(`${this.base}/etat`),
      isNew: ({ version }) => version !== this._version,
      state: (body) => this._receive(body),
      contact: (found) => this._tellContact(found),
      gone: () => this._erased(),
    });
    // Another tab of this phone answered, or what it sent was acknowledged.
    window.addEventListener("storage", ({ key }) => {
      if (key === this.outbox.key) this.link.refresh();
    });
    this._bindJoin();
    this._begin();
  }

  async _begin() {
    while (!await this.link.refresh()) {
      await new Promise((done) => {
        setTimeout(done, AGAIN_MS);
      });
    }
  }

  _bindJoin() {
    this.joinPart = this.place.querySelector("#rejoindre");
    this.joinButton = this.joinPart.querySelector("button");
    this.joinNote = this.joinPart.querySelector("[role=alert]");
    this.joinButton.addEventListener("click", () => this._join());
    this.joinButton.disabled = false;
  }

  async _join() {
    const button = this.joinButton;
    button.textContent = TEXTS.joining;
    button.disabled = true;
    let problem = TEXTS.joinFailed;
    try {
      const ask = () => request(`${this.base}/rejoindre`, {});
      let { status, body } = await ask(); // gives the cookie…
      if (status === 200 && !body.rejoint) ({ status, body } = await ask()); // …which has to come back
      if (status !== 200) problem = body.message ?? problem;
      else problem = body.rejoint ? "" : TEXTS.cookieRefused;
    } catch { /* no network: said below */ }
    button.disabled = false;
    button.textContent = TEXTS.join;
    this.joinNote.textContent = problem;
    this.tapped = true;
    if (!problem) this.link.refresh();
  }

  _askToJoin(note) {
    this.link.stop();
    this._step = null;
    this._show("rejoindre", () => this.joinPart);
    this.joinNote.textContent = note;
  }

  /** A state of the séance has come: draw what changed, and nothing under the fingers of someone who answers. */
  _receive({ version, titre, rejoint, terminee, etape, outil }) {
    this._version = version;
    document.querySelector("h1").textContent = titre;
    this._offer(terminee ? "" : outil);
    if (terminee) {
      this._finished = true;
      this.link.stop();
      this.outbox.forget();
      this._show("fin", () => this._panel(TEXTS.finishedTitle, h("p", {}, TEXTS.finished)));
    } else if (!rejoint) {
      this.link.stop();
      if (this._shown) this._askToJoin(TEXTS.rejoin);
      return;
    } else {
      this.link.start();
      if (etape) this._receiveStep(etape);
      else this._show("attente", () => this._panel(TEXTS.waitingTitle, h("p", {}, TEXTS.waiting)));
    }
    this.outbox.flush();
  }

  /** A tool to fill in at the table: its own page, which the person opens when asked to. */
  _offer(title) {
    if (title === this._tool) return;
    this._tool = title;
    this.toolPlace?.remove();
    if (!title) return;
    this.toolPlace = h("p", {}, h("a", { class: "bouton", href: `${this.base}/outil` }, TEXTS.tool(title)));
    this.place.before(this.toolPlace);
    this.say(TEXTS.tool(title));
  }

  _receiveStep(step) {
    const before = this._step;
    const same = before !== null && roundOf(before) === roundOf(step);
    this._step = step;
    // Once for each state that comes, whatever is drawn meanwhile, on a clock that nobody sets.
    this._end = performance.now() + 1000 * step.secondes;
    if (!same) {
      this._editing = false;
      this._late = null;
      this._problem = "";
    }
    this.outbox.settle(roundOf(step), step.numero);
    if (step.etat !== "ouverte") {
      const unsent = same && before.etat === "ouverte" && this.place.querySelector("form") && step.ma_reponse === null;
      if (unsent && !this._late && !this._pending) this._late = () => TEXTS.unsent;
      this.outbox.forget();
    } else if (same && step.numero < before.numero) {
      // Told before an answer that was acknowledged meanwhile.
      Object.assign(step, { ma_reponse: before.ma_reponse, numero: before.numero });
    }
    this._draw();
  }

  _draw() {
    const { etat, ma_reponse: kept } = this._step;
    const name = (...parts) => JSON.stringify([roundOf(this._step), etat, ...parts]);
    const item = this._pending;
    const answer = item ? item.reponse : kept;
    const late = this._late?.(kept) ?? "";
    if (etat === "revelee") this._show(name(kept, late), () => this._revealed(late));
    else if (etat === "close") this._show(name(kept, late), () => this._closed(late));
    else if (this._editing || answer === null) this._show(name(this._problem), () => this._form(answer));
    else {
      this._show(name("envoi", answer), () => this._answered(answer, item ? TEXTS.sending : TEXTS.saved));
      if (!item) this._tellSending(TEXTS.saved); // the same answer was on the page already, on its way
    }
  }

  /** The answer to the round on the page that was not acknowledged yet. */
  get _pending() {
    return (this._step && this.outbox.items[roundOf(this._step)]) ?? null;
  }

  /** Put a view on the page unless it is there; whoever was in the one it replaces is led to it. */
  _show(name, build) {
    if (this._shown === name) return;
    const here = document.activeElement;
    const first = this._shown === "" && !this.tapped;
    const follow = !first && (here === document.body || this.place.contains(here));
    this._shown = name;
    clearTimeout(this._patience);
    this._timer?.stop();
    this._timer = null;
    fill(this.place, build());
    const target = this.place.querySelector(".seance-envoi[tabindex]") ?? this.place.querySelector("h2");
    if (follow) target?.focus();
    else if (!first && target) this.say(target.textContent);
  }

  _panel(title, ...content) {
    return h("section", { class: "mlt mlt-quiz" }, h("h2", { tabindex: "-1" }, title), content);
  }

  _question(...content) {
    const { rang, tour, secondes, question } = this._step;
    this._timer = secondes === null ? null : new Timer(() => this._end, this.say);
    return this._panel(
      `${TEXTS.question(rang)} · ${typeOf(question).label}`,
      tour > 1 && h("p", { class: "mlt-info" }, TEXTS.secondRound),
      this._timer?.element,
      content,
    );
  }

  _form(answer) {
    const { question } = this._step;
    const error = h("p", { class: "mlt-error", id: uid("erreur"), role: "alert" }, this._problem);
    const field = answerField(question, { errorId: error.id, order: shownIn(this._step), say: this.say });
    if (answer !== null) field.write(answer);
    const submit = (event) => {
      event.preventDefault();
      const { answer: reponse, error: problem } = field.read();
      error.textContent = problem ?? "";
      if (problem) field.control.focus();
      else {
        this._edit(false);
        this.outbox.put(roundOf(this._step), reponse, this._step.numero);
        this._draw();
      }
    };
    const keep = () => {
      this._edit(false);
      this._draw();
    };
    return this._question(
      h(
        "form",
        { novalidate: true, autocomplete: "off", on: { submit } },
        field.element,
        error,
        h(
          "div",
          { class: "mlt-actions" },
          h("button", { type: "submit", class: "mlt-primary" }, TEXTS.send),
          answer !== null && h("button", { type: "button", on: { click: keep } }, TEXTS.back),
        ),
      ),
    );
  }

  _edit(editing, problem = "") {
    this._editing = editing;
    this._problem = problem;
  }

  _answered(answer, words) {
    const change = () => {
      this._edit(true);
      this._draw();
    };
    this.sending = h("p", { class: "seance-envoi", tabindex: "-1" }, words);
    this._patience = setTimeout(() => this._pending && this._tellSending(TEXTS.kept), PATIENCE_MS);
    return this._question(
      this.sending,
      recap(this._step.question, answer, shownIn(this._step)),
      h("div", { class: "mlt-actions" }, h("button", { type: "button", on: { click: change } }, TEXTS.change)),
    );
  }

  _closed(late) {
    const { question, ma_reponse: answer } = this._step;
    const words = late || (answer === null ? TEXTS.closedNone : TEXTS.closedSaved);
    return this._panel(
      TEXTS.closedTitle,
      h("p", { class: "seance-envoi" }, words),
      recap(question, answer, shownIn(this._step)),
      h("p", {}, TEXTS.closed),
    );
  }

  _revealed(late) {
    const { question, ma_reponse: answer } = this._step;
    return this._panel(
      TEXTS.revealedTitle,
      late && h("p", { class: "seance-envoi" }, late),
      feedback(question, answer, shownIn(this._step)),
    );
  }

  _erased() {
    this.outbox.clear();
    this._tellContact(true);
    this._show("effacee", () => this._panel(TEXTS.goneTitle, h("p", {}, TEXTS.gone)));
  }

  /** The workshop told what it keeps: the answer that was sent, or a later one of another tab. The page shows that. */
  _learn(round, sent, kept) {
    if (this._finished) this.outbox.forget();
    if (!this._step || round !== roundOf(this._step) || this._step.etat !== "ouverte") return;
    const numero = Math.max(sent.numero, kept.numero); // a round that has just closed has no numbers any more
    if (numero < this._step.numero) return;
    Object.assign(this._step, { ma_reponse: kept.reponse, numero });
    this._draw();
  }

  _tellSending(words) {
    if (!this.sending?.isConnected || this.sending.textContent === words) return;
    this.sending.textContent = words;
    this.say(words);
  }

  _refused(round, status, message) {
    if (this._finished) {
      this.outbox.forget();
      this.place.querySelector("section")?.append(h("p", { class: "seance-envoi", role: "status" }, TEXTS.lateEnd));
    } else if (this._step && round === roundOf(this._step)) {
      if (status === 409) this._late = (kept) => (kept === null ? TEXTS.late : TEXTS.latePrevious);
      else this._edit(true, message ?? TEXTS.trouble);
      this._draw();
      this.link.refresh();
    }
  }

  _tellContact(found) {
    if (found !== this._lost) return;
    this._lost = !found;
    this.contact.textContent = found ? TEXTS.found : TEXTS.lost;
    this.contact.classList.toggle("alerte", !found);
    if (!found) return;
    this.link.refresh(); // what another tab was told meanwhile
    this.outbox.flush();
    setTimeout(() => {
      if (!this._lost) this.contact.textContent = "";
    }, FOUND_MS);
  }
}

followTheme();
new Page(document.querySelector("main[data-code]"));
document.getElementById("demarrage").remove();
