"""The life of a séance, on SQLite and on PostgreSQL."""

from __future__ import annotations

import itertools
import shutil

import pytest
from sqlalchemy import inspect, select

from mallette.questions import AnswerError
from mallette.seance import tables
from mallette.seance.errors import Closed, Full, NotAllowed, NotJoined, UnknownSeance
from mallette.seance.model import GRACE
from mallette.seance.seances import Seances
from mallette.seance.store import Store
from tests.seance.conftest import UNIT, run_together

SCALE, NUMBER, ORDER, TEXT = "position-o1", "heures", "etapes", "souvenir"


@pytest.fixture
def code(seances):
    return seances.open(UNIT, 20).code


def join(seances, code, count):
    return [seances.join(code) for _ in range(count)]


def ask(seances, code, question, values, tour=1):
    """Ask a question, let as many new phones answer, close it; return their tokens."""
    seances.open_question(code, question, tour)
    tokens = join(seances, code, len(values))
    for token, value in zip(tokens, values, strict=True):
        seances.record(code, token, question, tour, value)
    seances.close_question(code, question, tour)
    return tokens


# Opening and finding it again


def test_a_seance_opens_and_is_found_in_any_spelling(seances, clock):
    opened = seances.open(UNIT, 20)
    assert (opened.unit, opened.title, opened.expected) == (UNIT, "Une unité d’essai", 20)
    assert (opened.participants, opened.rounds, opened.current, opened.finished) == (0, (), None, False)
    code = opened.code
    assert seances.get(f" {code[:3].lower()}\u00a0{code[3:]}-") == opened
    assert seances.ongoing() == [opened]


@pytest.mark.parametrize("code", ["", "BCD", "BCDFGH", "AEIOU0", "bcd\0fg", "B" * 5000, "\ud800BCDFG", None, 7])
def test_a_code_that_nobody_gave_is_unknown(seances, code):
    for call in (seances.get, seances.join, seances.questions, seances.finish, seances.due):
        with pytest.raises(UnknownSeance):
            call(code)


@pytest.mark.parametrize("expected", [0, 301, True, 2.0, "20", None])
def test_a_room_holds_from_1_to_300_people(seances, expected):
    with pytest.raises(NotAllowed, match="300"):
        seances.open(UNIT, expected)


def test_an_unknown_or_broken_unit_does_not_open(store, small_course, replace_in):
    seances = Seances(store, small_course)
    with pytest.raises(NotAllowed, match="9-absente"):
        seances.open("9-absente", 20)
    replace_in(small_course.modules / UNIT / "quiz.yml", "reponse: vrai", "reponse: peut-être")
    with pytest.raises(NotAllowed, match=r"quiz\.yml, ligne"):
        seances.open(UNIT, 20)
    assert seances.ongoing() == []


def test_after_a_restart_everything_is_there_and_the_course_may_have_changed(location, small_course, clock):
    first = Store(location)
    before = Seances(first, small_course, clock)
    code = before.open(UNIT, 20).code
    token = before.join(code)
    before.open_question(code, "pluie", seconds=60)
    before.record(code, token, "pluie", 1, "vrai")
    known, asked = before.get(code), before.questions(code)
    first.close()
    shutil.rmtree(small_course.modules)
    second = Store(location)
    after = Seances(second, small_course, clock)
    assert after.get(code) == known
    assert after.questions(code) == asked
    assert after.kept(code, token, "pluie", 1).answer == "vrai"
    after.record(code, token, "pluie", 1, "faux")
    second.close()


# Joining


def test_only_the_digest_of_a_token_is_kept(seances, code, store):
    token = seances.join(code)
    assert seances.knows(code, token)
    assert not seances.knows(code, token + "x")
    assert not seances.knows(seances.open(UNIT, 20).code, token), "a token is worth nothing elsewhere"
    with store.reading() as connection:
        kept = connection.execute(select(tables.participants)).all()
    assert token not in repr(kept)
    assert seances.get(code).participants == 1


