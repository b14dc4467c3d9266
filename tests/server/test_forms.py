"""The form of an assignment: what a browser may ask, what is kept, what a hand-in becomes."""

# ruff: noqa: F811
from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nbformat
import pytest

from mallette.grading import assignment, collect, erase, feedback, grade, gradebook, handin, literals, notebook
from mallette.grading.assignment import Assignment
from mallette.grading.drafts import Drafts
from mallette.grading.form import Forms
from mallette.paths import Project
from mallette.seance.store import FILE_NAME, Store
from tests import salle
from tests.conftest import copy_content
from tests.grading import copies
from tests.grading.conftest import asked, graded_course, room  # noqa: F401 (fixtures)

FORM = "/devoirs/essai"
TOLD = {"juste", "explication", "explications", "reponse", "valeur", "valeur_de", "accepte", "source", "retours"}
"""Names of fields that tell an answer, wherever they stand in a question."""
TOLD |= {"marge", "calcul", "avec", "pieges", "grille", "exemple", "proche", "reperes", "lecture", "panel"}


@pytest.fixture
def browser_of(room: salle.Room) -> salle.Phone:
    return opened(room.phone())


def opened(phone: salle.Phone) -> salle.Phone:
    """Open the form as its page does: the first reply gives the cookie."""
    first = phone.get(f"{FORM}/etat")
    assert first.data == {"reconnu": False}
    phone.cookie = first.headers["Set-Cookie"].split(";")[0]
    return phone


def state(phone: salle.Phone) -> dict[str, Any]:
    reply = phone.get(f"{FORM}/etat")
    assert reply.status == 200, reply.text
    return reply.data


def answer(phone: salle.Phone, question: str, given: object, number: int | None = None) -> salle.Reply:
    if number is None:
        phone.number = number = phone.number + 1
    return phone.ask("POST", f"{FORM}/reponse", {"question": question, "numero": number, "reponse": given})


def hand_in(phone: salle.Phone) -> salle.Reply:
    return phone.ask("POST", f"{FORM}/remise", {})


def kept(course: Project, code: str) -> Mapping[str, object]:
    """Return the answers of a copy as the grader reads them."""
    described = assignment.load("essai", course)
    return handin.read(gradebook.submitted(course, "essai", code).read_bytes(), described).answers


def keys(value: object) -> set[str]:
    if isinstance(value, dict):
        return {*value, *(key for item in value.values() for key in keys(item))}
    return {key for item in value for key in keys(item)} if isinstance(value, list) else set()


def test_what_is_answered_is_kept_and_handed_in(browser_of: salle.Phone, graded_course: Project) -> None:
    assert state(browser_of)["reponses"] == {}
    assert answer(browser_of, "lire-une-case", 10.2).data == {"numero": 1, "reponse": 10.2}
    assert answer(browser_of, "plusieurs", [2, 0]).status == 200
    assert answer(browser_of, "ranger", [2, 0, 1]).status == 200
    assert answer(browser_of, "ecrire", " Un texte.\n").data["reponse"] == "Un texte."
    assert answer(browser_of, "vf", "vrai").status == 200
    assert answer(browser_of, "vf", None).data == {"numero": 6, "reponse": None}
    shown = state(browser_of)
    assert shown["reponses"]["ranger"] == {"numero": 3, "reponse": [2, 0, 1]}
    assert shown["remise"] is None

    receipt = hand_in(browser_of).data
    assert receipt["reponses"] == 4
    assert (receipt["retard"], receipt["changee"]) == (False, False)
    ranged = assignment.load("essai", graded_course).item("ranger").question.from_shown([2, 0, 1])
    expected = {"lire-une-case": 10.2, "plusieurs": [0, 2], "ranger": ranged, "ecrire": "Un texte."}
    assert kept(graded_course, receipt["code"]) == expected
    assert state(browser_of)["remise"] == receipt

    answer(browser_of, "choix", 1)
    assert state(browser_of)["remise"]["changee"]
    again = hand_in(browser_of).data
    assert again["code"] == receipt["code"]
    assert kept(graded_course, again["code"]) == {**expected, "choix": 1}


