"""Does the page of the folder say what each file is for, and nothing of a file that is gone?"""

from __future__ import annotations

from mallette.paths import Project
from mallette.publication.made import Made, index


def test_the_page_lists_what_is_there(small_course: Project) -> None:
    folder = small_course.publication
    folder.mkdir(parents=True)
    book = Made("_build/publication/livre.pdf", "lire", "570 pages", 12_395_903)
    several = Made("_build/publication/lms/<unité>.xml", "Moodle", "22 questions", 1200)
    (folder / "livre.pdf").write_bytes(b"")
    index(small_course, [book, several])
    (folder / "livre.epub").write_bytes(b"")
    page = index(small_course, [Made("_build/publication/livre.epub", "liseuse", "73 pages", 1_037_310)])
    text = page.read_text(encoding="utf-8")
    assert '<a href="livre.pdf">livre.pdf</a>' in text
    assert '<a href="livre.epub">livre.epub</a>' in text
    assert "lms/&lt;unité&gt;.xml" in text
    (folder / "livre.pdf").unlink()
    assert "livre.pdf" not in index(small_course, []).read_text(encoding="utf-8")
