"""Answers of a room → what may be shown of them. Pure functions: no store, no HTTP, no HTML.

What is withheld, and when, follows :mod:`mallette.disclosure`; what may be shown is described in
:mod:`mallette.seance.displays`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mallette.disclosure import (
    ALMOST_NOBODY,
    MANY,
    MINIMUM,
    Interval,
    almost_everybody,
    as_displayed,
    enough,
    look_alike,
    near_unanimity,
    tells_of_few,
)
from mallette.french import with_unit
from mallette.questions import Question, Tally
from mallette.questions.histogram import interval
from mallette.questions.words import people, share
from mallette.seance.displays import BLURRED, CLASSES, EXACT, Bar, Comparison, Result

TOO_FEW = "Moins de 5 réponses : rien n’est montré, pour que personne ne soit reconnu."
TOO_CLOSE = (
    "À quelques personnes près, les deux tours se ressemblent. Celui-ci n’est pas montré en détail : il dirait la "
    "réponse de qui n’a répondu qu’à l’un des deux."
)
ONE_ROUND_HIDDEN = "L’un des deux tours n’est pas montré : il n’y a rien à comparer."
TEXTS_ARE_READ = "Des textes se lisent et se discutent, ils ne se comparent pas."
BY_CLASSES = (
    "À quelques personnes près, les deux tours se ressemblent. Le second est donné par fourchettes : une soustraction "
    "ne dit pas la réponse de qui n’a répondu qu’à l’un des deux."
)
BLUR = (
    "« Presque tout le monde » : toutes les personnes, ou toutes sauf une ou deux. Le nombre exact n’est pas donné, "
    "pour que la réponse de personne ne soit connue à coup sûr."
)


@dataclass(frozen=True)
class Earlier:
    """The round of the same question that was published before.

    Attributes:
        answers: canonical values, in no order.
        both: people who answered both rounds.
    """

    answers: Sequence
    both: int


def result(
    question: Question, answers: Sequence, tour: int = 1, expected: bool = False, before: Earlier | None = None
) -> Result:
    """Return what may be shown of a closed round.

    Args:
        answers: canonical values, in no order.
        tour: 1 or 2.
        expected: whether the right answer, published value, panel and explanations are revealed.
        before: the round of this question that was published before this one; **give it when there is one**, so that
            nobody can subtract the two displays.
    """
    counted = question.tally(answers)
    told = {"source": question.source, **question.told()} if expected else {}
    shown = Result(
        question.id,
        question.prompt,
        question.kind,
        tour,
        context=tuple(question.context()),
        bars=_bars(counted, expected),
        axis=question.axis(expected),
        caption=question.caption,
        **told,
    )
    if not enough(len(answers)):
        return replace(shown, withheld=TOO_FEW, bars=shown.bars if expected else ())
    shown = replace(shown, count=len(answers))
    if question.written:
        return replace(shown, precision=EXACT, summary=(f"{people(len(answers))} ont écrit un texte.",))
    bounds = _bounds(question, len(answers), before)
    if bounds and all(low <= count <= high for count, (low, high) in zip(counted.counts, bounds, strict=True)):
        return _by_classes(shown, question, bounds, len(answers), expected)
    if question.sensitive and (most := near_unanimity(counted.counts)) is not None:
        return _blurred(shown, counted, most)
    return _exact(shown, question, answers, counted, expected)


def comparison(question: Question, first: Result, second: Result) -> Comparison:
    """Return both rounds of a question side by side: nothing but their two results."""
    pair = Comparison(question.id, question.prompt, question.kind, first, second)
    if question.written:
        return replace(pair, withheld=TEXTS_ARE_READ)
    if first.withheld or second.withheld:
        return replace(pair, withheld=ONE_ROUND_HIDDEN)
    protection = tuple(dict.fromkeys((*first.protection, *second.protection)))
    if (first.precision, second.precision) != (EXACT, EXACT):
        return replace(pair, protection=protection)
    before, after = ([bar.count for bar in side] for side in zip(*pair.rows, strict=True))
    revealed = any(bar.right is not None for bar in first.bars)
    return replace(pair, summary=tuple(question.moves(before, after, revealed)), protection=protection)


def _bounds(question: Question, total: int, before: Earlier | None) -> list[Interval]:
    """Return the counts of a round of ``total`` answers that would tell of few people; empty when none would."""
    if before is None or not enough(len(before.answers)):
        return []
    left, came, sensitive = len(before.answers) - before.both, total - before.both, question.sensitive
    # Of five to nine people, all but two are easily of one opinion: subtracting must not tell it either.
    if not tells_of_few(left, came, before.both, MANY if sensitive else MINIMUM):
        return []
    return look_alike(as_displayed(question.tally(before.answers).counts, sensitive), left, came, total, sensitive)


def _bars(counted: Tally, expected: bool) -> tuple[Bar, ...]:
    """Return bars without figures; before the answer is revealed, nothing but their labels."""
    if not expected:
        return tuple(Bar(key, answer.label) for key, answer in enumerate(counted.answers))
    total = sum(answer.panel or 0 for answer in counted.answers)
    return tuple(
        Bar(
            key,
            answer.label,
            right=answer.right,
            explanation=answer.explanation,
            panel=answer.panel,
            mark=answer.mark,
            panel_share=None if answer.panel is None else share(answer.panel, total),
        )
        for key, answer in enumerate(counted.answers)
    )


# Three ways to show counts ----------------------------------------------------------------------------------------


def _exact(shown: Result, question: Question, answers: Sequence, counted: Tally, expected: bool) -> Result:
    bars = shown.bars
    if question.ranked:
        places = question.mean_places(answers)
        bars = tuple(replace(bar, place=round(places[bar.key], 1)) for bar in bars)
        if not expected:  # the bank lists the elements in the right order
            seen = question.shown_order()
            bars = tuple(sorted(bars, key=lambda bar: (places[bar.key], seen.index(bar.key))))
            return replace(shown, precision=EXACT, bars=tuple(replace(bar, shown=bar.mean_place) for bar in bars))
    bars = tuple(_figures(bar, counted.counts[bar.key], counted.people) for bar in bars)
    shown = replace(shown, precision=EXACT, bars=bars)
    return replace(
        shown,
        axis=question.axis(expected, answers),
        summary=(*question.sentences(answers, counted, expected), *shown.summary),
    )


def _figures(bar: Bar, count: int, total: int) -> Bar:
    part, length, who = share(count, total), 100 * count / total, people(count)
    words = f"{who} ({with_unit(part, '%')})" if count else who
    return replace(bar, shown=words, people=who, low=length, high=length, count=count, share=part)


def _by_classes(shown: Result, question: Question, bounds: Sequence[Interval], total: int, expected: bool) -> Result:
    """Show the counts that a round so close to the other one may have: never the true ones."""
    unordered = question.ranked and not expected  # a mean place has no classes
    if unordered or any(2 * (high - low) > total for low, high in bounds):  # half of the room says nothing
        return replace(shown, withheld=TOO_CLOSE, bars=shown.bars if expected else ())
    bars = tuple(
        replace(
            bar,
            shown=_between(100 * low // total, -(-100 * high // total)),
            people=_some_of(low, high),
            low=100 * low / total,
            high=100 * high / total,
        )
        for bar, (low, high) in zip(shown.bars, bounds, strict=True)
    )
    return replace(shown, precision=CLASSES, bars=bars, protection=(BY_CLASSES,))


def _between(low: int, high: int) -> str:
    if low == 0:
        return f"{with_unit(high, '%')} ou moins"
    return f"{with_unit(low, '%')} ou plus" if high == 100 else interval(low, high, "%")


def _some_of(low: int, high: int) -> str:
    return f"de {low} à {people(high)}" if low else f"{people(high)} au plus"


def _blurred(shown: Result, counted: Tally, most: int) -> Result:
    """Show the answer of almost everybody, alike for 0, 1 or 2 others."""
    others = 200 / counted.people
    words = almost_everybody(counted.people)
    bars = tuple(
        replace(bar, shown=words, low=100 - others, high=100)
        if bar.key == most
        else replace(bar, shown=ALMOST_NOBODY, high=others)
        for bar in shown.bars
    )
    sentence = f"{words[0].upper()}{words[1:]} répond « {counted.answers[most].label} »."
    return replace(shown, precision=BLURRED, bars=bars, summary=(sentence, *shown.summary), protection=(BLUR,))
