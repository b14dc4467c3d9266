"""Figures in a page: axe, phones, and the table opened with the keyboard."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import Browser

from mallette import figures
from mallette.figures import style
from mallette.figures.svg import slim
from mallette.paths import PACKAGE


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A page with one figure of each kind."""
    made = [
        figures.prevalence_par_age(["cannabis", "cocaine", "heroine", "lsd"], "experimentation", 2014),
        figures.prevalence_dans_le_temps(["cannabis", "cocaine", "mdma_ecstasy"], "experimentation"),
        figures.remunerations(annee_min=2022),
        figures.smic(),
        figures.comparateurs("2024-10-20"),
    ]
    page: Path = tmp_path_factory.mktemp("figures") / "page.html"
    style = (PACKAGE / "figures" / "figures.css").read_text(encoding="utf-8")
    page.write_text(
        '<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Figures</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">'
        f"<style>{style}</style></head><body><main><h1>Figures</h1>{''.join(one.html() for one in made)}</main></body>",
        encoding="utf-8",
    )
    return page.as_uri()


@pytest.mark.parametrize("viewport", ["ordinateur", "telephone", "etroit"])
def test_figures_pass_axe_and_never_scroll_the_page_sideways(page_check, axe, no_overflow, address, viewport):
    page = page_check(address, viewport)
    for summary in page.locator("summary").all():
        summary.focus()
        page.keyboard.press("Enter")
    assert page.locator("details[open] table").count() == page.locator("figure").count()
    no_overflow(page)
    axe(page, colours=viewport == "ordinateur")


def test_phones_get_the_narrow_drawing_with_readable_text(page_check, address):
    page = page_check(address, "telephone")
    for image in page.locator("figure img").all():
        image.scroll_into_view_if_needed()
        shown, natural = image.evaluate("img => [img.getBoundingClientRect().width, img.naturalWidth]")
        assert shown / natural > 0.85, "le texte du dessin serait trop petit"


def test_the_short_drawing_looks_like_the_one_that_matplotlib_drew(browser: Browser):
    drawn = style.render(figures.smic().draw, style.NARROW, "svg").decode()
    short = slim(drawn)
    assert len(short) < len(drawn) / 1.5
    page = browser.new_page(viewport={"width": 390, "height": 600}, device_scale_factor=2)
    seen = []
    for svg in (drawn, short):
        page.set_content(svg)
        seen.append(Image.open(io.BytesIO(page.screenshot())).convert("L"))
    page.close()
    [difference] = ImageStat.Stat(ImageChops.difference(*seen)).mean
    assert difference < 0.15, "sur 255 : les lettres ont changé de place ou de taille"
