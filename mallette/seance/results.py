"""Answers of a room → what may be shown of them. Pure functions: no store, no HTTP, no HTML.

What is withheld, and when, follows :mod:`mallette.seance.disclosure`; what may be shown is described in
:mod:`mallette.seance.displays`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from mallette.french import number, with_unit
from mallette.quiz.bank import Question
from mallette.quiz.scoring import credit, verdict
from mallette.seance import histogram, reveal
from mallette.seance.crossings import crossable, crossing
from mallette.seance.disclosure import enough, near_unanimity, share_classes, subtractable
from mallette.seance.displays import BLURRED, CLASSES, EXACT, Axis, Bar, Comparison, Crossing, Result
from mallette.seance.tallies import NUMBERS, Tally, mean_places, tally

__all__ = [
    "BLURRED", "CLASSES", "EXACT", "SENSITIVE", "Bar", "Comparison", "Crossing", "Result", "comparison", "crossable",
    "crossing", "result",
]  # fmt: skip

SENSITIVE = frozenset({"opinion", "concordance", "reflexion"})
"""Types that tell what a person feels or judges: unanimity there would tell everybody's answer."""
MANY = 10
"""Answers from which all but two people are truly almost everybody."""

TOO_FEW = "Moins de 5 réponses : rien n’est montré, pour que personne ne soit reconnu."
TOO_CLOSE = (
    "Les deux tours diffèrent de quelques personnes et leurs réponses se ressemblent : montrer ce tour dirait celle de "
    "quelqu’un. Il n’est pas montré."
)
ONE_ROUND_HIDDEN = "L’un des deux tours n’est pas montré : il n’y a rien à comparer."
TEXTS_ARE_READ = "Des textes se lisent et se discutent, ils ne se comparent pas."
BY_CLASSES = (
    "À quelques personnes près, les deux tours ont autant de réponses. Les parts du second sont données par tranches : "
    "une soustraction ne dit la réponse de personne."
)
BLUR = (
    "« Presque tout le monde » : toutes les personnes, ou toutes sauf une ou deux. Le nombre exact n’est pas donné, "
    "pour que la réponse de personne ne soit connue à coup sûr."
)
ALMOST_ALL = "presque tout le monde"
MOST = "la plupart ou presque tout le monde"
ALMOST_NOBODY = "personne ou presque"


def result(
    question: Question, answers: Sequence, tour: int = 1, expected: bool = False, before: Sequence | None = None
) -> Result:
    """Return what may be shown of a closed round.

    Args:
        answers: canonical values, in no order.
        tour: 1 or 2.
        expected: whether the right answer, published value, panel and explanations are revealed.
        before: answers of the round of this question that was published before this one; **give them for tour 2**, so
            that nobody can subtract the two displays. ``None`` when there is none.
    """
    counted = tally(question, answers)
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
    if before is not None and subtractable(len(before), len(answers)):
        return _by_classes(shown, question, counted, tally(question, before), expected)
    if question.kind in SENSITIVE and (most := near_unanimity(counted.counts)) is not None:
        return _blurred(shown, counted, most)
    return _exact(shown, question, answers, counted, expected)


def comparison(question: Question, before: Sequence, after: Sequence, expected: bool = False) -> Comparison:
    """Return both rounds of a question side by side. Arguments as for :func:`result`.

    It is made from the two results alone, and cannot tell more than they do.
    """
    first, second = result(question, before, 1, expected), result(question, after, 2, expected, before)
    pair = Comparison(question.id, question.prompt, question.kind, first, second)
    if question.kind == "reflexion":
        return replace(pair, withheld=TEXTS_ARE_READ)
    if first.withheld or second.withheld:
        return replace(pair, withheld=ONE_ROUND_HIDDEN)
    protection = tuple(dict.fromkeys((*first.protection, *second.protection)))
    return replace(pair, summary=tuple(_moves(question, first, second)), protection=protection)


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


def _by_classes(shown: Result, question: Question, counted: Tally, before: Tally, expected: bool) -> Result:
    hidden = replace(shown, withheld=TOO_CLOSE, bars=shown.bars if expected else ())
    if question.kind == "ordre" and not expected:
        return hidden  # a mean place has no classes
    shares = share_classes(counted.counts, counted.people, before.counts, before.people, counted.exclusive)
    if shares is None:
        return hidden
    bars = tuple(
        replace(bar, shown=_share_class(low, high), low=low, high=high)
        for bar, (low, high) in zip(shown.bars, shares, strict=True)
    )
    return replace(shown, precision=CLASSES, bars=bars, protection=(BY_CLASSES,))


def _share_class(low: int, high: int) -> str:
    if low == 0:
        return f"moins de {with_unit(high, '%')}"
    return f"{with_unit(low, '%')} ou plus" if high == 100 else histogram.interval(low, high, "%")


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
