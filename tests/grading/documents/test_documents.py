"""The papers of a training body: every field, nothing invented, nobody's name where it does not belong."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from mallette.checks import typography
from mallette.faults import ContentError
from mallette.grading import code_report, erase, grade
from mallette.grading.documents import group, person, writing
from mallette.grading.documents.names import Person
from mallette.grading.documents.odt import MEDIA_TYPE, odt
from mallette.grading.documents.sheet import Field, Heading, Sheet, html, table
from mallette.grading.documents.training import Training
from mallette.grading.objectives import DEFAULT
from mallette.grading.results import Copy
from mallette.quiz import satisfaction
from tests.conftest import ROOT
from tests.grading import classes, copies
from tests.grading.classes import code
from tests.grading.test_report import texts_of

DAY = date(2026, 11, 30)
NAME = "Zoé Éléonore d’Essai"
PEOPLE = {code(0): Person(NAME, "Foyer & Cie"), "p9002": Person("Noé <b>Œuvrard</b>\x07")}
UNGRADED = Copy("p9000", classes.NOW, reason="le fichier est vide")
SOFFICE = shutil.which("soffice")


def training(course, people=PEOPLE, graded: int = 6) -> Training:
    """Return a training of some graded copies, one that is not, one with a text to read; two said where they stood."""
    held = classes.of([(1, 2.0, 3.0)] * graded + [(0, 0.0, None)], [UNGRADED])
    before = [classes.positions([{"o1": 0, "o2": 3, "o3": 2}, {"o1": 1}])]
    opinions = satisfaction.load(course)
    return Training(held, before, "Une unité d’essai", "Module 1", 150, people, opinions, DEFAULT, "4 mars 2021")


def copy_of(made: Training, name: str) -> Copy:
    return next(copy for copy in made.copies if copy.code == name)


def every_sheet(made: Training) -> list[Sheet]:
    mine = [make(made, copy) for copy in made.copies for make in person.EVERY.values()]
    return [*group.every(made, DAY).values(), *mine]


def fields(sheet: Sheet) -> dict[str, str]:
    return {block.label: block.value for block in sheet.blocks if isinstance(block, Field)}


FIELDS = {
    "positionnement": ("nom", "intitulé", "durée prévue", "dates", "signature", "objectif"),
    "evaluation-des-acquis": ("nom", "intitulé", "objectif", "résultat", "grille", "signature"),
    "attestation": ("organisme", "déclaration", "nom", "intitulé", "nature", "objectif", "durée", "dates", "signature"),
    "certificat-de-realisation": (
        *("raison sociale", "déclaration", "signataire", "nom", "employeur", "intitulé", "nature", "du", "au"),
        *("durée", "cachet"),
    ),
    "emargement": ("organisme", "intitulé", "dates", "lieu", "matin", "après-midi", "formateurs", "signature"),
    "satisfaction": ("anonyme", "garder, changer ou ajouter"),
    "bilan": ("organisme", "inscrites", "objectif", "satisfaction", "amélioration", "employeurs", "financeurs"),
    "a-lire": ("à relire", "5 septembre 2018", "facultative", "n’en sont pas un élément de preuve", "indicateur 30"),
}
"""What each paper must hold, in words that its readers look for."""


@pytest.mark.parametrize("name", FIELDS)
def test_each_paper_holds_its_fields(course, name):
    made = training(course)
    sheet = person.EVERY[name](made, made.copies[0]) if name in person.EVERY else group.every(made, DAY)[name]
    told = " ".join(texts_of(sheet)).casefold()
    assert [word for word in FIELDS[name] if not re.search(rf"\b{re.escape(word)}", told)] == []


def test_what_the_course_does_not_know_is_blank(course):
    made = training(course, {})
    for make in person.EVERY.values():
        known = fields(make(made, made.copies[0]))
        assert known.pop("Code") == code(0)
        known = {label: value for label, value in known.items() if value}
        assert set(known) <= {"Intitulé", "Durée prévue"}
    assert fields(group.attendance(made))["Dates"] == "", "the day of the programme is not that of this training"
    told = " ".join(texts_of(person.certificate(training(course), made.copies[0])))
    assert not re.search(r"\d", told.replace("Module 1", "")), "no hours that nobody counted"


def test_a_name_is_never_beside_its_code(course):
    made = training(course)
    for name, content in writing.contents(made, DAY):
        text = _text_of(name, content)
        if NAME in text:
            assert code(0) not in text, name
    assert NAME not in "".join(" ".join(texts_of(group.every(made, DAY)[name])) for name in ("bilan", "a-lire"))
    assert NAME in " ".join(texts_of(group.attendance(made)))


def test_what_was_not_graded_is_empty_and_says_why(course):
    made = training(course)
    for name, why in (("p9000", "le fichier est vide"), ("p9002", "rien reçu"), (code(6), "attend une lecture")):
        sheet = person.assessment(made, copy_of(made, name))
        rows = {
            row[0].partition("\u00a0:")[0]: row[2:]
            for block in sheet.blocks
            if block.kind == "table"
            for row in block.rows
        }
        assert rows["Objectif 2"] == ("", "")
        assert rows["Objectif 3"] == ("", person.NOT_ASSESSED)
        assert why in " ".join(texts_of(sheet))
    assert "non acquis" not in " ".join(texts_of(person.attestation(made, copy_of(made, "p9000"))))


def test_results_and_positions_are_those_of_the_person(course):
    made = training(course)
    rows = next(block.rows for block in person.assessment(made, made.copies[0]).blocks if block.kind == "table")
    assert [row[1:] for row in rows] == [
        ("Pas encore", "2 sur 2", "acquis"),
        ("Tout à fait", "3 sur 3", "acquis"),
        ("Plutôt oui", "", person.NOT_ASSESSED),
    ]
    ticks = next(block.rows for block in person.position(made, made.copies[0]).blocks if block.kind == "table")
    assert [[cell.startswith("☒") for cell in row[1:]].index(True) for row in ticks] == [0, 3, 2]
    blank = next(block.rows for block in person.position(made, copy_of(made, "p9002")).blocks if block.kind == "table")
    assert {cell for row in blank for cell in row[1:]} == {"☐"}


def test_the_report_of_a_small_group_tells_no_result(course):
    told = " ".join(texts_of(group.review(training(course, graded=3), DAY)))
    assert "Moins de 5 copies" in told and " sur " not in told.split("Comment")[0]


def test_a_positionnement_makes_no_paper_of_results(course):
    made = training(course)
    before = replace(made, held=made.before[0])
    made_names = {name.rpartition("/")[2].partition(".")[0] for name, _ in writing.contents(before, DAY)}
    assert made_names == {"a-lire", "emargement", "satisfaction", "positionnement"}


def test_papers_are_typeset(course):
    made = training(course, {code(0): Person("Zoé")})
    texts = [text for sheet in every_sheet(made) for text in texts_of(sheet)]
    assert typography.faults_in(enumerate(texts), "documents") == []


def _text_of(name: str, content: bytes) -> str:
    if name.endswith(".odt"):
        root = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("content.xml"))
        return "\n".join(root.itertext())
    return content.decode("utf-8-sig")


def test_a_file_for_a_word_processor_is_an_opendocument_package():
    wild = "Un <b>nom</b> & \x00\x07\ud800 des\nlignes"
    sheet = Sheet("Titre", wild, (Heading("Partie"), Field("Nom", wild), table(wild, ("a", "b"), [("1", wild)])))
    archive = zipfile.ZipFile(io.BytesIO(odt(sheet)))
    first = archive.infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert archive.read("mimetype").decode() == MEDIA_TYPE
    manifest = ElementTree.fromstring(archive.read("META-INF/manifest.xml"))
    listed = {next(value for key, value in entry.attrib.items() if key.endswith("full-path")) for entry in manifest}
    assert listed == {"/", *archive.namelist()} - {"mimetype", "META-INF/manifest.xml"}
    for name in ("content.xml", "styles.xml", "meta.xml"):
        ElementTree.fromstring(archive.read(name))
    told = _text_of(".odt", odt(sheet))
    assert told.count("<b>nom</b> &") == 4 and "des" in told
    assert odt(sheet) == odt(sheet)


@pytest.mark.skipif(
    not SOFFICE and os.environ.get("CI") != "true", reason="LibreOffice n’est pas installé : .ci/run l’installe"
)
def test_libreoffice_opens_each_kind_of_paper(course, tmp_path: Path):
    assert SOFFICE, "LibreOffice manque : .ci/run l’installe"
    made = training(course)
    kinds = {**group.every(made, DAY), **{name: make(made, made.copies[0]) for name, make in person.EVERY.items()}}
    for name, sheet in kinds.items():
        (tmp_path / f"{name}.odt").write_bytes(odt(sheet))
    run = [SOFFICE, f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}", "--headless", "--convert-to", "txt:Text"]
    files = [tmp_path / f"{name}.odt" for name in kinds]
    subprocess.run([*run, "--outdir", tmp_path / "lu", *files], check=True, capture_output=True, timeout=240)
    for name, sheet in kinds.items():
        read = (tmp_path / "lu" / f"{name}.txt").read_text(encoding="utf-8-sig")
        assert [text for text in texts_of(sheet)[:2] if text not in read] == [], name
        assert NAME in read or name not in {*person.EVERY, "emargement"}


def test_pages_fit_a_phone_and_a_sheet_of_paper(course, tmp_path: Path, page_check: Callable, axe, no_overflow):
    made = training(course, {code(0): Person("Anne-Ludovique de la Très-Longue-Famille", "Centre communal " * 4)})
    kinds = {**group.every(made, DAY), "attestation": person.attestation(made, made.copies[0])}
    kinds["positionnement"] = person.position(made, made.copies[0])
    kinds["bilan par code"] = code_report.sheet(made.held, made.before, DEFAULT)
    for name, sheet in kinds.items():
        path = tmp_path / f"{name}.html"
        path.write_text(html(sheet), encoding="utf-8")
        page = page_check(path.as_uri(), "telephone")
        no_overflow(page)
        axe(page)
        page.set_viewport_size({"width": 1016 if sheet.wide else 687, "height": 900})  # A4 without its margins
        page.emulate_media(media="print")
        no_overflow(page)
        cut = "[...document.querySelectorAll('.scroll')].some((box) => box.scrollWidth > box.clientWidth + 1)"
        assert not page.evaluate(cut), f"{name} : un tableau dépasse la feuille"


def test_after_a_full_cycle_names_are_in_the_papers_alone(graded_course, asked, tmp_path: Path):
    copies.hand_in(asked, graded_course, "p0001", copies.right(asked))
    grade.grade(asked, graded_course)
    names = tmp_path / "noms.csv"
    names.write_text(f"code;nom\np0001;{NAME}\n", encoding="utf-8")
    written = writing.write(asked, graded_course, names)
    folder = graded_course.exercises / "documents" / asked.name
    assert written and all(path.is_file() and path.is_relative_to(folder) for path in written)
    assert any(NAME in path.read_text("utf-8") for path in written if path.suffix == ".html")
    sought = [NAME.encode(), NAME.encode("utf-16-le"), names.name.encode()]
    others = [path for path in graded_course.root.rglob("*") if path.is_file() and path not in written]
    assert [path for path in others if any(word in path.read_bytes() for word in sought)] == []
    erase.erase(graded_course, asked.name)
    assert not folder.exists()


def test_a_bad_file_of_names_leaves_nothing_written(graded_course, asked, tmp_path: Path):
    names = tmp_path / "noms.csv"
    names.write_text("code;nom\nzoé;Zoé\n", encoding="utf-8")
    with pytest.raises(ContentError):
        writing.write(asked, graded_course, names)
    assert not (graded_course.exercises / "documents").exists()


def test_git_ignores_the_papers():
    ignored = subprocess.run(["git", "check-ignore", "-q", "exercices/documents/essai/bilan.html"], cwd=ROOT)
    assert ignored.returncode == 0
