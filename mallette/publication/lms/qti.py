"""QTI 2.1: a package with one file a question and a test that lists them (IMS Question & Test Interoperability 2.1)."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from mallette.files import archive
from mallette.publication.lms.items import Collection, Item, clean, decimal, elements, paragraphs
from mallette.questions.forms import Amount, FreeText, OneOf, Option, Ranking, SomeOf, Statement, Truth

LABEL = "QTI 2.1"
NAMES = {
    OneOf: "choix, une réponse",
    SomeOf: "choix, plusieurs réponses",
    Truth: "choix, une réponse",
    Amount: "nombre",
    Ranking: "ordre",
    FreeText: "texte long",
    Statement: "texte sans question",
}
"""What QTI calls each form, in French."""
_NAMESPACE = "http://www.imsglobal.org/xsd/imsqti_v2p1"
_PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"


def lost(item: Item) -> list[str]:
    """Return in French what QTI does not keep of a question."""
    match item.question.form:
        case Amount() if not item.points:
            return ["le curseur et le dessin de l’écart"]
        case Ranking():
            return ["le barème (tout ou rien)"]
    return []


def package(held: Collection) -> bytes:
    """Return the package of a collection."""
    manifest = ET.Element("manifest", {"xmlns": _PACKAGE, "identifier": f"MALLETTE-{_identifier(held.name)}"})
    metadata = _add(manifest, "metadata")
    _add(metadata, "schema", "QTIv2.1 Package")
    _add(metadata, "schemaversion", "1.0.0")
    _add(manifest, "organizations")
    resources = _add(manifest, "resources")
    test, name = _test(held), f"test-{_identifier(held.name)}"
    files = {f"{name}.xml": test}
    listed = _add(resources, "resource", identifier=name, type="imsqti_test_xmlv2p1", href=f"{name}.xml")
    _add(listed, "file", href=f"{name}.xml")
    for item in held.items:
        identifier = _identifier(item.number)
        place = f"items/{identifier}.xml"
        files[place] = _question(item)
        resource = _add(resources, "resource", identifier=identifier, type="imsqti_item_xmlv2p1", href=place)
        _add(resource, "file", href=place)
        _add(listed, "dependency", identifierref=identifier)
    parts = {"imsmanifest.xml": manifest, **files}
    return archive({name: ET.tostring(root, encoding="utf-8", xml_declaration=True) for name, root in parts.items()})


def _test(held: Collection) -> ET.Element:
    name = f"test-{_identifier(held.name)}"
    test = ET.Element("assessmentTest", {"xmlns": _NAMESPACE, "identifier": name, "title": clean(held.title)})
    _add(_add(_outcome(test, "SCORE", "single", "float"), "defaultValue"), "value", "0")
    part = _add(test, "testPart", identifier="partie", navigationMode="nonlinear", submissionMode="individual")
    section = _add(part, "assessmentSection", identifier="section", title=clean(held.title), visible="true")
    for item in held.items:
        identifier = _identifier(item.number)
        reference = _add(section, "assessmentItemRef", identifier=identifier, href=f"items/{identifier}.xml")
        _add(reference, "weight", identifier="POINTS", value=decimal(item.points))
    total = _add(_add(test, "outcomeProcessing"), "setOutcomeValue", identifier="SCORE")
    _add(_add(total, "sum"), "testVariables", variableIdentifier="SCORE", weightIdentifier="POINTS")
    return test


def _question(item: Item) -> ET.Element:
    about = {"identifier": _identifier(item.number), "title": item.name, "adaptive": "false", "timeDependent": "false"}
    root = ET.Element("assessmentItem", {"xmlns": _NAMESPACE, "xml:lang": "fr", **about})
    body = ET.Element("itemBody")
    body.extend(elements(item.html))
    processing = ET.Element("responseProcessing")
    told = _form(item, root, body, processing)
    if item.points:
        score = _outcome(root, "SCORE", "single", "float", normalMaximum="1")
        _add(_add(score, "defaultValue"), "value", "0")
    if told:
        _outcome(root, "FEEDBACK", "multiple", "identifier")
    if item.after:
        _outcome(root, "GENERAL", "single", "identifier")
        _add(_add(processing, "setOutcomeValue", identifier="GENERAL"), "baseValue", "LU", baseType="identifier")
    root.append(body)
    if len(processing):
        root.append(processing)
    for name, feedback in told.items():
        _feedback(root, "FEEDBACK", name, paragraphs([feedback]))
    if item.after:
        _feedback(root, "GENERAL", "LU", item.after)
    return root


def _form(item: Item, root: ET.Element, body: ET.Element, processing: ET.Element) -> dict[str, str]:
    """Write how a question is answered and scored; return the feedbacks by name."""
    match item.question.form:
        case OneOf(options, fixed):
            return _choices(item, root, body, processing, options, 1, not fixed)
        case SomeOf(options, fixed):
            return _choices(item, root, body, processing, options, 0, not fixed)
        case Truth(true, if_true, if_false):
            both = Option("Vrai", float(true), if_true), Option("Faux", float(not true), if_false)
            return _choices(item, root, body, processing, both, 1, False)
        case Amount() as form:
            return _amount(item, form, root, body, processing)
        case Ranking(listed):
            names = [f"E{rank}" for rank in range(1, len(listed) + 1)]
            _declare(root, "ordered", "identifier", names)
            asked = _add(body, "orderInteraction", responseIdentifier="RESPONSE", shuffle="true")
            for name, element in zip(names, listed, strict=True):
                _add(asked, "simpleChoice", clean(element), identifier=name)
            condition = _add(processing, "responseCondition")
            right = _add(condition, "responseIf")
            same = _add(right, "match")
            _add(same, "variable", identifier="RESPONSE")
            _add(same, "correct", identifier="RESPONSE")
            _worth(item, right, 1)
            _worth(item, _add(condition, "responseElse"), 0)
        case FreeText(notes):
            if notes:
                _add(body, "rubricBlock", view="scorer").extend(elements(paragraphs(notes)))
            _declare(root, "single", "string")
            _add(body, "extendedTextInteraction", responseIdentifier="RESPONSE", expectedLines="10")
    return {}


def _choices(
    item: Item,
    root: ET.Element,
    body: ET.Element,
    processing: ET.Element,
    options: tuple[Option, ...],
    most: int,
    shuffled: bool,
) -> dict[str, str]:
    """Write options to tick, ``most`` of them at most, 0 for any number; return the feedbacks by name."""
    names = {f"C{rank}": option for rank, option in enumerate(options, 1)}
    right = [name for name, option in names.items() if option.share > 0]
    best = [name for name in right if names[name].share == 1][:1] if most else right
    declared = _declare(root, "single" if most else "multiple", "identifier", best if item.points else [])
    if item.points:
        mapping = _add(declared, "mapping", lowerBound="0", upperBound="1", defaultValue="0")
        for name, option in names.items():
            _add(mapping, "mapEntry", mapKey=name, mappedValue=decimal(option.share))
        _add(_add(processing, "setOutcomeValue", identifier="SCORE"), "mapResponse", identifier="RESPONSE")
    asked = _add(
        body, "choiceInteraction", responseIdentifier="RESPONSE", shuffle=str(shuffled).lower(), maxChoices=str(most)
    )
    for name, option in names.items():
        _add(asked, "simpleChoice", clean(option.text), identifier=name)
    told = {name: option.feedback for name, option in names.items() if option.feedback}
    if told:
        ticked = _add(processing, "setOutcomeValue", identifier="FEEDBACK")
        _add(_add(ticked, "multiple") if most else ticked, "variable", identifier="RESPONSE")
    return told


def _amount(item: Item, form: Amount, root: ET.Element, body: ET.Element, processing: ET.Element) -> dict[str, str]:
    """Write a number to type; return the feedbacks by name."""
    _declare(root, "single", "float", [decimal(form.value)])
    _add(_add(body, "p"), "textEntryInteraction", responseIdentifier="RESPONSE", expectedLength="12")
    condition = _add(processing, "responseCondition")
    first = _add(condition, "responseIf")
    _add(_add(first, "isNull"), "variable", identifier="RESPONSE")
    _worth(item, first, 0)
    told = {}
    for rank, range in enumerate(form.ranges, 1):
        case = _add(condition, "responseElseIf")
        both = _add(case, "and")
        for compared, end in zip(("gte", "lte"), range.ends, strict=True):
            sides = _add(both, compared)
            _add(sides, "variable", identifier="RESPONSE")
            _add(sides, "baseValue", decimal(end), baseType="float")
        _worth(item, case, range.share)
        if range.feedback:
            told[f"R{rank}"] = range.feedback
            shown = _add(_add(case, "setOutcomeValue", identifier="FEEDBACK"), "multiple")
            _add(shown, "baseValue", f"R{rank}", baseType="identifier")
    return told


def _declare(root: ET.Element, cardinality: str, base: str, right: list[str] | None = None) -> ET.Element:
    declared = _add(root, "responseDeclaration", identifier="RESPONSE", cardinality=cardinality, baseType=base)
    if right:
        correct = _add(declared, "correctResponse")
        for value in right:
            _add(correct, "value", value)
    return declared


def _outcome(root: ET.Element, name: str, cardinality: str, base: str, **about: str) -> ET.Element:
    return _add(root, "outcomeDeclaration", identifier=name, cardinality=cardinality, baseType=base, **about)


def _worth(item: Item, rule: ET.Element, share: float) -> None:
    """Have a rule give a share of the points, where there are points."""
    if item.points:
        _add(_add(rule, "setOutcomeValue", identifier="SCORE"), "baseValue", decimal(share), baseType="float")


def _feedback(root: ET.Element, outcome: str, name: str, html: str) -> None:
    shown = _add(root, "modalFeedback", outcomeIdentifier=outcome, identifier=name, showHide="show")
    shown.extend(elements(html))


def _identifier(text: str) -> str:
    """Return a name as XML wants an identifier: it begins with a letter."""
    return "q-" + re.sub(r"[^A-Za-z0-9_.-]", "-", text)


def _add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    made = ET.SubElement(parent, tag, attributes)
    made.text = text
    return made