def test_the_room_is_full_at_twice_the_expected_number_or_ten_more(seances):
    small = seances.open(UNIT, 1).code
    join(seances, small, 11)
    with pytest.raises(Full):
        seances.join(small)
    large = seances.open(UNIT, 15).code
    join(seances, large, 30)
    with pytest.raises(Full):
        seances.join(large)
    assert seances.get(large).participants == 30


def test_a_full_room_holds_as_many_again_once_the_trainer_says_so_and_no_more_than_600(seances):
    code = seances.open(UNIT, 1).code
    seances.make_room(code)
    assert seances.get(code).expected == 1, "room was not needed"
    token, *_ = join(seances, code, 11)
    version = seances.get(code).version
    seances.make_room(code)
    assert seances.join(code, token) == token, "one who has joined already is not counted again"
    join(seances, code, 11)
    assert (seances.get(code).participants, seances.get(code).expected) == (22, 11)
    assert seances.get(code).version == version, "phones have nothing to fetch"
    while seances.get(code).participants < 600:
        seances.make_room(code)
        join(seances, code, 2)
    with pytest.raises(NotAllowed, match="seconde"):
        seances.make_room(code)


# Answering


def test_an_answer_is_given_back_as_it_was_taken(seances, code):
    token = seances.join(code)
    for question, raw in ((SCALE, 3), (NUMBER, 12.5), (ORDER, [2, 0, 1, 3]), (TEXT, " Un mot "), ("champs", [1, 0])):
        seances.open_question(code, question)
        assert seances.kept(code, token, question, 1) is None
        seances.record(code, token, question, 1, raw)
        kept = seances.kept(code, token, question, 1).answer
        assert kept == {TEXT: "Un mot", "champs": [0, 1]}.get(question, raw)
        seances.close_question(code, question, 1)


def test_a_retry_counts_once_and_an_answer_may_change_while_open(seances, code):
    one, other = join(seances, code, 2)
    seances.open_question(code, SCALE)
    for value in (0, 0, 4, 4):  # two tabs of one phone are one token
        seances.record(code, one, SCALE, 1, value)
    seances.record(code, other, SCALE, 1, 2)
    assert seances.get(code).current.answers == 2
    seances.close_question(code, SCALE, 1)
    assert sorted(seances.answers(code, SCALE, 1)) == [2, 4]


def test_two_tabs_at_the_same_moment_leave_one_answer(seances, code):
    token = seances.join(code)
    seances.open_question(code, NUMBER)
    run_together([lambda value=value: seances.record(code, token, NUMBER, 1, value) for value in range(8)])
    seances.close_question(code, NUMBER, 1)
    assert len(seances.answers(code, NUMBER, 1)) == 1


def test_a_late_retry_is_acknowledged_only_if_it_changes_nothing(seances, code):
    (token,) = ask(seances, code, SCALE, [3])
    seances.record(code, token, SCALE, 1, 3)  # its first acknowledgement was lost on the way
    with pytest.raises(Closed):
        seances.record(code, token, SCALE, 1, 4)
    with pytest.raises(Closed):
        seances.record(code, seances.join(code), SCALE, 1, 3)
    assert seances.answers(code, SCALE, 1) == [3]
    seances.finish(code)
    seances.record(code, token, SCALE, 1, 3)


def test_the_last_answer_of_the_person_stays_in_whatever_order_they_arrive(seances, code):
    """A, then B, then A again: the network may deliver, lose and repeat them as it likes."""
    given = {1: 0, 2: 4, 3: 0}
    seances.open_question(code, SCALE)
    for order in itertools.product(given, repeat=3):
        token = seances.join(code)
        for place, number in enumerate(order):
            told = seances.record(code, token, SCALE, 1, given[number], number)
            last = max(order[: place + 1])
            assert (told.number, told.answer) == (last, given[last]), order
            assert seances.kept(code, token, SCALE, 1) == told


