// The page of a phone in a séance: it joins by one tap, answers, and always says where the answer is.
// Its texts are in participant_texts.js, its network in participant_link.js, answers in words in participant_answer.js.

import { h, fill, uid, liveRegion } from "../../../widgets/static/common.js";
import { QUIZ_TEXTS } from "../../../widgets/static/quiz_texts.js";
import { TEXTS } from "./participant_texts.js";
import { Link, Outbox, request, roundOf } from "./participant_link.js";
import { answerField, feedback, recap, shownIn } from "./participant_answer.js";

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
  #shown = "";
  #step = null;
  #late = null;
  #end = 0;
  #problem = "";
  #editing = false;
  #finished = false;
  #lost = false;
  #timer = null;
  #patience = null;

  constructor(main) {
    const { code } = main.dataset;
    this.base = `/s/${code}`;
    this.place = main.querySelector("#seance");
    this.contact = main.querySelector("#contact");
    this.live = liveRegion();
    main.append(this.live.element);
    this.say = (text) => this.live.say(text);
    this.outbox = new Outbox(this.base, code, {
      kept: (item, kept) => this.#learn(item, kept),
      waiting: () => this.#tellSending(TEXTS.kept),
      refused: (item, status, message) => this.#refused(item, status, message),
      unknown: () => this.#askToJoin(TEXTS.rejoin),
    });
    this.link = new Link(this.base, {
      state: (body) => this.#receive(body),
      contact: (found) => this.#tellContact(found),
      gone: () => this.#erased(),
    });
    // Another tab of this phone answered, or what it sent was acknowledged.
    window.addEventListener("storage", ({ key }) => { if (key === this.outbox.key) this.link.refresh(); });
    this.#bindJoin();
    this.#begin();
  }

  async #begin() {
    while (!await this.link.refresh()) await new Promise((done) => { setTimeout(done, AGAIN_MS); });
  }

  #bindJoin() {
    this.joinPart = this.place.querySelector("#rejoindre");
    this.joinButton = this.joinPart.querySelector("button");
    this.joinNote = this.joinPart.querySelector("[role=alert]");
    this.joinButton.addEventListener("click", () => this.#join());
    this.joinButton.disabled = false;
  }

  async #join() {
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

  #askToJoin(note) {
    this.link.stop();
    this.#show("rejoindre", () => this.joinPart);
    this.joinNote.textContent = note;
  }

  /** A state of the séance has come: draw what changed, and nothing under the fingers of someone who answers. */
  #receive({ titre, rejoint, terminee, etape }) {
    document.querySelector("h1").textContent = titre;
    if (terminee) {
      this.#finished = true;
      this.link.stop();
      this.outbox.forget();
      this.#show("fin", () => this.#panel(TEXTS.finishedTitle, h("p", {}, TEXTS.finished)));
    } else if (!rejoint) {
      this.link.stop();
      this.#step = null;
      if (this.#shown) this.#askToJoin(TEXTS.rejoin);
      return;
    } else {
      this.link.start();
      if (etape) this.#receiveStep(etape);
      else this.#show("attente", () => this.#panel(TEXTS.waitingTitle, h("p", {}, TEXTS.waiting)));
    }
    this.outbox.flush();
  }

  #receiveStep(step) {
    const before = this.#step;
    const same = before !== null && roundOf(before) === roundOf(step);
    this.#step = step;
    // Once for each state that comes, whatever is drawn meanwhile, on a clock that nobody sets.
    this.#end = performance.now() + 1000 * step.secondes;
    if (!same) {
      this.#editing = false;
      this.#late = null;
      this.#problem = "";
    }
    this.outbox.settle(roundOf(step), step.numero);
    if (step.etat !== "ouverte") {
      const unsent = same && before.etat === "ouverte" && this.place.querySelector("form") && step.ma_reponse === null;
      if (unsent && !this.#late && !this.#pending) this.#late = () => TEXTS.unsent;
      this.outbox.forget();
    } else if (same && step.numero < before.numero) {
      // Told before an answer that was acknowledged meanwhile.
      Object.assign(step, { ma_reponse: before.ma_reponse, numero: before.numero });
    }
    this.#draw();
  }

  #draw() {
    const { etat, ma_reponse: kept } = this.#step;
    const name = (...parts) => JSON.stringify([roundOf(this.#step), etat, ...parts]);
    const item = this.#pending;
    const answer = item ? item.reponse : kept;
    const late = this.#late?.(kept) ?? "";
    if (etat === "revelee") this.#show(name(kept, late), () => this.#revealed(late));
    else if (etat === "close") this.#show(name(kept, late), () => this.#closed(late));
    else if (this.#editing || answer === null) this.#show(name(this.#problem), () => this.#form(answer));
    else this.#show(name("envoi", answer), () => this.#answered(answer, item ? TEXTS.sending : TEXTS.saved));
  }

  /** The answer to the round on the page that was not acknowledged yet. */
  get #pending() {
    const { item } = this.outbox;
    return item && roundOf(item) === roundOf(this.#step) ? item : null;
  }

  /** Put a view on the page unless it is there; whoever was in the one it replaces is led to it. */
  #show(name, build) {
    if (this.#shown === name) return;
    const here = document.activeElement;
    const first = this.#shown === "" && !this.tapped;
    const follow = !first && (here === document.body || this.place.contains(here));
    this.#shown = name;
    clearTimeout(this.#patience);
    this.#timer?.stop();
    this.#timer = null;
    fill(this.place, build());
    const target = this.place.querySelector(".seance-envoi[tabindex]") ?? this.place.querySelector("h2");
    if (follow) target?.focus();
    else if (!first && target) this.say(target.textContent);
  }

  #panel(title, ...content) {
    return h("section", { class: "mlt mlt-quiz" }, h("h2", { tabindex: "-1" }, title), content);
  }

  #question(...content) {
    const { rang, tour, secondes, question } = this.#step;
    this.#timer = secondes === null ? null : new Timer(() => this.#end, this.say);
    return this.#panel(`${TEXTS.question(rang)} · ${QUIZ_TEXTS.kinds[question.type]}`,
      tour > 1 && h("p", { class: "mlt-info" }, TEXTS.secondRound), this.#timer?.element, content);
  }

  #form(answer) {
    const { question, tour } = this.#step;
    const error = h("p", { class: "mlt-error", id: uid("erreur"), role: "alert" }, this.#problem);
    const field = answerField(question, { errorId: error.id, order: shownIn(this.#step), say: this.say });
    if (answer !== null) field.write(answer);
    const submit = (event) => {
      event.preventDefault();
      const { answer: reponse, error: problem } = field.read();
      error.textContent = problem ?? "";
      if (problem) field.control.focus();
      else {
        this.#edit(false);
        this.outbox.put({ question: question.id, tour, reponse }, this.#step.numero);
        this.#draw();
      }
    };
    const keep = () => {
      this.#edit(false);
      this.#draw();
    };
    return this.#question(h("form", { novalidate: true, autocomplete: "off", on: { submit } }, field.element, error,
      h("div", { class: "mlt-actions" },
        h("button", { type: "submit", class: "mlt-primary" }, TEXTS.send),
        answer !== null && h("button", { type: "button", on: { click: keep } }, TEXTS.back))));
  }

  #edit(editing, problem = "") {
    this.#editing = editing;
    this.#problem = problem;
  }

  #answered(answer, words) {
    const change = () => {
      this.#edit(true);
      this.#draw();
    };
    this.sending = h("p", { class: "seance-envoi", tabindex: "-1" }, words);
    this.#patience = setTimeout(() => this.#pending && this.#tellSending(TEXTS.kept), PATIENCE_MS);
    return this.#question(this.sending, recap(this.#step.question, answer, shownIn(this.#step)),
      h("div", { class: "mlt-actions" }, h("button", { type: "button", on: { click: change } }, TEXTS.change)));
  }

  #closed(late) {
    const { question, ma_reponse: answer } = this.#step;
    const words = late || (answer === null ? TEXTS.closedNone : TEXTS.closedSaved);
    return this.#panel(TEXTS.closedTitle, h("p", { class: "seance-envoi" }, words),
      recap(question, answer, shownIn(this.#step)),
      h("p", {}, TEXTS.closed));
  }

  #revealed(late) {
    const { question, ma_reponse: answer } = this.#step;
    return this.#panel(TEXTS.revealedTitle, late && h("p", { class: "seance-envoi" }, late),
      feedback(question, answer, shownIn(this.#step)));
  }

  #erased() {
    this.outbox.clear();
    this.#tellContact(true);
    this.#show("effacee", () => this.#panel(TEXTS.goneTitle, h("p", {}, TEXTS.gone)));
  }

  /** The workshop told what it keeps: the answer that was sent, or a later one of another tab. The page shows that. */
  #learn(item, kept) {
    if (this.#finished) this.outbox.forget();
    if (!this.#step || roundOf(item) !== roundOf(this.#step) || this.#step.etat !== "ouverte") return;
    const numero = Math.max(item.numero, kept.numero); // a round that has just closed has no numbers any more
    if (numero < this.#step.numero) return;
    Object.assign(this.#step, { ma_reponse: kept.reponse, numero });
    this.#draw();
    if (!this.#pending) this.#tellSending(TEXTS.saved);
  }

  #tellSending(words) {
    if (!this.sending?.isConnected || this.sending.textContent === words) return;
    this.sending.textContent = words;
    this.say(words);
  }

  #refused(item, status, message) {
    if (this.#finished) {
      this.outbox.forget();
      this.place.querySelector("section")?.append(h("p", { class: "seance-envoi", role: "status" }, TEXTS.lateEnd));
    } else if (this.#step && roundOf(item) === roundOf(this.#step)) {
      if (status === 409) this.#late = (kept) => (kept === null ? TEXTS.late : TEXTS.latePrevious);
      else this.#edit(true, message ?? TEXTS.trouble);
      this.#draw();
      this.link.refresh();
    }
  }

  #tellContact(found) {
    if (found !== this.#lost) return;
    this.#lost = !found;
    this.contact.textContent = found ? TEXTS.found : TEXTS.lost;
    this.contact.classList.toggle("alerte", !found);
    if (!found) return;
    this.link.refresh(); // what another tab was told meanwhile
    this.outbox.flush();
    setTimeout(() => { if (!this.#lost) this.contact.textContent = ""; }, FOUND_MS);
  }
}

const dark = window.matchMedia("(prefers-color-scheme: dark)");
const followTheme = () => { document.documentElement.dataset.theme = dark.matches ? "dark" : "light"; };
dark.addEventListener?.("change", followTheme);
followTheme();
new Page(document.querySelector("main[data-code]"));
document.getElementById("demarrage").remove();
