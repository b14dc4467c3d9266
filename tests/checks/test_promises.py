"""Content that says what becomes of an answer is found, however it is worded; what only looks like it is not."""

from __future__ import annotations

import json

import pytest

from mallette.checks import promises
from mallette.handwritten import document
from mallette.paths import Project

PROMISES = [
    "Ce texte n’est ni noté ni enregistré.",
    "Cette réponse n’est pas notée.",
    "Ce que vous écrivez n’est pas lu.",
    "Ce que vous écrirez ici ne sera jamais conservé.",
    "Vos réponses restent sur votre appareil.",
    "Vos réponses restent dans votre\nnavigateur.",
    "Les réponses aux quiz restent sur l’appareil de chacun, sans nom.",
    "Les textes de réflexion ne sont ni collectés ni lus.",
    "Tout reste sur ce téléphone.",
    "Votre texte reste entre nous.",
    "Votre phrase reste à vous.",
    "Vos réponses ne quittent pas cette page.",
    "Rien ne sort de votre téléphone.",
    "Votre réponse disparaît quand vous fermez la page.",
    "Rien n’est transmis.",
    "Rien n’est transmis quand vous répondez dans ce livre.",
    "Rien n’est enregistré.",
    "Rien de ce que vous écrivez n’est gardé.",
    "Quelques lignes, ni notées, ni enregistrées.",
    "Écrivez une phrase, sans être enregistrée.",
    "Une réflexion non conservée.",
    "Personne ne lira ce que vous écrivez.",
    "Écrivez trois lignes ; personne ne les lira.",
    "Personne d’autre que vous ne verra votre texte.",
    "La mallette ne garde rien de vos réponses.",
    "Cette page n’enregistre rien.",
    "Le questionnaire ne collecte aucune donnée.",
    "Nous ne conservons pas vos réponses.",
    "On ne relève pas vos textes.",
    "La personne qui anime lit vos réponses.",
    "Vos réponses sont enregistrées sur l’ordinateur de l’atelier.",
    "Vos réponses sont anonymes.",
    "Ce questionnaire est strictement anonyme.",
    "Vos textes resteront confidentiels.",
    "Aucune réponse n’est sauvegardée.",
    "Dites : « vos réponses ne sont pas enregistrées ».",
    "**Vos réponses** ne sont *pas* enregistrées.",
    "Vos réponses n'y seront pas gardées.",
    "Le texte n’est pas relevé.",
    "Vos réponses seront effacées à la fin.",
    "Ce quiz ne sert qu’à vous.",
    "Vous seule lirez ce texte.",
    "L’animatrice ne verra pas vos réponses.",
    "Le formateur n’a pas accès à vos textes.",
    "Ici, on n’enregistre rien.",
    "Un quiz sans enregistrement.",
    "De vos réponses, il ne reste aucune trace.",
    "Vos données ne sont pas collectées.",
]
ACCEPTED = [
    "Écrivez, en trois phrases, ce que vous répondriez.",
    "Sur un papier, qui reste à vous : une ligne de mandat.",
    "Sur une feuille que chacun garde ou déchire.",
    "Les feuilles ne se ramassent pas.",
    "Rappelez ce qui est conservé. Effacez la séance devant le groupe.",
    "Fermez les réponses avant de montrer.",
    "Gardez vos réponses pour la fin, puis lisez votre phrase à voix haute.",
    "Notez les réponses au tableau, sans nom.",
    "« Je garde ce que tu me dis, sauf si quelqu’un est en danger. »",
    "« Ça reste entre nous ? »",
    "Ce qui se dit ici reste ici, sauf si quelqu’un est en danger.",
    "Le texte de loi n’est plus en vigueur ; ces textes restent à vérifier.",
    "Les textes cités ont changé ; rien n’est automatique.",
    "Rien n’est transmis aux parents sans l’accord du jeune.",
    "La réponse dépend du bailleur. Aucune source ne dit ce qui reste dans le quartier.",
    "Une baisse moyenne n’efface pas les difficultés.",
    "Un enregistrement fait taire, et peut circuler.",
    "Ni photo, ni enregistrement.",
    "Un soin gratuit et anonyme ; des comptes rendus anonymes.",
    "Un cahier qui ne revient jamais sur une rumeur la conserve.",
    "Presque personne ne la voit.",
    "Les questions de réflexion ne donnent pas de points.",
    "Dites votre réponse à une adolescente qui demande : « Ça reste entre nous ? »",
    "Vos écrits professionnels sont transmis au juge.",
    "Personne ne lit à voix haute.",
    "L’enquête repose sur un questionnaire anonyme ; leurs réponses sont recueillies en une journée.",
]


@pytest.mark.parametrize("text", PROMISES)
def test_a_promise_is_told_with_its_line_and_what_to_do(text: str) -> None:
    (fault,) = promises.faults_in(f"Un titre.\n\n- Une ligne.\n- {text} Une suite.", "page.md")
    assert fault.line == 4
    assert "retirez" in fault.remedy


@pytest.mark.parametrize("text", ACCEPTED)
def test_what_only_looks_like_one_passes(text: str) -> None:
    assert promises.faults_in(f"Un titre.\n\n{text}\n", "page.md") == []


def test_every_kind_of_content_is_read_and_guides_are_not(small_course: Project, replace_in) -> None:
    promise = "Ce texte n’est ni noté ni enregistré."
    unit = small_course.modules / "1-essai"
    replace_in(unit / "module.md", "Du texte.", f"```{{admonition}} {promise}\nDu texte.\n```")
    replace_in(unit / "quiz.yml", "Il pleut.", f"Il pleut. {promise}")
    replace_in(unit / "formateur.md", "titre: Travail", f"titre: {promise}")
    replace_in(unit / "atelier.md", "# Atelier d’essai", f"# Atelier d’essai\n\n{promise}")
    (small_course.slides / "1-essai.md").write_text(f"# Essai\n\n```{{notes}}\n{promise}\n```\n", encoding="utf-8")
    for folder in ("demarche", "guides"):
        page = small_course.book / folder / "page.md"
        page.parent.mkdir()
        page.write_text(f"# Page\n\n{promise}\n", encoding="utf-8")
    named = document.read(small_course.programme, "").line(("titre",))
    replace_in(small_course.programme, 'titre: "Le travail social', f'titre: "{promise} Le travail social')
    notebook = small_course.exercises / "source" / "devoir" / "devoir.ipynb"
    notebook.parent.mkdir(parents=True)
    cell = {"cell_type": "markdown", "metadata": {}, "source": ["# Titre\n", f"Écrivez. {promise}\n"]}
    notebook.write_text(json.dumps({"cells": [cell]}, ensure_ascii=False, indent=1), encoding="utf-8")
    assert {(fault.file.rsplit("/", 1)[-1], fault.line) for fault in promises.check(small_course)} == {
        ("module.md", 14),
        ("quiz.yml", 6),
        ("formateur.md", 5),
        ("atelier.md", 8),
        ("1-essai.md", 4),
        ("page.md", 3),
        ("programme.yml", named),
        ("devoir.ipynb", 8),
    }
    assert not [fault for fault in promises.check(small_course) if "guides" in fault.file]
