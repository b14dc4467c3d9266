"""The prevalence explorer: published percentages by age, by sex or over time, with all that is needed to read them.

What a person changes on screen is chosen, drawn and said by ``static/explorer*.js``; without a script and in print, the
figure of the same view stands in its place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from traitlets import Dict

from mallette import data
from mallette.french import NBSP, SEPARATOR
from mallette.prevalence import WARNINGS
from mallette.widgets.base import KitWidget

if TYPE_CHECKING:
    from mallette.figures.figure import Figure

Row = dict[str, Any]
View = Mapping[str, Any]

COLUMNS = (
    "enquete",
    "annee",
    "champ",
    "territoire",
    "mode",
    "produit",
    "indicateur",
    "sexe",
    "age",
    "valeur",
    "n",
    "arrondi",
    "avertissement",
    "remarque",
    "verifie",
    "source",
)
"""Keys of a row; percentages run from 0 to 100."""
VIEWS = {"age": "par âge", "sexe": "par sexe", "temps": "dans le temps"}
_AXES = {"age": "age", "sexe": "sexe", "temps": "annee"}
MAX_PRODUCTS = 6

# "Never took any of the three" reads the other way round from every indicator: it is no prevalence of use.
_NOT_A_USE = "aucun_alcool_tabac_cannabis"
_KEY = re.compile(r"\b[A-Z0-9]+_[A-Z0-9_]+\b")  # a source_id inside a note
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


def explorer_rows() -> list[Row]:
    """Return the values to draw (``serie`` true) of the table ``prevalences``, with the keys the explorer reads."""
    rows = [row for row in data.rows("prevalences") if row["serie"] and row["produit"] != _NOT_A_USE]
    publishers = {row["source_id"]: row["editeur"] or row["auteur"] for row in data.rows("sources")}
    same = [name for name in COLUMNS if name in rows[0]]
    return [
        {
            **{name: row[name] for name in same},
            "valeur": int(row["valeur_pct"]) if row["valeur_pct"] == int(row["valeur_pct"]) else row["valeur_pct"],
            "n": row["effectif"],
            "remarque": _KEY.sub(lambda key: publishers.get(key[0], key[0]), row["note"] or "") or None,
            "source": row["source_id"],
        }
        for row in rows
        if row["valeur_pct"] is not None
    ]


def explorer_labels(rows: Sequence[Row]) -> dict[str, Any]:
    """Return the French labels of every code in ``rows``: products, indicators, populations, warnings, sources."""
    used = {name: {row[name] for row in rows} for name in ("produit", "indicateur", "champ", "source", "avertissement")}
    products = {
        row["code"]: {
            "nom": row["libelle"],
            "court": _SHORT.get(row["code"], row["libelle"]),
            "de": _of(row["libelle"]),
        }
        for row in data.rows("produits")
        if row["code"] in used["produit"]
    }
    indicators = {}
    for row in data.rows("indicateurs"):
        if row["code"] in used["indicateur"]:
            other = (f"l’indicateur «\u00a0{row['libelle']}\u00a0» {{de}}", "celui")
            phrase, pronoun = _PHRASES.get(row["code"], other)
            indicators[row["code"]] = {
                "nom": row["libelle"],
                "phrase": phrase,
                "pronom": pronoun,
                "definition": row["definition"],
                "definition_17": row["definition_17_ans"],
                "note": row["note"],
            }
    champs = {
        row["code"]: {"nom": row["libelle"], "chez": _among(row["code"], row["libelle"]), "note": row["note"]}
        for row in data.rows("champs")
        if row["code"] in used["champ"]
    }
    warnings = {
        code: f"{text[0].upper()}{text[1:]}" for code, text in WARNINGS.items() if code in used["avertissement"]
    }
    sources = {key: data.source(key) for key in sorted(used["source"])}
    return {
        "produits": products,
        "indicateurs": indicators,
        "champs": champs,
        "avertissements": warnings,
        "sources": {key: {"texte": found.label, "url": found.url} for key, found in sources.items()},
    }


def _shared(rows: Sequence[Row]) -> dict[str, Any]:
    lines = [[row[name] for name in COLUMNS] for row in rows]
    return {"donnees": {"colonnes": list(COLUMNS), "lignes": lines}, "libelles": explorer_labels(rows)}


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
        ValueError: a code does not exist, or the data hold nothing for this choice; the message says what they hold.
    """

    kit_name = "explorer"

    donnees = Dict().tag(sync=True)
    """Compact table ``{"colonnes": [...], "lignes": [[...], ...]}``."""
    libelles = Dict().tag(sync=True)
    """French labels of the codes (:func:`explorer_labels`)."""
    vue = Dict().tag(sync=True)
    """The view shown, by the names of the arguments: reads and drives the widget."""

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
        shared = _shared(rows)
        view = {
            "par": par,
            "produits": [produits] if isinstance(produits, str) else list(produits),
            "indicateur": indicateur,
            "annee": annee,
            "age": age,
            "sexe": sexe,
            "champs": list(champs),
            "affichage": affichage,
        }
        view["annee"] = self._checked_year(rows, shared["libelles"], view)
        self._rows = rows
        super().__init__(**shared, vue=view, identifiant=identifiant)

    @classmethod
    def shared_state(cls) -> dict[str, Any]:
        return _shared(explorer_rows())

    @staticmethod
    def _checked_year(rows: list[Row], labels: dict, view: dict) -> int:
        """Check the view and return its year, the one with most values when it is None."""
        _known(view["par"], list(VIEWS), "par")
        _known(view["affichage"], ["graphique", "tableau"], "affichage")
        _known(view["sexe"], ["ensemble", "detail"], "sexe")
        _known(view["indicateur"], list(labels["indicateurs"]), "indicateur")
        _known(view["age"], ["ensemble", *sorted({row["age"] for row in rows} - {"ensemble", "16", "17"})], "age")
        for name in ("produits", "champs"):
            for code in view[name]:
                _known(code, list(labels[name]), name)
        if not 1 <= len(view["produits"]) <= MAX_PRODUCTS:
            raise ValueError(f"Il faut de 1 à {MAX_PRODUCTS} produits, il y en a {len(view['produits'])}.")
        found = Counter(row["annee"] for row in rows if _answers(row, {**view, "annee": row["annee"]}))
        years = sorted(found)
        asked = view["annee"] if view["par"] != "temps" else None
        if not years or (asked is not None and asked not in years):
            raise ValueError(_nothing(rows, labels, view, years))
        return view["annee"] or max(years, key=lambda year: (found[year], year))

    def figures(self) -> list[Figure]:
        """Return what is printed of the present view: one figure for each population shown."""
        from mallette import figures  # takes half a second (matplotlib): a cell that shows a quiz does without

        view, where = self.vue, _where(self.vue)
        found = [row for row in self._rows if _answers(row, view)]
        champs = [champ for champ, _ in Counter(row["champ"] for row in found).most_common()]
        made = []
        for champ in [champ for champ in champs if champ in view["champs"]] if view["champs"] else champs[:1]:
            published = {row["produit"] for row in found if row["champ"] == champ}
            asked = [code for code in view["produits"] if code in published], view["indicateur"]
            if view["par"] == "age":
                made.append(figures.prevalence_par_age(*asked, view["annee"], champ))
            elif view["par"] == "sexe":
                made.append(figures.prevalence_par_sexe(*asked, view["annee"], champ, where["age"]))
            else:
                made.append(figures.prevalence_dans_le_temps(*asked, champ, where["sexe"], where["age"]))
        return made

    def fallback_html(self) -> str:
        return "".join(figure.html(f"{self.identifiant}-{rank}") for rank, figure in enumerate(self.figures(), 1))

    def text(self) -> str:
        return "\n\n".join(f"{figure.text()}\n{figure.table.text()}" for figure in self.figures())


