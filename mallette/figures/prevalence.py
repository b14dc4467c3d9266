"""Figures of the share of people who use a product: by age, by sex, through time, at 17."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from mallette.figures import selection
from mallette.figures.bars import Bar, Group, draw_bars
from mallette.figures.figure import Figure, Table, short_source
from mallette.figures.lines import Point, Series, draw_lines
from mallette.figures.selection import Row, lower_first, marked_text, value_text
from mallette.french import NBSP, enumeration, number

ALL = "ensemble"
ADULTS = "18-64 ans"
YOUNG = "17 ans"
ABSENT = "absent de nos données"


def prevalence_par_age(
    produits: str | Iterable[str], indicateur: str, annee: int, champ: str = ADULTS, sexe: str = ALL
) -> Figure:
    """Return bars by age class for some products.

    Args:
        produits: codes of ``data/produits.csv``.
        indicateur: code of ``data/indicateurs.csv``.
        annee: year of the survey.
        champ: code of ``data/champs.csv``.
        sexe: ``ensemble``, ``femmes`` or ``hommes``.

    Raises:
        ValueError: unknown code, or nothing in the data; says what exists.
    """
    codes = selection.several(produits)
    rows = _ordered_ages(selection.prevalences(codes, indicateur, annee=annee, champ=champ, sexe=sexe))
    classes = [row for row in rows if row["age"] != ALL]
    if not classes:
        raise ValueError(f"aucune tranche d’âge dans nos données pour {enumeration(codes)}, « {indicateur} », {annee}")
    return _bars(codes, indicateur, rows, "âge", lambda row: _age(row["age"], champ), lambda row: row["age"] != ALL)


def prevalence_par_sexe(
    produits: str | Iterable[str], indicateur: str, annee: int, champ: str = ADULTS, age: str | Iterable[str] = ALL
) -> Figure:
    """Return bars for women and men for some products; arguments as in :func:`prevalence_par_age`.

    Raises:
        ValueError: unknown code, or nothing by sex in the data; says what exists.
    """
    codes = selection.several(produits)
    rows = selection.prevalences(
        codes, indicateur, annee=annee, champ=champ, sexe=selection.SEXES, age=selection.several(age)
    )
    order = {sex: rank for rank, sex in enumerate(selection.SEXES)}
    rows.sort(key=lambda row: (codes.index(row["produit"]), order[row["sexe"]]))
    return _bars(
        codes,
        indicateur,
        rows,
        "sexe",
        lambda row: selection.title_case(row["sexe"]),
        lambda row: row["sexe"] == "hommes",
    )


def prevalence_dans_le_temps(
    produits: str | Iterable[str],
    indicateur: str,
    champ: str = ADULTS,
    sexe: str | Iterable[str] = ALL,
    age: str | Iterable[str] = ALL,
) -> Figure:
    """Return lines over the years for some products, sexes or age classes, in one population.

    Raises:
        ValueError: unknown code, or nothing in the data; says what exists.
    """
    codes, sexes, ages = (selection.several(value) for value in (produits, sexe, age))
    rows = selection.prevalences(codes, indicateur, champ=champ, sexe=sexes, age=ages)
    return _through_time(codes, indicateur, champ, rows)


def prevalence_17_ans(produits: str | Iterable[str], indicateur: str, sexe: str | Iterable[str] = ALL) -> Figure:
    """Return lines over the years at 17 (ESCAPAD survey) for some products.

    Raises:
        ValueError: unknown code, or nothing in the data; says what exists.
    """
    codes = selection.several(produits)
    rows = selection.prevalences(codes, indicateur, champ=YOUNG, sexe=selection.several(sexe))
    return _through_time(codes, indicateur, YOUNG, rows)


def _bars(codes: Sequence[str], indicator: str, rows: Sequence[Row], by: str, name, plain) -> Figure:
    products = selection.labels("produits")
    groups = []
    for code in codes:
        own = [row for row in rows if row["produit"] == code]
        bars = [
            Bar(name(row), row["valeur_pct"], value_text(row), *bounds(row), style=0 if plain(row) else 1)
            for row in own
        ]
        groups.append(Group(products[code], bars))
    columns = ["Produit", by.capitalize(), "Part publiée", "Effectif interrogé"]
    table = Table(columns, [[products[row["produit"]], name(row), marked_text(row), sample(row)] for row in rows])
    kind = f"Barres horizontales, {lower_first(selection.labels('indicateurs')[indicator])} selon {_by(by)}."
    extremes = _extremes(rows, lambda row: f"{lower_first(products[row['produit']])}, {lower_first(name(row))}")
    first = rows[0]
    return Figure(
        title=f"{_subject(codes, indicator)}, selon {_by(by)}, {first['champ']}, {first['annee']}",
        alt=f"{kind} {extremes}",
        table=table,
        sources=selection.sources(*rows),
        population=_population(rows),
        period=f"{first['annee']} ({enumeration(dict.fromkeys(row['enquete'] for row in rows))})",
        notes=_notes(indicator, rows),
        draw=lambda canvas, layout: draw_bars(canvas, layout, groups),
    )


def _through_time(codes: Sequence[str], indicator: str, champ: str, rows: Sequence[Row]) -> Figure:
    products = selection.labels("produits")
    ranked = sorted(rows, key=lambda row: (codes.index(row["produit"]), row["sexe"], row["age"], row["annee"]))
    runs = [list(run) for _, run in groupby(ranked, key=lambda row: (row["produit"], row["sexe"], row["age"]))]
    names = _series_names(runs, products)
    series = [Series(name, points(run)) for name, run in zip(names, runs, strict=True)]
    table = Table(
        ["Année", "Série", "Part publiée", "Effectif interrogé", "Enquête", "Territoire", "Source"],
        [
            [
                str(row["annee"]),
                name,
                marked_text(row),
                sample(row),
                row["enquete"],
                row["territoire"],
                short_source(row["source_id"]),
            ]
            for name, run in zip(names, runs, strict=True)
            for row in run
        ],
    )
    return Figure(
        title=f"{_subject(codes, indicator)}, {champ}, {_years(rows)}",
        alt=" ".join(
            [
                f"{'Courbes' if len(series) > 1 else 'Courbe'} dans le temps, "
                f"{lower_first(selection.labels('indicateurs')[indicator])}.",
                *(_evolution(name, run) for name, run in zip(names, runs, strict=True)),
            ]
        ),
        table=table,
        sources=selection.sources(*ranked),
        population=_population(rows),
        period=_years(rows),
        notes=[*selection.break_notes(runs), *_notes(indicator, rows, young=champ == YOUNG)],
        draw=lambda canvas, layout: draw_lines(canvas, layout, series),
    )


def _series_names(runs: Sequence[Sequence[Row]], products: dict[str, str]) -> list[str]:
    """Name each series by what differs between them."""
    several = {column: len({run[0][column] for run in runs}) > 1 for column in ("produit", "sexe", "age")}
    names = []
    for run in runs:
        row = run[0]
        parts = [products[row["produit"]]] if several["produit"] or not any(several.values()) else []
        parts += [row["sexe"]] if several["sexe"] else []
        parts += [_age(row["age"], row["champ"])] if several["age"] else []
        names.append(selection.title_case(", ".join(parts)))
    return names


def points(run: Sequence[Row]) -> list[Point]:
    """Return what is drawn of one series; a new part starts where survey, territory or way of asking change."""
    made, part, cut = [], 0, selection.changes(run)
    for row in run:
        told = cut.get(row["annee"], "")
        part += bool(told)
        made.append(Point(row["annee"], row["valeur_pct"], value_text(row), part, told, *bounds(row)))
    return made


def _evolution(name: str, run: Sequence[Row]) -> str:
    """Describe a series by its ends, and by its extremes when they surely are elsewhere."""
    first, last = run[0], run[-1]
    if len(run) == 1:
        return f"{name}{NBSP}: {value_text(first)} en {first['annee']}, seule année de nos données."
    text = f"{name}{NBSP}: de {value_text(first)} en {first['annee']} à {value_text(last)} en {last['annee']}"
    others = []
    for word, found in (("maximum", selection.highest(run)), ("minimum", selection.lowest(run))):
        if first not in found and last not in found:
            others.append(f"{word} {_either(found, lambda row: row['annee'], '{} en {}')}")
    return f"{', '.join([text, *others])}."


def _either(rows: Sequence[Row], name, form: str = "{} ({})") -> str:
    """Return one value, or those that rounding does not tell apart."""
    told = " ou ".join(form.format(value_text(row), name(row)) for row in rows)
    return f"{told}, à l’arrondi près" if len(rows) > 1 else told


def _extremes(rows: Sequence[Row], name) -> str:
    return (
        f"Valeur la plus haute{NBSP}: {_either(selection.highest(rows), name)}. "
        f"Valeur la plus basse{NBSP}: {_either(selection.lowest(rows), name)}."
    )


def bounds(row: Row) -> tuple[float | None, float | None]:
    """Return the ends of the 95 % interval of a percentage, in percent; ``None`` twice without a sample size.

    A rounded 0 has no length of its own: without an interval, it is drawn as far as it may go.
    """
    if row["valeur_pct"] == 0 and not row["effectif"] and row.get("arrondi"):
        return selection.span(row)
    return selection.interval(row)


def sample(row: Row, absent: str = ABSENT) -> str:
    """Return the sample size of a percentage in words."""
    return number(row["effectif"], 0) if row["effectif"] else absent


def _subject(codes: Sequence[str], indicator: str) -> str:
    names = [lower_first(selection.labels("produits")[code]) for code in codes]
    subject = enumeration(names) if len(names) <= 4 else f"{len(names)} produits"
    return f"{selection.labels('indicateurs')[indicator]}{NBSP}: {subject}"


def _by(by: str) -> str:
    return {"âge": "l’âge", "sexe": "le sexe"}[by]


def _age(age: str, champ: str) -> str:
    return f"Ensemble ({champ})" if age == ALL else selection.title_case(selection.age_text(age))


def _ordered_ages(rows: list[Row]) -> list[Row]:
    """Keep the order of products, ages rising, the whole population last."""
    order = list(dict.fromkeys(row["produit"] for row in rows))
    return sorted(rows, key=lambda row: (order.index(row["produit"]), row["age"] == ALL, _first_age(row["age"])))


def _first_age(age: str) -> int:
    """Return what sorts groups of ages, and the classes of a school by the age at which most pupils enter them."""
    classes = {"6e": 11, "3e": 14, "2de": 15, "terminale": 17}
    digits = age.split("-")[0]
    return classes.get(age, int(digits) if digits.isdigit() else 0)


def _years(rows: Sequence[Row]) -> str:
    years = [row["annee"] for row in rows]
    return str(min(years)) if min(years) == max(years) else f"{min(years)}-{max(years)}"


def _population(rows: Sequence[Row]) -> str:
    return f"{lower_first(selection.labels('champs')[rows[0]['champ']])}, {selection.places(rows)}"


def _notes(indicator: str, rows: Sequence[Row], young: bool = False) -> list[str]:
    return [selection.definition(indicator, young), *selection.interval_notes(rows), *selection.doubt_notes(rows)]
