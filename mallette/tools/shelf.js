// Documents kept in this browser, one entry each. A browser may refuse to keep anything: then the page says so.

const PREFIX = "mallette-outil";

export class Shelf {
  constructor(tool) {
    this.tool = tool;
    this.seen = new Map(); // what this page last read or wrote of each document
  }

  key(id) {
    return `${PREFIX}/${this.tool.nom}/${id}`;
  }

  /** What is kept, the last one changed first; what cannot be read is left alone. */
  list() {
    const found = [];
    try {
      for (let rank = 0; rank < localStorage.length; rank += 1) {
        const key = localStorage.key(rank);
        if (!key.startsWith(this.key(""))) continue;
        try {
          const { id, titre, modifie } = JSON.parse(localStorage.getItem(key));
          if (this.key(id) === key) found.push({ id, titre: String(titre), modifie: String(modifie) });
        } catch { /* somebody else's, or cut */ }
      }
    } catch { /* refused: nothing is kept */ }
    return found.sort((one, other) => (one.modifie < other.modifie ? 1 : -1));
  }

  /** A title that no other document of this browser bears: the second "Plan" is "Plan 2". */
  free(title) {
    const taken = new Set(this.list().map(({ titre }) => titre));
    let found = title;
    for (let rank = 2; taken.has(found); rank += 1) found = `${title}\u00a0${rank}`;
    return found;
  }

  /** The text of a document, or null. */
  read(id) {
    try {
      const text = localStorage.getItem(this.key(id));
      this.seen.set(id, text);
      return text;
    } catch {
      return null;
    }
  }

  /** Keep a document: "gardé", "refusé", or "ailleurs" when another tab has changed it since (`force` writes over it). */
  write(document, force = false) {
    const { id } = document;
    try {
      const before = localStorage.getItem(this.key(id));
      if (!force && this.seen.has(id) && before !== this.seen.get(id)) return "ailleurs";
      const text = JSON.stringify(document);
      localStorage.setItem(this.key(id), text);
      this.seen.set(id, text);
      return "gardé";
    } catch {
      return "refusé";
    }
  }

  remove(id) {
    this.seen.delete(id);
    try {
      localStorage.removeItem(this.key(id));
    } catch { /* nothing was kept */ }
  }
}
