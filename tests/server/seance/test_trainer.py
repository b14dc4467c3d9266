"""Can a trainer conduct a séance from opening to erasing, and nobody else?"""

from __future__ import annotations

import contextlib
import errno
import html
import os
import re
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from mallette.paths import Project
from mallette.quiz import bank
from mallette.seance.errors import Unavailable
from mallette.seance.seances import Seances
from mallette.seance.store import FILE_NAME
from mallette.server.seance import context, restitution, trainer
from mallette.units import unit
from tests import formatrice, salle
from tests.vecteurs_texte import VECTORS

FILES = tuple(restitution.FILES)
CANARY = "canari-7f3a"


@pytest.fixture
def desk(room: salle.Room) -> formatrice.Trainer:
    return formatrice.enter(room)


@pytest.fixture
def own_course(tmp_path: Path) -> Project:
    """A course whose restitutions a test may look at."""
    return salle.write_course(tmp_path / "cours")


@pytest.fixture
def own_room(own_course: Project, tmp_path: Path) -> Iterator[salle.Room]:
    running = salle.start(own_course, tmp_path / "seances")
    yield running
    running.close()


def _phones(room: salle.Room, code: str, count: int = 6) -> list[salle.Phone]:
    return [room.phone().join(code) for _ in range(count)]


# --- who may ask ---------------------------------------------------------------------------------------------------


def _addresses(code: str) -> list[tuple[str, str]]:
    """Return method and address of every route of the trainer but the entrance and the files of style and script."""
    base = f"/formateur/s/{code}"
    found = [
        ("GET", "/formateur"),
        ("POST", "/formateur/seances"),
        ("GET", base),
        ("GET", f"{base}/ecran"),
        ("GET", f"{base}/fragment?vue=pilotage"),
        ("GET", f"{base}/fragment?vue=ecran"),
        ("GET", f"{base}/flux"),
        *(("GET", f"{base}/{name}") for name in FILES),
    ]
    return found + [
        ("POST", f"{base}/action?{urlencode({'action': name, 'question': 'aise', 'confirme': 1})}")
        for name in trainer.actions.ACTIONS
    ]


def test_every_route_is_listed_here(room: salle.Room, code: str) -> None:
    patterns = [re.compile(route[0] + "$") for route in trainer.routes(room.context)]
    addresses = [address.split("?")[0] for _, address in _addresses(code)]
    missing = [item.pattern for item in patterns if not any(item.match(address) for address in addresses)]
    assert sorted(missing) == sorted(
        [
            r"/formateur/entrer$",
            r"/statique/seance/(formateur\.(?:css|js)|(?:contact|exchange)\.js)$",
            r"/statique/seance/(resultats\.css)$",
        ]
    )


@pytest.mark.parametrize("cookie", ["", "mallette_formateur=", "mallette_formateur=devine"])
def test_without_the_secret_nothing_answers_and_nothing_changes(room: salle.Room, code: str, cookie: str) -> None:
    room.act("open_question", code, "aise")
    before = room.context.seances.get(code)
    visitor = room.phone()
    visitor.cookie = cookie
    for method, address in _addresses(code):
        reply = visitor.ask(method, address, "unite=1-essai&attendus=5" if method == "POST" else None, formatrice.FORM)
        assert reply.status == 403, (method, address)
        assert "réservée à la personne qui anime" in reply.text
        assert "aise" not in reply.text
    assert room.context.seances.get(code) == before
    assert len(room.context.seances.ongoing()) == 1


def test_a_participant_is_no_trainer(room: salle.Room, code: str) -> None:
    phone = room.phone().join(code)
    assert {
        phone.ask(method, address, "" if method == "POST" else None).status for method, address in _addresses(code)
    } == {403}


