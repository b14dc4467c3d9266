"""Figures of what people involved in dealing earn, or are promised."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from mallette import data
from mallette.figures import selection
from mallette.figures.figure import Figure, Table, short_source
from mallette.figures.ranges import SCALE_NOTE, Kind, Span, draw_spans, is_logarithmic
from mallette.figures.selection import Row, lower_first, title_case
from mallette.french import NBSP, NNBSP, SEPARATOR, amount, amounts, number
from mallette.smic import Range, Smic, smic_at

KINDS = (
    Kind("Enquête, rapport ou parole d’expert", 0),
    Kind("Annonce\u00a0: montant promis", 1, doubtful=True),
    Kind("Comptes tenus ou saisis", 2),
    Kind("Témoignage ou presse", 3),
    Kind("Calcul d’un modèle économique", 4),
    Kind("Chiffre contesté ou recette, pas un gain", 6, doubtful=True),
)
"""Families of ``nature`` (``data/natures.csv``) as figures tell them apart; the table gives the exact nature."""

KIND_OF_NATURE = {
    "enquete": 0,
    "rapport_public": 0,
    "expertise": 0,
    "offre_d_emploi": 1,
    "comptabilite_saisie": 2,
    "comptabilite_du_groupe": 2,
    "temoignage": 3,
    "presse_locale": 3,
    "estimation_modele": 4,
    "presse_contestee": 5,
    "chiffre_affaires": 5,
}
ABOUT = f"personnes impliquées dans les trafics, selon le rôle{NNBSP}; échantillons inconnus"


def remunerations(
    unite: str = "par jour",
    pays: str = "France",
    annee_min: int | None = None,
    roles: str | Iterable[str] | None = None,
) -> Figure:
    """Return amounts and ranges by role, with the nature of each figure.

    Args:
        unite: ``par heure``, ``par jour``, ``par vacation``, ``par semaine``, ``par mois``, ``par an``, ``par tache``.
        pays: ``France`` or ``États-Unis``.
        annee_min: leaves out older amounts, and those without a year.
        roles: codes of ``data/roles.csv``; all when ``None``.

    Raises:
        ValueError: unknown code, or nothing published; says what exists.
    """
    rows = data.rows("remunerations")
    selection.check_codes([pays], sorted({row["pays"] for row in rows}), "le pays")
    rows = [row for row in rows if row["pays"] == pays]
    selection.check_codes([unite], dict.fromkeys(row["unite"] for row in rows), f"pour {pays}, l’unité")
    rows = [row for row in rows if row["unite"] == unite]
    if annee_min is not None:
        last = max(row["annee"] or 0 for row in rows)
        rows = [row for row in rows if (row["annee"] or 0) >= annee_min]
        if not rows:
            raise ValueError(f"aucun montant {unite} depuis {annee_min}{NNBSP}; le dernier est de {last}")
    order = list(selection.labels("roles"))
    if roles is not None:
        wanted = selection.several(roles)
        selection.check_codes(wanted, [code for code in order if code in {row["role"] for row in rows}], "le rôle")
        rows = [row for row in rows if row["role"] in wanted]
    rows.sort(key=lambda row: (order.index(row["role"]), row["annee"] or 0))
    names = selection.labels("roles")
    runs = groupby(rows, key=lambda row: row["role"])
    groups = [(names[role], [span(row, names[role]) for row in run]) for role, run in runs]
    spans = [span(row) for row in rows]
    return Figure(
        title=f"Montants publiés {_unit(unite)}, selon le rôle, {pays}, {_years(rows)}",
        alt=f"Points et intervalles sur une échelle de montants {_unit(unite)}. {_extremes(rows)}",
        table=_table(rows),
        sources=selection.sources(*rows),
        population=f"{ABOUT}, {pays}",
        period=_years(rows),
        notes=_notes(rows, is_logarithmic(spans)),
        draw=lambda canvas, layout: draw_spans(canvas, layout, groups, KINDS),
    )


def recettes_et_revenus() -> Figure:
    """Return what a point of sale takes in a day beside what people are paid for a day, on a logarithmic scale."""
    takings = [row for row in data.rows("contexte_marche") if row["unite"] == "EUR par jour"]
    rows = [
        row
        for row in data.rows("remunerations")
        if row["unite"] == "par jour"
        and row["pays"] == "France"
        and row["role"] in ("guetteur", "vendeur")
        and row["nature"] not in ("presse_contestee", "chiffre_affaires")
        and (row["annee"] or 0) >= _oldest(takings)
    ]
    names = selection.labels("roles")
    top = Kind("Recette d’un point de vente", 5)
    spans = [
        Span(
            f"{title_case(row['indicateur'])}, {row['territoire']}, {row['annee']}",
            low,
            high,
            amounts(low, high),
            0,
        )
        for row in takings
        for low, high in [(row["valeur"] or row["valeur_min"], row["valeur"] or row["valeur_max"])]
    ]
    paid = []
    for role in ("vendeur", "guetteur"):
        own = [row for row in rows if row["role"] == role]
        low, high = min(_low(row) for row in own), max(_high(row) for row in own)
        paid.append(Span(f"{names[role]}, {len(own)} montants, {_years(own)}", low, high, amounts(low, high), 1))
    kinds = [top, Kind("Montants publiés pour une personne", 0)]
    everything = [*spans, *paid]
    lowest = min(everything, key=lambda one: one.low or one.high)
    highest = max(everything, key=lambda one: one.high or one.low)
    return Figure(
        title="Recettes d’un point de vente et montants publiés pour une personne, par jour, France, "
        + _years([*takings, *rows]),
        alt="Points et intervalles sur une échelle logarithmique d’euros par jour. "
        f"Montant le plus haut{NBSP}: {highest.text} ({lower_first(highest.label)}). "
        f"Montant le plus bas{NBSP}: {lowest.text} ({lower_first(lowest.label)}).",
        table=Table(
            ["Montant par jour", "Publié", "De quoi s’agit-il"],
            [[one.label, one.text, kinds[one.kind].label] for one in everything],
        ),
        sources=selection.sources(*takings, *rows),
        population="points de vente et personnes impliquées dans les trafics, France",
        period=_years([*takings, *rows]),
        notes=[
            "La recette d’un point de vente paie la marchandise et toutes les personnes du réseau"
            f"{NBSP}: ce n’est pas un gain individuel.",
            "Sources judiciaires, rapports, annonces et presse, non comparables entre elles.",
            f"{SCALE_NOTE}.",
        ],
        draw=lambda canvas, layout: draw_spans(canvas, layout, [("", everything)], kinds),
    )


def taux_horaires_publies() -> Figure:
    """Return the few hourly rates that French sources allow one to compute, beside the SMIC of their year."""
    series = data.rows("smic")
    found = [
        (row, rate, smic)
        for row in data.rows("remunerations")
        for rate, smic in [(_rate(row), smic_at(str(row["annee"] or ""), series))]
        if row["pays"] == "France" and rate and isinstance(smic, Smic)
    ]
    found.sort(key=lambda line: (line[0]["annee"], line[1].low))
    kinds = [*KINDS, Kind("SMIC de l’année, du net au brut", 5)]
    spans, lines = [], []
    for row, rate, smic in found:
        said, gross, net = (amounts(one.low, one.high) for one in (rate, smic.gross_range, smic.net_range))
        title = span(row).label
        reach = f"{amount(smic.net_range.low)} net à {amount(smic.gross_range.high)} brut"
        spans += [
            Span(title, rate.low, rate.high, said, KIND_OF_NATURE[row["nature"]]),
            Span(f"SMIC {row['annee']}", smic.net_range.low, smic.gross_range.high, reach, len(KINDS)),
        ]
        lines.append([title, _calculation(row), _nature(row), said, net, gross])
    rows = [row for row, *_ in found]
    summary = SEPARATOR.join(
        f"{lower_first(line[0])}{NBSP}: {line[3]} (SMIC net {line[4]}, brut {line[5]})" for line in lines
    )
    return Figure(
        title=f"Taux horaires calculables à partir des montants publiés, et SMIC de l’année, France, {_years(rows)}",
        alt=f"Points sur une échelle d’euros par heure. {title_case(summary)}.",
        table=Table(["Situation", "Calcul", "Nature", "Taux horaire", "SMIC horaire net", "SMIC horaire brut"], lines),
        sources=selection.sources(*rows, *series),
        population=f"{ABOUT}, France",
        period=_years(rows),
        notes=[
            "Seules ces sources donnent un montant et une durée, ou un taux.",
            "Le gain n’est ni un brut ni un net\u00a0: pas de cotisations, de congés, de chômage ni de retraite.",
            "SMIC\u00a0: du net le plus bas au brut le plus haut de l’année\u202f; net simulé pour un temps plein.",
        ],
        draw=lambda canvas, layout: draw_spans(canvas, layout, [("", spans)], kinds),
    )


def span(row: Row, heading: str = "") -> Span:
    """Return a row of ``data/remunerations.csv`` as a line of a chart.

    Args:
        heading: role under which the line stands, left out of its label.
    """
    who = row["role_libelle"]
    if heading and who.lower().startswith(heading.lower()):
        who = who[len(heading) :].lstrip(" ,")
    places = [row["ville"], str(row["annee"] or "sans date")]
    label = title_case(", ".join(part for part in (who, *places) if part and (part == who or part not in who)))
    return Span(label, *_ends(row), _text(row), KIND_OF_NATURE[row["nature"]])


def _ends(row: Row) -> tuple[float | None, float | None]:
    alone = row["montant"]
    return (row["montant_min"], row["montant_max"]) if alone is None else (alone, alone)


def _text(row: Row) -> str:
    return amounts(*_ends(row), row["devise"])


def _rate(row: Row) -> Range | None:
    """Return the hourly rate of a row that gives one, or an amount of a day and its hours; an income, in euros."""
    if row["devise"] != "EUR" or row["nature"] == "chiffre_affaires":
        return None
    if row["unite"] == "par heure":
        return Range(*_ends(row))
    return Range(*_ends(row)).over(hours) if row["unite"] == "par jour" and (hours := row["heures_par_jour"]) else None


def _calculation(row: Row) -> str:
    if row["unite"] == "par heure":
        return "Taux publié"
    return f"{_text(row)} ÷ {_hours(row)}"


def _hours(row: Row) -> str:
    hours = row["heures_par_jour"]
    return f"{number(hours)}{NBSP}h"


def _low(row: Row) -> float:
    return next(row[name] for name in ("montant", "montant_min", "montant_max") if row[name] is not None)


def _high(row: Row) -> float:
    return next(row[name] for name in ("montant", "montant_max", "montant_min") if row[name] is not None)


def _extremes(rows: Sequence[Row]) -> str:
    high, low = max(rows, key=_high), min(rows, key=_low)
    return (
        f"{len(rows)} montants. Le plus haut{NBSP}: {_text(high)} ({_who(high)}). "
        f"Le plus bas{NBSP}: {_text(low)} ({_who(low)})."
    )


def _who(row: Row) -> str:
    return f"{lower_first(span(row).label)}, {lower_first(_nature(row))}"


def _nature(row: Row) -> str:
    return selection.labels("natures")[row["nature"]]


def _table(rows: Sequence[Row]) -> Table:
    return Table(
        ["Qui, où, quand", "Montant", "Nature du chiffre", "Source"],
        [[span(row).label, _text(row), _nature(row), short_source(row["source_id"])] for row in rows],
    )


def _notes(rows: Sequence[Row], logarithmic: bool) -> list[str]:
    natures = {row["nature"] for row in rows}
    notes = [
        "Montants d’origines très différentes, souvent sans durée de travail"
        f"{NBSP}: ne pas les additionner ni les multiplier par 30."
    ]
    if "offre_d_emploi" in natures:
        notes.append("Un montant promis n’est pas un montant versé.")
    if "presse_contestee" in natures:
        notes.append("Les chiffres contestés sont montrés pour être discutés.")
    if "comptabilite_du_groupe" in natures:
        notes.append(f"Dollars d’époque{NNBSP}; non transposables à la France.")
    if any(row["montant"] is None and None in (row["montant_min"], row["montant_max"]) for row in rows):
        notes.append(f"Flèche{NBSP}: la source ne donne qu’une borne.")
    return [*notes, f"{SCALE_NOTE}."] if logarithmic else notes


def _years(rows: Sequence[Row]) -> str:
    years = sorted({row["annee"] for row in rows if row["annee"]})
    if not years:
        return "années non précisées"
    return str(years[0]) if len(years) == 1 else f"{years[0]}-{years[-1]}"


def _oldest(rows: Sequence[Row]) -> int:
    return min(row["annee"] for row in rows)


def _unit(unit: str) -> str:
    return {"par tache": "par tâche"}.get(unit, unit)
