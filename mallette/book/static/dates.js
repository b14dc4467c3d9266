// The dates of sessions (book/fragments.py): on the reader's day, what is past goes after what is to come. A static page cannot
// know that day: without this script it gives the dates, in their order, and says nothing of past or future.
import { h } from "../../widgets/static/common.js";

for (const root of document.querySelectorAll(".mallette-dates")) {
  const items = [...root.querySelectorAll("li[data-fin]")];
  const past = items.filter((item) => new Date(item.dataset.fin) < new Date());
  const heading = root.querySelector("h2");
  if (past.length === items.length) {
    heading.textContent = "Séances passées";
  } else {
    heading.textContent = items.length - past.length === 1 ? "Prochaine séance" : "Prochaines séances";
    if (past.length > 0) {
      const list = h("ul", { class: "mallette-cartes" }, ...past);
      root.append(h("details", {}, h("summary", {}, "Séances passées"), list));
    }
  }
}