def test_only_the_printed_address_gives_the_cookie_of_one_browser_session(room: salle.Room) -> None:
    for wrong in ("", "?cle=", "?cle=devine", f"?cle={room.context.secret[:-1]}"):
        reply = room.phone().get(f"/formateur/entrer{wrong}")
        assert (reply.status, reply.headers["Set-Cookie"]) == (403, None)
    right = room.phone().get(f"/formateur/entrer?cle={room.context.secret}")
    assert (right.status, right.headers["Location"]) == (302, "/formateur")
    _, *settings = [part.strip() for part in right.headers["Set-Cookie"].split(";")]
    assert sorted(settings) == ["HttpOnly", "Path=/formateur", "SameSite=Strict"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://exemple.fr"},
        {"Origin": "null"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://127.0.0.1"},
        {},
    ],
)
def test_a_foreign_page_cannot_use_the_trainers_cookie(
    room: salle.Room, code: str, desk: formatrice.Trainer, headers: dict[str, str]
) -> None:
    for method, address in _addresses(code):
        if method == "POST":
            body = "unite=1-essai&attendus=5"
            reply = desk.browser.ask("POST", address, body, {**formatrice.FORM, **headers}, origin=False)
            assert reply.status == 403, address
    seance = room.context.seances.get(code)
    assert (seance.rounds, seance.finished, len(room.context.seances.ongoing())) == ((), False, 1)


def test_pages_run_no_script_but_the_kits(code: str, desk: formatrice.Trainer) -> None:
    for address in ("/formateur", f"/formateur/s/{code}", f"/formateur/s/{code}/ecran"):
        reply = desk.browser.get(address)
        policy = reply.headers["Content-Security-Policy"]
        assert "script-src 'self';" in policy
        assert "style-src 'self';" in policy
        assert "unsafe" not in policy
        assert not re.search(r"<script(?![^>]* src=)|<style| style=| on\w+=", reply.text)


# --- opening and taking up again -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"unite": salle.UNIT, "attendus": ""}, 422, "de 1 à 300"),
        ({"unite": salle.UNIT, "attendus": "douze"}, 422, "de 1 à 300"),
        ({"unite": salle.UNIT, "attendus": "0"}, 409, "300"),
        ({"unite": salle.UNIT, "attendus": "301"}, 409, "300"),
        ({"unite": "9-inconnue", "attendus": "12"}, 409, "unité"),
        ({}, 422, "de 1 à 300"),
    ],
)
def test_a_wrong_opening_is_told_in_place(
    room: salle.Room, desk: formatrice.Trainer, fields: dict[str, str], status: int, words: str
) -> None:
    reply = desk.browser.ask("POST", "/formateur/seances", urlencode(fields), formatrice.FORM)
    assert reply.status == status
    assert words in reply.text
    assert "Personnes attendues" in reply.text
    assert room.context.seances.ongoing() == []


def test_a_broken_unit_is_told_and_cannot_be_chosen(own_room: salle.Room, own_course: Project) -> None:
    (own_course.modules / salle.UNIT / "quiz.yml").write_text("questions: [\n", encoding="utf-8")
    page = formatrice.enter(own_room).browser.get("/formateur").text
    assert "ne peut pas ouvrir de séance" in page
    assert "quiz.yml, ligne" in page
    assert "<form" not in page


def test_a_trainer_sees_at_once_what_a_crash_left(course: Project, tmp_path: Path) -> None:
    first = salle.start(course, tmp_path / "seances")
    desk = formatrice.enter(first)
    code = desk.open()
    assert "reprise" not in desk.browser.get("/formateur").text
    desk.does(code, "ouvrir", question="aise")
    for phone in _phones(first, code, 3):
        phone.answer(code, "aise", 1)
    first.close()
    second = salle.start(course, tmp_path / "seances")
    try:
        assert desk.browser.cookie not in second.context.trainer_address, "un secret par lancement"
        desk = formatrice.enter(second)
        for page in (desk.browser.get("/formateur").text, desk.browser.get(f"/formateur/s/{code}").text):
            assert "Séance reprise, 3\u00a0réponses gardées" in page
        assert "3\u00a0réponses" in desk.projector(code)
        desk.does(code, "fermer", question="aise", tour=1, confirme=1)
        assert "Séance reprise" not in desk.control(code)
    finally:
        second.close()


# --- conducting ----------------------------------------------------------------------------------------------------


def _texts(value: object) -> set[str]:
    """Return every text of twelve characters or more in a structure."""
    if isinstance(value, dict | list):
        return set().union(*(_texts(item) for item in (value.values() if isinstance(value, dict) else value)), set())
    return {value} if isinstance(value, str) and len(value) >= 12 else set()


