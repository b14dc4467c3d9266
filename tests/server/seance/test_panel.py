"""Can a trainer make a panel of a room that was shown its answers, and of no other?"""

from __future__ import annotations

import errno
import html
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from mallette import cli
from mallette.paths import Project
from mallette.quiz import bank
from mallette.server.seance import restitution
from mallette.units import unit
from tests import formatrice, salle

CANARY = "canari-7f3a"
ROOM = [-2, -1, -1, 0, 0, 0, 1, 1, 1, 1, 2, 2]
GROUP = "éducateurs de prévention spécialisée"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return salle.write_course(tmp_path_factory.mktemp("panel") / "cours")


@pytest.fixture
def own_course(small: Project) -> Iterator[Project]:
    """A course whose panels and bank a test may change; its references are read once."""
    yield small
    shutil.copy(salle.BANK, unit(salle.UNIT, small).quiz)
    for folder in (small.panels, small.restitutions):
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def own_room(own_course: Project, tmp_path: Path) -> Iterator[salle.Room]:
    running = salle.start(own_course, tmp_path / "seances")
    yield running
    running.close()


def _phones(room: salle.Room, code: str, count: int) -> list[salle.Phone]:
    return [room.phone().join(code) for _ in range(count)]


def _judged(room: salle.Room, answers: list[int]) -> tuple[formatrice.Trainer, str]:
    """Return a finished séance where a room answered a judgement, beside a free text."""
    desk = formatrice.enter(room)
    code = desk.open()
    phones = _phones(room, code, len(answers))
    formatrice.play(desk, phones, code, "rupture", answers)
    formatrice.play(desk, phones, code, "souvenir", [CANARY] * len(answers))
    desk.does(code, "terminer", confirme=1)
    return desk, code


def test_a_room_becomes_a_panel_of_the_bank_and_leaves_no_trace_of_a_person(
    own_room: salle.Room, own_course: Project
) -> None:
    desk, code = _judged(own_room, ROOM)
    assert "En faire un panel" in desk.control(code)
    desk.does(code, "panel", question="rupture", profession=f"  {GROUP}  de l'Ouest. ")
    held = list(own_course.panels.iterdir())
    assert [path.name for path in held] == [f"{own_room.context.seances.get(code).opened}-{salle.UNIT}-rupture.yml"]
    text = held[0].read_text(encoding="utf-8")
    assert sorted(yaml.safe_load(text)) == ["date", "effectif", "origine", "posee", "question", "reponses", "unite"]
    assert yaml.safe_load(text)["reponses"] == [1, 2, 3, 4, 2] and f"{GROUP} de l’Ouest\n" in text
    assert code not in text and CANARY not in text
    assert f"make panel FICHIER=panels/{held[0].name}" in desk.control(code)
    desk.does(code, "panel", question="rupture", profession=GROUP)
    assert len(list(own_course.panels.iterdir())) == 1, "corriger le métier n’écrit pas un second panel"
    desk.does(code, "effacer", confirme=1)
    assert f"make panel FICHIER=panels/{held[0].name}" in desk.control(code)
    assert cli.main(["--cours", str(own_course.root), "panel", str(held[0])]) == 0
    question = bank.load_unit(unit(salle.UNIT, own_course)).select(["rupture"]).questions[0]
    assert question.content["panel"]["reponses"] == [1, 2, 3, 4, 2] and question.content["panel"]["effectif"] == 12

    desk, code = _judged(own_room, ROOM[::-1])
    desk.does(code, "reveler", question="rupture", tour=1)
    assert "panel\u00a0:" in html.unescape((restitution.find(own_course, code) / "restitution.html").read_text("utf-8"))
    assert "En faire un panel" not in desk.control(code), "la même salle, le même jour : le fichier est là"
    other, code = _judged(own_room, [*ROOM, 2])
    other.does(code, "panel", question="rupture", profession=GROUP)
    assert len(list(own_course.panels.iterdir())) == 2


def test_a_group_is_named_by_its_trade(own_room: salle.Room, own_course: Project) -> None:
    desk, code = _judged(own_room, ROOM)
    for profession, words in (
        ("", "le métier du groupe"),
        ("   ", "le métier du groupe"),
        ("Mme Durand et son équipe", "une personne"),
        ("proposition de l’équipe", "vraiment répondu"),
        ("anciens dealers", "mot qui enferme"),
        ("a" * 300, "120 au plus"),
    ):
        reply = desk.act(code, "panel", question="rupture", profession=profession)
        assert reply.status == 422 and words in html.unescape(reply.text), profession
    assert not own_course.panels.exists()


def test_what_the_room_was_not_shown_becomes_no_panel(own_room: salle.Room, own_course: Project) -> None:
    for answers, words in ((ROOM[:9], "un panel en demande dix"), ([1] * 11 + [2], "Presque tout le monde")):
        desk, code = _judged(own_room, answers)
        assert words in html.unescape(desk.control(code)) and "En faire un panel" not in desk.control(code)
        for question in ("rupture", "souvenir", "aise", "absente"):
            assert desk.act(code, "panel", question=question, profession=GROUP).status == 409, question
    desk = formatrice.enter(own_room)
    code = desk.open()
    phones = _phones(own_room, code, 12)
    formatrice.play(desk, phones, code, "rupture", ROOM)
    assert "Terminez d’abord" in desk.act(code, "panel", question="rupture", profession=GROUP).text
    formatrice.play(desk, phones, code, "rupture", ROOM[::-1], tour=2)
    desk.does(code, "terminer", confirme=1)
    assert "avant l’échange" in desk.act(code, "panel", question="rupture", tour=2, profession=GROUP).text
    assert not own_course.panels.exists()


def test_a_panel_that_cannot_be_written_is_told_and_erases_nothing(
    own_room: salle.Room, own_course: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, code = _judged(own_room, ROOM)
    with monkeypatch.context() as patch:
        patch.setattr(restitution.files.os, "fsync", lambda _: (_ for _ in ()).throw(OSError(errno.ENOSPC, "plein")))
        reply = desk.act(code, "panel", question="rupture", profession=GROUP)
    assert reply.status == 503 and "avant d’effacer" in reply.text
    assert list(own_course.panels.iterdir()) == []
    desk.does(code, "panel", question="rupture", profession=GROUP)
