"""The two reports: nothing ungraded is a zero, nobody is told apart in the one that leaves the desk."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from mallette.checks import typography
from mallette.grading import code_report, group_report, report
from mallette.grading.documents.sheet import Table, html
from mallette.grading.objectives import DEFAULT, Thresholds, outcomes
from mallette.grading.results import Copy
from tests.grading import classes
from tests.grading.classes import code

DAY = date(2026, 11, 30)
UNGRADED = Copy("p9000", classes.NOW, late=True, reason="le fichier est vide")
ABSENT = Copy("p9001", reason="rien reçu")
ROWS = [(1, 2.0, 3.0)] * 6 + [(0, 0.0, 1.0)] * 3 + [(2, 0.0, None)]


def read(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return [*csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")]


def tables(sheet) -> dict[str, Table]:
    return {block.caption: block for block in sheet.blocks if isinstance(block, Table)}


def test_what_has_no_grade_is_an_empty_cell_with_its_reason():
    made = report.contents(classes.of(ROWS, [UNGRADED, ABSENT]), [], DEFAULT, DAY)
    rows = {row["code"]: row for row in read(made["confidentiel-par-code.csv"])}
    points = [name for name in rows["p9000"] if name == "total" or name.startswith(("question", "Objectif"))]
    assert len(points) == 5
    for name, why in (("p9000", "le fichier est vide"), ("p9001", "rien reçu")):
        assert {rows[name][column] for column in points} == {""}
        assert rows[name]["pourquoi une case est vide"] == why
    waiting = rows[code(9)]
    assert [waiting[column] for column in points] == ["", "0", "", "0", ""]
    assert waiting["pourquoi une case est vide"]
    assert [rows[code(6)][column] for column in points] == ["1", "0", "1", "0", "1"]
    page = tables(code_report.sheet(classes.of(ROWS, [UNGRADED, ABSENT]), [], DEFAULT))
    lines = {row[0]: row[2:] for row in page["Points, sur 5"].rows}
    assert lines["p9000"] == ("", "", "", "le fichier est vide")


def test_points_have_a_decimal_comma_and_nothing_is_computed():
    held = classes.of([(1, 1.5, 3.0)], [Copy("p9000", reason="=cmd|' /C calc'!A0")])
    content = report.contents(held, [], DEFAULT, DAY)["confidentiel-par-code.csv"]
    rows = read(content)
    assert rows[0]["total"] == "4,5"
    assert rows[1]["pourquoi une case est vide"] == "'=cmd|' /C calc'!A0"


def test_points_are_summed_by_objective_and_compared_with_thresholds():
    held = classes.of([(1, 2.0, 1.2), (0, 0.0, 2.1), (0, 0.0, None)])
    found = [outcomes(copy, held.assignment) for copy in held.copies]
    assert [*found[0]] == ["o1", "o2"], "an objective that no question is about has no result"
    assert [tuple(one[name].level(DEFAULT) for name in ("o1", "o2")) for one in found] == [
        ("acquis", "en cours"),  # 2 of 2; 1.2 of 3 = 40 %
        ("non acquis", "acquis"),  # 0 of 2; 2.1 of 3 = 70 %
        ("non acquis", ""),
    ]
    assert found[0]["o2"].level(Thresholds(40, 20)) == "acquis"


@pytest.mark.parametrize("given", [(40, 70), (50, 50), (101, 40), (70, 0)])
def test_thresholds_that_make_no_sense_are_refused(given):
    with pytest.raises(ValueError, match="seuils"):
        Thresholds(*given)


def test_before_and_after_go_by_code_and_a_missing_side_is_empty():
    before = classes.positions([{"o1": 0}, {"o1": 3}, {}])
    held = classes.of([(1, 2.0, 3.0), (0, 0.0, None)])
    assert [*code_report.pairs(before, held, "o1")] == [
        (code(0), "Pas encore", "2 sur 2"),
        (code(1), "Tout à fait", "0 sur 2"),
        (code(2), "", ""),
    ]
    sheet = code_report.sheet(held, [before], DEFAULT)
    assert tables(sheet)["Objectif 1 : Lire un tableau de taux"].rows[0] == (code(0), "Pas encore", "2 sur 2")
    assert code_report.NOT_THE_SAME in html(sheet)
    assert (
        read(report.contents(held, [before], DEFAULT, DAY)["confidentiel-par-code.csv"])[1][
            "Un positionnement d’essai : Objectif 1, position déclarée"
        ]
        == "Tout à fait"
    )


def everything_given(held, before=()) -> str:
    """Return all that leaves the desk, as one text."""
    import zipfile

    made = report.contents(held, before, DEFAULT, DAY)
    odt = zipfile.ZipFile(io.BytesIO(made["diffusable-groupe.odt"])).read("content.xml")
    kept = made["diffusable-groupe.html"], made["diffusable-groupe.csv"], odt
    return "\n".join(content.decode("utf-8-sig") for content in kept)


def test_no_code_and_no_reason_leave_the_desk():
    before = classes.positions([{"o1": 0, "o2": 1, "o3": 2}] * 8)
    told = everything_given(classes.of(ROWS, [UNGRADED, ABSENT]), [before])
    for rank in range(len(ROWS)):
        assert code(rank) not in told
    assert "p9000" not in told and "fichier est vide" not in told and "Un texte." not in told


def test_below_five_copies_nothing_is_told():
    before = classes.positions([{"o1": 0, "o2": 1, "o3": 2}] * 4)
    told = everything_given(classes.of(ROWS[:4], [UNGRADED, ABSENT]), [before])
    assert "Moins de 5 copies" in told
    assert " sur " not in told.split("protégés")[0]
    assert "presque tout le monde" not in told.split("protégés")[0]
    # A text that too few people have had read: that question alone is withheld.
    few = classes.of([(1, 2.0, 3.0)] * 2 + [(0, 0.0, 0.0)] * 2 + [(0, 0.0, None)] * 3)
    rows = tables(group_report.sheet(few, [], DEFAULT, DAY))["Personnes, par question"].rows
    assert [row[1] for row in rows] == ["personne ou presque", group_report.TOO_FEW_HERE]


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ([3, 1], ["moins de 5 copies : non montré"] * 2),
        ([12, 0], ["presque tout le monde", "personne ou presque"]),
        ([2, 10], ["personne ou presque", "presque tout le monde"]),
        ([3, 2], ["la plupart ou presque tout le monde", "personne ou presque"]),
        ([9, 3], ["9 sur 12", "3 sur 12"]),
    ],
)
def test_a_group_of_one_mind_has_no_number(counts, told):
    assert group_report.protected(counts) == told


@pytest.mark.parametrize("wrong", [0, 1, 2])
def test_whether_none_one_or_two_fail_is_told_alike(wrong):
    alike = classes.of([(1, 2.0, 3.0)] * 12)
    held = classes.of([(1, 2.0, 3.0)] * (12 - wrong) + [(0, 0.0, 0.0)] * wrong)
    assert everything_given(held) == everything_given(alike)


def test_a_positionnement_has_a_report_too():
    held = classes.positions([{"o1": 0, "o2": 1, "o3": 2}] * 4 + [{"o1": 1, "o2": 1, "o3": 0}] * 4)
    made = report.contents(held, [], DEFAULT, DAY)
    assert "Pas encore" in made["confidentiel-par-code.html"].decode()
    rows = {row["lequel"] + row["résultat"] for row in read(made["diffusable-groupe.csv"])}
    assert "Objectif 1Pas encore : 4 sur 8" in rows and "Objectif 2Un peu : presque tout le monde" not in rows


def test_what_is_written_is_typeset():
    before = classes.positions([{"o1": 0, "o2": 1, "o3": 2}] * 8)
    held = classes.of(ROWS * 5, [UNGRADED, ABSENT])
    for sheet in (code_report.sheet(held, [before], DEFAULT), group_report.sheet(held, [before], DEFAULT, DAY)):
        assert typography.faults_in(enumerate(texts_of(sheet)), sheet.title) == []


def texts_of(sheet) -> list[str]:
    found = [sheet.title, sheet.about, sheet.warning]
    for block in sheet.blocks:
        for value in vars(block).values():
            found += [value] if isinstance(value, str) else []
            if isinstance(value, tuple):
                found += [text for item in value for text in ([item] if isinstance(item, str) else item)]
    return found
