"""Figure of the estimated numbers of users."""

from __future__ import annotations

from mallette import data
from mallette.figures import selection
from mallette.figures.bars import Bar, Group, draw_bars
from mallette.figures.figure import Figure, Table
from mallette.figures.selection import Row, lower_first
from mallette.french import NBSP, enumeration, people

INDICATORS = ("experimentation", "annee", "regulier", "quotidien")
MISSING = "non disponible"


def effectifs(annee: int = 2014, indicateur: str | None = None) -> Figure:
    """Return bars of the estimated number of users of each product.

    Args:
        annee: year of ``data/effectifs_usagers.csv``.
        indicateur: ``experimentation``, ``annee``, ``regulier`` or ``quotidien``; all four when ``None``.

    Raises:
        ValueError: unknown code, or nothing published; says what exists.
    """
    rows = [row for row in data.rows("effectifs_usagers") if row["indicateur"] in INDICATORS and row["annee"]]
    selection.check_codes([annee], sorted({row["annee"] for row in rows}), "l’année")
    rows = [row for row in rows if row["annee"] == annee]
    published = [code for code in INDICATORS if code in {row["indicateur"] for row in rows}]
    if indicateur is not None:
        selection.check_codes([indicateur], published, f"en {annee}, l’indicateur")
    wanted = [indicateur] if indicateur else published
    rows = [row for row in rows if row["indicateur"] in wanted]
    champs = list(dict.fromkeys(row["champ"] for row in rows))
    main = max(champs, key=lambda champ: sum(row["champ"] == champ for row in rows))
    rows = [row for row in rows if row["champ"] == main]  # one population a figure

    products, names = selection.labels("produits"), selection.labels("indicateurs")
    groups = [
        Group(
            names[code] if len(wanted) > 1 else "",
            [_bar(products[row["produit"]], row) for row in rows if row["indicateur"] == code],
        )
        for code in wanted
    ]
    table = Table(
        ["Produit", "Indicateur", "Nombre estimé", "Fourchette publiée"],
        [
            [
                products[row["produit"]],
                names[row["indicateur"]],
                _text(row),
                f"{people(row['effectif_min'])} à {people(row['effectif_max'])}"
                if row["effectif_min"]
                else "absente de nos données",
            ]
            for row in rows
        ],
    )
    known = [row for row in rows if row["effectif"] is not None]
    high, low = max(known, key=lambda row: row["effectif"]), min(known, key=lambda row: row["effectif"])
    missing = [
        f"{lower_first(products[row['produit']])} ({lower_first(names[row['indicateur']])})"
        for row in rows
        if row["effectif"] is None
    ]
    return Figure(
        title=f"Nombre estimé d’usagers{NBSP}: "
        f"{enumeration(lower_first(names[code]) for code in wanted)}, {main}, {annee}",
        alt=" ".join(
            [
                "Barres horizontales, nombre estimé d’usagers par produit.",
                f"Nombre le plus grand{NBSP}: {_named(high, products, names)}.",
                f"Nombre le plus petit{NBSP}: {_named(low, products, names)}.",
                *([f"Non disponible pour{NBSP}: {enumeration(missing)}."] if missing else []),
            ]
        ),
        table=table,
        sources=selection.sources(*rows),
        population=f"{lower_first(selection.labels('champs')[main])}, {selection.places(rows)}",
        period=f"{annee}, {enumeration(dict.fromkeys(row['edition'] for row in rows))}",
        notes=[
            "Ordres de grandeur arrondis, estimés à partir d’enquêtes.",
            *(["Traits fins\u00a0: fourchette publiée."] if any(row["effectif_min"] for row in rows) else []),
            *(["«\u00a0non disponible\u00a0»\u00a0: la publication ne donne pas de nombre."] if missing else []),
        ],
        draw=lambda canvas, layout: draw_bars(canvas, layout, groups),
    )


def _bar(label: str, row: Row) -> Bar:
    return Bar(label, row["effectif"], _text(row), row["effectif_min"], row["effectif_max"])


def _text(row: Row) -> str:
    return MISSING if row["effectif"] is None else people(row["effectif"])


def _named(row: Row, products: dict[str, str], names: dict[str, str]) -> str:
    return f"{_text(row)} ({lower_first(products[row['produit']])}, {lower_first(names[row['indicateur']])})"
