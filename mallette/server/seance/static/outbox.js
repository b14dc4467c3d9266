// What a page has to tell the workshop is kept on the device until the workshop has acknowledged it.

import { request } from "./exchange.js";

const RETRIES_MS = [1000, 2000, 4000, 8000];
const NOTHING = { numeros: {}, attente: {} };

/** Whether two answers or values say the same. */
export const alike = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** What this device remembers, shared by its tabs; each page has its own where the browser refuses storage. */
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

  /** Forget this, and what has a longer key that begins so. */
  clear() {
    this._own = null;
    try {
      for (const key of Object.keys(localStorage)) if (key.startsWith(this.key)) localStorage.removeItem(key);
    } catch {
      this._refused = true;
    }
  }
}

/**
 * What waits, by name: an answer by round or by question, a value of a tool by place. It survives a reload. The network
 * may deliver late and in any order, and two tabs may write under one name: so each item has a number, higher than that
 * of any item put before under its name on this device. Of answers the workshop keeps the highest; of what a table
 * writes, the last to arrive.
 *
 * `body(name, { numero, reponse })`: what is sent of an item to `address`. `pause`: milliseconds without a new item
 * before one leaves. Calls `kept(name, sent, reply)` once the workshop has it, `waiting()`,
 * `refused(name, status, message)` and `unknown()` (the workshop does not know this browser any more).
 */
export class Outbox {
  constructor(address, tell, key = "") {
    this._timer = null;
    this._failures = 0;
    this._going = null;
    Object.assign(this, { address, tell: { pause: 0, ...tell } });
    this.name(key);
  }

  /** Under which key of the device's storage: whose answers they are may be known late, or change. */
  name(key) {
    this._memory = new Memory(key);
  }

  get key() {
    return this._memory.key;
  }

  get _value() {
    const { value } = this._memory;
    return value?.numeros ? value : NOTHING; // else what a former version of this page left
  }

  /** Name → `{ numero, reponse }`, of what waits. */
  get items() {
    return this._value.attente;
  }

  get count() {
    return Object.keys(this.items).length;
  }

  /** Whether the workshop did not reply last time. */
  get lost() {
    return this._failures > 0;
  }

  /** Keep an item, in place of the one of this name that waits, and send it. `kept`: number of what the workshop keeps. */
  put(name, reponse, kept = 0) {
    const { numeros, attente } = this._value;
    const numero = Math.max(numeros[name] ?? 0, kept) + 1;
    this._memory.value = {
      numeros: { ...numeros, [name]: numero },
      attente: { ...attente, [name]: { numero, reponse } },
    };
    clearTimeout(this._timer);
    if (this.tell.pause) this._timer = setTimeout(() => this.flush(), this.tell.pause);
    else this.flush();
  }

  /** The workshop keeps the item `number` of this name, or a later one: it need not be sent any more. */
  settle(name, number) {
    const { [name]: item, ...others } = this.items;
    if (item && item.numero <= number) this._memory.value = { ...this._value, attente: others };
  }

  /** Nobody need send this item any more; what took its place meanwhile, here or in another tab, still waits. */
  _drop(name, item) {
    if (alike(this.items[name], item)) this.settle(name, item.numero);
  }

  /** Numbers serve no more. Unless something waits, nothing stays on the device. */
  forget() {
    if (!this.count) this._memory.value = null;
  }

  /** Nothing stays on the device, be it of other pages whose key begins as this one does. */
  clear() {
    clearTimeout(this._timer);
    this._memory.clear();
  }

  /** Send what waits, one after the other; ends when nothing waits, or when it has to wait for the network. */
  flush() {
    clearTimeout(this._timer);
    if (!this._going) {
      this._going = this._sendAll().finally(() => {
        this._going = null;
      });
    }
    return this._going;
  }

  async _sendAll() {
    let going = true;
    while (going && this.count) going = await this._send(...Object.entries(this.items)[0]);
  }

  /** Whether the next one may follow at once. */
  async _send(name, item) {
    const { status, body } = await request(this.address, this.tell.body(name, item))
      .catch(() => ({ status: 0, body: {} }));
    if (status === 200) {
      this._failures = 0;
      this._drop(name, item);
      if (body.numero) this.settle(name, body.numero);
      this.tell.kept(name, item, body);
      return true;
    }
    if (status === 403) {
      this.tell.unknown();
      return false;
    }
    if ([404, 409, 413, 422].includes(status)) {
      this._drop(name, item);
      this.tell.refused(name, status, body.message);
      return true;
    }
    this._failures += 1;
    this._timer = setTimeout(() => this.flush(), RETRIES_MS[Math.min(this._failures, RETRIES_MS.length) - 1]);
    this.tell.waiting();
    return false;
  }
}
