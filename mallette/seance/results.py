"""Answers of a room → what may be shown of them. Pure functions: no store, no HTTP, no HTML.

What is withheld, and when, follows :mod:`mallette.seance.disclosure`; what may be shown is described in
:mod:`mallette.seance.displays`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from mallette.french import number, with_unit
from mallette.quiz.bank import Question
from mallette.quiz.scoring import credit, verdict
from mallette.seance import histogram, reveal
from mallette.seance.disclosure import (
    MINIMUM,
    Interval,
    as_displayed,
    enough,
    look_alike,
    near_unanimity,
    tells_of_few,
)
from mallette.seance.displays import BLURRED, CLASSES, EXACT, Axis, Bar, Comparison, Result
from mallette.seance.tallies import NUMBERS, Tally, mean_places, tally

__all__ = [
    "BLURRED", "CLASSES", "EXACT", "SENSITIVE", "Bar", "Comparison", "Earlier", "Result", "comparison", "result",
]  # fmt: skip

SENSITIVE = frozenset({"opinion", "concordance", "reflexion"})
"""Types that tell what a person feels or judges: unanimity there would tell everybody's answer."""
MANY = 10
"""Answers from which all but two people are truly almost everybody."""

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
ALMOST_ALL = "presque tout le monde"
MOST = "la plupart ou presque tout le monde"
ALMOST_NOBODY = "personne ou presque"


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
    counted, sensitive = tally(question, answers), question.kind in SENSITIVE
    shown = Result(
        question.id, question.prompt, question.kind, tour, context=reveal.context(question),
        bars=reveal.bars(question, counted, expected), axis=reveal.axis(question, expected),
        **reveal.told(question, counted, expected),
    )
    if not enough(len(answers)):
        return replace(shown, withheld=TOO_FEW, bars=shown.bars if expected else ())
    shown = replace(shown, count=len(answers))
    if question.kind == "reflexion":
        return replace(shown, precision=EXACT, summary=(f"{_people(len(answers))} ont écrit un texte.",))
    bounds = _bounds(question, len(answers), before)
    if bounds and all(low <= count <= high for count, (low, high) in zip(counted.counts, bounds, strict=True)):
        return _by_classes(shown, question, bounds, expected)
    if sensitive and (most := near_unanimity(counted.counts)) is not None:
        return _blurred(shown, counted, most)
    return _exact(shown, question, answers, counted, expected)


def comparison(question: Question, first: Result, second: Result) -> Comparison:
    """Return both rounds of a question side by side: nothing but their two results."""
    pair = Comparison(question.id, question.prompt, question.kind, first, second)
    if question.kind == "reflexion":
        return replace(pair, withheld=TEXTS_ARE_READ)
    if first.withheld or second.withheld:
        return replace(pair, withheld=ONE_ROUND_HIDDEN)
    protection = tuple(dict.fromkeys((*first.protection, *second.protection)))
    return replace(pair, summary=tuple(_moves(question, first, second)), protection=protection)


def _bounds(question: Question, total: int, before: Earlier | None) -> list[Interval]:
    """Return the counts of a round of ``total`` answers that would tell of few people; empty when none would."""
    if before is None or not enough(len(before.answers)):
        return []
    left, came, sensitive = len(before.answers) - before.both, total - before.both, question.kind in SENSITIVE
    # Of five to nine people, all but two are easily of one opinion: subtracting must not tell it either.
    if not tells_of_few(left, came, before.both, MANY if sensitive else MINIMUM):
        return []
    return look_alike(as_displayed(tally(question, before.answers).counts, sensitive), left, came, total, sensitive)


# Three ways to show counts ----------------------------------------------------------------------------------------


def _exact(shown: Result, question: Question, answers: Sequence, counted: Tally, expected: bool) -> Result:
    bars = shown.bars
    if question.kind == "ordre":
        places = mean_places(question, answers)
        bars = tuple(replace(bar, place=round(places[bar.key], 1)) for bar in bars)
        if not expected:  # the bank lists the elements in the right order
            seen = question.shown_order()
            bars = tuple(sorted(bars, key=lambda bar: (places[bar.key], seen.index(bar.key))))
            return replace(shown, precision=EXACT, bars=tuple(replace(bar, shown=bar.mean_place) for bar in bars))
    bars = tuple(_figures(bar, counted.counts[bar.key], counted.people) for bar in bars)
    shown = replace(shown, precision=EXACT, bars=bars)
    if question.kind in NUMBERS:
        shown = replace(shown, axis=_with_spread(shown.axis, question, answers))
    return replace(shown, summary=(*_sentences(question, answers, counted, expected), *shown.summary))


def _figures(bar: Bar, count: int, total: int) -> Bar:
    share = (200 * count + total) // (2 * total)
    length = 100 * count / total
    people = _people(count)
    words = f"{people} ({with_unit(share, '%')})" if count else people
    return replace(bar, shown=words, people=people, low=length, high=length, count=count, share=share)


