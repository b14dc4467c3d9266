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

/** The status and JSON of a reply; throws when there is none in time, or when it was cut in the middle. */
export async function request(address, body) {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), REQUEST_MS);
  const options = body === undefined
    ? {}
    : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  try {
    const reply = await fetch(address, { ...options, cache: "no-store", signal: control.signal });
    return { status: reply.status, body: await (reply.ok ? reply.json() : reply.json().catch(() => ({}))) };
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Follows the state of a séance. Calls `state(body)` with each new one, `contact(true | false)` when contact is found
 * or lost, `gone()` once the séance is erased.
 */
export class Link {
  constructor(base, tell) {
    this._heard = Date.now();
    this._asked = 0;
    this._tried = 0;
    this._version = null;
    this._stream = null;
    this._busy = false;
    this._again = false;
    this._stale = false;
    this._inContact = true;
    this._timer = null;
    Object.assign(this, { base, tell });
  }

  start() {
    if (this._timer) return;
    this._timer = setInterval(() => this._watch(), WATCH_MS);
    for (const [target, event] of [[window, "online"], [window, "pageshow"], [document, "visibilitychange"]]) {
      target.addEventListener(event, () => {
        if (!document.hidden) this.wake();
      });
    }
    window.addEventListener("offline", () => this._setContact(false));
    this._open();
  }

  stop() {
    clearInterval(this._timer);
    this._timer = null;
    this._drop();
  }

  /** The phone is back: ask now, do not wait for the next turn. */
  wake() {
    if (!this._timer) return;
    this.refresh();
    if (Date.now() - this._heard > PROBE_MS) this._drop();
  }

  /** Ask for the state; whether the workshop told it, be it that the séance is erased. */
  async refresh() {
    if (this._busy) {
      this._again = true;
      return false;
    }
    this._busy = true;
    this._asked = Date.now();
    let answered = false;
    try {
      const { status, body } = await request(`${this.base}/etat`);
      answered = status === 200;
      if (answered) {
        this._version = body.version;
        this._hear();
        this.tell.state(body);
      } else if (status === 404) {
        answered = true;
        this.stop();
        this.tell.gone();
      } else if (status >= 500) {
        this._setContact(false);
      }
    } catch {
      this._setContact(false);
    }
    this._busy = false;
    this._stale = !answered;
    if (this._again) {
      this._again = false;
      return this.refresh();
    }
    return answered;
  }

  _hear() {
    this._heard = Date.now();
    this._setContact(true);
  }

  _setContact(found) {
    if (found === this._inContact) return;
    this._inContact = found;
    this.tell.contact(found);
  }

  _watch() {
    const now = Date.now();
    const silence = now - this._heard;
    if (silence > LOST_MS) this._setContact(false);
    if (this._stream && silence > PROBE_MS) this._drop();
    if ((!this._stream || this._stale) && now - this._asked >= POLL_MS) this.refresh();
    if (!this._stream && this._inContact && now - this._tried >= REOPEN_MS) this._open();
  }

  _open() {
    if (!window.EventSource) return;
    this._tried = Date.now();
    const stream = new EventSource(`${this.base}/flux`);
    stream.addEventListener("pouls", () => this._hear());
    stream.addEventListener("etat", (event) => {
      this._hear();
      if (JSON.parse(event.data).version !== this._version) this.refresh();
    });
    stream.addEventListener("error", () => {
      if (this._stream === stream) this._drop();
      this.refresh();
    });
    this._stream = stream;
  }

  _drop() {
    this._stream?.close();
    this._stream = null;
  }
}

/** What this phone remembers, shared by its tabs; each page has its own where the browser refuses storage. */
class Memory {
  constructor(key) {
    this._own = null;
    this._refused = false;
    this.key = key;
  }

  get value() {
    try {
      if (!this._refused) return JSON.parse(localStorage.getItem(this.key));
    } catch {
      this._refused = true;
    }
    return this._own;
  }

  set value(value) {
    this._own = value;
    try {
      if (value) localStorage.setItem(this.key, JSON.stringify(value));
      else localStorage.removeItem(this.key);
    } catch {
      this._refused = true;
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
  constructor(base, code, tell) {
    this._timer = null;
    this._failures = 0;
    this._busy = false;
    Object.assign(this, { base, tell });
    this.key = `mallette-seance-${code}`;
    // { manche, numero, attente }: the last number given, and in which round; the answer that waits.
    this._memory = new Memory(this.key);
  }

  get item() {
    return this._memory.value?.attente ?? null;
  }

  /** Keep `{ question, tour, reponse }`, in place of what waits, and send it. `kept`: number of what the workshop keeps. */
  put(answer, kept) {
    const manche = roundOf(answer);
    const before = this._memory.value;
    const numero = Math.max(before?.manche === manche ? before.numero : 0, kept) + 1;
    this._memory.value = { manche, numero, attente: { ...answer, numero } };
    this._failures = 0;
    this.flush();
  }

  /** The workshop keeps the answer `number` of a round, or a later one: it need not be sent any more. */
  settle(round, number) {
    const { item } = this;
    if (!item || roundOf(item) !== round || item.numero > number) return;
    clearTimeout(this._timer);
    this._memory.value = { ...this._memory.value, attente: null };
  }

  /** The round is over: numbers serve no more. Unless an answer waits, nothing stays on the phone. */
  forget() {
    if (!this.item) this.clear();
  }

  clear() {
    clearTimeout(this._timer);
    this._memory.value = null;
  }

  /** Send what waits. */
  async flush() {
    clearTimeout(this._timer);
    const { item } = this;
    if (!item || this._busy) return;
    this._busy = true;
    const { status, body } = await request(`${this.base}/reponse`, {
      question: item.question,
      tour: item.tour,
      numero: item.numero,
      reponse: item.reponse,
    }).catch(() => ({ status: 0, body: {} }));
    this._busy = false;
    if (status === 200) {
      this.settle(roundOf(item), Math.max(item.numero, body.numero));
      this.tell.kept(item, body);
    }
    const { item: next } = this;
    if (status === 200 || next?.numero !== item.numero || roundOf(next) !== roundOf(item)) {
      this.flush(); // changed meanwhile: the newer answer follows
    } else if (status === 403) {
      this.tell.unknown();
    } else if ([404, 409, 413, 422].includes(status)) {
      this.settle(roundOf(item), item.numero);
      this.tell.refused(item, status, body.message);
    } else {
      this.tell.waiting(item);
      this._timer = setTimeout(() => this.flush(), RETRIES_MS[Math.min(this._failures, RETRIES_MS.length - 1)]);
      this._failures += 1;
    }
  }
}
