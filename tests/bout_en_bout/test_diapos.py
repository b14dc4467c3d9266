"""The real decks in a browser: nothing overflows, nothing is small, everything works without internet."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mallette.paths import PACKAGE, Project

DECKS = sorted((PACKAGE.parent / "slides").glob("[0-9]*-*.md"))
SMALLEST = 24
"""Smallest text of a slide, in CSS pixels of a 1280 × 720 frame."""

pytestmark = pytest.mark.skipif(not DECKS, reason="aucune diapositive dans slides/")

MEASURE = """(smallest) => {
    const found = { overflow: [], small: [], slides: 0 };
    const deck = document.querySelector(".reveal");
    for (const slide of document.querySelectorAll(".slides > section > section")) {
        found.slides += 1;
        const name = slide.querySelector("h1, h2")?.textContent ?? "sans titre";
        for (const parent of [slide.parentElement, slide]) { parent.hidden = false; parent.style.display = "block"; }
        const frame = slide.getBoundingClientRect();
        const scale = frame.width / 1280;
        const bottom = frame.top + 668 * scale;   // the line of the arrows and of the slide number stays free
        for (const element of slide.querySelectorAll(":scope > *, li, td, th, p, figcaption, img")) {
            if (element.closest("aside.notes, .mlt-figure-hidden")) continue;
            const box = element.getBoundingClientRect();
            if (!box.width || !box.height) continue;
            if (box.bottom > bottom + 1 || box.right > frame.right - 40 * scale + 1 || box.left < frame.left)
                found.overflow.push(`${name}, bas à ${Math.round((box.bottom - frame.top) / scale)} px`);
            if (parseFloat(getComputedStyle(element).fontSize) < smallest && element.localName !== "img")
                found.small.push(`${name} : <${element.localName}>`);
        }
        slide.style.display = slide.parentElement.style.display = "";
    }
    return found;
}"""


@pytest.fixture
def address(course_with_decks: Project, deck: Path) -> str:
    return (course_with_decks.decks / deck.stem / "index.html").as_uri()


@pytest.mark.parametrize("deck", DECKS, ids=lambda path: path.stem)
def test_slides_fit_their_frame_with_large_text_and_pass_axe(same_window, axe, address, deck):
    page = same_window(address)
    page.set_viewport_size({"width": 1280, "height": 720})
    page.wait_for_selector(".reveal.ready")
    found = page.evaluate(MEASURE, SMALLEST)
    headings = re.findall(r"^##? ", deck.read_text(encoding="utf-8").split("\n---\n", 1)[1], re.MULTILINE)
    assert found["slides"] == len(headings)
    assert not found["overflow"], f"{deck.name}, diapositives trop pleines : " + " | ".join(found["overflow"])
    assert not found["small"], f"{deck.name}, texte de moins de {SMALLEST} px : " + " | ".join(found["small"])
    assert page.locator("html").get_attribute("lang") == "fr"
    axe(page)


@pytest.mark.parametrize("deck", DECKS, ids=lambda path: path.stem)
def test_deck_reads_as_one_page_on_a_phone(same_window, axe, no_overflow, kit_font, address, deck):
    page = same_window(address, "telephone")
    kit_font(page)
    assert page.locator("html.lecture").count() == 1
    titles = page.locator(".slides h1, .slides h2")
    assert all(title.is_visible() for title in titles.all())
    assert not any(notes.is_visible() for notes in page.locator("aside.notes").all())
    no_overflow(page)
    axe(page, colours=deck == DECKS[0])


@pytest.mark.parametrize("deck", DECKS[:1], ids=lambda path: path.stem)
def test_keyboard_moves_between_slides_and_buttons_speak_french(page_check, address, deck):
    page = page_check(address)
    page.wait_for_selector(".reveal.ready")
    first = page.locator("section.present h1").inner_text()
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("section.present section.present h2")
    second = page.locator("section.present section.present h2").inner_text()
    assert second and second != first
    page.keyboard.press("ArrowLeft")
    assert page.locator("section.present section.present h1").inner_text() == first
    for button in page.locator(".controls button:visible").all():
        assert "diapositive" in button.get_attribute("aria-label")


@pytest.mark.parametrize("deck", DECKS[:1], ids=lambda path: path.stem)
def test_presenter_window_opens_in_french_with_the_notes(page_check, address, deck):
    page = page_check(address)
    page.wait_for_selector(".reveal.ready")
    with page.expect_popup() as opened:
        page.keyboard.press("s")
    speaker = opened.value
    speaker.wait_for_selector("text=Ensuite")
    assert "Upcoming" not in speaker.content()


@pytest.mark.parametrize("deck", DECKS[:1], ids=lambda path: path.stem)
def test_deck_prints_one_page_a_slide(page_check, address, deck):
    page = page_check(f"{address}?print-pdf")
    page.wait_for_selector(".reveal.ready")
    page.wait_for_selector(".pdf-page")
    titles = len(re.findall(r"^##? ", deck.read_text(encoding="utf-8").split("\n---\n", 1)[1], re.MULTILINE))
    pages = len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True, print_background=True)))
    assert pages == titles
