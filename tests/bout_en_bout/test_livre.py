"""Is the built book whole, French, accessible and silent towards other hosts, from a server or a USB stick?"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
import yaml
from playwright.sync_api import Page, expect

from mallette.checks import names
from mallette.paths import Project
from tests import serveur
from tests.conftest import ROOT
from tests.navigateur import VIEWPORTS


def _pages() -> list[str]:
    text = (ROOT / "_toc.yml").read_text(encoding="utf-8")
    toc = yaml.safe_load(text)
    return [toc["root"], *re.findall(r"file: (\S+)", text)]


def _has_widgets(page: str) -> bool:
    return "mallette.widgets" in (ROOT / f"{page}.md").read_text(encoding="utf-8")


def _first_of_each_kind(pages: list[str]) -> list[str]:
    """Return one page among those that only differ by their unit."""
    kinds = {re.sub(r"/\d+-[^/]+|\d+-[^/]+$", "/N", page): page for page in reversed(pages)}
    return list(kinds.values())


PAGES = _pages()
styled: set[str] = set()
"""Classes whose colours a page of this run has shown: all come from the same style sheets."""
ENGLISH = re.compile(
    r"\b(toggle|search|skip to|show code|hide code|previous|next|table of contents|back to top|download|fullscreen|"
    r"click to|read more|built with|contents)\b",
    re.IGNORECASE,
)
# What the theme writes: the article itself may hold the English title of a book.
AROUND = """() => {
  const attributes = ["aria-label", "title", "placeholder", "alt"];
  const named = [...document.querySelectorAll(attributes.map((name) => `[${name}]`).join())];
  const texts = [...document.querySelectorAll("body *:not(script, style)")]
    .filter((e) => !e.closest("article"))
    .flatMap((e) => [...e.childNodes].filter((n) => n.nodeType === Node.TEXT_NODE).map((n) => n.textContent));
  return [...texts, ...named.flatMap((e) => attributes.map((name) => e.getAttribute(name) ?? ""))].join("\\n");
}"""


def _chapter(built: Project, part: str) -> str:
    return (built.html / f"{next(page for page in PAGES if part in page)}.html").as_uri()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_french_accessible_and_asks_no_other_host(
    workshop: serveur.Server, same_window: Callable[..., Page], axe: Callable, no_overflow: Callable, name: str
) -> None:
    page = same_window(f"{workshop.url}livre/{name}.html")
    _assert_alive(page)
    assert page.locator("html").get_attribute("lang") == "fr"
    assert not (found := ENGLISH.findall(page.evaluate(AROUND))), f"mots anglais : {found}"
    classes = set(page.evaluate("[...document.querySelectorAll('[class]')].flatMap((e) => [...e.classList])"))
    if (new := classes - styled) or "/fiches/" not in name:  # the eleven fiches are one template
        # The menu is the same list everywhere, but for the place of the page in it.
        menu = None if name in (PAGES[0], PAGES[-1]) else {"exclude": [[".bd-docs-nav"]]}
        axe(page, context=menu, colours=bool(new))
        styled.update(new)
    no_overflow(page)
    assert page.locator("h1:visible").count() == 1
    for phone in ("telephone", "etroit"):
        page.set_viewport_size(VIEWPORTS[phone])
        no_overflow(page)


def _assert_alive(page: Page) -> None:
    """Every widget of the page starts once it is near."""
    for place in page.locator(".mlt-mount").all():
        place.evaluate("(place) => place.scrollIntoView()")
        expect(place).to_have_attribute("data-mallette-state", "alive")
    assert page.locator(".mlt-fallback").count() == 0


@pytest.mark.parametrize("name", [PAGES[0], *_first_of_each_kind([page for page in PAGES if _has_widgets(page)])])
def test_a_page_lives_on_a_usb_stick(built_course: Project, same_window: Callable[..., Page], name: str) -> None:
    _assert_alive(same_window((built_course.html / f"{name}.html").as_uri()))


@pytest.mark.parametrize("viewport", ["ordinateur", "telephone"])
def test_the_menu_button_opens_the_table_of_contents(
    workshop: serveur.Server, page_check: Callable[..., Page], viewport: str
) -> None:
    page = page_check(f"{workshop.url}livre/{PAGES[0]}.html", viewport=viewport)
    link = page.locator("nav.bd-links").get_by_role("link", name="Programme", exact=True)
    button = page.locator("button.primary-toggle:visible").first
    shown = link.is_visible()
    button.click()
    expect(link).to_be_visible(visible=not shown)


def test_the_three_widgets_work_from_a_usb_stick(built_course: Project, page_check: Callable[..., Page]) -> None:
    page = page_check(_chapter(built_course, "recours-aux-drogues/chapitre"))
    _assert_alive(page)
    explorer = page.locator('[data-mallette="explorer"]').first
    picture = explorer.get_by_role("img").first
    before = picture.get_attribute("aria-label")
    explorer.locator("input[type=checkbox]:enabled:not(:checked)").first.check()
    expect(picture).not_to_have_attribute("aria-label", before)
    quiz = page.locator('[data-mallette="quiz"]').first
    question = quiz.locator("section, fieldset").filter(has=page.get_by_role("radio")).first
    question.get_by_role("radio").first.check()
    question.get_by_role("button", name="Valider").first.click()
    expect(quiz.get_by_text(re.compile(r"^1 question répondue sur"))).to_be_visible()
    page = page_check(_chapter(built_course, "economie-de-la-debrouille/module"))
    _assert_alive(page)
    hourly = page.locator('[data-mallette="hourly"]').first
    before = hourly.inner_text()
    hours = hourly.get_by_label("Heures payées par jour")
    hours.fill("10")
    page.wait_for_timeout(600)
    assert hourly.inner_text() != before


@pytest.mark.parametrize("name", ["book/guides/fiches-communes", "modules/2-economie-de-la-debrouille/fiches"])
def test_a_sheet_opened_at_its_link_prints_alone(
    built_course: Project, page_check: Callable[..., Page], name: str
) -> None:
    place = built_course.html / f"{name}.html"
    sheet = re.findall(r'href="#([^"]+)"', place.read_text("utf-8").split("mallette-liste-de-fiches")[1])[0]
    page = page_check(f"{place.as_uri()}#{sheet}")
    printed = page.pdf(format="A4", margin=dict.fromkeys(("top", "right", "bottom", "left"), "15mm"))
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


def test_the_plan_leads_to_each_sheet(built_course: Project) -> None:
    pages = [*built_course.html.rglob("fiches.html")]
    plans = [path for path in pages if path.with_name("formateur.html").is_file()]
    assert plans
    for path in plans:
        there = set(re.findall(r'<section id="([^"]+)"', path.read_text("utf-8")))
        asked = re.findall(r'href="fiches\.html#([^"]+)"', path.with_name("formateur.html").read_text("utf-8"))
        assert asked
        assert set(asked) <= there, path


def test_the_search_finds_words_with_and_without_their_accents_and_lists_a_page_once(
    workshop: serveur.Server, page_check: Callable[..., Page]
) -> None:
    page = page_check(f"{workshop.url}livre/search.html")

    def found(word: str) -> set[str]:
        page.goto(f"{workshop.url}livre/search.html?q={word}")
        expect(page.locator(".search-summary")).not_to_be_empty()
        links = page.locator("#search-results li a").evaluate_all("links => links.map((link) => link.href)")
        pages = {re.split("[?#]", link)[0] for link in links}
        assert links
        assert len(pages) == len(links)
        return pages

    found("guetteur")  # a term of the glossary, in the text of its page too
    for typed, written in {"heroine": "héroïne", "oeuvre": "œuvre", "debrouille": "débrouille"}.items():
        assert found(typed) == found(written)


def test_every_file_of_the_book_can_be_copied_to_windows(built_course: Project) -> None:
    assert names.faults_under(built_course.html, built_course.html) == []


def test_no_file_of_the_book_names_a_content_delivery_network(built_course: Project) -> None:
    hosts = re.compile(r"(jsdelivr|unpkg|cdnjs|googleapis|gstatic|fontawesome\.com|mybinder)")
    guilty = [
        path.relative_to(built_course.html).as_posix()
        for path in built_course.html.rglob("*.html")
        if hosts.search(path.read_text(encoding="utf-8"))
    ]
    assert guilty == []


def test_no_page_carries_the_state_of_a_kernel_that_is_gone(built_course: Project) -> None:
    pages = {path.name: path.read_text(encoding="utf-8") for path in built_course.html.rglob("*.html")}
    assert [name for name, text in pages.items() if "widget-state" in text] == []


def test_the_sources_of_the_pages_are_not_published(built_course: Project) -> None:
    published = {path.suffix for path in built_course.html.rglob("*") if path.is_file()}
    assert not published & {".yml", ".md", ".ipynb", ".py"}
