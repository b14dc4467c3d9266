"""Moodle XML as Moodle reads and scores it, from its documentation (« Moodle XML format », « Question types »)."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from html import unescape
from itertools import combinations

Answer = Sequence[int] | float


def questions(content: bytes) -> dict[str, ET.Element]:
    """Return the questions of a file by their ``idnumber``; a category is none."""
    found = [item for item in ET.fromstring(content) if item.get("type") != "category"]
    named = {item.findtext("idnumber", ""): item for item in found}
    assert len(named) == len(found), "deux questions ont le même idnumber"
    return named


def answer(question: ET.Element, given: Answer) -> tuple[float, str]:
    """Return the share of the mark and the feedback of an answer.

    Args:
        given: indices of the ticked answers; of the elements, first to last; or a number.
    """
    answers = question.findall("answer")
    match question.get("type"):
        case "multichoice" | "truefalse":
            ticked = [answers[place] for place in given]
            total = sum(float(item.get("fraction")) for item in ticked) / 100
            return min(1, max(0, total)), " ".join(map(feedback, ticked))
        case "numerical":
            for item in answers:
                value, tolerance = float(item.findtext("text")), float(item.findtext("tolerance"))
                if abs(given - value) <= tolerance + 1e-14 * max(1, abs(value)):
                    return float(item.get("fraction")) / 100, feedback(item)
            return 0, ""
        case "ordering":
            pairs = list(combinations(given, 2))
            assert question.findtext("gradingtype") == "RELATIVE_ALL_PREVIOUS_AND_NEXT"
            return sum(first < second for first, second in pairs) / len(pairs), ""
    raise ValueError(question.get("type"))


def feedback(item: ET.Element) -> str:
    """Return the feedback of an answer as a person reads it."""
    return plain(item.findtext("feedback/text", ""))


def plain(html: str) -> str:
    """Return what a person reads of a text in HTML."""
    return unescape(re.sub(r"<[^>]*>", " ", html)).strip()
