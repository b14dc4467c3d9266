"""The calculator of hourly pay: a published amount or one's own figures, the hours, what is taken, and the SMIC."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Mapping
from typing import Any

from traitlets import Dict

from mallette import data
from mallette.widgets import hourly_paper
from mallette.widgets.base import KitWidget

DEDUCTIONS = ("debts", "fines", "losses", "consumption", "travel")
EMPTY: dict[str, Any] = {
    "amount": None,  # in ``currency`` per ``unit``
    "unit": "par jour",  # "par heure", "par jour", "par vacation", "par semaine", "par mois", "par an", "par tâche"
    "currency": "EUR",  # "EUR", "USD", "GBP", "CHF"
    "nature": "",  # origin of the amount (data/natures.csv), empty for one's own figures
    "activity": "",  # "trafic", "informel" (not declared), "declare", or empty: not said
    "date": "",  # of the fact: 2024, 10/2024, 20/10/2024 or the same in ISO order
    "people": None,  # who share the amount equally
    "commission": None,  # % of the amount that the person keeps
    "in_kind": None,  # estimated, in currency per ``unit``, for the person
    "paid_hours": None,
    "unpaid_hours": None,  # waiting, watching and travel
    "hours_unit": "jour",  # of both: "jour", "vacation", "semaine" or "mois"
    "unpaid_hours_both": False,  # counted for a person on the SMIC too
    "days": None,  # worked, in a ``days_unit``
    "days_unit": "mois",  # or "semaine"
    "shifts": None,  # a day, where hours or pay are by the shift
    "months": None,  # of the period; one when empty
    "idle_months": None,  # of these, without income or in prison
    "unpaid_promise": None,
    "unpaid_promise_unit": "pct",  # in % of the amount, or "eur": in currency a month
    **dict.fromkeys(DEDUCTIONS),  # in currency a month, or in all when the next is given
    **dict.fromkeys(f"{name}_months" for name in DEDUCTIONS),  # over which the whole sum is spread
    **dict.fromkeys((f"{name}_both" for name in DEDUCTIONS), False),  # taken from a wage at the SMIC too
    "age": None,  # for the minimums of minors and apprentices
    "overtime_pct": None,
    "end_pct": None,
    "leave_pct": None,  # what a payslip adds to the SMIC, in %, in place of the rates of data/majorations.csv
    "subject": "Avec ces chiffres",  # who or what the sentence speaks of
    "beside": None,  # a second calculation, with the same names
}
"""What can be entered; ``None`` means "not said", never zero.

