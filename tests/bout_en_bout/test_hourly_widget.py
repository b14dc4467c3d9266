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
    expect(page.locator('.mlt-hourly [role="status"]')).to_have_text(
        "Résultat\u00a0: 6,20\u00a0€ l’heure, 0,67\u00a0fois le SMIC net."
    )
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
    expect(page.locator(".mlt-hourly-title")).to_have_text(
        "4,17\u00a0€ l’heure (somme promise), 0,46\u00a0fois le SMIC net"
    )
    expect(page.locator(".mlt-hourly-card")).to_contain_text("Montant promis dans une annonce")
    expect(page.locator(".mlt-hourly-bar", has_text="Annoncé")).to_contain_text("8,33\u00a0€/h")


def test_every_bad_field_says_what_is_wrong_and_is_tied_to_its_message(open_widget: Callable) -> None:
    page = open_widget(HourlyPay(amount=60))
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
    assert said(page).startswith("Pour obtenir un taux horaire, il manque les heures payées.")
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
    assert "€" not in page.get_by_role("region", name="Le calcul et ses repères").inner_text()


def test_a_date_outside_the_series_says_what_the_series_covers(open_widget: Callable) -> None:
    page = open_widget(HourlyPay("guetteur_grenoble_2024", paid_hours=10))
    page.get_by_role("textbox", name="Date du fait").fill("2003")
    assert said(page).endswith("Le SMIC de cette date n’est pas disponible ici\u00a0: pas de comparaison.")
    expect(page.get_by_text("Le SMIC n’est connu ici que du 1er juillet 2004")).to_be_visible()
    expect(page.locator(".mlt-hourly-bar", has_text="SMIC")).to_have_count(0)


def test_a_scale_read_for_another_year_says_so(open_widget: Callable) -> None:
    page = open_widget(HourlyPay("guetteur_france_2023", date="2019"))
    page.locator("summary", has_text="Les minimums des apprentis").click()
    lines = page.get_by_role("table", name="Minimums des apprentis").locator("tbody tr")
    assert lines.count() > 0
    expect(lines.filter(has_text="lu pour 2026, appliqué à une autre année")).to_have_count(lines.count())
    expect(lines.filter(has_text="contrat conclu depuis 2019")).to_have_count(lines.count())
    page.get_by_role("textbox", name="Date du fait").fill("2016")
    expect(lines.filter(has_text="contrat conclu avant 2019")).not_to_have_count(0)
    expect(lines.filter(has_text="lu pour 2018, appliqué à une autre année")).to_have_count(lines.count())


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
    expect(page.locator(".mlt-hourly-rest").get_by_role("link", name="Dauphiné Libéré")).to_be_visible()


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
    page.evaluate("document.querySelectorAll('.mlt-hourly details').forEach((one) => { one.open = true; })")
    axe(page)
    page.get_by_label("Jours travaillés dans le mois").fill("40")
    axe(page)
    no_overflow(page)


def test_nothing_overflows_a_narrow_screen(open_widget: Callable, no_overflow: Callable) -> None:
    page = open_widget(HourlyPay("vendeur_grenoble_2024", days=6, debts=800), "etroit")
    page.evaluate("document.querySelectorAll('.mlt-hourly details').forEach((one) => { one.open = true; })")
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
    assert widget.resultat["hours"] == {"low": 80, "high": 80}
    page.evaluate("(values) => kernel.send('saisie', values)", {**saved["saisie"], "debts": 100})
    assert "100\u00a0€ de dettes" in said(page)
    expect(page.get_by_role("textbox", name="Dettes remboursées (")).to_have_value("100")
    page.evaluate("kernel.leave()")
    assert page.evaluate("kernel.listening()") == []


