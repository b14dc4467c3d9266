"""What a phone can do in a séance, and everything it cannot."""

from __future__ import annotations

import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mallette.server.assets import phone_files
from mallette.server.seance import context, screen, web
from tests import formatrice, salle
from tests.salle import Phone, Reply, Room

ANSWERS = {
    "definition": 1,
    "champs": [0, 2],
    "confusion": "vrai",
    "heures": 8,
    "cannabis": 40.5,
    "etapes": [3, 0, 1, 2],
    "aise": 2,
    "rupture": -1,
    "souvenir": "Une réunion où l’on s’est écouté.",
    "position-o1": 4,
}
"""One answer to each question of the room's unit."""
WRONG_ANSWERS = {
    "definition": [None, True, 1.5, "1", -1, 99, [1], {}],
    "champs": [[], [0, 0], [True], [99], 1, "0", [[0]]],
    "confusion": ["peut-être", True, 1, None, ["vrai"]],
    "heures": ["8", True, None, -1, 1e300, [8]],
    "cannabis": ["40", False, 101, 10**400],
    "etapes": [[0, 1, 2], [0, 1, 2, 2], [0, 1, 2, True], "0123", [3.0, 0, 1, 2]],
    "aise": [5, -1, "2", None],
    "rupture": [3, -3, "0", 0.5, True],
    "souvenir": ["", "   ", "\u202e", "a\0b", "x" * 1001, 12, True, ["x"], None],
    "position-o1": [5, None],
}


def french(reply: Reply) -> str:
    """Return the message of a refusal: French, on one line, nothing of the program's insides."""
    message = reply.data["message"]
    assert re.search(r"[.!]$", message), message
    assert not re.search(r"Traceback|Error|sqlite|NoneType|/home|mallette\.", reply.text)
    return message


@pytest.fixture
def phone(room: Room, code: str) -> Phone:
    return room.phone().join(code)


@pytest.mark.parametrize("question", ANSWERS)
def test_each_type_of_answer_is_kept_and_given_back(room: Room, code: str, phone: Phone, question: str) -> None:
    room.act("open_question", code, question)
    assert phone.answer(code, question, ANSWERS[question]).data == {"numero": 1, "reponse": ANSWERS[question]}
    step = phone.get(f"/s/{code}/etat").data["etape"]
    assert (step["question"]["id"], step["etat"], step["ma_reponse"]) == (question, "ouverte", ANSWERS[question])
    assert step["numero"] == 1


@pytest.mark.parametrize("question", WRONG_ANSWERS)
def test_an_answer_that_the_question_does_not_allow_is_refused(
    room: Room, code: str, phone: Phone, question: str
) -> None:
    room.act("open_question", code, question)
    for wrong in WRONG_ANSWERS[question]:
        reply = phone.answer(code, question, wrong)
        assert reply.status == 422, wrong
        french(reply)
    assert room.context.seances.get(code).current.answers == 0


def test_the_state_tells_the_right_answer_only_once_revealed(room: Room, code: str, phone: Phone) -> None:
    secret = re.compile(r"explication|juste|reponses|accepte|retours|reperes|\"valeur\"|proche\"|\"lecture\"|\"panel\"")
    for question in ANSWERS:
        room.act("open_question", code, question)
        phone.answer(code, question, ANSWERS[question])
        assert not secret.search(phone.get(f"/s/{code}/etat").text), question
        room.act("close_question", code, question, 1)
        closed = phone.get(f"/s/{code}/etat")
        assert closed.data["etape"]["etat"] == "close"
        assert not secret.search(closed.text), question
        room.act("reveal", code, question, 1)
        assert secret.search(phone.get(f"/s/{code}/etat").text), question


def test_a_revealed_order_and_ones_own_are_counted_alike(room: Room, code: str, phone: Phone) -> None:
    room.act("open_question", code, "etapes")
    shown = [item["texte"] for item in phone.get(f"/s/{code}/etat").data["etape"]["question"]["elements"]]
    mine = [2, 0, 3, 1]
    phone.answer(code, "etapes", mine)
    room.act("close_question", code, "etapes", 1)
    room.act("reveal", code, "etapes", 1)
    step = phone.get(f"/s/{code}/etat").data["etape"]
    revealed = [item["texte"] for item in step["question"]["elements"]]
    assert [revealed[index] for index in step["ma_reponse"]] == [shown[index] for index in mine]