A quantity is a number or ``[low, high]``; ``None`` is a bound that nobody published, for the amount only. A number of
months, an age and a rate are plain numbers. ``static/hourly_fields.js`` starts from the same.
"""
EURO_COMPARATORS = (
    "TAPAJ",
    "Service civique, total",
    "Contrat d’engagement jeune",
    "RSA, personne seule sans revenu",
)
"""Schemes of ``data/comparateurs.csv`` set beside an amount in euros; amounts in dollars get all the dollar rows."""
LEGAL_WORK = (
    "L’assurance chômage quand le contrat s’arrête, sous conditions.",
    "La retraite, à laquelle chaque paie déclarée cotise.",
    "L’assurance maladie et, sous conditions, des indemnités en cas d’arrêt ou d’accident du travail.",
    "La formation : compte personnel de formation, apprentissage, expérience qui se prouve.",
    "Les congés payés, le repos, une durée maximale de travail.",
    "Un bulletin de paie, demandé pour louer un logement ou emprunter.",
    "Un recours : l’inspection du travail, le conseil de prud’hommes, un syndicat.",
)
"""What declared work adds to the wage: named, never priced."""
MISSING = (
    "Le contrat d’engagement jeune après 2025, et le nombre d’heures qu’il demande.",
    "Le salaire d’un chantier éducatif, qui dépend du lieu.",
)
"""What no table of the kit gives, told beside the sources."""
BEFORE_USE = (
    "En groupe, partez d’un cas publié, jamais de ce que gagne une personne présente. « Mes chiffres » sert en "
    "tête-à-tête, seulement si la personne le demande : elle tient l’outil, et vous ne notez rien.",
    "Le calcul sert à ouvrir une discussion, pas à la gagner. Une personne qui compte sur cet argent peut se sentir "
    "humiliée : prenez le temps, et ne brisez pas d’un coup ce qui l’aide à tenir.",
    "Le résultat ne va pas toujours dans le même sens. Quand l’heure rapporte plus que le SMIC, dites-le, puis parlez "
    "des jours sans travail, des dettes, des amendes, de la violence et des droits absents.",
    "Presque personne n’y travaille tous les jours : vous saisissez le nombre de jours, l’outil n’en suppose aucun.",
)
"""A short note for trainers."""


def _roles() -> dict[str, Mapping[str, Any]]:
    return {row["code"]: row for row in data.rows("roles")}


def _published(row: Mapping[str, Any], roles: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return what a row of ``data/remunerations.csv`` says, and no more: hours only where they are published."""
    single = row["montant"] is not None
    interval = [row["montant_min"], row["montant_max"]]
    who, where = row["role_libelle"], row["ville"] or row["pays"]
    return {
        "amount": row["montant"] if single else interval,
        "unit": row["unite"],
        "currency": row["devise"],
        "nature": row["nature"],
        "activity": "trafic" if roles[row["role"]]["trafic"] else "informel",
        "date": str(row["annee"] or ""),
        "paid_hours": row["heures_par_jour"],
        "hours_unit": "jour",
        "subject": f"{who[:1].upper()}{who[1:]} ({where}, {row['annee'] or 'année inconnue'})",
    }


