"""Are a trainer's own questions taken whole, what is missing marked, what is lost told, and hostile files refused?"""

from __future__ import annotations

import contextlib
import re
import shutil
import time
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from mallette import cli, french, importing, units
from mallette.checks import typography
from mallette.faults import ContentError
from mallette.handwritten.plain import TO_FILL
from mallette.importing import gift as gift_reader
from mallette.importing import moodle as moodle_reader
from mallette.importing.found import File
from mallette.paths import Project
from mallette.publication.lms import gift, items, moodle
from mallette.questions.forms import Amount, Form, OneOf, Option, Portable, Ranking, SomeOf, Truth
from mallette.quiz import bank

TESTS = Path(__file__).parents[1]
CASES = TESTS / "cas" / "import"


@pytest.fixture
def arguments(small_course: Project) -> list[str]:
    return ["--cours", str(small_course.root), "importer", "--unite", "1-essai"]


@pytest.fixture
def taken(small_course: Project, tmp_path: Path, arguments: list[str], request: pytest.FixtureRequest) -> Path:
    """The bank made from one of the cases."""
    file = tmp_path / request.param
    shutil.copy(CASES / request.param, file)
    assert cli.main([*arguments, str(file)]) == 0
    return file.with_suffix(".quiz.yml")


both = pytest.mark.parametrize("taken", ["formation.xml", "exemples.gift"], indirect=True)


@both
def test_all_that_verifier_finds_in_what_was_taken_is_what_waits_to_be_written(
    small_course: Project, taken: Path
) -> None:
    (unit,) = units.units(small_course)
    text = unit.quiz.read_text(encoding="utf-8") + taken.read_text(encoding="utf-8").split("questions:\n")[1]
    unit.quiz.write_text(text, encoding="utf-8")
    faults = [*bank.check_unit(unit), *typography.check(small_course)]
    assert [fault for fault in faults if TO_FILL not in fault.message] == []
    marked = {number for number, line in enumerate(text.split("\n"), 1) if TO_FILL in line}
    assert {fault.line for fault in faults} == marked
    text = text.replace(f"objectif: {TO_FILL}", "objectif: o1").replace(f"cle: {TO_FILL}", "cle: TAT_2016")
    unit.quiz.write_text(text.replace(TO_FILL, "Un texte."), encoding="utf-8")
    assert [*bank.check_unit(unit), *typography.check(small_course)] == []


