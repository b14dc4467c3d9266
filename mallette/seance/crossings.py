"""Two questions crossed: a table when it tells nobody's answer, a reason when it would."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from mallette.quiz.bank import Question
from mallette.seance.disclosure import Interval, enough, near_unanimity, protect
from mallette.seance.displays import EXACT, Crossing, Result
from mallette.seance.tallies import place, tally

SCALES = ("opinion", "concordance")
CROSSABLE = ("choix_unique", "vrai_faux", *SCALES)

TOO_FEW = "Moins de 5 personnes ont répondu aux deux questions : rien n’est montré."
PROTECTED = (
    "L’une des deux questions n’est pas montrée avec ses nombres exacts : la croiser dirait ce qui est protégé. Pas de "
    "tableau."
)
TOO_SMALL = (
    "Les groupes sont trop petits : ce tableau laisserait deviner la réponse d’une personne. Il n’est pas montré."
)
HIDDEN = "masqué"
SOME_HIDDEN = (
    "Les cases de moins de 5 personnes sont masquées, et d’autres avec elles : sans quoi une soustraction les rendrait."
)
BY_FIVES = "Les nombres sont donnés par tranches de cinq : une soustraction ne dit la réponse de personne."
GROUPED = "Des réponses voisines ou rares sont réunies, pour que chaque groupe compte au moins 5 personnes."
OTHERS = "autres réponses"

Group = tuple[str, tuple[int, ...]]
"""A label and the places of the answers it holds."""


def crossable(question: Question) -> bool:
    """Tell whether a question may take part in a crossing: one answer among a few."""
    return question.kind in CROSSABLE


def crossing(
    first: Question, second: Question, pairs: Sequence[tuple], results: tuple[Result, Result] | None = None
) -> Crossing:
    """Return the table of two questions, or why it cannot be shown.

    Args:
        pairs: answers of those who answered both.
        results: what was published of each question alone; **give them**: people who answered only one of the two could
            otherwise be found by subtraction. ``None`` when everybody answered both.

    Raises:
        ValueError: a question is not :func:`crossable`, or fewer people were published than there are pairs.
    """
    if not (crossable(first) and crossable(second)):
        raise ValueError("only questions with one answer among a few can be crossed")
    empty = Crossing(first.id, second.id, first.prompt, second.prompt)
    if not enough(len(pairs)):
        return replace(empty, withheld=TOO_FEW)
    published = [
        _counts(question, [pair[side] for pair in pairs], results and results[side])
        for side, question in enumerate((first, second))
    ]
    if None in published:
        return replace(empty, withheld=PROTECTED)
    given = [(place(first, one), place(second, other)) for one, other in pairs]
    options = product(_groupings(first, published[0]), _groupings(second, published[1]))
    for rows, columns in sorted(options, key=lambda sides: -len(sides[0]) * len(sides[1])):
        counts = [[sum(a in row and b in column for a, b in given) for _, column in columns] for _, row in rows]
        totals = [[sum(counts[key] for key in group) for _, group in groups]
                  for groups, counts in ((rows, published[0]), (columns, published[1]))]
        table = protect(counts, *totals)
        if table is not None:
            grouped = any(len(keys) > 1 for _, keys in (*rows, *columns))
            hidden = any(cell is None for row in table.cells for cell in row)
            notes = ((grouped, GROUPED), (hidden, SOME_HIDDEN), (not table.exact, BY_FIVES))
            return replace(
                empty, rows=tuple(label for label, _ in rows), columns=tuple(label for label, _ in columns),
                cells=tuple(tuple(_cell(cell) for cell in row) for row in table.cells),
                protection=tuple(text for applies, text in notes if applies),
            )
    return replace(empty, withheld=TOO_SMALL)


def _counts(question: Question, given: Sequence, shown: Result | None) -> tuple[int, ...] | None:
    """Return the published counts of a question, ``None`` when they were not all published as they are."""
    if shown is not None:
        return tuple(bar.count for bar in shown.bars) if shown.precision == EXACT else None
    counts = tally(question, given).counts
    return None if question.kind in SCALES and near_unanimity(counts) is not None else counts


def _groupings(question: Question, counts: Sequence[int]) -> Iterator[list[Group]]:
    """Yield ways to group the answers of a question, finest first; every group holds somebody."""
    labels = [answer.label for answer in tally(question, []).answers]
    keys = range(len(labels))

    def named(groups: Sequence[Sequence[int]], last: str = "") -> list[Group]:
        kept = [tuple(group) for group in groups if sum(counts[key] for key in group)]
        names = [" ou ".join(labels[key] for key in group) for group in kept]
        return [*zip([*names[:-1], last] if last and kept else names, kept, strict=True)]

    yield named([[key] for key in keys])
    if question.kind in SCALES:
        half, middle = len(labels) // 2, (len(labels) + 1) // 2
        yield named([keys[:half], keys[half:middle], keys[middle:]])
        yield named([keys[:middle], keys[middle:]])
        yield named([keys[:half], keys[half:]])
    else:
        rare = [key for key in keys if not enough(counts[key])]
        most = max(keys, key=lambda key: counts[key])
        for together in (rare, [key for key in keys if key != most]):
            if any(counts[key] for key in together) and together[1:]:
                yield named([*([key] for key in keys if key not in together), together], OTHERS)


def _cell(shown: Interval | None) -> str:
    if shown is None:
        return HIDDEN
    low, high = shown
    if low == high:
        return str(low)
    return f"{low} à {high}" if low else f"moins de {high + 1}"
