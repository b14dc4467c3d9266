// How an answer of a phone reaches the workshop: it is kept on the phone until the workshop has acknowledged it.

import { Memory, request } from "./exchange.js";

const RETRIES_MS = [1000, 2000, 4000, 8000];

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
