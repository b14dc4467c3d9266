"""The prevalence explorer: published percentages by age, by sex or over time, with all that is needed to read them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from html import escape
from typing import Any

from traitlets import Dict

from mallette import data, prevalence, prevalence_text
from mallette.french import NBSP, SEPARATOR, number, percent
from mallette.widgets.base import KitWidget

# "Never took any of the three" reads the other way round from every indicator: it is no prevalence of use.
_NOT_A_USE = {"aucun_alcool_tabac_cannabis"}
_KEY = re.compile(r"\b[A-Z0-9]+_[A-Z0-9_]+\b")  # a source_id inside a note
_ROUNDED = re.compile(r"^arrondi(?! à)")
# How an indicator is said in a sentence, with the pronoun that stands for it in the next clause.
_PHRASES = {
    "experimentation": ("l’expérimentation {de}", "celle"),
    "annee": ("l’usage {de} dans l’année", "celui"),
    "regulier": ("l’usage régulier {de}", "celui"),
    "quotidien": ("l’usage quotidien {de}", "celui"),
    "usage_problematique": ("l’usage problématique {de}", "celui"),
    "api_mois": ("l’alcoolisation ponctuelle importante dans le mois", "celle"),
    "ivresse_vie": ("l’ivresse au cours de la vie", "celle"),
}
_SHORT = {
    "champignons_hallucinogenes": "Champignons",
    "cannabinoides_de_synthese": "Cannabinoïdes de synthèse",
    "toute_drogue_illicite_hors_cannabis": "Illicites hors cannabis",
    "cigarette_electronique": "Cig. électronique",
    "mdma_ecstasy": "MDMA",
    "chicha": "Chicha",
}
_INTERVALS = (
    "Intervalles à 95\u202f% (Wilson) calculés comme si les personnes avaient été tirées au hasard. Les enquêtes sont "
    "pondérées\u00a0: ces intervalles sont indicatifs, et sans doute trop étroits."
)


def _of(label: str) -> str:
    """Return "de cannabis", "d’alcool", "de LSD", "de MDMA / ecstasy": the complement of a noun."""
    if label.startswith("Toute drogue"):
        return "d’une" + label.removeprefix("Toute")
    noun = label if label[1:2].isupper() else label[0].lower() + label[1:]
    return f"d’{noun}" if re.match(r"[aàâeéèêiïoôuyœ]|h[eé]ro", noun) else f"de {noun}"


def _among(code: str, label: str) -> str:
    """Return "chez les 18-64 ans"."""
    if re.fullmatch(r"\d+-\d+ ans", code):
        return f"chez les {code.replace(' ', NBSP)}"
    return f"chez les {label[0].lower()}{label[1:]}"


def explorer_rows() -> list[prevalence.Row]:
    """Return the values to draw (``serie`` true) of the table ``prevalences``, with the keys the explorer reads."""
    rows = [row for row in data.rows("prevalences") if row["serie"] and row["produit"] not in _NOT_A_USE]
    publishers = {row["source_id"]: row["editeur"] or row["auteur"] for row in data.rows("sources")}
    same = ("enquete", "annee", "champ", "territoire", "produit", "indicateur", "sexe", "age")
    return [
        {
            **{name: row[name] for name in same},
            "valeur": int(row["valeur_pct"]) if row["valeur_pct"] == int(row["valeur_pct"]) else row["valeur_pct"],
            "n": row["effectif"],
            "arrondi": row["statut"] == "arrondi_zero" or bool(_ROUNDED.match(row["note"] or "")),
            "remarque": _KEY.sub(lambda key: publishers.get(key[0], key[0]), row["note"] or "") or None,
            "verifie": row["verifie"],
            "source": row["source_id"],
        }
        for row in rows
        if row["valeur_pct"] is not None
    ]


def explorer_labels(rows: Sequence[prevalence.Row]) -> dict[str, Any]:
    """Return the French labels of every code in ``rows``: products, indicators, populations, sources."""
    used = {name: {row[name] for row in rows} for name in ("produit", "indicateur", "champ", "source")}
    products = {
        row["code"]: {
            "nom": row["libelle"], "court": _SHORT.get(row["code"], row["libelle"]), "de": _of(row["libelle"]),
        }  # fmt: skip
        for row in data.rows("produits")
        if row["code"] in used["produit"]
    }
    indicators = {}
    for row in data.rows("indicateurs"):
        if row["code"] in used["indicateur"]:
            other = (f"l’indicateur «\u00a0{row['libelle']}\u00a0» {{de}}", "celui")
            phrase, pronoun = _PHRASES.get(row["code"], other)
            indicators[row["code"]] = {
                "nom": row["libelle"], "phrase": phrase, "pronom": pronoun, "definition": row["definition"],
                "definition_17": row["definition_17_ans"], "note": row["note"],
            }  # fmt: skip
    champs = {
        row["code"]: {"nom": row["libelle"], "chez": _among(row["code"], row["libelle"]), "note": row["note"]}
        for row in data.rows("champs")
        if row["code"] in used["champ"]
    }
    sources = {}
    for key in sorted(used["source"]):
        found = data.source(key)
        sources[key] = {"texte": found.label, "url": found.url}
    return {"produits": products, "indicateurs": indicators, "champs": champs, "sources": sources}


def _shared(rows: Sequence[prevalence.Row], labels: dict[str, Any]) -> dict[str, Any]:
    lines = [[row[name] for name in prevalence.COLUMNS] for row in rows]
    return {"donnees": {"colonnes": list(prevalence.COLUMNS), "lignes": lines}, "libelles": labels}


def _known(value: object, allowed: Sequence, what: str) -> None:
    if value not in allowed:
        listed = ", ".join(f"«\u00a0{one}\u00a0»" for one in allowed)
        raise ValueError(
            f"Valeur inconnue pour «\u00a0{what}\u00a0»\u00a0: «\u00a0{value}\u00a0». "
            f"Valeurs possibles\u00a0: {listed}."
        )


class PrevalenceExplorer(KitWidget):
    """Explore the published prevalences.

    Args:
        produits: codes of ``data/produits.csv``, at most six.
        indicateur: code of ``data/indicateurs.csv``.
        par: ``"age"``, ``"sexe"`` or ``"temps"``.
        annee: year of the survey, without effect over time; default: the one with most values, the last of them.
        age: age group (``"18-25"``), or ``"ensemble"``; without effect by age.
        sexe: ``"ensemble"`` or ``"detail"`` (men and women); over time only.
        champs: populations (codes of ``data/champs.csv``); default: the one with most values.
        affichage: ``"graphique"`` or ``"tableau"``.
        identifiant: id of the widget on its page, for permalinks.

    Raises:
        ValueError: a code does not exist, or nothing is published for this choice; the French message lists what does.
    """

    kit_name = "explorer"

    donnees = Dict().tag(sync=True)
    """Compact table ``{"colonnes": [...], "lignes": [[...], ...]}``."""
    libelles = Dict().tag(sync=True)
    """French labels of the codes (:func:`explorer_labels`)."""
    vue = Dict().tag(sync=True)
    """The view shown, keys of :data:`mallette.prevalence.DEFAULT_VIEW`: reads and drives the widget."""

    def __init__(
        self,
        produits: Sequence[str] = ("cannabis",),
        indicateur: str = "experimentation",
        annee: int | None = None,
        par: str = "age",
        *,
        age: str = "ensemble",
        sexe: str = "ensemble",
        champs: Sequence[str] = (),
        affichage: str = "graphique",
        identifiant: str = "explorateur",
    ) -> None:
        rows = explorer_rows()
        labels = explorer_labels(rows)
        products = [produits] if isinstance(produits, str) else list(produits)
        view = {
            "par": par, "produits": products, "indicateur": indicateur, "annee": annee, "age": age, "sexe": sexe,
            "champs": list(champs), "affichage": affichage,
        }  # fmt: skip
        view["annee"] = self._checked_year(rows, labels, view)
        self._rows = rows
        super().__init__(
            **_shared(rows, labels),
            vue=view,
            identifiant=identifiant,
        )

    @classmethod
    def shared_state(cls) -> dict[str, Any]:
        rows = explorer_rows()
        return _shared(rows, explorer_labels(rows))

    @staticmethod
    def _checked_year(rows: list[prevalence.Row], labels: dict, view: dict) -> int:
        """Check the view and return its year, the one with most values when it is None."""
        _known(view["par"], list(prevalence.VIEWS), "par")
        _known(view["affichage"], ["graphique", "tableau"], "affichage")
        _known(view["sexe"], ["ensemble", "detail"], "sexe")
        _known(view["indicateur"], list(labels["indicateurs"]), "indicateur")
        _known(view["age"], ["ensemble", *sorted({row["age"] for row in rows} - {"ensemble", "17"})], "age")
        for product in view["produits"]:
            _known(product, list(labels["produits"]), "produits")
        for champ in view["champs"]:
            _known(champ, list(labels["champs"]), "champs")
        if not 1 <= len(view["produits"]) <= prevalence.MAX_SERIES:
            raise ValueError(f"Il faut de 1 à {prevalence.MAX_SERIES} produits, il y en a {len(view['produits'])}.")
        found = Counter(row["annee"] for row in rows if prevalence.matches(row, {**view, "annee": row["annee"]}))
        years = sorted(found)
        asked = view["annee"] if view["par"] != "temps" else None
        if not years or (asked is not None and asked not in years):
            raise ValueError(_nothing(rows, labels, view, years))
        return view["annee"] or max(years, key=lambda year: (found[year], year))

    @property
    def _selection(self) -> dict[str, Any]:
        return prevalence.select(self._rows, self.vue)

    @property
    def phrase(self) -> str:
        """The French sentence that says what the present view shows."""
        return prevalence_text.sentence(self._selection, self.vue, self.libelles)

    def _notes(self) -> list[str]:
        return [
            self.phrase,
            *prevalence_text.warnings(self._selection, self.vue, self.libelles),
            f"Définition\u00a0: {self.libelles['indicateurs'][self.vue['indicateur']]['definition']}",
            _INTERVALS,
        ]

    def _table(self) -> tuple[list[str], list[list[str]]]:
        head = ["Produit", "Population", "Enquête", "Sexe", "Âge", "Valeur", "Intervalle à 95\u202f%"]
        head += ["Personnes interrogées", "Source"]
        body = []
        for line in self._selection["series"]:
            for point in line["points"]:
                interval = prevalence.wilson(point["valeur"], point["n"])
                body.append([
                    self.libelles["produits"][point["produit"]]["nom"],
                    self.libelles["champs"][point["champ"]]["nom"],
                    f"{point['enquete']} {point['annee']}",
                    point["sexe"],
                    prevalence.age_text(point["age"]),
                    prevalence.percent_text(point),
                    f"{number(interval[0])} à {percent(interval[1])}" if interval else "–",
                    number(point["n"]) if point["n"] else "effectif non fourni",
                    self.libelles["sources"][point["source"]]["texte"],
                ])
        return head, body

    def _title(self) -> str:
        view = self.vue
        when = "" if view["par"] == "temps" else f", {view['annee']}"
        return f"{self.libelles['indicateurs'][view['indicateur']]['nom']}, {prevalence.VIEWS[view['par']]}{when}"

    def fallback_html(self) -> str:
        head, body = self._table()
        cells = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
        lines = "".join(
            f'<tr><th scope="row">{escape(first)}</th>' + "".join(f"<td>{escape(cell)}</td>" for cell in rest) + "</tr>"
            for first, *rest in body
        )
        notes = "".join(f"<p>{escape(text)}</p>" for text in self._notes())
        return (
            f"<table><caption>{escape(self._title())}</caption><thead><tr>{cells}</tr></thead>"
            f"<tbody>{lines}</tbody></table>{notes}"
        )

    def text(self) -> str:
        head, body = self._table()
        return "\n".join([self._title(), *(" | ".join(row) for row in [head, *body]), *self._notes()])


def _nothing(rows: list[prevalence.Row], labels: dict, view: dict, years: list[int]) -> str:
    """Return what is published instead of an empty view."""
    names = ", ".join(labels["produits"][code]["nom"] for code in view["produits"])
    text = f"Aucune valeur publiée «\u00a0{view['indicateur']}\u00a0» {prevalence.VIEWS[view['par']]} pour {names}"
    if years:
        return f"{text} en {view['annee']}. Années possibles\u00a0: {', '.join(map(str, years))}."
    offers = []
    for par in prevalence.VIEWS:
        for code in labels["indicateurs"]:
            other = {**view, "par": par, "indicateur": code, "age": "ensemble", "sexe": "ensemble"}
            found = sorted({row["annee"] for row in rows if prevalence.matches(row, {**other, "annee": row["annee"]})})
            if found:
                offers.append(f"par={par!r}, indicateur={code!r} ({', '.join(map(str, found))})")
    return f"{text}. Ce qui existe\u00a0: " + SEPARATOR.join(offers) + "."
