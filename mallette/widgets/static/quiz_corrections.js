// The answers of a question, known when they may be: a static page holds them, a kernel tells them once it is answered.

/** How long a kernel may take before the person is told. */
const PATIENCE_MS = 5000;

export class Corrections {
  /** Calls `known(id)` when the answers of a question have come and `late(id)` when they should have. */
  constructor(model, { known, late }) {
    this._known = new Map();
    this._timers = new Map();
    this._listen = (content) => this._receive(content);
    Object.assign(this, { model, known, late });
    model.on("msg:custom", this._listen);
  }

  /** The question with its answers; undefined until they are known. */
  of(question) {
    return this.model.widget_manager ? this._known.get(question.id) : question;
  }

  ask(question, answer) {
    const { id } = question;
    clearTimeout(this._timers.get(id));
    this._timers.set(id, setTimeout(() => this.late(id), PATIENCE_MS));
    this.model.send({ type: "correction", question: id, reponse: answer });
  }

  close() {
    this._timers.forEach((timer) => clearTimeout(timer));
    this.model.off("msg:custom", this._listen);
  }

  _receive(content) {
    if (content?.type !== "correction") return;
    const { id } = content.question;
    clearTimeout(this._timers.get(id));
    this._known.set(id, content.question);
    this.known(id);
  }
}

/** Elements of an « ordre » counted as `from` lists them, counted as `to` does: a kernel lists them as first shown. */
export function renumber(indices, from, to) {
  return indices.map((index) => to.elements.findIndex(({ texte }) => texte === from.elements[index].texte));
}
