"""Pieces of the sentences that tell a question or its result."""

from __future__ import annotations

from collections.abc import Iterable

from mallette.french import number


def stop(text: str) -> str:
    """Return a text that ends like a sentence."""
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


def share(count: int, total: int) -> int:
    """Return a share in 100, halves rounded up."""
    return (200 * count + total) // (2 * total)


def people(count: int) -> str:
    """Return ``12 personnes``, ``aucune personne``."""
    return f"{number(count)} personne{'s' if count > 1 else ''}" if count else "aucune personne"


def some(count: int, total: int, one: str, many: str) -> str:
    """Return ``12 personnes sur 20 ont trouvé``, ``Personne n’a trouvé``."""
    if not count:
        return f"Personne n’{one}"
    return f"{people(count)} sur {total} {many if count > 1 else one}"


def quoted(labels: Iterable[str], word: str = "et") -> str:
    """Return « a » et « b », or « a » ou « b »."""
    *others, last = [f"« {label} »" for label in labels]
    return f"{', '.join(others)} {word} {last}" if others else last
