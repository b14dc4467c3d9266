"""Why something of a séance could not be done. Every message is in French and says how to go on."""

from __future__ import annotations


class SeanceError(Exception):
    """The base of all that follows; ``str(error)`` may be shown to the person who asked."""


class UnknownSeance(SeanceError):
    """No séance has this code (any more)."""


class Full(SeanceError):
    """As many phones have joined as the room can hold."""


class Closed(SeanceError):
    """The séance or the round is over, or not in the state that was asked for (answers of a round still open)."""


class NotAllowed(SeanceError):
    """The request makes no sense: unknown unit or question, another question open, a round that would reopen."""


class NotJoined(NotAllowed):
    """The token was not given by this séance."""


class Unavailable(SeanceError):
    """The store cannot be read or written for now; nothing was recorded, and trying again later is right.

    ``str(error)`` is for the trainer: it says what is wrong, names the file or the server, and says what to do.
    ``for_participants`` is what a phone may show: no path of the trainer's machine.
    """

    for_participants = (
        "L’ordinateur de l’atelier n’arrive pas à enregistrer pour l’instant. Votre réponse n’est pas perdue : "
        "gardez cette page ouverte, elle sera renvoyée. Prévenez la personne qui anime."
    )