def test_the_control_page_leads_to_the_sheets_of_the_unit(own_room: salle.Room, own_course: Project) -> None:
    desk = formatrice.enter(own_room)
    code = desk.open()
    assert "Fiches à imprimer" not in desk.control(code), "no book, no sheets"
    page = own_course.html / "modules" / salle.UNIT / "fiches.html"
    page.parent.mkdir(parents=True)
    page.write_text("", encoding="utf-8")
    assert f'href="/livre/modules/{salle.UNIT}/fiches.html"' in desk.control(code)


def test_an_open_question_tells_nothing_of_its_answers(
    room: salle.Room, course: Project, desk: formatrice.Trainer
) -> None:
    code = desk.open()
    for question in bank.load_unit(unit(salle.UNIT, course)).questions:
        secrets = _texts(question.public()) - _texts(question.without_answers())
        assert secrets, question.id
        desk.does(code, "ouvrir", question=question.id)
        for view in (desk.control(code), desk.projector(code)):
            text = html.unescape(view)
            assert question.prompt in text
            assert not [secret for secret in secrets if secret in text]
            assert "mlt-resultat" not in text
        desk.does(code, "fermer", question=question.id, tour=1, confirme=1)


def test_answers_of_an_open_question_are_a_number_only(room: salle.Room, desk: formatrice.Trainer) -> None:
    code = desk.open()
    desk.does(code, "ouvrir", question="aise")
    before = (desk.control(code), desk.projector(code))
    for place, phone in enumerate(_phones(room, code)):
        phone.answer(code, "aise", place % 2)
    after = (desk.control(code), desk.projector(code))
    for old, new in zip(before, after, strict=True):
        changed = set(re.split(r"[<>\n]", new)) - set(re.split(r"[<>\n]", old))
        assert changed <= {"6\u00a0réponses", "6\u00a0personnes ont rejoint"}, changed


def test_a_question_that_closes_too_early_is_asked_about(room: salle.Room, desk: formatrice.Trainer) -> None:
    code = desk.open()
    desk.does(code, "ouvrir", question="aise")
    for phone in _phones(room, code, 4):
        phone.answer(code, "aise", 1)
    reply = desk.act(code, "fermer", question="aise", tour=1)
    assert reply.status == 200
    assert "4\u00a0réponses pour l’instant" in reply.text
    assert "Fermer quand même" in reply.text
    assert room.context.seances.get(code).current is not None
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', reply.text))
    desk.does(code, fields.pop("action"), **fields, confirme=1)
    assert room.context.seances.get(code).current is None
    assert "100" not in desk.projector(code)


def test_the_order_of_the_day_is_followed_and_the_next_question_proposed(
    room: salle.Room, desk: formatrice.Trainer
) -> None:
    code = desk.open()
    asked = []
    while match := re.search(
        r'formaction="[^"]*question=([\w-]+)&amp;tour=(\d)" id="ouvrir-[^"]*-suivante"', desk.control(code)
    ):
        asked.append(match.groups())
        desk.does(code, "ouvrir", question=match[1], tour=match[2])
        desk.does(code, "fermer", question=match[1], tour=match[2], confirme=1)
    quiz = [question.id for question in bank.load_unit(unit(salle.UNIT, room.context.course)).questions]
    assert asked == [
        ("position-o1", "1"),
        ("position-o2", "1"),
        *((name, "1") for name in quiz),
        ("position-o1", "2"),
        ("position-o2", "2"),
    ]
    assert "Toutes les questions ont été posées" in desk.control(code)


def test_a_timer_is_shown_and_closes_the_question(room: salle.Room, desk: formatrice.Trainer) -> None:
    code = desk.open()
    desk.does(code, "ouvrir", question="aise", tour=1, duree=30)
    for view in (desk.control(code), desk.projector(code)):
        assert 25 < int(re.search(r'data-restant="(\d+)"', view)[1]) <= 30
    assert desk.act(code, "ouvrir", question="heures", duree="99999").status == 409


