"""What the table of prevalences must respect and Table Schema cannot say; rules as in :mod:`mallette.data.rules`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mallette.data.raw import Table
from mallette.faults import Fault
from mallette.prevalence import rounding

SERIES_KEY = ("annee", "champ", "produit", "indicateur", "sexe", "age")


def one_value_per_series(table: Table) -> Iterator[Fault]:
    """A curve has one point a year: ``serie`` is true once for the same :data:`SERIES_KEY`."""
    first: dict[tuple, int] = {}
    for number, row in table.lines:
        key = tuple(row.get(name) for name in SERIES_KEY)
        if row.get("serie") is not True or None in key:
            continue
        if key in first:
            yield table.fault(
                number,
                f"« serie » vaut déjà « oui » ligne {first[key]} pour {', '.join(str(part) for part in key)}",
                "gardez « oui » sur la valeur à tracer et mettez « non » sur l’autre",
            )
        first.setdefault(key, number)


def rounding_marked(table: Table) -> Iterator[Fault]:
    """« arrondi » says how many decimals the page printed, and the cell is written with them: 7.0 is not 7."""
    decimals = {"dixieme": 1, "unite": 0, "inconnu": 0}
    for number, row in table.lines:
        text, step = table.written.get((number, "valeur_pct")), row.get("arrondi")
        if row.get("valeur_pct") is None or step not in decimals:
            continue
        found = len(text.partition(".")[2])
        if found != decimals[step]:
            yield table.fault(
                number,
                f"« valeur_pct » vaut {text} et « arrondi » vaut « {step} »",
                f"si la page imprime {text}, l’arrondi est « {'dixieme' if found else 'unite'} » "
                "(« inconnu » quand elle omet parfois la décimale) ; la décimale imprimée s’écrit, même zéro",
            )


def total_within_sexes(table: Table) -> Iterator[Fault]:
    """The share of everyone lies between that of men and that of women, near the middle, as rounding lets one tell.

    Either sex weighs from 45 to 55 % of these populations: with 29.8 % of men and 24.2 % of women, everyone is at 26.7
    to 27.3 %, and a 26 is a number cut short.
    """
    found: dict[tuple, dict[str, tuple[int, tuple[float, float]]]] = {}
    for number, row in table.lines:
        key = tuple(row.get(name) for name in SERIES_KEY if name != "sexe")
        if row.get("serie") is True and None not in (*key, row.get("valeur_pct"), row.get("arrondi"), row.get("sexe")):
            ends = rounding(row["valeur_pct"], row["arrondi"])
            found.setdefault(key, {})[row["sexe"]] = number, ends
    for key, sexes in found.items():
        if len(sexes) < 3:
            continue
        (line, (low, high)), (men, of_men), (women, of_women) = (
            sexes[name] for name in ("ensemble", "hommes", "femmes")
        )
        least, most = (
            pick(share * of_men[end] + (1 - share) * of_women[end] for share in (0.45, 0.55))
            for pick, end in ((min, 0), (max, 1))
        )
        if high < least or low > most:
            yield table.fault(
                line,
                f"l’ensemble n’est pas entre les hommes (ligne {men}) et les femmes (ligne {women}) : "
                f"{', '.join(str(part) for part in key)} devrait valoir de {least:.1f} à {most:.1f} %",
                "relisez les trois valeurs sur leur page : l’une est tronquée, mal recopiée ou d’une autre population",
            )


def one_population_a_line(table: Table) -> Iterator[Fault]:
    """What a curve joins at one date (ages, both sexes) comes from one survey, one territory and one way of asking."""
    first: dict[tuple, tuple[int, dict]] = {}
    ages: dict[tuple, dict[int, tuple[int, int]]] = {}
    for number, row in table.lines:
        key = tuple(row.get(name) for name in ("annee", "champ", "produit", "indicateur"))
        if row.get("serie") is not True or None in key:
            continue
        line, told = first.setdefault(key, (number, row))
        for name in ("enquete", "territoire", "mode"):
            if None not in (row.get(name), told.get(name)) and row[name] != told[name]:
                yield table.fault(
                    number,
                    f"« {name} » vaut « {row[name]} », et « {told[name]} » ligne {line}, pour la même courbe : "
                    f"{', '.join(str(part) for part in key)}",
                    "accordez les deux lignes, ou mettez « non » dans « serie » à celle qui ne va pas avec les autres",
                )
        span, whole = _ages(row.get("age")), _ages(row["champ"].removesuffix(" ans"))
        if span and whole and (0 < span[0] < whole[0] or span[1] > whole[1]):
            yield table.fault(
                number,
                f"« age » ({row['age']}) sort du champ ({row['champ']})",
                "corrigez l’âge ou le champ : deux populations ne se mettent pas sur une même courbe",
            )
        for other, (low, high) in ages.get((*key, row.get("sexe")), {}).items() if span else ():
            if span[0] <= high and low <= span[1] and span != (low, high):  # the same group twice is told elsewhere
                yield table.fault(
                    number,
                    f"« age » ({row['age']}) recouvre la tranche de la ligne {other}, pour la même courbe : "
                    f"{', '.join(str(part) for part in key)}",
                    "gardez une seule façon de découper les âges, et mettez « non » dans « serie » aux autres lignes",
                )
        if span:
            ages.setdefault((*key, row.get("sexe")), {})[number] = span


def _ages(code: str | None) -> tuple[int, int] | None:
    """Return the ages of a group, both included; ``None`` when it is no group of ages (everyone, a class)."""
    if found := re.fullmatch(r"moins de ([0-9]+)", code or ""):
        return 0, int(found[1]) - 1
    found = re.fullmatch(r"([0-9]+)(?:-([0-9]+))?", code or "")
    return (int(found[1]), int(found[2] or found[1])) if found else None


RULES = [one_value_per_series, rounding_marked, total_within_sexes, one_population_a_line]
