"""Does a reader see first the sessions that are still to come on the reader's day, and all without a script?"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from mallette.book import assets, fragments
from mallette.paths import Project
from mallette.widgets import bundle
from tests.test_programme import OWN


def test_what_is_past_on_the_day_of_the_reader_goes_last(
    small_course: Project, browser: Browser, tmp_path: Path
) -> None:
    small_course.programme.write_text(OWN, encoding="utf-8")
    shown = fragments.dates(small_course, lambda page: page)
    assert "Prochaine" not in shown, "sans script, la page ne sait pas quel jour on la lit"
    script = bundle.linked(Path(assets.__file__).parent / "static" / "dates.js")
    page = browser.new_page()
    seen = {}
    for day in ("2026-12-01", "2027-02-04T12:30", "2027-03-01"):
        page.clock.set_fixed_time(day)
        page.set_content(f"<main>{shown}</main><script>(() => {{ {script} }})()</script>")
        folded = page.locator("details li")
        seen[day] = (page.locator("h2").inner_text(), folded.count(), page.locator("li[data-fin]").count())
    page.close()
    assert list(seen.values()) == [("Prochaines séances", 0, 3), ("Prochaine séance", 2, 3), ("Séances passées", 0, 3)]
