"""The prevalence explorer in a browser, from a page opened as a file."""

from __future__ import annotations

import csv
import io
import json
import re
import struct
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

import pytest

from mallette import design
from mallette.widgets import PrevalenceExplorer
from mallette.widgets.explorer import MAX_PRODUCTS, explorer_rows

SVG = "{http://www.w3.org/2000/svg}"


def values_shown(page):
    """The numbers of the table, in its order."""
    column = [text.strip() for text in page.locator("thead th").all_inner_texts()].index("Valeur")
    return [
        float(row.locator("th, td").nth(column).inner_text().split("\u202f")[0].replace(",", "."))
        for row in page.locator("tbody tr").all()
    ]


def values_of(
    produits=("cannabis",), indicateur="experimentation", par="age", annee=2014, sexe="ensemble", champs=None
):
    """The published numbers of a view, in the order of its products, populations, sexes, years and ages."""
    sexes = ("hommes", "femmes") if par == "sexe" or sexe == "detail" else ("ensemble",)
    found = [
        row
        for row in explorer_rows()
        if row["produit"] in produits
        and row["indicateur"] == indicateur
        and row["sexe"] in sexes
        and (par == "temps" or row["annee"] == annee)
        and (row["age"] != "ensemble") == (par == "age" or row["champ"] in ("16 ans", "17 ans"))
    ]
    counted = Counter(row["champ"] for row in found)
    ranked = [champ for champ, _ in counted.most_common()]
    kept = [row for row in found if row["champ"] in (champs or ranked[:1])]
    kept.sort(
        key=lambda row: (
            list(produits).index(row["produit"]),
            ranked.index(row["champ"]),
            sexes.index(row["sexe"]),
            row["annee"],
            int(row["age"].split("-")[0]) if row["age"][0].isdigit() else 0,
        )
    )
    return [row["valeur"] for row in kept]


def unfold(page):
    page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")


@pytest.fixture
def open_explorer(static_page, page_check):
    def open_(*arguments, viewport="ordinateur", theme="light", fragment="", **options):
        url = static_page(PrevalenceExplorer(*arguments, **options), theme=theme)
        page = page_check(url + fragment, viewport=viewport, accept_downloads=True)
        page.locator(".mlt-explorer").wait_for()
        return page

    return open_


def test_the_keyboard_alone_changes_the_view(open_explorer):
    page = open_explorer()
    page.get_by_role("radio", name="Par âge").focus()
    page.keyboard.press("ArrowRight")
    assert page.get_by_role("radio", name="Par sexe").is_checked()
    assert "des hommes et" in page.locator(".mlt-explorer-sentence").inner_text()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.value") == "graphique"
    page.keyboard.press("ArrowRight")
    page.locator("summary", has_text="Produits").focus()
    page.keyboard.press("Enter")
    page.get_by_role("checkbox", name="Cocaïne").focus()
    page.keyboard.press("Space")
    assert page.evaluate("document.activeElement.value") == "cocaine", "the focus stays on the box"
    assert values_shown(page) == values_of(par="sexe", produits=["cannabis", "cocaine"])
    page.locator(".mlt-explorer [role=status]", has_text="celle de cocaïne").wait_for(state="attached")


@pytest.mark.parametrize(
    "view",
    [
        {"produits": ["cannabis", "cocaine", "lsd"]},
        {"par": "sexe", "produits": ["tabac", "heroine"]},
        {"par": "temps", "produits": ["tabac"], "indicateur": "quotidien", "sexe": "detail"},
        {"par": "temps", "indicateur": "regulier", "champs": ["18-64 ans", "17 ans"]},
    ],
    ids=["age", "sexe", "temps", "deux populations"],
)
def test_the_table_and_the_picture_hold_the_published_values(open_explorer, view):
    page = open_explorer(annee=2014, **view)
    expected = values_of(**view)
    assert page.locator(".mlt-explorer-picture .mlt-values > *").count() == len(expected)
    picture = page.locator(".mlt-explorer-picture svg[role=img]")
    assert page.locator(".mlt-explorer-sentence").inner_text() in picture.get_attribute("aria-label")
    page.get_by_role("radio", name="Tableau").check()
    assert values_shown(page) == expected
    assert page.locator("thead th:not([scope=col]), tbody th:not([scope=row])").count() == 0