def test_an_answer_may_change_while_open_and_never_counts_twice(room: Room, code: str, phone: Phone) -> None:
    room.act("open_question", code, "aise")
    for answer in (0, 0, 3):
        assert phone.answer(code, "aise", answer).status == 200
    assert room.context.seances.get(code).current.answers == 1
    room.act("close_question", code, "aise", 1)
    assert room.context.seances.answers(code, "aise", 1) == [3]
    late = phone.answer(code, "aise", 1)
    assert late.status == 409
    french(late)
    assert room.context.seances.answers(code, "aise", 1) == [3]


def test_an_answer_that_comes_late_is_told_which_one_is_kept(room: Room, code: str, phone: Phone) -> None:
    room.act("open_question", code, "aise")
    for number, answer in ((2, 3), (1, 0), (2, 3)):  # the first was held up on the way; the second comes twice
        reply = phone.answer(code, "aise", answer, number=number)
        assert (reply.status, reply.data) == (200, {"numero": 2, "reponse": 3})
    step = phone.get(f"/s/{code}/etat").data["etape"]
    assert (step["numero"], step["ma_reponse"]) == (2, 3)


def test_forty_phones_that_answer_at_once_are_all_counted_once(room: Room) -> None:
    code = room.open(40)
    phones = [room.phone() for _ in range(40)]
    with ThreadPoolExecutor(40) as pool:
        list(pool.map(lambda phone: phone.join(code), phones))
        room.act("open_question", code, "aise")
        replies = list(pool.map(lambda pair: pair[1].answer(code, "aise", pair[0] % 4), enumerate(phones)))
    assert {reply.status for reply in replies} == {200}
    room.act("close_question", code, "aise", 1)
    assert sorted(room.context.seances.answers(code, "aise", 1)) == sorted(number % 4 for number in range(40))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"3",
        b'"x"',
        b"{",
        b"\xff\xfe",
        b"{}",
        b'{"question": "aise"}',
        b'{"question": "aise", "tour": 1, "numero": 1}',
        b'{"question": "aise", "tour": 1, "reponse": 0}',
        *(
            b'{"question": %b, "tour": 1, "numero": 1, "reponse": 0}' % question
            for question in (b"3", b'"inconnue"', b'"\\ud800"', b'"a\\u0000"')
        ),
        *(
            b'{"question": "aise", "tour": %b, "numero": 1, "reponse": 0}' % tour
            for tour in (b'"1"', b"true", b"3", b"9" * 5000)
        ),
        *(
            b'{"question": "aise", "tour": 1, "numero": %b, "reponse": 0}' % number
            for number in (b"0", b"-1", b"1.0", b"true", b"null", b'"1"', b"1000001", b"9" * 5000)
        ),
        *(
            b'{"question": "aise", "tour": 1, "numero": 1, "reponse": %b}' % answer
            for answer in (
                b"NaN",
                b"Infinity",
                b"1e999",
                b'"\\ud800"',
                b"[" * 8000 + b"]" * 8000,
                b'"%b"' % (b"a" * 5000),
            )
        ),
        b"[" * 10_000,
        b'{"reponse":' * 1000 + b"0" + b"}" * 1000,
        b"question=aise&tour=1&reponse=0",
        b"\0" * 100,
    ],
)
def test_a_malformed_body_is_refused_in_french(room: Room, code: str, phone: Phone, body: bytes) -> None:
    room.act("open_question", code, "aise")
    reply = phone.ask("POST", f"/s/{code}/reponse", body)
    assert reply.status == 422
    french(reply)
    assert room.context.seances.get(code).current.answers == 0


def test_a_body_too_long_is_refused_in_french(room: Room, code: str, phone: Phone) -> None:
    reply = phone.ask("POST", f"/s/{code}/reponse", b"x" * 17_000)
    assert reply.status == 413
    assert "raccourcissez votre réponse" in reply.data["message"]