def test_a_published_amount_that_is_changed_stays_tied_to_what_it_was(open_widget: Callable) -> None:
    page = open_widget(HourlyPay("infractions_non_violentes_etats_unis_2017", paid_hours=40, hours_unit="semaine"))
    page.get_by_label("Mes chiffres").check()
    expect(page.get_by_label("Montant (")).to_have_value("900")
    expect(page.get_by_label("Monnaie")).to_have_value("USD")
    assert "900\u00a0dollars par semaine" in said(page)
    assert "aucun montant en euros" in said(page)
    page.get_by_label("Monnaie").select_option("EUR")
    assert (
        "la source donne 900\u00a0dollars par semaine. Ce calcul prend 900\u00a0€ par semaine, un montant modifié"
        in said(page)
    )
    expect(page.locator(".mlt-hourly-card")).to_contain_text("900\u00a0dollars par semaine")
    expect(page.get_by_text("Ce montant a été modifié à la main.")).to_be_visible()
    expect(page.get_by_label("Ce montant est")).to_be_hidden()  # what a published amount is does not change
    page.get_by_role("button", name="Partir d’une case vide").click()
    expect(page.get_by_label("Montant (")).to_be_focused()
    expect(page.get_by_label("Montant (")).to_have_value("")
    expect(page.get_by_label("Ce montant est")).to_be_visible()
    expect(page.locator(".mlt-hourly-card")).to_be_empty()


def test_warnings_follow_an_amount_into_one_s_own_figures(open_widget: Callable) -> None:
    page = open_widget(HourlyPay("guetteur_france_2018", paid_hours=10, days=20))
    page.get_by_label("Mes chiffres").check()
    page.get_by_label("Montant (").fill("2000")
    assert said(page).startswith("Attention, chiffre contesté")
    expect(page.locator(".mlt-hourly-title")).to_contain_text("(chiffre contesté, montant modifié)")
    page.get_by_label("Un montant publié").check()
    assert "2\u202f400\u00a0€ par mois" in said(page)
    turnover = next(row for row in data.rows("remunerations") if row["nature"] == "chiffre_affaires")
    page = open_widget(HourlyPay(turnover["id"], paid_hours=8, days=10))
    page.get_by_label("Mes chiffres").check()
    page.get_by_label("Montant (").fill("9000")
    assert said(page).startswith("Aucun taux horaire n’est possible ici")


def test_words_follow_the_kind_of_activity(open_widget: Callable) -> None:
    page = open_widget(HourlyPay(amount=200, paid_hours=10, date="2024-10"))
    rest = page.locator(".mlt-hourly-rest")
    assert said(page).endswith("brut ou net.")
    expect(rest).not_to_contain_text("trafic")
    page.get_by_label("L’activité est").select_option("trafic")
    assert "violence" in said(page)
    expect(rest).to_contain_text("Le gain du trafic n’est ni brut ni net")
    page.get_by_label("L’activité est").select_option("declare")
    assert "violence" not in said(page)
    expect(rest).not_to_contain_text("Ce que le travail déclaré ajoute")


def test_what_is_typed_is_said_again_and_taken_on_both_sides(open_widget: Callable) -> None:
    page = open_widget(HourlyPay("guetteur_marseille_2024_rapport_public", date="2024-10"))
    page.get_by_label("Heures payées par jour").fill("7,25")
    expect(page.get_by_text("7,25\u00a0heures payées par jour\u00a0: durée saisie")).to_be_visible()
    page.get_by_label("Heures payées par jour").fill("7 à 8,5")
    assert "journées de 7 à 8,5\u00a0heures" in said(page)
    page.get_by_label("Jours travaillés dans le mois").fill("10")
    page.get_by_label("Trajets et frais (").fill("1200")
    expect(page.get_by_text("Retirés de ce gain seulement\u00a0: les trajets.")).to_be_visible()
    page.get_by_text("Préciser\u00a0: sur combien de mois").click()
    page.get_by_label("Trajets et frais\u00a0: répartir sur").fill("12")
    expect(page.get_by_label("Trajets et frais (€ en tout)")).to_have_value("1200")
    page.get_by_role("checkbox", name="Trajets et frais").check()
    assert "100\u00a0€ de trajets et de frais (1\u202f200\u00a0€ sur 12\u00a0mois)" in said(page)
    assert "Une personne au SMIC aurait elle aussi" in said(page)
    expect(page.get_by_text("Comptés aussi pour une personne au SMIC\u00a0: les trajets.")).to_be_visible()
    expect(page.get_by_text("Seuil")).to_have_count(0)


