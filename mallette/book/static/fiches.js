// The list of fiches-actions (mallette/book/fiches.py): shows the cards that match the choices, says how many, and keeps
// the choices in the address. Without this script the form stays hidden and the whole list is there.
import { enumeration, NBSP, NNBSP, permalink, readPermalink } from "../../widgets/static/common.js";

/** "4 fiches-actions sur 11 ; logique d’action « … » et public « … »" */
function sentence(shown, total, chosen) {
  if (chosen.length === 0) return `${total}${NBSP}fiches-actions`;
  const criteria = enumeration(chosen.map((select) => {
    const label = select.labels[0].textContent.toLowerCase();
    return `${label} «${NBSP}${select.selectedOptions[0].dataset.nom}${NBSP}»`;
  }));
  if (shown === 0) return `Aucune fiche-action pour ${criteria}${NBSP}: élargissez un des choix.`;
  const name = shown === 1 ? "fiche-action" : "fiches-actions";
  return `${shown}${NBSP}${name} sur ${total}${NNBSP}; ${criteria}`;
}

function start(root) {
  const form = root.querySelector("form");
  const status = root.querySelector("[role=status]");
  const cards = [...root.querySelectorAll("ul > li")];
  const selects = [...form.querySelectorAll("select")];

  function show() {
    const chosen = selects.filter((select) => select.value);
    for (const card of cards) {
      card.hidden = !chosen.every((select) => card.dataset[select.name].split(" ").includes(select.value));
    }
    const text = sentence(cards.filter((card) => !card.hidden).length, cards.length, chosen);
    if (status.textContent !== text) status.textContent = text;
    return chosen;
  }

  function keep(chosen) {
    const values = Object.fromEntries(chosen.map((select) => [select.name, select.value]));
    const address = chosen.length ? permalink(root.id, values) : window.location.href.split("#")[0];
    window.history.replaceState(null, "", address);
  }

  function read() {
    const asked = readPermalink(root.id);
    for (const select of selects) {
      const value = asked?.[select.name] ?? "";
      select.value = [...select.options].some((option) => option.value === value) ? value : "";
    }
    show();
    if (asked) requestAnimationFrame(() => root.scrollIntoView());
  }

  form.addEventListener("change", () => keep(show()));
  form.addEventListener("reset", () => setTimeout(() => keep(show()))); // the choices are emptied after the event
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", read);
  form.hidden = false;
  read();
}

for (const root of document.querySelectorAll(".mallette-fiches")) start(root);
