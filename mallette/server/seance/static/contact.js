// How a page of a séance stays in touch with the workshop, be it a phone, the trainer's page or the projector: a stream
// of events, or asking every three seconds where there is none.

const POLL_MS = 3000;
/** The stream beats every four seconds: after this silence the workshop is asked directly… */
const PROBE_MS = 6500;
/** …and after this one the person is told. */
const LOST_MS = 9000;
const REOPEN_MS = 5000;
/** With LOST_MS, below the ten seconds within which a person is told. */
const WATCH_MS = 500;

/**
 * Follows the state of a séance.
 *
 * `stream`: address of its events. `ask()`: the reply to a request for the state, `{ status, body }`; it throws when
 * there is none. `state(body)`: a reply with the status 200. `contact(found, status, body)`: contact is found or lost;
 * `status` and `body` are those of a reply which is no state, 0 and nothing when nothing replied. `gone()`: the séance is erased. `events`: what to do with
 * the data of other events. `isNew(data)`: whether an event « etat » is news. `over()`: whether nothing more can change.
 */
export class Link {
  constructor(tell) {
    this._heard = Date.now();
    this._asked = 0;
    this._tried = 0;
    this._stream = null;
    this._busy = false;
    this._again = false;
    this._stale = false;
    this._inContact = true;
    this._status = 200;
    this._timer = null;
    this.tell = { events: {}, isNew: () => true, over: () => false, ...tell };
    this._listen();
  }

  start() {
    if (this._timer) return;
    this._timer = setInterval(() => this._watch(), WATCH_MS);
    this._open();
  }

  /** A page that comes back asks now. Once for the life of the page: a link may stop and start again. */
  _listen() {
    for (const [target, event] of [[window, "online"], [window, "pageshow"], [document, "visibilitychange"]]) {
      target.addEventListener(event, () => {
        if (!document.hidden) this.wake();
      });
    }
    // The trainer's browser reaches its own computer without any network: only an answer tells.
    window.addEventListener("offline", () => {
      if (this._timer) this.refresh();
    });
  }

  stop() {
    clearInterval(this._timer);
    this._timer = null;
    this._drop();
  }

  /** The page is back: ask now, do not wait for the next turn. */
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
      const { status, body } = await this.tell.ask();
      answered = status === 200 || status === 404;
      if (status === 200) {
        this._hear();
        this.tell.state(body);
      } else if (status === 404) {
        this.stop();
        this.tell.gone();
      } else if (status !== 429) { // too many requests: the workshop is there
        this._setContact(false, status, body);
      }
    } catch {
      this._setContact(false, 0);
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
    this._setContact(true, 200);
  }

  _setContact(found, status, body) {
    if (found === this._inContact && status === this._status) return;
    this._inContact = found;
    this._status = status;
    this.tell.contact(found, status, body);
  }

  _watch() {
    const now = Date.now();
    const silence = now - this._heard;
    if (silence > LOST_MS && this._inContact) this._setContact(false, 0);
    if (this._stream && silence > PROBE_MS) this._drop();
    if (!this._stream && this.tell.over()) return;
    if (this._busy) return; // the reply may tell that the séance is erased: its stream is no more
    if ((!this._stream || this._stale) && now - this._asked >= POLL_MS) this.refresh();
    if (!this._stream && this._inContact && now - this._tried >= REOPEN_MS) this._open();
  }

  _open() {
    if (!window.EventSource) return;
    this._tried = Date.now();
    const stream = new EventSource(this.tell.stream);
    const on = (name, act) =>
      stream.addEventListener(name, (event) => {
        this._hear();
        act(JSON.parse(event.data));
      });
    on("pouls", () => {});
    on("etat", (data) => this.tell.isNew(data) && this.refresh());
    for (const [name, act] of Object.entries(this.tell.events)) on(name, act);
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
