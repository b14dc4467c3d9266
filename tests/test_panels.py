"""The command that puts a panel in a bank: it changes one line, or says all that keeps it from doing so."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from mallette import checks, cli, panels, units
from mallette.faults import ContentError
from mallette.paths import Project
from mallette.quiz import bank, paper
from tests.conftest import ROOT
from tests.salle import BANK, UNIT, write_course

COUNTS = [0, 1, 2, 6, 3]
ORIGIN = "éducateurs de prévention spécialisée"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return write_course(tmp_path_factory.mktemp("panels") / "cours")


@pytest.fixture
def own(small: Project) -> Iterator[Project]:
    """A course whose bank a test may change; its references are read once."""
    yield small
    shutil.copy(BANK, quiz(small))
    shutil.rmtree(small.panels, ignore_errors=True)


def quiz(course: Project) -> Path:
    return units.unit(UNIT, course).quiz


def written(course: Project, **changed: str) -> Path:
    """Write the panel of « rupture » as a séance does, then change some of its lines."""
    question = bank.load(quiz(course)).select(["rupture"]).questions[0]
    text = panels.text("panels/essai.yml", UNIT, question, COUNTS, ORIGIN, date(2024, 3, 12))
    for key, value in changed.items():
        text, count = re.subn(rf"^( *){key}:.*(?:\n\1- .*|\n\1 +.*)*", rf"\1{key}: {value}", text, flags=re.MULTILINE)
        assert count == 1, key
    path = course.panels / "essai.yml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def refused(course: Project, path: Path, **options: bool) -> list[tuple[int, str]]:
    before = quiz(course).read_bytes()
    with pytest.raises(ContentError) as caught:
        panels.insert(path, course, **options)
    assert quiz(course).read_bytes() == before
    assert all(fault.remedy for fault in caught.value.faults)
    return [(fault.line, re.sub("[\u00a0\u202f]", " ", fault.message)) for fault in caught.value.faults]


LINE = f'    panel: {{reponses: {COUNTS}, effectif: 12, origine: "{ORIGIN}", date: 2024-03-12}}'


def test_the_command_changes_one_line_and_the_course_stays_clean(own, capsys):
    before = quiz(own).read_text(encoding="utf-8")
    assert cli.main(["--cours", str(own.root), "panel", str(written(own))]) == 0
    assert f"modules/{UNIT}/quiz.yml, ligne " in capsys.readouterr().out
    old, new = (text.splitlines() for text in (before, quiz(own).read_text(encoding="utf-8")))
    changed = [number for number, (first, second) in enumerate(zip(old, new, strict=True)) if first != second]
    assert [old[number] for number in changed] == ["    lecture: {position: 1, admise: 2}"]
    assert [new[number] for number in changed] == [LINE]
    assert checks.unit_faults(units.unit(UNIT, own)) == []
    assert not checks.typography.check(own) and not checks.wording.check(own)
    question = bank.load_unit(units.unit(UNIT, own)).select(["rupture"]).questions[0]
    assert question.scored and question.content["panel"]["date"] == "2024-03-12"


WAYS = {
    "a block": "    lecture:\n      position: 1\n      admise: 2\n",
    "a block, position alone": "    lecture:\n      position: 1\n",
    "a comment beside": "    lecture: {position: 1}  # relu en équipe\n",
    "on two lines": "    lecture: {position: 1,\n              admise: 2}\n",
}


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("way", WAYS)
def test_however_the_reading_is_written_all_the_rest_stays(own, way, ending):
    path = quiz(own)
    text = path.read_text(encoding="utf-8")
    head, tail = text.split("    lecture: {position: 1, admise: 2}\n")
    path.write_bytes(("# En tête\n" + head + WAYS[way] + "# Après\n" + tail).replace("\n", ending).encode())
    panels.insert(written(own), own)
    after = LINE + ("  # relu en équipe" if "#" in WAYS[way] else "") + "\n"
    assert path.read_bytes() == ("# En tête\n" + head + after + "# Après\n" + tail).replace("\n", ending).encode()


def test_a_question_written_between_braces_is_changed_too(own):
    path = quiz(own)
    head, rest = path.read_text(encoding="utf-8").split("  - id: rupture\n")
    tail = rest[rest.index("  - id: souvenir") :]
    story = "enonce: a, situation: b, hypothese: c, information: d"
    path.write_text(
        head + f"  - {{id: rupture, type: concordance, objectif: o2, {story}, lecture: {{position: 0}}, "
        "explications: [a, b, c, d, e]}\n" + tail,
        encoding="utf-8",
    )
    panels.insert(written(own), own)
    assert f"{story}, {LINE.strip()}, explications" in path.read_text(encoding="utf-8")
    assert bank.check_unit(units.unit(UNIT, own)) == []


@pytest.mark.parametrize(
    ("anchor", "line"),
    [("lecture: &l {position: 1, admise: 2}", "lecture: *l"), ("<<: &l {lecture: {position: 1, admise: 2}}", "<<: *l")],
)
def test_a_reading_that_an_anchor_shares_is_left_and_the_line_is_given(own, anchor, line):
    path = quiz(own)
    text = path.read_text(encoding="utf-8").replace("lecture: {position: 1, admise: 2}", anchor)
    twin = text[text.index("  - id: rupture\n") : text.index("  - id: souvenir")]
    path.write_text(text + twin.replace("id: rupture", "id: autre").replace(anchor, line), encoding="utf-8")
    held = written(own)
    with pytest.raises(ContentError) as caught:
        panels.insert(held, own)
    assert LINE.strip() in caught.value.faults[0].remedy
    assert anchor in path.read_text(encoding="utf-8")


def test_a_panel_already_there_gives_way_only_when_asked(own, capsys):
    panels.insert(written(own), own)
    held = written(own, reponses="[6, 3, 2, 1, 0]", date="2024-04-01")
    assert f"a déjà un panel ({ORIGIN}, 12 personnes, 12 mars 2024)" in refused(own, held)[0][1]
    command = ["--cours", str(own.root), "panel", str(held)]
    assert cli.main(command) == 1 and "--remplacer" in capsys.readouterr().err
    assert cli.main([*command, "--remplacer"]) == 0
    assert "panel: {reponses: [6, 3, 2, 1, 0], effectif: 12," in quiz(own).read_text(encoding="utf-8")
    folded = quiz(own).read_text(encoding="utf-8")
    block = "panel:\n      reponses: [6, 3, 2, 1, 0]\n      effectif: 12\n      date: 2024-04-01\n"
    block += "      origine: >-\n        un groupe\n"
    quiz(own).write_text(re.sub(r"panel: \{.*\n", block, folded), encoding="utf-8")
    panels.insert(written(own), own, replace=True)
    assert quiz(own).read_text(encoding="utf-8").count(LINE + "\n") == 1


@pytest.mark.parametrize(
    ("changed", "line", "message"),
    [
        ({"unite": "9-inconnue"}, 3, "aucune unité « 9-inconnue »"),
        ({"question": "ruptures"}, 4, "aucune question « ruptures »"),
        ({"question": "aise"}, 4, "ne demande pas de jugement"),
        ({"effectif": "13"}, 6, "les cinq réponses font 12"),
        ({"origine": "proposition de l’équipe"}, 7, "personne n’a vraiment répondu"),
        ({"origine": '"l\'équipe de rue"'}, 7, "apostrophe droite"),
        ({"origine": "anciens dealers"}, 7, "mot qui enferme"),
        ({"origine": "le groupe de Mme Durand"}, 7, "désigner une personne"),
        ({"date": "2999-01-01"}, 8, "à venir"),
        ({"information": "Autre chose."}, 13, "« information » a changé dans la banque"),
        ({"echelle": "[a, b, c, d, e]"}, 14, "« echelle » a changé dans la banque"),
    ],
)
def test_what_keeps_a_panel_out_is_told_with_its_line(own, changed, line, message):
    found = refused(own, written(own, **changed))
    assert [number for number, said in found if message in said] == [line], found


def test_a_broken_file_tells_all_its_faults_at_once(own):
    found = refused(own, written(own, reponses="[0, 1, 2]", effectif="douze", date="hier", question="La rupture"))
    assert len(found) == 3 and [line for line, _ in found] == sorted(line for line, _ in found)
    several = refused(own, written(own, effectif="9", origine="réponses estimées", date="hier"))
    assert len(several) == 4
    assert refused(own, own.panels / "absent.yml") == [(0, "fichier introuvable ou illisible")]
    broken = own.panels / "casse.yml"
    broken.write_text("unite: [\n", encoding="utf-8")
    assert "YAML illisible" in refused(own, broken)[0][1]


def test_a_bank_with_a_defect_is_mended_first(own):
    held = written(own)
    text = quiz(own).read_text(encoding="utf-8")
    quiz(own).write_text(text.replace("accepte: {min: 11.5", "accepte: {min: 12.2"), encoding="utf-8")
    assert "accepté ne contient pas" in refused(own, held)[0][1]


def test_a_disk_that_refuses_leaves_the_bank_as_it_was(own, monkeypatch, capsys):
    held, before = written(own), quiz(own).read_bytes()
    monkeypatch.setattr(panels.files.os, "replace", lambda *_: (_ for _ in ()).throw(PermissionError(13, "refusé")))
    assert cli.main(["--cours", str(own.root), "panel", str(held)]) == 1
    assert "Le quiz n’a pas changé" in capsys.readouterr().err
    assert quiz(own).read_bytes() == before
    assert not [path for path in quiz(own).parent.iterdir() if path.suffix == ".part"]


def test_on_paper_a_reading_counts_nobody_and_a_panel_says_who_how_many_and_when():
    path = ROOT / "tests" / "quiz" / "banque_panel.yml"
    assert bank.check(path) == []
    judged = paper.text(bank.load(path))
    assert "Panel\u00a0: 5 sur 10." in judged
    assert "Origine du panel\u00a0: éducateurs de prévention spécialisée, 10\u00a0personnes, 1er mars 2024." in judged
    read = paper.text(bank.load(BANK).select(["rupture"]))
    assert "Lecture proposée par l’équipe de la mallette\u00a0: plus plausible (+1)" in read
    assert "anel" not in read and " sur " not in read