@pytest.mark.parametrize(
    "path",
    [
        "/s",
        "/s/confidentialite",
        "/s/CODE",
        "/s/CODE/rejoindre",
        "/s/CODE/etat",
        "/s/CODE/reponse",
        "/s/CODE/flux",
        "/s/CODE/autre",
        "/s/%2e%2e/%2e%2e/seances.db",
        "/s/CODE%2fetat",
        "/s/CODE/",
        "/s/" + "A" * 4000,
    ],
)
def test_every_route_answers_its_own_methods_only(room: Room, code: str, path: str) -> None:
    allowed = {
        "/s": "GET",
        "/s/confidentialite": "GET",
        "/s/CODE": "GET",
        "/s/CODE/etat": "GET",
        "/s/CODE/rejoindre": "POST",
    }
    for method in ("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"):
        reply = room.phone().ask(method, path.replace("CODE", code), b"{}" if method == "POST" else None)
        if allowed.get(path) == method:
            assert reply.status == 200, method
        else:
            assert reply.status in {403, 404, 405, 422}, method
            assert "Traceback" not in reply.text
            assert method == "HEAD" or re.search(r"message|Accueil de l’atelier|Rejoindre une séance", reply.text)
        assert "script-src 'self'" in reply.headers["Content-Security-Policy"]
        assert reply.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "http://exemple.fr"},
        {"Origin": "https://HOST"},
        {"Origin": "http://HOST.fr"},
        {"Origin": "http://127.0.0.1"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://exemple.fr", "Sec-Fetch-Site": "same-origin"},
        {"Referer": "http://HOST/s/"},
    ],
)
@pytest.mark.parametrize("route", ["rejoindre", "reponse"])
def test_a_request_from_another_origin_changes_nothing(
    room: Room, code: str, phone: Phone, headers: dict[str, str], route: str
) -> None:
    room.act("open_question", code, "aise")
    sent = {name: value.replace("HOST", room.host) for name, value in headers.items()}
    body = {"question": "aise", "tour": 1, "numero": 1, "reponse": 0}
    reply = phone.ask("POST", f"/s/{code}/{route}", body, sent, origin=False)
    assert reply.status == 403
    french(reply)
    seance = room.context.seances.get(code)
    assert (seance.participants, seance.current.answers) == (1, 0)


@pytest.mark.parametrize("token", ["", "x", "a" * 22, "é", "../..", "a" * 5000, "%00", '"; DROP TABLE answers'])
def test_a_forged_token_is_nobody(room: Room, code: str, token: str) -> None:
    room.act("open_question", code, "aise")
    forger = room.phone()
    forger.cookie = f"mallette_seance_{code.lower()}={token}".encode("latin-1").decode("latin-1")
    reply = forger.answer(code, "aise", 0)
    assert reply.status == 403
    french(reply)
    assert forger.get(f"/s/{code}/etat").data["etape"] is None
    assert forger.get(f"/s/{code}/flux").status == 403


def test_the_token_of_one_seance_is_nobody_in_another(room: Room, code: str, phone: Phone) -> None:
    other = room.open(20)
    room.act("open_question", other, "aise")
    phone.cookie = phone.cookie.replace(code.lower(), other.lower())
    assert phone.answer(other, "aise", 0).status == 403


def test_ten_wrong_codes_close_the_door_to_the_guesser_alone(room: Room, code: str, phone: Phone) -> None:
    guesser = room.phone()
    for number in range(10):
        reply = guesser.ask("POST", f"/s/ZZZZZ{number}/rejoindre", {})
        assert reply.status == 404
        french(reply)
    refused = guesser.ask("POST", f"/s/{code}/rejoindre", {})
    assert refused.status == 429
    assert "dix minutes" in french(refused)
    assert [guesser.get(path).status for path in (f"/s/{code}", f"/s?code={code}", f"/s/{code}/etat")] == [429] * 3
    assert phone.get(f"/s/{code}/etat").status == 200
    phone.address = guesser.address  # someone who has joined shares the guesser's address
    assert phone.get(f"/s/{code}/etat").status == 200


def test_a_phone_joins_once_and_an_address_not_without_end(room: Room, code: str, phone: Phone) -> None:
    for _ in range(5):
        phone.ask("POST", f"/s/{code}/rejoindre", {})
    assert room.context.seances.get(code).participants == 1
    greedy = room.phone()
    replies = []
    for _ in range(11):
        greedy.cookie = ""
        replies.append(greedy.tap(code))
    assert [reply.status for reply in replies] == [200] * 10 + [429]
    french(replies[-1])
    assert room.context.seances.get(code).participants == 11


def test_a_browser_that_refuses_cookies_is_nobody_and_closes_no_door(room: Room, code: str) -> None:
    stubborn = room.phone()
    for _ in range(30):
        reply = stubborn.ask("POST", f"/s/{code}/rejoindre", {})
        assert (reply.status, reply.data) == (200, {"rejoint": False})
    assert room.context.seances.get(code).participants == 0
    neighbour = room.phone()
    neighbour.address = stubborn.address
    neighbour.join(code)
    assert not room.context.limits.turned_away


