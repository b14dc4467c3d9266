// The answers of a question, known when they may be: a static page holds them, a kernel tells them once it is answered.

/** How long a kernel may take before the person is told. */
const PATIENCE_MS = 5000;

export class Corrections {
  #known = new Map();
  #timers = new Map();
  #listen = (content) => this.#receive(content);

  /** Calls `known(id)` when the answers of a question have come and `late(id)` when they should have. */
  constructor(model, { known, late }) {
    Object.assign(this, { model, known, late });
    model.on("msg:custom", this.#listen);
  }

  /** The question with its answers; undefined until they are known. */
  of(question) {
    return this.model.widget_manager ? this.#known.get(question.id) : question;
  }

  ask(question, answer) {
    const { id } = question;
    clearTimeout(this.#timers.get(id));
    this.#timers.set(id, setTimeout(() => this.late(id), PATIENCE_MS));
    this.model.send({ type: "correction", question: id, reponse: answer });
  }

  close() {
    this.#timers.forEach((timer) => clearTimeout(timer));
    this.model.off("msg:custom", this.#listen);
  }

  #receive(content) {
    if (content?.type !== "correction") return;
    const { id } = content.question;
    clearTimeout(this.#timers.get(id));
    this.#known.set(id, content.question);
    this.known(id);
  }
}

/** Elements of an « ordre » counted as `from` lists them, counted as `to` does: a kernel lists them as first shown. */
export function renumber(indices, from, to) {
  return indices.map((index) => to.elements.findIndex(({ texte }) => texte === from.elements[index].texte));
}
