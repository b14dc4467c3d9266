"""Rows of ``data/`` for a figure: codes checked, labels, sources and intervals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mallette import data
from mallette.french import NBSP, NNBSP, SEPARATOR
from mallette.prevalence import wilson

Row = Mapping[str, Any]

SEXES = ("femmes", "hommes")


def labels(table: str) -> dict[str, str]:
    """Return code → French label of a code list (``produits``, ``indicateurs``, ``champs``, ``roles``, ``natures``)."""
    return {row["code"]: row["libelle"] for row in data.rows(table)}


def several(value: str | Iterable[str]) -> list[str]:
    """Return a list from one code or several, doubles removed."""
    return [value] if isinstance(value, str) else list(dict.fromkeys(value))


def check_codes(asked: Iterable[Any], known: Iterable[Any], what: str) -> None:
    """Raise when a code does not exist.

    Args:
        what: French name of the kind of code, with its article (« le produit »).

    Raises:
        ValueError: the message lists what exists.
    """
    known = list(dict.fromkeys(known))
    for code in asked:
        if code not in known:
            raise ValueError(f"{what} « {code} » n’existe pas{NNBSP}; valeurs possibles{NBSP}: {listing(known)}")


def listing(values: Iterable[Any]) -> str:
    return ", ".join(str(value) for value in values) or "aucune"


def prevalences(products: Sequence[str], indicator: str, **where: Any) -> list[Row]:
    """Return the published series values of some products, in the order of ``products`` and then of the years.

    Args:
        where: other columns of ``data/prevalences.csv`` and the value, or collection of values, wanted.

    Raises:
        ValueError: unknown code, or nothing published for one of the products; says what exists.
    """
    rows = [row for row in data.rows("prevalences") if row["serie"] and row["valeur_pct"] is not None]
    check_codes(products, labels("produits"), "le produit")
    check_codes([indicator], labels("indicateurs"), "l’indicateur")
    for column, value in where.items():
        check_codes(_values(value), sorted({row[column] for row in rows}), f"la valeur de « {column} »")
    found: list[Row] = []
    for product in products:
        own = [row for row in rows if row["produit"] == product and row["indicateur"] == indicator]
        kept = [row for row in own if all(row[column] in _values(value) for column, value in where.items())]
        if not kept:
            asked = ", ".join(f"{column} {listing(_values(value))}" for column, value in where.items())
            raise ValueError(
                f"rien de publié pour « {product} », indicateur « {indicator} », {asked}. "
                f"{_elsewhere(rows, own, product, list(where))}"
            )
        found += sorted(kept, key=lambda row: row["annee"])
    return found


def _elsewhere(rows: Sequence[Row], own: Sequence[Row], product: str, columns: Sequence[str]) -> str:
    if own:
        combinations = dict.fromkeys(", ".join(f"{column} {row[column]}" for column in columns) for row in own)
        return f"Ce qui existe{NBSP}: {SEPARATOR.join(combinations)}."
    indicators = dict.fromkeys(row["indicateur"] for row in rows if row["produit"] == product)
    return f"Indicateurs publiés pour ce produit{NBSP}: {listing(indicators)}."


def _values(value: Any) -> list[Any]:
    return [value] if isinstance(value, (str, int)) else list(value)


@dataclass(frozen=True)
class Interval:
    """Bounds of a percentage, in percent; both ``None`` when no sample size is published."""

    low: float | None
    high: float | None


def interval(row: Row) -> Interval:
    """Return the 95 % interval of a published percentage (Wilson), when its sample size is published.

    The surveys are weighted and clustered, so the true interval is wider: captions say « indicatif ».
    """
    if not row["effectif"]:
        return Interval(None, None)
    low, high = wilson(row["valeur_pct"], row["effectif"])
    return Interval(low, high)


def interval_notes(rows: Sequence[Row]) -> list[str]:
    """Return the sentences that say which values have an interval and which have none."""
    known = sum(bool(row["effectif"]) for row in rows)
    if not known:
        return ["Effectif non fourni, donc pas d’intervalle."]
    note = f"Traits fins{NBSP}: intervalle à 95{NNBSP}% (Wilson), indicatif car l’enquête est redressée"
    rest = len(rows) - known
    if not rest:
        return [f"{note}."]
    return [f"{note}{NNBSP}; effectif non fourni pour {rest} valeur{'s' if rest > 1 else ''} sur {len(rows)}."]


def doubt_notes(rows: Sequence[Row]) -> list[str]:
    """Return the sentences about rounding and disagreeing publications."""
    notes = []
    if any("arrondi" in (row["note"] or "") for row in rows) or any(row["valeur_pct"] == 0 for row in rows):
        is_zero = any(row["valeur_pct"] == 0 for row in rows)
        zero = f" («{NBSP}0{NBSP}» veut dire moins de 0,5{NNBSP}%)" if is_zero else ""
        notes.append(f"Certaines valeurs sont publiées arrondies à l’unité{zero}.")
    disputed = [row for row in rows if is_disputed(row)]
    if disputed:
        places = dict.fromkeys(f"{labels('produits')[row['produit']].lower()} {row['annee']}" for row in disputed)
        notes.append(f"Publications discordantes pour{NBSP}: {listing(places)} (valeur retenue tracée).")
    return notes


def is_disputed(row: Row) -> bool:
    note = row["note"] or ""
    return "CONTRADICTION" in note or "incohérente" in note


def definition(indicator: str, young: bool = False) -> str:
    """Return « indicateur : définition » as one sentence."""
    for row in data.rows("indicateurs"):
        if row["code"] == indicator:
            text = (row["definition_17_ans"] if young else None) or row["definition"]
            return f"{row['libelle']}{NBSP}: {text[0].lower()}{text[1:]}"
    raise ValueError(f"l’indicateur « {indicator} » n’existe pas")


def sources(*rows: Row) -> list[str]:
    """Return the keys of ``data/sources.csv`` that some rows were read from, without doubles."""
    return list(dict.fromkeys(row["source_id"] for row in rows))


def title_case(text: str) -> str:
    """Return ``text`` with a capital first letter."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """Return ``text`` with a small first letter, unless it starts with an acronym."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]
