"""The page on data shows every table, with units, and is usable with a keyboard and a screen reader."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mallette import data
from mallette.data import pages
from mallette.paths import Project

COURSE = Project(Path(__file__).resolve().parents[2])
TABLES = [item["name"] for item in data.resources(COURSE)]
PAGE = (COURSE.book / "annexes" / "donnees.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", TABLES)
def test_the_page_has_a_section_a_download_and_a_cell_for_each_table(name: str):
    assert f"({pages.anchor(name)})=\n#" in PAGE
    assert f"<../../data/{name}.csv>`" in PAGE
    assert re.search(rf'pages\.(describe|contents)\("{name}"', PAGE)


@pytest.mark.parametrize("name", TABLES)
def test_each_column_is_described_with_its_unit(name: str):
    shown = pages.describe(name, COURSE)
    assert shown.lead[1].startswith(f"{len(data.rows(name, COURSE))} lignes, ")
    for field, line in zip(data.resource(name, COURSE)["schema"]["fields"], shown.lines, strict=True):
        assert line[0] == field["title"] and line[1].startswith(f"{field['name']}, ")
        assert field.get("unite", "") in line[1]
        assert all(value in line[2] for value in field.get("constraints", {}).get("enum", []))


def test_every_cell_of_the_page_can_be_drawn():
    cells = re.findall(r"^(pages\..+)$", PAGE, re.MULTILINE)
    assert len(cells) > len(TABLES)
    for cell in cells:
        shown = eval(cell, {"pages": pages})
        assert "<table" in shown._repr_html_() and shown._repr_markdown_()


def test_tables_have_a_caption_headers_and_a_region_that_the_keyboard_reaches():
    shown = pages.overview(COURSE)._repr_html_()
    assert re.search(r'<div [^>]*role="region" tabindex="0" aria-label="[^"]+">', shown)
    assert "<caption>" in shown
    assert shown.count('<th scope="row">') == len(TABLES)
    assert shown.count('<th scope="col">') == 3


def test_texts_are_escaped_and_links_kept():
    listing = pages.Listing("A & B", ("x", "y"), [(("<i>", "https://exemple.fr/?a=1&b=2"), "c*d_e")])
    assert '<a href="https://exemple.fr/?a=1&amp;b=2">&lt;i&gt;</a>' in listing._repr_html_()
    assert "[\\<i\\>](<https://exemple.fr/?a=1&b=2>)" in listing._repr_markdown_()
    assert "c\\*d\\_e" in listing._repr_markdown_()
