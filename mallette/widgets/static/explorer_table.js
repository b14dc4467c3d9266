// The values of the prevalence explorer as a table.
import { h, scrolled } from "./common.js";
import { chartTitle, intervalText, lines, sampleText } from "./explorer_facts.js";

/** The values shown, one line each, with what is to be known of each. */
export function valueTable(selection, view, labels) {
  const all = lines(selection, labels);
  const varies = (key) => new Set(all.map((line) => line[key])).size > 1;
  const population = varies("champNom") ? "" : `${all[0].champNom}, `;
  const columns = [
    ["Produit", (line) => line.produitNom],
    varies("champNom") && ["Population", (line) => line.champNom],
    ["Enquête", (line) => `${line.enquete} ${line.annee}`],
    varies("territoire") && ["Territoire", (line) => line.territoire],
    (view.par === "sexe" || varies("sexeNom")) && ["Sexe", (line) => line.sexeNom],
    (view.par === "age" || varies("ageNom")) && ["Âge", (line) => line.ageNom],
    ["Valeur", (line) => line.texte, true],
    ["Intervalle à 95\u202f%", (line) => intervalText(line.intervalle), true],
    ["Effectif interrogé", (line) => sampleText(line.n), true],
    all.some((line) => line.alerte) && ["Avertissement", (line) => line.alerte],
    all.some((line) => line.remarque) && ["Remarque", (line) => line.remarque ?? ""],
    ["Source", (line) => line.sourceTexte],
  ].filter(Boolean);
  return scrolled(
    "Tableau des valeurs",
    h(
      "table",
      {},
      h(
        "caption",
        { class: "mlt-visually-hidden" },
        h("span", {}, `${chartTitle(selection, view, labels)} (${population}en % des personnes interrogées)`),
      ),
      h(
        "thead",
        {},
        h("tr", {}, columns.map(([name, , numeric]) => h("th", { scope: "col", class: numeric && "mlt-num" }, name))),
      ),
      h(
        "tbody",
        {},
        all.map((line) =>
          h(
            "tr",
            {},
            columns.map(([, cell, numeric], i) => (
              i === 0 ? h("th", { scope: "row" }, cell(line)) : h("td", { class: numeric && "mlt-num" }, cell(line))
            )),
          )
        ),
      ),
    ),
  );
}