def test_two_answers_of_one_number_leave_the_first(seances, code):
    """Two tabs of a browser that lets them share nothing: the page shows what is kept."""
    token = seances.join(code)
    seances.open_question(code, SCALE)
    seances.record(code, token, SCALE, 1, 0, 1)
    assert seances.record(code, token, SCALE, 1, 4, 1).answer == 0


def test_numbers_go_when_the_round_closes(seances, code, store):
    token = seances.join(code)
    for question, end in (
        (SCALE, lambda: seances.close_question(code, SCALE, 1)),
        (NUMBER, lambda: seances.finish(code)),
    ):
        seances.open_question(code, question)
        seances.record(code, token, question, 1, 3, 7)
        end()
        with store.reading() as connection:
            assert set(connection.scalars(select(tables.answers.c.number))) == {0}
        assert seances.record(code, token, question, 1, 3, 7).answer == 3, "its first acknowledgement was lost"
        for number in (6, 8):
            with pytest.raises(Closed):
                seances.record(code, token, question, 1, 4, number)


def test_answers_that_meet_the_closing_are_counted_or_refused(seances, code):
    tokens = join(seances, code, 12)
    seances.open_question(code, SCALE)
    counted, published = [], []

    def answer(token):
        try:
            seances.record(code, token, SCALE, 1, 1)
            counted.append(token)
        except Closed:
            pass

    def close():
        seances.close_question(code, SCALE, 1)
        published.extend(seances.answers(code, SCALE, 1))

    calls = [lambda token=token: answer(token) for token in tokens]
    run_together([*calls[:6], close, *calls[6:]])
    assert len(published) == len(counted) == len(seances.answers(code, SCALE, 1))


def test_refusals_of_an_answer(seances, code):
    token = seances.join(code)
    with pytest.raises(Closed):
        seances.record(code, token, SCALE, 1, 0)  # never opened
    seances.open_question(code, SCALE)
    for stranger in ("", "inconnu", "\ud800", None):
        with pytest.raises(NotJoined):
            seances.record(code, stranger, SCALE, 1, 0)
    with pytest.raises(AnswerError):
        seances.record(code, token, SCALE, 1, 5)
    for question, tour in (("absente", 1), (["aise"], 1), (None, 1), (SCALE, 3), (SCALE, True), (SCALE, "1")):
        with pytest.raises(NotAllowed):
            seances.record(code, token, question, tour, 0)
    with pytest.raises(Closed):
        seances.record(code, token, SCALE, 2, 0)
    assert seances.get(code).current.answers == 0


def test_a_deadline_is_told_and_leaves_time_for_what_is_on_its_way(seances, code, clock):
    early, late = join(seances, code, 2)
    seances.open_question(code, SCALE, seconds=30)
    assert seances.get(code).current.deadline == clock.time + 30
    assert seances.due(code) == []
    clock.time += 30
    assert [(item.question, item.tour) for item in seances.due(code)] == [(SCALE, 1)]
    seances.record(code, early, SCALE, 1, 0)
    clock.time += GRACE
    with pytest.raises(Closed, match="temps"):
        seances.record(code, late, SCALE, 1, 0)
    seances.close_question(code, SCALE, 1)
    assert seances.due(code) == []
    assert seances.get(code).rounds[0].deadline is None, "no time stays once it has served"


# Conducting


def test_rounds_open_one_at_a_time_and_never_again(seances, code):
    seances.open_question(code, SCALE)
    seances.open_question(code, SCALE)  # a double click
    with pytest.raises(NotAllowed, match="fermez"):
        seances.open_question(code, NUMBER)
    with pytest.raises(NotAllowed, match="Fermez"):
        seances.reveal(code, SCALE, 1)
    seances.close_question(code, SCALE, 1)
    seances.close_question(code, SCALE, 1)  # the timer and the trainer at once
    with pytest.raises(NotAllowed, match="rouvrir"):
        seances.open_question(code, SCALE)
    seances.reveal(code, SCALE, 1)
    seances.open_question(code, SCALE, tour=2)
    seances.reveal(code, SCALE, 1)
    states = [(item.question, item.tour, item.state) for item in seances.get(code).rounds]
    assert states == [(SCALE, 1, "revelee"), (SCALE, 2, "ouverte")]
    for call in (seances.close_question, seances.reveal):
        with pytest.raises(NotAllowed):
            call(code, NUMBER, 1)
    for seconds in (0, -1, 3601, True, 1.5, "30"):
        with pytest.raises(NotAllowed, match="minuterie"):
            seances.open_question(code, NUMBER, 1, seconds)


