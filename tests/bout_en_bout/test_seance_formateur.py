"""Does a séance hold from opening to erasing, with the laptop and the projector side by side in a browser?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from mallette.paths import Project
from tests import formatrice, salle
from tests.vecteurs_texte import VECTORS

LAPTOP, PROJECTOR, PHONE = (1280, 800), (1920, 1080), (390, 844)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return salle.write_course(tmp_path_factory.mktemp("formation") / "cours")


@pytest.fixture
def desk(room: salle.Room) -> formatrice.Trainer:
    """The same trainer in another tab."""
    return formatrice.enter(room)


@pytest.fixture
def views(room: salle.Room, desk: formatrice.Trainer, page_check: Callable[..., Page]) -> tuple[str, Page, Page]:
    """A séance just opened: its code, its control page, its projector."""
    code = desk.open(6)
    pages = []
    for address in (code, f"{code}/ecran"):
        page = page_check(room.context.trainer_address)
        page.goto(f"{room.url}formateur/s/{address}")
        pages.append(page)
    return code, *pages


@pytest.fixture
def free_context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser whose console may show the errors of a lost contact."""
    context = browser.new_context(locale="fr-FR")
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def looks_right(axe: Callable, no_overflow: Callable) -> Callable[..., None]:
    """Return ``check(page, *sizes)``: accessible at the first size and on a phone, and never wider than the window."""

    def check(page: Page, *sizes: tuple[int, int]) -> None:
        for size in (*sizes[1:], PHONE, sizes[0]):
            page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
            no_overflow(page)
            if size in (PHONE, sizes[0]):
                axe(page, colours=size != PHONE)  # a phone has the colours of the laptop

    return check


def _press(page: Page, name: str) -> None:
    _settle(page)
    page.get_by_role("button", name=re.compile(rf"^{name}")).first.click()


def _settle(page: Page) -> None:
    """Let as much time pass as a person needs to see that the buttons have changed."""
    page.wait_for_timeout(700)


