"""What the bank says of a question, before and after its answer is revealed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from mallette.french import number, with_unit
from mallette.quiz import paper
from mallette.quiz.bank import Question
from mallette.seance import histogram
from mallette.seance.displays import Axis, Bar, Published
from mallette.seance.tallies import NUMBERS, Tally

_READ = {"position": "lecture proposée par la mallette", "admise": "admise aussi par la mallette"}
SEVERAL = "Plusieurs réponses possibles : le total des parts peut dépasser 100 %."


def bars(question: Question, counted: Tally, expected: bool) -> tuple[Bar, ...]:
    """Return bars without figures; before the answer is revealed, nothing but their labels."""
    if not expected:
        return tuple(Bar(key, answer.label) for key, answer in enumerate(counted.answers))
    total = sum(answer.panel or 0 for answer in counted.answers)
    found = [
        Bar(
            key, answer.label, right=answer.right, explanation=answer.explanation, panel=answer.panel,
            panel_share=None if answer.panel is None else (200 * answer.panel + total) // (2 * total),
        )
        for key, answer in enumerate(counted.answers)
    ]  # fmt: skip
    if question.kind in NUMBERS:
        key = histogram.classes(question.content["domaine"]).place(question.value)
        value = with_unit(question.value, question.content["unite"])
        found[key] = replace(found[key], mark=f"valeur publiée : {value}")
    for name, point in question.content.get("lecture", {}).items():
        found[point + 2] = replace(found[point + 2], mark=_READ[name])
    return tuple(found)


def context(question: Question) -> tuple[str, ...]:
    """Return the lines to read with the question."""
    content = question.content
    match question.kind:
        case "choix_multiple":
            return (SEVERAL,)
        case "ordre":
            return (content["consigne_ordre"],)
        case "concordance":
            return (
                f"La situation : {content['situation']}",
                f"Vous pensez à : {content['hypothese']}",
                f"Vous apprenez que : {content['information']}",
            )
    return ()


def told(question: Question, counted: Tally, expected: bool) -> dict:
    """Return the fields of a :class:`Result` that are told once the answer is revealed."""
    if not expected:
        return {}
    content, fields = question.content, {"source": question.source}
    match question.kind:
        case "numerique":
            fields["points"] = (content["explications"]["juste"],)
        case "estimation":
            texts = content["explications"]
            fields["points"] = (f"Au-dessous : {texts['trop_bas']}", f"Au-dessus : {texts['trop_haut']}")
        case "reflexion":
            fields["points"] = tuple(content["reperes"])
        case "concordance" if "lecture" in content:
            fields["reading"] = paper.reading(content)
        case "concordance":
            fields["panel_origin"] = paper.panel_origin(content["panel"])
            counts = content["panel"]["reponses"]
            most = quoted(answer.label for answer in counted.answers if answer.panel == max(counts))
            fields["summary"] = (f"Réponse la plus donnée par le panel : {most}.",)
    if question.kind in NUMBERS:
        low, high = _band(question)
        unit = content["unite"]
        band = histogram.interval(low, high, unit) if low < high else ""
        fields["published"] = Published(with_unit(question.value, unit), band)
    return fields


def _band(question: Question) -> tuple[float, float]:
    """Return the ends of what counts as right or close, inside the domain."""
    content = question.content
    if question.kind == "numerique":
        return content["accepte"]["min"], content["accepte"]["max"]
    gap, domain = content["proche"], content["domaine"]
    return max(domain["min"], round(question.value - gap, 9)), min(domain["max"], round(question.value + gap, 9))


def axis(question: Question, expected: bool) -> Axis | None:
    """Return the domain of a number question as a line; ``None`` for other types."""
    if question.kind not in NUMBERS:
        return None
    domain, unit = question.content["domaine"], question.content["unite"]
    line = Axis(number(domain["min"]), with_unit(domain["max"], unit))
    if expected:
        low, high = _band(question)
        ends = (place(low, domain), place(high, domain))
        line = replace(line, published=place(question.value, domain), band=ends)
    return line


def place(value: float, domain: Mapping) -> float:
    """Return where a value stands on the line, from 0 to 100."""
    return round(100 * (value - domain["min"]) / (domain["max"] - domain["min"]), 2)


def quoted(labels: Iterable[str], word: str = "et") -> str:
    """Return « a » et « b », or « a » ou « b »."""
    *others, last = [f"« {label} »" for label in labels]
    return f"{', '.join(others)} {word} {last}" if others else last
