"""Are people called by what they are, and may a word be quoted in order to talk about it?"""

from __future__ import annotations

from functools import partial

import pytest

from mallette import checks, words
from mallette.checks import wording
from mallette.faults import ContentError
from mallette.handwritten import document
from mallette.paths import Project

USED = [
    "Un dealer gagne peu.",
    "Les Toxicomanes du quartier.",
    "un quartier\nsensible",
    "des parents démissionnaires",
    "Le délinquant revient.",
    "Il est accro.",
]
ACCEPTED = [
    "« c’est un dealer »",
    "Il cite «\nun toxico\n».",
    "l’ordonnance sur l’enfance délinquante",
    "un modèle idéal",
    "les trafiquants des pays producteurs",
    "une addiction",
]


@pytest.mark.parametrize("text", USED)
def test_a_word_that_encloses_is_told_with_what_to_say(course: Project, text: str) -> None:
    (fault,) = wording.faults_in(f"Titre.\n{text}", "page.md", words.load(course))
    assert fault.line == 2
    assert "dites" in fault.remedy


@pytest.mark.parametrize("text", ACCEPTED)
def test_a_quoted_word_and_a_title_pass(course: Project, text: str) -> None:
    assert wording.faults_in(text, "page.md", words.load(course)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Ce qui se dit ici reste ici.",
        "Ce qui se dit reste ici, sauf danger.",
        "Rien ne sort d’ici.",
        "Ce récit ne sort pas de la salle,\nsauf si un mineur est en danger.",
    ],
)
def test_secrecy_is_promised_with_its_limit_and_no_other(text: str) -> None:
    (fault,) = wording.secrets_in(f"Titre.\n{text}", "page.md")
    assert fault.line == 2
    assert wording.LIMIT in fault.remedy


@pytest.mark.parametrize(
    "text",
    [
        "Ce qui se dit ici reste ici, sauf si quelqu’un est en danger.",
        "- Ce qui se dit ici **reste ici**, sauf si\n  quelqu’un est en danger",
        "Ce qui se dit reste dans le groupe.",
    ],
)
def test_the_limit_may_be_wrapped_and_set_in_bold(text: str) -> None:
    assert wording.secrets_in(text, "page.md") == []


@pytest.mark.parametrize(
    "text",
    [
        "Écrivez à lea.martin@exemple.fr.",
        "2024,01 99 00 12 34,Lyon",
        "2024,+33199001234,Lyon",
    ],
)
def test_an_address_of_a_person_is_told(text: str) -> None:
    (fault,) = wording.addresses_in(f"Titre.\n{text}", "data/table.csv", telephones=True)
    assert fault.line == 2


@pytest.mark.parametrize("text", ["2024,0.25,12 000 000", "réf. 0123456789012", "à l’arobase @ près", "0,1234567890"])
def test_a_number_is_no_telephone(text: str) -> None:
    assert wording.addresses_in(text, "data/table.csv", telephones=True) == []


def test_front_matter_quizzes_and_tables_are_read_and_links_are_not(small_course: Project, replace_in) -> None:
    small_course.words.write_text(
        "mots:\n  - {plutot_que: zut, formes: [zut], dire: flûte, raison: Trop fort.}\n", encoding="utf-8"
    )
    unit = small_course.modules / "1-essai"
    replace_in(unit / "module.md", "Une unité pour les tests.", "Une unité zut.")
    replace_in(unit / "module.md", "Du texte.", "Du [texte](https://exemple.fr/zut). <!-- zut -->")
    replace_in(unit / "quiz.yml", "Il pleut.", "Zut, il pleut.")
    named = document.read(small_course.programme, "").line(("titre",))
    replace_in(small_course.programme, 'titre: "Le travail social', 'titre: "Zut, le travail social')
    assert [(fault.file, fault.line) for fault in sorted(wording.check(small_course))] == [
        ("data/programme.yml", named),
        ("modules/1-essai/module.md", 6),
        ("modules/1-essai/quiz.yml", 6),
    ]


