"""Do other programs ask and score the kit's questions as the kit does? All questions of the course, in one pass."""

from __future__ import annotations

import io
import itertools
import json
import math
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator

import pytest
from pygiftparser import parser as gift_parser

from mallette import cli, units
from mallette.grading import assignment
from mallette.paths import Project
from mallette.publication import lms
from mallette.publication.lms import gift, items, moodle, qti
from mallette.publication.lms.items import Collection, Item
from mallette.questions import TYPES, Question, of
from mallette.questions.forms import Amount, OneOf, Option, Portable, Ranking, SomeOf, Statement, Truth
from mallette.quiz import bank
from tests.conftest import ROOT
from tests.publication import moodle as reader
from tests.publication import qti as qti_reader

TESTS = ROOT / "tests"
VECTORS = json.loads((TESTS / "vecteurs" / "quiz.json").read_text(encoding="utf-8"))
FILLED = {
    "unite": "h",
    "valeur": 8,
    "consigne_ordre": "?",
    "situation": "s",
    "hypothese": "h",
    "information": "i",
    "retours": ["x", "y"],
}
"""What the vectors leave out, since no credit depends on it."""
QTI = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"


class Everything:
    """What the tests ask of the course: its questions, and their files."""

    def __init__(self, course: Project) -> None:
        banks = [(unit, bank.load_unit(unit)) for unit in units.units(course)]
        asked = [assignment.load(name, course) for name in assignment.names(course)]
        self.collections = [*(items.of_unit(*pair) for pair in banks), *map(items.of_assignment, asked)]
        self.moodle = reader.questions(moodle.text(self.collections))
        self.questions: dict[str, Question] = {
            f"{unit.slug}/{question.id}": question for unit, held in banks for question in held.questions
        } | {f"devoir-{held.name}/{item.id}": item.question for held in asked for item in held.items}
        self.items: dict[str, Item] = {item.number: item for held in self.collections for item in held.items}


@pytest.fixture(scope="module")
def everything(course: Project) -> Everything:
    return Everything(course)


def vector_question(name: str) -> Question:
    raw = {"id": name, "objectif": "o1", "enonce": "?", **FILLED, **VECTORS["questions"][name]}
    told = {word: word for word in ("vrai", "faux", "juste", "proche", "trop_bas", "trop_haut")}
    raw["explications"] = list("abcde") if raw["type"] == "concordance" else told
    for listed in ("choix", "elements"):
        raw[listed] = [{"explication": ".", **item} for item in raw.get(listed, ())]
    return of(raw)


def collection(*questions: Question) -> Collection:
    listed = enumerate(questions, 1)
    return Collection("essai", "Essai", "?", tuple(items._item(rank, q.id, "essai", q, 1) for rank, q in listed))


def given(question: Question, answer: object) -> reader.Answer:
    """Return an answer as Moodle gets it."""
    if isinstance(question.form(), Amount | Ranking):
        return answer
    return question.places(answer)


def expected(question: Question, answer: object) -> float:
    """Return what Moodle gives: it counts the pairs in order, where the kit asks for more than half of them."""
    credit = question.credit(answer)
    if isinstance(question.form(), Ranking):
        pairs = list(itertools.combinations(answer, 2))
        share = sum(first < second for first, second in pairs) / len(pairs)
        assert credit == pytest.approx(max(0, 2 * share - 1))
        return share
    return credit


@pytest.mark.parametrize("vector", VECTORS["reponses"], ids=lambda item: f"{item['question']}={item['reponse']}")
def test_moodle_scores_an_answer_as_the_kit_does(vector: dict) -> None:
    question, answer = vector_question(vector["question"]), vector["reponse"]
    (made,) = reader.questions(moodle.text([collection(question)])).values()
    assert float(made.findtext("defaultgrade")) == question.scored
    if not (vector["valide"] and question.scored):
        return
    rounded = 0.05 if question.takes_panel else 1e-6
    assert reader.answer(made, given(question, answer))[0] == pytest.approx(expected(question, answer), abs=rounded)


