"""An answer as it stands in a notebook: a letter, letters, a number or a text, written and read back.

The form and JupyterLab meet here: what one accepts, the other accepts. Reading forgives what a person types who does
not program, since the cells of a hand-in are never run.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from mallette.questions import AnswerError, Question

LETTERS = "abcdefgh"
_WIDTH = 88
_QUOTES = "«»“”‘’'\"„ \t\u00a0\u202f"
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")


def lettered(question: Question) -> bool:
    """Tell whether the question's options are named by letters."""
    options = question.options()
    return bool(options) and not question.valid(options[0].casefold())


def literal(question: Question, kept: object) -> object:
    """Return what an answer cell holds for an answer, as the bank counts."""
    shown = question.shown(kept)
    if not lettered(question):
        return shown
    return [LETTERS[index] for index in shown] if isinstance(shown, list) else LETTERS[shown]


def source(variable: str, value: object) -> str:
    """Return the source of an answer cell: one assignment of a literal, a long text in lines that a person can read."""
    if value is ...:
        return f"{variable} = ..."
    if isinstance(value, str) and len(value) > _WIDTH:
        return "\n".join([f"{variable} = (", *(f"    {piece!r}" for piece in _pieces(value)), ")"])
    return f"{variable} = {value!r}"


def read(question: Question, given: object) -> object:
    """Return the answer, as the bank counts, that somebody gave by typing ``given``.

    Args:
        given: value of a literal, or the text that stands in its place.

    Raises:
        AnswerError: the question does not allow it; the message says in French what is expected.
    """
    if question.written:
        return question.keep(given)
    candidates = _choices(question, given) if question.options() else _numbers(given, getattr(question, "unit", ""))
    for candidate in candidates:
        try:
            return question.keep(candidate)
        except AnswerError:
            continue
    raise AnswerError(expected(question))


def expected(question: Question) -> str:
    """Return what is said of an answer that cannot be read."""
    letters = LETTERS[: len(question.options())]
    if lettered(question):
        return f"{question.expected} Lettres possibles : {', '.join(letters)}."
    try:
        question.keep(None)
    except AnswerError as error:
        return str(error)
    return question.expected


def _numbers(given: object, unit: str) -> Iterator[object]:
    if type(given) is tuple and len(given) == 2 and all(type(part) is int and part >= 0 for part in given):
        given = f"{given[0]}.{given[1]}"  # Python reads « 8,5 » as a pair, which nothing else can mean here
    if type(given) is str:
        text = given.strip(_QUOTES)
        for sign in (unit, "%", "€"):
            text = text.removesuffix(sign).strip(_QUOTES) if sign else text
        text = re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d{3}\b)", "", text).replace("−", "-")
        if _NUMBER.fullmatch(text) and len(text) < 40:
            number = float(text.replace(",", "."))
            yield number
    else:
        yield given


def _choices(question: Question, given: object) -> Iterator[object]:
    """Yield what ``given`` may mean: a word of the question, the place of one option, places."""
    if type(given) is bool:
        given = "vrai" if given else "faux"
    listed = type(given) in (list, tuple, set, frozenset)
    if type(given) is str:
        yield given.strip(_QUOTES + ".").casefold()
    parts = [*given] if listed else re.split(r"[,;\s]+", given.strip(_QUOTES)) if type(given) is str else []  # type: ignore[misc]
    places = [_place(question, part) for part in parts]
    if type(given) is str and (whole := _place(question, given)) is not None:
        yield whole
        yield [whole]
    elif places and None not in places:
        if len(places) == 1:
            yield places[0]
        yield list(dict.fromkeys(places)) if not question.ranked else places


def _place(question: Question, given: object) -> int | None:
    """Return the place, in what is shown, of the option that a letter or its wording names."""
    if type(given) is not str:
        return None
    text = _bare(given)
    options = [_bare(option) for option in question.options()]
    if len(text) == 1 and text in LETTERS[: len(options)]:
        return LETTERS.index(text)
    return options.index(text) if text in options else None


def _bare(text: str) -> str:
    return text.strip(_QUOTES).rstrip(".)").strip(_QUOTES).casefold()


def _pieces(text: str) -> Iterator[str]:
    """Yield short strings whose concatenation is the text."""
    for line in text.splitlines(keepends=True):
        yield from textwrap.wrap(
            line,
            _WIDTH,
            drop_whitespace=False,
            replace_whitespace=False,
            expand_tabs=False,
            break_on_hyphens=False,
        )
