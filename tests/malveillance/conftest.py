"""The servers that the probes of this folder attack."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import serveur
from tests.conftest import QUIZ_WORKSHOP, SLIDER_WORKSHOP, add_unit, write_small_course
from tests.malveillance.client import Trainer, Visitor

_NUMBERS = itertools.count(1)


def write_room(root: Path) -> serveur.Project:
    """Write a small course: a quiz, a page with a kernel, a book and decks of one page each."""
    course = write_small_course(root)
    (course.modules / "1-essai" / "atelier.md").write_text(QUIZ_WORKSHOP, encoding="utf-8")
    add_unit(course, "2-curseur", SLIDER_WORKSHOP)
    for folder in (course.html, course.decks):
        folder.mkdir(parents=True)
        (folder / "index.html").write_text("<!doctype html><title>Essai</title><p>Livre d’essai</p>", encoding="utf-8")
    return course


@pytest.fixture(scope="session")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[serveur.Server]:
    """The workshop of a small course, quick to start: a page of the kit and one with a kernel."""
    folder = tmp_path_factory.mktemp("salle")
    running = serveur.start(write_room(folder / "cours"), folder / "serveur.log")
    yield running
    running.close()


@pytest.fixture
def visitor(room: serveur.Server) -> Visitor:
    """Someone who has opened nothing yet, at an address of their own: the server counts the pages of each device."""
    return Visitor(room.url, f"127.0.1.{next(_NUMBERS)}")


@pytest.fixture
def trainer(room: serveur.Server) -> Trainer:
    """The person who conducts, in the small course's workshop."""
    return Trainer(room.url).enter(room.text)
