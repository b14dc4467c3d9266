"""What is read in a hand-in: answers however they are typed, nothing else, and nothing is run."""

from __future__ import annotations

import json

import pytest

from mallette.grading import handin, literals
from mallette.grading.assignment import Assignment
from mallette.grading.handin import Unreadable
from mallette.paths import Project
from mallette.questions import AnswerError
from tests.grading import copies


@pytest.mark.parametrize(
    ("name", "given", "answer"),
    [
        ("lire-une-case", "10.2", 10.2),
        ("lire-une-case", "10,2", 10.2),
        ("lire-une-case", '"10,2 %"', 10.2),
        ("lire-une-case", "10,2 %", 10.2),
        ("lire-une-case", "« 10,2 »", 10.2),
        ("lire-une-case", "(50 + 52) / 10", 10.2),
        ("choix", '"b"', 1),
        ("choix", "b", 1),
        ("choix", "« B. »", 1),
        ("choix", "'Les deux tableaux.'", 1),
        ("choix", '["b"]', 1),
        ("plusieurs", '["c", "a"]', [0, 2]),
        ("plusieurs", "[a, c]", [0, 2]),
        ("plusieurs", '"a, c"', [0, 2]),
        ("plusieurs", "a", [0]),
        ("vf", "faux", "faux"),
        ("vf", '"Vrai"', "vrai"),
        ("vf", "False", "faux"),
        ("ranger", "[c, a, b]", [0, 1, 2]),
        ("ecrire", '"""Deux\n\nlignes."""', "Deux\n\nlignes."),
        ("ecrire", '"un " + "texte"', "'un ' + 'texte'"),
    ],
)
def test_an_answer_is_read_however_it_is_typed(
    asked: Assignment, graded_course: Project, name: str, given: str, answer: object
) -> None:
    found = handin.read(copies.typed(asked, graded_course, {name: given}), asked)
    assert (found.answers, found.unread) == ({name: answer}, {})


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("lire-une-case", "beaucoup"),
        ("lire-une-case", "1000"),
        ("lire-une-case", "10 ** 400"),
        ("lire-une-case", "9" * 4000),
        ("lire-une-case", "round(10.2)"),
        ("lire-une-case", "float('nan')"),
        ("lire-une-case", "1 / 0"),
        ("choix", '"z"'),
        ("choix", "True"),
        ("choix", '["a", "b"]'),
        ("plusieurs", '["a", ["b"]]'),
        ("plusieurs", "{}"),
        ("ranger", '["a", "a", "b"]'),
        ("ranger", '["a"]'),
        ("vf", '"peut-être"'),
        ("ecrire", "3"),
    ],
)
def test_what_is_no_answer_is_told_with_what_was_typed(
    asked: Assignment, graded_course: Project, name: str, given: str
) -> None:
    found = handin.read(copies.typed(asked, graded_course, {name: given}), asked)
    assert name not in found.answers
    assert found.unread[name]
    assert any("illisible" in remark for remark in found.remarks)


def test_an_untouched_notebook_has_no_answer_and_no_remark(asked: Assignment, graded_course: Project) -> None:
    found = handin.read(copies.typed(asked, graded_course, {}), asked)
    assert (found.answers, found.unread, list(found.remarks)) == ({}, {}, [])


def test_every_answer_is_written_as_one_literal_and_read_back(asked: Assignment, graded_course: Project) -> None:
    answers = copies.right(asked)
    assert handin.read(copies.answered(asked, graded_course, answers), asked).answers == answers


@pytest.mark.parametrize(
    "text", ['"""; import os', "\\", "'" * 7, "a\\'''b", "ligne\n\t  retrait", "é\u202e\U0001f600", "x" * 3000]
)
def test_a_text_is_never_code_and_comes_back_whole(asked: Assignment, graded_course: Project, text: str) -> None:
    item = asked.item("ecrire")
    kept = item.question.keep(text)
    source = literals.source(item.variable, literals.literal(item.question, kept))
    assert max(map(len, source.splitlines())) <= 200
    assert handin.read_cells(
        [{"source": source, "metadata": {"nbgrader": {"grade_id": "ecrire-reponse"}}}], asked
    ).answers == {"ecrire": kept}


def test_encodings_lost_metadata_and_added_cells_are_mended_and_told(asked: Assignment, graded_course: Project) -> None:
    plain = copies.typed(asked, graded_course, {"choix": "b", "ecrire": '"Été"'})
    nb = json.loads(plain)
    for changed, told in [
        (b"\xef\xbb\xbf" + plain, ""),
        (json.dumps(nb, ensure_ascii=False).encode("cp1252", "replace"), "ancien codage"),
        (json.dumps(nb, ensure_ascii=False).encode("utf-16"), "UTF-16"),
        (json.dumps({"cells": [{**cell, "metadata": {}} for cell in nb["cells"]]}).encode(), "autre cellule"),
    ]:
        found = handin.read(changed, asked)
        assert found.answers == {"choix": 1, "ecrire": "Été"}
        assert told in " ".join(found.remarks)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "vide"),
        (b"\0" * 4096, "vide"),
        (b'{"cells": [', "coupé"),
        (b'{"a": 1}', "pas un carnet"),
        (b'{"cells": []}', "bon fichier"),
        (b" " * (handin.LARGEST_FILE + 1) + b"{}", "Mo"),
    ],
)
def test_a_file_without_answers_says_why(asked: Assignment, content: bytes, told: str) -> None:
    with pytest.raises(Unreadable, match=told):
        handin.read(content, asked)


def test_form_and_notebook_refuse_in_the_same_words(asked: Assignment) -> None:
    item = asked.item("lire-une-case")
    with pytest.raises(AnswerError) as form:
        item.question.keep("beaucoup")
    with pytest.raises(AnswerError) as cell:
        literals.read(item.question, "beaucoup")
    assert str(form.value) == str(cell.value)
