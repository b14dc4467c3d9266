"""What a phone asks: a code form, one page, its state, a stream, and the answers it sends. No kernel, no name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from mallette import helplines
from mallette.paths import PACKAGE
from mallette.questions import AnswerError
from mallette.seance import clock, errors
from mallette.seance.model import REVEALED, Kept, Round, Seance, new_token, order_seed
from mallette.seance.seances import Seances
from mallette.server import assets
from mallette.server.seance import access, events, limits, web

if TYPE_CHECKING:
    from mallette.server.seance.context import Context

STATIC = PACKAGE / "server" / "seance" / "static"
LOADER = (STATIC / "demarrage.js").read_text(encoding="utf-8")
"""Written inside the page: the one script that is needed to bring the other."""
_CODE = r"/s/([^/]{1,60})"
MOST_NUMBER = 1_000_000
"""Above any number of answers that a person gives in one round."""


class Visitor(web.Handler):
    """Base of the routes open to every phone.

    Attributes:
        script, style: what its pages bring, see :func:`~mallette.server.assets.phone_files`.
    """

    script, style = "participant.js", "participant.css"

    def prepare(self) -> None:
        self.context.limits.requests.spend(self.address)
        super().prepare()

    def page(self, template: str, status: int = 200, **values: object) -> None:
        places = {"style": assets.phone_address(self.style), "script": assets.phone_address(self.script)}
        super().page(template, status, **places, **values)

    def page_with_script(self, template: str, **values: object) -> None:
        """Finish with a page that brings its script by itself."""
        source, policy = "script-src 'self'", web.HEADERS["Content-Security-Policy"]
        self.set_header("Content-Security-Policy", policy.replace(source, f"{source} {web.source_hash(LOADER)}"))
        self.page(template, loader=Markup(LOADER), danger=helplines.danger(self.context.course), **values)

    def refusal(self, error: errors.SeanceError) -> web.Refusal:
        if isinstance(error, errors.Unavailable):
            return web.Refusal(503, error.for_participants)  # the trainer's message may name a folder
        return super().refusal(error)

    async def of_seance(self, code: str, function: Callable, *arguments: object) -> Any:
        """Return ``function(*arguments)`` run in the store's thread, for the séance ``code``.

        Ten wrong codes close the door to this address, right codes included, but for someone who has joined: who
        shares an address with a guesser keeps answering.

        Raises:
            mallette.server.seance.web.Refusal: unknown or too many codes, or another refusal of the domain.
        """
        wrong = self.context.limits.wrong_codes
        if wrong.full(self.address) and not await self._joined(code):
            await self.context.turned_away(code)
            wrong.check(self.address)
        try:
            if not code:
                raise errors.UnknownSeance("Ce code n’est celui d’aucune séance ouverte : vérifiez-le à l’écran.")
            return await self.context.run(function, *arguments)
        except errors.SeanceError as error:
            if isinstance(error, errors.UnknownSeance):
                wrong.spend(self.address)
            if isinstance(error, errors.Full):
                await self.context.turned_away(code, limits.FULL)
            raise self.refusal(error) from error

    async def find(self, typed: str) -> Seance | None:
        """Return the séance of a code; without one, finish with the form that asks for it."""
        code = access.plain_code(typed)
        try:
            return await self.of_seance(code, self.context.seances.get, code)
        except web.Refusal as refusal:
            self.page("participant_code", refusal.status_code, typed=typed, message=refusal.message)

    async def _joined(self, code: str) -> bool:
        token = access.participant_token(self, code)
        try:
            return bool(token) and await self.context.run(self.context.seances.knows, code, token)
        except errors.SeanceError:
            return False


class Door(Visitor):
    """The form that asks for a code. A GET form: it changes nothing, so it works without a script or an origin."""

    async def get(self) -> None:
        typed = self.get_query_argument("code", "")[:60]
        if not typed.strip():
            self.page("participant_code", typed="", message="")
            return
        if seance := await self.find(typed):
            self.redirect(f"/s/{seance.code}")


class Notice(Visitor):
    """What is kept, where, how long."""

    def get(self) -> None:
        self.page("participant_confidentialite", danger=helplines.danger(self.context.course))


class Phone(Visitor):
    """The page of a séance: the same text for everyone, without a question or an answer in it."""

    async def get(self, typed: str) -> None:
        if not (seance := await self.find(typed)):
            return
        if typed != seance.code:  # the cookie is set for one way to write the address
            self.redirect(f"/s/{seance.code}")
            return
        self.page_with_script("participant", code=seance.code, title=seance.title)


class Join(Visitor, web.Posted):
    """One tap: a random token, for this séance and this browser session.

    The page asks twice: the cookie is given, then it comes back and its holder is counted. So a browser that refuses
    cookies, however often it is tapped, is nobody, and uses up nothing of what its address may do.
    """

    data = True

    async def post(self, typed: str) -> None:
        code = access.plain_code(typed)
        token = access.participant_token(self, code)
        if not token:
            await self.of_seance(code, self.context.seances.get, code)
            access.give_participant_cookie(self, code, new_token())
        elif not await self._joined(code):
            joins, key = self.context.limits.joins, (self.address, code)
            if joins.full(key):
                await self.context.turned_away(code)
                joins.check(key)
            await self.of_seance(code, self.context.seances.join, code, token)
            joins.spend(key)
            self.context.answered(code)
        self.answer({"rejoint": bool(token)})


class State(Visitor):
    """Where the séance is, for one phone."""

    data = True

    async def get(self, typed: str) -> None:
        code = access.plain_code(typed)
        token = access.participant_token(self, code)
        self.answer(await self.of_seance(code, state, self.context.seances, code, token))


class Events(Visitor, events.Stream):
    """The stream of a phone that has joined."""

    async def get(self, typed: str) -> None:
        code = access.plain_code(typed)
        seances, token = self.context.seances, access.participant_token(self, code)

        def version() -> int:
            if not token or not seances.knows(code, token):
                raise errors.NotJoined("Touchez « Participer » pour suivre la séance.")
            return seances.get(code).version

        await self.of_seance(code, seances.get, code)
        await self.follow(code, token, version)


class Answer(Visitor, web.Posted):
    """An answer; the reply comes after COMMIT."""

    data = True
    statuses = ((errors.NotJoined, 403), (errors.NotAllowed, 422), *web.STATUSES)

    async def post(self, typed: str) -> None:
        code = access.plain_code(typed)
        token = access.participant_token(self, code)
        body = self.json()
        self.context.limits.answers.spend(token or self.address)
        kept = await self.of_seance(code, record, self.context.seances, code, token, body)
        self.context.answered(code)
        self.answer(kept)


def given(body: dict[str, object]) -> tuple[str, object, int]:
    """Return the question that a body answers, the answer, and the page's own number of this answer.

    Raises:
        mallette.server.seance.web.Refusal: 422, one of them is missing or cannot be.
    """
    question, number = body.get("question"), body.get("numero")
    possible = type(number) is int and 1 <= number <= MOST_NUMBER
    if not isinstance(question, str) or "reponse" not in body or not possible:
        raise web.Refusal(422, "Cette réponse n’a pas la forme attendue : rechargez la page.")
    return question, body["reponse"], number


def record(seances: Seances, code: str, token: str, body: dict[str, object]) -> dict[str, object]:
    """Store the answer of a phone, in the store's thread; return what is kept, maybe a later answer of this phone.

    Raises:
        mallette.seance.errors.SeanceError: not joined, unknown, closed, or the store does not work.
        mallette.server.seance.web.Refusal: 422, the answer is not one of the question's.
    """
    question, answer, number = given(body)
    if not token:
        raise errors.NotJoined("Touchez « Participer » avant de répondre.")
    try:
        kept = seances.record(code, token, question, body.get("tour"), answer, number)
    except AnswerError as error:
        raise web.Refusal(422, str(error)) from error
    return {"numero": kept.number, "reponse": kept.answer}


def state(seances: Seances, code: str, token: str) -> dict[str, object]:
    """Return what the phone shows, in the store's thread.

    ``etape`` is the open round, or else the last one. Its question holds no answer before it is revealed. ``outil`` is
    the title of the tool that tables may fill in, empty without one.

    Raises:
        mallette.seance.errors.SeanceError: unknown séance, or the store does not work.
    """
    seance = seances.get(code)
    joined = bool(token) and seances.knows(code, token)
    head = {"version": seance.version, "titre": seance.title, "rejoint": joined, "terminee": seance.finished}
    head["outil"] = seance.tool if joined else ""
    step = seance.current or (seance.rounds[-1] if seance.rounds else None)
    shown = joined and not seance.finished and step is not None
    return {**head, "etape": _step(seances, seance, token, step) if shown else None}


def _step(seances: Seances, seance: Seance, token: str, step: Round) -> dict[str, object]:
    question = seances.question(seance.code, step.question)
    kept = seances.kept(seance.code, token, step.question, step.tour) or Kept(0, None)
    mine, revealed = kept.answer, step.state == REVEALED
    if revealed and mine is not None:
        mine = question.from_shown(mine)  # a revealed question lists as the bank does
    return {
        "rang": seance.rounds.index(step) + 1,
        "question": question.public() if revealed else question.without_answers(),
        "graine": order_seed(token, step.question),
        "tour": step.tour,
        "etat": step.state,
        "secondes": None if step.deadline is None else max(0.0, step.deadline - clock.now()),
        "ma_reponse": mine,
        "numero": kept.number,
    }


def routes(context: Context) -> list:
    shared = {"context": context}
    return [
        (r"/s/?", Door, shared),
        (r"/s/confidentialite", Notice, shared),
        (_CODE, Phone, shared),
        (rf"{_CODE}/rejoindre", Join, shared),
        (rf"{_CODE}/etat", State, shared),
        (rf"{_CODE}/flux", Events, shared),
        (rf"{_CODE}/reponse", Answer, shared),
    ]
