"""A tool as a team fills it in: keyboard, phone, files that come and go, paper, another tab, nothing kept."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Download, Page, expect

from mallette.paths import Project
from mallette.tools import collection
from mallette.widgets import Tool
from tests.conftest import ROOT
from tests.vecteurs_texte import VECTORS

HERE = Path(__file__).parents[1] / "tools"
SOFFICE = shutil.which("soffice")


@pytest.fixture(scope="module")
def tool(tmp_path_factory: pytest.TempPathFactory) -> Tool:
    root = tmp_path_factory.mktemp("cours")
    (root / "book" / "outils").mkdir(parents=True)
    (root / "book" / "accueil.md").write_text("# Accueil\n", encoding="utf-8")
    shutil.copy(HERE / "essai.yml", root / "book" / "outils")
    return Tool("essai", Project(root))


@pytest.fixture
def opened(static_page: Callable, page_check: Callable, tool: Tool) -> Callable:
    """Return ``open(viewport="ordinateur", new=True, **options) -> Page`` of the tool, a new document begun."""

    def open_page(viewport: str = "ordinateur", new: bool = True, **options: object) -> Page:
        page = page_check(static_page(tool), viewport, accept_downloads=True, **options)
        if new:
            page.get_by_role("button", name="Nouveau document").click()
            unfold(page)
        return page

    return open_page


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('.mlt-tool details').forEach((part) => { part.open = true; })")


def saved(page: Page, name: str, target: Path) -> Path:
    """Take the document away by the button ``name``; return the file."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name).click()
        if page.get_by_role("button", name="Continuer quand même").is_visible():
            page.get_by_role("button", name="Continuer quand même").click()
    download: Download = waiting.value
    path = target / download.suggested_filename
    download.save_as(path)
    return path


