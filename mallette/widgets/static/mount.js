// Loader of the static book: brings to life every <div class="mlt-mount" data-mallette="NAME"> that holds a JSON state,
// with the widget module that registers under NAME. It implements the model interface of anywidget's front-end modules
// (https://anywidget.dev/en/afm/) without a kernel. A classic script: a page opened from a USB stick may load no module.
(() => {
  const modules = new Map();
  const NEAR = "1500px"; // two screens of a phone: the widget is there when the reader is

  class StaticModel {
    constructor(state) {
      this._changed = new Set();
      this._listeners = new Map();
      this._state = state;
    }

    get(name) {
      return this._state[name];
    }

    set(name, value) {
      if (Object.is(this._state[name], value)) return;
      this._state[name] = value;
      this._changed.add(name);
      this._emit(`change:${name}`, value);
    }

    save_changes() {
      if (this._changed.size === 0) return;
      this._changed.clear();
      this._emit("change");
    }

    on(event, callback) {
      if (!this._listeners.has(event)) this._listeners.set(event, new Set());
      this._listeners.get(event).add(callback);
    }

    off(event, callback) {
      if (event == null) this._listeners.clear();
      else if (callback == null) this._listeners.delete(event);
      else this._listeners.get(event)?.delete(callback);
    }

    send() {} // no kernel listens

    _emit(event, ...values) {
      for (const callback of [...(this._listeners.get(event) ?? [])]) callback(...values);
    }
  }

  async function mount(place, module) {
    const source = place.querySelector(':scope > script[type="application/json"]');
    const shared = window.MalletteDonnees?.[place.dataset.mallette]; // a dashboard's, see server/assets.py
    const model = new StaticModel({ ...shared, ...JSON.parse(source.textContent) });
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

  // A heavy module comes when its place is near: the tag of this script says where it is (data-NAME="address").
  function bringWhenNear(name, address) {
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      const script = document.createElement("script");
      script.src = address;
      document.head.append(script);
    }, { rootMargin: NEAR });
    for (const place of document.querySelectorAll(`.mlt-mount[data-mallette="${CSS.escape(name)}"]`)) {
      observer.observe(place);
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

  for (const [name, address] of Object.entries(document.currentScript?.dataset ?? {})) bringWhenNear(name, address);
})();