def hourly_data() -> dict[str, Any]:
    """Return what the front end reads: published amounts, SMIC, minimums, schemes, published durations, sources."""
    roles = _roles()
    used: set[str] = set()

    def kept(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
        used.add(row["source_id"])
        values = {name: row[name] for name in (*names, "note")}
        for name in ("date_effet", "date_fin"):
            if values.get(name):
                values[name] = str(values[name])
        return {**values, "source": row["source_id"]}

    def read_in(row: Mapping[str, Any]) -> list[str]:
        """Return every page of a row: its note is not always in the first."""
        pages = [row["source_id"], *filter(None, (row["sources_corroborantes"] or "").split(";"))]
        used.update(pages)
        return pages

    pay_rows = data.rows("remunerations")
    scheme_rows = [
        row for row in data.rows("comparateurs") if row["dispositif"] in EURO_COMPARATORS or row["devise"] != "EUR"
    ]
    counted = Counter((row["dispositif"], row["date_effet"]) for row in scheme_rows if row["date_effet"])
    several = {scheme for scheme, count in counted.items() if count > 1}  # one amount for each public
    tables = {
        "remunerations": [
            {
                **{name: row[name] for name in ("id", "role", "annee", "verifie")},
                "lieu": row["ville"] or row["pays"],
                **_published(row, roles),
                **kept(row),
            }
            for row in pay_rows
        ],
        "smic": [
            kept(
                row,
                "date_effet",
                "smic_horaire_brut",
                "smic_horaire_net_approx",
                "smic_mensuel_brut_35h",
                "smic_mensuel_net_simule",
                "net_partiel",
                "texte",
            )
            for row in data.rows("smic")
        ],
        "smic_regles": [
            kept(
                row,
                "categorie",
                "regle",
                "condition",
                "age_min",
                "age_max",
                "pct_smic",
                "annee_bareme",
                "date_effet",
                "date_fin",
                "texte",
            )
            for row in data.rows("smic_regles")
        ],
        "majorations": [
            {
                **kept(row, "categorie", "heure_min", "heure_max", "pct", "date_effet", "date_fin", "texte"),
                "sources": read_in(row),
            }
            for row in data.rows("majorations")
        ],
        "comparateurs": [
            {
                **kept(row, "annee", "date_effet", "montant", "devise", "unite", "brut_ou_net"),
                **{name: row[name] for name in ("heures_par_semaine", "heures_par_semaine_max", "source_id")},
                "dispositif": row["dispositif"]
                + (f", {row['public']}" if (row["dispositif"], row["date_effet"]) in several else ""),
            }
            for row in scheme_rows
        ],
        "durees": [
            kept(row, "valeur", "population", "lieu", "annee")
            for row in data.rows("risques_et_horaires")
            if row["indicateur"].startswith("durée") and row["unite"] == "heures"
        ],
    }
    return {
        **tables,
        "roles": {code: {"libelle": role["libelle"], "dirige": role["dirige"]} for code, role in roles.items()},
        "natures": {row["code"]: f"{row['libelle']}, {row['description']}" for row in data.rows("natures")},
        "sources": {key: {"texte": data.source(key).label, "url": data.source(key).url} for key in sorted(used)},
        "travail_declare": list(LEGAL_WORK),
        "absents": list(MISSING),
        "avant": list(BEFORE_USE),
    }


class HourlyPay(KitWidget):
    """Compute an hourly pay and set it beside the SMIC of its date.

    Args:
        remuneration: ``id`` of a row of ``data/remunerations.csv``; none opens the calculator on one's own figures.
        identifiant: id of the widget on its page, for permalinks.
        given: any name of :data:`EMPTY` (``date="2024-11"``, ``paid_hours=10``, ``days=8``…);
            nothing is supposed for the others. A tuple is an interval.

    Raises:
        ValueError: the row or the field does not exist; the French message names close ones.
    """

    kit_name = "hourly"

    donnees = Dict().tag(sync=True)
    """Published figures and labels (:func:`hourly_data`)."""
    saisie = Dict().tag(sync=True)
    """What is entered: ``remuneration`` and the names of :data:`EMPTY`; an unreadable number stays the text typed."""
    resultat = Dict().tag(sync=True)
    """What the page works out of it (``evaluate`` of ``static/hourly_core.js``), and its ``sentence``: the page alone
    writes it, so it is empty until the calculator is on a screen."""

    def __init__(self, remuneration: str | None = None, *, identifiant: str = "taux-horaire", **given: Any) -> None:
        unknown = sorted(set(given) - EMPTY.keys())
        if unknown:
            raise ValueError(f"Champ inconnu : {', '.join(unknown)}. Champs possibles : {', '.join(sorted(EMPTY))}.")
        rows = {row["id"]: row for row in data.rows("remunerations")}
        if remuneration and remuneration not in rows:
            close = difflib.get_close_matches(remuneration, rows, n=5, cutoff=0.3) or sorted(rows)[:5]
            raise ValueError(f"Rémunération inconnue : « {remuneration} ». Identifiants proches : {', '.join(close)}.")
        published = _published(rows[remuneration], _roles()) if remuneration else {}
        given = {name: [*value] if isinstance(value, tuple) else value for name, value in given.items()}
        super().__init__(
            **self.shared_state(),
            saisie={"remuneration": remuneration or "", **EMPTY, **published, **given},
            identifiant=identifiant,
        )

    @classmethod
    def shared_state(cls) -> dict[str, Any]:
        return {"donnees": hourly_data()}

    def text(self) -> str:
        entered = {**EMPTY, **self.saisie}
        lines = hourly_paper.steps(entered, self.donnees["smic"])
        told = [f"{letter}. {label}\u00a0: {value}" for letter, label, value in lines]
        return "\n".join([*hourly_paper.particulars(entered), *told, *self._about()])

    def fallback_html(self) -> str:
        entered = {**EMPTY, **self.saisie}
        about = [*self._about(), *hourly_paper.particulars(entered)]
        return hourly_paper.html(entered, self.donnees["smic"], about, self.donnees["travail_declare"])

    def _about(self) -> list[str]:
        """Return what a published amount is, and where it was read."""
        for row in self.donnees["remunerations"]:
            if row["id"] == self.saisie.get("remuneration"):
                said = [self.donnees["natures"][row["nature"]], row["note"]]
                return [
                    f"{row['subject']}. " + " ".join(f"{text[:1].upper()}{text[1:]}." for text in said if text),
                    f"Source du montant\u00a0: {self.donnees['sources'][row['source']]['texte']}.",
                ]
        return []
