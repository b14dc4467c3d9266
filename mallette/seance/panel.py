"""A room as a panel: the answers to a judgement, when the room has been shown them as they are."""

from __future__ import annotations

from mallette.french import NBSP
from mallette.questions import TYPES
from mallette.questions.panel import MINIMUM
from mallette.seance.displays import BLURRED, EXACT, Result
from mallette.seance.errors import NotAllowed

ONLY_JUDGEMENTS = "Seule une question de jugement (concordance) peut recevoir un panel."
FIRST_ROUND = "Un panel répond avant l’échange : seul le premier tour compte."
HIDDEN = "Ce résultat n’est pas montré, pour que personne ne soit reconnu : il ne peut pas devenir un panel."
NEARLY_ALL = "Presque tout le monde a donné la même réponse : les nombres exacts sont protégés et ne sortent pas d’ici."
IN_CLASSES = "Ce résultat n’est donné que par tranches : il ne peut pas devenir un panel."


def counts(shown: Result) -> list[int]:
    """Return how many people chose each point, from −2 to +2: never more than the room has been told.

    Raises:
        NotAllowed: no judgement, a second round, too few people, or a result that is not shown exactly.
    """
    if not TYPES[shown.kind].takes_panel:
        raise NotAllowed(ONLY_JUDGEMENTS)
    if shown.tour != 1:
        raise NotAllowed(FIRST_ROUND)
    if shown.withheld or shown.count is None:
        raise NotAllowed(HIDDEN)
    if shown.count < MINIMUM:
        raise NotAllowed(f"{shown.count}{NBSP}réponses : un panel en demande dix au moins.")
    if shown.precision != EXACT:
        raise NotAllowed(NEARLY_ALL if shown.precision == BLURRED else IN_CLASSES)
    return [bar.count for bar in shown.bars if bar.count is not None]
