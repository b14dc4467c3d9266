"""GIFT: questions as plain text, for Moodle and many other programs. Format: docs.moodle.org, « GIFT format »."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mallette.grading.notebook import points
from mallette.publication.lms.items import Collection, Item, clean, decimal, paragraphs, percent
from mallette.publication.lms.moodle import allowed
from mallette.questions.forms import Amount, FreeText, OneOf, Ranking, SomeOf, Statement, Truth

LABEL = "GIFT"
NAMES = {
    OneOf: "choix multiple, une réponse",
    SomeOf: "choix multiple",
    Truth: "vrai/faux",
    Amount: "numérique",
    Ranking: "appariement",
    FreeText: "composition",
    Statement: "description",
}
"""What a reader of GIFT makes of each form."""


def lost(item: Item) -> list[str]:
    """Return in French what GIFT does not keep of a question."""
    found = []
    match item.question.form:
        case OneOf(options) | SomeOf(options) if any(abs(allowed(o.share) - abs(o.share)) > 1e-4 for o in options):
            found = ["les parts de points exactes (arrondies à celles de Moodle)"]
        case Amount() if not item.points:
            found = ["le curseur et le dessin de l’écart"]
        case Ranking():
            found = ["le barème (compte les éléments à leur place)"]
        case FreeText(notes) if notes:
            found = ["la grille et l’exemple de qui note"]
    if item.points not in (0, 1):
        found.append("les points (à saisir)")
    elif not item.points and not isinstance(item.question.form, Statement):
        found.append("l’absence de points (à régler)")
    return found


def text(collections: Iterable[Collection]) -> bytes:
    """Return the file that holds some collections."""
    return "\n\n".join(part for held in collections for part in _parts(held)).encode() + b"\n"


def _parts(held: Collection) -> Iterator[str]:
    yield f"$CATEGORY: $course$/top/Mallette/{clean(held.title).replace('/', '//')}"
    for item in held.items:
        tags = "".join(f" [tag:{word}]" for word in item.tags)
        asked = f"::{_plain(item.name)}::[html]{_plain(_one_line(item.html))}"
        worth = points(item.points) if item.points else "sans point"
        head = f"// {worth}. [id:{item.number}]{tags}\n{asked}"
        if isinstance(item.question.form, Statement):
            yield head
            continue
        after = [f"####{_plain(item.after)}"] if item.after else []
        first, *lines = [*_answers(item), *after] or [""]
        yield head + "{" + "\n".join([first, *lines]) + "}"


def _answers(item: Item) -> Iterator[str]:
    """Yield the lines between the braces."""
    match item.question.form:
        case OneOf(options):
            whole = 0
            for option in options:
                share = allowed(option.share)
                whole += share == 1
                # A question whose answers all begin with "=" would be a short answer: only the first one does.
                mark = "=" if share == 1 and whole == 1 else f"~%{percent(share)}%" if share else "~"
                yield _told(mark + _html(option.text), option.feedback)
        case SomeOf(options):
            for option in options:
                sign = "-" if option.share < 0 else ""
                mark = f"~%{sign}{percent(allowed(option.share))}%" if option.share else "~"
                yield _told(mark + _html(option.text), option.feedback)
        case Truth(true, if_true, if_false):
            right, wrong = (if_true, if_false) if true else (if_false, if_true)
            yield _told(_told("TRUE" if true else "FALSE", wrong, bool(right)), right)
        case Amount():
            yield "#"
            for range in item.question.form.around_value():
                low, high = map(decimal, range.ends)
                mark = "" if range.share == 1 else f"%{percent(range.share)}%"
                yield _told(f"={mark}{low}..{high}", range.feedback)
        case Ranking(listed):
            # The texts of the right side are not HTML, and always shuffled.
            yield from (f"={rank} -> {_plain(clean(element))}" for rank, element in enumerate(listed, 1))


def _told(answer: str, feedback: str, always: bool = False) -> str:
    return f"{answer}#{_html(feedback)}" if feedback or always else answer


def _html(text: str) -> str:
    """Return a plain text as escaped HTML, without its paragraph; a first « % » must not be read as a share."""
    shown = _plain(paragraphs([text])[3:-4])
    return f"[html]{shown}" if shown.startswith("%") else shown


def _one_line(html: str) -> str:
    return re.sub(r"\s*\n\s*", " ", html).strip()


def _plain(text: str) -> str:
    """Return a text whose signs mean nothing to GIFT."""
    return re.sub(r"([~=#{}:\\])", r"\\\1", text)