def _where(view: View) -> dict[str, Sequence]:
    """Return column → values of what a view shows, but for its axis; everyone asked at 16 or 17 has that age."""
    by_sex = view["par"] == "temps" and view["sexe"] == "detail"
    where = {
        "produit": view["produits"],
        "indicateur": (view["indicateur"],),
        "sexe": ("hommes", "femmes") if by_sex else ("ensemble",),
        "annee": (view["annee"],),
        "age": ("ensemble", "16", "17") if view["age"] == "ensemble" else (view["age"],),
    }
    del where[_AXES[view["par"]]]
    return where


def _answers(row: Row, view: View) -> bool:
    """Tell whether a row answers a view, whatever its population; along an axis, "ensemble" is no place."""
    axis = row[_AXES[view["par"]]]
    return axis != "ensemble" and all(row[column] in values for column, values in _where(view).items())


def _nothing(rows: list[Row], labels: dict, view: dict, years: list[int]) -> str:
    """Return what is published instead of an empty view."""
    names = ", ".join(labels["produits"][code]["nom"] for code in view["produits"])
    text = f"Nos données n’ont aucune valeur «\u00a0{view['indicateur']}\u00a0» {VIEWS[view['par']]} pour {names}"
    if years:
        return f"{text} en {view['annee']}. Années possibles\u00a0: {', '.join(map(str, years))}."
    offers = []
    for par in VIEWS:
        for code in labels["indicateurs"]:
            other = {**view, "par": par, "indicateur": code, "age": "ensemble", "sexe": "ensemble"}
            found = sorted({row["annee"] for row in rows if _answers(row, {**other, "annee": row["annee"]})})
            if found:
                offers.append(f"par={par!r}, indicateur={code!r} ({', '.join(map(str, found))})")
    return f"{text}. Ce qui existe\u00a0: " + SEPARATOR.join(offers) + "."