def test_a_token_that_this_server_would_not_give_is_no_token(room: Room, code: str) -> None:
    forger = room.phone()
    forger.cookie = f"mallette_seance_{code.lower()}=a"
    reply = forger.ask("POST", f"/s/{code}/rejoindre", {})
    assert (reply.data, len(reply.headers.get_all("Set-Cookie"))) == ({"rejoint": False}, 1)
    assert room.context.seances.get(code).participants == 0


def test_a_full_room_is_told_to_the_phone_and_to_the_trainer_who_makes_room(room: Room) -> None:
    trainer = formatrice.enter(room)
    code = room.open(1)
    for _ in range(11):
        room.phone().join(code)
    assert "complète" not in trainer.control(code)
    late = room.phone()
    reply = late.tap(code)
    assert reply.status == 409
    assert "faire de la place" in french(reply)
    assert "La séance est complète" in trainer.control(code)
    trainer.does(code, "faire-de-la-place")
    assert "complète" not in trainer.control(code)
    late.join(code)
    trainer.does(code, "faire-de-la-place")  # pressed twice: it was not needed again
    seance = room.context.seances.get(code)
    assert (seance.participants, seance.expected) == (12, 11)


def test_the_cookie_lasts_for_the_browser_session_and_this_seance(room: Room, code: str) -> None:
    cookie = room.phone().ask("POST", f"/s/{code}/rejoindre", {}).headers["Set-Cookie"]
    assert re.fullmatch(
        rf"mallette_seance_{code.lower()}=[\w-]{{22}}; HttpOnly; Path=/s/{code}; SameSite=Strict", cookie
    )


def test_a_flood_of_answers_is_slowed_and_disturbs_nobody(room: Room, code: str, phone: Phone) -> None:
    other = room.phone().join(code)
    room.act("open_question", code, "aise")
    statuses = [phone.answer(code, "aise", number % 4).status for number in range(40)]
    assert statuses[:30] == [200] * 30
    assert set(statuses[30:]) == {429}
    assert other.answer(code, "aise", 1).status == 200
    assert room.context.seances.get(code).current.answers == 2


def test_a_flood_of_requests_from_one_address_is_refused(room: Room, code: str) -> None:
    flood = room.phone()
    requests = room.context.limits.requests
    requests.count, requests.seconds = 20, 60
    statuses = [flood.get(f"/s/{code}/etat").status for _ in range(25)]
    assert statuses == [200] * 20 + [429] * 5
    assert room.phone().get(f"/s/{code}/etat").status == 200


@pytest.mark.parametrize("typed", ["{}", "{} ", "{0:.3} {1}", "{0:.3}-{1}", "lower"])
def test_a_code_is_found_however_it_is_typed(room: Room, code: str, typed: str) -> None:
    text = code.lower() if typed == "lower" else typed.format(code, code[3:])
    reply = room.phone().get("/s?code=" + text.replace(" ", "+"))
    assert (reply.status, reply.headers["Location"]) == (302, f"/s/{code}")


def test_a_code_typed_in_the_address_leads_to_the_one_page(room: Room, code: str) -> None:
    reply = room.phone().get(f"/s/{code.lower()}")
    assert (reply.status, reply.headers["Location"]) == (302, f"/s/{code}")


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "ABC%22onfocus=%22x", "é", "0", "ZZZZZZ"])
def test_a_wrong_code_can_be_typed_again(room: Room, typed: str) -> None:
    reply = room.phone().get(f"/s?code={typed.replace('é', '%C3%A9')}")
    assert reply.status == 404
    assert "<script>" not in reply.text
    assert 'role="alert"' in reply.text
    assert 'name="code"' in reply.text


