"""The quiz as people meet it on a page without a server: keyboard, feedback, accessibility, two sizes, two themes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from mallette.questions import of
from mallette.questions.ordre import shown_order
from mallette.widgets import Quiz

TESTS = Path(__file__).parents[1]
BANK = TESTS / "quiz" / "banque.yml"
OBJECTIVES = {"o1": "Lire un chiffre avec sa population", "o2": "Parler d’argent sans juger"}


def quiz(**options: object) -> Quiz:
    widget = Quiz(BANK, **options)
    widget.banque = {**widget.banque, "objectifs": OBJECTIVES}
    return widget


def section(page: Page, name: str) -> Locator:
    ids = [item["id"] for item in quiz().banque["questions"]]
    return page.locator(".mlt-quiz-question").nth(ids.index(name))


def content(name: str) -> dict:
    return next(item for item in quiz().static_state()["banque"]["questions"] if item["id"] == name)


def tab_to(page: Page, target: Locator, limit: int = 80) -> None:
    """Reach ``target`` with the Tab key alone."""
    for _ in range(limit):
        if target.evaluate("(element) => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("le clavier n’atteint pas cet élément")


def submit(page: Page, place: Locator) -> None:
    tab_to(page, place.locator("button[type=submit]"))
    page.keyboard.press("Enter")
    # Focus goes to what must be read next.
    expect(place.locator(".mlt-quiz-verdict")).to_be_focused()


def tick(page: Page, place: Locator, downs: int = 0) -> None:
    tab_to(page, place.locator("input").first)
    page.keyboard.press("Space")
    for _ in range(downs):
        page.keyboard.press("ArrowDown")


def choice(place: Locator, name: str, index: int) -> Locator:
    """Return the box of a choice, wherever this browser lists it."""
    return place.get_by_label(content(name)["choix"][index]["texte"], exact=True)


def answer_all(page: Page) -> None:
    """Answer every question with the keyboard alone, from the top of the page to its bottom."""
    place = section(page, "definition")
    tick(page, place)
    while not choice(place, "definition", 1).is_checked():
        page.keyboard.press("ArrowDown")
    submit(page, place)

    place = section(page, "champs")
    left = content("champs")["choix"][3]["texte"]
    for box in place.locator("input").all():
        tab_to(page, box)
        if not box.evaluate("(input, left) => input.labels[0].innerText === left", left):
            page.keyboard.press("Space")
    submit(page, place)

    place = section(page, "confusion")
    tick(page, place, downs=1)
    submit(page, place)

    place = section(page, "heures")
    tab_to(page, place.locator("input"))
    page.keyboard.type("11,5 h")
    page.keyboard.press("Enter")
    expect(place.locator(".mlt-quiz-verdict")).to_be_focused()

    place = section(page, "cannabis")
    tab_to(page, place.locator("input[type=range]"))
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    expect(place.locator(".mlt-quiz-number")).to_have_value("1")
    submit(page, place)

    place = section(page, "etapes")
    first = content("etapes")["elements"][0]["texte"]
    up = place.get_by_role("button", name=f"Monter\u00a0: {first}")
    tab_to(page, up)
    for _ in range(4):  # once more than there are places: the end is told, focus stays
        page.keyboard.press("Enter")
        expect(up).to_be_focused()
    expect(place.locator("li").first).to_contain_text(first)
    submit(page, place)

    place = section(page, "aise")
    tick(page, place)
    submit(page, place)

    place = section(page, "rupture")
    tick(page, place, downs=3)
    submit(page, place)

    place = section(page, "souvenir")
    tab_to(page, place.locator("textarea"))
    page.keyboard.type("Un échange à l’accueil.")
    submit(page, place)


@pytest.mark.parametrize(("viewport", "theme"), [("ordinateur", "light"), ("telephone", "dark"), ("etroit", "light")])
def test_every_type_by_keyboard_then_axe(page_check, static_page, axe, no_overflow, viewport, theme):
    page = page_check(static_page(quiz(), theme=theme), viewport)
    expect(page.locator(".mlt-quiz-question")).to_have_count(len(quiz().banque["questions"]))
    axe(page)
    no_overflow(page)
    answer_all(page)
    expect(page.get_by_role("heading", name="Bilan")).to_be_visible()
    axe(page)
    no_overflow(page)


def test_text_twice_as_large_fits(page_check, static_page, no_overflow):
    """WCAG 1.4.4: 200 % of a 1280-pixel window leaves 640 CSS pixels; text alone may grow too."""
    page = page_check(static_page(quiz()))
    page.set_viewport_size({"width": 640, "height": 400})
    page.add_style_tag(content="html { font-size: 200%; }")
    answer_all(page)
    no_overflow(page)


def test_feedback_says_right_and_wrong_in_words(page_check, static_page):
    page = page_check(static_page(quiz()))
    answer_all(page)

    place = section(page, "definition")
    expect(place.locator(".mlt-quiz-verdict")).to_contain_text("À revoir")
    for choice in content("definition")["choix"]:
        line = place.locator("li", has_text=choice["texte"])
        expect(line).to_contain_text("Juste" if choice.get("juste") else "Faux")
        expect(line).to_contain_text(choice["explication"])
    expect(place.locator("li", has_text="votre réponse")).to_have_count(1)
    expect(place).to_contain_text(content("definition")["source"])

    expect(section(page, "champs").locator(".mlt-quiz-verdict")).to_contain_text("Juste en partie")
    expect(section(page, "champs")).to_contain_text("2 bonnes réponses cochées sur 3, 1 en trop.")
    expect(section(page, "confusion").locator(".mlt-quiz-verdict")).to_contain_text("Juste")
    expect(section(page, "confusion")).to_contain_text(content("confusion")["explications"]["faux"])
    expect(section(page, "heures").locator(".mlt-quiz-verdict")).to_contain_text("Juste")
    expect(section(page, "heures")).to_contain_text("Votre réponse\u00a0: 11,5\u00a0heures.")

    published = content("cannabis")["valeur"]
    place = section(page, "cannabis")
    expect(place.locator(".mlt-quiz-verdict")).to_contain_text("Au-dessous de la valeur publiée")
    expect(place).to_contain_text(f"Valeur publiée\u00a0: {published:g}\u202f%.")
    expect(place).to_contain_text(f"Écart\u00a0: {published - 1:g}\u00a0points de moins.")
    expect(place).to_contain_text(content("cannabis")["explications"]["trop_bas"])

    place = section(page, "etapes")
    for element in content("etapes")["elements"]:
        expect(place.locator("li", has_text=element["explication"])).to_contain_text(element["texte"])
    expect(section(page, "aise")).to_contain_text(content("aise")["retours"][0])

    place = section(page, "rupture")
    expect(place.locator(".mlt-quiz-verdict")).to_contain_text("pas de bonne réponse")
    expect(place).to_contain_text("Lecture proposée par l’équipe de la mallette\u00a0: plus plausible (+1)\u202f;")
    for text in content("rupture")["explications"][3:]:
        expect(place.get_by_text(text)).to_be_visible()
    expect(place.locator(".mlt-quiz-panel, .mlt-quiz-bar, .mlt-quiz-good, .mlt-quiz-bad")).to_have_count(0)
    assert not re.search(r"\d+ (réponse|sur)|%|panel", place.locator(".mlt-quiz-feedback").inner_text())
    for point in content("souvenir")["reperes"]:
        expect(section(page, "souvenir")).to_contain_text(point)


def test_the_summary_counts_sends_back_and_restarts(page_check, static_page):
    page = page_check(static_page(quiz()))
    progress = page.locator(".mlt-quiz-progress")
    expect(progress).to_have_text("0 question répondue sur 9")
    answer_all(page)
    expect(progress).to_contain_text("le bilan est affiché à la fin")
    summary = page.locator(".mlt-quiz-summary")
    # definition wrong, champs partly, confusion and heures right; etapes as moved above.
    shown = shown_order("etapes", 4)
    moved = [0, *(index for index in shown if index)]
    order_right = of(content("etapes")).credit(moved) == 1
    expect(summary).to_contain_text(f"Sur les 5 questions qui ont une réponse\u00a0: {2 + order_right} justes")
    expect(summary).not_to_contain_text("panel")
    expect(summary).to_contain_text("4 questions n’ont pas de bonne réponse")
    for text in OBJECTIVES.values():
        expect(summary).to_contain_text(text)

    summary.get_by_role("button", name="question 1", exact=True).click()
    expect(section(page, "definition").get_by_role("heading")).to_be_focused()
    section(page, "definition").get_by_role("button", name="Changer ma réponse").click()
    expect(section(page, "definition").locator("input").first).to_be_focused()
    expect(summary).to_have_count(0)
    expect(progress).to_have_text("8 questions répondues sur 9")
    choice(section(page, "definition"), "definition", 0).check()
    section(page, "definition").get_by_role("button", name="Valider").click()
    expect(summary).to_contain_text(f"{3 + order_right} justes")

    summary.get_by_role("button", name="Recommencer").click()
    expect(progress).to_have_text("0 question répondue sur 9")
    expect(page.locator(".mlt-quiz-verdict")).to_have_count(0)
    expect(page.locator("textarea")).to_have_value("")
    expect(page.locator(".mlt-quiz .mlt-title")).to_be_focused()


def test_a_panel_that_sat_is_shown_with_its_counts_number_origin_and_day(page_check, static_page, axe, no_overflow):
    widget = Quiz(BANK.with_name("banque_panel.yml"))
    page = page_check(static_page(widget), "etroit")
    page.get_by_role("radio", name="+1").check()
    page.get_by_role("button", name="Valider").click()
    expect(page.locator(".mlt-quiz-verdict")).to_contain_text("la plus fréquente du panel")
    counts = page.locator(".mlt-quiz-panel li > span:nth-child(2)").all_inner_texts()
    panel = widget.static_state()["banque"]["questions"][0]["panel"]
    assert [int(text.split()[0]) for text in counts] == panel["reponses"]
    expect(page.locator(".mlt-quiz-mine")).to_contain_text("votre réponse")
    expect(page.get_by_text("éducateurs de prévention spécialisée, 10\u00a0personnes, 1er mars 2024")).to_be_visible()
    expect(page.locator(".mlt-quiz-summary")).to_contain_text("1 réponse rejoint la plus fréquente du panel")
    axe(page)
    no_overflow(page)


@pytest.mark.parametrize(
    ("name", "typed", "message"),
    [
        ("definition", None, "Choisissez une réponse"),
        ("champs", None, "Cochez au moins une réponse"),
        ("heures", "", "Saisissez un nombre"),
        ("heures", "douze", "Ce n’est pas un nombre"),
        ("heures", "12 h 30", "Ce n’est pas un nombre"),
        ("heures", "25", "Choisissez un nombre de 0 à 24"),
        ("heures", "−1", "Choisissez un nombre de 0 à 24"),
        ("cannabis", "", "Déplacez le curseur"),
        ("rupture", None, "Choisissez une réponse"),
    ],
)
def test_an_answer_that_is_missing_or_unreadable_is_told(page_check, static_page, axe, name, typed, message):
    page = page_check(static_page(quiz(questions=[name])))
    if typed is not None:
        page.locator(".mlt-quiz-number").fill(typed)
    page.get_by_role("button", name="Valider").click()
    expect(page.get_by_role("alert")).to_contain_text(message)
    expect(page.locator(".mlt-quiz-verdict")).to_have_count(0)
    expect(page.locator("input:focus")).to_have_count(1)
    axe(page)


def test_slider_and_number_follow_each_other(page_check, static_page):
    page = page_check(static_page(quiz(questions=["cannabis"])))
    slider, number = page.get_by_role("slider"), page.locator(".mlt-quiz-number")
    expect(slider).to_have_attribute("aria-valuetext", "pas encore d’estimation")
    number.fill("30")
    expect(slider).to_have_value("30")
    expect(slider).to_have_attribute("aria-valuetext", "30\u202f%")
    slider.press("ArrowRight")
    expect(number).to_have_value("31")


def test_moving_an_element_is_announced(page_check, static_page):
    page = page_check(static_page(quiz(questions=["etapes"])))
    row = page.locator(".mlt-quiz-order li").first
    text = row.locator("span").first.inner_text()
    row.get_by_role("button", name="Descendre").click()
    status = page.locator(".mlt-quiz > [aria-live=polite]")
    expect(status).to_have_text(f"{text}\u00a0: place 2 sur 4")
    row = page.locator(".mlt-quiz-order li").first
    top = row.locator("span").first.inner_text()
    row.get_by_role("button", name="Monter").press("Enter")
    expect(status).to_have_text(f"{top}\u00a0: déjà à la première place")


def test_two_quizzes_of_a_page_do_not_interfere(page_check, static_page, axe):
    page = page_check(static_page(quiz(questions=["confusion"]), quiz(questions=["confusion", "aise"])))
    first, second = page.locator(".mlt-quiz").nth(0), page.locator(".mlt-quiz").nth(1)
    first.get_by_role("radio", name="Vrai").check()
    second.get_by_role("radio", name="Faux").check()
    expect(first.get_by_role("radio", name="Vrai")).to_be_checked()
    first.get_by_role("button", name="Valider").click()
    expect(first.locator(".mlt-quiz-verdict")).to_contain_text("À revoir")
    expect(second.locator(".mlt-quiz-verdict")).to_have_count(0)
    expect(second.get_by_role("radio", name="Faux")).to_be_checked()
    ids = page.locator("[id]").evaluate_all("(elements) => elements.map((element) => element.id)")
    assert len(ids) == len(set(ids))
    axe(page)


def test_html_in_a_question_is_shown_as_text(page_check, static_page):
    widget = Quiz(TESTS / "quiz" / "banque_html.yml")
    page = page_check(static_page(widget))
    page.on("dialog", lambda dialog: pytest.fail("le texte d’une question a été exécuté"))
    question = widget.static_state()["banque"]["questions"][0]
    expect(page.locator("legend")).to_have_text(question["enonce"])
    page.get_by_role("radio", name="Vrai").check()
    page.get_by_role("button", name="Valider").click()
    expect(page.get_by_text(question["explications"]["vrai"])).to_be_visible()
    expect(page.locator(".mlt-quiz img")).to_have_count(0)


def test_nothing_typed_outlives_the_page(page_check, static_page):
    page = page_check(static_page(quiz(questions=["souvenir", "aise"])))
    expect(page.locator(".mlt-quiz-fate").first).to_contain_text("rien n’est envoyé")
    expect(page.locator("textarea")).to_have_accessible_description(re.compile("reste sur cette page"))
    page.locator("textarea").fill("Un souvenir.")
    page.get_by_role("button", name="Voir les repères").click()
    expect(page.locator("textarea")).to_have_value("Un souvenir.")
    assert page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0
    page.reload()
    expect(page.locator("textarea")).to_have_value("")
    expect(page.locator(".mlt-quiz-progress")).to_have_text("0 question répondue sur 2")


def test_without_javascript_questions_are_read_and_answers_unfold(page_check, static_page, axe):
    page = page_check(static_page(quiz()), java_script_enabled=False)
    for question in quiz().banque["questions"]:
        expect(page.get_by_text(question["enonce"], exact=True)).to_be_visible()
    answer = page.get_by_text(content("definition")["choix"][0]["explication"])
    expect(answer).to_be_hidden()
    page.get_by_text("Réponses et explications").click()
    expect(answer).to_be_visible()


def test_with_a_kernel_answers_travel_both_ways(with_kernel):
    widget = quiz(questions=["confusion", "aise", "souvenir"])
    # An answer of an older bank is left aside.
    widget.reponses = {"aise": 1, "disparue": 2, "confusion": "peut-être"}
    page = with_kernel(widget)
    views = page.locator(".mlt-quiz-question")
    expect(page.locator(".mlt-quiz-fate").first).to_contain_text("par l’ordinateur de l’atelier")
    expect(page.locator("textarea")).to_have_accessible_description(re.compile("ne quitte pas cette page"))
    expect(views.nth(1)).to_contain_text(content("aise")["retours"][1])
    expect(views.nth(0).locator("form")).to_have_count(1)

    views.nth(0).get_by_role("radio", name="Faux").check()
    views.nth(0).get_by_role("button", name="Valider").click()
    expect(views.nth(0).locator(".mlt-quiz-verdict")).to_be_focused()
    views.nth(2).locator("textarea").fill("Un secret.")
    views.nth(2).get_by_role("button", name="Voir les repères").click()
    expect(page.get_by_role("heading", name="Bilan")).to_be_visible()
    assert page.evaluate("kernel.saved.at(-1).reponses") == {"aise": 1, "confusion": "faux", "souvenir": True}
    assert "secret" not in page.evaluate("JSON.stringify(kernel.saved)")

    page.evaluate("kernel.send('reponses', { confusion: 'vrai' })")
    expect(views.nth(0).locator(".mlt-quiz-verdict")).to_contain_text("À revoir")
    expect(views.nth(1).locator("form")).to_have_count(1)
    page.evaluate("kernel.leave()")
    assert page.evaluate("kernel.listening()") == []