def test_the_declared_side_says_where_its_figures_come_from(open_widget: Callable) -> None:
    page = open_widget(
        HourlyPay("guetteur_grenoble_2024", date="2024-10", paid_hours=45, hours_unit="semaine", days=20)
    )
    page.locator("summary", has_text="4. Du côté").click()
    page.get_by_label("Âge").fill("17")
    lines = page.get_by_role("table", name="Le calcul et ses repères").locator("tbody tr")

    def line(name: str) -> str:
        return lines.filter(has_text=name).first.inner_text()

    agency = line("SMIC brut en intérim")
    assert "14,10\u00a0€/h" in agency  # 11,65 × 1,1 × 1,1
    assert "2\u202f137,97\u00a0€" in agency  # 1 766,92 × 1,1 × 1,1
    assert "congés payés 10\u00a0%, depuis le 1er mars 2017 au moins, code du travail, article L1251-19" in agency
    assert "12,43\u00a0€/h" in line("Les mêmes heures au SMIC brut")  # 11,65 × (45 + 8 × 0,25 + 2 × 0,5) ÷ 45
    expect(page.get_by_text("dans une semaine moyenne de 45\u00a0heures")).to_contain_text("taux publié. Un accord")
    assert "de 4,09 à 5,96\u00a0€/h" in line("Service civique")  # 619,83 ÷ 151,67 h à ÷ 104 h
    assert "sans nombre d’heures publié" in line("RSA")
    assert "1\u202f590,23\u00a0€" in line("de 17 à moins de 18 ans")  # 90 % de 1 766,92
    expect(lines.filter(has_text="moins de 17 ans")).to_have_count(0)
    page.locator("summary", has_text="Sources des chiffres").click()
    for table in ("L3121-36", "L1251-32", "L1251-19"):
        expect(page.get_by_role("link", name=f"article{'s' * (table == 'L3121-36')} {table}")).to_be_visible()
    page.get_by_label("Fin de mission d’intérim").fill("0")
    page.get_by_label("Majoration au-delà").fill("10")
    assert "12,82\u00a0€/h" in line("SMIC brut avec congés payés")  # 11,65 × 1,1
    assert "11,91\u00a0€/h" in line("Les mêmes heures au SMIC brut")  # 11,65 × (45 + 10 × 0,1) ÷ 45
    assert "taux saisi" in line("Les mêmes heures au SMIC brut")
    expect(page.get_by_text("10\u00a0%, taux saisi (publié\u00a0: 25\u00a0%")).to_be_visible()


def test_two_calculations_stand_side_by_side_and_travel_in_the_link(open_widget: Callable) -> None:
    page = open_widget(HourlyPay("guetteur_france_2023"))
    page.get_by_role("button", name="Mettre de côté").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Rôle").select_option("vendeur")
    page.get_by_label("Montant publié", exact=True).last.select_option("vendeur_grenoble_2024")
    aside = page.locator(".mlt-hourly-aside")
    expect(aside).to_contain_text("8,33\u00a0€ l’heure. Ce calcul\u00a0: 28,57\u00a0€ l’heure, soit 3,4\u00a0fois")
    expect(page.locator(".mlt-hourly-bar", has_text="Mis de côté")).to_contain_text("8,33\u00a0€/h")
    link = page.get_by_role("link", name="Lien vers ce calcul").get_attribute("href")
    second = open_widget(HourlyPay(), hash="#" + link.split("#")[1])
    expect(second.locator(".mlt-hourly-aside")).to_have_text(aside.inner_text().replace("\n\n", ""))
    second.get_by_role("button", name="Retirer le calcul").click()
    expect(second.locator(".mlt-hourly-aside")).to_have_count(0)
    expect(second.get_by_role("button", name="Mettre de côté")).to_be_focused()


