"""What a browser asks of assignments: the list, a form, its state, the answers it sends, the hand-in; never a name."""

from __future__ import annotations

import asyncio
import importlib
from datetime import UTC, datetime
from typing import Any

from mallette import markdown
from mallette.french import duration
from mallette.grading import form, notebook
from mallette.grading.assignment import Assignment
from mallette.grading.drafts import Drafts
from mallette.grading.form import Forms
from mallette.questions import AnswerError
from mallette.seance.errors import NotAllowed
from mallette.seance.model import new_token
from mallette.server.seance import access, phone, web
from mallette.server.seance.context import Context

HOME = "/devoirs/"
TEMPLATES = "server/exercises/templates"
COOKIE = "mallette_copie"
COOKIE_DAYS = 1
_NAME = r"([a-z0-9-]{1,60})"
_UNKNOWN = "Ce devoir n’est pas ouvert : repartez de la liste des devoirs."
_NO_COOKIE = "Ce navigateur a perdu son cookie : rechargez la page."


class _Visitor(phone.Visitor, web.Posted):
    """Base of the routes below."""

    assignments = data = True
    largest = 60 * 1024  # a text of ten thousand characters
    script = "devoir.js"

    def initialize(self, context: Context, forms: Forms) -> None:
        super().initialize(context)
        self.forms = forms

    @property
    def token(self) -> str:
        """What this browser is known by; empty when it has nothing."""
        return access.token_of(self, COOKIE)

    def give_token(self) -> None:
        self.set_cookie(COOKIE, new_token(), path=HOME, httponly=True, samesite="Strict", expires_days=COOKIE_DAYS)

    def need_token(self) -> str:
        """Return the token.

        Raises:
            mallette.server.seance.web.Refusal: 403, there is none.
        """
        if not self.token:
            raise web.Refusal(403, _NO_COOKIE)
        return self.token

    async def ready(self) -> None:
        """Have nbgrader imported, which takes seconds: an answer needs nothing of it and does not wait for it."""
        await asyncio.get_running_loop().run_in_executor(None, importlib.import_module, "mallette.grading.collect")

    def opened(self, name: str) -> Assignment:
        """Return an open assignment.

        Raises:
            mallette.server.seance.web.Refusal: it is not, or cannot be answered for now.
        """
        try:
            return self.forms.open(name)
        except LookupError as error:
            raise web.Refusal(404, _UNKNOWN) from error
        except NotAllowed as error:
            raise web.Refusal(503, str(error)) from error


class Home(_Visitor):
    """The assignments that are open, and how far this browser is with each."""

    data = False

    async def get(self) -> None:
        await self.show()

    async def show(self, status: int = 200, problem: str = "", typed: str = "") -> None:
        await self.ready()
        token, rows, code = self.token, [], ""
        for name in form.opened(self.context.course):
            try:
                asked = self.opened(name)
            except web.Refusal as refusal:
                rows.append({"name": name, "title": name, "problem": refusal.message})
                continue
            work = await self.ask(self.forms.drafts.work, token, name)
            state = await self.ask(self.forms.handed_in, asked, token, work) if work.code else None
            code = code or work.code
            answered = sum(draft.value is not None for draft in work.answers.values())
            about = await self.ask(told, self.forms, asked)
            rows.append({**about, "problem": "", "answered": answered, "total": len(asked.items), "state": state})
        if not token:
            self.give_token()
        self.page("devoirs", status, folder=TEMPLATES, rows=rows, code=code, problem=problem, typed=typed)


class Claim(Home):
    """Go on with the code of a receipt, in another browser."""

    async def post(self) -> None:
        given = self.fields()
        code = "".join(given.get("code", "").split()).lower()[:20]
        word = "".join(given.get("mot", "").split()).lower()[:20]
        if not self.token:
            await self.show(403, problem="Ce navigateur a refusé ou perdu son cookie : réessayez.", typed=code)
            return
        limit = self.context.limits.wrong_words
        for key in (code, self.address):
            limit.check(key)
        try:
            await self.context.run(self.forms.drafts.claim, self.token, code, word, assignments=True)
        except NotAllowed as error:
            for key in (code, self.address):
                limit.spend(key)
            await self.show(409, problem=str(error), typed=code)
            return
        self.redirect(HOME, status=303)


class Leave(_Visitor):
    """Forget this browser: the next person on it begins anew."""

    data = False

    def post(self) -> None:
        self.clear_cookie(COOKIE, path=HOME)
        self.redirect(HOME, status=303)


class Form(_Visitor):
    """The page of an assignment: the same text for everyone, without a question in it."""

    data = False

    async def get(self, name: str) -> None:
        await self.ready()
        asked = self.opened(name)
        documents = [{"title": item.title, "text": markdown.to_html(item.text)} for item in asked.documents]
        self.page_with_script(
            "devoir",
            folder=TEMPLATES,
            asked=await self.ask(told, self.forms, asked),
            introduction=markdown.to_html(asked.introduction),
            documents=documents,
        )


class State(_Visitor):
    """Where a copy is. The first reply gives the cookie that has to come back."""

    async def get(self, name: str) -> None:
        await self.ready()
        asked = self.opened(name)
        if not self.token:
            self.give_token()
            self.answer({"reconnu": False})
            return
        self.answer({"reconnu": True, **await self.ask(self.forms.state, asked, self.token)})


class Answer(_Visitor):
    """An answer; the reply comes after COMMIT."""

    async def post(self, name: str) -> None:
        asked, token = self.opened(name), self.need_token()
        question, answer, number = phone.given(self.json())
        self.context.limits.answers.spend(token)
        if not await self.ask(self.forms.drafts.knows, token):  # anybody may make tokens up
            self.context.limits.copies.spend(self.address)
        try:
            self.answer(await self.ask(self.forms.record, asked, token, question, answer, number))
        except KeyError as error:
            raise web.Refusal(422, "Cette question n’est plus dans le devoir : rechargez la page.") from error
        except AnswerError as error:
            raise web.Refusal(422, str(error)) from error


class HandIn(_Visitor):
    """The hand-in: the reply comes once the copy is written."""

    async def post(self, name: str) -> None:
        await self.ready()
        asked, token = self.opened(name), self.need_token()
        self.json()
        self.answer(await self.ask(self.forms.hand_in, asked, token, datetime.now(UTC)))


def told(forms: Forms, asked: Assignment) -> dict[str, Any]:
    """Return what pages say of an assignment: ``limit`` is empty when there is none, ``late`` whether it is over."""
    limit = forms.limit(asked.name)
    return {
        "name": asked.name,
        "title": asked.title,
        "kind": asked.kind,
        "time": duration(asked.minutes),
        "points": notebook.points(asked.points) if asked.points else "",
        "limit": form.in_words(limit) if limit else "",
        "late": limit is not None and datetime.now(UTC) > limit,
    }


def routes(context: Context) -> list:
    shared = {"context": context, "forms": Forms(context.course, Drafts(context.store))}
    return [
        (r"/devoirs/?", Home, shared),
        (r"/devoirs/reprendre", Claim, shared),
        (r"/devoirs/quitter", Leave, shared),
        (rf"/devoirs/{_NAME}", Form, shared),
        (rf"/devoirs/{_NAME}/etat", State, shared),
        (rf"/devoirs/{_NAME}/reponse", Answer, shared),
        (rf"/devoirs/{_NAME}/remise", HandIn, shared),
    ]
