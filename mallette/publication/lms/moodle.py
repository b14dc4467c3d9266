"""Moodle XML: one category a collection, read by the import of the question bank.

Format: docs.moodle.org, « Moodle XML format »; ordering questions are part of Moodle since 4.4.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable

from mallette.publication.lms.items import Collection, Item, clean, decimal, paragraphs, percent
from mallette.questions.forms import Amount, FreeText, OneOf, Option, Ranking, SomeOf, Statement, Truth

LABEL = "Moodle XML"
NAMES = {
    OneOf: "choix multiple, une réponse",
    SomeOf: "choix multiple",
    Truth: "vrai/faux",
    Amount: "numérique",
    Ranking: "ordre",
    FreeText: "composition",
    Statement: "description",
}
"""What Moodle calls each form."""
_TYPES = {
    OneOf: "multichoice",
    SomeOf: "multichoice",
    Truth: "truefalse",
    Amount: "numerical",
    Ranking: "ordering",
    FreeText: "essay",
    Statement: "description",
}
_SHARES = tuple(
    part / 100
    for part in (100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571)
    + (12.5, 11.11111, 10, 5, 0)
)
"""The shares that Moodle accepts; its import refuses any other."""


def lost(item: Item) -> list[str]:
    """Return in French what Moodle does not keep of a question."""
    match item.question.form:
        case OneOf(options) | SomeOf(options) if any(abs(allowed(o.share) - abs(o.share)) > 1e-4 for o in options):
            return ["les parts de points exactes (arrondies à celles de Moodle)"]
        case Amount() if not item.points:
            return ["le curseur et le dessin de l’écart"]
        case Ranking():
            return ["le barème (Moodle compte la part des paires bien rangées)"]
    return []


def text(collections: Iterable[Collection]) -> bytes:
    """Return the file that holds some collections."""
    root = ET.Element("quiz")
    for held in collections:
        _category(root, held)
        for item in held.items:
            _question(root, item)
    ET.indent(root)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def allowed(share: float) -> float:
    """Return the nearest share that Moodle accepts, signs aside."""
    return min(_SHARES, key=lambda known: abs(known - abs(share)))


def _category(root: ET.Element, held: Collection) -> None:
    question = ET.SubElement(root, "question", type="category")
    # A slash is a level of the tree of categories; two are one sign of a name.
    path = f"$course$/top/Mallette/{clean(held.title).replace('/', '//')}"
    ET.SubElement(ET.SubElement(question, "category"), "text").text = path
    _text(question, "info", paragraphs([held.about]))
    ET.SubElement(question, "idnumber").text = held.name


def _question(root: ET.Element, item: Item) -> None:
    form = item.question.form
    question = ET.SubElement(root, "question", type=_TYPES[type(form)])
    ET.SubElement(ET.SubElement(question, "name"), "text").text = item.name
    _text(question, "questiontext", item.html)
    _text(question, "generalfeedback", item.after)
    head = {"defaultgrade": f"{item.points:.7f}", "penalty": "0.3333333", "hidden": "0", "idnumber": item.number}
    _fields(question, head)
    match form:
        case OneOf(options, fixed) | SomeOf(options, fixed):
            single = str(isinstance(form, OneOf)).lower()
            shuffled = str(not fixed).lower()
            about = {"single": single, "shuffleanswers": shuffled, "answernumbering": "none"}
            _fields(question, {**about, "showstandardinstruction": "0"})
            _combined(question)
            for option in options:
                _answer(question, _share(option), paragraphs([option.text]), option.feedback)
        case Truth(true, if_true, if_false):
            _answer(question, percent(true), "true", if_true, "moodle_auto_format")
            _answer(question, percent(not true), "false", if_false, "moodle_auto_format")
        case Amount():
            for range in form.around_value():
                low, high = range.ends
                middle = decimal((low + high) / 2)
                made = _answer(question, percent(range.share), middle, range.feedback, "moodle_auto_format")
                ET.SubElement(made, "tolerance").text = decimal((high - low) / 2)
            _fields(question, {"unitgradingtype": "0", "unitpenalty": "0.1", "showunits": "3", "unitsleft": "0"})
        case Ranking(listed):
            about = {"layouttype": "VERTICAL", "selecttype": "ALL", "selectcount": str(len(listed))}
            graded = {"gradingtype": "RELATIVE_ALL_PREVIOUS_AND_NEXT", "showgrading": "SHOW", "numberingstyle": "none"}
            _fields(question, {**about, **graded})
            _combined(question)
            for rank, element in enumerate(listed, 1):
                _answer(question, str(rank), paragraphs([element]), "")
        case FreeText(notes):
            about = {"responseformat": "editor", "responserequired": "0", "responsefieldlines": "10"}
            _fields(question, {**about, "attachments": "0", "attachmentsrequired": "0"})
            _text(question, "graderinfo", paragraphs(notes))
            _text(question, "responsetemplate", "")
    tags = ET.SubElement(question, "tags")
    for word in item.tags:
        ET.SubElement(ET.SubElement(tags, "tag"), "text").text = word


def _share(option: Option) -> str:
    return ("-" if option.share < 0 else "") + percent(allowed(option.share))


def _answer(question: ET.Element, share: str, text: str, feedback: str, format: str = "html") -> ET.Element:
    answer = ET.SubElement(question, "answer", fraction=share, format=format)
    ET.SubElement(answer, "text").text = text
    _text(answer, "feedback", paragraphs([feedback] if feedback else []))
    return answer


def _combined(question: ET.Element) -> None:
    for name in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
        _text(question, name, "")


def _fields(parent: ET.Element, texts: dict[str, str]) -> None:
    for name, value in texts.items():
        ET.SubElement(parent, name).text = value


def _text(parent: ET.Element, name: str, html: str) -> None:
    ET.SubElement(ET.SubElement(parent, name, format="html"), "text").text = html
