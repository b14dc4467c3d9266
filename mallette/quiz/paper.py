"""A bank on paper: what is read without JavaScript, in print and in plain text. Answers come last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from mallette.french import NBSP, NNBSP, day, number, with_unit
from mallette.quiz.bank import Bank, Question

ANSWERS_TITLE = "Réponses et explications"
_HINTS = {
    "choix_unique": "Une seule réponse.",
    "choix_multiple": "Une ou plusieurs réponses.",
    "vrai_faux": "Vrai ou faux ?",
    "opinion": "Votre avis : il n’y a pas de bonne réponse.",
    "reflexion": "Pour réfléchir, en quelques lignes. N’écrivez le nom de personne.",
}
READING = "Lecture proposée par l’équipe de la mallette"
_POINTS = ("−2", "−1", "0", "+1", "+2")
PLAUSIBILITY = (
    "beaucoup moins plausible", "moins plausible", "ni plus ni moins plausible", "plus plausible",
    "beaucoup plus plausible",
)


@dataclass(frozen=True)
class Sheet:
    """A question as lines of text.

    Attributes:
        prompt: the question.
        context: lines read before answering.
        options: what one may tick or rank.
        answers: lines of the answer sheet.
    """

    prompt: str
    context: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)


def sheet(question: Question) -> Sheet:
    """Return the paper version of a question."""
    content, hint = question.content, _HINTS.get(question.kind)
    context, options, answers = [hint] if hint else [], [], []
    match question.kind:
        case "choix_unique" | "choix_multiple":
            options = [choice["texte"] for choice in content["choix"]]
            answers = [
                f"{'Juste' if choice.get('juste') else 'Faux'} : {_stop(choice['texte'])} {choice['explication']}"
                for choice in content["choix"]
            ]
        case "vrai_faux":
            options = ["Vrai", "Faux"]
            answers = [f"La réponse est : {content['reponse']}. {content['explications'][content['reponse']]}"]
        case "numerique" | "estimation":
            context = [_domain(content)]
            answers = _numbers(question.value, content)
        case "ordre":
            context = [content["consigne_ordre"]]
            options = [content["elements"][index]["texte"] for index in question.shown_order()]
            answers = [
                f"{place}. {item['texte']} : {item['explication']}" for place, item in enumerate(content["elements"], 1)
            ]
        case "opinion":
            options = list(content["echelle"])
            answers = [f"{label} : {text}" for label, text in zip(options, content["retours"], strict=True)]
        case "concordance":
            context, options, answers = _concordance(content)
        case "reflexion":
            answers = list(content["reperes"])
    if question.source:
        answers.append(f"Source : {question.source}")
    return Sheet(question.prompt, context, options, answers)


def html(bank: Bank) -> str:
    """Return the bank as HTML, every text escaped; answers are folded away under the questions."""
    sheets = [sheet(question) for question in bank.questions]
    asked = "".join(
        f"<li><p><strong>{escape(item.prompt)}</strong></p>"
        + "".join(f"<p>{escape(line)}</p>" for line in item.context) + _list(item.options, "mlt-quiz-boxes") + "</li>"
        for item in sheets
    )
    answered = "".join(f"<li>{_list(item.answers, 'mlt-quiz-lines')}</li>" for item in sheets)
    return (
        f'<div class="mlt mlt-quiz"><p class="mlt-title">{escape(bank.title)}</p><ol>{asked}</ol>'
        f"<details><summary>{ANSWERS_TITLE}</summary><ol>{answered}</ol></details></div>"
    )


def text(bank: Bank) -> str:
    """Return the bank as plain text: the questions, then the answers."""
    lines = [bank.title, ""]
    sheets = [sheet(question) for question in bank.questions]
    for place, item in enumerate(sheets, 1):
        lines += [f"{place}. {item.prompt}", *(f"   {line}" for line in item.context)]
        lines += [*(f"   ☐ {option}" for option in item.options), ""]
    lines += [ANSWERS_TITLE, ""]
    for place, item in enumerate(sheets, 1):
        lines += [f"{place}. {item.answers[0]}", *(f"   {line}" for line in item.answers[1:])]
    return "\n".join(lines)


def _list(lines: list[str], name: str) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f'<ul class="{name}">{items}</ul>' if lines else ""


def _domain(content: Mapping) -> str:
    domain = content["domaine"]
    return f"Réponse : ……… {content['unite']} (de {number(domain['min'])} à {number(domain['max'])})"


def _numbers(value: float, content: Mapping) -> list[str]:
    texts, shown = content["explications"], with_unit(value, content["unite"])
    if "accepte" in content:
        low, high = number(content["accepte"]["min"]), with_unit(content["accepte"]["max"], content["unite"])
        return [f"Réponse attendue : {shown}. {texts['juste']}", f"Réponses acceptées : de {low} à {high}."]
    return [f"Valeur publiée : {shown}.", f"Au-dessous : {texts['trop_bas']}", f"Au-dessus : {texts['trop_haut']}"]


def _stop(text: str) -> str:
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


def _concordance(content: Mapping) -> tuple[list[str], list[str], list[str]]:
    context = [
        f"La situation : {content['situation']}", f"Vous pensez à : {content['hypothese']}",
        f"Vous apprenez que : {content['information']}",
    ]
    options = [f"{point} : {label}" for point, label in zip(_POINTS, scale(content), strict=True)]
    rows = list(zip(options, content["explications"], strict=True))
    if "lecture" in content:
        return context, options, [*(f"{_stop(option)} {text}" for option, text in rows), reading(content)]
    panel = content["panel"]
    counts = [f"Panel : {count} sur {panel['effectif']}." for count in panel["reponses"]]
    answers = [f"{_stop(option)} {count} {text}" for (option, text), count in zip(rows, counts, strict=True)]
    return context, options, [*answers, f"Origine du panel : {panel_origin(panel)}."]


def scale(content: Mapping) -> Sequence[str]:
    """Return the five labels of a concordance question, from −2 to +2."""
    return content.get("echelle", PLAUSIBILITY)


def points(content: Mapping) -> list[str]:
    """Return the five answers of a concordance question in words: ``plus plausible (+1)``."""
    return [f"{label} ({point})" for label, point in zip(scale(content), _POINTS, strict=True)]


def reading(content: Mapping) -> str:
    """Return the sentence that gives the team's reading of a concordance question."""
    chosen, names = content["lecture"], points(content)
    admitted = f"{NNBSP}; elle admet aussi{NBSP}: {names[chosen['admise'] + 2]}" if "admise" in chosen else ""
    return f"{READING}{NBSP}: {names[chosen['position'] + 2]}{admitted}."


def panel_origin(panel: Mapping) -> str:
    """Return who a panel was, how many, and when: ``éducateurs de rue, 12 personnes, 12 mars 2026``."""
    return f"{panel['origine']}, {panel['effectif']}{NBSP}personnes, {day(panel['date'])}"