def test_the_last_answer_stays_however_late_others_come(browser_of: salle.Phone) -> None:
    answer(browser_of, "choix", 2, number=5)
    assert answer(browser_of, "choix", 0, number=4).data == {"numero": 5, "reponse": 2}
    assert answer(browser_of, "choix", 2, number=5).data == {"numero": 5, "reponse": 2}
    assert state(browser_of)["reponses"]["choix"] == {"numero": 5, "reponse": 2}


REFUSED: list[tuple[object, int]] = [
    ({"question": "choix", "numero": 1, "reponse": 3}, 422),
    ({"question": "choix", "numero": 1, "reponse": True}, 422),
    ({"question": "choix", "numero": 0, "reponse": 1}, 422),
    ({"question": "choix", "numero": 1.5, "reponse": 1}, 422),
    ({"question": "choix", "numero": 1}, 422),
    ({"question": ["choix"], "numero": 1, "reponse": 1}, 422),
    ({"question": "autre", "numero": 1, "reponse": 1}, 422),
    ({"question": "lire-une-case", "numero": 1, "reponse": 1000}, 422),
    ({"question": "ecrire", "numero": 1, "reponse": "a" * 4001}, 422),
    ({"question": "ecrire", "numero": 1, "reponse": "\0"}, 422),
    ({"question": "ecrire", "numero": 1, "reponse": "a" * 62_000}, 413),
    ('{"question": "choix", "numero": 1, "reponse": NaN}', 422),
    ("[]", 422),
    ("", 422),
]


def test_what_is_no_answer_is_refused_in_french(browser_of: salle.Phone) -> None:
    for sent, status in REFUSED:
        reply = browser_of.ask("POST", f"{FORM}/reponse", sent)
        assert reply.status == status, sent
        assert reply.data["message"].endswith(".")
    assert state(browser_of)["reponses"] == {}


def test_requests_that_do_not_come_from_the_form_are_refused(room: salle.Room, browser_of: salle.Phone) -> None:
    body = {"question": "choix", "numero": 1, "reponse": 1}
    for path in (f"{FORM}/reponse", f"{FORM}/remise", "/devoirs/reprendre", "/devoirs/quitter"):
        assert browser_of.ask("POST", path, body, origin=False).status == 403
    stranger = room.phone()
    assert stranger.ask("POST", f"{FORM}/reponse", body).status == 403
    assert stranger.ask("POST", f"{FORM}/remise", {}).status == 403
    assert stranger.get("/devoirs/autre").status == 404
    assert stranger.get("/devoirs/autre/etat").status == 404
    assert hand_in(browser_of).status == 409, "nothing was answered"


def test_one_address_cannot_begin_copies_without_end(room: salle.Room) -> None:
    copies_begun = room.context.limits.copies
    copies_begun.count = 2
    phone = room.phone()
    statuses = []
    for rank in range(4):
        phone.cookie = f"mallette_copie={'a' * 21}{rank}"
        statuses += [answer(phone, "choix", 1).status, answer(phone, "choix", 2).status]
    assert statuses == [200, 200, 200, 200, 429, 429, 429, 429]
    assert answer(opened(room.phone()), "choix", 1).status == 200, "another address goes on"


def test_a_form_tells_no_answer(room: salle.Room, browser_of: salle.Phone) -> None:
    shown = state(browser_of)
    assert keys(shown["questions"]) & TOLD == set()
    text = json.dumps(shown, ensure_ascii=False) + room.phone().get(FORM).text
    for secret in ("Vous avez divisé", "confond", "Ce chiffre existe", "Oui un"):
        assert secret not in text