def test_a_seance_from_opening_to_erasing(
    room: salle.Room, page_check: Callable[..., Page], looks_right: Callable[..., None], course: Project
) -> None:
    control = page_check(room.context.trainer_address)
    looks_right(control, LAPTOP)
    control.get_by_label("Personnes attendues").fill("6")
    _press(control, "Ouvrir une séance")
    expect(control.get_by_text("0\u00a0personne a rejoint")).to_be_visible()
    code = control.url.rsplit("/", 1)[1]
    projector = page_check(room.context.trainer_address)
    projector.goto(control.url + "/ecran")
    expect(projector.get_by_role("img", name=f"Code QR de l’adresse {room.url}s/{code}")).to_be_visible()
    looks_right(control, LAPTOP)
    looks_right(projector, PROJECTOR, LAPTOP)

    phones = [room.phone().join(code) for _ in range(6)]
    for page in (control, projector):
        expect(page.get_by_text("6\u00a0personnes ont rejoint")).to_be_visible()

    # The estimate, with a timer: opened, answered, closed, revealed.
    row = control.get_by_role("listitem").filter(has_text="quelle part avait déjà essayé le cannabis")
    control.get_by_label("Temps pour répondre").select_option("2 minutes")
    row.get_by_role("button").click()
    expect(projector.get_by_role("timer")).to_have_text(re.compile(r"^1:5\d$"))
    for phone, answer in zip(phones, [10, 20, 30, 40, 50, 60], strict=True):
        assert phone.answer(code, "cannabis", answer).status == 200
    for page in (control, projector):
        expect(page.get_by_text("6\u00a0réponses").first).to_be_visible()
        expect(page.locator(".mlt-resultat")).to_have_count(0)
    looks_right(control, LAPTOP)
    looks_right(projector, PROJECTOR, LAPTOP)
    _press(control, "Fermer la question")
    for page in (control, projector):
        expect(page.locator(".mlt-resultat")).to_be_visible()
        expect(page.locator(".mlt-publiee")).to_have_count(0)
    looks_right(control, LAPTOP)
    looks_right(projector, PROJECTOR, LAPTOP)
    _press(control, "Montrer la valeur publiée")
    expect(projector.locator(".mlt-publiee")).to_be_visible()
    looks_right(control, LAPTOP)
    looks_right(projector, PROJECTOR, LAPTOP)

    # Before and after.
    for tour, answers in ((1, [0, 0, 1, 1, 2, 2]), (2, [2, 2, 3, 3, 4, 4])):
        row = control.locator("#depart li" if tour == 1 else "#acquis li").first
        _settle(control)
        row.get_by_role("button", name=re.compile("^Poser")).click()
        expect(projector.get_by_role("heading", level=1)).to_contain_text("Lire un chiffre")
        expect(control.get_by_role("button", name="Fermer la question")).to_be_visible()
        for phone, answer in zip(phones, answers, strict=True):
            assert phone.answer(code, "position-o1", answer, tour).status == 200
        _press(control, "Fermer la question")
        expect(control.get_by_role("button", name="Fermer la question")).to_have_count(0)
    expect(projector.get_by_text("Avant et après")).to_be_visible()
    looks_right(control, LAPTOP)
    looks_right(projector, PROJECTOR, LAPTOP)

    # A free text waits for the trainer.
    _settle(control)
    control.get_by_role("listitem").filter(has_text="Décrivez une situation").get_by_role("button").click()
    expect(projector.get_by_text("sans nommer personne")).to_be_visible()
    for place, phone in enumerate(phones):
        assert phone.answer(code, "souvenir", f"canari-{place}").status == 200
    _press(control, "Fermer la question")
    expect(control.get_by_text("canari-3").first).to_be_visible()
    expect(projector.get_by_text("Aucun texte n’est affiché")).to_be_visible()
    looks_right(control, LAPTOP)
    item = control.locator(".textes li").filter(has_text="canari-3")
    _settle(control)
    item.get_by_role("button", name=re.compile("^Montrer à l’écran")).click()
    expect(projector.get_by_text("canari-3")).to_be_visible()
    expect(projector.get_by_text("canari-2")).to_have_count(0)
    looks_right(projector, PROJECTOR, LAPTOP)
    item.get_by_role("button", name=re.compile("^Retirer de l’écran")).click()
    expect(projector.get_by_text("canari-3")).to_have_count(0)

    # An earlier result, the code again for who comes late.
    row = control.get_by_role("listitem").filter(has_text="quelle part avait déjà essayé le cannabis").first
    row.get_by_role("button", name=re.compile("^Afficher")).click()
    expect(projector.locator(".mlt-estimation")).to_be_visible()
    _settle(control)
    control.get_by_role("listitem").filter(has_text="à l’aise pour parler d’argent").get_by_role("button").click()
    expect(projector.get_by_text("Tout à fait")).to_be_visible()
    for phone in phones:
        assert phone.answer(code, "aise", 1).status == 200
    _press(control, "Fermer la question")
    expect(projector.locator(".mlt-opinion")).to_be_visible()
    looks_right(control, LAPTOP)
    looks_right(projector, PROJECTOR)
    _press(control, "Code et QR")
    expect(projector.get_by_role("heading", name="Rejoignez la séance")).to_be_visible()

    _press(control, "Terminer la séance")
    question = control.get_by_role("group", name=re.compile("Terminer la séance"))
    expect(question).to_be_focused()
    looks_right(control, LAPTOP)
    question.get_by_role("button", name="Terminer la séance").click()
    expect(control.get_by_role("heading", name="La restitution est écrite")).to_be_visible()
    expect(projector.get_by_role("heading", name="Merci")).to_be_visible()
    restitution = control.frame_locator("iframe")
    expect(restitution.get_by_text("Valeur publiée").first).to_be_visible()
    expect(restitution.get_by_text("canari")).to_have_count(0)
    looks_right(control, LAPTOP)
    looks_right(projector, PROJECTOR)
    with control.expect_download() as download:
        control.get_by_role("link", name="Résultats de groupe").click()
    assert download.value.path().read_bytes() == next(course.restitutions.glob(f"*{code}/*.csv")).read_bytes()
    _press(control, "Tout effacer")
    _press(control, "Oui, tout effacer")
    expect(control.get_by_text("Tout est effacé")).to_be_visible()
    expect(projector.get_by_text("Toutes les réponses ont été effacées")).to_be_visible()
    looks_right(control, LAPTOP)
    assert room.context.seances.ongoing() == []


