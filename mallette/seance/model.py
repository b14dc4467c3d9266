"""What a séance is, as it is read: values without behaviour."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import date

ALPHABET = "BCDFGHJKMNPRTVWXY3479"
"""Letters and digits of a code: none that looks like another, no vowel (no word is made by chance)."""
CODE_LENGTH = 6
OPEN, CLOSED, REVEALED = "ouverte", "close", "revelee"
MOST_EXPECTED = 300
LONGEST_TIMER = 3600
"""In seconds."""
GRACE = 2.0
"""Seconds after the deadline during which an answer that was on its way is still taken, unless the round was closed."""


@dataclass(frozen=True)
class Round:
    """One time a question is asked.

    Attributes:
        question: id of the question.
        tour: 1 (before) or 2 (after).
        state: ``"ouverte"``, ``"close"`` or ``"revelee"``.
        deadline: when it is due to close, in seconds since the epoch; ``None`` without timer or once closed.
        answers: number of answers so far.
    """

    question: str
    tour: int
    state: str
    deadline: float | None
    answers: int


@dataclass(frozen=True)
class Seance:
    """A séance as it stands.

    Attributes:
        code: what participants type, without space.
        unit: slug of the unit.
        title: title of the unit when the séance was opened.
        expected: number of participants the trainer expects.
        opened: day of opening.
        participants: number of phones that joined.
        version: grows with each change that every page has to follow (rounds, released texts, end). A phone
            that joins or answers changes ``participants`` and ``Round.answers`` only: sixty phones need not fetch the
            page again because one of them answered.
        rounds: in the order they were opened.
        finished: nobody can join or answer any more; only reading, revealing, releasing and erasing are left.
        tool: title of the tool that tables may fill in; empty without one.
    """

    code: str
    unit: str
    title: str
    expected: int
    opened: date
    participants: int
    version: int
    rounds: tuple[Round, ...]
    finished: bool
    tool: str = ""

    @property
    def current(self) -> Round | None:
        """The round that is open, if any: there is one at most."""
        return next((item for item in self.rounds if item.state == OPEN), None)

    def earlier(self, item: Round) -> Round | None:
        """Return the closed round of the same question that was opened before ``item``: its result stands already."""
        before = self.rounds[: self.rounds.index(item)]
        return next((other for other in before if other.question == item.question and other.state != OPEN), None)


@dataclass(frozen=True)
class Text:
    """A free text as the trainer reads it.

    Attributes:
        id: random name, the same at each reading, that tells nothing of who wrote it.
        text: what was written.
        released: whether the room may see it.
    """

    id: str
    text: str
    released: bool


@dataclass(frozen=True)
class Kept:
    """What is kept of a phone in one round.

    Attributes:
        number: the phone's own number of this answer, from 1; 0 once the round is closed.
        answer: as the phone gave it, counted as its page lists.
    """

    number: int
    answer: object


def normal_code(typed: str) -> str:
    """Return a code as it is kept: capitals, without spaces or hyphens."""
    return "".join(character for character in typed.upper() if not character.isspace() and character not in "-‐‑–")


def room_for(expected: int) -> int:
    """Return how many phones may join a séance of ``expected`` people: a phone that lost its cookie joins again."""
    return max(2 * expected, expected + 10)


def new_token() -> str:
    """Return what a phone holds to be known again: 128 random bits, of which only the SHA-256 is kept."""
    return secrets.token_urlsafe(16)


def digest(token: object) -> str:
    """Return the SHA-256 of what a phone holds, as the store keeps it."""
    return hashlib.sha256(str(token).encode("utf-8", "surrogatepass")).hexdigest()


def order_seed(token: str, question: str) -> str:
    """Return what gives one phone its own order of the choices of a question, the same on each return and in each tab.

    Nothing of the token can be found from it, nor it from what is kept: the store holds a digest of the token only.
    """
    return hmac.new(token.encode(), question.encode(), "sha256").hexdigest()[:16]


def new_code() -> str:
    """Return a random code (85 million are possible)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
