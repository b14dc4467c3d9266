// The link between the widgets of a dashboard and their kernel. The page is complete without it: widgets answer at once,
// and what they change travels when it can. A page whose kernel is gone (phone asleep, Wi-Fi lost, kernel ended) asks for
// another copy of the dashboard and tells it where the widgets stand.
(() => {
  const PATIENCE_MS = 3000; // a shorter silence is not worth a word
  const RETRY_MS = [500, 1000, 2000, 4000, 8000];
  const TEXTS = {
    waiting: "L’atelier se prépare : vous pouvez déjà lire et répondre.",
    lost: "Liaison avec l’atelier perdue. Vos réponses restent sur cet écran ; nouvel essai en cours…",
    back: "Liaison rétablie.",
  };
  const models = new Map();
  const session = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  let kernel = "";
  let socket = null;
  let failures = 0;
  let silence;
  let started = false;

  function tell(text) {
    const place = document.getElementById("mallette-liaison");
    place.textContent = text;
    place.hidden = !text;
  }

  function troubled(text) {
    document.body.dataset.liaison = "perdue";
    if (silence === undefined) silence = setTimeout(() => tell(text), PATIENCE_MS);
  }

  function linked() {
    clearTimeout(silence);
    silence = undefined;
    failures = 0;
    document.body.dataset.liaison = "faite";
    if (document.getElementById("mallette-liaison").hidden) return;
    tell(TEXTS.back);
    setTimeout(() => { if (document.body.dataset.liaison === "faite") tell(""); }, PATIENCE_MS);
  }

  function post(id, data) {
    const header = {
      msg_id: `${session}_${Math.random().toString(36).slice(2)}`, msg_type: "comm_msg", username: "", session,
      date: new Date().toISOString(), version: "5.3",
    };
    socket.send(JSON.stringify({
      channel: "shell", header, parent_header: {}, metadata: {}, content: { comm_id: id, data }, buffers: [],
    }));
  }

  class Link {
    constructor(id, model) {
      this._changed = new Set();
      this._messages = [];
      Object.assign(this, { id, model });
    }

    update(names) {
      names.forEach((name) => this._changed.add(name));
      if (socket?.readyState === WebSocket.OPEN) this._post(names);
    }

    send(content) {
      if (socket?.readyState === WebSocket.OPEN) post(this.id, { method: "custom", content });
      else this._messages.push(content);
    }

    /** Tell a kernel that may be new all that differs from the page as it was sent, then what waited. */
    restate() {
      this._post([...this._changed]);
      for (const content of this._messages.splice(0)) this.send(content);
    }

    _post(names) {
      if (!names.length) return;
      const state = Object.fromEntries(names.map((name) => [name, this.model.get(name)]));
      post(this.id, { method: "update", state, buffer_paths: [] });
    }
  }

  function receive({ data }) {
    const message = JSON.parse(data);
    // A kernel that died is replaced by a copy as new: it has to be told where the widgets stand.
    if (["restarting", "dead"].includes(message.content.execution_state)) socket.close();
    if (message.header.msg_type !== "comm_msg") return;
    const link = models.get(message.content.comm_id);
    const { method, state, content } = message.content.data;
    if (method === "update") link?.model.receive(state);
    if (method === "custom") link?.model.message(content);
  }

  function again(seconds) {
    const pause = seconds ? seconds * 1000 : RETRY_MS[Math.min(failures, RETRY_MS.length - 1)];
    failures += 1;
    setTimeout(join, pause * (0.75 + Math.random() / 2)); // forty phones must not come back in the same instant
  }

  function connect() {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    socket = new WebSocket(`${scheme}//${location.host}/api/kernels/${kernel}/channels?session_id=${session}`);
    socket.onopen = () => {
      for (const link of models.values()) link.restate();
      linked();
    };
    socket.onmessage = receive;
    socket.onclose = () => {
      socket = null;
      troubled(TEXTS.lost);
      again();
    };
  }

  async function join() {
    try {
      const answer = await fetch(`/atelier/${document.body.dataset.atelier}/noyau`, {
        method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ noyau: kernel, version: document.body.dataset.version }),
      });
      const { noyau, message, attendre } = await answer.json();
      if (!answer.ok) {
        clearTimeout(silence);
        silence = 0;
        tell(message);
        document.body.dataset.liaison = "perdue";
        if (attendre) again(attendre); // otherwise only the person can do something
        return;
      }
      kernel = noyau;
      connect();
    } catch {
      troubled(kernel ? TEXTS.lost : TEXTS.waiting);
      again();
    }
  }

  window.MalletteLiaison = {
    tie(id, model) {
      const link = new Link(id, model);
      models.set(id, link);
      model.tie(link);
      if (started) return;
      started = true;
      // All widgets of the page are tied before the kernel is asked for.
      setTimeout(join);
    },
  };

  // A browser may put a page to sleep and wake it without its socket.
  addEventListener("pageshow", (event) => { if (event.persisted && started && !socket) join(); });
})();
