"""What a loaded bank gives to the widget, and what it keeps from a session in progress."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from mallette import data, questions, references
from mallette.faults import ContentError, Fault
from mallette.paths import project
from mallette.quiz import bank

PATH = Path(__file__).with_name("banque.yml")
RAW = {item["id"]: item for item in yaml.safe_load(PATH.read_text(encoding="utf-8"))["questions"]}
OBJECTIVES = {"o1": "Lire un chiffre", "o2": "Parler d’argent", "o3": "Sans question"}


@pytest.fixture(scope="module")
def loaded():
    return bank.load(PATH, OBJECTIVES)


def test_the_fixture_has_every_type(loaded):
    assert {question.kind for question in loaded.questions} == {*questions.BANK}


def test_editors_read_the_schema_of_the_types_as_they_are():
    written = json.loads(Path(bank.__file__).with_name("schema.json").read_text(encoding="utf-8"))
    assert written == questions.SCHEMA, "python -m mallette.questions le récrit"


def test_a_value_comes_from_the_table(loaded):
    query = RAW["cannabis"]["valeur_de"]
    shown = {question["id"]: question for question in loaded.public()["questions"]}["cannabis"]
    assert shown["valeur"] == data.lookup(query["table"], query["ou"], query["colonne"])
    assert "valeur_de" not in shown


def test_a_source_is_shown_as_a_person_reads_it(loaded):
    source = RAW["cannabis"]["source"]
    shown = loaded.public()["questions"][4]["source"]
    assert shown == references.label(source["cle"], source["detail"])


def test_only_the_objectives_in_use_are_listed_with_their_text(loaded):
    assert loaded.public()["objectifs"] == {"o1": OBJECTIVES["o1"], "o2": OBJECTIVES["o2"]}


def test_the_public_bank_is_json(loaded):
    assert json.loads(json.dumps(loaded.public())) == loaded.public()


def test_nothing_that_tells_an_answer_is_left_for_a_session(loaded):
    hidden = json.dumps([question.without_answers() for question in loaded.questions], ensure_ascii=False)
    told = [
        RAW["heures"]["explications"]["juste"],
        RAW["definition"]["choix"][0]["explication"],
        RAW["rupture"]["explications"][3],
        RAW["souvenir"]["reperes"][0],
        RAW["aise"]["retours"][0],
    ]
    assert not [text for text in told if text in hidden]
    for name in ("juste", "reponse", "accepte", "valeur", "proche", "lecture", "panel", "explication", "source"):
        assert f'"{name}' not in hidden
    judged = bank.load(PATH.with_name("banque_panel.yml"))
    assert '"panel"' in json.dumps(judged.public())
    assert '"panel"' not in json.dumps([question.without_answers() for question in judged.questions])


def test_a_session_still_shows_what_is_needed_to_answer(loaded):
    shown = {question.id: question.without_answers() for question in loaded.questions}
    assert [choice["texte"] for choice in shown["definition"]["choix"]] == [
        choice["texte"] for choice in RAW["definition"]["choix"]
    ]
    assert shown["cannabis"]["domaine"] == RAW["cannabis"]["domaine"]
    assert shown["rupture"]["situation"] == RAW["rupture"]["situation"]


def test_an_order_given_in_a_session_is_brought_back_to_the_bank(loaded):
    question = loaded.select(["etapes"]).questions[0]
    shown = [item["texte"] for item in question.without_answers()["elements"]]
    right = [item["texte"] for item in RAW["etapes"]["elements"]]
    assert shown != right and sorted(shown) == sorted(right)
    answer = question.from_shown([shown.index(text) for text in right])
    assert question.credit(answer) == 1


def test_select_keeps_the_asked_order_and_names_the_nearest_unknown(loaded):
    assert [item.id for item in loaded.select(["aise", "champs"]).questions] == ["aise", "champs"]
    with pytest.raises(LookupError, match="« cannabis »".replace(" ", "\u00a0")):
        loaded.select(["canabis"])


def test_a_date_may_designate_the_line_of_a_table(tmp_path):
    row = data.rows("smic")[0]
    column = next(name for name, value in row.items() if hasattr(value, "isoformat"))
    number = next(name for name, value in row.items() if isinstance(value, float))
    path = tmp_path / "quiz.yml"
    path.write_text(
        "titre: SMIC\nquestions:\n  - id: smic\n    type: estimation\n    objectif: o1\n    enonce: Combien ?\n"
        f"    source: {{cle: TAT_2016}}\n    unite: €\n    domaine: {{min: 0, max: 100000, pas: 1}}\n    proche: 1\n"
        f"    valeur_de: {{table: smic, ou: {{{column}: {row[column]}}}, colonne: {number}}}\n"
        "    explications: {proche: a, trop_bas: b, trop_haut: c}\n",
        encoding="utf-8",
    )
    course = project()
    assert bank.load(path, course=course).questions[0].value == row[number]


def test_references_that_cannot_be_read_are_told_once_and_never_replaced_by_keys(monkeypatch):
    fault = Fault("book/annexes/references.bib", 3, "bibliographie illisible")

    def broken(*_):
        raise ContentError([fault])

    monkeypatch.setattr(references, "label", broken)
    assert bank.check(PATH) == [fault]
    with pytest.raises(ContentError, match="bibliographie illisible"):
        bank.load(PATH)