def test_on_several_networks_the_trainer_chooses_the_address_that_the_room_sees(
    room: salle.Room, desk: formatrice.Trainer
) -> None:
    code = desk.open()
    assert "plusieurs réseaux" not in desk.control(code)
    room.context.rooms = {"127.0.0.1": "wlan0", "127.0.0.2": "tun0"}
    assert "127.0.0.2 (tun0)" in desk.control(code)
    assert f"127.0.0.1:{room.port}" in desk.projector(code)
    desk.does(code, "montrer-adresse", adresse="127.0.0.2")
    assert f"Code QR de l’adresse http://127.0.0.2:{room.port}/s/{code}" in desk.projector(code)
    assert f"127.0.0.1:{room.port}" not in desk.projector(code)
    assert desk.act(code, "montrer-adresse", adresse="192.0.2.1").status == 409


def test_what_was_done_is_not_told_as_an_incident_when_the_store_fails_just_after(
    room: salle.Room, desk: formatrice.Trainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(context, "RETRY_SECONDS", 0.2)
    code = desk.open()
    phone = room.phone().join(code)
    before = room.context.seances.get(code).version
    with monkeypatch.context() as broken:

        def fail(*_: object) -> None:
            raise Unavailable("Le disque ne répond pas.")

        broken.setattr(room.context.seances, "get", fail)
        desk.does(code, "ouvrir", question="aise", tour=1, duree=1)
        assert room.context.trouble == "Le disque ne répond pas."
        # Without the page's script the trainer is sent to the page, which says what is wrong.
        reply = desk.browser.ask("POST", f"/formateur/s/{code}/action", "action=fermer&question=x", formatrice.FORM)
        assert "Un incident" not in reply.text
    assert room.context.seances.get(code).version == before + 1
    deadline = time.monotonic() + 20
    while phone.get(f"/s/{code}/etat").data["etape"]["etat"] == "ouverte":
        assert time.monotonic() < deadline, "la minuterie de la question n’a pas été prise en compte"
        time.sleep(0.1)


def test_before_and_after_are_compared(room: salle.Room, desk: formatrice.Trainer) -> None:
    code = desk.open()
    phones = _phones(room, code, 10)
    formatrice.play(desk, phones, code, "position-o1", [0, 0, 0, 1, 1, 1, 2, 2, 3, 3])
    assert "Avant et après" not in desk.projector(code)
    formatrice.play(desk, phones, code, "position-o1", [3, 3, 3, 3, 4, 4, 4, 2, 2, 1], tour=2)
    assert "Avant et après" in desk.projector(code)
    desk.does(code, "afficher", ecran="resultat", question="position-o1", tour=2)
    assert "Avant et après" not in desk.projector(code)
    desk.does(code, "afficher", ecran="comparaison", question="position-o1", tour=2)
    assert "Avant et après" in desk.projector(code)


def test_the_published_value_waits_for_the_trainer(room: salle.Room, desk: formatrice.Trainer) -> None:
    code = desk.open()
    formatrice.play(desk, _phones(room, code), code, "cannabis", [10, 20, 30, 40, 50, 60])
    for view in (desk.control(code), desk.projector(code)):
        assert "Valeur publiée" not in view
    desk.does(code, "reveler", question="cannabis", tour=1)
    for view in (desk.control(code), desk.projector(code)):
        assert "Valeur publiée" in view


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"action": "ouvrir", "question": "inconnue"}, 409),
        ({"action": "ouvrir", "question": "heures", "tour": "3"}, 409),
        ({"action": "ouvrir", "question": "heures", "tour": "x"}, 422),
        ({"action": "ouvrir", "question": "heures"}, 409),  # another one is open
        ({"action": "reveler", "question": "aise"}, 409),
        ({"action": "afficher", "ecran": "resultat", "question": "aise"}, 409),
        ({"action": "afficher", "ecran": "comparaison", "question": "aise"}, 409),
        ({"action": "afficher", "ecran": "textes", "question": "aise"}, 409),
        ({"action": "afficher", "ecran": "nulle-part"}, 409),
        ({"action": "publier-texte", "texte": "0"}, 409),
        ({"action": "effacer", "confirme": "1"}, 409),
        ({"action": "danser"}, 422),
        ({}, 422),
    ],
)
def test_what_cannot_be_done_is_told_in_french_and_changes_nothing(
    room: salle.Room, desk: formatrice.Trainer, fields: dict[str, str], status: int
) -> None:
    code = desk.open()
    desk.does(code, "ouvrir", question="aise")
    before = (room.context.seances.get(code), desk.control(code), desk.projector(code))
    reply = desk.act(code, **{"action": "", **fields})
    assert reply.status == status
    assert 'role="alert"' in reply.text
    assert "Traceback" not in reply.text
    assert (room.context.seances.get(code), desk.control(code), desk.projector(code)) == before


