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

/**
 * The answer that waits to be acknowledged: one at most, since one question is open at a time. It survives a reload.
 * Calls `saved(item)`, `waiting(item)`, `refused(item, status, message)` and `unknown()` (the phone must join again).
 */
export class Outbox {
    #memory = null;
  #timer = null;
  #failures = 0;
  #busy = false;

  constructor(base, code, tell) {
    Object.assign(this, { base, tell });
    this.key = `mallette-seance-${code}`;
  }

  get item() {
    try {
      return JSON.parse(localStorage.getItem(this.key)) ?? this.#memory;
    } catch {
      return this.#memory; // storage refused by the browser: the answer lives as long as the page
    }
  }

  set item(item) {
    this.#memory = item;
    try {
      if (item) localStorage.setItem(this.key, JSON.stringify(item));
      else localStorage.removeItem(this.key);
    } catch { /* as above */ }
  }

  /** Keep an answer `{ question, tour, reponse }`, in place of one that waits, and send it. */
  put(item) {
    this.item = { ...item, id: `${Date.now()}-${Math.random()}` };
    this.#failures = 0;
    this.flush();
  }

  clear() {
    clearTimeout(this.#timer);
    this.item = null;
  }

  /** Send what waits. */
  async flush() {
    clearTimeout(this.#timer);
    const { item } = this;
    if (!item || this.#busy) return;
    this.#busy = true;
    const { status, body } = await request(`${this.base}/reponse`, {
      question: item.question, tour: item.tour, reponse: item.reponse,
    }).catch(() => ({ status: 0, body: {} }));
    this.#busy = false;
    if (this.item?.id !== item.id) { // changed meanwhile: the newer answer follows
      this.flush();
    } else if (status === 200) {
      this.clear();
      this.tell.saved(item);
    } else if (status === 403) {
      this.tell.unknown();
    } else if ([404, 409, 413, 422].includes(status)) {
      this.clear();
      this.tell.refused(item, status, body.message);
    } else {
      this.tell.waiting(item);
      this.#timer = setTimeout(() => this.flush(), RETRIES_MS[Math.min(this.#failures, RETRIES_MS.length - 1)]);
      this.#failures += 1;
    }
  }
}
