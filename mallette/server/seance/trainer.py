"""The trainer's routes, under ``/formateur``: open a séance, conduct it, project it, finish it, erase it."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

from mallette import units
from mallette.faults import relative
from mallette.paths import PACKAGE, Project
from mallette.seance import report
from mallette.seance.errors import UnknownSeance
from mallette.server import handlers
from mallette.server.seance import access, actions, boards, control, events, home, restitution, screen, web
from mallette.server.seance.context import Context
from mallette.server.seance.screen import View

HOME = access.TRAINER_PATH
CONTROL, PROJECTOR = "pilotage", "ecran"
"""The two views, as ``?vue=`` names them."""
# The page of a finished séance shows its restitution in a frame.
_FRAMING = web.HEADERS["Content-Security-Policy"] + "; frame-src 'self'"


def routes(context: Context) -> list:
    shared = {"context": context}
    seance = rf"{HOME}/s/([0-9A-Za-z]{{1,12}})"
    static = {"path": str(PACKAGE / "server/seance/static")}
    files = "|".join(name.replace(".", r"\.") for name in restitution.FILES)
    return [
        (rf"{HOME}/entrer", Enter, shared),
        (rf"{HOME}(?:/|/seances)?", home.Home, shared),
        (seance, Conduct, shared),
        (rf"{seance}/ecran", Projector, shared),
        (rf"{seance}/fragment", Fragment, shared),
        (rf"{seance}/flux", Stream, shared),
        (rf"{seance}/action", Action, shared),
        (rf"{seance}/({files})", Download, shared),
        (rf"{web.STATIC}/(formateur\.(?:css|js)|(?:contact|exchange)\.js)", handlers.Files, static),
        (rf"{web.STATIC}/(resultats\.css)", handlers.Files, {"path": str(report.STYLE.parent)}),
    ]


class _SeancePage(access.TrainerPage):
    """Base of the pages about one séance."""

    @property
    def course(self) -> Project:
        return self.context.course

    async def conduct(self, code: str, status: int = 200, message: str = "", confirm: View | None = None) -> None:
        view, fragment = await self.view(code, CONTROL)
        self.set_header("Content-Security-Policy", _FRAMING)
        self.page(
            "formateur_pilotage",
            status,
            view=view,
            fragment=fragment,
            message=message,
            confirm=confirm,
            **self.places(code),
        )

    async def view(self, code: str, which: str) -> tuple[object, str]:
        """Return what one of the two views shows now, and the template of it."""
        code = access.plain_code(code)
        address = self.context.participant_address(code)
        seances = self.context.seances

        def read() -> tuple[object, str]:
            try:
                seance = seances.get(code)
            except UnknownSeance:
                written = restitution.find(self.course, code)
                if written is None:
                    raise
                if which == PROJECTOR:
                    return screen.thanks(code), "formateur_projection"
                return restitution.ending(self.course, code, written, seances, None), "formateur_fin"
            if which == PROJECTOR:
                return screen.view(seances, code, self.context.trainer, address), "formateur_projection"
            if seance.finished:
                written = restitution.find(self.course, code)
                return restitution.ending(self.course, code, written, seances, seance), "formateur_fin"
            turned_away = [why for known, why in self.context.limits.turned_away if known == code]
            view = control.view(
                seances,
                code,
                self.context.trainer,
                address,
                turned_away,
                control.addresses(self.context.rooms, self.context.shown),
                _sheets(self.course, seance.unit),
            )
            view["tools"] = boards.choices(self.course, self.context.boards, seance)
            return view, "formateur_conduite"

        return await self.ask(read)

    def places(self, code: str) -> dict[str, str]:
        return {
            "base": f"{HOME}/s/{access.plain_code(code)}",
            "static": web.STATIC,
            "results_css": f"{web.STATIC}/{report.STYLE.name}",
        }


def _sheets(course: Project, slug: str) -> list[tuple[str, str]]:
    """Return the pages of sheets to print, those of a unit first; none when no book is built."""
    pages = [("Fiches communes", course.common_sheets)]
    with contextlib.suppress(LookupError):  # the unit left the course since
        pages.insert(0, ("Fiches à imprimer", units.unit(slug, course).sheets))
    built = [(label, relative(path, course.root).removesuffix(".md") + ".html") for label, path in pages]
    return [(label, f"/livre/{page}") for label, page in built if (course.html / page).is_file()]


class Enter(web.Handler):
    """The address printed at the start: it gives this browser the trainer's cookie."""

    def get(self) -> None:
        if not access.same_secret(self.get_query_argument("cle", None), self.context.secret):
            raise web.Refusal(
                403,
                "Cette adresse n’est plus la bonne : ouvrez celle qu’affiche la fenêtre où la "
                "mallette a été lancée. Elle change à chaque lancement, sauf quand une séance "
                "était restée ouverte.",
            )
        access.give_trainer_cookie(self)
        self.redirect(HOME)