def test_a_slow_page_does_not_ask_for_the_events_of_an_erased_seance(
    desk: formatrice.Trainer, page_check: Callable[..., Page], room: salle.Room
) -> None:
    code = desk.open(6)
    projector = page_check(room.context.trainer_address)
    projector.goto(f"{room.url}formateur/s/{code}/ecran")
    desk.does(code, "terminer", confirme=1)
    expect(projector.get_by_role("heading", name="Merci")).to_be_visible()
    projector.wait_for_timeout(5500)  # from then on a lost stream is opened again at once
    projector.route("**/fragment?*", lambda route: None)
    desk.does(code, "effacer", confirme=1)
    projector.wait_for_timeout(1500)
    projector.unroute("**/fragment?*")  # what is held goes on
    expect(projector.get_by_text("Toutes les réponses ont été effacées")).to_be_visible()


def test_a_room_is_made_a_panel_from_the_page_of_the_end(
    room: salle.Room,
    desk: formatrice.Trainer,
    page_check: Callable[..., Page],
    looks_right: Callable[..., None],
    course: Project,
) -> None:
    code = desk.open(12)
    phones = [room.phone().join(code) for _ in range(12)]
    formatrice.play(desk, phones, code, "rupture", [-2, -1, -1, 0, 0, 0, 1, 1, 1, 1, 2, 2])
    control = page_check(room.context.trainer_address)
    control.goto(f"{room.url}formateur/s/{code}")
    _press(control, "Montrer la lecture de l’équipe de la mallette")
    expect(control.get_by_text("Lecture proposée par l’équipe de la mallette")).to_be_visible()
    _press(control, "Terminer la séance")
    control.locator("#confirmer").click()
    group = control.get_by_label("Métier du groupe")
    group.fill("éducateurs de l'Ouest : prévention")
    group.press("Enter")
    expect(control.get_by_text(re.compile(r"make panel FICHIER=panels/\S+-rupture\.yml"))).to_be_visible()
    expect(group).to_have_value("éducateurs de l'Ouest : prévention")
    looks_right(control, LAPTOP)
    assert "éducateurs de l’Ouest\u00a0: prévention" in next(course.panels.iterdir()).read_text(encoding="utf-8")
    _press(control, "Tout effacer")
    _press(control, "Oui, tout effacer")
    expect(control.get_by_text("se mettent dans le quiz par une commande")).to_be_visible()


def test_the_keyboard_conducts_and_a_second_enter_spoils_nothing(
    room: salle.Room, views: tuple[str, Page, Page]
) -> None:
    code, control, projector = views
    button = control.get_by_role("button", name="Poser cette question")
    button.focus()
    button.press("Enter")
    expect(projector.get_by_role("heading", level=1)).to_contain_text("Lire un chiffre")
    expect(control.get_by_role("heading", name="Maintenant")).to_be_focused()
    control.keyboard.press("Enter")
    control.keyboard.press("Tab")
    expect(control.get_by_role("button", name="Fermer la question")).to_be_focused()
    control.keyboard.press("Enter")
    question = control.get_by_role("group", name=re.compile("rien ne s’affichera"))
    expect(question).to_be_focused()
    control.keyboard.press("Tab")
    control.keyboard.press("Tab")
    expect(control.get_by_role("link", name="Annuler")).to_be_focused()
    control.keyboard.press("Enter")
    expect(question).to_have_count(0)
    assert room.context.seances.get(code).current is not None