def test_two_trainers_screens_open_one_question(seances, code):
    refused = []

    def try_open(question):
        try:
            seances.open_question(code, question)
        except NotAllowed:
            refused.append(question)

    run_together([lambda name=name: try_open(name) for name in (SCALE, NUMBER, ORDER, TEXT)])
    assert len(refused) == 3
    assert len(seances.get(code).rounds) == 1


def test_the_version_follows_what_every_page_shows(seances, code):
    versions = [seances.get(code).version]

    def step(call, *arguments):
        call(code, *arguments)
        versions.append(seances.get(code).version)

    step(seances.open_question, SCALE)
    step(seances.close_question, SCALE, 1)
    step(seances.reveal, SCALE, 1)
    step(seances.finish)
    assert versions == sorted(set(versions))
    before = versions[-1]
    step(seances.finish)
    step(seances.reveal, SCALE, 1)
    step(seances.close_question, SCALE, 1)
    assert versions[-1] == before, "what changes nothing calls nobody"


def test_a_phone_that_joins_or_answers_makes_no_page_load_again(seances, code):
    seances.open_question(code, SCALE)
    before = seances.get(code).version
    seances.record(code, seances.join(code), SCALE, 1, 0)
    after = seances.get(code)
    assert (after.version, after.participants, after.current.answers) == (before, 1, 1)


# What the room answered


def test_nothing_is_read_of_a_round_still_open(seances, code):
    ask(seances, code, SCALE, [0] * 5)
    seances.open_question(code, TEXT)
    for call in (
        lambda: seances.answers(code, TEXT, 1),
        lambda: seances.texts(code, TEXT, 1),
        lambda: seances.answers(code, NUMBER, 1),
        lambda: seances.in_both_tours(code, SCALE),
    ):
        with pytest.raises(Closed):
            call()


def test_answers_come_in_no_order_of_arrival_nor_of_other_questions(seances, code):
    values = list(range(40))
    tokens = ask(seances, seances.open(UNIT, 100).code, NUMBER, [0]) and join(seances, code, 20)
    for question in (NUMBER, "cannabis"):
        seances.open_question(code, question)
        for value, token in zip(values, tokens, strict=False):
            seances.record(code, token, question, 1, value)
        seances.close_question(code, question, 1)
    first, second = seances.answers(code, NUMBER, 1), seances.answers(code, "cannabis", 1)
    assert sorted(first) == sorted(second) == values[:20]
    assert first != values[:20]
    assert first != second, "the same place in two lists must not be the same person"
    assert first == seances.answers(code, NUMBER, 1)


def test_people_are_counted_in_both_tours_whatever_they_answered(seances, code):
    tokens = ask(seances, code, SCALE, [0, 1, 2, 3])
    seances.open_question(code, SCALE, 2)
    for token in (*tokens[1:], seances.join(code), seances.join(code)):
        seances.record(code, token, SCALE, 2, 3)
    seances.close_question(code, SCALE, 2)
    assert seances.in_both_tours(code, SCALE) == 3