def answers(question: Question) -> Iterator[object]:
    """Yield every answer of a question, or those around the ends of a number and a few orders."""
    match question.form():
        case Amount(ranges):
            ends = {end + gap for item in ranges for end in (item.low, item.high) for gap in (-1e-4, 0, 1e-4)}
            yield from (end for end in {*ends, question.value} if question.valid(end))
        case Ranking(listed):
            yield from map(list, itertools.islice(itertools.permutations(range(len(listed))), 0, None, 7))
        case Truth():
            yield from ("vrai", "faux")
        case OneOf(options):
            yield from range(len(options))
        case form:
            places = range(len(form.options))
            yield from (list(ticked) for size in places for ticked in itertools.combinations(places, size + 1))


def test_moodle_scores_the_whole_course_and_tells_each_answer_what_the_kit_tells(everything: Everything) -> None:
    made = everything.moodle
    assert {*made} == {*everything.items}
    for name, question in everything.questions.items():
        read = made[name]
        assert question.prompt in reader.plain(read.findtext("questiontext/text"))
        assert bool(float(read.findtext("defaultgrade"))) == (question.scored or question.rubric)
        if question.rubric or not question.scored:
            continue
        for answer in answers(question):
            share, told = reader.answer(read, given(question, answer))
            assert share == pytest.approx(expected(question, answer), abs=1e-5), (name, answer)
            if isinstance(question.form(), Amount | Truth):
                assert told == question.explained(answer)[0], (name, answer)


def test_qti_scores_the_course_all_or_nothing_for_an_order(everything: Everything) -> None:
    for name, question in everything.questions.items():
        form = question.form()
        if question.rubric or not question.scored:
            continue
        made = qti._question(everything.items[name])
        read = ET.fromstring(ET.tostring(made, encoding="unicode"))
        for answer in answers(question):
            known = given(question, answer)
            prefix = "E" if isinstance(form, Ranking) else "C"
            sent = known if isinstance(form, Amount) else [f"{prefix}{place + 1}" for place in known]
            share, told = qti_reader.score(read, sent)
            credit = question.credit(answer)
            expected = float(credit == 1) if isinstance(form, Ranking) else credit
            assert share == pytest.approx(expected, abs=1e-6), (name, answer)
            if isinstance(form, Amount | Truth):
                assert told == question.explained(answer)[:1], (name, answer)


def test_what_is_not_scored_earns_nothing_and_a_reading_has_no_right_answer(everything: Everything) -> None:
    readings = [q for q in everything.questions.values() if q.takes_panel and q.panel is None]
    assert readings
    for question in readings:
        item = collection(question).items[0]
        assert item.points == 0
        assert {option.share for option in question.form().options} == {1}
        text = ET.tostring(qti._question(item), encoding="unicode")
        assert "SCORE" not in text and "correctResponse" not in text
        assert question.read() in reader.plain(item.after)


def test_the_guide_tells_what_is_lost(everything: Everything) -> None:
    """Of each type in the guide, in its order: the questions of the tests, and a text to write, which no bank has."""
    banks = [bank.load(TESTS / "quiz" / name).questions for name in ("banque.yml", "banque_panel.yml")]
    text = next(name for name, question in everything.questions.items() if question.rubric)
    asked = [(question.title, collection(question).items[0]) for question in itertools.chain(*banks)]
    asked.append((everything.questions[text].title, everything.items[text]))
    rows = lms.losses(asked)
    guide = (ROOT / "book" / "guides" / "organisateur.md").read_text(encoding="utf-8")
    missing = [line for line in ("| " + " | ".join(row) + " |" for row in rows) if line not in guide]
    assert not missing, "lignes à mettre dans le tableau du guide :\n" + "\n".join(missing)


def test_every_type_of_question_is_exported_in_every_format(everything: Everything) -> None:
    kinds = {question.kind: name for name, question in everything.questions.items()}
    assert {*kinds} == {*TYPES}
    for name in kinds.values():
        form = everything.items[name].question.form
        assert all(type(form) in format.NAMES for format in lms.FORMATS)


