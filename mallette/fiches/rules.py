"""What a schema cannot say of the fiches-actions: names that exist and serve, numbers that follow, nobody's address."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from mallette.handwritten.plain import markup, texts
from mallette.handwritten.structure import Difference, suggestion, unknown_key

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")


def broken_rules(data: dict, keys: Collection[str] | None) -> Iterator[Difference]:
    """Yield what is wrong in fiches whose structure is right.

    Args:
        keys: citation keys of the course; ``None`` leaves them unchecked.
    """
    used: dict[str, set[str]] = {"logiques": set(), "publics": set(), "partenaires": set(), "passages": set()}
    for number, fiche in enumerate(data["fiches"]):
        here = ("fiches", number)
        yield from _identity(fiche, number, here)
        for place, name, kind in _names(fiche):
            used[kind].add(name)
            if name not in data[kind]:
                yield Difference(
                    (*here, *place), f"« {name} » n’est pas dans « {kind} »", suggestion(name, list(data[kind]))
                )
        for kind in ("logiques", "publics", "partenaires"):
            yield from _repeated(fiche[kind], (*here, kind))
    for kind, names in used.items():
        for name in data[kind]:
            if name not in names:
                yield Difference((kind, name), f"« {name} » ne sert à aucune fiche", "enlevez-le, ou citez-le")
    for place, key in _citations(data):
        if keys is not None and key not in keys:
            yield unknown_key(place, key, keys)
    yield from markup(data)
    for place, text in texts(data):
        if _EMAIL.search(text):
            yield Difference(place, "une adresse électronique est écrite", "nommez l’organisme, sans adresse")


def _identity(fiche: dict, number: int, here: tuple) -> Iterator[Difference]:
    if fiche["numero"] != number + 1:
        yield Difference(
            (*here, "numero"),
            f"le numéro est {fiche['numero']}, la fiche est à la place {number + 1}",
            "numérotez de 1 en 1, dans l’ordre du fichier",
        )
    elif not fiche["slug"].startswith(f"{fiche['numero']}-"):
        yield Difference(
            (*here, "slug"),
            f"« {fiche['slug']} » ne commence pas par le numéro de la fiche",
            f"écrivez « {fiche['numero']}-… »",
        )


def _names(fiche: dict) -> Iterator[tuple[tuple, str, str]]:
    """Yield (place, name, list it must be in) for all that a fiche names."""
    for kind in ("logiques", "partenaires"):
        for index, item in enumerate(fiche[kind]):
            yield (kind, index, "id"), item["id"], kind
    for index, name in enumerate(fiche["publics"]):
        yield ("publics", index), name, "publics"
    for field, lines in fiche.items():
        if isinstance(lines, list):
            for index, line in enumerate(lines):
                if isinstance(line, dict) and "de" in line:
                    yield (field, index, "de"), line["de"], "passages"


def _repeated(items: list, place: tuple) -> Iterator[Difference]:
    seen = set()
    for index, item in enumerate(items):
        name = item if isinstance(item, str) else item["id"]
        if name in seen:
            yield Difference((*place, index), f"« {name} » est cité deux fois", "n’en gardez qu’un")
        seen.add(name)


def _citations(data: dict) -> Iterator[tuple[tuple, str]]:
    yield ("source",), data["source"]
    for number, fiche in enumerate(data["fiches"]):
        for index, item in enumerate(fiche.get("productions", [])):
            yield ("fiches", number, "productions", index, "cle"), item["cle"]
