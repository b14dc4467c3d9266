// The trainer's two pages: swap in what the server rendered, count, and say when contact is lost.
// Every sentence about the séance comes from the server; only what the server cannot say is written here.

import { Link } from "./contact.js";
import { exchange } from "./exchange.js";

const RETRY_MS = 1000;
const PATIENCE_MS = 8000; // what the trainer asks for may write a file
const SIZES = [1, 0.94, 0.88, 0.82, 0.76, 0.7]; // of the projector's letters; smaller would not be read from afar
const MOVED_MS = 500; // a click this soon after the buttons changed was meant for the former ones

const LOST =
  "Contact perdu avec la mallette. Cette page réessaie sans cesse ; les réponses déjà enregistrées sont gardées.";
const RESTARTED =
  "La mallette a redémarré : ouvrez, dans ce navigateur, l’adresse de formation affichée dans sa fenêtre. " +
  "Cette page reprendra d’elle-même.";
const GONE = "Cette séance n’existe plus sur cet ordinateur : elle a été effacée.";
const TROUBLE = "La mallette répond, mais avec une erreur. Cette page réessaie sans cesse.";
const WAITING = "Contact perdu : votre demande attend. Elle partira dès le retour de la mallette.";
const GIVE_UP = "Renoncer";
const GIVEN_UP = "Demande abandonnée. Regardez l’état affiché avant de recommencer.";
const SENDING = "Envoi…";
const MOVED = "L’affichage venait de changer : rien n’a été fait. Cliquez de nouveau si c’est bien ce que vous voulez.";

const zone = document.getElementById("vivant");
const message = document.getElementById("message");
const contact = document.getElementById("contact");
const troubles = document.getElementById("panne");
const projector = document.body.classList.contains("ecran");

function fill(element, nodes) {
  element.textContent = "";
  element.append(...nodes);
}

const wait = (milliseconds) =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
// Scripts of a parsed document never run: what the server escaped stays text, and so would anything else.
const parse = (html) => new DOMParser().parseFromString(html, "text/html").body.childNodes;

// --- what the page shows -------------------------------------------------------------------------------------------

let shown = "";
let moved = 0;
let deadline = null;
const folded = new Map(); // details a person opened or closed

function swap(html) {
  if (html === shown) return;
  shown = html;
  const stage = zone.querySelector("[data-etape]")?.dataset.etape;
  const kept = remember();
  fill(zone, parse(html));
  restore(kept);
  startTimer();
  fit();
  if (stage !== zone.querySelector("[data-etape]")?.dataset.etape) {
    moved = performance.now();
    if (projector) window.scrollTo(0, 0);
  }
}

function remember() {
  const active = zone.contains(document.activeElement) ? document.activeElement : null;
  const fields = [...zone.querySelectorAll("select[id], input[id], textarea[id]")]
    .map((field) => [field.id, field.value, field.selectionStart ?? null]);
  return { focused: active !== null && active !== zone, id: active?.id, fields };
}

function restore({ focused, id, fields }) {
  for (const [name, value] of fields) {
    const field = document.getElementById(name);
    if (!field || !zone.contains(field)) continue;
    if (field.tagName !== "SELECT" || [...field.options].some((option) => option.value === value)) field.value = value;
  }
  for (const [name, open] of folded) {
    const item = document.getElementById(name);
    if (item) item.open = open;
  }
  if (!focused || message?.contains(document.activeElement)) return;
  const same = id && document.getElementById(id);
  // The button that was used is gone: its place is where the new state is told.
  (same && !same.disabled ? same : zone.querySelector("h2[tabindex], [tabindex='-1']") ?? zone).focus({
    preventScroll: true,
  });
}

// Nobody scrolls a projector: letters shrink a little when a question is long.
function fit() {
  if (!projector) return;
  document.body.style.removeProperty("--pas");
  const full = Number.parseFloat(getComputedStyle(document.body).fontSize);
  for (const size of SIZES) {
    document.body.style.setProperty("--pas", `${full * size}px`);
    if (document.documentElement.scrollHeight <= window.innerHeight) return;
  }
}

function startTimer() {
  const timer = zone.querySelector("[data-restant]");
  deadline = timer ? performance.now() + 1000 * Number(timer.dataset.restant) : null;
  tick();
}

function tick() {
  const timer = zone.querySelector("[data-restant]");
  if (!timer || deadline === null) return;
  const left = Math.max(0, Math.ceil((deadline - performance.now()) / 1000));
  timer.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  timer.classList.toggle("presque", left <= 10);
}