def test_populations_are_mixed_only_on_demand_and_with_a_warning(open_explorer):
    page = open_explorer(["cannabis"], "experimentation", par="temps")
    warning = page.locator(".mlt-explorer-warnings li", has_text="Ces populations ne sont pas comparables")
    assert warning.count() == 0
    page.get_by_role("checkbox", name="17 ans").check()
    assert warning.is_visible()
    curves = page.locator(".mlt-explorer-picture g[stroke-width='2.25']")
    dashes = curves.evaluate_all("lines => lines.map((line) => line.getAttribute('stroke-dasharray'))")
    assert len(set(dashes)) == 2, "told apart without colour"
    page.get_by_role("checkbox", name="18 à 64 ans").uncheck()
    assert warning.count() == 0
    assert page.get_by_role("checkbox", name="17 ans").is_disabled(), "one population stays"


def test_the_change_of_survey_breaks_the_line(open_explorer):
    page = open_explorer(["cannabis"], par="temps")
    assert page.locator(".mlt-explorer-warnings li", has_text="EROPP au lieu de Baromètre santé").is_visible()
    assert page.locator(".mlt-explorer-picture text", has_text="EROPP").count() == 1


def test_groups_of_ages_are_joined_only_when_none_is_missing_between_them(open_explorer):
    joined = ".mlt-explorer-picture g[stroke-width='2.25'] path"
    page = open_explorer(["cannabis"], "annee", annee=2017)
    assert page.locator(joined).count() == 1, "five groups that follow each other"
    page = open_explorer(["cannabis"], "annee", annee=2023)
    assert page.locator(".mlt-values > *").count() == 2
    assert page.locator(joined).count() == 0, "nothing between 18-24 and 55-64"


def test_a_missing_sample_size_is_said_and_has_no_interval(open_explorer):
    page = open_explorer(["alcool"], "regulier", annee=2014, affichage="tableau")
    without = page.locator("tbody td.mlt-num", has_text="absent")
    assert without.count() == len(values_of(produits=["alcool"], indicateur="regulier"))
    page.locator("summary", has_text="Enquêtes, effectifs").click()
    assert page.locator("dd", has_text="effectif absent de nos données").is_visible()
    assert "intervalle" not in page.locator(".mlt-explorer-sentence").inner_text()


def test_an_empty_choice_says_what_exists_and_offers_it(open_explorer):
    page = open_explorer(["ketamine"], par="temps")
    page.get_by_role("radio", name="Par âge").check()
    assert page.locator(".mlt-info", has_text="Nos données n’ont aucune valeur pour").is_visible()
    page.get_by_role("button", name="Dans le temps").first.click()
    assert page.locator(".mlt-explorer-sentence").inner_text().startswith("Chez les 18-64")


def test_what_the_data_do_not_have_cannot_be_picked_and_says_why(open_explorer):
    page = open_explorer(["cannabis"], annee=2014)
    page.locator("summary", has_text="Produits").click()
    ketamine = page.get_by_role("checkbox", name="Kétamine (absent de nos données)")
    assert ketamine.is_disabled()
    years = page.get_by_label("Année d’enquête").locator("option")
    refused = [years.nth(i).inner_text() for i in range(years.count()) if years.nth(i).is_disabled()]
    assert refused
    assert all("absent de nos données" in text for text in refused)
    for name in ("Tabac", "Alcool", "Cocaïne", "Héroïne", "LSD"):
        page.get_by_role("checkbox", name=name).check()
    assert page.get_by_role("checkbox", name="Poppers (6 au plus)").is_disabled()


def test_a_permalink_brings_the_view_back(open_explorer, static_page, page_check):
    page = open_explorer()
    page.get_by_role("radio", name="Par sexe").check()
    page.get_by_label("Indicateur").select_option("annee")
    page.get_by_label("Année d’enquête").select_option("2023")
    page.get_by_role("button", name="Lien vers cette vue").click()
    address = page.get_by_label("Adresse de cette vue").input_value()
    again = page_check(address)
    assert again.locator(".mlt-explorer-sentence").inner_text() == page.locator(".mlt-explorer-sentence").inner_text()
    assert again.get_by_label("Année d’enquête").input_value() == "2023"
    wrong = re.sub(r"produits=\w+", "produits=inconnu%3Cb%3E,lsd", unquote(address)).replace("annee=2023", "annee=x")
    broken = page_check(wrong)
    broken.locator(".mlt-explorer").wait_for()
    assert broken.locator("summary", has_text="Changer la vue\u00a0: par sexe, LSD").is_visible()


