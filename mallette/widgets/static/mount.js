// Loader of the static book: brings to life every <div class="mlt-mount" data-mallette="NAME"> that holds a JSON state,
// with the widget module that registers under NAME. It implements the model interface of anywidget's front-end modules
// (https://anywidget.dev/en/afm/) without a kernel. A classic script: a page opened from a USB stick may load no module.
// In a workshop, liaison.js gives the model a link to a kernel: changes then travel both ways.
(() => {
  const modules = new Map();

  class StaticModel {
    #state;
    #changed = new Set();
    #listeners = new Map();
    #link;

    constructor(state) {
      this.#state = state;
    }

    get(name) {
      return this.#state[name];
    }

    set(name, value) {
      if (Object.is(this.#state[name], value)) return;
      this.#state[name] = value;
      this.#changed.add(name);
      this.#emit(`change:${name}`, value);
    }

    save_changes() {
      if (this.#changed.size === 0) return;
      this.#link?.update([...this.#changed]);
      this.#changed.clear();
      this.#emit("change");
    }

    on(event, callback) {
      if (!this.#listeners.has(event)) this.#listeners.set(event, new Set());
      this.#listeners.get(event).add(callback);
    }

    off(event, callback) {
      if (event == null) this.#listeners.clear();
      else if (callback == null) this.#listeners.delete(event);
      else this.#listeners.get(event)?.delete(callback);
    }

    send(content) {
      this.#link?.send(content); // no kernel listens to a static page
    }

    /** Tie the model to a kernel: `link.update(names)` and `link.send(content)`. */
    tie(link) {
      this.#link = link;
      this.widget_manager = link; // how a module of anywidget knows that it is live
    }

    /** The kernel changed some values. */
    receive(state) {
      for (const [name, value] of Object.entries(state)) {
        this.#state[name] = value;
        this.#emit(`change:${name}`, value);
      }
      this.#emit("change");
    }

    /** The kernel sent a message of its own. */
    message(content) {
      this.#emit("msg:custom", content, []);
    }

    #emit(event, ...values) {
      for (const callback of [...(this.#listeners.get(event) ?? [])]) callback(...values);
    }
  }

  async function mount(place, module) {
    const source = place.querySelector(':scope > script[type="application/json"]');
    const shared = window.MalletteDonnees?.[place.dataset.mallette]; // a dashboard's, see server/assets.py
    const model = new StaticModel({ ...shared, ...JSON.parse(source.textContent) });
    if (place.dataset.modele) window.MalletteLiaison?.tie(place.dataset.modele, model);
    const el = document.createElement("div");
    const definition = typeof module === "function" ? await module() : module;
    await definition.initialize?.({ model });
    await definition.render({ model, el });
    place.querySelector(":scope > .mlt-fallback")?.remove();
    place.append(el);
    place.dataset.malletteState = "alive";
  }

  function mountAll(name) {
    const waiting = `.mlt-mount[data-mallette="${CSS.escape(name)}"]:not([data-mallette-state])`;
    for (const place of document.querySelectorAll(waiting)) {
      place.dataset.malletteState = "mounting";
      // The text version stays on the page when the widget cannot start.
      mount(place, modules.get(name)).catch((error) => {
        place.dataset.malletteState = "failed";
        console.error(`mallette: ${name}`, error);
      });
    }
  }

  window.MalletteWidgets = {
    register(name, module) {
      modules.set(name, module);
      if (document.readyState === "loading") {
        document.addEventListener("DOMContentLoaded", () => mountAll(name), { once: true });
      } else {
        mountAll(name);
      }
    },
  };
})();