def test_a_double_click_does_one_thing(room: salle.Room, views: tuple[str, Page, Page]) -> None:
    code, control, _ = views
    phones = [room.phone().join(code) for _ in range(6)]
    control.get_by_role("button", name="Poser cette question").dblclick()
    expect(control.get_by_role("button", name="Fermer la question")).to_be_visible()
    _settle(control)
    for phone in phones:
        assert phone.answer(code, "position-o1", 1).status == 200
    control.get_by_role("button", name="Fermer la question").dblclick()
    expect(control.get_by_role("button", name="Envoyer les retours")).to_be_visible()
    assert [item.state for item in room.context.seances.get(code).rounds] == ["close"]


def test_a_choice_and_the_focus_survive_a_change(desk: formatrice.Trainer, views: tuple[str, Page, Page]) -> None:
    code, control, projector = views
    choice = control.get_by_label("Temps pour répondre")
    choice.select_option("1 minute")
    choice.focus()
    control.locator("#acquis > summary").click()
    choice.focus()
    desk.does(code, "ouvrir", question="aise")
    expect(control.get_by_role("button", name="Fermer la question")).to_be_visible()
    desk.does(code, "fermer", question="aise", tour=1, confirme=1)
    expect(control.get_by_role("button", name="Poser cette question")).to_be_visible()
    expect(control.locator("#acquis")).not_to_have_attribute("open", "")
    choice.select_option("5 minutes")
    choice.focus()
    desk.does(code, "afficher", ecran="accueil")
    expect(projector.get_by_role("heading", name="Rejoignez la séance")).to_be_visible()
    expect(control.locator("#afficher-accueil")).to_have_attribute("aria-pressed", "true")
    expect(choice).to_have_value("300")
    expect(choice).to_be_focused()


def test_phones_turned_away_are_told_to_the_trainer_who_lets_them_in(
    room: salle.Room, views: tuple[str, Page, Page], looks_right: Callable[..., None]
) -> None:
    code, control, _ = views
    phones = [room.phone() for _ in range(12)]
    for phone in phones:
        phone.address = "127.0.9.9"
    statuses = [phone.tap(code).status for phone in phones]
    assert statuses == [200] * 10 + [429] * 2
    alert = control.get_by_text("Des téléphones n’ont pas pu rejoindre.")
    expect(alert).to_be_visible(timeout=1000)
    looks_right(control, LAPTOP)
    _press(control, "Laisser entrer")
    expect(alert).to_have_count(0)
    phones[10].join(code)


def test_a_full_seance_is_told_to_the_trainer_who_makes_room(
    room: salle.Room, desk: formatrice.Trainer, views: tuple[str, Page, Page], looks_right: Callable[..., None]
) -> None:
    code, control, _ = views
    for _ in range(16):
        room.phone().join(code)
    late = room.phone()
    assert late.tap(code).status == 409
    alert = control.get_by_text("La séance est complète")
    expect(alert).to_be_visible()
    looks_right(control, LAPTOP)
    _press(control, "Faire de la place")
    expect(alert).to_have_count(0)
    late.join(code)
    expect(control.get_by_text("sur 16 attendues")).to_be_visible()


def test_both_views_follow_a_question_that_the_clock_closes(room: salle.Room, views: tuple[str, Page, Page]) -> None:
    code, control, projector = views
    room.act("open_question", code, "aise", 1, 2)
    expect(projector.get_by_role("timer")).to_be_visible()
    expect(control.get_by_text("Fermée").first).to_be_visible()
    expect(projector.locator(".mlt-resultat")).to_be_visible()


