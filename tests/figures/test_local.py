"""Are a town's numbers drawn beside the national ones, or what is wrong with them told?"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mallette.data import validation
from mallette.figures import local
from mallette.paths import ROOT_VARIABLE, Project

AT_17 = ("cannabis", "experimentation", "17 ans", "17")
HEAD = "annee,valeur_pct,effectif,population,source\n"
SOUND = HEAD + '2021,38.5,412,jeunes de 17 ans,"Observatoire, rapport 2022"\n2023,31,,jeunes de 17 ans,Le même\n'


@pytest.fixture
def shown(small_course: Project, monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes | str], str]:
    """Return ``shown(file) -> HTML`` of the page, for a file of a place called « Ma ville »."""
    monkeypatch.setenv(ROOT_VARIABLE, str(small_course.root))

    def show(content: bytes | str) -> str:
        small_course.local.mkdir(exist_ok=True)
        path = small_course.local / "Ma-ville.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        assert list(local.files(small_course)) == ["Ma ville"]
        return local.page("Ma ville", AT_17, small_course)

    return show


def test_a_sound_file_is_drawn_with_its_source_and_its_caution(shown: Callable) -> None:
    page = shown(SOUND)
    assert "<img" in page
    for text in ("Ma ville et France", "Observatoire, rapport 2022", "38,5", "412", "non fourni", "il ne prouve rien"):
        assert text in page


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (SOUND.replace("38.5", "138.5"), "ligne 2"),
        (SOUND.replace("38.5", "beaucoup"), "n’est pas un nombre"),
        (SOUND.replace("2023", "2021"), "déjà prise ligne 2"),
        (SOUND.replace("Le même", ""), "colonne « source » : la case est vide"),
        (SOUND.replace("valeur_pct", "valeur"), "valeur_pct"),
        (SOUND.replace(",", ";"), "séparateur"),
        (SOUND.encode("cp1252").replace(b"jeunes", "élèves".encode("cp1252")), "UTF-8"),
        (SOUND.replace("Le même", "<script>alert(1)</script>").replace("31", "131"), "ligne 3"),
        (HEAD, "aucune ligne"),
        ("", "vide"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_a_remedy(shown: Callable, content: bytes | str, told: str) -> None:
    page = shown(content)
    assert "<img" not in page
    assert "<script" not in page
    assert told in page.replace("\u00a0", " ").replace("\u202f", " ")
    assert "<strong>" in page


def test_a_text_of_a_file_is_never_html(shown: Callable) -> None:
    page = shown(SOUND.replace("Le même", "<script>alert(1)</script>"))
    assert "<img" in page
    assert "<script" not in page


def test_without_a_file_the_page_says_where_to_put_one(small_course: Project) -> None:
    assert local.files(small_course) == {}
    assert "chiffres-locaux" in local.page(None, AT_17, small_course)


def test_every_national_series_can_stand_beside(shown: Callable, small_course: Project) -> None:
    shown(SOUND)
    lines = validation.table(small_course.local / "Ma-ville.csv", "Ma-ville.csv", local.SCHEMA)
    assert AT_17 in local.series().values()
    for choice in local.series().values():
        assert "Ma ville" in local.chiffres_locaux("Ma ville", lines, choice).text()
