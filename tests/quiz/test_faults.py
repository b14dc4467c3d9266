"""Every defect a person may leave in a bank is told with its line, in words that mend it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mallette.faults import ContentError
from mallette.questions import panel
from mallette.quiz import bank

CASES = sorted((Path(__file__).parents[1] / "cas" / "quiz").glob("*.yml"))
BANK = Path(__file__).with_name("banque.yml")
KEYS = frozenset({"TAT_2016"})


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_one_defect_gives_one_fault_on_its_line(path):
    head = path.read_text(encoding="utf-8", errors="replace")
    line = int(re.search(r"# ligne : (\d+)", head).group(1))
    message = re.search(r"# message : (.+)", head).group(1)
    faults = bank.check(path, ["o1"], KEYS)
    assert [fault.line for fault in faults] == [line], faults
    assert message in re.sub(r"[\u00a0\u202f]", " ", faults[0].message)
    assert faults[0].remedy
    assert faults[0].file == f"tests/cas/quiz/{path.name}"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_bank_with_a_defect_is_not_loaded(path):
    with pytest.raises(ContentError) as caught:
        bank.load(path, ["o1"], KEYS)
    assert path.name in str(caught.value)


def test_a_sound_bank_has_no_fault():
    assert bank.check(BANK, ["o1", "o2"], KEYS) == []


def test_faults_come_all_at_once_and_name_their_question(tmp_path):
    path = tmp_path / "quiz.yml"
    text = BANK.read_text(encoding="utf-8").replace("accepte: {min: 11.5", "accepte: {min: 12.2")
    path.write_text(text.replace("admise: 2", "admise: 1"), encoding="utf-8")
    assert [fault.message.split("»")[0] for fault in bank.check(path)] == [
        "question «\u00a0heures\u00a0",
        "question «\u00a0rupture\u00a0",
    ]


def test_a_misspelt_key_gets_a_suggestion(tmp_path):
    path = tmp_path / "quiz.yml"
    text = BANK.read_text(encoding="utf-8")
    path.write_text(text.replace("    consigne_ordre:", "    consigne_odre:"), encoding="utf-8")
    remedies = [fault.remedy for fault in bank.check(path)]
    assert any("consigne_ordre" in remedy and "vouliez-vous dire" in remedy for remedy in remedies)


def test_a_missing_file_is_a_fault(tmp_path):
    assert "introuvable" in bank.check(tmp_path / "quiz.yml")[0].message


def test_an_alias_that_holds_itself_does_not_hang(tmp_path):
    path = tmp_path / "quiz.yml"
    path.write_text("titre: a\nquestions: &q\n  - *q\n", encoding="utf-8")
    assert bank.check(path)


ORIGINS = {
    "made up": (
        "proposition de l’équipe, à remplacer par votre panel",
        "L’équipe",
        "avis de l’équipe",
        "équipe du livre",
        "réponses estimées",
        "panel fictif",
        "imaginé par les auteurs",
        "provisoire",
        "en attendant mieux",
        "par exemple",
    ),
    "one person": ("Mme Ferrand et ses collègues", "M. Petit, éducateur", "ines@exemple.fr", "06 39 98 12 34"),
    "": (
        "éducateurs de prévention spécialisée",
        "une équipe de prévention spécialisée",
        "notre équipe de rue",
        "assistantes de service social de polyvalence",
        "habitantes et habitants de deux résidences",
        "rédacteurs territoriaux",
        "bibliothécaires (lecture publique)",
        "éducateurs remplaçants de la PJJ",
    ),
}


@pytest.mark.parametrize(("kind", "origin"), [(kind, text) for kind, texts in ORIGINS.items() for text in texts])
def test_an_origin_that_names_the_team_or_a_person_is_no_panel(kind, origin):
    assert bool(list(panel.origin(origin))) is bool(kind)