def test_the_files_hold_what_is_shown_and_where_it_comes_from(open_explorer):
    page = open_explorer(["cannabis", "cocaine"], annee=2014, theme="dark")

    def fetch(kind):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=f"Télécharger ({kind})").click()
        assert waiting.value.suggested_filename == f"prevalences-experimentation-age-2014.{kind.lower()}"
        return Path(waiting.value.path()).read_bytes()

    table = fetch("CSV")
    assert table.startswith(b"\xef\xbb\xbf"), "Excel reads accents only with the byte order mark"
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig")), delimiter=";"))
    assert [float(row["valeur_pct"].replace(",", ".")) for row in rows] == values_of(produits=["cannabis", "cocaine"])
    assert all(row["source"] and row["population"] and row["definition"] and row["annee"] == "2014" for row in rows)
    assert any("," in row["ic95_indicatif_bas"] for row in rows)

    sentence = page.locator(".mlt-explorer-sentence").inner_text()
    picture = ET.fromstring(fetch("SVG"))
    written = " ".join(element.text for element in picture.iter(f"{SVG}text") if element.text)
    flat = re.sub(r"\s+", " ", written)
    assert re.sub(r"\s+", " ", sentence) in flat
    assert "Transverscité" in flat
    assert "pondérées" in flat
    assert not [element for element in picture.iter() if "var(--" in " ".join(element.attrib.values())], "stands alone"
    named = design.tokens()
    assert (picture.get("fill"), picture.find(f"{SVG}rect").get("fill")) == (named["encre"], named["page"])
    used = {element.get("stroke") for element in picture.iter()}
    assert {*named["courbe"][:2]} <= used, "the curves too"

    png = fetch("PNG")
    assert png.startswith(b"\x89PNG")
    assert struct.unpack(">II", png[16:24]) == (2 * int(picture.get("width")), 2 * int(picture.get("height")))


def test_the_kernel_drives_the_page_and_hears_of_its_changes(with_kernel):
    """The model's contract, as Voilà and JupyterLab hold it: `vue` goes both ways, and the end of the cell is clean."""
    widget = PrevalenceExplorer(annee=2014)
    page = with_kernel(widget)
    page.evaluate("(view) => kernel.send('vue', view)", {**widget.vue, "par": "sexe"})
    assert page.get_by_role("radio", name="Par sexe").is_checked()
    assert page.evaluate("kernel.saved") == [], "no echo"
    page.get_by_role("radio", name="Dans le temps").check()
    assert page.evaluate("kernel.saved.map((state) => state.vue.par)") == ["temps"]
    page.evaluate("kernel.leave()")
    assert page.evaluate("kernel.listening()") == []


VIEWS = {
    "age": {"produits": ["cannabis", "cocaine", "heroine", "lsd", "poppers", "mdma_ecstasy"], "annee": 2014},
    "sexe": {"produits": ["cannabis", "tabac"], "par": "sexe", "annee": 2014},
    "temps": {"par": "temps", "indicateur": "regulier", "champs": ["18-64 ans", "17 ans"]},
    "tableau": {"par": "temps", "affichage": "tableau"},
}


@pytest.mark.parametrize(("viewport", "theme"), [("ordinateur", "light"), ("etroit", "dark")])
@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
def test_everyone_can_read_it(open_explorer, axe, view, viewport, theme):
    page = open_explorer(viewport=viewport, theme=theme, **view)
    unfold(page)
    axe(page)


