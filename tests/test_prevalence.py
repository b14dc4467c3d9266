"""Intervals, choice of curves and sentences of the prevalences; the same cases as the browser's."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest

from mallette import data, prevalence, prevalence_text
from mallette.french import number
from mallette.widgets import PrevalenceExplorer
from mallette.widgets.explorer import explorer_labels, explorer_rows

VECTORS = json.loads((Path(__file__).parent / "vecteurs" / "prevalence.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", VECTORS["wilson"])
def test_wilson_gives_the_published_intervals(case):
    assert prevalence.wilson(case["pct"], case["n"]) == pytest.approx(case["attendu"], abs=0.051)


def test_wilson_bounds_are_the_proportions_that_a_score_test_just_rejects():
    """The definition itself, solved by bisection: |p̂ − p| = z √(p (1 − p) / n)."""
    z = 1.959963984540054

    def solve(observed, n, low, high):
        inside_is_high = high == observed
        for _ in range(60):
            middle = (low + high) / 2
            accepted = abs(observed - middle) <= z * (middle * (1 - middle) / n) ** 0.5
            if accepted == inside_is_high:
                high = middle
            else:
                low = middle
        return 100 * low

    pairs = {(row["valeur"], row["n"]) for row in explorer_rows() if row["n"]}
    assert len(pairs) > 50
    for percent, n in pairs:
        p = percent / 100
        assert prevalence.wilson(percent, n) == pytest.approx([solve(p, n, 0, p), solve(p, n, p, 1)], abs=0.051)


def test_no_interval_without_a_sample_size():
    assert prevalence.wilson(42, None) is None


@pytest.mark.parametrize("case", VECTORS["cas"], ids=lambda case: case["nom"])
def test_sentences_and_warnings(case):
    selection = prevalence.select(case["lignes"], case["vue"])
    assert prevalence_text.sentence(selection, case["vue"], VECTORS["libelles"]) == case["phrase"]
    assert prevalence_text.warnings(selection, case["vue"], VECTORS["libelles"]) == case["avertissements"]


def views(rows):
    """Every view of one product, and of the pairs a trainer would compare."""
    products = sorted({row["produit"] for row in rows})
    pairs = [[product] for product in products] + [["cannabis", "cocaine"], ["tabac", "alcool", "cannabis"]]
    for chosen, indicator in itertools.product(pairs, sorted({row["indicateur"] for row in rows})):
        base = {**prevalence.DEFAULT_VIEW, "produits": chosen, "indicateur": indicator}
        populations = [[], sorted({row["champ"] for row in rows})]
        for champs in populations:
            for year in sorted({row["annee"] for row in rows if row["produit"] in chosen}):
                yield {**base, "champs": champs, "annee": year}
                yield {**base, "champs": champs, "annee": year, "par": "sexe"}
            yield {**base, "champs": champs, "par": "temps"}
            yield {**base, "champs": champs, "par": "temps", "sexe": "detail"}


def test_a_curve_never_holds_two_populations_two_products_nor_a_disputed_value():
    rows = explorer_rows()
    published = {
        (row["annee"], row["champ"], row["produit"], row["indicateur"], row["sexe"], row["age"]): row["valeur_pct"]
        for row in data.rows("prevalences") if row["serie"]
    }  # fmt: skip
    seen = 0
    for view in views(rows):
        for line in prevalence.select(rows, view)["series"]:
            points = line["points"]
            seen += 1
            assert {(p["champ"], p["produit"], p["indicateur"]) for p in points} == {
                (line["champ"], line["produit"], view["indicateur"])
            }
            place = "annee" if view["par"] == "temps" else view["par"]
            assert len({p[place] for p in points}) == len(points), "two points at one place of the axis"
            for p in points:
                key = (p["annee"], p["champ"], p["produit"], p["indicateur"], p["sexe"], p["age"])
                assert published[key] == p["valeur"]
    assert seen > 300


def test_mixing_populations_is_always_said():
    rows = explorer_rows()
    labels = explorer_labels(rows)
    mixed = 0
    for view in views(rows):
        selection = prevalence.select(rows, view)
        if len({line["champ"] for line in selection["series"]}) > 1:
            mixed += 1
            first, *_ = prevalence_text.warnings(selection, view, labels)
            assert first.startswith("Ces populations ne sont pas comparables")
    assert mixed > 20


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"produits": ["kanabis"]}, "« cannabis »"),
        ({"par": "region"}, "« temps »"),
        ({"annee": 1999}, "2014"),
        ({"produits": ["ketamine"]}, "par='temps'"),
        ({"produits": ["alcool"], "indicateur": "annee"}, "experimentation"),
    ],
)
def test_a_wrong_choice_is_refused_and_says_what_exists(arguments, said):
    with pytest.raises(ValueError, match="Valeur inconnue|Aucune valeur publiée") as error:
        PrevalenceExplorer(**arguments)
    assert said in str(error.value).replace("\u00a0", " ")


def test_too_many_products_are_refused():
    codes = sorted({row["produit"] for row in explorer_rows()})[: prevalence.MAX_SERIES + 1]
    with pytest.raises(ValueError, match="de 1 à 6 produits"):
        PrevalenceExplorer(codes, annee=2014)


def test_python_reads_and_sets_the_view():
    widget = PrevalenceExplorer(["cannabis"], annee=2014)
    before = widget.phrase
    widget.vue = {**widget.vue, "par": "sexe"}
    assert widget.phrase != before
    assert "des hommes et" in widget.phrase


def test_the_version_without_javascript_holds_every_value_and_its_source():
    widget = PrevalenceExplorer(["cocaine"], annee=2014)
    page = widget.fallback_html()
    found = 0
    for row in data.rows("prevalences"):
        place = (row["produit"], row["indicateur"], row["annee"], row["sexe"], row["champ"])
        asked = place == ("cocaine", "experimentation", 2014, "ensemble", "18-64 ans")
        if asked and row["serie"] and row["age"] != "ensemble":
            found += 1
            assert f"<td>{prevalence.percent_text({'valeur': row['valeur_pct'], 'arrondi': False})}</td>" in page
            assert number(row["effectif"]) in page
    assert found
    assert data.source("TAT_2016").label.split(",")[0] in page
    assert widget.phrase in page
    assert widget.phrase in widget.text()