def test_a_code_and_its_word_bring_a_copy_to_another_device(room: salle.Room, browser_of: salle.Phone) -> None:
    answer(browser_of, "choix", 1)
    receipt = hand_in(browser_of).data
    other = opened(room.phone())
    answer(other, "vf", "faux")
    answer(other, "choix", 0)

    def claim(code: str, word: str) -> salle.Reply:
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        return other.ask("POST", "/devoirs/reprendre", f"code={code}&mot={word}", form)

    assert claim(receipt["code"], "bcdfg").status == 409
    assert claim("p0001", receipt["mot"]).status == 409
    reply = claim(f" {receipt['code'].upper()} ", receipt["mot"].upper())
    assert (reply.status, reply.headers["Location"]) == (303, "/devoirs/")
    reponses = {name: item["reponse"] for name, item in state(other)["reponses"].items()}
    assert reponses == {"choix": 1, "vf": "faux"}
    assert state(other)["remise"]["code"] == receipt["code"]
    assert state(other)["remise"]["mot"] == "", "only the browser that got it is told the word"
    answer(other, "choix", 2, number=99)
    assert state(browser_of)["reponses"]["choix"]["reponse"] == 2
    assert receipt["code"] in other.get("/devoirs/").text

    guesser = opened(room.phone())
    other = guesser
    statuses = [claim(receipt["code"], f"bcdf{sign}").status for sign in "bcdfghjkmnp"]
    assert statuses[-1] == 429


def test_a_deadline_and_a_feedback_are_told(
    room: salle.Room,
    browser_of: salle.Phone,
    asked: Assignment,
    graded_course: Project,
) -> None:
    gradebook.generate(graded_course, "essai", datetime(2020, 1, 1, 12, 0))
    answer(browser_of, "choix", 1)
    assert hand_in(browser_of).data["retard"] is True
    assert "La limite est passée" in room.phone().get(FORM).text
    code = hand_in(browser_of).data["code"]
    grade.grade(asked, graded_course)
    feedback.write(asked, graded_course)
    before = gradebook.submitted(graded_course, "essai", code).read_bytes()
    answer(browser_of, "choix", 0)
    refused = hand_in(browser_of)
    assert (refused.status, "déjà rendu" in refused.data["message"]) == (409, True)
    assert gradebook.submitted(graded_course, "essai", code).read_bytes() == before
    assert datetime.now(UTC) > collect.when(graded_course, "essai", code)


def test_an_assignment_that_changed_waits_for_the_evaluator(
    room: salle.Room,
    browser_of: salle.Phone,
    graded_course: Project,
) -> None:
    answer(browser_of, "choix", 1)
    answer(browser_of, "vf", "faux")
    path = assignment.path("essai", graded_course)
    path.write_text(path.read_text("utf-8").replace("Lequel ?", "Lequel des trois ?"), "utf-8")
    reply = browser_of.get(f"{FORM}/etat")
    assert (reply.status, "a changé" in reply.data["message"]) == (503, True)
    assert "a changé" in room.phone().get("/devoirs/").text
    copies.prepared(graded_course)
    shown = state(browser_of)
    assert set(shown["reponses"]) == {"vf"}
    assert shown["perimees"] == ["choix"]
    assert kept(graded_course, hand_in(browser_of).data["code"]) == {"vf": "faux"}


def test_a_copy_that_cannot_be_written_is_not_lost(browser_of: salle.Phone, graded_course: Project) -> None:
    answer(browser_of, "choix", 1)
    place = graded_course.exercises / "submitted"
    place.write_text("un fichier là où il faut un dossier", encoding="utf-8")
    refused = hand_in(browser_of)
    assert refused.status == 503
    assert "gardées" in refused.data["message"]
    place.unlink()
    receipt = hand_in(browser_of).data
    assert kept(graded_course, receipt["code"]) == {"choix": 1}


def test_forty_people_at_once(room: salle.Room, graded_course: Project) -> None:
    """Each answers all questions and hands in twice: what was acknowledged is in the copies, one code a person."""
    phones = [opened(room.phone()) for _ in range(40)]

    def work(rank: int) -> tuple[str, dict[str, object]]:
        phone, given = phones[rank], {}
        for name, value in (("choix", rank % 3), ("lire-une-case", rank), ("ecrire", f"Texte {rank}"), ("vf", "vrai")):
            if answer(phone, name, value).status == 200:
                given[name] = value
        first, second = hand_in(phone), hand_in(phone)
        assert first.data["code"] == second.data["code"]
        return first.data["code"], given

    with ThreadPoolExecutor(40) as pool:
        done = [*pool.map(work, range(40))]
    assert len({code for code, _ in done}) == 40
    for rank, (code, given) in enumerate(done):
        assert kept(graded_course, code) == given
        assert len(given) == 4, rank


