"""The evaluator's page: all texts of one question, marked with the rubric, from the keyboard, on this computer only."""

from __future__ import annotations

import asyncio
import re
import socket
import sqlite3
import threading
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Page, expect

from mallette.grading import assignment, feedback, grade, gradebook
from mallette.grading.assignment import Assignment
from mallette.paths import Project
from mallette.server import reading
from tests.grading import copies
from tests.grading.conftest import graded_course  # noqa: F401 (fixture)
from tests.vecteurs_texte import VECTORS

TEXTS = ["Un premier texte.", "\n".join(VECTORS), "Un autre texte."]


@pytest.fixture
def asked(graded_course: Project) -> Assignment:  # noqa: F811
    """A class of three texts and one copy without."""
    found = assignment.load("essai", graded_course)
    for number, text in enumerate(TEXTS, 1000):
        copies.hand_in(found, graded_course, f"p{number}", {"ecrire": text})
    copies.hand_in(found, graded_course, "p2000", {})
    grade.grade(found, graded_course)
    return found


@pytest.fixture
def address(asked: Assignment, graded_course: Project) -> Iterator[str]:  # noqa: F811
    """What the command prints, while it serves."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    ready, told, loops = threading.Event(), [], []

    def announce(where: str) -> None:
        told.append(where)
        loops.append(asyncio.get_event_loop())
        ready.set()

    def run() -> None:
        asyncio.set_event_loop(asyncio.new_event_loop())
        reading.serve(asked, graded_course, port, announce)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert ready.wait(20)
    yield told[0]
    loops[0].call_soon_threadsafe(loops[0].stop)
    thread.join(10)


def points(course: Project) -> dict[str, float | None]:
    with gradebook.opened(course) as book:
        return {code: gradebook.scores(book, "essai", code)["ecrire"].points for code in gradebook.codes(course)}


def test_texts_are_marked_one_after_the_other_from_the_keyboard(
    address: str,
    asked: Assignment,
    graded_course: Project,  # noqa: F811
    page_check: Callable[..., Page],
    kit_font: Callable,
    axe: Callable,
    no_overflow: Callable,
) -> None:
    page = page_check(address)
    kit_font(page)
    expect(page.get_by_text("0 texte lu sur 3.")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Lire les textes").focus()
    page.keyboard.press("Enter")
    codes = []
    for rank in range(3):
        expect(page.get_by_role("status")).to_contain_text(f"{rank} lu")
        codes.append(page.locator("input[name=copie]").get_attribute("value"))
        if rank == 0:
            page.get_by_text("Le document du devoir").click()
            expect(page.get_by_role("cell", name="42")).to_be_visible()
            axe(page)
            page.set_viewport_size({"width": 390, "height": 844})
            no_overflow(page)
            axe(page, colours=False)
            page.get_by_role("button", name="Enregistrer").click()
            expect(page.locator(":invalid").first).to_be_attached()
            assert set(points(graded_course).values()) == {None}
        for group in page.locator("fieldset").all():
            group.get_by_role("radio").first.focus()
            page.keyboard.press("ArrowDown")
        page.get_by_label("Ce que vous en dites").fill(f"Mot {rank}")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    expect(page.get_by_text("3 textes lus sur 3.")).to_be_visible()
    page.get_by_role("button", name="Donner 0 point à la copie sans texte").click()
    expect(page.get_by_role("button", name="Donner 0 point")).to_have_count(0)
    assert points(graded_course) == {"p1000": 1.5, "p1001": 1.5, "p1002": 1.5, "p2000": 0}

    page.get_by_role("link", name="Relire").click()
    expect(page.get_by_role("radio", checked=True)).to_have_count(2)
    expect(page.get_by_label("Ce que vous en dites")).to_have_value("Mot 0")
    feedback.write(asked, graded_course)
    returned = gradebook.feedback(graded_course, "essai", codes[0]).read_text(encoding="utf-8")
    assert "Mot 0" in returned
    assert "distingue (1\u00a0point)" in returned


def ask(
    address: str, path: str, method: str = "GET", body: dict | None = None, **headers: str
) -> tuple[int, str, dict]:
    parts = urlsplit(address)
    connection = HTTPConnection(parts.hostname, parts.port, timeout=10)
    sent = {"Content-Type": "application/x-www-form-urlencoded", **headers}
    connection.request(method, path, urlencode(body or {}), sent)
    reply = connection.getresponse()
    return reply.status, reply.read().decode(), dict(reply.getheaders())


def test_only_the_browser_that_opened_the_address_reads_and_writes(address: str, graded_course: Project) -> None:  # noqa: F811
    base = address.rsplit("/entrer/", 1)[0]
    status, _, headers = ask(address, urlsplit(address).path)
    cookie = headers["Set-Cookie"].split(";")[0]
    assert (status, "HttpOnly" in headers["Set-Cookie"], "SameSite=Strict" in headers["Set-Cookie"]) == (
        302,
        True,
        True,
    )
    for path in ("/lire/", "/lire/ecrire/1"):
        assert ask(address, path)[0] == 403
        assert ask(address, path, Cookie="mallette_lecture=autre")[0] == 403
        assert ask(address, path, Cookie=cookie, Host="ailleurs.example")[0] == 403
    assert ask(address, "/entrer/autre")[0] == 403
    assert ask(address, "/lire/vf/1", Cookie=cookie)[0] == 404
    marks = {"copie": "p1000", "critere-0": "1", "critere-1": "2"}
    for origin in ({}, {"Origin": "http://ailleurs.example"}):
        assert ask(address, "/lire/ecrire/1", "POST", marks, Cookie=cookie, **origin)[0] == 403
    good = {"Cookie": cookie, "Origin": base}
    assert ask(address, "/lire/ecrire/1", "POST", {**marks, "copie": "p9999"}, **good)[0] == 404
    assert ask(address, "/lire/ecrire/1", "POST", {**marks, "critere-1": "7"}, **good)[0] == 422
    assert set(points(graded_course).values()) == {None}
    assert ask(address, "/lire/ecrire/1", "POST", marks, **good)[0] == 303
    assert points(graded_course)["p1000"] == 3


def test_a_second_reader_takes_the_place_of_the_first_and_is_told(address: str, graded_course: Project) -> None:  # noqa: F811
    cookie = ask(address, urlsplit(address).path)[2]["Set-Cookie"].split(";")[0]
    good = {"Cookie": cookie, "Origin": address.rsplit("/entrer/", 1)[0]}
    page = ask(address, "/lire/ecrire/1", **good)[1]
    code, seen = re.search(r'name="copie" value="(.+?)"', page)[1], re.search(r'name="vu" value="(.+?)"', page)[1]
    marks = {"copie": code, "critere-0": "1", "critere-1": "2", "vu": seen}
    assert "remplacee" not in ask(address, "/lire/ecrire/1", "POST", marks, **good)[2]["Location"]
    where = ask(address, "/lire/ecrire/1", "POST", {**marks, "critere-0": "0"}, **good)[2]["Location"]
    assert where.endswith("?remplacee=1")
    assert "a pris la place de l’autre" in ask(address, where, **good)[1]
    assert points(graded_course)[code] == 2


def test_a_gradebook_that_another_program_holds_is_told_and_loses_no_word(
    address: str,
    asked: Assignment,
    graded_course: Project,  # noqa: F811
    page_check: Callable[..., Page],
    axe: Callable,
) -> None:
    page = page_check(address, cut=True)
    page.get_by_role("link", name="Lire les textes").click()
    for group in page.locator("fieldset").all():
        group.get_by_role("radio").first.check()
    page.get_by_label("Ce que vous en dites").fill("Un mot à garder")
    with sqlite3.connect(gradebook.folder(graded_course) / "gradebook.db") as other:
        other.execute("BEGIN EXCLUSIVE")
        page.get_by_role("button", name="Enregistrer").click()
        expect(page.get_by_role("alert")).to_contain_text("Fermez les autres programmes", timeout=20_000)
        expect(page.get_by_label("Ce que vous en disiez")).to_have_value("Un mot à garder")
        axe(page)
    page.get_by_role("button", name="Enregistrer de nouveau").click()
    expect(page.get_by_role("status")).to_contain_text("1 lu")
    assert set(points(graded_course).values()) != {None}