def test_a_lost_contact_is_told_and_the_views_come_back(
    course: Project, tmp_path: Path, free_context: BrowserContext
) -> None:
    room = salle.start(course, tmp_path / "seances")
    control, projector, entrance = (free_context.new_page() for _ in range(3))
    entrance.goto(room.context.trainer_address)
    code = room.open(6)
    control.goto(f"{room.url}formateur/s/{code}")
    projector.goto(f"{room.url}formateur/s/{code}/ecran")
    room.act("open_question", code, "aise")
    expect(control.get_by_role("button", name="Fermer la question")).to_be_visible()
    room.close()
    for page in (control, projector):
        expect(page.locator("#contact")).to_contain_text("Contact perdu")
    again = salle.start(course, tmp_path / "seances", room.port)
    try:
        for page in (control, projector):
            expect(page.locator("#contact")).to_contain_text("La mallette a redémarré")
        entrance.goto(again.context.trainer_address)
        for page in (control, projector):
            expect(page.locator("#contact")).to_be_empty()
        expect(control.get_by_text("Séance reprise")).to_be_visible()
        _settle(control)
        control.get_by_role("button", name="Fermer la question").click()
        control.get_by_role("button", name="Fermer quand même").click()
        expect(projector.locator(".mlt-resultat")).to_be_visible()
    finally:
        again.close()


def test_a_click_without_contact_waits_and_is_not_lost(room: salle.Room, free_context: BrowserContext) -> None:
    control = free_context.new_page()
    control.goto(room.context.trainer_address)
    code = room.open(6)
    control.goto(f"{room.url}formateur/s/{code}")
    expect(control.get_by_role("button", name="Poser cette question")).to_be_visible()
    _settle(control)
    control.route("**/action*", lambda route: route.abort())
    control.get_by_role("button", name="Poser cette question").click()
    expect(control.locator("#message")).to_contain_text("votre demande attend")
    assert room.context.seances.get(code).rounds == ()
    control.unroute("**/action*")
    expect(control.get_by_role("button", name="Fermer la question")).to_be_visible()
    expect(control.locator("#message")).to_be_empty()

    _settle(control)
    control.route("**/action*", lambda route: route.abort())
    control.get_by_role("button", name="Fermer la question").click()
    control.get_by_role("button", name="Renoncer").click()
    expect(control.locator("#message")).to_contain_text("Demande abandonnée")
    control.unroute("**/action*")
    control.wait_for_timeout(2500)
    assert room.context.seances.get(code).current is not None


def test_no_vector_runs_in_any_view(
    room: salle.Room, desk: formatrice.Trainer, page_check: Callable[..., Page], kit_font: Callable
) -> None:
    code = desk.open(len(VECTORS))
    formatrice.play(desk, [room.phone().join(code) for _ in VECTORS], code, "souvenir", VECTORS)
    for item in room.context.seances.texts(code, "souvenir", 1):
        desk.does(code, "publier-texte", texte=item.id)
    page = page_check(room.context.trainer_address)
    ran: list[str] = []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: ran.append(request.url) if "/trace" in request.url else None)
    for address in (code, f"{code}/ecran"):
        page.goto(f"{room.url}formateur/s/{address}")
        desk.does(code, "afficher", ecran="resultat", question="souvenir", tour=1)
        desk.does(code, "afficher", ecran="textes", question="souvenir", tour=1)
        _all_shown_as_text(page)
    desk.does(code, "terminer", confirme=1)
    page.goto(f"{room.url}formateur/s/{code}/restitution.html")
    kit_font(page)
    _all_shown_as_text(page)
    assert ran == []


def _all_shown_as_text(page: Page) -> None:
    expect(page.get_by_text("<svg onload=alert(1)>").first).to_be_visible()
    page.wait_for_timeout(300)
    shown = " ".join(page.locator("body").inner_text().split())
    assert [vector for vector in VECTORS if " ".join(vector.split()) not in shown] == []
