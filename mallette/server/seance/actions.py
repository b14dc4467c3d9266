"""What the buttons of the control page do. Every function here runs in the store's thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mallette import disclosure, french, panels
from mallette.paths import Project
from mallette.seance import panel, report
from mallette.seance.errors import NotAllowed, UnknownSeance
from mallette.seance.seances import Seances
from mallette.server.seance import boards, restitution, web
from mallette.server.seance.control import kept
from mallette.server.seance.limits import FULL
from mallette.server.seance.screen import Choice, Key, asked_twice, moment, result, steps_of

if TYPE_CHECKING:
    from mallette.server.seance.context import Context

Fields = Mapping[str, str]


def whole(text: str, message: str) -> int:
    """Return a whole number typed or sent.

    Raises:
        mallette.server.seance.web.Refusal: 422 with ``message``.
    """
    if not text.isdecimal() or len(text) > 6:
        raise web.Refusal(422, message)
    return int(text)


class Unsure(Exception):
    """The action waits for ``confirme``; carries the question and the label of the button."""

    def __init__(self, message: str, label: str) -> None:
        super().__init__(message)
        self.label = label


@dataclass(frozen=True)
class Request:
    """One thing the trainer asks, run in the store's thread."""

    context: Context
    code: str
    fields: Fields

    @property
    def seances(self) -> Seances:
        return self.context.seances

    @property
    def course(self) -> Project:
        return self.context.course

    @property
    def round(self) -> Key:
        return self.fields.get("question", ""), self.number("tour", 1)

    def number(self, name: str, default: int) -> int:
        return whole(self.fields.get(name, str(default)), "Cette demande est incomplète : rechargez la page.")

    def confirm(self, message: str, label: str) -> None:
        if not self.fields.get("confirme"):
            raise Unsure(message, label)

    def show(self, screen: str) -> None:
        """Put something on the projector, about the round of the request if it names one."""
        question, tour = self.round
        now = moment(self.seances.get(self.code))
        self.context.trainer.choices[self.code] = Choice(screen, now, question, tour)


def _open(asked: Request) -> None:
    question, tour = asked.round
    asked.seances.open_question(asked.code, question, tour, asked.number("duree", 0) or None)


def _close(asked: Request) -> None:
    question, tour = asked.round
    current = asked.seances.get(asked.code).current
    if current and (current.question, current.tour) == (question, tour) and not disclosure.enough(current.answers):
        asked.confirm(
            f"{french.plural(current.answers, 'réponse', 'réponses')} pour l’instant : sous "
            f"{disclosure.MINIMUM} réponses, rien ne s’affichera. Une question fermée ne se rouvre pas.",
            "Fermer quand même",
        )
    asked.seances.close_question(asked.code, question, tour)


def _reveal(asked: Request) -> None:
    question, tour = asked.round
    asked.seances.reveal(asked.code, question, tour)
    chosen = asked.context.trainer.choices.get(asked.code)
    if chosen and chosen.screen not in ("comparaison", "textes"):
        asked.show("resultat")


def _display(asked: Request) -> None:
    screen = asked.fields.get("ecran", "")
    seance = asked.seances.get(asked.code)
    steps = steps_of(asked.seances.questions(asked.code), seance)
    step = steps.get(asked.round)
    closed = step is not None and step.closed and seance.current is None
    possible = {
        "accueil": True,
        "question": seance.current is not None,
        "resultat": closed,
        "comparaison": closed and asked_twice(step, steps),
        "textes": closed and step.question.written,
    }
    if not possible.get(screen):
        raise NotAllowed("Cela ne peut pas s’afficher maintenant : fermez d’abord la question.")
    if screen == "question":
        asked.context.trainer.choices.pop(asked.code, None)
    else:
        asked.show(screen)


def _release(asked: Request) -> None:
    asked.seances.release(asked.code, asked.fields.get("texte", ""), asked.fields["action"] == "publier-texte")


def _share_addresses(asked: Request) -> None:
    asked.context.limits.share_addresses()


def _make_room(asked: Request) -> None:
    asked.seances.make_room(asked.code)
    asked.context.limits.forget(asked.code, FULL)


def _offer_tool(asked: Request) -> None:
    boards.offer(asked.course, asked.context.boards, asked.code, asked.fields.get("outil", ""))


def _withdraw_tool(asked: Request) -> None:
    asked.context.boards.withdraw(asked.code)


def _show_address(asked: Request) -> None:
    address = asked.fields.get("adresse", "")
    if address not in asked.context.rooms:
        raise NotAllowed("La mallette n’est pas ouverte à cette adresse : rechargez la page.")
    asked.context.shown = address


def _finish(asked: Request) -> None:
    seance = asked.seances.get(asked.code)
    if not seance.finished:
        still = " La question ouverte se ferme avec ses réponses." if seance.current else ""
        asked.confirm(
            f"Terminer la séance ? Plus personne ne pourra répondre.{still} La restitution s’écrit ensuite "
            "sur cet ordinateur.",
            "Terminer la séance",
        )
        asked.seances.finish(asked.code)  # first: the restitution of a finished séance tells every right answer
    restitution.write(asked.course, seance, report.gather(asked.seances, asked.code))


def _keep_panel(asked: Request) -> None:
    seance = asked.seances.get(asked.code)
    if not seance.finished:
        raise NotAllowed("Terminez d’abord la séance : un panel s’écrit ensuite, avant d’effacer.")
    step = steps_of(asked.seances.questions(asked.code), seance).get(asked.round)
    if step is None or not step.closed:
        raise NotAllowed("Cette question n’a pas été posée : elle n’a pas de réponses.")
    counts = panel.counts(result(asked.seances, seance, step))
    origin = panels.tidy(asked.fields.get("profession", ""))
    if not origin:
        raise web.Refusal(422, "Écrivez d’abord le métier du groupe, sans nom de personne.")
    for message, remedy in panels.origin_problems(origin, asked.course):
        raise web.Refusal(422, f"Métier du groupe : {message}. {remedy[0].upper()}{remedy[1:]}.")
    restitution.write_panel(asked.course, seance, step.question, counts, origin)


def _erase(asked: Request) -> None:
    try:
        seance = asked.seances.get(asked.code)
    except UnknownSeance:  # erased, but something was reading its journal: the same button ends it
        asked.seances.erase(asked.code)
        return
    if not seance.finished:
        raise NotAllowed("Terminez d’abord la séance : la restitution doit être écrite avant d’effacer.")
    if restitution.find(asked.course, asked.code):
        asked.confirm(
            f"Effacer définitivement tout ce qui vient des téléphones ({kept(seance)}) ? La restitution reste.",
            "Oui, tout effacer",
        )
    else:
        asked.confirm(
            "La restitution n’est PAS écrite : si vous effacez maintenant, il ne restera rien de la séance.",
            "Effacer sans restitution",
        )
    asked.seances.erase(asked.code)


ACTIONS: dict[str, Callable[[Request], None]] = {
    "ouvrir": _open,
    "fermer": _close,
    "reveler": _reveal,
    "afficher": _display,
    "publier-texte": _release,
    "retirer-texte": _release,
    "laisser-entrer": _share_addresses,
    "faire-de-la-place": _make_room,
    "montrer-adresse": _show_address,
    "proposer-outil": _offer_tool,
    "retirer-outil": _withdraw_tool,
    "terminer": _finish,
    "panel": _keep_panel,
    "effacer": _erase,
}
