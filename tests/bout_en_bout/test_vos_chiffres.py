"""« Vos chiffres locaux »: does a page whose widgets call Python work for the trainer, and for nobody else?"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from mallette.server import local
from tests import serveur
from tests.conftest import write_small_course

FILE = "annee,valeur_pct,effectif,population,source\n2021,38.5,412,jeunes de 17 ans,Observatoire\n"


def test_the_trainer_draws_a_file_and_sees_what_is_wrong_with_another(
    tmp_path: Path,
    page_check: Callable[..., Page],
    axe: Callable,
    no_overflow: Callable,
    request: pytest.FixtureRequest,
) -> None:
    course = write_small_course(tmp_path / "cours")
    course.local.mkdir()
    (course.local / "Ma-ville.csv").write_text(FILE, encoding="utf-8")
    server = serveur.start(course, tmp_path / "serveur.log")
    request.addfinalizer(server.close)
    assert server.get(local.ADDRESS)[0] == 403, "la salle n’y entre pas"

    page = page_check(server.url, patience=60_000)  # the first page to come starts a kernel
    page.goto(re.search(r"http://\S+/formateur/entrer\?cle=\S+", server.text)[0])
    page.get_by_role("link", name="Ouvrir « Vos chiffres locaux »").click()
    expect(page.locator("figure img")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("Ma ville et France").first).to_be_visible()
    axe(page)
    page.set_viewport_size({"width": 390, "height": 844})
    no_overflow(page)

    (course.local / "Ma-ville.csv").write_text(FILE.replace("38.5", "385"), encoding="utf-8")
    page.get_by_role("button", name="Relire le dossier").click()
    expect(page.get_by_text("est supérieur au maximum")).to_be_visible(timeout=20_000)
    page.goto("about:blank")  # before its server goes
