"""What every question has, and all that the rest of the kit asks of its type: see :class:`Question`.

Whoever writes a type reads this list whole: it is longer than other files for that reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Generic, TypeGuard, TypeVar

from mallette.french import with_unit
from mallette.handwritten.structure import Difference
from mallette.questions.forms import Form, Portable
from mallette.questions.guessing import Strategy
from mallette.questions.histogram import Axis
from mallette.questions.words import people, quoted, share, some

A = TypeVar("A")
"""An answer, once it is known to be valid."""
LETTERS = "ABCDEFGH"
HEAD = ("id", "type", "objectif", "enonce", "source", "valeur", "valeur_de")
"""Fields of a file that are attributes of a question; the others are its ``content``."""


class AnswerError(ValueError):
    """The answer is none that the question allows; the message says in French what is expected."""


@dataclass(frozen=True)
class Possible:
    """One possible answer, and what the bank says of it.

    Attributes:
        label: in words.
        right: whether it is right; ``None`` where nothing is right or wrong.
        explanation: may be empty.
        panel: answers of the panel; ``None`` without panel.
        mark: words that go with the label once the answer is revealed; often empty.
    """

    label: str
    right: bool | None = None
    explanation: str = ""
    panel: int | None = None
    mark: str = ""


@dataclass(frozen=True)
class Tally:
    """Possible answers and the people who gave each; not protected yet.

    Attributes:
        answers: in the order of the question.
        counts: people, answer by answer.
        people: people who answered.
        exclusive: whether each person is counted once.
    """

    answers: tuple[Possible, ...]
    counts: tuple[int, ...]
    people: int
    exclusive: bool


@dataclass(frozen=True)
class Question(Generic[A]):
    """One question. A type is a subclass: it holds all that differs from one type to another.

    Attributes:
        id: name, unique in the bank.
        kind: its ``type`` in the file.
        objective: id of the objective it serves.
        prompt: the question itself.
        content: the fields of its type, as in the file.
        value: published value, written or read from ``data/``; ``None`` for other types.
        source: where the answer comes from, as a person reads it; may be empty.
        key: citation key of the source; may be empty.
    """

    id: str
    kind: str
    objective: str
    prompt: str
    content: Mapping
    value: float | None = None
    source: str = ""
    key: str = ""

    # In the file: a title, a sentence that says what the type is for and how it gives credit, the JSON Schema of its
    # fields (see schema.py) and of what they refer to; of the fields ``one_of``, there is one at least.
    title: ClassVar[str]
    about: ClassVar[str]
    fields: ClassVar[Mapping[str, dict]]
    optional: ClassVar[tuple[str, ...]] = ()
    one_of: ClassVar[tuple[str, ...]] = ()
    sourced: ClassVar[bool] = False  # whether ``source`` is compulsory
    definitions: ClassVar[Mapping[str, dict]] = {}

    # In words.
    label: ClassVar[str] = ""  # what the trainer's page calls it, when that is not its title
    hint: ClassVar[str] = ""  # how to answer, on paper and on the projector
    expected: ClassVar[str] = "Choisissez une des réponses proposées."  # said of an answer that is refused
    goal: ClassVar[str] = ""  # what those who get full credit found; empty where nothing is right or wrong
    caption: ClassVar[str] = ""  # what the bars of a result are, when they are not the answers of the room

    strategies: ClassVar[tuple[Strategy, ...]] = ()  # how to answer it without reading

    # What it is.
    secret: ClassVar[tuple[str, ...]] = ()  # fields that tell the answer
    sensitive: ClassVar[bool] = False  # tells what a person feels or judges: unanimity would tell everybody's answer
    exclusive: ClassVar[bool] = True  # one person gives one of the possible answers
    ranked: ClassVar[bool] = False  # an answer gives each element a place
    written: ClassVar[bool] = False  # the answer is a text, shown to nobody but the trainer until it is released
    takes_panel: ClassVar[bool] = False  # the answers of a room may become those of a panel
    posters: ClassVar[Sequence[tuple[str, str]]] = ()  # where a room stands to answer: a mark, and its words
    told_on_phones: ClassVar[bool] = False  # revealing shows each phone what answers its own choice, the room nothing
    rubric: ClassVar[bool] = False  # a person reads it and gives points by criteria: graded work only, in no bank
    gradable: ClassVar[bool] = False  # graded work may ask it: right or wrong by itself, or read with a rubric

    @classmethod
    def rules(cls, raw: Mapping) -> Iterator[Difference]:
        """Yield what the schema cannot say of a question as its file has it."""
        return iter(())

    @classmethod
    def value_rules(cls, raw: Mapping, value: float) -> Iterator[Difference]:
        """Yield what is wrong with the published ``value`` of a question, written or read from ``data/``."""
        return iter(())

    # One answer. In the session it comes as the page counts, and is kept as the bank counts.

    def valid(self, answer: object) -> TypeGuard[A]:
        """Tell whether ``answer`` is one of the answers that the question allows."""
        raise NotImplementedError

    def keep(self, raw: object) -> A:
        """Return the answer ``raw`` (as ``json.loads`` gives it) in the form in which it is kept.

        Exact built-in types only: no boolean for a number, no NaN, no object that compares equal to an answer.

        Raises:
            AnswerError: the question does not allow this answer.
        """
        exact = type(raw) in (int, str) or (type(raw) is list and all(type(item) is int for item in raw))
        if not exact or not self.valid(raw):
            raise AnswerError(self.expected)
        return self.from_shown(raw)

    def from_shown(self, answer: A) -> A:
        """Return an answer counted as :meth:`without_answers` lists, as the bank counts."""
        return answer

    def shown(self, kept: A) -> A:
        """Return an answer counted as the bank does, as :meth:`without_answers` lists: undoes :meth:`from_shown`."""
        return kept

    @property
    def scored(self) -> bool:
        """Whether an answer gives credit."""
        return bool(self.goal)

    def credit(self, answer: object) -> float | None:
        """Return the credit of ``answer``, from 0 to 1; ``None`` when the question gives none.

        An answer that the question does not allow, or no answer, is worth 0.
        """
        if not self.scored:
            return None
        return float(self.worth(answer)) if self.valid(answer) else 0.0

    def worth(self, answer: A) -> float:
        """Return the credit of a valid answer to a question that gives credit."""
        raise NotImplementedError

    def verdict(self, answer: A) -> str | None:
        """Return what feedback says of a valid answer: ``juste``, ``partiel``, ``faux``; ``None`` without credit."""
        value = self.credit(answer)
        return None if value is None else "juste" if value == 1 else "faux" if value == 0 else "partiel"

    def guessed(self, answer: A) -> float:
        """Return what an answer earns somebody who plays without reading."""
        return self.credit(answer) or 0.0

    @property
    def criteria(self) -> Sequence[Mapping]:
        """Criteria of its rubric, in order: ``critere`` and ``niveaux`` (``points``, ``texte``, from the lowest)."""
        return ()

    @property
    def points(self) -> float:
        """Points of an answer that reaches the best level of each criterion."""
        return sum(criterion["niveaux"][-1]["points"] for criterion in self.criteria)

    def best(self) -> tuple[set, int]:
        """Return the best of the answers that are one thing among several, and how many there are."""
        raise ValueError(self.kind)

    def right_answer(self) -> A | None:
        """Return an answer of full credit; ``None`` where nothing is right or wrong."""
        return None

    def outcomes(self) -> Mapping[Fraction, int]:
        """Return how many of the possible answers earn each credit: what somebody earns who answers at random."""
        raise ValueError(self.kind)

    # What is shown.

    def public(self) -> dict:
        """Return all that shows the question and gives feedback, ready for JSON."""
        head = {"id": self.id, "type": self.kind, "objectif": self.objective, "enonce": self.prompt}
        value = {} if self.value is None else {"valeur": self.value}
        return {**head, "source": self.source, **self.content, **value}

    def without_answers(self) -> dict:
        """Return what shows the question and nothing that tells the answer, ready for JSON."""
        hidden = {*self.secret, "valeur", "source"}
        return {name: item for name, item in self.public().items() if name not in hidden}

    def context(self) -> list[str]:
        return []

    def options(self) -> list[str]:
        """Return what one may tick or rank, in the order of the page."""
        return [item.label for item in self.possible()]

    def marked(self) -> list[tuple[str, str]]:
        """Return the options, each with the mark that names it on paper and on the cartons that a room raises."""
        return list(zip(LETTERS, self.options(), strict=False))

    def on_paper(self) -> list[str]:
        """Return the lines to read before answering on paper."""
        return [*([self.hint] if self.hint else []), *self.context()]

    def on_screen(self) -> list[str]:
        """Return the lines to read before answering, on the projector."""
        return self.on_paper()

    def solution(self) -> list[str]:
        """Return the lines of the answer sheet."""
        raise NotImplementedError

    def explained(self, answer: A) -> list[str]:
        """Return what is told of a valid answer to the person who gave it."""
        return []

    @property
    def name(self) -> str:
        """What the trainer's page calls its type."""
        return self.label or self.title

    @property
    def heading(self) -> str:
        """The prompt, and what tells apart questions that share one."""
        return self.prompt

    @property
    def reveal_label(self) -> str:
        """The trainer's button that reveals the answer."""
        return "Montrer la bonne réponse"

    # In another program.

    def portable(self) -> Portable:
        """Return the question as other programs may take it."""
        source = [f"Source : {self.source}"] if self.source else []
        lines, after = (self.prompt, *self.on_screen()), (*self.afterwards(), *source)
        return Portable(lines, self.form(), self.scored or self.rubric, after)

    def form(self) -> Form:
        """Return how the question is answered, and what each answer is worth, in another program."""
        raise NotImplementedError

    def afterwards(self) -> list[str]:
        """Return what everybody reads after answering, besides what an answer is told."""
        return []

    @classmethod
    def from_form(cls, form: Form, graded: bool) -> dict | None:
        """Return the fields of its type that hold a question of another program; ``None`` when none do.

        A text that the form lacks is :data:`~mallette.handwritten.plain.TO_FILL`.
        """
        return None

    # What a room answered.

    def possible(self) -> tuple[Possible, ...]:
        """Return what there is to count; nothing for a text."""
        return ()

    def places(self, answer: A) -> Sequence[int]:
        """Return the indices of the possible answers that one person's answer counts for; none for a text."""
        return ()

    def tally(self, given: Sequence[A]) -> Tally:
        """Count kept answers."""
        possible = self.possible()
        places = [self.places(answer) for answer in given]
        counts = tuple(sum(index in chosen for chosen in places) for index in range(len(possible)))
        return Tally(possible, counts, len(given), self.exclusive)

    def axis(self, revealed: bool, given: Sequence[A] = ()) -> Axis | None:
        """Return the domain of a number as a line; ``None`` without one.

        Args:
            revealed: whether the published value is drawn.
            given: answers whose median and quartiles are drawn.
        """
        return None

    def mean_places(self, given: Sequence[A]) -> list[float]:
        """Return the mean place, from 1, of each element of a question that is ``ranked``."""
        raise ValueError(self.kind)

    def shown_order(self) -> list[int]:
        """Return the index in the bank of each element in the order first shown, of a question that is ``ranked``."""
        raise ValueError(self.kind)

    @property
    def panel(self) -> Mapping | None:
        """The panel of a question that ``takes_panel``, once one has sat."""
        return None

    def asked(self) -> dict:
        """Return what a panel of a question that ``takes_panel`` reads and answers."""
        raise ValueError(self.kind)

    def told(self) -> dict:
        """Return the fields of a :class:`~mallette.seance.displays.Result` that are told once it is revealed."""
        return {}

    def sentences(self, given: Sequence[A], counted: Tally, revealed: bool) -> list[str]:
        """Return what an exact result says in words."""
        lines = []
        if counted.exclusive:
            top = max(counted.counts)
            pairs = zip(counted.answers, counted.counts, strict=True)
            first = [answer.label for answer, count in pairs if count == top]
            words, each = ("Réponses les plus données", ", chacune") if first[1:] else ("Réponse la plus donnée", "")
            lines.append(f"{words} : {quoted(first)} ({people(top)} sur {len(given)}{each}).")
        if revealed and self.goal:
            full = sum(self.credit(answer) == 1 for answer in given)
            lines.append(f"{some(full, len(given), 'a trouvé', 'ont trouvé')} {self.goal}.")
        return lines

    def moves(self, before: Sequence[int], after: Sequence[int], revealed: bool) -> Iterator[str]:
        """Yield what moved between two exact results, given by their counts."""
        for answer, first, second in zip(self.possible(), before, after, strict=True):
            if revealed and answer.right and self.exclusive:
                shares = with_unit(share(first, sum(before)), "%"), with_unit(share(second, sum(after)), "%")
                yield f"Bonne réponse : {shares[0]} avant, {shares[1]} après."


def repeated(items: Iterable[Mapping], name: str) -> Iterator[Difference]:
    """Yield the items of the list ``name`` whose text was there already."""
    seen = set()
    for index, item in enumerate(items):
        text = " ".join(item["texte"].split()).casefold()
        if text in seen:
            yield Difference((name, index, "texte"), "le même texte est proposé deux fois", "changez ou enlevez-le")
        seen.add(text)


def is_index(answer: object, count: int) -> TypeGuard[int]:
    """Tell whether an answer is the index of one of ``count`` things."""
    return isinstance(answer, int) and not isinstance(answer, bool) and 0 <= answer < count


def are_indices(answer: object, count: int) -> TypeGuard[list[int]]:
    """Tell whether an answer is a list of such indices, each there once."""
    return isinstance(answer, list) and all(is_index(item, count) for item in answer) and len({*answer}) == len(answer)


def is_number(answer: object) -> TypeGuard[float]:
    return isinstance(answer, int | float) and not isinstance(answer, bool)
