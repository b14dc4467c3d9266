"""How many people gave each answer, question type by question type. Counts here are not protected yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mallette.quiz import paper
from mallette.quiz.bank import Question
from mallette.seance import histogram

TRUTH = ("vrai", "faux")
NUMBERS = ("numerique", "estimation")
_TRUTH_LABELS = {"vrai": "Vrai", "faux": "Faux"}


@dataclass(frozen=True)
class Answer:
    """One possible answer, and what the bank says of it.

    Attributes:
        label: in words.
        right: whether it is right; ``None`` where nothing is right or wrong.
        explanation: may be empty.
        panel: answers of the panel; ``None`` without panel.
    """

    label: str
    right: bool | None = None
    explanation: str = ""
    panel: int | None = None


@dataclass(frozen=True)
class Tally:
    """Possible answers and the people who gave each.

    Attributes:
        answers: in the order of the question.
        counts: people, answer by answer.
        people: people who answered.
        exclusive: whether each person is counted once.
    """

    answers: tuple[Answer, ...]
    counts: tuple[int, ...]
    people: int
    exclusive: bool = True


def tally(question: Question, given: Sequence) -> Tally:
    """Count canonical answers.

    For an ``ordre``, an answer is an element (in the right order) and its count the people who put it at its place. A
    ``reflexion`` has no answer to count.
    """
    possible = _possible(question)
    places = [_places(question, answer) for answer in given]
    counts = tuple(sum(index in chosen for chosen in places) for index in range(len(possible)))
    return Tally(possible, counts, len(given), question.kind not in ("choix_multiple", "ordre"))


def mean_places(question: Question, given: Sequence[Sequence[int]]) -> list[float]:
    """Return the mean place, from 1, that people gave to each element of an ``ordre``."""
    elements = range(len(question.content["elements"]))
    return [1 + sum(answer.index(element) for answer in given) / len(given) for element in elements]


def _possible(question: Question) -> tuple[Answer, ...]:
    content = question.content
    match question.kind:
        case "choix_unique" | "choix_multiple":
            return tuple(
                Answer(choice["texte"], bool(choice.get("juste")), choice["explication"]) for choice in content["choix"]
            )
        case "vrai_faux":
            return tuple(
                Answer(_TRUTH_LABELS[word], word == content["reponse"], content["explications"][word])
                for word in TRUTH
            )
        case "numerique" | "estimation":
            return tuple(Answer(label) for label in histogram.classes(content["domaine"]).labels)
        case "ordre":
            return tuple(Answer(item["texte"], None, item["explication"]) for item in content["elements"])
        case "opinion":
            return tuple(Answer(label) for label in content["echelle"])
        case "concordance":
            counts = content["panel"]["reponses"] if "panel" in content else [None] * 5
            rows = zip(paper.points(content), content["explications"], counts, strict=True)
            return tuple(Answer(label, None, text, panel) for label, text, panel in rows)
    return ()


def _places(question: Question, answer: object) -> Sequence[int]:
    """Return the indices of the possible answers that one person's answer counts for."""
    match question.kind:
        case "choix_multiple":
            return answer
        case "vrai_faux":
            return (TRUTH.index(answer),)
        case "numerique" | "estimation":
            return (histogram.classes(question.content["domaine"]).place(answer),)
        case "ordre":
            return [element for place, element in enumerate(answer) if place == element]
        case "concordance":
            return (int(answer) + 2,)
        case "reflexion":
            return ()
    return (answer,)

