"""A tool that a table fills in with its phones: offered by the trainer, written together, projected, kept as a file."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from mallette.paths import Project
from mallette.seance.errors import Unavailable
from tests import formatrice, salle

KEPT = "Gardé sur l’ordinateur de l’atelier."


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = salle.write_course(tmp_path_factory.mktemp("outils") / "cours")
    folder = made.modules / salle.UNIT / "outils"
    folder.mkdir()
    text = (Path(__file__).parents[1] / "tools" / "essai.yml").read_text(encoding="utf-8")
    (folder / "essai.yml").write_text(text.replace("book/accueil.md", f"modules/{salle.UNIT}/module.md"), "utf-8")
    return made


@pytest.fixture
def desk(room: salle.Room) -> formatrice.Trainer:
    return formatrice.enter(room)


@pytest.fixture
def phone(room: salle.Room, page_check: Callable[..., Page]) -> Callable[..., Page]:
    """Return ``open(code, table, **options)``: a phone that joined, then opened the copy of its table."""

    def open_page(code: str, table: int, viewport: str = "telephone", **options: object) -> Page:
        page = page_check(f"{room.url}s/{code}", viewport, **options)
        page.get_by_role("button", name="Participer").click()
        page.get_by_role("link", name="Remplir avec votre table").click()
        page.get_by_label("Votre table").select_option(str(table))
        page.get_by_role("button", name="Ouvrir", exact=True).click()
        expect(page.get_by_role("heading", name=f"Table {table}")).to_be_visible()
        page.evaluate("document.querySelectorAll('.mlt-tool details').forEach((part) => { part.open = true; })")
        return page

    return open_page


def test_a_table_fills_in_one_copy_and_the_room_reads_it(
    room: salle.Room, desk: formatrice.Trainer, phone: Callable, page_check: Callable, tmp_path: Path, axe, no_overflow
):
    code = desk.open()
    control = page_check(room.context.trainer_address)
    control.goto(f"{room.url}formateur/s/{code}")
    axe(control)
    control.get_by_role("button", name="Proposer aux tables").click()
    expect(control.get_by_text("Proposé aux tables", exact=True)).to_be_visible()

    one, two, other = phone(code, 3), phone(code, 3, "etroit"), phone(code, 4)
    axe(one)
    no_overflow(two)
    one.get_by_label("Objet", exact=True).fill("Un hall")
    one.get_by_role("button", name="Ajouter une ligne").click()
    one.get_by_label("Ce qui est fait").fill("Présence à 17 h")
    expect(one.get_by_text(KEPT)).to_be_visible()
    expect(two.get_by_label("Objet", exact=True)).to_have_value("Un hall")
    expect(two.get_by_text("Présence à 17 h").first).to_be_visible()
    two.get_by_label("Récit").fill("De l’autre téléphone")
    expect(two.get_by_text(KEPT)).to_be_visible()
    one.get_by_role("heading", name="Table 3").focus()
    expect(one.get_by_label("Récit")).to_have_value("De l’autre téléphone")
    expect(other.get_by_label("Objet", exact=True)).to_have_value("")

    now = control.get_by_role("region", name="Maintenant")
    expect(now).to_contain_text("Les tables remplissent Outil d’essai.")
    now.get_by_role("link", name=re.compile("^Table 3")).wait_for()
    projected = page_check(room.context.trainer_address, accept_downloads=True)
    projected.goto(f"{room.url}formateur/s/{code}/outil?outil=essai&table=3")
    expect(projected.get_by_text("De l’autre téléphone")).to_be_visible()
    assert projected.locator("input, textarea, select").count() == 0
    axe(projected)
    for width, height in ((1280, 800), (1920, 1080)):  # read at five metres: 1.8 % of the width
        projected.set_viewport_size({"width": width, "height": height})
        letters = projected.locator("td, dd").evaluate_all(
            "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))"
        )
        assert min(letters) >= 0.018 * width - 0.5
    one.get_by_label("Objet", exact=True).fill("Le hall nord")
    expect(projected.get_by_text("Le hall nord")).to_be_visible()
    with projected.expect_download() as waiting:
        projected.get_by_role("button", name="Enregistrer un fichier").click()
    waiting.value.save_as(tmp_path / "table.json")
    kept = json.loads((tmp_path / "table.json").read_text(encoding="utf-8"))
    assert (
        kept["valeurs"]["recit"] == "De l’autre téléphone" and kept["valeurs"]["lignes"][0]["fait"] == "Présence à 17 h"
    )

    two.get_by_role("group", name="Ce qui change").get_by_role("button", name=re.compile("^Supprimer")).click()
    expect(projected.get_by_text("Présence à 17 h")).to_have_count(0)


def test_a_row_stays_open_while_others_write(desk: formatrice.Trainer, phone: Callable):
    code = desk.open()
    desk.does(code, "proposer-outil", outil="essai")
    one, two = phone(code, 1), phone(code, 1)
    asked: list[str] = []
    one.on("request", lambda request: asked.append(request.url))
    one.wait_for_timeout(4000)
    assert not asked, "a page that is told of changes does not ask for them"
    one.get_by_role("button", name="Ajouter une ligne").click()
    one.get_by_label("Ce qui est fait").fill("Présence")
    two.get_by_label("Objet", exact=True).fill("Le hall")
    expect(one.get_by_text("Un autre téléphone de la table écrit aussi")).to_be_visible()
    expect(one.get_by_label("Objet", exact=True)).to_have_value("")  # nothing moves under the fingers
    one.evaluate("document.activeElement.blur()")  # a phone puts its keyboard away
    expect(one.get_by_label("Objet", exact=True)).to_have_value("Le hall")
    expect(one.get_by_label("Ce qui est fait")).to_have_value("Présence")
    tab = one.context.new_page()  # of the same phone: both share what waits
    tab.goto(one.url)
    expect(tab.get_by_label("Objet", exact=True)).to_have_value("Le hall")
    one.get_by_label("Récit").fill("De l’autre onglet")
    expect(tab.get_by_label("Récit")).to_have_value("De l’autre onglet")


def test_a_table_that_cannot_be_opened_is_told(desk: formatrice.Trainer, room: salle.Room, page_check: Callable):
    code = desk.open()
    desk.does(code, "proposer-outil", outil="essai")
    page = page_check(f"{room.url}s/{code}", "telephone", cut=True)
    page.get_by_role("button", name="Participer").click()
    page.get_by_role("link", name="Remplir avec votre table").click()
    page.get_by_label("Votre table").wait_for()
    page.context.set_offline(True)
    page.get_by_role("button", name="Ouvrir", exact=True).click()
    expect(page.get_by_text("Contact perdu avec l’atelier")).to_be_visible()
    page.context.set_offline(False)
    page.get_by_role("button", name="Ouvrir", exact=True).click()
    expect(page.get_by_role("heading", name="Table 1")).to_be_visible()


def test_what_is_written_without_network_leaves_when_it_is_back(desk: formatrice.Trainer, phone: Callable):
    code = desk.open()
    desk.does(code, "proposer-outil", outil="essai")
    page = phone(code, 1, cut=True)
    page.context.set_offline(True)
    page.get_by_label("Objet", exact=True).fill("Écrit hors réseau")
    expect(page.get_by_text("En attente du réseau")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text(KEPT)).to_be_visible(timeout=20_000)
    page.reload()
    expect(page.get_by_label("Objet", exact=True)).to_have_value("Écrit hors réseau")


def test_what_waits_survives_a_reload_and_goes_with_the_seance(
    desk: formatrice.Trainer, phone: Callable, room: salle.Room, monkeypatch: pytest.MonkeyPatch
):
    def full(*arguments: object) -> int:
        raise Unavailable("disque plein")

    code = desk.open()
    desk.does(code, "proposer-outil", outil="essai")
    page = phone(code, 1, cut=True)
    page.on("dialog", lambda dialog: dialog.accept())  # « quitter la page ? »
    with monkeypatch.context() as broken:
        broken.setattr(room.context.boards, "write", full)
        page.get_by_label("Objet", exact=True).fill("Pas encore parti")
        expect(page.get_by_text("En attente du réseau")).to_be_visible()
        page.reload()
        expect(page.get_by_label("Objet", exact=True)).to_have_value("Pas encore parti")
    expect(page.get_by_text(KEPT)).to_be_visible(timeout=20_000)
    assert room.context.boards.read(code, "essai", 1)[1] == {"objet": "Pas encore parti"}
    assert page.evaluate("localStorage.length") == 0
    monkeypatch.setattr(room.context.boards, "write", full)
    page.get_by_label("Objet", exact=True).fill("Jamais parti")
    expect(page.get_by_text("En attente du réseau")).to_be_visible()
    room.act("erase", code)
    expect(page.get_by_text("Cette séance a été effacée")).to_be_visible()
    assert page.evaluate("localStorage.length") == 0


def test_a_reply_that_comes_late_does_not_settle_newer_words(
    desk: formatrice.Trainer, phone: Callable, room: salle.Room
):
    code = desk.open()
    desk.does(code, "proposer-outil", outil="essai")
    page = phone(code, 1)
    held: list[Route] = []
    page.route("**/outil/ecrire", lambda route: route.continue_() if held else held.append(route))
    page.get_by_label("Objet", exact=True).fill("Premiers mots")
    expect(page.get_by_text("Envoi…")).to_be_visible()
    page.wait_for_timeout(700)  # sent, and held up
    tab = page.context.new_page()  # of the same phone: it sends what waits, and has it acknowledged
    tab.goto(page.url)
    expect(tab.get_by_text(KEPT)).to_be_visible()
    tab.close()
    page.get_by_label("Objet", exact=True).fill("Mots suivants")
    held[0].continue_()
    expect(page.get_by_text(KEPT)).to_be_visible()
    assert room.context.boards.read(code, "essai", 1)[1] == {"objet": "Mots suivants"}


def test_the_last_words_are_kept_when_the_trainer_goes_on_to_another_tool(
    desk: formatrice.Trainer, phone: Callable, room: salle.Room
):
    code = desk.open()
    desk.does(code, "proposer-outil", outil="essai")
    page = phone(code, 1, cut=True)
    page.get_by_label("Objet", exact=True).press_sequentially("Le ")
    room.call(room.context.run(room.context.boards.offer, code, "autre", {"titre": "Un autre", "sections": []}))
    room.call(room.context.changed(code))
    expect(page.get_by_text("propose maintenant un autre outil : Un autre")).to_be_visible()
    page.get_by_label("Objet", exact=True).press_sequentially("hall")
    expect(page.get_by_text(KEPT)).to_be_visible()
    assert room.context.boards.read(code, "essai", 1)[1] == {"objet": "Le hall"}
    desk.does(code, "retirer-outil")
    expect(page.get_by_text("Aucun outil n’est plus proposé")).to_be_visible()
    page.get_by_label("Objet", exact=True).press_sequentially(" nord")
    expect(page.locator("#contact")).to_contain_text("ce qui était déjà gardé le reste")
    assert room.context.boards.read(code, "essai", 1)[1] == {"objet": "Le hall"}


def test_nobody_reads_or_writes_from_outside(desk: formatrice.Trainer, room: salle.Room):
    code = desk.open()
    desk.does(code, "proposer-outil", outil="essai")
    body = {"outil": "essai", "table": 1, "place": "objet", "valeur": "x"}
    stranger, member = room.phone(), room.phone().join(code)
    assert stranger.get(f"/s/{code}/outil/etat?outil=essai&table=1").status == 403
    assert stranger.ask("POST", f"/s/{code}/outil/ecrire", body).status == 403
    assert stranger.get(f"/formateur/s/{code}/outil/etat?outil=essai&table=1").status == 403
    assert member.ask("POST", f"/s/{code}/outil/ecrire", body, origin=False).status == 403
    assert member.ask("POST", f"/s/{code}/outil/ecrire", {**body, "place": "autre"}).status == 422
    assert member.ask("POST", f"/s/{code}/outil/ecrire", {**body, "table": "1"}).status == 422
    assert member.get(f"/s/{code}/outil/etat?outil=essai&table=x").status == 422
    assert member.ask("POST", f"/s/{code}/outil/ecrire", body).data == {"changement": 1}
    assert member.get(f"/s/{code}/outil/etat?outil=essai&table=1&depuis=0").data["valeurs"] == {"objet": "x"}
    assert desk.act(code, "proposer-outil", outil="inconnu").status == 409