# --- the two views -------------------------------------------------------------------------------------------------


class Conduct(_SeancePage):
    """The control page."""

    async def get(self, code: str) -> None:
        await self.conduct(code)


class Projector(_SeancePage):
    """What the room sees."""

    async def get(self, code: str) -> None:
        view, fragment = await self.view(code, PROJECTOR)
        self.page("formateur_ecran", view=view, fragment=fragment, **self.places(code))


class Fragment(_SeancePage):
    """The part of either view that changes."""

    async def get(self, code: str) -> None:
        view, fragment = await self.view(code, self.get_query_argument("vue", CONTROL))
        self.page(fragment, view=view, **self.places(code))


class Stream(access.TrainerOnly, events.Stream):
    """Tells the trainer's views that something changed."""

    async def get(self, code: str) -> None:
        code = access.plain_code(code)
        seances = self.context.seances
        # A person for each table that is projected: the page of one takes no stream from the control page.
        await self.follow(code, f"formateur {self.board}", lambda: seances.get(code).version, trainer=True)


class Download(_SeancePage):
    """One of the files of the restitution, before and after the answers are erased."""

    async def get(self, code: str, name: str) -> None:
        code = access.plain_code(code)
        folder = restitution.find(self.course, code)
        if folder is None:
            raise web.Refusal(404, "Cette restitution n’est pas encore écrite : terminez d’abord la séance.")
        kind, _ = restitution.FILES[name]
        self.set_header("Content-Type", f"{kind}; charset=utf-8")
        self.set_header(
            "Content-Security-Policy",
            "default-src 'none'; font-src data:; img-src data:; base-uri 'none'; "
            f"form-action 'none'; frame-ancestors 'self'; style-src {report.style_hash()}",
        )
        if not name.endswith(".html"):
            self.set_header("Content-Disposition", f'attachment; filename="{folder.name}-{name}"')
        self.finish(await asyncio.to_thread((folder / name).read_bytes))


# --- what the trainer does -----------------------------------------------------------------------------------------


class Action(_SeancePage, web.Posted):
    """Does what a button says. Answers nothing but a word where one is needed: the views follow by their stream."""

    @property
    def from_script(self) -> bool:
        """Whether the page's script asks, and wants the message alone."""
        return self.request.headers.get("X-Mallette") == "fragment"

    async def post(self, code: str) -> None:
        code = access.plain_code(code)
        fields = self.fields()
        perform = actions.ACTIONS.get(fields.get("action", ""))
        if perform is None:
            raise web.Refusal(422, "Ce bouton n’est pas reconnu : rechargez la page.")
        asked = actions.Request(self.context, code, fields)
        try:
            await self.ask(perform, asked)
        except actions.Unsure as unsure:
            kept = {name: value for name, value in fields.items() if name in ("action", "question", "tour")}
            back = f"{HOME}/s/{code}"
            confirm = {"address": f"{back}/action", "fields": kept, "label": unsure.label, "back": back}
            await self._say(code, 200, str(unsure), confirm)
        except restitution.NotWritten as error:
            await self._tell(code, "terminer")
            await self._say(code, 503, str(error))
        except web.Refusal as refusal:
            if refusal.status_code == 503:
                self.context.changed_soon(code)
            await self._say(code, refusal.status_code, refusal.message)
        else:
            if fields["action"] == "effacer":
                self.context.trainer.forget(code)
            else:
                self.context.trainer.known.add(code)
            await self._tell(code, fields["action"])
            if self.from_script:
                self.set_status(204)
            else:
                self.redirect(f"{HOME}/s/{code}", status=303)

    async def _tell(self, code: str, action: str) -> None:
        """Tell every view of the séance; what only the projector shows does not make sixty phones ask again."""
        if action != "afficher":
            await self.context.changed(code)
            return
        self.context.hub.refresh_trainer(code)

    async def _say(self, code: str, status: int, message: str, confirm: View | None = None) -> None:
        if self.from_script:
            self.page("formateur_message", status, message=message, confirm=confirm)
        else:
            await self.conduct(code, status, message, confirm)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        error = kwargs.get("exc_info", (None, None))[1]
        if self.from_script:
            message = error.message if isinstance(error, web.Refusal) else handlers.OTHER[1]
            self.page("formateur_message", status_code, message=message, confirm=None)
        else:
            super().write_error(status_code, **kwargs)
