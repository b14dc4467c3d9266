// How a phone stays in touch with the workshop, and how an answer reaches it: a stream of events, or asking every three
// seconds where there is none; an answer is kept on the phone until the workshop has acknowledged it.

const POLL_MS = 3000;
const REQUEST_MS = 6000;
/** The stream beats every four seconds: after this silence the workshop is asked directly… */
const PROBE_MS = 6500;
/** …and after this one the person is told. */
const LOST_MS = 9000;
const REOPEN_MS = 5000;
/** With LOST_MS, below the ten seconds within which a person is told. */
const WATCH_MS = 500;
const RETRIES_MS = [1000, 2000, 4000, 8000];

/** The status and JSON of a reply; throws when there is none in time. */
export async function request(address, body) {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), REQUEST_MS);
  const options = body === undefined ? {}
    : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  try {
    const reply = await fetch(address, { ...options, cache: "no-store", signal: control.signal });
    return { status: reply.status, body: await reply.json().catch(() => ({})) };
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Follows the state of a séance. Calls `state(body)` with each new one, `contact(true | false)` when contact is found
 * or lost, `gone()` once the séance is erased.
 */
export class Link {
  #heard = Date.now();
  #asked = 0;
  #tried = 0;
  #version = null;
  #stream = null;
  #busy = false;
  #again = false;
  #inContact = true;
  #timer = null;

  constructor(base, tell) {
    Object.assign(this, { base, tell });
  }

  start() {
    if (this.#timer) return;
    this.#timer = setInterval(() => this.#watch(), WATCH_MS);
    for (const [target, event] of [[window, "online"], [window, "pageshow"], [document, "visibilitychange"]]) {
      target.addEventListener(event, () => { if (!document.hidden) this.wake(); });
    }
    window.addEventListener("offline", () => this.#setContact(false));
    this.#open();
  }

  stop() {
    clearInterval(this.#timer);
    this.#timer = null;
    this.#drop();
  }

  /** The phone is back: ask now, do not wait for the next turn. */
  wake() {
    if (!this.#timer) return;
    this.refresh();
    if (Date.now() - this.#heard > PROBE_MS) this.#drop();
  }

  /** Ask for the state; whether the workshop told it, be it that the séance is erased. */
  async refresh() {
    if (this.#busy) {
      this.#again = true;
      return false;
    }
    this.#busy = true;
    this.#asked = Date.now();
    let answered = false;
    try {
      const { status, body } = await request(`${this.base}/etat`);
      answered = status === 200;
      if (answered) {
        this.#version = body.version;
        this.#hear();
        this.tell.state(body);
      } else if (status === 404) {
        answered = true;
        this.stop();
        this.tell.gone();
      } else if (status >= 500) {
        this.#setContact(false);
      }
    } catch {
      this.#setContact(false);
    }
    this.#busy = false;
    if (this.#again) {
      this.#again = false;
      return this.refresh();
    }
    return answered;
  }

  #hear() {
    this.#heard = Date.now();
    this.#setContact(true);
  }

  #setContact(found) {
    if (found === this.#inContact) return;
    this.#inContact = found;
    this.tell.contact(found);
  }

  #watch() {
    const now = Date.now();
    const silence = now - this.#heard;
    if (silence > LOST_MS) this.#setContact(false);
    if (this.#stream && silence > PROBE_MS) this.#drop();
    if (!this.#stream && now - this.#asked >= POLL_MS) this.refresh();
    if (!this.#stream && this.#inContact && now - this.#tried >= REOPEN_MS) this.#open();
  }

  #open() {
    if (!window.EventSource) return;
    this.#tried = Date.now();
    const stream = new EventSource(`${this.base}/flux`);
    stream.addEventListener("pouls", () => this.#hear());
    stream.addEventListener("etat", (event) => {
      this.#hear();
      if (JSON.parse(event.data).version !== this.#version) this.refresh();
    });
    stream.addEventListener("error", () => {
      if (this.#stream === stream) this.#drop();
      this.refresh();
    });
    this.#stream = stream;
  }

  #drop() {
    this.#stream?.close();
    this.#stream = null;
  }
}

/** What this phone remembers, shared by its tabs; each page has its own where the browser refuses storage. */
class Memory {
  #own = null;
  #refused = false;

  constructor(key) {
    this.key = key;
  }

  get value() {
    try {
      if (!this.#refused) return JSON.parse(localStorage.getItem(this.key));
    } catch {
      this.#refused = true;
    }
    return this.#own;
  }

  set value(value) {
    this.#own = value;
    try {
      if (value) localStorage.setItem(this.key, JSON.stringify(value));
      else localStorage.removeItem(this.key);
    } catch {
      this.#refused = true;
    }
  }
}

/** The name of a round, of a step of the séance or of an answer to it. */
export const roundOf = ({ question, tour }) => `${question.id ?? question}/${tour}`;

/**
 * The answer that waits to be acknowledged: one at most, since one question is open at a time. It survives a reload.
 * The network may deliver answers late and in any order, so each has a number, higher than that of any answer that the
 * person gave before in this round, in any tab: the workshop keeps the highest.
 * Calls `kept(item, { numero, reponse })` with what the workshop keeps, `waiting(item)`, `refused(item, status, message)`
 * and `unknown()` (the phone must join again).
 */
export class Outbox {
  #memory; // { manche, numero, attente }: the last number given, and in which round; the answer that waits
  #timer = null;
  #failures = 0;
  #busy = false;

  constructor(base, code, tell) {
    Object.assign(this, { base, tell });
    this.key = `mallette-seance-${code}`;
    this.#memory = new Memory(this.key);
  }

  get item() {
    return this.#memory.value?.attente ?? null;
  }

  /** Keep `{ question, tour, reponse }`, in place of what waits, and send it. `kept`: number of what the workshop keeps. */
  put(answer, kept) {
    const manche = roundOf(answer);
    const before = this.#memory.value;
    const numero = Math.max(before?.manche === manche ? before.numero : 0, kept) + 1;
    this.#memory.value = { manche, numero, attente: { ...answer, numero } };
    this.#failures = 0;
    this.flush();
  }

  /** The workshop keeps the answer `number` of a round, or a later one: it need not be sent any more. */
  settle(round, number) {
    const { item } = this;
    if (!item || roundOf(item) !== round || item.numero > number) return;
    clearTimeout(this.#timer);
    this.#memory.value = { ...this.#memory.value, attente: null };
  }

  /** The round is over: numbers serve no more. Unless an answer waits, nothing stays on the phone. */
  forget() {
    if (!this.item) this.clear();
  }

  clear() {
    clearTimeout(this.#timer);
    this.#memory.value = null;
  }

  /** Send what waits. */
  async flush() {
    clearTimeout(this.#timer);
    const { item } = this;
    if (!item || this.#busy) return;
    this.#busy = true;
    const { status, body } = await request(`${this.base}/reponse`, {
      question: item.question, tour: item.tour, numero: item.numero, reponse: item.reponse,
    }).catch(() => ({ status: 0, body: {} }));
    this.#busy = false;
    const told = status === 200 && Number.isInteger(body.numero); // no other server between us may say so
    if (told) {
      this.settle(roundOf(item), Math.max(item.numero, body.numero));
      this.tell.kept(item, body);
    }
    const { item: next } = this;
    if (told || next?.numero !== item.numero || roundOf(next) !== roundOf(item)) {
      this.flush(); // changed meanwhile: the newer answer follows
    } else if (status === 403) {
      this.tell.unknown();
    } else if ([404, 409, 413, 422].includes(status)) {
      this.settle(roundOf(item), item.numero);
      this.tell.refused(item, status, body.message);
    } else {
      this.tell.waiting(item);
      this.#timer = setTimeout(() => this.flush(), RETRIES_MS[Math.min(this.#failures, RETRIES_MS.length - 1)]);
      this.#failures += 1;
    }
  }
}
