"""Read Moodle XML (docs.moodle.org, « Moodle XML format »)."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

from defusedxml import DefusedXmlException
from defusedxml import ElementTree as safe

from mallette.faults import ContentError, Fault
from mallette.importing.found import File, Found, lines
from mallette.questions.forms import Amount, Form, FreeText, OneOf, Option, Portable, Range, Ranking, SomeOf, Truth

_NAMES = {
    "matching": "appariement",
    "shortanswer": "réponse courte",
    "cloze": "texte à trous (Cloze)",
    "multianswer": "texte à trous (Cloze)",
    "calculated": "calculée",
    "calculatedsimple": "calculée simple",
    "calculatedmulti": "calculée à choix multiple",
    "description": "description, sans question",
    "ddwtos": "glisser-déposer dans un texte",
    "ddimageortext": "glisser-déposer sur une image",
    "ddmarker": "marqueurs sur une image",
    "gapselect": "mots à choisir",
    "randomsamatch": "appariement aléatoire",
}
_COMMON = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
_EXPORT = "dans Moodle : « Banque de questions », « Exporter », « Format XML Moodle »"


def read(content: bytes, name: str) -> File:
    """Return the questions of a file named ``name``.

    Raises:
        ContentError: it is no such file, or declares entities.
    """
    try:
        root = safe.fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        told = "le fichier déclare une DTD ou des entités : il n’est pas lu, car elles peuvent bloquer l’ordinateur"
        raise ContentError([Fault(name, 1, told, f"exportez-le de nouveau ; {_EXPORT}")]) from error
    except (ET.ParseError, ValueError, LookupError) as error:
        line = getattr(error, "position", (0, 0))[0]
        told = "ce n’est pas du XML lisible à cet endroit, ou l’encodage n’est pas celui annoncé"
        raise ContentError([Fault(name, line, told, f"exportez-le de nouveau, sans l’éditer ; {_EXPORT}")]) from error
    if root.tag != "quiz":
        raise ContentError([Fault(name, 1, f"ce XML n’est pas du « Moodle XML » (« {root.tag} »)", _EXPORT)])
    title = ""
    found = []
    for question in root.findall("question"):
        if question.get("type") == "category":
            title = title or category(question.findtext("category/text", ""))
        else:
            found.append(_question(question))
    return File(title, tuple(found))


def category(path: str) -> str:
    """Return the name of a category from its path, where two slashes are one sign."""
    return re.split(r"(?<!/)/(?!/)", path)[-1].replace("//", "/").strip()


def _question(question: ET.Element) -> Found:
    lost: list[str] = []
    kind = question.get("type", "")
    name = " ".join((question.findtext("idnumber") or question.findtext("name/text") or "").split())
    tags = tuple(tag.text or "" for tag in question.findall("tags/tag/text"))
    try:
        form = _form(question, kind, lost)
        graded = _number(question.findtext("defaultgrade") or "1") > 0
    except (ValueError, OverflowError):
        return Found(name, None, tags, ("un nombre y est illisible",))
    if form is None:
        return Found(name, None, tags, (f"type « {_NAMES.get(kind, kind)} » : la mallette n’en a pas",))
    prompt, after = (_text(question.find(part), lost) for part in ("questiontext", "generalfeedback"))
    if next(question.iter("file"), None) is not None and "une image" not in lost:
        lost.append("un fichier joint")
    if any(_text(question.find(part), lost) for part in _COMMON):
        lost.append("les retours communs à toutes les réponses")
    if question.find("hint") is not None:
        lost.append("les indices")
    units = [" ".join((unit.text or "").split()) for unit in question.findall("units/unit/unit_name")]
    if units:
        lost.append(f"l’unité « {units[0]} » : écrivez-la dans « unite »")
    return Found(name, Portable(prompt, form, graded, after), tags, tuple(lost))


def _form(question: ET.Element, kind: str, lost: list[str]) -> Form | None:
    """Return how a question is answered; ``None`` when the kit has no such type."""
    answers = question.findall("answer")
    match kind:
        case "multichoice" | "multichoiceset":
            fixed = (question.findtext("shuffleanswers") or "1").strip() in ("0", "false")
            single = (question.findtext("single") or "true").strip() in ("1", "true")
            told = (_joined(answer.find("feedback"), lost) for answer in answers)
            listed = zip(answers, told, strict=True)
            options = tuple(Option(_joined(answer, lost), _share(answer), feedback) for answer, feedback in listed)
            return OneOf(options, fixed) if single else SomeOf(options, fixed)
        case "truefalse":
            said = {(answer.findtext("text") or "").strip().lower(): answer for answer in answers}
            if {*said} != {"true", "false"}:
                return None
            both = (_joined(said[word].find("feedback"), lost) for word in ("true", "false"))
            return Truth(_share(said["true"]) > 0, *both)
        case "numerical":
            return amount(list(_ranges(answers, lost)), lost)
        case "ordering":
            placed = sorted(answers, key=_share)
            return Ranking(tuple(_joined(answer, lost) for answer in placed))
        case "essay":
            return FreeText(_text(question.find("graderinfo"), lost))
    return None


def amount(ranges: list[tuple[float, Range]], lost: list[str]) -> Amount | None:
    """Return a number to type from ranges, each with the number at its middle; the widest of the right ones is kept."""
    right = [(value, item) for value, item in ranges if item.share == 1]
    if not right:
        return None
    value = right[0][0]
    widest = max((item for _, item in right), key=lambda item: item.high - item.low)
    others = [item for _, item in ranges if item.share != 1]
    if any(item.share for item in others):
        lost.append("les réponses qui valent une partie des points")
    if any(not widest.low <= item.low <= item.high <= widest.high for _, item in right):
        lost.append("un second intervalle de réponses justes")
    return Amount((widest, *others), min(max(value, widest.low), widest.high))


def _ranges(answers: list[ET.Element], lost: list[str]) -> Iterator[tuple[float, Range]]:
    for answer in answers:
        text = (answer.findtext("text") or "").strip()
        if text == "*":
            lost.append("le retour à toute autre réponse")
            continue
        value = _number(text)
        tolerance = abs(_number(answer.findtext("tolerance") or "0"))
        told = _joined(answer.find("feedback"), lost)
        yield value, Range(value - tolerance, value + tolerance, _share(answer), told)


def _share(answer: ET.Element) -> float:
    return _number(answer.get("fraction", "0")) / 100


def _number(text: str) -> float:
    value = float(text.strip().replace(",", "."))
    if not abs(value) < 1e12:
        raise ValueError(text)
    return value


def _text(holder: ET.Element | None, lost: list[str]) -> tuple[str, ...]:
    """Return the lines of an element that holds a ``text`` in some format."""
    if holder is None:
        return ()
    return lines(holder.findtext("text") or "", holder.get("format", "html"), lost)


def _joined(holder: ET.Element | None, lost: list[str]) -> str:
    return " ".join(_text(holder, lost))
