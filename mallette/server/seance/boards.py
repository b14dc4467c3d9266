"""The tools of a séance over HTTP: phones of a table fill in one copy together, the trainer offers and projects it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mallette.faults import ContentError
from mallette.paths import Project
from mallette.seance import errors
from mallette.seance.boards import MOST_BOARDS, Boards
from mallette.seance.model import Seance
from mallette.server import assets
from mallette.server.seance import access, phone, web
from mallette.tools import collection

if TYPE_CHECKING:
    from mallette.server.seance.context import Context

_PHONE = r"/s/([^/]{1,60})/outil"
_TRAINER = rf"{access.TRAINER_PATH}/s/([0-9A-Za-z]{{1,12}})/outil"


def offer(course: Project, boards: Boards, code: str, name: str) -> None:
    """Offer a tool of the course, in the store's thread.

    Raises:
        mallette.seance.errors.NotAllowed: no such tool, or its file has defects.
    """
    try:
        boards.offer(code, name, collection.tool(name, course).data)
    except (LookupError, ContentError) as error:
        raise errors.NotAllowed(f"Impossible de proposer cet outil : {error}") from error


def choices(course: Project, boards: Boards, seance: Seance) -> list[dict[str, object]]:
    """Return what the control page lists, in the store's thread: the tools of the unit first, then the others."""
    known = {one.name: one for one in boards.every(seance.code)}
    found = []
    for path in collection.paths(course):
        try:
            tool = collection.load(path, course)
        except ContentError:  # the checks tell it
            continue
        here = known.pop(tool.name, None)
        found.append((path.parent.parent.name != seance.unit, tool.name, tool.title, here))
    found += [(True, one.name, one.title, one) for one in known.values()]  # left the course since
    return [
        {
            "name": name,
            "title": title,
            "own": not elsewhere,
            "offered": here is not None and here.offered,
            "boards": here.boards if here else (),
        }
        for elsewhere, name, title, here in sorted(found, key=lambda one: one[:3])
    ]


def state(boards: Boards, code: str, name: str, board: int, since: int) -> dict[str, object]:
    """Return what a page of a table needs, in the store's thread: the tool itself and the tables that have begun when
    ``since`` is −1; what a table wrote after the change ``since`` when there is a table, and which tool is offered."""
    said: dict[str, object] = {}
    if since < 0:
        one = next((one for one in boards.every(code) if (one.name == name if name else one.offered)), None)
        if one is None:
            raise errors.NotAllowed("Aucun outil n’est proposé pour l’instant.")
        name = one.name
        said = {"nom": name, "tables": one.boards, "outil": {"nom": name, **boards.content(code, name)}}
    if board:
        said["numero"], said["valeurs"] = boards.read(code, name, board, max(0, since))
        said["propose"] = boards.offered(code)
    return said


class _Asked:
    """What the address of a state says."""

    def asked(self) -> tuple[str, int, int]:
        """Return the name of a tool, the number of a table (0 for none), the number of the last change seen (−1)."""
        name = self.get_query_argument("outil", "")[:100]
        board, since = (self.get_query_argument(key, default) for key, default in (("table", "0"), ("depuis", "-1")))
        if not board.isdecimal() or not since.lstrip("-").isdecimal() or len(board + since) > 12:
            raise web.Refusal(422, f"Les tables se numérotent de 1 à {MOST_BOARDS}.")
        return name, int(board), int(since)


class Page(phone.Visitor):
    """The page of a table: the same for everyone, without anything that was written."""

    script, style = "outil.js", "outil.css"

    async def get(self, typed: str) -> None:
        if seance := await self.find(typed):
            self.page_with_script("participant_outil", code=seance.code, title=seance.title, most=MOST_BOARDS)


class State(_Asked, phone.Visitor):
    """What a table wrote, for a phone that has joined."""

    data = True
    statuses = ((errors.NotJoined, 403), (errors.NotAllowed, 422), *web.STATUSES)

    async def get(self, typed: str) -> None:
        code = access.plain_code(typed)
        token, asked = access.participant_token(self, code), self.asked()

        def read() -> dict[str, object]:
            if not token or not self.context.seances.knows(code, token):
                raise errors.NotJoined("Touchez « Participer » sur la page de la séance, puis revenez.")
            return state(self.context.boards, code, *asked)

        self.answer(await self.of_seance(code, read))


class Write(phone.Visitor, web.Posted):
    """One value; the reply comes after COMMIT."""

    data = True
    statuses = State.statuses
    largest = 4 * web.BODY_BYTES  # a row, or a long text

    async def post(self, typed: str) -> None:
        code = access.plain_code(typed)
        token, body = access.participant_token(self, code), self.json()
        self.context.limits.answers.spend(token or self.address)
        name, board, place = body.get("outil"), body.get("table"), body.get("place")
        if not isinstance(name, str) or not isinstance(place, str) or len(place) > 120 or "valeur" not in body:
            raise web.Refusal(422, "Ce que cette page envoie n’a pas la forme attendue : rechargez-la.")
        asked = code, token, name, board, place, body["valeur"]
        number = await self.of_seance(code, self.context.boards.write, *asked)
        self.context.hub.wrote(code, (name, board), number)
        if number == 1:  # a table that begins: the control page lists it
            self.context.hub.refresh_trainer(code)
        self.answer({"changement": number})


class Projection(access.TrainerPage):
    """What a table wrote, for the room to read."""

    async def get(self, code: str) -> None:
        code = access.plain_code(code)
        seance = await self.ask(self.context.seances.get, code)
        self.page(
            "formateur_outil",
            code=code,
            title=seance.title,
            style=assets.phone_address("outil.css"),
            script=assets.phone_address("outil.js"),
        )


class ProjectionState(_Asked, access.TrainerPage):
    """The same, as data."""

    data = True

    async def get(self, code: str) -> None:
        self.answer(await self.ask(state, self.context.boards, access.plain_code(code), *self.asked()))


def routes(context: Context) -> list:
    """Return the routes of the tools."""
    shared = {"context": context}
    return [
        (_PHONE, Page, shared),
        (rf"{_PHONE}/etat", State, shared),
        (rf"{_PHONE}/ecrire", Write, shared),
        (_TRAINER, Projection, shared),
        (rf"{_TRAINER}/etat", ProjectionState, shared),
    ]