_SAVED = """async (views) => {
    const blobs = [];
    const make = URL.createObjectURL;
    URL.createObjectURL = (blob) => { blobs.push(blob); return make.call(URL, blob); };
    HTMLAnchorElement.prototype.click = () => {}; // nothing is written on disk
    const find = (name) => [...document.querySelectorAll("button")].find((one) => one.textContent.includes(name));
    const saved = async (name) => {
        blobs.length = 0;
        find(name).click();
        while (blobs.length < (name === "PNG" ? 2 : 1)) await new Promise((done) => setTimeout(done, 1));
        return blobs.slice(-1)[0];
    };
    const inked = async (png, svg) => { // texts of the SVG that leave no ink in the PNG
        const image = await createImageBitmap(png);
        const canvas = new OffscreenCanvas(image.width, image.height);
        const context = canvas.getContext("2d", { willReadFrequently: true });
        context.drawImage(image, 0, 0);
        return [...svg.querySelectorAll("svg > text")].filter((text) => {
            const [x, y, size] = ["x", "y", "font-size"].map((name) => 2 * Number(text.getAttribute(name)));
            const band = context.getImageData(x, y - size, 400, size * 1.2).data;
            return !band.some((value, i) => i % 4 === 0 && value < 128);
        }).map((text) => text.textContent);
    };
    const found = [];
    for (const view of views) {
        window.kernel.send("vue", view);
        const page = document.querySelector(".mlt-explorer").textContent;
        const csv = await (await saved("CSV")).text();
        const source = await (await saved("SVG")).text();
        const svg = new DOMParser().parseFromString(source, "image/svg+xml");
        const blank = await inked(await saved("PNG"), svg);
        const texts = [...svg.querySelectorAll("text")].map((one) => one.textContent);
        found.push({ page, csv, svg: texts.join(" "), blank });
    }
    return found;
}"""


def test_every_warning_of_the_data_is_seen_in_the_page_and_in_the_files(with_kernel):
    """All rows that carry a remark, a warning or a rounding, each in a view that shows it."""
    widget = PrevalenceExplorer(annee=2014)
    labels = widget.libelles["avertissements"]
    carrying = {}
    for row in explorer_rows():
        if not (row["remarque"] or row["avertissement"] or row["arrondi"] != "dixieme"):
            continue
        whole = row["age"] in ("ensemble", "16", "17")
        par = "temps" if whole and row["sexe"] == "ensemble" else "age" if row["sexe"] == "ensemble" else "sexe"
        view = {
            "par": par,
            "indicateur": row["indicateur"],
            "annee": 2014 if par == "temps" else row["annee"],
            "age": "ensemble" if whole or par == "age" else row["age"],
            "sexe": "ensemble",
            "champs": [row["champ"]],
            "affichage": "graphique",
        }
        carrying.setdefault(json.dumps(view), {}).setdefault(row["produit"], []).append(row)
    shown = []
    for view, products in carrying.items():
        codes = list(products)
        for first in range(0, len(codes), MAX_PRODUCTS):
            some = codes[first : first + MAX_PRODUCTS]
            shown.append(({**json.loads(view), "produits": some}, [row for code in some for row in products[code]]))
    assert shown
    page = with_kernel(widget)
    page.set_viewport_size({"width": 1280, "height": 800})

    def plain(text):
        return re.sub(r"\s+", " ", text)

    for (view, rows), seen in zip(shown, page.evaluate(_SAVED, [view for view, _ in shown]), strict=True):
        assert not seen["blank"], (view, "texts of the SVG that the PNG does not show")
        for row in rows:
            step = {"unite": ("Arrondi à l’unité", "à l’unité"), "inconnu": ("Précision inconnue", "inconnu")}
            zero = ("moins de 0,5", "à l’unité") if row["valeur"] == 0 else None
            told = [row["remarque"], labels.get(row["avertissement"])]
            for text in filter(None, told):
                for place in ("page", "csv", "svg"):
                    assert plain(text) in plain(seen[place]), (place, text, view)
            if row["arrondi"] in step:
                in_page, in_file = zero or step[row["arrondi"]]
                assert in_page in plain(seen["page"]) and in_page in plain(seen["svg"]), view
                assert in_file in plain(seen["csv"]), view