def test_a_change_is_announced_once(open_widget: Callable) -> None:
    page = open_widget(HourlyPay("vendeur_grenoble_2024"))
    page.evaluate(
        """() => {
            window.heard = [];
            const region = document.querySelector('.mlt-hourly [role="status"]');
            new MutationObserver(() => region.textContent && heard.push(region.textContent))
                .observe(region, { childList: true });
        }"""
    )

    def heard_after(change: Callable[[], None]) -> list[str]:
        page.evaluate("heard.length = 0")
        change()
        page.wait_for_timeout(1200)
        return page.evaluate("heard")

    hours = page.get_by_label("Heures payées par jour")
    assert heard_after(lambda: hours.press_sequentially("5", delay=30)) == ["Un champ est à corriger."]
    assert heard_after(lambda: hours.fill("10")) == ["Résultat\u00a0: 40,00\u00a0€ l’heure, 4,3\u00a0fois le SMIC net."]
    assert len(heard_after(page.get_by_role("button", name="Mettre de côté").click)) == 1
    assert len(heard_after(page.get_by_role("button", name="Retirer le calcul").click)) == 1
    assert heard_after(page.get_by_role("button", name="Réinitialiser").click) == ["Le calcul est remis à zéro."]


def test_a_phone_shows_the_result_and_folds_what_lacks_nothing(open_widget: Callable, no_overflow: Callable) -> None:
    page = open_widget(HourlyPay("vendeur_grenoble_2024"), "telephone")
    result = page.locator(".mlt-hourly-title")
    assert result.inner_text().startswith("28,57")
    assert result.bounding_box()["y"] < 844
    mini = page.locator(".mlt-hourly-mini")
    expect(mini).to_be_hidden()  # the title says the same, and is in sight
    page.mouse.wheel(0, 3000)
    expect(mini).to_contain_text("28,57")
    expect(page.locator(".mlt-hourly-step[open]")).to_have_count(0)
    time = page.locator(".mlt-hourly-step > summary", has_text="2. Le temps")
    expect(time).to_contain_text("14\u00a0h par jour")
    time.focus()
    page.keyboard.press("Enter")
    page.get_by_label("Heures payées par jour").fill("30")
    page.keyboard.press("Escape")
    time.click()
    page.get_by_role("link", name="Heures payées par jour").click()
    expect(page.get_by_label("Heures payées par jour")).to_be_focused()
    no_overflow(page)
    page = open_widget(HourlyPay("guetteur_grenoble_2024"), "telephone")
    expect(page.locator(".mlt-hourly-step[open]")).to_have_count(1)
    expect(page.get_by_label("Heures payées par jour")).to_be_visible()


def test_the_threshold_says_what_it_is_the_threshold_of(open_widget: Callable) -> None:
    page = open_widget(HourlyPay("guetteur_marseille_2024_rapport_public", date="2024-10", paid_hours=10, days=10))
    rest = page.locator(".mlt-hourly-rest")
    expect(rest).to_contain_text(
        "au-delà de 6,5\u00a0heures de présence par jour, la même journée est payée"
    )  # 60 ÷ 9,22
    page.get_by_label("Dettes remboursées (").fill("100")
    expect(rest).to_contain_text(
        "au-delà de 5,4\u00a0heures de présence par jour, ce qui reste d’une journée"
    )  # 50 ÷ 9,22
    page = open_widget(HourlyPay("guetteur_grenoble_2022", paid_hours=6, unpaid_hours=1))
    expect(page.locator(".mlt-hourly-rest")).to_contain_text("avec les mêmes heures payées, la même journée")
