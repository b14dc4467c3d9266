"""A small built book: pages as Sphinx leaves them, with what the widgets and figures of the kit write in them."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import deno
import pytest

from mallette import figures, units
from mallette.paths import Project
from mallette.quiz import bank, paper
from mallette.tools import collection
from mallette.tools import paper as forms
from mallette.widgets.base import mount_point
from tests.conftest import ROOT, add_unit, once, write_small_course

TOC = """\
format: jb-book
root: book/accueil
parts:
  - caption: Modules
    chapters:
      - file: modules/1-essai/module
        sections:
          - file: modules/1-essai/atelier
          - file: modules/1-essai/formateur
          - file: modules/1-essai/fiches
  - caption: Guides
    chapters:
      - file: book/guides/formateur
"""
PAGE = '<html lang="fr"><head></head><body><nav>Menu</nav><article class="bd-article">\n{}</article></body></html>'
SIGNS = 'Un # dièse, un $ dollar, un "guillemet", une \\ barre, <balise>, *étoile*, @lien, [crochet].'
HOME = """<section id="accueil"><h1>Un livre d’essai<a class="headerlink" href="#accueil">#</a></h1>
<p>Lire <a class="reference internal" href="../modules/1-essai/module.html#sens"><span class="std std-doc">le
module</span></a>, <a href="../modules/1-essai/module.html?vue=1#vue=1">une vue</a>,
<a href="../genindex.html">l’index</a>
et <a href="https://example.org/">ailleurs</a>.</p></section>"""
CHAPTER = """<section id="module"><h1>Le module</h1>
<div class="toctree-wrapper"><ul><li>Atelier</li></ul></div>
<section id="sens"><span id="autre"></span><h3>Un titre trop bas</h3>
<p>{signs} <span lang="en">Street corner</span>.</p>
<p><a href="#autre">Le même titre</a>, <a href="#sens">encore</a>, <a href="#mot">un mot</a>.</p></section>
<table><caption>Une table</caption><thead><tr><th scope="col">Clé</th><th scope="col">Sens</th></tr></thead>
<tbody><tr><th scope="row">UNE_CLE_TRES_LONGUE_DE_2022</th><td>Oui</td></tr>
<tr><th scope="row">a</th><td></td></tr></tbody>
</table><dl><dt id="mot">Mot</dt><dd>Ce qu’il veut dire.</dd></dl>
<details><summary>Plier</summary><p>Un texte plié.</p></details>{figure}{quiz}{form}</section>"""
NOTES = "<section id='notes'><h1>Les notes</h1><p>Voir <a href='module.html'>le module</a>.</p></section>"

SHEETS = """<section id="fiches"><h1>Les fiches</h1>
<table class="mallette-liste-de-fiches"><tr><td>Deux fiches</td></tr></table>
<section id="roles"><h2>Rôles</h2>
<div class="mallette-decouper mallette-decouper-2"><ul><li>Juge</li><li>Parquet</li></ul></div>
<div class="mallette-mur"><ol><li>Une règle</li></ol></div></section>
<section id="grille"><h2>Grille</h2><table><tr><td>Qui</td><td></td></tr></table>{form}</section></section>"""
FORM = {
    "titre": "Grille",
    "resume": "Faire le point.",
    "qui": "Une équipe.",
    "sections": [
        {
            "titre": "Le point",
            "champs": [
                {"id": "jour", "type": "date", "libelle": "Jour du point"},
                {"id": "recit", "type": "long", "libelle": "Ce qui change", "max": 100},
                {"id": "pas", "type": "tableau", "libelle": "Pas", "colonnes": [{"type": "texte", "libelle": "Quoi"}]},
            ],
        }
    ],
}


@pytest.fixture(scope="session")
def npm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What ``tests/npm`` names: Deno fetches it, and needs no Node.js."""

    def fetch(target: Path) -> None:
        shutil.copytree(ROOT / "tests" / "npm", target)
        subprocess.run([deno.find_deno_bin(), "install", "--frozen", "--quiet"], cwd=target, check=True)

    try:
        return once(tmp_path_factory, "npm", fetch) / "node_modules"
    except subprocess.CalledProcessError:
        if os.environ.get("CI"):
            raise
        pytest.skip("npm ne répond pas")


def quiz_html(course: Project) -> str:
    """Return the place of a quiz in a page."""
    asked = bank.load_unit(units.unit("1-essai", course))
    return mount_point("quiz", {"id": "x"}, paper.html(asked))


@pytest.fixture(scope="session")
def small_book(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A course of two modules, of which the contents show the first, and its built pages."""
    course = write_small_course(tmp_path_factory.mktemp("publication") / "cours")
    add_unit(course, "2-autre", "")
    (course.root / "_toc.yml").write_text(TOC, encoding="utf-8")
    quiz = quiz_html(course)
    form = forms.html(collection.Tool("grille", FORM, course.book / "outils" / "grille.yml"))
    pages = {
        "book/accueil": HOME,
        "modules/1-essai/module": CHAPTER.format(
            signs=SIGNS.replace("<", "&lt;"), figure=figures.smic("2024-02-01").html(), quiz=quiz, form=form
        ),
        "modules/1-essai/atelier": f"<section id='atelier'><h1>L’atelier</h1>{quiz}</section>",
        "modules/1-essai/formateur": NOTES,
        "modules/1-essai/fiches": SHEETS.format(form=form),
        "book/guides/formateur": "<section id='guide'><h1>Le guide</h1><p>Animer.</p></section>",
    }
    for name, text in pages.items():
        path = Path(course.html, f"{name}.html")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAGE.format(text), encoding="utf-8")
    return course
