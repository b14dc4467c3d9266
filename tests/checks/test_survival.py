"""One bad file of any kind is named in French with its line and its remedy, hides nothing, and closes no other unit."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from mallette import checks
from mallette.data import validation
from mallette.faults import Fault
from mallette.paths import Project
from mallette.server import portal, workshops
from mallette.server.seance import home
from tests.conftest import write_small_course

MACOS = b"\x00\x05\x16\x07\xff"
Spoil = Callable[[Path], None]


def ansi(path: Path) -> None:
    path.write_bytes((path.read_text(encoding="utf-8") + "\nÉté\n").encode("cp1252", "replace"))


def bom(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())


def add(text: str) -> Spoil:
    def spoil(path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(text)

    return spoil


def change(old: str, new: str) -> Spoil:
    def spoil(path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return spoil


def rename(new: str) -> Spoil:
    return lambda path: path.rename(path.with_name(new))


SPOILT_UNITS = [
    # file, how it is spoilt, place that is told (in its unit), line, words
    *((name, ansi, name, None, "UTF-8") for name in ("module.md", "formateur.md", "atelier.md", "quiz.yml")),
    *((name, bom, name, 1, "BOM") for name in ("module.md", "formateur.md", "atelier.md", "quiz.yml")),
    *(
        (name, change("---\n", "---\ndate: 2026-02-30\n"), name, 2, "n’existe pas au calendrier")
        for name in ("module.md", "formateur.md", "atelier.md")
    ),
    ("module.md", add("\nUn collage\u2028de Word.\n"), "module.md", 16, "U+2028"),
    ("quiz.yml", change("Il pleut.", "Il\u2028pleut."), "quiz.yml", 6, "U+2028"),
    ("module.md", add("\nUn mot cou\u00adpé.\n"), "module.md", 16, "signe invisible"),
    ("module.md", rename("chapitre.md"), "", 0, "chapitre.md"),
    ("module.md", rename("module.md.txt"), "", 0, "module.md.txt"),
    ("module.md", change("[tout le monde]", "tout le monde"), "module.md", 8, "public : on attend ici une liste"),
    ("module.md", change("  public:", "  avis: Non\n  public:"), "module.md", 8, "clé inconnue « avis »"),
    ("module.md", add("\n##\u00a0Un titre\n"), "module.md", 16, "espace insécable après « ## »"),
    ("module.md", add("\n![Plan](plan.png)\n"), "module.md", 16, "plan.png"),
    ("module.md", add("\n![Plan](Capture d’écran.png)\n"), "module.md", 16, "Capture d’écran.png"),
    ("module.md", add('\n<img src="perdu.png">\n'), "module.md", 16, "perdu.png"),
    (
        "atelier.md",
        change('print("bonjour")', 'Quiz("2-autre", ["pluie"])'),
        "atelier.md",
        10,
        "le quiz d’une autre unité",
    ),
    ("atelier.md", change('print("bonjour")', "Quiz(SLUG, questions=['soleil'])"), "atelier.md", 10, "soleil"),
    ("atelier.md", change('print("bonjour")', 'Quiz("2-autre'), "atelier.md", 10, "une cellule ne se lit pas"),
]
SPOILT_FILES = [
    *(
        (name, ansi, name, None, "UTF-8")
        for name in (
            "slides/1-essai.md",
            "data/programme.yml",
            "data/lignes.yml",
            "data/fiches-actions.yml",
            "data/mots.yml",
            "data/champs.csv",
            "book/annexes/references.bib",
            "book/annexes/glossaire.md",
            "README.md",
            "_config.yml",
        )
    ),
    ("_toc.yml", bom, "_toc.yml", 1, "BOM"),
    ("data/smic.csv", change("11.88", "11.88*"), "data/smic.csv", None, "n’est pas un nombre"),
    ("modules/1-essai/._module.md", lambda path: path.write_bytes(MACOS), None, None, ""),
    ("data/._programme.yml", lambda path: path.write_bytes(MACOS), None, None, ""),
    ("data/._champs.csv", lambda path: path.write_bytes(MACOS), None, None, ""),
]


def ids(cases: list[tuple]) -> list[str]:
    return [f"{rank}-{case[0]}-{case[1].__name__}" for rank, case in enumerate(cases, 1)]


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, list[Fault]]:
    """A course with one sound unit and one unit for each case, and what is told of it."""
    course = write_small_course(tmp_path_factory.mktemp("unites") / "cours")
    course.people.unlink()
    lines = ""
    for number, (name, spoil, *_) in enumerate(SPOILT_UNITS, 2):
        slug = f"{number}-essai"
        folder = course.modules / slug
        shutil.copytree(course.modules / "1-essai", folder)
        change("SLUG", f'"{slug}"')(folder / "atelier.md") if "SLUG" in (folder / "atelier.md").read_text() else None
        shutil.copy(course.slides / "1-essai.md", course.slides / f"{slug}.md")
        lines += "".join(f"  - file: modules/{slug}/{page}\n" for page in ("module", "atelier", "formateur"))
        spoil(folder / name)
    add(lines)(course.toc)
    shutil.copytree(course.modules / "1-essai", course.modules / "logement")
    return course, [fault for found in checks.all_faults(course).values() for fault in found]


def plain(text: str) -> str:
    return " ".join(text.split())


def told(faults: list[Fault], place: str, line: int | None, words: str) -> list[Fault]:
    """Return the faults that name ``place``, its line and ``words``."""
    return [
        fault
        for fault in faults
        if fault.file == place and line in (None, fault.line) and fault.remedy and plain(words) in plain(str(fault))
    ]


@pytest.mark.parametrize("number", range(2, len(SPOILT_UNITS) + 2), ids=ids(SPOILT_UNITS))
def test_what_is_wrong_in_a_unit_is_told_with_its_place(spoilt: tuple[Project, list[Fault]], number: int) -> None:
    folder = f"modules/{number}-essai"
    _, _, place, line, words = SPOILT_UNITS[number - 2]
    own = [fault for fault in spoilt[1] if fault.file.startswith(folder)]
    assert told(own, f"{folder}/{place}".rstrip("/"), line, words), "\n".join(map(str, own))
    assert len(own) == 1, "une seule faute, dite une seule fois :\n" + "\n".join(map(str, own))


def test_the_other_units_open(spoilt: tuple[Project, list[Fault]]) -> None:
    course, faults = spoilt
    assert not [fault for fault in faults if "interrompue" in fault.message]
    assert not [fault for fault in faults if fault.file == "modules/1-essai/atelier.md"]
    assert told(faults, "modules/logement", 0, "nom de dossier")
    ready = workshops.prepare(course)
    assert [item.unit.slug for item in ready if item.notebook][0] == "1-essai"
    assert "logement" in portal.render(course, ready, "http://127.0.0.1/", False)
    assert [item["slug"] for item in home.offers(course) if not item["fault"]] == [
        item.unit.slug for item in ready if item.notebook
    ]


@pytest.fixture(scope="module")
def spoilt_files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, list[Fault]]:
    """A course of one unit in which every other file is bad, and what is told of it."""
    course = write_small_course(tmp_path_factory.mktemp("fichiers") / "cours")
    course.people.unlink()
    for name, spoil, *_ in SPOILT_FILES:
        path = course.root / name
        if not path.exists():
            add("# Essai\n")(path)
        spoil(path)
    return course, [fault for found in checks.all_faults(course).values() for fault in found]


@pytest.mark.parametrize("case", SPOILT_FILES, ids=ids(SPOILT_FILES))
def test_what_is_wrong_in_a_file_of_the_course_is_told(spoilt_files: tuple[Project, list[Fault]], case: tuple) -> None:
    name, _, place, line, words = case
    own = [fault for fault in spoilt_files[1] if fault.file == name]
    if place:
        assert told(own, place, line, words), "\n".join(map(str, spoilt_files[1]))
    assert len(own) == (1 if place else 0), "\n".join(map(str, own))


def test_a_course_full_of_bad_files_is_read_to_the_end(spoilt_files: tuple[Project, list[Fault]]) -> None:
    course, faults = spoilt_files
    assert not [fault for fault in faults if "interrompue" in fault.message]
    assert portal.render(course, workshops.prepare(course), "http://127.0.0.1/", False)


def test_what_describes_the_tables_may_be_bad(small_course: Project) -> None:
    bom(small_course.datapackage)
    assert told(validation.validate(small_course), "data/datapackage.json", 1, "BOM")
    ansi(small_course.datapackage)
    faults = checks.all_faults(small_course)
    assert told(faults["données"], "data/datapackage.json", None, "UTF-8")
    assert not [fault for found in faults.values() for fault in found if "interrompue" in fault.message]
