// How the answers of an assignment reach the workshop: each is kept on the device until the workshop has acknowledged it.

import { Memory, request } from "../../seance/static/exchange.js";

const AGAIN_MS = [1000, 2000, 4000, 8000];

/**
 * The answers that wait, one a question. They survive a reload. The network may deliver answers late and in any order,
 * and two tabs may answer the same question: so each has a number, higher than that of any answer given before on this
 * device, and the workshop keeps the highest.
 *
 * Calls `kept(question, sent, { numero, reponse })` with what was sent and what is kept, `waiting()`,
 * `refused(question, message)` and `unknown()` (the workshop does not know this browser any more).
 */
export class Outbox {
  constructor(base, tell) {
    this._timer = null;
    this._failures = 0;
    this._going = null;
    Object.assign(this, { base, tell });
    this._memory = null;
  }

  /** Whose answers they are: another person on this device, or one without a cookie any more, has others. */
  name(holder) {
    this._memory = new Memory(`mallette${this.base}-${holder}`);
  }

  get key() {
    return this._memory?.key;
  }

  /** Question → `{ numero, reponse }`, of the answers that wait. */
  get items() {
    return this._memory?.value?.attente ?? {};
  }

  get count() {
    return Object.keys(this.items).length;
  }

  /**
   * Keep an answer (`null` takes it back), in place of the one that waits, and send it.
   * `kept`: number of the answer that the workshop keeps.
   */
  put(question, reponse, kept) {
    const before = this._memory.value ?? { numeros: {}, attente: {} };
    const numero = Math.max(before.numeros[question] ?? 0, kept) + 1;
    this._memory.value = {
      numeros: { ...before.numeros, [question]: numero },
      attente: { ...before.attente, [question]: { numero, reponse } },
    };
    this.flush();
  }

  /** The workshop keeps the answer `number` of a question, or a later one: it need not be sent any more. */
  settle(question, number) {
    const { [question]: item, ...others } = this.items;
    if (item && item.numero <= number) this._memory.value = { ...this._memory.value, attente: others };
  }

  /** Whether the workshop did not reply last time. */
  get lost() {
    return this._failures > 0;
  }

  /** Send what waits, one answer after the other; ends when nothing waits, or when it has to wait for the network. */
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
  async _send(question, item) {
    const { status, body } = await request(`${this.base}/reponse`, { question, ...item }).catch(() => ({ status: 0 }));
    if (status === 200) {
      this._failures = 0;
      this.settle(question, Math.max(item.numero, body.numero));
      this.tell.kept(question, item, body);
      return true;
    }
    if (status === 403) {
      this.tell.unknown();
      return false;
    }
    if ([404, 409, 413, 422].includes(status)) {
      this.settle(question, item.numero);
      this.tell.refused(question, body?.message);
      return true;
    }
    this.tell.waiting();
    this._timer = setTimeout(() => this.flush(), AGAIN_MS[Math.min(this._failures, AGAIN_MS.length - 1)]);
    this._failures += 1;
    return false;
  }
}
