"""Courses for tests: the real one, copies of it, a small one, and one built book for the whole run."""

from __future__ import annotations

import os
import shutil
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from mallette import build, slides
from mallette.paths import Project
from tests import navigateur, serveur

# One browser for each process of tests: Playwright starts only once in a thread.
from tests.navigateur import (  # noqa: F401 (fixtures and hooks)
    axe,
    browser,
    call_js,
    kit_font,
    no_overflow,
    page_check,
    pytest_terminal_summary,
    same_window,
    static_page,
    window,
    with_kernel,
)

ROOT = Path(__file__).resolve().parent.parent
CONTENT = ("book", "modules", "data", "slides", "exercices", "_config.yml", "_toc.yml")
CHAPTER = """\
---
jupytext:
  text_representation: {extension: .md, format_name: myst}
kernelspec: {name: python3, display_name: Python 3}
mallette:
  resume: Une unité pour les tests.
  minutes: 60
  public: [tout le monde]
  objectifs:
    - {id: o1, texte: Essayer}
---
# Une unité d’essai

Du texte.
"""
QUIZ = """\
titre: Essai
questions:
  - id: pluie
    type: vrai_faux
    objectif: o1
    enonce: Il pleut.
    source: {cle: TAT_2016}
    reponse: vrai
    explications: {vrai: Oui., faux: Non.}
"""
TRAINER = """\
---
mallette:
  deroule:
    - {minutes: 20, titre: Accueil}
    - {minutes: 40, titre: Travail}
---
# Notes

```{deroule}
```

```{questions}
```

Ce qui se dit ici reste ici, sauf si quelqu’un est en danger.
"""
WORKSHOP = """\
---
jupytext:
  text_representation: {extension: .md, format_name: myst}
kernelspec: {name: python3, display_name: Python 3}
---
# Atelier d’essai

```{code-cell}
:tags: [remove-input]
print("bonjour")
```
"""
TOC = """\
format: jb-book
root: modules/1-essai/module
chapters:
  - file: modules/1-essai/atelier
  - file: modules/1-essai/formateur
"""
QUIZ_WORKSHOP = WORKSHOP.replace('print("bonjour")', 'from mallette.widgets import Quiz\nQuiz("1-essai")')
SLIDER_WORKSHOP = WORKSHOP.replace('print("bonjour")', "import ipywidgets\nipywidgets.IntSlider(value=7)")
"""A page with a widget that is not the kit's: each visitor gets a kernel."""
LONGEST = (
    "bout_en_bout/test_livre.py",  # builds the book, which others then find made
    "bout_en_bout/test_seance_formateur.py",
    "figures/test_figures.py",
    "bout_en_bout/test_explorer_widget.py",
    "grading/test_breakdowns.py",
    "seance/test_seances.py",
    "book/test_freshness.py",
    "bout_en_bout/test_seance_participant.py",
    "bout_en_bout/test_hourly_widget.py",
    "bout_en_bout/test_quiz_widget.py",
    "grading/test_faults.py",
    "bout_en_bout/test_twins.py",
    "bout_en_bout/test_diapos.py",
    "server/seance/test_phone.py",
    "server/test_following.py",
    "seance/test_store.py",
    "server/test_forms.py",
    "bout_en_bout/test_jupyterlab.py",
    "bout_en_bout/test_portail.py",
    "bout_en_bout/test_outils.py",
    "server/seance/test_trainer.py",
    "malveillance/test_deluge.py",
    "bout_en_bout/test_devoir.py",
    "contenu/test_donnees.py",
    "server/test_dashboards.py",
    "data/test_validation.py",
    "kernels/test_copies.py",
    "publication/test_epub.py",
    "scaffold/test_scaffold.py",
    "test_cli.py",
)
"""Files to begin with, by their time: a long one taken last would leave the other workers idle."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what cannot run here, and begin with the longest files."""
    navigateur.pytest_collection_modifyitems(items)
    rank = {ROOT / "tests" / name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(item.path, len(rank)))


@pytest.fixture(scope="session")
def course() -> Project:
    """The real course."""
    return Project(ROOT)


def copy_content(target: Path) -> Project:
    """Copy what people write of the real course to ``target``."""
    target.mkdir(parents=True, exist_ok=True)
    for name in CONTENT:
        source = ROOT / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", "_build", "gradebook.db")
            shutil.copytree(source, target / name, ignore=ignored)
        else:
            shutil.copy(source, target / name)
    return Project(target)


@pytest.fixture
def course_copy(tmp_path: Path) -> Project:
    """A copy of the real course that a test may spoil."""
    return copy_content(tmp_path / "cours")


def write_small_course(root: Path) -> Project:
    """Write a course of one module, sound, without book: quick to spoil and to serve."""
    unit = root / "modules" / "1-essai"
    unit.mkdir(parents=True)
    shutil.copytree(ROOT / "data", root / "data", ignore=shutil.ignore_patterns("profil.yml"))
    (root / "book" / "annexes").mkdir(parents=True)
    shutil.copy(ROOT / "book" / "annexes" / "references.bib", root / "book" / "annexes")
    (root / "slides").mkdir()
    (root / "slides" / "1-essai.md").write_text("# Essai\n", encoding="utf-8")
    (root / "_config.yml").write_text("title: Essai\n", encoding="utf-8")
    (root / "_toc.yml").write_text(TOC, encoding="utf-8")
    for name, text in (("module.md", CHAPTER), ("quiz.yml", QUIZ), ("formateur.md", TRAINER), ("atelier.md", WORKSHOP)):
        (unit / name).write_text(textwrap.dedent(text), encoding="utf-8")
    return Project(root)


def add_unit(course: Project, slug: str, workshop: str) -> None:
    """Add to a small course a unit like its first one, but for its workshop."""
    folder = course.modules / slug
    shutil.copytree(course.modules / "1-essai", folder)
    (folder / "atelier.md").write_text(workshop, encoding="utf-8")
    (course.slides / f"{slug}.md").write_text("# Essai\n", encoding="utf-8")


@pytest.fixture
def small_course(tmp_path: Path) -> Project:
    """A course of one module that a test may spoil."""
    return write_small_course(tmp_path / "petit")


def once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return the folder ``name`` that ``make`` filled, once for all workers."""
    base = tmp_path_factory.getbasetemp()
    target = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / name
    done = target.with_suffix(".pret")
    with FileLock(target.with_suffix(".lock")):
        if not done.exists():
            shutil.rmtree(target, ignore_errors=True)
            make(target)
            done.touch()
    return target


@pytest.fixture(scope="session")
def course_with_decks(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy of the real course with its decks."""
    return Project(once(tmp_path_factory, "diapos", lambda target: slides.build(copy_content(target))))


@pytest.fixture(scope="session")
def built_course(course_with_decks: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy of the real course with its book (warnings are errors) and decks."""

    def build_all(target: Path) -> None:
        build.build_book(copy_content(target), strict=True)
        shutil.copytree(course_with_decks.decks, Project(target).decks)

    return Project(once(tmp_path_factory, "livre", build_all))


@pytest.fixture
def replace_in() -> Callable[[Path, str, str], None]:
    """Return ``replace(path, old, new)``: fails when ``old`` is not there exactly once."""

    def replace(path: Path, old: str, new: str) -> None:
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} : {text.count(old)} fois dans {path}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    return replace


@pytest.fixture(scope="session")
def workshop(built_course: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[serveur.Server]:
    """The workshop of the real course, with its built book and decks."""
    running = serveur.start(built_course, tmp_path_factory.mktemp("atelier") / "serveur.log")
    yield running
    running.close()