PLACES = [words.Place(("Les Tilleuls", "Tilleuls"), "un quartier", ("centre social Les Tilleuls",))]


@pytest.mark.parametrize("text", ["Aux Tilleuls, on vend.", "Titre\nde « Les\nTilleuls »", "| a | Les Tilleuls |"])
def test_a_listed_place_is_never_named_even_quoted(text: str) -> None:
    [fault] = wording.places_in([(3, text)], "page.md", PLACES)
    assert fault.line == 3 + text.split("Tilleuls")[0].replace("Les\n", "").count("\n")
    assert "un quartier" in fault.remedy


@pytest.mark.parametrize(
    "text",
    [
        "le centre social Les Tilleuls",
        "des tilleuls",
        "un quartier de Grenoble à 35\u202f000\u00a0€",
        "la rue du lycée : 10 €",
        "La cité Félix-Pyat a un centre social.",
        "une tour, 3 € ; La suite",
    ],
)
def test_an_institution_a_town_and_a_place_without_a_price_pass(text: str) -> None:
    assert wording.places_in([(1, text)], "page.md", PLACES) == []


@pytest.mark.parametrize(
    "text",
    [
        "60\u00a0€ par jour, cité Félix-Pyat",
        "vendeur, quartier de la Villeneuve,France,,400,EUR",
        "Le point de vente de La Bricarde encaisse 2 millions d’euros.",
        "la tour Kennedy : 30 dollars",
    ],
)
def test_a_place_that_nobody_listed_is_told_beside_an_amount(text: str) -> None:
    [fault] = wording.places_in([(5, text)], "page.md", PLACES)
    assert fault.line == 5 and "data/mots.yml" in fault.remedy


def test_places_are_sought_in_pages_quizzes_tables_of_numbers_and_assignments(
    small_course: Project, replace_in
) -> None:
    small_course.words.write_text(
        "mots: []\nlieux:\n  - {formes: [Les Tilleuls], dire: un quartier}\n", encoding="utf-8"
    )
    unit = small_course.modules / "1-essai"
    replace_in(unit / "module.md", "Du texte.", "Aux « Les Tilleuls ».")
    replace_in(unit / "quiz.yml", "Il pleut.", "Il pleut sur Les Tilleuls.")
    table = small_course.data / "contexte_marche.csv"
    lines = table.read_text(encoding="utf-8").splitlines()
    table.write_text("\n".join([*lines, '2024,"Nice, Les Tilleuls",recette']) + "\n", encoding="utf-8")
    (small_course.exercises / "devoirs").mkdir(parents=True)
    (small_course.exercises / "devoirs" / "essai.yml").write_text("\ntitre: Les Tilleuls\n", encoding="utf-8")
    assert [(fault.file, fault.line) for fault in sorted(wording.check(small_course))] == [
        ("data/contexte_marche.csv", len(lines) + 1),
        ("exercices/devoirs/essai.yml", 2),
        ("modules/1-essai/module.md", 14),
        ("modules/1-essai/quiz.yml", 6),
    ]


def test_faults_of_the_list_are_told_at_once_with_their_lines(small_course: Project) -> None:
    small_course.words.write_text(
        "mots:\n  - plutot_que: zut\n    formes: [zut]\n    dire: flûte\n  - plutot_que: peste\n    formes: peste\n"
        "    dire: flûte\n    raison: Trop fort.\n",
        encoding="utf-8",
    )
    assert [fault.line for fault in checks.faults_of(partial(wording.check, small_course), "")] == [2, 6]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("mots: [", "YAML"),
        ("autre: 1", "«\u00a0mots\u00a0»"),
        ("mots:\n  - {formes: [a], dire: b, raison: c}\n", "plutot_que"),
        ("mots:\n  - bonjour\n", "mot n° 1.*bloc de clés"),
    ],
)
def test_a_broken_list_is_told(small_course: Project, text: str, told: str) -> None:
    small_course.words.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match=told):
        words.load(small_course)
    assert checks.faults_of(partial(wording.check, small_course), "")