def test_an_unknown_seance_is_told(desk: formatrice.Trainer) -> None:
    for address in ("", "/ecran", "/fragment?vue=ecran", "/restitution.html"):
        assert desk.browser.get(f"/formateur/s/BCDFGH{address}").status == 404
    assert desk.act("BCDFGH", "terminer").status == 404


def test_buttons_work_without_the_script(room: salle.Room, desk: formatrice.Trainer) -> None:
    code = desk.open()
    address = f"/formateur/s/{code}/action"
    reply = desk.browser.ask("POST", address, "action=ouvrir&question=aise&tour=1", formatrice.FORM)
    assert (reply.status, reply.headers["Location"]) == (303, f"/formateur/s/{code}")
    reply = desk.browser.ask("POST", address, "action=ouvrir&question=heures&tour=1", formatrice.FORM)
    assert reply.status == 409
    assert "<h1>" in reply.text
    assert "fermez-la d’abord" in reply.text
    reply = desk.browser.ask("POST", address, "action=terminer", formatrice.FORM)
    assert (reply.status, "Terminer la séance\u00a0?" in reply.text, "<h1>" in reply.text) == (200, True, True)
    assert not room.context.seances.get(code).finished


# --- free texts ----------------------------------------------------------------------------------------------------


def test_a_free_text_is_on_the_projector_only_once_released(room: salle.Room, desk: formatrice.Trainer) -> None:
    code = desk.open()
    formatrice.play(desk, _phones(room, code), code, "souvenir", [CANARY, *(f"texte {n}" for n in range(5))])
    assert CANARY in desk.control(code)
    assert CANARY not in desk.projector(code)
    name = next(item.id for item in room.context.seances.texts(code, "souvenir", 1) if item.text == CANARY)
    desk.does(code, "publier-texte", texte=name)
    assert CANARY in desk.projector(code)
    assert "texte 1" not in desk.projector(code)
    desk.does(code, "retirer-texte", texte=name)
    assert CANARY not in desk.projector(code)


def test_fewer_than_five_texts_are_shown_to_nobody(room: salle.Room, desk: formatrice.Trainer) -> None:
    code = desk.open()
    formatrice.play(desk, _phones(room, code, 4), code, "souvenir", [CANARY] * 4)
    assert CANARY not in desk.control(code) + desk.projector(code)


def test_script_in_free_text_stays_text_everywhere(own_room: salle.Room, own_course: Project) -> None:
    desk = formatrice.enter(own_room)
    code = desk.open(len(VECTORS))
    formatrice.play(desk, _phones(own_room, code, len(VECTORS)), code, "souvenir", VECTORS)
    for item in own_room.context.seances.texts(code, "souvenir", 1):
        desk.does(code, "publier-texte", texte=item.id)
    views = [desk.control(code), desk.projector(code)]
    desk.does(code, "terminer", confirme=1)
    folder = restitution.find(own_course, code)
    views.append((folder / "restitution.html").read_text(encoding="utf-8"))
    for view in views:
        for vector in VECTORS:
            if "<" in vector:
                assert vector not in view
            assert _squeezed(vector) in _squeezed(html.unescape(view)), vector
    for line in (folder / "resultats.csv").read_text(encoding="utf-8-sig").splitlines():
        for cell in line.split(";"):
            assert not re.match(r'"?[=+@\t\r-]', cell), cell


def _squeezed(text: str) -> str:
    return " ".join(text.split())


# --- the end -------------------------------------------------------------------------------------------------------


