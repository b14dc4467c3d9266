"""Can a reader stand behind every source: no address of a refused site, and no copy cited as the original?"""

from __future__ import annotations

from functools import partial

import pytest

from mallette import checks, data, references, sites
from mallette.checks import sources
from mallette.data.validation import validate
from mallette.faults import Fault
from mallette.figures.figure import short_source
from mallette.paths import Project

LIST = "sites:\n  - {site: interdit.fr, raison: Il insulte., plutot: un journal}\n"


def found(course: Project) -> list[tuple[str, int]]:
    return [(fault.file, fault.line) for fault in sorted(checks.faults_of(partial(sources.check, course), ""))]


@pytest.mark.parametrize(
    "address",
    [
        "https://interdit.fr/page",
        "http://www.interdit.fr",
        "<https://a.b.interdit.fr./x>",
        "HTTPS://INTERDIT.FR",
        "https://archive.org/web/2020/https://interdit.fr/page",
        "interdit.fr",
    ],
)
def test_a_refused_site_is_found_under_any_of_its_addresses(address: str) -> None:
    assert sites.Site("interdit.fr", "", "").pattern.search(f"Voir {address}, par exemple.")


@pytest.mark.parametrize("address", ["https://pas-interdit.fr", "https://interdit.fr.exemple.org", "interdit.frais"])
def test_another_site_is_not_taken_for_it(address: str) -> None:
    assert not sites.Site("interdit.fr", "", "").pattern.search(address)


def test_every_kind_of_file_is_read_and_each_address_is_told_with_its_line(small_course: Project, replace_in) -> None:
    small_course.sites.write_text(LIST, encoding="utf-8")
    unit = small_course.modules / "1-essai"
    replace_in(unit / "module.md", "Du texte.", "Du [texte](https://interdit.fr/a).")
    replace_in(unit / "quiz.yml", "Il pleut.", "Il pleut (m.interdit.fr).")
    with small_course.references.open("a", encoding="utf-8") as file:
        file.write("@misc{ESSAI, title = {Essai}, url = {https://interdit.fr/b}}\n")
    with (small_course.data / "sources.csv").open("a", encoding="utf-8") as file:
        file.write("ESSAI_2,Essai,Essai,,,2020,https://interdit.fr/c,,,presse\n")
    folder = small_course.exercises / "devoirs"
    folder.mkdir(parents=True)
    (folder / "essai.yml").write_text("introduction: https://interdit.fr/d\n", encoding="utf-8")
    names = {name for name, _ in found(small_course)}
    assert names == {
        "modules/1-essai/module.md",
        "modules/1-essai/quiz.yml",
        "book/annexes/references.bib",
        "data/sources.csv",
        "exercices/devoirs/essai.yml",
    }
    fault = next(one for one in sources.check(small_course) if one.file.endswith("module.md"))
    assert (fault.line, "Il insulte." in fault.message, "un journal" in fault.remedy) == (14, True, True)


def test_a_list_with_faults_is_told(small_course: Project) -> None:
    small_course.sites.write_text("sites:\n  - {site: interdit.fr, raison: Il insulte.}\n", encoding="utf-8")
    assert found(small_course) == [("data/sites.yml", 2)]


def test_every_label_of_a_copy_names_the_site_where_it_was_read(course: Project) -> None:
    copies = [row for row in data.rows("sources", course) if row["repris_par"]]
    assert copies
    for row in copies:
        told = f"{row['auteur']}, repris par {row['repris_par']}"
        key = row["source_id"]
        for label in (data.source(key, course).label, references.label(key, course=course), short_source(key)):
            assert label.startswith(told), label


def test_a_copy_cited_by_hand_as_the_original_is_told_with_what_to_write(small_course: Project, replace_in) -> None:
    with (small_course.data / "sources.csv").open("a", encoding="utf-8") as file:
        file.write(
            "GAZETTE_2019,La Gazette,Essai,La Gazette,un blog,2019,,,,reprise de presse\n"
            "GAZETTE_2020,La Gazette,Essai,La Gazette,un blog,2020,,,,reprise de presse\n"
            "GAZETTE_2020B,La Gazette,Essai,La Gazette,,2020,,,,presse\n"
        )
    page = small_course.modules / "1-essai" / "module.md"
    replace_in(page, "Du texte.", "La Gazette, repris par un blog, 2019. La Gazette, 2020. La Gazette (2019).")
    [fault] = sources.check(small_course)
    assert (fault.file, fault.line) == ("modules/1-essai/module.md", 14)
    assert "La Gazette, repris par un blog, 2019" in fault.remedy


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ("La Gazette,Essai,La Gazette,,2019,,,,reprise de presse", "repris_par"),
        ('"La Gazette, reprise par un blog",Essai,La Gazette,un blog,2019,,,,presse', "auteur"),
        ("La Gazette,Essai,copie sur un blog,,2019,,,,presse", "editeur"),
    ],
)
def test_a_table_of_sources_that_hides_a_copy_is_told(small_course: Project, cells: str, told: str) -> None:
    path = small_course.data / "sources.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}GAZETTE,{cells}\n", encoding="utf-8")
    [fault] = validate(small_course)
    assert (fault.file, fault.line) == ("data/sources.csv", len(text.splitlines()) + 1)
    assert f"«\u00a0{told}\u00a0»" in fault.message


def test_a_work_read_in_a_copy_names_the_site_beside_its_author(small_course: Project) -> None:
    text = small_course.references.read_text(encoding="utf-8")
    entry = "@misc{ESSAI,\n  author = {{La Gazette}},\n  title = {Essai},\n  note = {Lu dans une copie en ligne}\n}\n"
    small_course.references.write_text(text + entry, encoding="utf-8")
    [fault] = references.check(small_course)
    assert isinstance(fault, Fault) and fault.line == len(text.splitlines()) + 1
    small_course.references.write_text(text + entry.replace("Gazette", "Gazette, repris par un blog"), encoding="utf-8")
    assert references.check(small_course) == []