def add_row(page: Page, **cells: str) -> None:
    page.get_by_role("button", name="Ajouter une ligne").click()
    row = page.locator(".mlt-tool-open").filter(has=page.get_by_label("Ce qui est fait"))
    for label, value in cells.items():
        field = row.get_by_label(label.replace("_", " "), exact=True)
        if field.evaluate("(element) => element.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    row.get_by_role("button", name="Refermer").click()


def kept(page: Page) -> None:
    expect(page.locator(".mlt-tool").get_by_text("Gardé dans ce navigateur.")).to_be_visible()


def test_the_keyboard_fills_in_a_document_that_another_browser_opens(
    opened: Callable, tmp_path: Path, axe, no_overflow
):
    page = opened("telephone")
    title = page.get_by_label("Titre du document")
    expect(title).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("Groupe du lundi")
    page.get_by_label("Objet", exact=True).focus()
    page.keyboard.type("Un hall")
    page.keyboard.press("Tab")
    page.keyboard.type("Première ligne")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")  # the first choice
    page.keyboard.press("Tab")
    page.keyboard.press("Space")  # the first box
    page.get_by_label("Coût").focus()
    page.keyboard.type("12,5")
    page.get_by_role("button", name="Ajouter une ligne").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Jour", exact=True)).to_be_focused()
    page.get_by_label("Ce qui est fait").focus()
    page.keyboard.type("Présence")
    kept(page)
    bar, typed = (page.locator(place).bounding_box() for place in (".mlt-tool-bar", "textarea:focus, input:focus"))
    assert typed["y"] + typed["height"] <= bar["y"] < page.viewport_size["height"]  # in sight, and over nothing
    axe(page)
    no_overflow(page)
    file = saved(page, "Enregistrer un fichier", tmp_path)
    assert re.fullmatch(r"essai-groupe-du-lundi-\d{4}-\d\d-\d\d\.json", file.name)
    page.reload()
    page.get_by_role("button", name="Ouvrir « Groupe du lundi »").click()
    unfold(page)
    expect(page.get_by_label("Objet", exact=True)).to_have_value("Un hall")

    other = opened(new=False)  # another browser: nothing is there
    expect(other.get_by_text("Aucun document pour le moment.")).to_be_visible()
    other.locator("input[type=file]").set_input_files(file)
    unfold(other)
    expect(other.get_by_label("Récit")).to_have_value("Première ligne")
    expect(other.get_by_label("Axe")).to_have_value("Prévenir")
    expect(other.get_by_label("Jeunes")).to_be_checked()
    expect(other.get_by_label("Coût")).to_have_value("12,5")
    expect(other.get_by_text("Présence").first).to_be_visible()
    again = json.loads(saved(other, "Enregistrer un fichier", tmp_path).read_text(encoding="utf-8"))
    assert again == json.loads(file.read_text(encoding="utf-8"))


def test_a_document_is_deleted_with_its_trace(opened: Callable):
    page = opened()
    page.get_by_label("Objet", exact=True).fill("Un hall")
    kept(page)
    page.get_by_role("button", name="Fermer").click()
    for count in (2, 3):
        page.get_by_role("button", name="Dupliquer « Outil d’essai »").click()
        assert page.locator(".mlt-tool-rows > li").count() == count
    titles = page.locator(".mlt-tool-rows strong").all_text_contents()
    assert len({*titles}) == 3, "two documents never bear the same title"
    for _ in range(3):
        page.get_by_role("button", name=re.compile("^Supprimer")).first.click()
    expect(page.get_by_text("Aucun document pour le moment.")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_views_show_what_was_filled_in_and_what_is_missing(opened: Callable, axe):
    page = opened("etroit", new=False)
    page.get_by_role("button", name="Voir un exemple inventé").click()
    unfold(page)
    expect(page.get_by_text("Exemple inventé")).to_be_visible()
    views = page.locator(".mlt-tool-view")
    expect(views.filter(has_text="Dans le temps").locator("svg")).to_have_attribute(
        "aria-label", re.compile("12 mars 2026")
    )
    matrix = views.filter(has_text="Besoins et services").get_by_role("row")
    assert [row.inner_text().split("\t") for row in matrix.all()][1:] == [
        ["Passer", "Présence à 17 h"],
        ["Savoir", "rien"],
    ]
    expect(views.filter(has_text="Échanges").locator("li").first).to_contain_text("De Médiation vers Passer")
    expect(views.filter(has_text="À revoir")).to_contain_text("Rien n’attend.")
    expect(views.filter(has_text="La page")).to_contain_text("Rien de prévu.")
    views.filter(has_text="Le mois").get_by_role("button").click()
    expect(page.get_by_label("Récit")).to_have_value(re.compile("Mars 2026\n\n– 12 mars 2026.*Présence à 17 h"))
    page.get_by_label("Axe").select_option("Prévenir")
    unfold(page)
    expect(views.filter(has_text="À lire").get_by_role("link")).to_have_attribute(
        "href", re.compile("book/accueil.html$")
    )
    axe(page)


def test_what_looks_like_somebody_is_told_and_never_blocked(opened: Callable, tmp_path: Path, axe):
    page = opened()
    page.get_by_label("Objet", exact=True).fill("Mme Martin, 06 39 98 12 34")
    page.get_by_label("Récit").focus()
    expect(page.get_by_text("Vous avez écrit ce qui ressemble à")).to_contain_text("un nom (Mme Martin)")
    page.get_by_role("button", name="Markdown").click()
    expect(page.get_by_role("heading", name="Avant de l’emporter")).to_be_focused()
    axe(page)
    page.get_by_role("button", name="Revenir au document").click()
    expect(page.get_by_role("heading", name="Avant de l’emporter")).to_have_count(0)
    assert "06 39 98" in saved(page, "Markdown", tmp_path).read_text(encoding="utf-8")


def test_texts_stay_texts_everywhere(opened: Callable, tmp_path: Path):
    page = opened()
    ran: list[str] = []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    for text in VECTORS:
        page.get_by_label("Objet", exact=True).fill(text)
        page.get_by_label("Récit").fill(text)
    page.get_by_label("Titre du document").fill(VECTORS[2])
    for text in VECTORS[:6]:
        add_row(page, Ce_qui_est_fait=text, Jour="2026-03-12", Service=text)
    unfold(page)
    for name in ("Dans le temps", "Besoins et services", "Échanges", "La page"):
        page.locator(".mlt-tool-view").filter(has_text=name).locator("summary").click(click_count=2)
    page.evaluate("window.print = () => {}")
    page.get_by_role("button", name="Imprimer", exact=True).click()
    for button in ("Traitement de texte", "Tableur", "Markdown", "Enregistrer un fichier"):
        saved(page, button, tmp_path)
    page.get_by_role("button", name="Fermer").click()
    assert ran == [] and page.locator(".mlt-tool script, .mlt-tool img, .mlt-tool iframe").count() == 0


@pytest.mark.skipif(
    not SOFFICE and os.environ.get("CI") != "true", reason="LibreOffice n’est pas installé : .ci/run l’installe"
)
def test_the_files_hold_every_word_and_open_elsewhere(opened: Callable, tmp_path: Path):
    page = opened()
    words = ["Un hall & <b>gras</b>", "Première ligne\nDeuxième  ligne", "Présence ; à 17 h", "=SOMME(A1)"]
    page.get_by_label("Objet", exact=True).fill(words[0])
    page.get_by_label("Récit").fill(words[1])
    add_row(page, Ce_qui_est_fait=words[2], Jour="2026-03-12", Service=words[3], Heures="1,5")
    odt = saved(page, "Traitement de texte", tmp_path)
    archive = zipfile.ZipFile(saved(page, "Tableur", tmp_path))
    assert SOFFICE, "LibreOffice manque : .ci/run l’installe"
    profile = f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"
    run = [SOFFICE, profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", tmp_path, odt]
    subprocess.run(run, check=True, capture_output=True, timeout=120)
    read = odt.with_suffix(".txt").read_text(encoding="utf-8-sig")
    for text in [words[0], *words[1].split("\n"), *words[2:], "12 mars 2026", "L’accord est écrit", "1,5\u00a0h"]:
        assert text in read, text
    table = archive.read("lignes.csv").decode("utf-8-sig").splitlines()
    assert table[1] == '2026-03-12;;\'=SOMME(A1);"Présence ; à 17 h";1,5'


def test_two_tabs_never_write_over_each_other(opened: Callable):
    first = opened()
    first.get_by_label("Objet", exact=True).fill("Premier")
    kept(first)
    second = first.context.new_page()
    second.goto(first.url)
    second.get_by_role("button", name=re.compile("^Ouvrir «")).click()
    unfold(second)
    second.get_by_label("Objet", exact=True).fill("Second")
    kept(second)
    first.get_by_label("Récit").fill("Du premier")
    expect(first.get_by_text("vient d’être modifié dans un autre onglet")).to_be_visible()
    first.get_by_role("button", name="Reprendre l’autre version").click()
    unfold(first)
    expect(first.get_by_label("Objet", exact=True)).to_have_value("Second")
    expect(first.get_by_label("Récit")).to_have_value("")


def test_two_documents_are_compared_then_become_one(opened: Callable, tmp_path: Path, axe):
    page = opened()
    add_row(page, Service="Médiation", Ce_qui_est_fait="À 17 h")
    file = saved(page, "Enregistrer un fichier", tmp_path)
    other = opened()
    other.get_by_label("Titre du document").fill("L’autre service")
    add_row(other, Service="médiation", Ce_qui_est_fait="À 18 h", Heures="2")
    add_row(other, Service="Bailleur", Ce_qui_est_fait="Éclairage")
    other.get_by_role("button", name="Comparer ou fusionner").click()
    other.locator("input[type=file]").set_input_files(file)
    expect(other.get_by_text("1 ligne dit autre chose")).to_be_visible()
    expect(other.get_by_text("1 ligne seulement dans ce document")).to_be_visible()
    expect(other.get_by_role("heading", name="L’autre")).to_be_focused()
    axe(other)
    other.get_by_role("button", name="Fusionner dans ce document").click()
    expect(other.get_by_text("1 choix reste à faire")).to_be_visible()  # nobody’s word goes without a choice
    expect(other.get_by_label("Ce document", exact=True)).to_be_focused()
    other.get_by_label("Garder les deux lignes").check()
    other.get_by_role("button", name="Fusionner dans ce document").click()
    expect(other.get_by_text("L’autre n’a pas changé")).to_be_focused()
    kept(other)
    unfold(other)
    shown = other.get_by_role("group", name="Ce qui change").locator(".mlt-tool-summary").all_text_contents()
    assert shown == [
        "médiation · À 18 h · 2\u00a0h",
        "Médiation · À 17 h",
        "Bailleur · Éclairage",
    ]
    # What it was before is one click away.
    other.get_by_role("button", name="Fermer").click()
    other.get_by_role("button", name="Ouvrir « L’autre service (avant la fusion) »").click()
    unfold(other)
    shown = other.get_by_role("group", name="Ce qui change").locator(".mlt-tool-summary").all_text_contents()
    assert shown == ["médiation · À 18 h · 2\u00a0h", "Bailleur · Éclairage"]


def test_a_row_deleted_by_mistake_comes_back(opened: Callable):
    page = opened()
    add_row(page, Ce_qui_est_fait="Présence")
    group = page.get_by_role("group", name="Ce qui change")
    group.get_by_role("button", name=re.compile("^Supprimer")).click()
    expect(group.get_by_role("button", name="Annuler la suppression")).to_be_focused()
    page.keyboard.press("Enter")
    expect(group.get_by_text("Présence")).to_be_visible()


def test_a_file_never_writes_over_what_this_browser_keeps(opened: Callable, tmp_path: Path):
    page = opened()
    page.get_by_label("Objet", exact=True).fill("Ce qui était dans le fichier")
    file = saved(page, "Enregistrer un fichier", tmp_path)
    page.get_by_label("Objet", exact=True).fill("Écrit depuis")
    kept(page)
    page.reload()
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_label("Objet", exact=True)).to_have_value("Ce qui était dans le fichier")
    expect(page.get_by_text("Ce navigateur garde une autre version")).to_be_visible()
    page.get_by_role("button", name="Fermer").click()
    assert page.locator(".mlt-tool-rows > li").count() == 2
    assert "Écrit depuis" in page.evaluate("JSON.stringify(localStorage)")


def test_a_browser_that_keeps_nothing_is_told(opened: Callable, tmp_path: Path):
    refuse = "Storage.prototype.setItem = () => { throw new DOMException('plein', 'QuotaExceededError'); };"
    page = opened(script=refuse)
    expect(page.get_by_text("Ce navigateur refuse de garder le document")).to_be_visible()
    page.get_by_label("Objet", exact=True).fill("Un hall")
    assert (
        json.loads(saved(page, "Enregistrer un fichier", tmp_path).read_text("utf-8"))["valeurs"]["objet"] == "Un hall"
    )
    page.get_by_label("Objet", exact=True).fill("Deux halls")
    page.get_by_role("button", name="Comparer ou fusionner").click()
    page.locator("input[type=file]").set_input_files(next(tmp_path.glob("*.json")))
    page.get_by_label("Ce document", exact=True).check()
    page.get_by_role("button", name="Fusionner dans ce document").click()
    expect(page.get_by_text("enregistrez-en un fichier, puis fusionnez")).to_be_visible()
    page.get_by_role("button", name="Fusionner dans ce document").click()
    expect(page.get_by_text("L’autre n’a pas changé")).to_be_focused()
    page.get_by_label("Objet", exact=True).fill("Un hall")
    page.get_by_role("button", name="Fermer").click()
    expect(page.get_by_role("button", name="Fermer sans rien garder")).to_be_focused()
    expect(page.get_by_label("Objet", exact=True)).to_have_value("Un hall")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Aucun document pour le moment.")).to_be_visible()


def test_paper_holds_the_document_and_nothing_else(opened: Callable, no_overflow):
    page = opened()
    page.get_by_label("Objet", exact=True).fill("Un hall")
    page.evaluate("window.print = () => {}")
    page.get_by_role("button", name="Imprimer", exact=True).click()
    page.set_viewport_size({"width": 687, "height": 900})
    page.emulate_media(media="print")
    sheet = page.locator(".mlt-tool-print")
    expect(sheet).to_contain_text("Un hall")
    expect(sheet).to_contain_text("La relation existe")
    assert page.locator(".mlt-tool").is_hidden()
    no_overflow(page)
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(sheet).to_have_count(0)


def test_each_tool_of_the_course_shows_its_example_and_names_nobody(
    same_window: Callable, static_page: Callable, axe, no_overflow
):
    course = Project(ROOT)
    for path in collection.paths(course):
        page = same_window(static_page(Tool(path.stem, course)), "etroit")
        example = page.get_by_role("button", name="Voir un exemple inventé")
        (example if example.count() else page.get_by_role("button", name="Nouveau document")).click()
        unfold(page)
        no_overflow(page)
        axe(page, colours=False)
        page.evaluate("window.print = () => {}")
        page.get_by_role("button", name="Imprimer", exact=True).click()
        assert page.get_by_role("heading", name="Avant de l’emporter").count() == 0, path.stem
        names = page.get_by_role("button").evaluate_all("all => all.map((one) => one.textContent)")
        assert len(set(names)) == len(names), path.stem
