"""Rows of ``data/`` for a figure: codes checked, labels, sources and intervals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mallette import data
from mallette.french import NBSP, NNBSP, SEPARATOR, enumeration, number, percent
from mallette.prevalence import HALF_STEP, UNKNOWN, WARNINGS, breaks, rounding, wilson

Row = Mapping[str, Any]

SEXES = ("femmes", "hommes")
_TOUCHING = 1e-9  # 82 and 83 meet at 82.5, and still are told apart


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
        ValueError: unknown code, or a product absent from the data; says what exists.
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
                f"nos données n’ont rien pour « {product} », indicateur « {indicator} », {asked}. "
                f"{_elsewhere(rows, own, product, list(where))}"
            )
        found += sorted(kept, key=lambda row: row["annee"])
    return found


def _elsewhere(rows: Sequence[Row], own: Sequence[Row], product: str, columns: Sequence[str]) -> str:
    if own:
        combinations = dict.fromkeys(", ".join(f"{column} {row[column]}" for column in columns) for row in own)
        return f"Ce qui existe{NBSP}: {SEPARATOR.join(combinations)}."
    indicators = dict.fromkeys(row["indicateur"] for row in rows if row["produit"] == product)
    return f"Indicateurs de nos données pour ce produit{NBSP}: {listing(indicators)}."


def _values(value: Any) -> list[Any]:
    return [value] if isinstance(value, (str, int)) else list(value)


def value_text(row: Row) -> str:
    """Return a percentage with the precision it is published with: « 7,0 % », « 42 % », « moins de 0,5 % »."""
    if row["valeur_pct"] == 0 and row["arrondi"] != "inconnu":
        return f"moins de {percent(HALF_STEP[row['arrondi']])}"
    return f"{number(row['valeur_pct'], 1 if row['arrondi'] == 'dixieme' else 0)}{NNBSP}%"


def marked_text(row: Row) -> str:
    """Return :func:`value_text` and, for a table, that the value is rounded."""
    if row["arrondi"] == "dixieme" or row["valeur_pct"] == 0:
        return value_text(row)
    return f"{value_text(row)} ({'arrondi' if row['arrondi'] == 'unite' else 'précision inconnue'})"


def span(row: Row) -> tuple[float, float]:
    """Return the least and the greatest percentage that a value may stand for."""
    return rounding(row["valeur_pct"], row["arrondi"])


def highest(rows: Sequence[Row]) -> list[Row]:
    """Return the rows that may hold the greatest value: rounded numbers do not always tell which."""
    floor = max(span(row)[0] for row in rows)
    return [row for row in rows if span(row)[1] > floor + _TOUCHING]


def lowest(rows: Sequence[Row]) -> list[Row]:
    """Return the rows that may hold the least value."""
    ceiling = min(span(row)[1] for row in rows)
    return [row for row in rows if span(row)[0] < ceiling - _TOUCHING]


def interval(row: Row) -> tuple[float | None, float | None]:
    """Return the ends, in percent, of the 95 % interval of a published percentage (Wilson, widened by its rounding);
    ``None`` twice when no sample size is published.

    The surveys are weighted and clustered, so the true interval is wider: captions say « indicatif ».
    """
    found = wilson(row["valeur_pct"], row["effectif"], row.get("arrondi")) if row["effectif"] else None
    return (found[0], found[1]) if found else (None, None)


def interval_notes(rows: Sequence[Row]) -> list[str]:
    """Return the sentences that say which values have an interval and which have none."""
    known = sum(bool(row["effectif"]) for row in rows)
    if not known:
        return ["Effectif absent de nos données, donc pas d’intervalle."]
    note = (
        f"Traits fins{NBSP}: intervalle à 95{NNBSP}% (Wilson, élargi de l’arrondi), "
        "indicatif car l’enquête est redressée"
    )
    rest = len(rows) - known
    if not rest:
        return [f"{note}."]
    s = "s" if rest > 1 else ""
    return [f"{note}{NNBSP}; effectif absent de nos données pour {rest} valeur{s} sur {len(rows)}."]


def doubt_notes(rows: Sequence[Row]) -> list[str]:
    """Return the sentences about rounding, and about what each value is warned of."""
    notes = []
    for step, text in (
        ("unite", "arrondi à l’unité, donc vrai à un demi-point près"),
        ("inconnu", "précision inconnue, comptée à un point près"),
    ):
        if found := [row for row in rows if row["arrondi"] == step]:
            several = len(found) > 1
            count = "Toutes les valeurs" if len(found) == len(rows) and several else f"{len(found)} sur {len(rows)}"
            notes.append(f"{title_case(text)}{NBSP}: {count if several or len(rows) > 1 else 'cette valeur'}.")
    for zero in dict.fromkeys(value_text(row) for row in rows if row["valeur_pct"] == 0):
        notes.append(
            f"«{NBSP}{zero}{NBSP}»{NBSP}: la page publie 0 après arrondi, ce qui n’est pas une absence d’usage{NNBSP}; "
            "le trait va jusqu’où la valeur peut aller."
        )
    for code, text in WARNINGS.items():
        if found := [row for row in rows if row["avertissement"] == code]:
            places = dict.fromkeys(f"{lower_first(labels('produits')[row['produit']])} {row['annee']}" for row in found)
            notes.append(f"{title_case(text)}{NBSP}: {listing(places)}.")
    return notes


def break_notes(runs: Iterable[Sequence[Row]]) -> list[str]:
    """Return the sentence that says where curves are cut, and why."""
    found: dict[int, list[str]] = {}
    for run in runs:
        for year, words in changes(run).items():
            found.setdefault(year, []).extend(words.split(", "))
    if not found:
        return []
    told = SEPARATOR.join(f"en {year}, {enumeration(dict.fromkeys(found[year]))}" for year in sorted(found))
    return [f"Ruptures{NBSP}: {told}. Points creux non reliés, à comparer avec prudence."]


def changes(run: Sequence[Row]) -> dict[int, str]:
    """Return what changes on a curve, in a few words, by year of the point after the cut."""
    words = {
        "enquete": lambda survey: f"enquête {survey}",
        "territoire": lambda place: "avec l’outre-mer" if "outre-mer" in place else "sans l’outre-mer",
        "mode": lambda mode: f"par {mode}",
    }
    return {
        after["annee"]: ", ".join(words[name](new) for name, (_, new) in changed.items())
        for _, after, changed in breaks(run)
    }


def places(rows: Sequence[Row]) -> str:
    """Return the territory of most rows, then the others with their years."""
    years: dict[str, list[int]] = {}
    for row in sorted(rows, key=lambda row: row["annee"] or 0):
        years.setdefault(row["territoire"], []).append(row["annee"])
    main, *others = sorted(years, key=lambda place: -len(years[place]))
    named = {place: "territoire non précisé" if place == UNKNOWN else place for place in years}
    told = [f"{named[place]} en {enumeration(map(str, dict.fromkeys(years[place])))}" for place in others]
    return SEPARATOR.join([named[main], *told])


def age_text(age: str) -> str:
    """Return « 18-25 ans », « moins de 25 ans », « classe de 6e »."""
    if age == "terminale" or age.endswith("e"):
        return f"classe de {age}"
    return f"{age} ans"


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
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """Return ``text`` with a small first letter, unless it starts with an acronym."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]