def test_the_page_is_the_same_for_everyone_and_light(room: Room, code: str, phone: Phone) -> None:
    before = phone.get(f"/s/{code}").text
    room.act("open_question", code, "definition")
    phone.answer(code, "definition", 1)
    reply = room.phone().get(f"/s/{code}")
    page, policy = reply.text, reply.headers["Content-Security-Policy"]
    assert page == before
    (loader,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert f"script-src 'self' {web.source_hash(loader)};" in policy
    assert page.count("<script") == 1
    assert "Aucun nom, aucun compte, aucune adresse gardée." in page
    assert not re.search(r"https?://|<style|style=|\son\w+=", page)
    total = 0
    for path in (f"/s/{code}", *re.findall(r'="(/statique/[^"]+)"', page)):
        reply = phone.ask("GET", path, headers={"Accept-Encoding": "gzip"})
        assert reply.status == 200
        total += int(reply.headers["Content-Length"])
    assert total < 40_000
    assert "immutable" in reply.headers["Cache-Control"]


def test_the_assets_hold_no_import_and_no_foreign_address() -> None:
    for text in phone_files().values():
        named = re.sub(
            r"http://(?:www\.w3|purl)\.org/[\w/.]+", "", text
        )  # namespaces of XML: nothing is there to fetch
        assert not re.search(r"^import |https?://", named, re.MULTILINE)


def test_a_finished_and_an_erased_seance_are_told(room: Room, code: str, phone: Phone) -> None:
    room.act("open_question", code, "aise")
    phone.answer(code, "aise", 1)
    room.act("finish", code)
    state = phone.get(f"/s/{code}/etat").data
    assert (state["terminee"], state["etape"]) == (True, None)
    assert phone.answer(code, "aise", 2).status == 409
    room.act("erase", code)
    reply = phone.get(f"/s/{code}/etat")
    assert reply.status == 404
    french(reply)


def test_the_clock_closes_a_timed_round(room: Room, code: str, phone: Phone) -> None:
    room.act("open_question", code, "aise", 1, 1)
    assert phone.answer(code, "aise", 1).status == 200
    deadline = time.monotonic() + 20
    while phone.get(f"/s/{code}/etat").data["etape"]["etat"] == "ouverte":
        assert time.monotonic() < deadline, "le tour n’a pas été fermé"
        time.sleep(0.1)


@pytest.mark.parametrize("jump", [3600, -3600])
def test_a_clock_that_is_set_right_neither_ends_nor_prolongs_a_round(
    room: Room, code: str, phone: Phone, monkeypatch: pytest.MonkeyPatch, jump: int
) -> None:
    room.act("open_question", code, "aise", 1, 60)
    of_day = time.time
    monkeypatch.setattr(time, "time", lambda: of_day() + jump)
    assert 30 < phone.get(f"/s/{code}/etat").data["etape"]["secondes"] <= 60
    step = screen.steps_of(room.context.seances.questions(code), room.context.seances.get(code))["aise", 1]
    assert 30 < step.remaining <= 60
    assert room.context.seances.due(code) == []
    assert phone.answer(code, "aise", 1).status == 200


def test_a_store_that_does_not_answer_is_told_and_nothing_is_lost(
    room: Room, code: str, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.act("open_question", code, "aise")
    monkeypatch.setattr(context, "STORE_SECONDS", 0.2)
    held = threading.Event()
    room.context._executor.submit(held.wait, 20)
    reply = phone.answer(code, "aise", 1)
    assert reply.status == 503
    assert "n’est pas perdue" in french(reply)
    assert room.context.trouble
    held.set()
    monkeypatch.undo()
    assert phone.answer(code, "aise", 1).status == 200
    deadline = time.monotonic() + 20
    while room.context.trouble:
        assert time.monotonic() < deadline, "la panne est finie et reste affichée"
        time.sleep(0.1)


def test_the_notice_says_what_is_kept(room: Room) -> None:
    page = room.phone().get("/s/confidentialite").text
    for words in ("cinq réponses", "tout effacer", "n’écrivez le nom de personne", "119"):
        assert words in page


def test_phones_are_told_whom_to_call_from_the_file_of_help_lines(tmp_path: Path) -> None:
    spoilt = salle.write_course(tmp_path / "cours")
    text = spoilt.helplines.read_text(encoding="utf-8")
    spoilt.helplines.write_text(text.replace('"119"', '"999"'), encoding="utf-8")
    room = salle.start(spoilt, tmp_path / "seances")
    try:
        pages = [room.phone().get(path).text for path in ("/s/confidentialite", f"/s/{room.open(5)}")]
    finally:
        room.close()
    assert all("appelez le 999" in page and "119" not in page for page in pages)


def test_the_log_holds_neither_address_nor_words(
    room: Room, code: str, phone: Phone, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    room.act("open_question", code, "souvenir")

    def fail(*arguments: object) -> None:
        raise RuntimeError(arguments)

    monkeypatch.setattr(room.context.seances, "record", fail)
    reply = phone.answer(code, "souvenir", "Un mot de trop.")
    assert reply.status == 500
    french(reply)
    assert "RuntimeError" in caplog.text
    assert phone.address not in caplog.text
    assert "mot de trop" not in caplog.text