def _played(room: salle.Room) -> tuple[formatrice.Trainer, str]:
    """Return a séance with an estimate and free texts of which none is released."""
    desk = formatrice.enter(room)
    code = desk.open()
    formatrice.play(desk, _phones(room, code), code, "souvenir", [CANARY] * 6)
    formatrice.play(desk, _phones(room, code), code, "cannabis", [10, 20, 30, 40, 50, 60])
    return desk, code


def test_a_seance_ends_with_a_restitution_then_is_erased(
    own_room: salle.Room, own_course: Project, tmp_path: Path
) -> None:
    desk, code = _played(own_room)
    desk.does(code, "ouvrir", question="aise")
    asked = desk.act(code, "terminer")
    assert "Terminer la séance\u00a0?" in asked.text
    assert "La question ouverte se ferme" in asked.text
    assert not own_room.context.seances.get(code).finished
    desk.does(code, "terminer", confirme=1)
    folder = restitution.find(own_course, code)
    assert folder.parent == own_course.root / "restitutions"
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)
    page = desk.control(code)
    assert str(folder) in html.unescape(page)
    assert "12\u00a0réponses gardées" in page
    for name in FILES:
        reply = desk.browser.get(f"/formateur/s/{code}/{name}")
        assert reply.status == 200
        assert reply.text.encode() == (folder / name).read_bytes()
    assert "Effacer définitivement" in desk.act(code, "effacer").text
    assert len(own_room.context.seances.answers(code, "souvenir", 1)) == 6
    desk.does(code, "effacer", confirme=1)
    left = [path for path in tmp_path.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()]
    assert left == []
    page = desk.control(code)
    assert "Tout est effacé" in page
    assert str(folder) in html.unescape(page)
    assert "effacées" in desk.projector(code)
    assert desk.browser.get(f"/formateur/s/{code}/restitution.html").status == 200
    assert desk.act(code, "ouvrir", question="aise").status == 404


def test_an_erasure_held_up_by_another_program_is_ended_by_the_same_button(
    own_room: salle.Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_room.context.store, "_patience", 0.2)
    own_room.context.store.close()
    desk, code = _played(own_room)
    desk.does(code, "terminer", confirme=1)
    [file] = tmp_path.rglob(FILE_NAME)
    with contextlib.closing(sqlite3.connect(file)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM answers").fetchone()
        reply = desk.act(code, "effacer", confirme=1)
        assert reply.status == 503 and "effacez de nouveau" in reply.text
    desk.does(code, "effacer", confirme=1)
    assert not [path for path in file.parent.iterdir() if CANARY.encode() in path.read_bytes()]


def test_a_restitution_that_cannot_be_written_erases_nothing(
    own_room: salle.Room, own_course: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, code = _played(own_room)

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(restitution.files.os, "fsync", full)
        reply = desk.act(code, "terminer", confirme=1)
    assert reply.status == 503
    assert "Rien n’est effacé" in reply.text
    assert len(own_room.context.seances.answers(code, "cannabis", 1)) == 6
    assert [path for path in own_course.restitutions.rglob("*") if path.is_file()] == []
    page = desk.control(code)
    assert "pas encore écrite" in page
    assert "il ne restera rien" in desk.act(code, "effacer").text
    desk.does(code, "terminer")
    assert restitution.find(own_course, code) is not None


def test_a_failed_rewriting_keeps_the_former_files(
    own_room: salle.Room, own_course: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, code = _played(own_room)
    desk.does(code, "terminer", confirme=1)
    folder = restitution.find(own_course, code)
    before = {name: (folder / name).read_bytes() for name in FILES}
    monkeypatch.setattr(
        restitution.files.os, "replace", lambda *_: (_ for _ in ()).throw(PermissionError(13, "refusé"))
    )
    assert desk.act(code, "terminer").status == 503
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_two_seances_of_a_day_keep_two_restitutions(own_room: salle.Room, own_course: Project) -> None:
    codes = []
    for _ in range(2):
        desk, code = _played(own_room)
        desk.does(code, "terminer", confirme=1)
        codes.append(code)
    assert len(list(own_course.restitutions.iterdir())) == 2
    desk.does(codes[0], "effacer", confirme=1)
    seances: Seances = own_room.context.seances
    assert [item.code for item in seances.ongoing()] == [codes[1]]
    assert len(seances.answers(codes[1], "cannabis", 1)) == 6