def test_a_credit_that_moodle_refuses_is_rounded_and_told() -> None:
    raw = {"type": "concordance", "id": "p", "objectif": "o1", "enonce": "?", **FILLED, "explications": list("abcde")}
    question = of(raw | {"panel": {"reponses": [0, 1, 2, 7, 3], "effectif": 13, "origine": "x", "date": "2024-03-01"}})
    held = collection(question)
    (made,) = reader.questions(moodle.text([held])).values()
    assert reader.answer(made, [4])[0] == 0.4, "3 ÷ 7 n’est pas dans la liste de Moodle"
    assert all("arrondies" in " ".join(format.lost(held.items[0])) for format in (moodle, gift))
    assert qti.lost(held.items[0]) == []


def test_names_keep_their_end_where_moodle_cuts_them(everything: Everything) -> None:
    for name, made in everything.moodle.items():
        assert len(made.findtext("name/text")) <= items.LONGEST_NAME, name


def test_a_number_shows_its_published_value_as_the_answer(everything: Everything) -> None:
    made = everything.moodle
    for name, question in everything.questions.items():
        if isinstance(question.form(), Amount):
            shown = float(made[name].find("answer").findtext("text"))
            assert math.isclose(shown, question.value, abs_tol=1e-8), name


def test_gift_is_read_by_another_program(everything: Everything) -> None:
    found = gift_parser.parseFile(io.StringIO(gift.text(everything.collections).decode()))
    read = {_number(item.full): item for item in found}
    assert {*read} == {*everything.items}
    unknown = {"NoneType"}  # this program knows no negative number
    shapes = {
        "OneOf": {"SelectSet"},
        "SomeOf": {"MultipleChoicesSet"},
        "Truth": {"TrueFalseSet"},
        "Amount": {"NumericAnswerSet"} | unknown,
        "Ranking": {"MatchingSet"},
        "FreeText": {"Essay"},
        "Statement": {"Description"},
    }
    for name, item in everything.items.items():
        made = getattr(read[name], "answers", None)
        assert type(made).__name__ in shapes[type(item.question.form).__name__], name
        if made is None:
            assert any(range.ends[0] < 0 for range in item.question.form.around_value()), name
        if isinstance(item.question.form, Amount) and made:
            read_as = [[answer.fraction, float(answer.mini), float(answer.maxi)] for answer in made.answers]
            ranges = [[100 * range.share, *range.ends] for range in item.question.form.around_value()]
            assert sum(read_as, []) == pytest.approx(sum(ranges, []), abs=1e-9)
        if isinstance(item.question.form, OneOf | SomeOf):
            shares = [option.share for option in item.question.form.options]
            assert [answer.fraction for answer in made.answers] == pytest.approx([100 * share for share in shares])
            shown = [reader.plain(re.sub(r"\\(.)", r"\1", answer.answer)) for answer in made.answers]
            assert shown == [items.clean(option.text) for option in item.question.form.options]


def _number(source: str) -> str:
    return re.search(r"\[id:(\S+?)\]", source)[1]


HOSTILE = 'Un <b>piège</b> & "x" {a} = ~ # : \\ \\n // é\u0000\u000b ]]> {{y}} \U0001f600'