@pytest.mark.parametrize("taken", ["formation.xml"], indirect=True)
def test_each_question_becomes_what_it_was(taken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    read = yaml.safe_load(taken.read_text(encoding="utf-8"))
    assert read["titre"] == "Défaut pour Accueil/Accès aux droits"
    questions = {item["id"]: item for item in read["questions"]}
    kinds = {name: item["type"] for name, item in questions.items()}
    assert kinds == {
        "domiciliation-ou": "choix_unique",
        "delais": "choix_multiple",
        "gratuite": "vrai_faux",
        "distance": "numerique",
        "etapes": "ordre",
        "avis": "opinion",
        "recit": "reflexion",
    }
    first = questions["domiciliation-ou"]
    assert first["objectif"] == "o1"
    assert "domiciliation" in first["enonce"] and "<" not in first["enonce"]
    assert [choice.get("juste", False) for choice in first["choix"]] == [True, False, False]
    assert first["choix"][0]["texte"] == "Au CCAS, ou auprès d’un organisme agréé"
    assert first["choix"][1]["explication"] == TO_FILL
    assert questions["delais"]["ordre_fixe"] is True
    assert questions["gratuite"]["enonce"] == "Ce service est gratuit."
    assert questions["distance"]["accepte"] == {"min": 4.1, "max": 4.3}
    assert [item["texte"] for item in questions["etapes"]["elements"]] == ["Accueillir", "Écouter", "Orienter"]
    assert len(questions["recit"]["reperes"]) == 2


@pytest.mark.parametrize("taken", ["exemples.gift"], indirect=True)
def test_choices_that_are_in_order_stay_so(taken: Path) -> None:
    read = yaml.safe_load(taken.read_text(encoding="utf-8"))
    assert [item["id"] for item in read["questions"] if item.get("ordre_fixe")] == ["montants"]


def test_what_does_not_fit_is_told_question_by_question(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("formation.xml", "exemples.gift"):
        assert cli.main([*arguments, str(CASES / name), "--sortie", "-"]) == 0
    said = capsys.readouterr()
    assert yaml.safe_load(said.out.split("# Questions")[1].split("\n", 1)[1])["questions"]
    told = re.sub(r"[\u00a0\u202f]", " ", said.err)
    for words in (
        "Domiciliation: où ? : perdu : une image",
        "Domiciliation: où ? : perdu : les retours communs",
        "Domiciliation: où ? : perdu : les indices",
        "Domiciliation: où ? : perdu : le barème",
        "Distance : perdu : le retour à toute autre réponse",
        "Sigles : laissée de côté : type « appariement »",
        "Trous : laissée de côté : type « texte à trous (Cloze) »",
        "Illisible : laissée de côté : un nombre",
        "Année : perdu : les réponses qui valent une partie",
        "Courte : laissée de côté",
        "Paires : laissée de côté",
        "Ouverte : laissée de côté : une accolade",
    ):
        assert words in told, words


def test_nothing_is_written_over(tmp_path: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "questions.gift"
    shutil.copy(CASES / "exemples.gift", file)
    kept = tmp_path / "questions.quiz.yml"
    kept.write_text("à moi", encoding="utf-8")
    assert cli.main([*arguments, str(file)]) == 1
    assert "écrasé" in capsys.readouterr().err and kept.read_text(encoding="utf-8") == "à moi"


def test_a_question_keeps_clear_of_the_ids_of_the_unit(
    small_course: Project, tmp_path: Path, arguments: list[str]
) -> None:
    file = tmp_path / "questions.gift"
    file.write_text("::Pluie::A{T}\n\n::pluie !::B{F}\n", encoding="utf-8")
    assert cli.main([*arguments, str(file)]) == 0
    read = yaml.safe_load(file.with_suffix(".quiz.yml").read_text(encoding="utf-8"))
    assert [item["id"] for item in read["questions"]] == ["pluie-2", "pluie-3"]


ENTITIES = '<!DOCTYPE q [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><quiz><question type="&b;"/></quiz>'
HOSTILE = {
    "entites.xml": (ENTITIES.encode(), "DTD"),
    "externe.xml": (b'<!DOCTYPE q SYSTEM "file:///etc/passwd"><quiz/>', "DTD"),
    "coupe.xml": (b"<quiz><question", "lisible"),
    "latin.xml": ("<quiz><question type='é'/></quiz>".encode("latin-1"), "encodage"),
    "inconnu.xml": (b'<?xml version="1.0" encoding="martien"?><quiz/>', "encodage"),
    "autre.xml": (b"<html/>", "Moodle XML"),
    "vide.xml": (b"<quiz/>", "aucune question"),
    "rien.gift": (b"\n\n", "aucune question"),
    "latin.gift": ("::é::é{T}".encode("latin-1"), "UTF-8"),
    "utf16.gift": ("::a::a{T}".encode("utf-16"), "UTF-8"),
    "image.png": (b"\x89PNG", "format inconnu"),
    "profond.xml": (b"<quiz>" + b"<a>" * 50_000 + b"</a>" * 50_000 + b"</quiz>", "aucune question"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_cannot_be_read_is_refused_in_french(
    name: str, tmp_path: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    content, words = HOSTILE[name]
    (tmp_path / name).write_bytes(content)
    assert cli.main([*arguments, str(tmp_path / name)]) == 1
    told = capsys.readouterr().err
    assert words in told.replace("\u00a0", " ") and "→" in told and name in told
    assert not [*tmp_path.glob("*.yml")]


def test_a_file_that_is_too_big_or_missing_is_refused(
    tmp_path: Path, arguments: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "LARGEST", 10)
    (tmp_path / "gros.gift").write_text("::a::a{T}" * 2, encoding="utf-8")
    for name, words in (("gros.gift", "trop gros"), ("absent.gift", "introuvable")):
        assert cli.main([*arguments, str(tmp_path / name)]) == 1
        assert words in capsys.readouterr().err


def test_an_unknown_unit_is_told(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([*arguments[:3], "--unite", "2-essai", str(CASES / "exemples.gift")]) == 1
    assert "1-essai" in capsys.readouterr().err


@settings(max_examples=200)
@given(text=st.text(st.sampled_from("a1.%=~#{}:\\[]->\n /é<&*`$"), max_size=60))
def test_whatever_the_text_gift_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(ContentError):
        gift_reader.read(text.encode(), "essai.gift")


@pytest.mark.parametrize("sign", ["<", "<a ", "<!--", '<a x="', "</", "&#", "[id:", "#", "=%1%", " ", '"', "::", "\\"])
def test_a_long_run_of_one_sign_costs_no_more_than_its_length(sign: str) -> None:
    """Seconds where a reader that starts again at each sign takes minutes."""
    size = 20_000
    start = time.process_time()
    found = gift_reader.read(f"// {sign * size}\n::a::b {sign * size} {{=a{sign * size} ~b}}".encode(), "essai.gift")
    for held in filter(None, (item.question for item in found.questions)):
        french.typeset(" ".join(held.lines))
    assert time.process_time() - start < 4


HOSTILE_TEXT = "Un < 3 >, piège & “x” {a} = ~ # : \\ \\n // é %50% ->"


def same(form: Form) -> Form:
    """Return a form as files can hold it: rounded, without an order of its own."""
    match form:
        case OneOf(options) | SomeOf(options):
            return replace(form, options=tuple(replace(o, share=round(o.share, 4)) for o in options), fixed=False)
        case Amount(ranges, value):
            rounded = (replace(r, low=round(r.low, 6), high=round(r.high, 6)) for r in ranges)
            return Amount(tuple(rounded), round(value, 6))
    return form


def item_of(name: str, asked: Portable) -> items.Item:
    return items.Item("x", name, items.paragraphs(asked.lines), asked, int(asked.graded), ())


def test_what_the_kit_writes_comes_back_from_both_formats() -> None:
    """Every type of question, and texts that hold the signs of both formats."""
    banks = [bank.load(TESTS / "quiz" / name) for name in ("banque.yml", "banque_panel.yml")]
    asked = {f"{held.title}/{question.id}": question.portable() for held in banks for question in held.questions}
    sent = {name: item_of(name, question) for name, question in asked.items()}
    options = (Option(HOSTILE_TEXT, 1, HOSTILE_TEXT), Option(f"% {HOSTILE_TEXT}", 0, f"#### {HOSTILE_TEXT}"))
    for rank, form in enumerate((OneOf(options), Truth(True, HOSTILE_TEXT, "b"), Ranking((HOSTILE_TEXT, "b", "c")))):
        sent[f"x/{rank}"] = item_of(f"x/{rank}", Portable((HOSTILE_TEXT,), form, True, (HOSTILE_TEXT,)))
    held = items.Collection("essai", "A/B", "?", tuple(sent.values()))
    for read in (
        moodle_reader.read(moodle.text([held]), "essai.xml"),
        gift_reader.read(gift.text([held]), "essai.gift"),
    ):
        assert isinstance(read, File) and read.title == "A/B"
        assert [found.name for found in read.questions] == [*sent]
        for found in read.questions:
            question = sent[found.name].question
            assert same(found.question.form) == same(question.form), found.name
            assert found.question.lines == tuple(map(items.clean, question.lines)), found.name
            assert found.question.after == tuple(map(items.clean, question.after)), found.name