def test_texts_are_for_five_and_shown_when_released(seances, code):
    words = ["un", "deux", "trois", "quatre", "cinq"]
    ask(seances, code, TEXT, words)
    ask(seances, code, TEXT, words[:4], tour=2)
    assert seances.texts(code, TEXT, 2) == []
    texts = seances.texts(code, TEXT, 1)
    assert sorted(item.text for item in texts) == sorted(words)
    assert not any(item.released for item in texts)
    before = seances.get(code).version
    seances.release(code, texts[2].id)
    assert [item.released for item in seances.texts(code, TEXT, 1)] == [False, False, True, False, False]
    assert seances.get(code).version > before
    seances.finish(code)
    seances.release(code, texts[2].id, False)
    assert seances.texts(code, TEXT, 1) == texts
    with pytest.raises(NotAllowed):
        seances.texts(code, SCALE, 1)


def test_only_a_text_that_can_be_read_is_released(seances, code, store):
    ask(seances, code, TEXT, ["seul"])
    ask(seances, code, SCALE, [0] * 5)
    with store.reading() as connection:
        marks = connection.scalars(select(tables.answers.c.mark)).all()
    for name in (*marks, "0" * 16, "", "\0", "a' OR 1=1", None):
        with pytest.raises(NotAllowed):
            seances.release(code, name)


# The end


def test_finishing_closes_everything_but_reading(seances, code):
    token = seances.join(code)
    seances.open_question(code, SCALE, seconds=60)
    seances.record(code, token, SCALE, 1, 0)
    seances.finish(code)
    over = seances.get(code)
    assert over.finished
    assert over.current is None
    assert seances.due(code) == []
    for call in (
        lambda: seances.join(code),
        lambda: seances.open_question(code, NUMBER),
        lambda: seances.record(code, token, SCALE, 1, 1),
    ):
        with pytest.raises(Closed):
            call()
    assert seances.answers(code, SCALE, 1) == [0]
    seances.reveal(code, SCALE, 1)
    assert seances.ongoing() == [seances.get(code)], "what is not erased is listed"


def test_erasing_leaves_no_row_of_it_and_all_of_the_others(seances, code, store):
    ask(seances, code, TEXT, ["un"] * 5)
    other = seances.open(UNIT, 20).code
    ask(seances, other, TEXT, ["deux"] * 5)
    seances.erase(code)
    seances.erase(code)  # a double click
    seances.erase("n’importe quoi")
    with pytest.raises(UnknownSeance):
        seances.get(code)
    with pytest.raises(UnknownSeance):
        seances.question(code, TEXT)
    assert seances.answers(other, TEXT, 1) == ["deux"] * 5
    with store.reading() as connection:
        counts = {table.name: len(connection.execute(select(table)).all()) for table in tables.metadata.sorted_tables}
    held = {name: count for name, count in counts.items() if count}
    assert held == {"mallette_schema": 1, "seances": 1, "participants": 5, "rounds": 1, "answers": 5}
    seances.erase(other)
    assert seances.ongoing() == []
    assert seances.open(UNIT, 20).participants == 0, "the next séance begins on a clean store"


def test_no_column_can_hold_a_name_an_address_or_a_time(seances, code, store):
    columns = set()
    with store.reading() as connection:
        found = inspect(connection)
        for table in found.get_table_names():
            columns |= {f"{table}.{column['name']}" for column in found.get_columns(table)}
    assert columns == {
        "mallette_schema.number",
        *(
            f"seances.{name}"
            for name in ("id", "code", "unit", "title", "questions", "expected", "opened", "version", "finished")
        ),
        "participants.seance",
        "participants.token",
        *(f"rounds.{name}" for name in ("seance", "question", "tour", "rank", "state", "deadline")),
        *(f"answers.{name}" for name in ("seance", "question", "tour", "token", "mark", "value", "released", "number")),
        *(f"learners.{name}" for name in ("id", "code", "word")),
        *(f"devices.{name}" for name in ("token", "learner")),
        *(f"tools.{name}" for name in ("seance", "name", "content", "offered")),
        *(f"boards.{name}" for name in ("seance", "tool", "board", "place", "value", "born", "number")),
        *(f"drafts.{name}" for name in ("learner", "assignment", "question", "shape", "value", "number")),
    }
