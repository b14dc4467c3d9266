"""QTI 2.1 as a delivery engine scores it, for the few rules that the kit writes (« Assessment Test, Section, and Item
Information Model », response processing)."""

from __future__ import annotations

import operator
import xml.etree.ElementTree as ET
from collections.abc import Sequence

SPACE = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
Given = Sequence[str] | float
_COMPARED = {"gte": operator.ge, "lte": operator.le}


def score(item: ET.Element, given: Given) -> tuple[float | None, list[str]]:
    """Return SCORE, ``None`` when the item has none, and the feedbacks that are shown.

    Args:
        given: identifiers of what is ticked, or of what is ranked, first to last; or a number.
    """
    declared = {part.get("identifier") for part in item.iter(f"{SPACE}outcomeDeclaration")}
    outcomes: dict[str, object] = {"SCORE": 0.0 if "SCORE" in declared else None, "FEEDBACK": []}
    for rule in item.find(f"{SPACE}responseProcessing"):
        _run(rule, item, given, outcomes)
    shown = [
        "".join(part.itertext()).strip()
        for part in item.iter(f"{SPACE}modalFeedback")
        if part.get("identifier") in outcomes["FEEDBACK"]
    ]
    return outcomes["SCORE"], shown


def _run(rule: ET.Element, item: ET.Element, given: Given, outcomes: dict[str, object]) -> None:
    if rule.tag == f"{SPACE}setOutcomeValue":
        outcomes[rule.get("identifier")] = _value(rule[0], item, given)
        return
    for case in rule:
        test, *rules = case if case.tag != f"{SPACE}responseElse" else (None, *case)
        if test is None or _value(test, item, given):
            for inner in rules:
                _run(inner, item, given, outcomes)
            return


def _value(node: ET.Element, item: ET.Element, given: Given) -> object:
    name = node.tag.removeprefix(SPACE)
    inner = [_value(part, item, given) for part in node]
    match name:
        case "baseValue":
            return float(node.text) if node.get("baseType") == "float" else node.text
        case "variable":
            return given
        case "correct":
            return [value.text for value in item.iter(f"{SPACE}value")]
        case "mapResponse":
            mapping = next(item.iter(f"{SPACE}mapping"))
            total = sum(float(entry.get("mappedValue")) for entry in mapping if entry.get("mapKey") in given)
            return min(float(mapping.get("upperBound")), max(float(mapping.get("lowerBound")), total))
        case "multiple":
            return inner[0] if isinstance(inner[0], list) else inner
        case "match":
            return list(inner[0]) == list(inner[1])[: len(inner[0])]
        case "isNull":
            return inner[0] is None
        case "and":
            return all(inner)
        case "gte" | "lte":
            return _COMPARED[name](*inner)
    raise ValueError(name)