def _by_classes(shown: Result, question: Question, bounds: Sequence[Interval], expected: bool) -> Result:
    """Show the counts that a round so close to the other one may have: never the true ones."""
    total = shown.count
    unordered = question.kind == "ordre" and not expected  # a mean place has no classes
    if unordered or any(2 * (high - low) > total for low, high in bounds):  # half of the room says nothing
        return replace(shown, withheld=TOO_CLOSE, bars=shown.bars if expected else ())
    bars = tuple(
        replace(bar, shown=_between(100 * low // total, -(-100 * high // total)), people=_some_of(low, high),
                low=100 * low / total, high=100 * high / total)
        for bar, (low, high) in zip(shown.bars, bounds, strict=True)
    )
    return replace(shown, precision=CLASSES, bars=bars, protection=(BY_CLASSES,))


def _between(low: int, high: int) -> str:
    if low == 0:
        return f"{with_unit(high, '%')} ou moins"
    return f"{with_unit(low, '%')} ou plus" if high == 100 else histogram.interval(low, high, "%")


def _some_of(low: int, high: int) -> str:
    return f"de {low} à {_people(high)}" if low else f"{_people(high)} au plus"


def _blurred(shown: Result, counted: Tally, most: int) -> Result:
    """Show the answer of almost everybody, alike for 0, 1 or 2 others."""
    others = 200 / counted.people
    words = ALMOST_ALL if counted.people >= MANY else MOST
    bars = tuple(
        replace(bar, shown=words, low=100 - others, high=100) if bar.key == most
        else replace(bar, shown=ALMOST_NOBODY, high=others)
        for bar in shown.bars
    )
    sentence = f"{words[0].upper()}{words[1:]} répond « {counted.answers[most].label} »."
    return replace(shown, precision=BLURRED, bars=bars, summary=(sentence, *shown.summary), protection=(BLUR,))


def _with_spread(axis: Axis, question: Question, answers: Sequence[float]) -> Axis:
    domain = question.content["domaine"]
    spread = histogram.spread(answers, domain)
    quartiles = spread.quartiles and tuple(reveal.place(value, domain) for value in spread.quartiles)
    return replace(axis, median=reveal.place(spread.median, domain), quartiles=quartiles)


# Sentences --------------------------------------------------------------------------------------------------------


def _sentences(question: Question, answers: Sequence, counted: Tally, expected: bool) -> list[str]:
    """Return what an exact result says in words."""
    total, content = len(answers), question.content
    if question.kind in NUMBERS:
        spread, unit = histogram.spread(answers, content["domaine"]), content["unite"]
        lines = [f"Médiane : {with_unit(spread.median, unit)} (autant de réponses au-dessous qu’au-dessus)."]
        if spread.quartiles:
            lines.append(f"La moitié centrale des réponses va {histogram.interval(*spread.quartiles, unit)}.")
        if expected:
            good = sum(verdict(question.public(), answer) in ("juste", "proche") for answer in answers)
            words = "une réponse acceptée" if question.kind == "numerique" else "une réponse proche"
            lines.append(f"{_some(good, total, 'a donné', 'ont donné')} {words}.")
        return lines
    lines = []
    if counted.exclusive:
        top = max(counted.counts)
        first = [answer.label for answer, count in zip(counted.answers, counted.counts, strict=True) if count == top]
        words, each = ("Réponses les plus données", ", chacune") if first[1:] else ("Réponse la plus donnée", "")
        lines.append(f"{words} : {reveal.quoted(first)} ({_people(top)} sur {total}{each}).")
    if expected and question.kind in ("choix_unique", "choix_multiple", "vrai_faux", "ordre"):
        full = sum(credit(question.public(), answer) == 1 for answer in answers)
        words = {"choix_multiple": "toutes les bonnes réponses et aucune autre", "ordre": "l’ordre complet"}
        goal = words.get(question.kind, "la bonne réponse")
        lines.append(f"{_some(full, total, 'a trouvé', 'ont trouvé')} {goal}.")
    return lines


def _moves(question: Question, first: Result, second: Result) -> Iterable[str]:
    """Yield what moved between two exact results."""
    if (first.precision, second.precision) != (EXACT, EXACT):
        return
    pairs = list(zip(first.bars, second.bars, strict=True))
    if question.kind == "opinion":
        high = (len(pairs) + 1) // 2
        labels = reveal.quoted((bar.label for bar, _ in pairs[high:]), "ou")
        counts = [sum(pair[tour].count for pair in pairs[high:]) for tour in (0, 1)]
        yield f"{labels} : {counts[0]} sur {first.count} avant, {counts[1]} sur {second.count} après."
    if question.kind in ("choix_unique", "vrai_faux"):
        for before, after in pairs:
            if before.right:
                yield f"Bonne réponse : {with_unit(before.share, '%')} avant, {with_unit(after.share, '%')} après."


def _people(count: int) -> str:
    return f"{number(count)} personne{'s' if count > 1 else ''}" if count else "aucune personne"


def _some(count: int, total: int, one: str, many: str) -> str:
    """Return ``12 personnes sur 20 ont trouvé``, ``Personne n’a trouvé``."""
    if not count:
        return f"Personne n’{one}"
    return f"{_people(count)} sur {total} {many if count > 1 else one}"