def test_signs_of_a_format_and_of_html_stay_text() -> None:
    options = (Option(HOSTILE, 1, HOSTILE), Option("% [html] " + HOSTILE, 0, "#### " + HOSTILE))
    forms = (OneOf(options), Truth(True, HOSTILE, HOSTILE), Ranking((HOSTILE, "b", "c")), Statement())
    made = tuple(
        Item(f"0{rank}", f"essai/{rank}", items.paragraphs([HOSTILE]), Portable((), form, True, (HOSTILE,)), 1, ())
        for rank, form in enumerate(forms)
    )
    held = Collection("essai", HOSTILE, HOSTILE, made)
    kept = items.clean(HOSTILE)
    read = reader.questions(moodle.text([held]))["essai/0"]
    assert read.findtext("questiontext/text") == items.paragraphs([HOSTILE])
    assert [ET.fromstring(answer.findtext("text")).text for answer in read.findall("answer")][0] == kept
    with zipfile.ZipFile(io.BytesIO(qti.package(held))) as archive:
        shown = ET.fromstring(archive.read("items/q-essai-0.xml")).find(f".//{QTI}simpleChoice")
    assert shown.text == kept
    first, *_ = gift.text([held]).decode().split("\n\n")[1:]
    assert len([line for line in first.split("\n") if re.match(r"=|~", line) or "{=" in line]) == 2


def test_two_exports_are_the_same_bytes(everything: Everything) -> None:
    for held in (everything.collections[0], everything.collections[-1]):
        assert lms._contents(held) == lms._contents(held)


def test_a_qti_package_holds_what_it_lists_and_each_file_declares_what_it_uses(everything: Everything) -> None:
    """Its schema may be had from 1EdTech; here, what a reader stumbles over: names, references, order of the parts."""
    order = ["responseDeclaration", "outcomeDeclaration", "itemBody", "responseProcessing", "modalFeedback"]
    for held in everything.collections:
        with zipfile.ZipFile(io.BytesIO(qti.package(held))) as archive:
            files = {name: ET.fromstring(archive.read(name)) for name in archive.namelist()}
        listed = {item.get("href") for item in files["imsmanifest.xml"].iter() if item.get("href")}
        assert listed == {*files} - {"imsmanifest.xml"}
        test = files[f"test-q-{held.name}.xml"]
        assert {item.get("href") for item in test.iter(f"{QTI}assessmentItemRef")} < listed
        for name, root in files.items():
            if not name.startswith("items/"):
                continue
            assert re.fullmatch(r"[A-Za-z_][\w.-]*", root.get("identifier"))
            places = [order.index(part.tag.removeprefix(QTI)) for part in root]
            assert places == sorted(places), name
            declared = {part.get("identifier") for part in root if part.tag.endswith("Declaration")}
            used = {item.get("responseIdentifier") for item in root.iter()}
            used |= {item.get("outcomeIdentifier") for item in root.iter()}
            used |= {item.get("identifier") for tag in ("setOutcomeValue", "variable") for item in root.iter(QTI + tag)}
            assert used - {None} <= declared, name


def test_the_verb_writes_the_quizzes_and_only_the_assignment_that_is_named(
    small_course: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--cours", str(small_course.root), "publier", "lms"]
    assert cli.main(arguments) == 0
    said = capsys.readouterr().out
    folder = small_course.publication / "lms"
    assert "réponses" in said and "moodle/1-essai.xml" in said
    assert [*reader.questions((folder / "moodle" / "1-essai.xml").read_bytes())] == ["1-essai/pluie"]
    assert not [*folder.rglob("devoir-*")]
    described = small_course.exercises / "devoirs" / "essai.yml"
    described.parent.mkdir(parents=True)
    described.write_text((TESTS / "grading" / "essai.yml").read_text(encoding="utf-8"), encoding="utf-8")
    assert cli.main([*arguments, "--devoir", "essai"]) == 0
    assert len([*folder.rglob("devoir-essai.*")]) == len(lms.FORMATS)
    capsys.readouterr()
    assert cli.main([*arguments, "--devoir", "esai"]) == 1
    assert "essai" in capsys.readouterr().err


def test_a_unit_with_a_fault_is_left_out_and_told(small_course: Project, capsys: pytest.CaptureFixture[str]) -> None:
    (small_course.modules / "1-essai" / "quiz.yml").write_text("titre: Essai\n", encoding="utf-8")
    assert cli.main(["--cours", str(small_course.root), "publier", "lms"]) == 1
    told = capsys.readouterr().err
    assert "quiz.yml" in told and "questions" in told
