"""Is an author told where a page sounds chopped or shouts, and left alone where shortness has a reason?"""

from __future__ import annotations

import pytest

from mallette.checks import rhythm
from mallette.paths import Project

CHOPPED = ["La nuit tombe. Le hall se vide. Un voisin passe. Il rentre chez lui comme chaque soir après le travail."]
MAXIMS = ["Une absence n’est pas un refus. C’est un renseignement.", "Ils ne sont pas en faute. Ils sont\nen retard."]
SHOUTED = ["On retient que **le réseau propose le soir même, et nous le mois prochain**."]
ACCEPTED = [
    "La nuit tombe. Le hall se vide. Un voisin, qui rentre du travail à vélo, passe.",
    "Qui y gagne ? Qui y perd ? Qui l’entretiendra ?",
    "Notez un mot. Échangez avec votre voisin. Gardez la feuille.",
    "« La nuit tombe. Le hall se vide. Un voisin passe. »",
    "- La nuit tombe. Le hall se vide. Un voisin passe.",
    "**1. La nuit.** Le hall se vide. Un voisin passe.",
    "Le chapitre n’est pas long. C’est pourquoi il se lit avant de venir.",
    "**Quelqu’un dit avoir été condamné, ou avoir un proche en prison.** Sortez avec lui.",
    "La **réduction des risques et des dommages** vient d’une loi de 2004.",
]


@pytest.mark.parametrize("text", CHOPPED + MAXIMS + SHOUTED)
def test_a_chopped_or_shouted_passage_is_told_with_its_place(text: str) -> None:
    (fault,) = rhythm.faults_in([(7, text)], "page.md")
    assert fault.line == 7
    assert fault.remedy


@pytest.mark.parametrize("text", ACCEPTED)
def test_what_is_short_for_a_reason_passes(text: str) -> None:
    assert rhythm.faults_in([(7, text)], "page.md") == []


def test_pages_are_read_and_slides_are_not(small_course: Project, replace_in) -> None:
    replace_in(small_course.modules / "1-essai" / "module.md", "Du texte.", f"Du texte.\n\n{MAXIMS[0]}")
    small_course.slides.mkdir(exist_ok=True)
    (small_course.slides / "1-essai.md").write_text(f"# Essai\n\n{MAXIMS[0]}\n", encoding="utf-8")
    (fault,) = rhythm.check(small_course)
    assert fault.file == "modules/1-essai/module.md"
