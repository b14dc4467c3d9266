"""Citations and bibliography read as French, with the names and capitals of the sources."""

import shutil

import pytest
from pybtex.database import BibliographyData, parse_string

from mallette import data, references
from mallette.book.bibliography import Bibliography, References
from mallette.faults import ContentError
from mallette.paths import Project, project

TWO_AUTHORS = "@misc{A, author = {Duprez, Dominique and Kokoreff, Michel}, title = {{Un titre}}, year = 2000}"


def test_names_are_joined_in_french_in_the_bibliography_and_in_the_text():
    entry = parse_string(TWO_AUTHORS, "bibtex")
    (line,) = Bibliography().format_bibliography(entry)
    assert "Dominique Duprez et Michel Kokoreff" in line.text.render_as("text")
    assert References().person.sep2 == References().person.last_sep == " et "


def test_pages_where_a_number_was_read_keep_their_authors_capitals_and_addresses(tmp_path):
    shutil.copytree(project().data, tmp_path / "data")
    course = Project(tmp_path)
    references.write_data_bib(course)
    entries = parse_string(course.data_bib.read_text(encoding="utf-8"), "bibtex")
    report = entries.entries["TAT_2016"]
    names = [" ".join(person.last_names) for person in report.persons["author"]]
    assert names == ["Duport", "Sahraoui", "Tagawa", "Zurbach"]
    rows = data.rows("sources")
    copies = {row["source_id"]: f", repris par {row['repris_par']}" for row in rows if row["repris_par"]}
    some = BibliographyData(
        {key: entries.entries[key] for key in ("TAT_2016", "SPF_2021", "LEMONDETABAC_2021", *copies)}
    )
    shown = {line.key: line.text.render_as("text") for line in Bibliography().format_bibliography(some)}
    assert "Trafics/Acteurs/Territoires" in shown["TAT_2016"]
    assert "Santé publique France" in shown["SPF_2021"]
    assert "(25,3\u202f%), l’historique" in shown["LEMONDETABAC_2021"].replace(" %", "\u202f%")
    addresses = {row["source_id"]: row["url"] for row in rows if row["url"]}
    assert {key: entries.entries[key].fields["url"] for key in addresses} == addresses
    assert copies
    for key, told in copies.items():  # in the bibliography, and in the text, which shows last names only
        assert told in shown[key]
        assert told in entries.entries[key].persons["author"][0].last_names[0]


def test_a_field_that_latex_cannot_read_is_told_with_its_line(course_copy: Project) -> None:
    text = course_copy.references.read_text(encoding="utf-8")
    lines = len(text.splitlines())
    entry = "@misc{ESSAI_2020,\n  title = {{Près de 20 % des gens}},\n  year = {2020}\n}\n"
    course_copy.references.write_text(text.rstrip("\n") + "\n" + entry, encoding="utf-8")
    with pytest.raises(ContentError) as found:
        references.keys(course_copy)
    [fault] = found.value.faults
    assert (fault.line, "ESSAI_2020" in fault.message, "title" in fault.message) == (lines + 1, True, True)
    assert "\\%" in fault.remedy
    course_copy.references.write_text(text.rstrip("\n") + "\n" + entry.replace("20 %", "20 \\%"), encoding="utf-8")
    assert references.reference("ESSAI_2020", course_copy).title == "Près de 20 % des gens"
