// How a page of the workshop asks it something, and what it remembers meanwhile.

const REQUEST_MS = 6000;

/** The status and the text of a reply; throws when there is none in time, or when it was cut in the middle. */
export async function exchange(address, options = {}, patience = REQUEST_MS) {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), patience);
  try {
    const reply = await fetch(address, { ...options, cache: "no-store", signal: control.signal });
    return { status: reply.status, body: await reply.text() };
  } finally {
    clearTimeout(timer);
  }
}

/** The status and JSON of a reply; throws when there is none in time, or when it was cut in the middle. */
export async function request(address, sent) {
  const options = sent === undefined
    ? {}
    : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(sent), keepalive: true };
  const { status, body } = await exchange(address, options);
  try {
    return { status, body: JSON.parse(body) };
  } catch (error) {
    if (status === 200) throw error;
    return { status, body: {} };
  }
}

/** What this phone remembers, shared by its tabs; each page has its own where the browser refuses storage. */
export class Memory {
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