function count(numbers) {
  for (const place of zone.querySelectorAll("[data-compte]")) {
    const number = numbers[place.dataset.compte];
    if (!Number.isInteger(number)) continue;
    place.textContent = `${number}\u00a0${number > 1 ? place.dataset.plusieurs : place.dataset.un}`;
  }
}

// --- contact with the server ---------------------------------------------------------------------------------------

function tell(text) {
  if (contact.textContent !== text) contact.textContent = text; // an alert is read each time it is written
}

// What the server says of its store; the room's screen does not show the trainer's worries.
function trouble(text) {
  if (troubles && troubles.textContent !== text) troubles.textContent = text;
}

const link = new Link({
  stream: zone.dataset.flux,
  ask: () => exchange(zone.dataset.source),
  state: swap,
  contact: (found, status) => tell(found ? "" : status === 0 ? LOST : status === 403 ? RESTARTED : TROUBLE),
  gone: () => tell(GONE),
  events: { compte: count, panne: (data) => trouble(data.message) },
  over: () => zone.querySelector("[data-fini]") !== null,
});

// --- what the trainer does -----------------------------------------------------------------------------------------

let sending = false;
let pressed = null; // the button that was used last; the Enter key counts as a click on it

function say(...nodes) {
  fill(message, nodes);
}

function note(text, ...more) {
  const paragraph = document.createElement("p");
  paragraph.className = "alerte";
  paragraph.setAttribute("role", "status");
  paragraph.append(text, ...more);
  say(paragraph);
}

async function send(address, body) {
  let given = false;
  const giveUp = document.createElement("button");
  giveUp.type = "button";
  giveUp.textContent = GIVE_UP;
  giveUp.addEventListener("click", () => {
    given = true;
    note(GIVEN_UP);
  });
  note(SENDING);
  while (!given) {
    try {
      const options = { method: "POST", body, headers: { "X-Mallette": "fragment" } };
      const reply = await exchange(address, options, PATIENCE_MS);
      if (given) return;
      say(...parse(reply.body));
      document.getElementById("reponse")?.focus();
      return;
    } catch {
      if (given) return;
      tell(LOST);
      if (!message.contains(giveUp)) note(WAITING, " ", giveUp);
      await wait(RETRY_MS);
    }
  }
}

async function submit(event) {
  const form = event.target;
  event.preventDefault();
  if (sending) return; // « Envoi… » or « votre demande attend » is on the page
  sending = true;
  const button = event.submitter ?? pressed; // the submitter is younger than some browsers
  const body = new URLSearchParams(new FormData(form));
  if (button?.name) body.set(button.name, button.value);
  // Attributes: form.action would be the field of that name.
  await send(button?.getAttribute("formaction") ?? form.getAttribute("action"), body);
  sending = false; // before the views are asked for: a question to confirm may be answered at once
  await link.refresh();
}

function click(event) {
  pressed = event.target.closest("button");
  const cancel = event.target.closest("[data-annuler]");
  if (cancel) {
    event.preventDefault();
    say();
    (zone.querySelector("h2[tabindex]") ?? zone).focus();
    return;
  }
  const summary = event.target.closest("summary");
  if (summary?.parentElement.id) folded.set(summary.parentElement.id, !summary.parentElement.open);
  // Keyboard "clicks" have no detail; focus never stays on a button that has changed.
  if (
    event.detail > 0 && event.target.closest("button") && zone.contains(event.target) &&
    performance.now() - moved < MOVED_MS
  ) {
    event.preventDefault();
    if (!sending) note(MOVED);
  }
}

function keepAwake() {
  if (document.visibilityState === "visible") navigator.wakeLock?.request("screen").catch(() => {});
}

document.addEventListener("submit", submit);
document.addEventListener("click", click, true);
setInterval(tick, 250);
startTimer();
link.start();
document.getElementById("demarrage")?.remove();

if (projector) {
  fit();
  window.addEventListener("resize", fit);
  const full = document.getElementById("plein-ecran");
  full.hidden = !document.fullscreenEnabled;
  full.addEventListener("click", () => document.documentElement.requestFullscreen());
  document.addEventListener("fullscreenchange", () => {
    full.hidden = document.fullscreenElement !== null;
  });
  document.addEventListener("visibilitychange", keepAwake);
  keepAwake();
}