def test_no_label_covers_another(with_kernel):
    """At every width, on pictures with many points, several cuts or two curves that cross."""
    widget = PrevalenceExplorer(annee=2014)
    page = with_kernel(widget)
    base = {**widget.vue, "age": "ensemble", "champs": []}
    views = [
        {**base, "par": "temps", "produits": ["tabac"], "indicateur": "quotidien", "champs": ["18-75 ans"]},
        {**base, "par": "temps", "produits": ["tabac"], "indicateur": "quotidien", "sexe": "detail"},
        {**base, "par": "temps", "produits": ["cannabis", "cocaine", "mdma_ecstasy"], "indicateur": "annee"},
        {**base, "par": "temps", "indicateur": "regulier", "champs": ["18-64 ans", "17 ans"]},
        {**base, "produits": ["cannabis", "cocaine", "heroine", "lsd", "poppers", "mdma_ecstasy"]},
        {**base, "par": "sexe", "produits": ["cannabis", "tabac"]},
    ]
    for width in (1280, 390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        for view in views:
            page.evaluate("(view) => kernel.send('vue', view)", view)
            page.wait_for_function(
                "Math.abs(document.querySelector('.mlt-explorer-picture svg').clientWidth - "
                "Math.min(920, document.querySelector('.mlt-explorer-picture').clientWidth)) < 2"
            )
            covered = page.evaluate("""() => {
                const texts = [...document.querySelectorAll(".mlt-explorer-picture svg text")]
                    .flatMap((text) => text.children.length > 0 ? [...text.children] : [text])
                    .map((text) => [text.textContent, text.getBoundingClientRect()]).filter(([, box]) => box.width > 0);
                return texts.flatMap(([a, one], i) => texts.slice(i + 1).filter(([, other]) =>
                    one.left < other.right - 1 && other.left < one.right - 1 &&
                    one.top < other.bottom - 3 && other.top < one.bottom - 3).map(([b]) => `${a} / ${b}`));
            }""")
            assert covered == [], (width, view["par"], view["produits"])


def test_another_way_of_comparing_lands_on_a_year_that_has_values(open_explorer):
    page = open_explorer(["heroine"], "experimentation", par="temps", fragment="#explorateur?par=temps&annee=2023")
    page.get_by_role("radio", name="Par sexe").check()
    assert page.locator(".mlt-explorer-title").inner_text().startswith("Héroïne, expérimentation, 2014")
    assert "2023 est absent de nos données par sexe" in page.locator(".mlt-info").inner_text()
    page = open_explorer(["cannabis"], "experimentation", par="temps", fragment="#explorateur?par=temps&annee=2023")
    page.get_by_role("radio", name="Par âge").check()
    assert "adultes de 18 à 64\u00a0ans" in page.locator(".mlt-explorer-subtitle").inner_text(), "2022 has pupils only"


def test_a_change_is_announced_once(open_explorer):
    page = open_explorer(["cannabis"], annee=2014)
    page.evaluate("""() => {
        window.said = [];
        for (const region of document.querySelectorAll("[aria-live], [role=status], [role=alert]")) {
            new MutationObserver(() => region.textContent && window.said.push(region.textContent))
                .observe(region, { childList: true, characterData: true, subtree: true });
        }
    }""")
    page.get_by_role("radio", name="Par sexe").check()
    page.wait_for_function("window.said.length > 0")
    page.wait_for_timeout(200)
    [said] = page.evaluate("window.said")
    assert page.locator(".mlt-explorer-sentence").inner_text() in said


def test_the_picture_comes_first_and_its_title_says_what_it_shows(open_explorer):
    page = open_explorer(["cannabis"], "experimentation", par="temps", viewport="telephone")
    places = page.evaluate("""() => ["title", "subtitle", "picture", "controls", "sentence", "sources"].map((name) =>
        document.querySelector(`.mlt-explorer-${name}`).getBoundingClientRect().top)""")
    assert places == sorted(places)
    assert places[3] < 844, "the picture is whole on a phone, and the controls are in sight"
    title = page.locator(".mlt-explorer-title").inner_text()
    assert "12,7\u202f% en 1992, 50,4\u202f% en 2023" in title
    assert not page.get_by_role("radio", name="Par âge").is_visible(), "folded on a phone"
    page.locator("summary", has_text="Changer la vue").click()
    page.get_by_role("radio", name="Par âge").check()
    assert page.get_by_role("radio", name="Par âge").is_visible(), "a change leaves them open"


@pytest.mark.parametrize("viewport", ["ordinateur", "telephone", "etroit"])
@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
def test_nothing_overflows_nor_is_cut(open_explorer, no_overflow, view, viewport):
    page = open_explorer(viewport=viewport, **view)
    unfold(page)
    no_overflow(page)
    cut = page.evaluate("""() => {
        const picture = document.querySelector(".mlt-explorer-picture svg");
        if (!picture) return [];
        const frame = picture.getBoundingClientRect();
        return [...picture.querySelectorAll("text")].filter((text) => {
            const box = text.getBoundingClientRect();
            const inside = box.left >= frame.left - 1 && box.right <= frame.right + 1 && box.bottom <= frame.bottom + 1;
            return box.width > 0 && !inside;
        }).map((text) => text.textContent);
    }""")
    assert cut == [], "labels cut by the edge of the picture"
