"""Are the PDFs accessible, faithful to the pages, and the same at each build?"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import page as validator
import pytest
import typst

from mallette import cli, design, version
from mallette.paths import Project
from mallette.publication import assemble, editions, finish, markup, pdf
from mallette.publication.assemble import Whole
from tests.publication.conftest import SIGNS

DAY = date(2026, 11, 30)
PROFILES = (validator.ValidationProfile.PDF_UA_1, validator.ValidationProfile.PDF_A_2A)


@pytest.fixture(scope="module")
def unit(small_book: Project) -> Whole:
    return assemble.assemble(small_book, editions.unit(small_book, "1-essai"))


@pytest.fixture(scope="module")
def written(unit: Whole, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("pdf") / "essai.pdf"
    assert pdf.write(unit, target, DAY).pages >= 5  # cover, contents, three pages
    return target


def failures(path: Path) -> list[str]:
    return [f"{one}" for profile in PROFILES for one in validator.validate_pdf(str(path), profile=profile).failures]


def test_a_pdf_is_accessible_and_made_to_last(written: Path) -> None:
    assert failures(written) == []


def test_a_real_unit_is_accessible_and_made_to_last(built_course: Project, tmp_path: Path) -> None:
    whole = assemble.assemble(built_course, editions.unit(built_course, "2-economie-de-la-debrouille"))
    pdf.write(whole, tmp_path / "unite.pdf", DAY)
    assert failures(tmp_path / "unite.pdf") == []


def test_the_same_pages_give_the_same_bytes(unit: Whole, written: Path, tmp_path: Path) -> None:
    pdf.write(unit, tmp_path / "encore.pdf", DAY)
    assert (tmp_path / "encore.pdf").read_bytes() == written.read_bytes()


def test_every_word_is_written_in_its_order_and_none_as_markup(unit: Whole) -> None:
    made = markup.markup(unit.body)
    shown = re.findall(r'#(?:raw\()?"((?:[^"\\]|\\.)*)"', made)
    text = "".join(json.loads(f'"{one}"') for one in shown).replace("\u200b", "")
    assert "".join(text.split()) == "".join(unit.body.get_text().split())
    assert SIGNS in text
    assert '#text(lang: "en")' in made
    assert "UNE_\u200bCLE_\u200bTRES_" in made


def test_each_sheet_has_paper_of_its_own_with_cards_to_cut_and_room_to_write(unit: Whole) -> None:
    sheets = markup.markup(unit.body).partition('[#"Les fiches";]')[2]
    assert sheets.index("#pagebreak") < sheets.index('[#"Rôles";]') < sheets.index("#cartes-a-decouper(2, ")
    rest = sheets[sheets.index("#cartes") :]
    assert rest.index("#pagebreak") < rest.index('[#"Grille";]') < rest.index("#a-remplir(20mm)")


def test_a_form_outside_a_sheet_has_as_much_room_as_its_answers_need(small_book: Project) -> None:
    form = markup.markup(assemble.assemble(small_book, editions.book(small_book)).body).partition("Jour du point")[2]
    assert re.findall(r"#a-remplir\((\d+)mm\)", form)[:3] == ["7", "14", "7"]  # a day, two lines, a row of a table


@pytest.fixture
def typeset(tmp_path: Path) -> Callable[[str], Path]:
    """Return ``typeset(text)``: the path of a document in Typst that begins as those of the kit do."""
    for source in (*pdf.TEMPLATES.glob("*.typ"), design.TOKENS):
        shutil.copy(source, tmp_path)

    def write(text: str) -> Path:
        head = (
            '#import "document.typ": *\n#show: base.with(titre: "Essai", date: datetime(year: 2026, month: 1, day: 1))'
        )
        (tmp_path / "main.typ").write_text(f"{head}\n{text}", encoding="utf-8")
        return tmp_path / "main.typ"

    return write


def test_what_is_for_a_wall_is_as_large_as_its_page_allows(unit: Whole, typeset: Callable[[str], Path]) -> None:
    assert re.search(r"#mur\[#enum\(.*Une règle", markup.markup(unit.body))
    sizes = []
    for rules in (3, 8, 12):
        one = f"[#context metadata(text.size / 1pt)#context metadata(here().page()) {'Une règle du groupe. ' * 4}]"
        path = typeset(f"#mur(enum({', '.join([one] * rules)}))")
        seen = json.loads(typst.query(path, "metadata", field="value"))
        sizes.append(seen[0])
        assert {*seen[1::2]} == {1}
    assert sizes[0] > sizes[1] > sizes[2] >= 16


def test_cards_are_one_list_and_a_row_stays_on_one_page(typeset: Callable[[str], Path], tmp_path: Path) -> None:
    cards = ", ".join(f"[#context metadata(here().page()) {'Mot ' * 30 * (rank % 2)}]" for rank in range(16))
    path = typeset(f"#cartes-a-decouper(2, {cards})")
    pages = json.loads(typst.query(path, "metadata", field="value"))
    assert pages[0::2] == pages[1::2]
    assert {*pages} >= {1, 2}
    (tmp_path / "cartes.pdf").write_bytes(typst.compile(path, pdf_standards=["ua-1", "a-2a"]))
    made = (tmp_path / "cartes.pdf").read_bytes()
    assert (len(re.findall(rb"/S/LI\b", made)), len(re.findall(rb"/S/L/", made))) == (16, 1)
    assert failures(tmp_path / "cartes.pdf") == []


def test_the_caption_of_a_table_is_never_alone_at_the_foot_of_a_page(typeset: Callable[[str], Path]) -> None:
    seen = "#context metadata(here().page())"
    for above in range(200, 250, 4):
        row = f"table.cell(breakable: false)[{seen} Un #linebreak() deux #linebreak() trois]"
        table = f"#tableau([Titre {seen}], table.header([Tête]), {row})"
        path = typeset(f"#v({above}mm)\n{table}")
        caption, first = json.loads(typst.query(path, "metadata", field="value"))
        assert caption == first, above


def test_a_row_is_named_by_a_header_cell_and_every_object_is_still_found(written: Path) -> None:
    content = written.read_bytes()
    assert len(re.findall(rb"/S/TH/.*?/Scope/Row", content)) >= 2
    assert re.search(rb"/S/TH/.*?/Scope/Column", content)
    _, _, *places = content[int(re.search(rb"startxref\n(\d+)", content)[1]) :].splitlines()
    found = {number: int(row[:10]) for number, row in enumerate(places) if row[17:18] == b"n"}
    assert len(found) > 100
    assert [number for number, place in found.items() if not content[place:].startswith(b"%d 0 obj" % number)] == []


def test_a_stream_that_ends_with_a_carriage_return_keeps_its_length() -> None:
    body = b"%PDF-1.7\n1 0 obj\n<</Length 3>>\nstream\nab\r\nendstream\nendobj\n2 0 obj\nnull\nendobj"
    place = body.index(b"2 0 obj")
    places = b"0000000000 65535 f \n0000000009 00000 n \n%010d 00000 n \n" % place
    end = b"\nxref\n0 3\n%strailer\n<</Size 3>>\nstartxref\n%d\n%%%%EOF" % (places, len(body) + 1)
    made = finish.finish(body + end)
    assert b"ab\r\r\nendstream" in made
    assert b"%010d 00000 n \ntrailer" % made.index(b"2 0 obj") in made
    assert int(re.search(rb"startxref\n(\d+)", made)[1]) == made.index(b"xref\n0 3")


def test_title_language_and_day_are_those_of_the_content(written: Path) -> None:
    content = written.read_bytes()
    assert "Une unité d’essai" in content.decode("utf-8", "ignore")
    assert re.search(rb"/Lang\(fr(-FR)?\)", content)
    assert {found[:8] for found in re.findall(rb"/(?:Creation|Mod)Date\(D:(\d+)", content)} == {b"20261130"}


def test_the_day_is_never_that_of_the_clock(small_book: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    created = re.search(r'"created": "([\d-]{10})', small_book.datapackage.read_text(encoding="utf-8"))
    assert version.day(small_book).isoformat() == created[1]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert version.day(small_book) == date(1970, 1, 2)


def test_the_verb_writes_and_ends_with_a_table(small_book: Project, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["--cours", str(small_book.root), "publier", "pdf", "--sans-livre"]
    assert cli.main([*asked, "--guide"]) == 0
    *_, heads, _, row = capsys.readouterr().out.strip().splitlines()
    assert [cell.strip() for cell in heads.split("|")] == ["Fichier", "Pour", "Contient", "Octets"]
    place, _, pages, _ = (cell.strip() for cell in row.split("|"))
    assert (small_book.root / place).is_file()
    assert re.fullmatch(r"\d+ pages", pages)
    assert cli.main([*asked, "--unite", "nulle"]) == 1
    assert "1-essai" in capsys.readouterr().err


def test_a_book_that_is_no_longer_true_is_built_first(small_book: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(cli, "_book", lambda course, options: asked.append(course) or 1)
    assert cli.main(["--cours", str(small_book.root), "publier", "pdf", "--guide"]) == 1
    assert asked == [small_book]


def test_a_missing_writer_is_told_with_the_way_to_get_it(
    small_book: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    assert cli.main(["--cours", str(small_book.root), "publier", "pdf", "--guide"]) == 1
    assert "make publier CIBLE=pdf" in capsys.readouterr().err
