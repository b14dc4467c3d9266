"""What a trainer chose to project, and which séances were conducted since the server started."""

from __future__ import annotations

from dataclasses import dataclass, field

from mallette.seance.seances import Seance


def moment(seance: Seance) -> str:
    """Return a name of the séance's progress: it changes when a question opens or closes, not when one is revealed."""
    return f"{len(seance.rounds)}{'+' if seance.current else ''}"


@dataclass(frozen=True)
class Choice:
    """What the trainer put on the projector, until a question is opened or closed.

    Attributes:
        screen: ``accueil``, ``resultat``, ``comparaison`` or ``textes``.
        question, tour: the round it is about; an empty question means the last one.
        moment: :func:`moment` of the séance when it was chosen.
    """

    screen: str
    moment: str
    question: str = ""
    tour: int = 1


@dataclass
class Desk:
    """What a trainer's views share and no store keeps: it is gone with the server, and nothing is lost with it.

    Attributes:
        choices: what is on the projector, by code.
        known: codes of the séances opened or conducted since the server started; another one was interrupted.
    """

    choices: dict[str, Choice] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)

    def forget(self, code: str) -> None:
        self.choices.pop(code, None)
        self.known.discard(code)