def test_effacer_takes_what_the_form_keeps(
    room: salle.Room,
    browser_of: salle.Phone,
    asked: Assignment,
    graded_course: Project,
    tmp_path: Path,
) -> None:
    answer(browser_of, "ecrire", "un canari")
    hand_in(browser_of)
    code = room.open()
    store = tmp_path / "seances" / FILE_NAME
    assert b"canari" in store.read_bytes() + Path(f"{store}-wal").read_bytes()
    erase.erase(graded_course, "essai")
    assert b"canari" not in store.read_bytes() + Path(f"{store}-wal").read_bytes()
    assert state(browser_of)["reponses"] == {}
    assert state(browser_of)["remise"] is None
    assert room.context.seances.get(code).code == code, "a séance stays"
    answer(browser_of, "vf", "vrai", number=50)
    room.context.seances.erase(code)
    assert state(browser_of)["reponses"]["vf"]["reponse"] == "vrai", "and a draft stays when a séance goes"


def test_nothing_of_a_browser_is_kept_in_clear(browser_of: salle.Phone, tmp_path: Path) -> None:
    answer(browser_of, "choix", 1)
    receipt = hand_in(browser_of).data
    connection = sqlite3.connect(tmp_path / "seances" / FILE_NAME)
    text = "\n".join(connection.iterdump())
    connection.close()
    assert receipt["code"] in text
    assert receipt["mot"] not in text
    assert browser_of.cookie.split("=")[1] not in text


# The form and a notebook.


@pytest.fixture(scope="module")
def whole_course(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The real course; what nbgrader would release is our own notebook, checks included: both ways start from it."""
    course = copy_content(tmp_path_factory.mktemp("cours") / "cours")
    for name in assignment.names(course):
        path = assignment.handed_out(name, course)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(nbformat.writes(notebook.make(assignment.load(name, course))), encoding="utf-8")
    return course


def profiles(described: Assignment) -> Iterator[dict[str, Any]]:
    """Yield answers that are right, wrong, and some of each with one left out."""
    if described.kind == "positionnement":
        yield {item.id: item.rank % 4 for item in described.items}
        return
    right = copies.right(described)
    wrong = {item.id: copies.wrong(item) for item in described.items}
    yield right
    yield wrong
    yield {item.id: (right if item.rank % 2 else wrong)[item.id] for item in described.items[:-1] if item.id in right}


def test_a_form_and_a_notebook_with_the_same_answers_are_one_copy(whole_course: Project, tmp_path: Path) -> None:
    """Byte for byte, for every assignment: marks and comments come from this file alone."""
    store = Store(tmp_path / "seances")
    forms = Forms(whole_course, Drafts(store))
    for name in assignment.names(whole_course):
        described = forms.open(name)
        assert keys(forms.state(described, "personne")["questions"]) & TOLD == set()
        for rank, answers in enumerate(profiles(described)):
            token = f"{name}-{rank}"
            for item in described.items:
                if item.id in answers:
                    forms.record(described, token, item.id, item.question.shown(answers[item.id]), 1)
            code = forms.hand_in(described, token, copies.NOW)["code"]
            cells = {
                item.id: repr(literals.literal(item.question, answers[item.id]))
                for item in described.items
                if item.id in answers
            }
            place = tmp_path / token
            place.mkdir()
            (place / f"p0{rank}_{name}.ipynb").write_bytes(copies.typed(described, whole_course, cells))
            assert collect.collect(described, whole_course, place).taken == [f"p0{rank}"]
            form, typed = (gradebook.submitted(whole_course, name, one) for one in (code, f"p0{rank}"))
            assert form.read_bytes() == typed.read_bytes()
            assert handin.read(form.read_bytes(), described).answers == answers
        shutil.rmtree(whole_course.exercises / "submitted")
    store.close()
