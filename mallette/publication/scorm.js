// What a page of the book does in a learning platform: ADL, SCORM 1.2, Run-Time Environment.
//
// The platform holds an object `API` in a window around the page, or in the one that opened it. Without it, nothing is
// done here: a page opened from the folder, or in a new tab, is that of the book.
import { append, h } from "../widgets/static/common.js";
import { PLATFORM } from "../widgets/static/quiz_fate.js";

const RECEIVED =
  "La plate-forme de formation reçoit de cette page, avec votre compte : que vous l’avez ouverte, que vous en avez vu la fin, combien de temps elle est restée ouverte et, s’il y a des questions notées, votre meilleur score. Elle ne reçoit ni vos réponses, ni ce que vous écrivez.";
const LINKS =
  "Un lien vers une autre page s’ouvre dans un nouvel onglet, que la plate-forme ne suit pas. Pour que la lecture d’une page compte, ouvrez-la depuis le sommaire de la plate-forme.";
const SUMMARY = "Ce que la plate-forme reçoit, et où mènent les liens";
const REFUSED =
  "La plate-forme de formation n’a pas ouvert le suivi de cette page : ce que vous y faites ne compte pas. Fermez-la, puis ouvrez-la de nouveau depuis le sommaire de la plate-forme.";

/** The platform's object, in `place` or in a window around it; null when there is none. */
function search(place) {
  try {
    for (let last = null; place && place !== last; last = place, place = place.parent) {
      if (place.API && typeof place.API.LMSInitialize === "function") return place.API;
    }
  } catch {
    // a window of another site
  }
  return null;
}

/** Seconds as SCORM writes them: "00:01:05". */
function span(seconds) {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}

function note(...children) {
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelector(".bd-article").prepend(append(h("div", { class: "mallette-suivi" }), children));
  });
}

function follow(api) {
  const opened = Date.now();
  const get = (name) => String(api.LMSGetValue(`cmi.core.${name}`));
  const set = (values) => {
    for (const [name, value] of Object.entries(values)) api.LMSSetValue(`cmi.core.${name}`, String(value));
    api.LMSCommit("");
  };
  const done = ["completed", "passed"].includes(get("lesson_status"));
  if (!done) set({ lesson_status: "incomplete" });

  // The score: 100 times the mean credit of all the questions of the page that give credit; one without an answer is
  // worth 0. The platform keeps the best of all visits: whoever comes back to read a page again loses nothing.
  const quizzes = new Map();
  const kept = parseFloat(get("score.raw"));
  let best = Number.isNaN(kept) ? -1 : kept;
  document.addEventListener("mallette-credit", ({ detail }) => {
    quizzes.set(detail.quiz, detail);
    const sum = (name) => [...quizzes.values()].reduce((total, quiz) => total + quiz[name], 0);
    const score = Math.round(10000 * sum("credit") / sum("scored")) / 100;
    if (sum("answered") === 0 || score <= best) return;
    best = score;
    set({ "score.min": 0, "score.max": 100, "score.raw": score });
  });

  // A page whose end is seen is done; one that fits on the screen is done at once.
  addEventListener("load", () => {
    const end = h("div", { class: "mallette-fin" });
    document.querySelector(".bd-article").append(end);
    new IntersectionObserver((entries, observer) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      if (!done) set({ lesson_status: "completed" });
    }).observe(end);
  });

  // "suspend": the platform keeps what it holds of this page for the next visit.
  addEventListener("pagehide", () => {
    set({ session_time: span(Math.round((Date.now() - opened) / 1000)), exit: "suspend" });
    api.LMSFinish("");
  }, { once: true });
}

/** Links and searches lead to a new tab: in this window, the next page would be counted as this one. */
function stay() {
  document.addEventListener("click", ({ target }) => {
    const link = target.closest("a[href]");
    if (!link || link.hasAttribute("download") || !/^(https?|file):$/.test(link.protocol)) return;
    if (link.href.split("#")[0] === location.href.split("#")[0]) return;
    link.target = "_blank";
    link.rel = "noopener";
  }, true);
  document.addEventListener("submit", ({ target }) => {
    if (!target.hasAttribute("action")) return;
    target.target = "_blank";
    target.rel = "noopener";
  }, true);
}

const api = search(window) || search(window.opener);
if (api && String(api.LMSInitialize("")) === "true") {
  document.documentElement.classList.add(PLATFORM);
  note(h("details", {}, h("summary", {}, SUMMARY), h("p", {}, RECEIVED), h("p", {}, LINKS)));
  follow(api);
  stay();
} else if (api) {
  note(h("p", { role: "status" }, REFUSED));
}
