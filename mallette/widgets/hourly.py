"""The calculator of hourly pay: a published amount or one's own figures, the hours, what is taken, and the SMIC."""

from __future__ import annotations

import datetime
import difflib
import math
import re
from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from html import escape
from typing import Any

from traitlets import Dict

from mallette import data
from mallette.french import day as written_day
from mallette.hourly import Errors, Inputs, Result, as_dict, evaluate, inputs_from
from mallette.hourly_reference import Range, iso_date, smic_at
from mallette.hourly_text import amount, rate, sentence, span
from mallette.widgets.base import KitWidget

EURO_COMPARATORS = ("TAPAJ", "Service civique, total")
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
_KEY = re.compile(r"\b[A-Z0-9]+_[A-Z0-9_]+\b")  # a source_id inside a note
PUBLISHED = ("amount_low", "amount_high", "unit", "currency", "nature", "date", "paid_hours", "subject")
"""What a published row says of :class:`mallette.hourly.Inputs`."""
_TYPED = {field.name for field in fields(Inputs)}


def hourly_data() -> dict[str, Any]:
    """Return what the front end reads: published amounts, SMIC, minimums, schemes, published durations, sources."""
    publishers = {
        row["source_id"]: data.credit(row) if row["repris_par"] else row["editeur"] or row["auteur"]
        for row in data.rows("sources")
    }
    used: set[str] = set()

    def kept(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
        used.add(row["source_id"])
        note = _KEY.sub(lambda key: publishers.get(key[0], key[0]), row["note"] or "")
        values = {name: row[name] for name in names}
        if values.get("date_effet"):
            values["date_effet"] = str(values["date_effet"])
        return {**values, "note": note or None, "source": row["source_id"]}

    pay_rows = data.rows("remunerations")
    scheme_rows = [
        row for row in data.rows("comparateurs") if row["dispositif"] in EURO_COMPARATORS or row["devise"] != "EUR"
    ]
    tables = {
        "remunerations": [
            {
                **{name: row[name] for name in ("id", "role", "annee", "verifie")}, "lieu": row["ville"] or row["pays"],
                **{name: getattr(inputs_from(row), name) for name in PUBLISHED}, **kept(row),
            }
            for row in pay_rows
        ],
        "smic": [
            kept(row, "date_effet", "smic_horaire_brut", "smic_horaire_net_approx", "smic_mensuel_brut_35h",
                 "smic_mensuel_net_simule", "texte")
            for row in data.rows("smic")
        ],
        "smic_regles": [kept(row, "regle", "condition", "pct_smic", "texte") for row in data.rows("smic_regles")],
        "comparateurs": [
            {**kept(row, "dispositif", "annee", "date_effet", "public", "montant", "devise", "unite", "brut_ou_net"),
             "source_id": row["source_id"]}
            for row in scheme_rows
        ],
        "durees": [
            kept(row, "valeur", "population", "lieu", "annee")
            for row in data.rows("risques_et_horaires")
            if row["indicateur"].startswith("durée") and row["unite"] == "heures"
        ],
    }  # fmt: skip
    return {
        **tables,
        "roles": {
            row["code"]: {"libelle": row["libelle"], "dirige": row["dirige"]} for row in data.rows("roles")
        },
        "natures": {row["code"]: f"{row['libelle']}, {row['description']}" for row in data.rows("natures")},
        "sources": {key: {"texte": data.source(key).label, "url": data.source(key).url} for key in sorted(used)},
        "travail_declare": list(LEGAL_WORK),
        "avant": list(BEFORE_USE),
    }


class HourlyPay(KitWidget):
    """Compute an hourly pay and set it beside the SMIC of its date.

    Args:
        remuneration: ``id`` of a row of ``data/remunerations.csv``; none opens the calculator on one's own figures.
        identifiant: id of the widget on its page, for permalinks.
        given: any field of :class:`mallette.hourly.Inputs` (``date="2024-11"``, ``paid_hours=10``, ``days=8``…);
            nothing is supposed for the others.

    Raises:
        ValueError: the row or the field does not exist; the French message names close ones.
    """

    kit_name = "hourly"

    donnees = Dict().tag(sync=True)
    """Published figures and labels (:func:`hourly_data`)."""
    saisie = Dict().tag(sync=True)
    """What is entered: ``remuneration`` and the fields of :class:`mallette.hourly.Inputs`; an unreadable number stays
    the text that was typed."""
    resultat = Dict().tag(sync=True)
    """:func:`mallette.hourly.as_dict` of the outcome, and ``sentence``."""

    def __init__(self, remuneration: str | None = None, *, identifiant: str = "taux-horaire", **given: Any) -> None:
        unknown = sorted(set(given) - _TYPED)
        if unknown:
            raise ValueError(f"Champ inconnu : {', '.join(unknown)}. Champs possibles : {', '.join(sorted(_TYPED))}.")
        rows = {row["id"]: row for row in data.rows("remunerations")}
        if remuneration and remuneration not in rows:
            close = difflib.get_close_matches(remuneration, rows, n=5, cutoff=0.3) or sorted(rows)[:5]
            raise ValueError(f"Rémunération inconnue : « {remuneration} ». Identifiants proches : {', '.join(close)}.")
        inputs = replace(inputs_from(rows[remuneration]) if remuneration else Inputs(), **given)
        super().__init__(
            **self.shared_state(),
            saisie={"remuneration": remuneration or "", **asdict(inputs)},
            identifiant=identifiant,
        )
        self._compute()
        self.observe(lambda change: self._compute(), names="saisie")

    @classmethod
    def shared_state(cls) -> dict[str, Any]:
        return {"donnees": hourly_data()}

    @property
    def inputs(self) -> Inputs:
        """What is entered now; a text typed in place of a number reads as NaN."""
        values = {name: value for name, value in self.saisie.items() if name in _TYPED}
        numbers = {field.name for field in fields(Inputs) if "float" in str(field.type)}
        return Inputs(**{
            name: math.nan if name in numbers and isinstance(value, str) else value for name, value in values.items()
        })  # fmt: skip

    @property
    def phrase(self) -> str:
        """The sentence to read aloud."""
        return self.resultat["sentence"]

    def _compute(self) -> None:
        inputs = self.inputs
        outcome = evaluate(inputs, self.donnees, datetime.date.today().isoformat())
        self.resultat = {**as_dict(outcome), "sentence": sentence(inputs, outcome)}

    def text(self) -> str:
        return "\n".join(filter(None, (self.phrase, self._source_text())))

    def fallback_html(self) -> str:
        """Return the calculation as a table to fill in with a pen, what is known already written."""
        outcome = evaluate(self.inputs, self.donnees)
        result = outcome if isinstance(outcome, Result) else None
        unusable = outcome.fields if isinstance(outcome, Errors) else ()
        inputs = replace(self.inputs, **{name: getattr(Inputs(), name) for name in unusable})
        known = inputs.amount_low is not None or inputs.amount_high is not None
        smic = smic_at(iso_date(inputs.date) or "", self.donnees["smic"]) if inputs.currency == "EUR" else ""
        minimum = "" if isinstance(smic, str) else (
            f"{rate(smic.gross)}\u00a0€ brut, {rate(smic.net)}\u00a0€ net (le {written_day(smic.day)})"
        )  # fmt: skip
        money = "€" if inputs.currency == "EUR" else "dollars"

        def said(value: float | None, unit: str) -> str:
            return "" if value is None else f"{amount(value)}\u00a0{unit}"

        given = span(Range(inputs.amount_low, inputs.amount_high), amount, money) + f" {inputs.unit}" if known else ""
        lines = [
            ("A", "Montant, et son unité", given),
            ("B", "Heures payées par jour", said(inputs.paid_hours, "h")),
            ("C", "Heures non payées par jour : attente, trajets, remboursement", said(inputs.unpaid_hours, "h")),
            ("D", "Jours travaillés dans le mois", said(inputs.days, "jours")),
            ("E", "Montant du mois : A × D par jour ; A × B × D par heure ; A × 52 ÷ 12 par semaine ; A ÷ 12 par an",
             span(result.announced, amount, money) if result and result.announced else ""),
            ("F", "Promis et non versé dans le mois",
             span(result.unpaid, amount, money) if result and result.unpaid and inputs.unpaid_promise else ""),
            ("G", "Dettes, amendes, pertes, consommation personnelle dans le mois",
             said(result.deducted, money) if result and result.deducted else ""),
            ("H", "Ce qui reste : E − F − G", span(result.left, amount, money) if result and result.left else ""),
            ("I", "Heures du mois : (B + C) × D", said(result and result.month_hours, "h")),
            ("J", "Taux horaire : H ÷ I", span(result.rate, rate, f"{money}/h") if result else ""),
            ("K", "SMIC horaire à la date du fait", minimum),
        ]  # fmt: skip
        blank = "…" * 8
        body = "".join(
            f'<tr><th scope="row">{letter}</th><td>{escape(label)}</td><td>{escape(value) or blank}</td></tr>'
            for letter, label, value in lines
        )
        rights = "".join(f"<li>{escape(line)}</li>" for line in LEGAL_WORK)
        return (
            f"<p>{escape(self.phrase)}</p>"
            '<table><caption>Le calcul sur papier</caption><thead><tr><th scope="col">Étape</th>'
            f'<th scope="col">Quoi</th><th scope="col">Combien</th></tr></thead><tbody>{body}</tbody></table>'
            f"<p>Ce que le travail déclaré ajoute :</p><ul>{rights}</ul>"
            + (f"<p>{escape(self._source_text())}</p>" if self._source_text() else "")
            + (self._smic_table() if inputs.currency == "EUR" and not minimum else "")
        )

    def _smic_table(self) -> str:
        """Return the latest SMICs, for whoever has to look one up on paper."""
        rows = "".join(
            f'<tr><th scope="row">{written_day(row["date_effet"])}</th>'
            f"<td>{rate(row['smic_horaire_brut'])}\u00a0€</td><td>{rate(row['smic_horaire_net_approx'])}\u00a0€</td></tr>"
            for row in self.donnees["smic"][-10:]
        )
        return (
            "<table><caption>SMIC horaire, les dix dernières valeurs</caption>"
            '<thead><tr><th scope="col">À partir du</th>'
            f'<th scope="col">Brut</th><th scope="col">Net approché</th></tr></thead><tbody>{rows}</tbody></table>'
        )

    def _source_text(self) -> str:
        chosen = [row for row in self.donnees["remunerations"] if row["id"] == self.saisie["remuneration"]]
        if not chosen:
            return ""
        source = self.donnees["sources"][chosen[0]["source"]]
        said = chosen[0]["note"] or ""
        note = f" {said[:1].upper()}{said[1:]}." if said else ""
        return f"Source du montant : {source['texte']}.{note}"

