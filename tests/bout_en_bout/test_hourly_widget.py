"""The calculator as a trainer and a participant meet it: in a browser, with a keyboard, on a phone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from mallette import data
from mallette.widgets import HourlyPay

FOCUSED = "document.activeElement.labels?.[0]?.textContent ?? document.activeElement.textContent"


@pytest.fixture
def open_widget(static_page: Callable, page_check: Callable) -> Callable[..., Page]:
    """Return ``open(widget, viewport=…, theme=…, hash=…) -> Page`` with the widget alive."""

    def open_page(widget: HourlyPay, viewport: str = "ordinateur", theme: str = "light", hash: str = "") -> Page:
        page = page_check(static_page(widget, theme=theme) + hash, viewport)
        expect(page.locator(".mlt-mount")).to_have_attribute("data-mallette-state", "alive")
        return page

    return open_page


def said(page: Page) -> str:
    """Return the sentence of the result."""
    return page.locator(".mlt-hourly-result p").first.inner_text()


def test_the_grenoble_figure_is_said_to_be_above_the_smic(open_widget: Callable) -> None:
    page = open_widget(HourlyPay("vendeur_grenoble_2024"))
    assert "28,57\u00a0€ l’heure" in said(page)
    assert "plus que le SMIC" in said(page)
    expect(page.locator(".mlt-hourly-own .mlt-hourly-value").first).to_have_text("28,57\u00a0€/h")
    expect(page.get_by_text("durée donnée par la source")).to_be_visible()
    expect(page.get_by_text("L’assurance chômage quand le contrat s’arrête, sous conditions.")).to_be_visible()


def test_the_keyboard_alone_reaches_a_result(open_widget: Callable) -> None:
    page = open_widget(HourlyPay())
    assert "il manque" in said(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    seen = []

    def go_to(label: str) -> None:
        for _ in range(40):
            page.keyboard.press("Tab")
            name = page.evaluate(FOCUSED)
            seen.append(name)
            if name.startswith(label):
                return
        pytest.fail(f"« {label} » n’est pas atteint au clavier : {seen}")

    go_to("Un montant publié")
    page.keyboard.press("ArrowDown")
    go_to("Montant")
    page.keyboard.type("90")
    go_to("Date du fait")
    page.keyboard.type("10/2024")
    go_to("Heures payées")
    page.keyboard.type("10")
    go_to("Heures non payées")
    page.keyboard.type("2,5")
    go_to("Jours")
    page.keyboard.type("8")
    go_to("Dettes")
    page.keyboard.type("100")
    assert "il reste 620\u00a0€ pour 100\u00a0heures dans le mois, soit 6,20\u00a0€ l’heure" in said(page)
    assert "En octobre 2024, le SMIC était de 11,65" in said(page)
    expect(page.locator('.mlt-hourly [role="status"]')).to_have_text("Résultat\u00a0: 6,20\u00a0€/h.")
    go_to("Copier")
    page.keyboard.press("Enter")
    expect(page.locator('.mlt-hourly [role="status"]')).to_have_text("Phrase copiée.")


def test_an_amount_by_the_task_is_refused_with_its_reason(open_widget: Callable) -> None:
    page = open_widget(HourlyPay("bras_droit_france_2016", paid_hours=10, days=5))
    assert said(page).startswith("Aucun taux horaire n’est possible ici\u00a0: ce montant est versé à la tâche")
    expect(page.locator(".mlt-hourly-bars")).to_have_count(0)


def test_a_promised_amount_is_flagged_everywhere(open_widget: Callable) -> None:
    page = open_widget(HourlyPay("guetteur_france_2023", unpaid_promise=50))
    assert "promise dans une annonce et pas forcément versée" in said(page)
    assert "une fois retirés les 50\u00a0% promis et non versés, il reste 4,17\u00a0€ l’heure" in said(page)
    expect(page.locator(".mlt-hourly-card")).to_contain_text("Montant promis dans une annonce")
    expect(page.locator(".mlt-hourly-bar", has_text="Annoncé")).to_contain_text("8,33\u00a0€/h")


def test_every_bad_field_says_what_is_wrong_and_is_tied_to_its_message(open_widget: Callable) -> None:
    page = open_widget(HourlyPay(amount_low=60, amount_high=60))
    page.get_by_label("Heures payées par jour").fill("20")
    page.get_by_label("Heures non payées par jour").fill("6")
    page.get_by_label("Jours travaillés dans le mois").fill("douze")
    page.get_by_label("Date du fait").fill("hier")
    assert said(page) == "3 champs sont à corriger."
    for label, message in {
        "Heures non payées": "dépassent ensemble 24",
        "Jours travaillés": "Écrivez un nombre",
        "Date du fait": "Écrivez une année",
    }.items():
        control = page.get_by_label(label)
        expect(control).to_have_attribute("aria-invalid", "true")
        described = control.get_attribute("aria-describedby").split()
        assert any(message in page.locator(f"#{one}").inner_text() for one in described)
    page.get_by_role("link", name="Jours travaillés dans le mois").click()
    expect(page.get_by_label("Jours travaillés dans le mois")).to_be_focused()
    page.get_by_label("Jours travaillés dans le mois").fill("12")
    expect(page.get_by_label("Jours travaillés dans le mois")).not_to_have_attribute("aria-invalid", "true")
    assert said(page) == "2 champs sont à corriger."


def test_choosing_a_row_never_brings_hours_nobody_published(open_widget: Callable) -> None:
    page = open_widget(HourlyPay("vendeur_grenoble_2024"))
    page.get_by_label("Rôle").select_option("guetteur")
    assert "il manque" in said(page)
    page.get_by_label("Montant publié", exact=True).last.select_option("guetteur_grenoble_2024")
    expect(page.get_by_label("Heures payées par jour")).to_have_value("")
    assert said(page).startswith("Pour obtenir un taux horaire, il manque les heures payées par jour.")
    page.locator(".mlt-hourly-durations button", has_text="Marseille").click()
    assert "15,00\u00a0€ l’heure" in said(page)
    expect(page.get_by_text("durée saisie, pas une donnée de la source")).to_be_visible()
    expect(page.get_by_label("Jours travaillés dans le mois")).to_have_value("")


def test_who_leads_is_offered_only_to_whoever_asks(open_widget: Callable) -> None:
    roles = {row["code"]: row["dirige"] for row in data.rows("roles")}
    paid = {row["role"] for row in data.rows("remunerations")}
    page = open_widget(HourlyPay("vendeur_grenoble_2024"))
    asked = page.get_by_role("checkbox", name="Montrer aussi")

    def offered() -> set[str]:
        options = page.get_by_label("Rôle").locator("option")
        return set(options.evaluate_all("all => all.map((one) => one.value)")) - {""}

    assert offered() == {role for role in paid if not roles[role]}
    why = page.locator(f"#{asked.get_attribute('aria-describedby')}")
    expect(why).to_contain_text("jamais la situation d’une personne rencontrée")
    asked.check()
    assert offered() == paid
    expect(page.get_by_label("Rôle")).to_have_value("vendeur")
    leader = next(row for row in data.rows("remunerations") if roles[row["role"]])
    page.get_by_label("Rôle").select_option(leader["role"])
    page.get_by_label("Montant publié", exact=True).last.select_option(leader["id"])
    asked.uncheck()
    assert offered() == {role for role in paid if not roles[role]}
    expect(page.locator(".mlt-hourly-card")).to_be_empty()
    assert "il manque" in said(page)


def test_a_page_that_shows_who_leads_says_so_and_a_reset_hides_it_again(open_widget: Callable) -> None:
    leader = next(row for row in data.rows("remunerations") if row["role"] == "gerant")
    page = open_widget(HourlyPay(leader["id"]))
    asked = page.get_by_role("checkbox", name="Montrer aussi")
    expect(asked).to_be_checked()
    expect(page.get_by_label("Rôle")).to_have_value("gerant")
    page.get_by_role("button", name="Réinitialiser").click()
    expect(asked).not_to_be_checked()
    expect(page.get_by_label("Rôle").locator("option[value=gerant]")).to_have_count(0)


def test_dollars_meet_no_euro(open_widget: Callable) -> None:
    page = open_widget(HourlyPay("revendeur_de_rue_washington_1988"))
    assert "30\u00a0dollars par heure" in said(page)
    assert "€" not in page.locator(".mlt-hourly-result .mlt-scroll").inner_text()


def test_a_date_outside_the_series_says_what_the_series_covers(open_widget: Callable) -> None:
    page = open_widget(HourlyPay("guetteur_grenoble_2024", paid_hours=10))
    page.get_by_role("textbox", name="Date du fait").fill("2003")
    assert said(page).endswith("Le SMIC de cette date n’est pas disponible ici\u00a0: pas de comparaison.")
    expect(page.get_by_text("Le SMIC n’est connu ici que du 1er juillet 2004")).to_be_visible()
    expect(page.locator(".mlt-hourly-bar", has_text="SMIC")).to_have_count(0)


def test_a_scale_read_for_another_year_says_so(open_widget: Callable) -> None:
    page = open_widget(HourlyPay("guetteur_marseille_2015", paid_hours=10))
    page.locator("summary", has_text="Les minimums des apprentis").click()
    lines = page.get_by_role("table", name="Minimums des apprentis").locator("tbody tr")
    assert lines.count() > 0
    expect(lines.filter(has_text="appliqué à une autre année")).to_have_count(lines.count())


def test_a_contested_figure_is_shown_as_such_from_the_list_on(open_widget: Callable) -> None:
    page = open_widget(HourlyPay("guetteur_france_2018", paid_hours=10, days=20))
    assert said(page).startswith("Attention, chiffre contesté")
    option = page.get_by_label("Montant publié", exact=True).locator("option:checked")
    expect(option).to_contain_text("(contesté)")


def test_a_link_brings_back_the_same_calculation(open_widget: Callable) -> None:
    widget = HourlyPay("guetteur_marseille_2015", paid_hours=10, days=8, debts=100, date="2015-03")
    first = open_widget(widget)
    link = first.get_by_role("link", name="Lien vers ce calcul").get_attribute("href")
    second = open_widget(HourlyPay(), hash="#" + link.split("#")[1])
    assert "100\u00a0€ de dettes" in said(first)
    assert said(second) == said(first)
    second.get_by_role("button", name="Réinitialiser").click()
    assert "il manque" in said(second)


def test_a_hand_typed_address_never_breaks_the_page(open_widget: Callable) -> None:
    typed = "#taux-horaire?remuneration=inconnue&days=100%&paid_hours=abc&unit=par%20si%C3%A8cle"
    page = open_widget(HourlyPay(), hash=typed)
    assert said(page).startswith("Pour obtenir un taux horaire, il manque")


def test_what_was_opened_stays_open_while_typing(open_widget: Callable) -> None:
    page = open_widget(HourlyPay("vendeur_grenoble_2024"))
    page.locator("summary", has_text="Sources des chiffres").click()
    page.get_by_label("Jours travaillés dans le mois").fill("6")
    expect(page.locator(".mlt-hourly-result").get_by_role("link", name="Dauphiné Libéré")).to_be_visible()


def test_the_calculation_leaves_as_a_table(open_widget: Callable, tmp_path: Path) -> None:
    widget = HourlyPay("guetteur_marseille_2015", paid_hours=10, days=8)
    page = open_widget(widget)
    with page.expect_download() as download:
        page.get_by_role("button", name="Télécharger").click()
    saved = tmp_path / download.value.suggested_filename
    download.value.save_as(saved)
    text = saved.read_text(encoding="utf-8-sig")
    assert said(page) in text
    assert "SMIC net" in text
    assert "Hypothèse" in text
    assert widget.donnees["sources"]["FRANCETV_DESINTOX_2018"]["url"] in text


@pytest.mark.parametrize(("viewport", "theme"), [("ordinateur", "light"), ("telephone", "dark")])
def test_axe_finds_nothing(open_widget: Callable, axe: Callable, no_overflow: Callable, viewport, theme) -> None:
    widget = HourlyPay("guetteur_marseille_2015", paid_hours=10, unpaid_hours=1, days=8, debts=100)
    page = open_widget(widget, viewport, theme)
    for summary in page.locator(".mlt-hourly summary").all():
        summary.click()
    axe(page)
    page.get_by_label("Jours travaillés dans le mois").fill("40")
    axe(page)
    no_overflow(page)


def test_nothing_overflows_a_narrow_screen(open_widget: Callable, no_overflow: Callable) -> None:
    page = open_widget(HourlyPay("vendeur_grenoble_2024", days=6, debts=800), "etroit")
    for summary in page.locator(".mlt-hourly summary").all():
        summary.click()
    no_overflow(page)


def test_a_kernel_and_the_page_share_one_state(with_kernel: Callable) -> None:
    """In JupyterLab and Voilà the same module talks to a model: it writes there what it computes, and follows it."""
    widget = HourlyPay("guetteur_marseille_2015", paid_hours=10)
    page = with_kernel(widget)
    page.get_by_label("Jours travaillés dans le mois").fill("8")
    saved = page.evaluate("kernel.saved.at(-1)")
    assert saved["saisie"] == {**widget.saisie, "days": 8}
    widget.set_trait("resultat", saved["resultat"])
    assert widget.resultat["sentence"] == said(page)
    assert widget.resultat["month_hours"] == 80
    page.evaluate("(values) => kernel.send('saisie', values)", {**saved["saisie"], "debts": 100})
    assert "100\u00a0€ de dettes" in said(page)
    expect(page.get_by_label("Dettes remboursées")).to_have_value("100")
    page.evaluate("kernel.leave()")
    assert page.evaluate("kernel.listening()") == []
