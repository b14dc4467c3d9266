"""Every figure: drawn without a warning, described by its data, cited, the same at each build."""

import html
import io
import re
import warnings
from html.parser import HTMLParser

import numpy
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.image import imread
from matplotlib.text import Text

from mallette import data, figures
from mallette.figures import selection, style
from mallette.figures.svg import slim
from mallette.french import amount, people, percent
from mallette.prevalence import WARNINGS


def _prevalence_calls():
    """Every product, indicator and population that the data publish, through every function that can show it."""
    rows = [row for row in data.rows("prevalences") if row["serie"]]
    calls = {}
    for row in rows:
        product, indicator, year, champ = (row[name] for name in ("produit", "indicateur", "annee", "champ"))
        if row["age"] not in ("ensemble", "17") and row["sexe"] == "ensemble":
            call = (figures.prevalence_par_age, (product, indicator, year, champ))
            calls["age", product, indicator, year, champ] = call
        if row["sexe"] in ("femmes", "hommes"):
            call = (figures.prevalence_par_sexe, (product, indicator, year, champ, row["age"]))
            calls["sexe", product, indicator, year, champ, row["age"]] = call
        if champ == "17 ans" and row["sexe"] == "ensemble":
            calls["17", product, indicator] = (figures.prevalence_17_ans, (product, indicator))
        elif champ != "17 ans":
            # Every sex and age class at once: the fullest drawing there can be.
            asked = (product, indicator, champ)
            same = [one for one in rows if (one["produit"], one["indicateur"], one["champ"]) == asked]
            where = (champ, {one["sexe"] for one in same}, {one["age"] for one in same})
            call = (figures.prevalence_dans_le_temps, (product, indicator, *where))
            calls["temps", product, indicator, champ] = call
    return calls


def _is_prison(text):
    return bool(re.match(r"\d+\sans?\s(d’emprisonnement|de réclusion)|réclusion criminelle à perp", text))


def _other_calls():
    calls = {}
    for row in data.rows("effectifs_usagers"):
        if row["annee"] and row["indicateur"] in ("experimentation", "annee", "regulier", "quotidien"):
            calls["effectifs", row["annee"]] = (figures.effectifs, (row["annee"],))
            calls["effectifs", row["annee"], row["indicateur"]] = (figures.effectifs, (row["annee"], row["indicateur"]))
    for row in data.rows("remunerations"):
        calls["remunerations", row["unite"], row["pays"]] = (figures.remunerations, (row["unite"], row["pays"]))
    days = ("2005-07-01", "2016-01-01", "2019-06-01", "2024-10-20", "2026-07-01")
    calls |= {("comparateurs", day): (figures.comparateurs, (day,)) for day in days}
    calls["comparateurs", "heure"] = (figures.comparateurs, ("2016-01-01", "par heure"))
    calls |= {("smic", start): (figures.smic, (start,)) for start in (None, "2015-01-01", "2024-02-01")}
    punished = [row["article"] for row in data.rows("cadre_legal") if _is_prison(row["peine_maximale"] or "")]
    for article in punished:
        calls |= {("droit", article, young): (figures.cadre_legal, (article, young)) for young in (False, True)}
    calls["droit", "tout"] = (figures.cadre_legal, (punished, True))
    calls["copiltat"] = (figures.copiltat, ())
    calls["recettes"] = (figures.recettes_et_revenus, ())
    calls["taux"] = (figures.taux_horaires_publies, ())
    return calls


EVERY = _prevalence_calls() | _other_calls()
SAMPLE = {
    "ages": lambda: figures.prevalence_par_age(["cannabis", "cocaine", "heroine"], "experimentation", 2014),
    "sexes": lambda: figures.prevalence_par_sexe(["alcool", "cannabis", "cocaine"], "experimentation", 2014),
    "temps": lambda: figures.prevalence_dans_le_temps(["cannabis", "cocaine", "mdma_ecstasy"], "experimentation"),
    "17 ans": lambda: figures.prevalence_17_ans(["tabac", "cannabis", "cocaine"], "experimentation"),
    "effectifs": figures.effectifs,
    "jour": figures.remunerations,
    "an": lambda: figures.remunerations("par an"),
    "smic": figures.smic,
    "comparateurs": lambda: figures.comparateurs("2024-10-20"),
    "recettes": figures.recettes_et_revenus,
    "taux": figures.taux_horaires_publies,
    "droit": lambda: figures.cadre_legal(["CSP L3421-1 al. 1", "CP 222-37 al. 1", "CP 222-34"], mineurs=True),
    "copiltat": figures.copiltat,
}


@pytest.fixture(params=SAMPLE, scope="module")
def sample(request):
    return SAMPLE[request.param]()


class _Page(HTMLParser):
    """Collects tags with their attributes, and the text of the table cells."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.rows, self._cell = [], [], None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self._cell = ""

    def handle_data(self, text):
        if self._cell is not None:
            self._cell += text

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.rows[-1].append(self._cell)
            self._cell = None

    def all(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]


@pytest.mark.parametrize("key", EVERY, ids=lambda key: "-".join(map(str, [key] if isinstance(key, str) else key)))
def test_every_published_combination_draws_without_a_warning(key):
    function, arguments = EVERY[key]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = function(*arguments)
        with style.styled(style.NARROW):
            style.filled(figure.draw, style.NARROW).draw_without_rendering()
    assert figure.table.rows
    assert figure.sources


def test_drawing_is_not_blank_on_any_page(sample):
    for layout in (style.WIDE, style.NARROW, style.SLIDE):
        with style.styled(layout):
            shown = FigureCanvasAgg(style.filled(sample.draw, layout))
            shown.draw()
        pixels = numpy.asarray(shown.buffer_rgba())[..., :3] / 255
        inked = numpy.mean(numpy.any(pixels < 0.9, axis=2))
        assert inked > 0.005, layout.name
        # Nothing is cut: a drawing leaves its outermost row of pixels white.
        for edge in (pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]):
            assert numpy.mean(edge < 0.9) < 0.02, layout.name


def test_svg_is_the_same_at_each_build_and_asks_nothing_from_outside(sample):
    svg = sample.svg()
    again = style.render(sample.draw, style.WIDE, "svg")  # the figure would give the drawing that it has kept
    assert slim(again.decode()) == svg
    addresses = set(re.findall(r"https?://[^'\" )]+", svg))
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


def test_page_form_has_alternative_caption_and_the_whole_table(sample):
    text = sample.html()
    page = _Page(text)
    (image,) = page.all("img")
    assert image["alt"] == sample.alt
    assert page.rows == [list(sample.table.columns), *map(list, sample.table.rows)]
    assert all(attrs.get("scope") in ("row", "col") for attrs in page.all("th"))
    for line in (sample.title, sample.source_line, sample.population, sample.period):
        assert html.escape(line) in text
    assert _caption_is_first_or_last(text)


def _caption_is_first_or_last(figure):
    return bool(re.search(r"^<figure[^>]*><figcaption|</figcaption></figure>$", figure))


def test_a_notebook_is_given_the_page_form_and_a_picture():
    figure = SAMPLE["smic"]()
    bundle = figure._repr_mimebundle_()
    assert bundle["text/html"] == figure.html()
    assert imread(io.BytesIO(bundle["image/png"])).shape[1] == style.WIDE.width * 2


def test_different_figures_have_different_ids_and_one_figure_keeps_its_own():
    made = [make() for make in SAMPLE.values()]
    assert len({figure.identifier for figure in made}) == len(made)
    assert SAMPLE["smic"]().identifier == SAMPLE["smic"]().identifier


def test_slide_form_is_short_and_keeps_the_table_for_screen_readers(monkeypatch, sample):
    monkeypatch.setenv(style.LAYOUT_VARIABLE, style.SLIDE.name)
    bundle = sample._repr_mimebundle_()
    page = _Page(bundle["text/html"])
    assert not page.all("details")
    assert page.rows == [list(sample.table.columns), *map(list, sample.table.rows)]
    assert page.all("img")[0]["alt"] == sample.alt
    assert _caption_is_first_or_last(bundle["text/html"])


def test_alternative_of_bars_says_the_extremes_of_the_data():
    products = ["cannabis", "cocaine", "heroine"]
    values = [
        row["valeur_pct"]
        for row in data.rows("prevalences")
        if row["serie"]
        and row["produit"] in products
        and row["indicateur"] == "experimentation"
        and row["annee"] == 2014
        and row["champ"] == "18-64 ans"
        and row["sexe"] == "ensemble"
    ]
    figure = figures.prevalence_par_age(products, "experimentation", 2014)
    assert f"haute\u00a0: {percent(max(values))} " in figure.alt
    assert f"basse\u00a0: {percent(min(values))} " in figure.alt
    plain = [row[2].replace(" (arrondi)", "").replace(",0", "") for row in figure.table.rows]
    assert sorted(plain) == sorted(map(percent, values))


def test_alternative_of_lines_says_first_and_last_year():
    rows = [
        row
        for row in data.rows("prevalences")
        if row["serie"]
        and row["produit"] == "cocaine"
        and row["indicateur"] == "experimentation"
        and row["champ"] == "18-64 ans"
        and row["sexe"] == row["age"] == "ensemble"
    ]
    first, last = min(rows, key=lambda row: row["annee"]), max(rows, key=lambda row: row["annee"])
    figure = figures.prevalence_dans_le_temps("cocaine", "experimentation")
    for row in (first, last):
        assert f"{percent(row['valeur_pct'])} en {row['annee']}" in figure.alt
    assert [line[0] for line in figure.table.rows] == sorted(str(row["annee"]) for row in rows)


def test_alternative_of_amounts_says_the_extremes_and_that_an_offer_is_a_promise():
    rows = [row for row in data.rows("remunerations") if row["unite"] == "par jour" and row["pays"] == "France"]
    figure = figures.remunerations("par jour")
    assert len(figure.table.rows) == len(rows)
    bounds = [row[name] for row in rows for name in ("montant_min", "montant", "montant_max") if row[name] is not None]
    assert amount(max(bounds)) in figure.alt
    assert amount(min(bounds)) in figure.alt
    assert any("promis" in note for note in figure.notes)


def test_an_amount_in_dollars_is_written_and_not_read_as_a_formula():
    canvas = style.Canvas()
    figures.remunerations("par mois", "États-Unis").draw(canvas, style.WIDE)
    amounts = [text for text in canvas.findobj(Text) if "$" in text.get_text()]
    assert amounts
    assert not any(text.get_parse_math() for text in amounts)


def test_numbers_of_users_that_are_not_published_are_said_missing_never_zero():
    missing = [row for row in data.rows("effectifs_usagers") if row["annee"] == 2014 and row["effectif"] is None]
    figure = figures.effectifs(2014)
    assert [row[2] for row in figure.table.rows].count("non disponible") == len(missing) > 0
    largest = max(
        row["effectif"] or 0
        for row in data.rows("effectifs_usagers")
        if row["annee"] == 2014 and row["produit"] != "population_totale"
    )
    assert people(largest) in figure.alt


def test_hourly_rates_stand_beside_the_smic_of_their_year():
    figure = figures.taux_horaires_publies()
    rates = {re.search(r"20\d\d", row[0])[0]: row for row in figure.table.rows}
    assert len(rates) == len(figure.table.rows) > 0
    for year, row in rates.items():
        paid = [one["smic_horaire_brut"] for one in data.rows("smic") if str(one["date_effet"].year) == year]
        assert amount(max(paid)) in row[5]


def test_penalties_are_maxima_and_a_minor_risks_half_never_life():
    articles = ["CSP L3421-1 al. 1", "CP 222-39 al. 1", "CP 222-35 al. 2", "CP 222-34"]
    figure = figures.cadre_legal(articles, mineurs=True)
    assert [row[1] for row in figure.table.rows] == articles
    nbsp, narrow = "\u00a0", "\u202f"
    assert [row[2].split(f"{narrow}; mineur{nbsp}: ") for row in figure.table.rows] == [
        [f"1{nbsp}an", f"6{nbsp}mois"],
        [f"5{nbsp}ans", f"2{nbsp}ans et 6{nbsp}mois"],
        [f"30{nbsp}ans", f"15{nbsp}ans"],
        ["perpétuité", f"20{nbsp}ans"],
    ]
    for row in figure.table.rows:
        fine = data.lookup("cadre_legal", {"article": row[1]}, "amende_maximale_eur")
        assert row[3] == amount(fine)
    assert any("non peine prononcée" in note for note in figure.notes)
    assert any("juriste" in note for note in figure.notes)
    assert "LEGIFRANCE_L121_5" in figure.sources
    adults = figures.cadre_legal(articles)
    assert not any("mineur" in row[2] for row in adults.table.rows)
    assert "LEGIFRANCE_L121_5" not in adults.sources


def test_diagram_of_the_committee_shows_each_level_and_each_exchange_once():
    figure = figures.copiltat()
    rows = data.rows("copiltat")
    levels = [row for row in rows if row["sens"] == "niveau"]
    exchanges = [row for row in rows if row["sens"] != "niveau"]
    assert [row[0] for row in figure.table.rows] == [row["libelle"] for row in exchanges]
    assert all(row["libelle"].lower() in figure.alt for row in levels)
    assert all(figure.alt.count(row["libelle"]) == 1 for row in exchanges)
    for level in levels:
        inside = [row for row in exchanges if row["niveau"] == level["niveau"] and row["sens"] == "horizontal"]
        assert len(inside) == 1
    received = {(row["sens"], row["niveau"]) for row in exchanges}
    assert ("descendant", levels[0]["niveau"]) not in received  # nothing above the first level
    assert ("montant", levels[-1]["niveau"]) not in received  # nothing below the last


def test_changed_survey_is_said_and_points_are_not_joined():
    figure = figures.prevalence_dans_le_temps("cannabis", "experimentation")
    assert any("EROPP" in note and "non reliés" in note for note in figure.notes)
    assert any("en 2021, avec l’outre-mer" in note for note in figure.notes), "the territory changes too"
    alone = figures.prevalence_dans_le_temps("alcool", "experimentation", champ="17 ans", age="17")
    assert not any("Ruptures" in note for note in alone.notes)


def test_a_rounded_zero_is_drawn_and_said_as_less_than_half_a_point():
    figure = figures.prevalence_par_age("cannabis", "regulier", 2014)
    assert "basse\u00a0: moins de 0,5\u202f%" in figure.alt
    assert [row[2] for row in figure.table.rows if row[1] == "55-64 ans"] == ["moins de 0,5\u202f%"]
    canvas = style.Canvas()
    figure.draw(canvas, style.WIDE)
    [ax] = canvas.axes
    lines = [list(line.get_xdata()) for line in ax.lines]
    assert [0.0, 0.5] in lines, "a length, not a bare 0"


def test_a_maximum_is_said_only_when_rounding_lets_one_tell():
    rows = [
        {"valeur_pct": value, "arrondi": step}
        for value, step in ((11.2, "dixieme"), (11, "unite"), (10.4, "dixieme"), (4, "unite"))
    ]
    assert selection.highest(rows) == rows[:2], "11 may be 11.4"
    assert selection.lowest(rows) == rows[3:]
    assert selection.highest([{"valeur_pct": 82, "arrondi": "unite"}, {"valeur_pct": 83, "arrondi": "unite"}]) == [
        {"valeur_pct": 83, "arrondi": "unite"}
    ]


def test_what_is_warned_of_each_value_is_printed_and_no_remark_is_read(monkeypatch):
    rows = data.rows("prevalences")
    warned = [row for row in rows if row["serie"] and row["avertissement"] and row["age"] in ("ensemble", "17")]
    assert {row["avertissement"] for row in warned} == set(WARNINGS)

    def notes(row):
        figure = figures.prevalence_dans_le_temps(
            row["produit"], row["indicateur"], row["champ"], row["sexe"], row["age"]
        )
        return figure.notes

    said = {id(row): notes(row) for row in warned}
    for row in warned:
        assert any(WARNINGS[row["avertissement"]][1:] in note and str(row["annee"]) in note for note in said[id(row)])
    blank = [{**row, "note": None} for row in rows]
    monkeypatch.setattr(
        data, "rows", lambda name, *rest, read=data.rows: blank if name == "prevalences" else read(name, *rest)
    )
    assert all(notes(row) == said[id(row)] for row in warned), "words that the program reads have a column"


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: figures.prevalence_par_age("canabis", "experimentation", 2014), "cannabis"),
        (lambda: figures.prevalence_par_age("cannabis", "vie", 2014), "experimentation"),
        (lambda: figures.prevalence_par_age("cannabis", "experimentation", 2099), "2014"),
        (lambda: figures.prevalence_par_age("ketamine", "experimentation", 2014), "2023"),
        (lambda: figures.prevalence_dans_le_temps("chicha", "experimentation"), "17 ans"),
        (lambda: figures.effectifs(1900), "2014"),
        (lambda: figures.remunerations("par minute"), "par jour"),
        (lambda: figures.remunerations(roles="patron"), "guetteur"),
        (lambda: figures.comparateurs("hier"), "AAAA-MM-JJ"),
        (lambda: figures.smic("2090-01-01"), "dernier"),
        (lambda: figures.cadre_legal("CP 222-99"), "CP 222-34"),
        (lambda: figures.cadre_legal("CSI L22-11-1"), "CP 321-6"),
    ],
)
def test_wrong_code_says_what_exists(call, told):
    with pytest.raises(ValueError, match=re.escape(told)):
        call()


def test_a_drawing_is_kept_and_follows_its_data(course_copy, monkeypatch):
    monkeypatch.setenv("MALLETTE_RACINE", str(course_copy.root))

    def draw() -> str:
        return figures.remunerations(unite="par jour", pays="France", roles=["guetteur"]).svg()

    first = draw()
    [kept] = course_copy.drawings.iterdir()
    kept.write_text("<svg>gardé</svg>", encoding="utf-8")
    assert draw() == "<svg>gardé</svg>"
    assert figures.remunerations(unite="par jour", pays="France", roles=["vendeur"]).svg() not in (first, draw())
    assert len(list(course_copy.drawings.iterdir())) == 2


def test_a_course_that_cannot_be_written_still_has_figures(course_copy, monkeypatch):
    monkeypatch.setenv("MALLETTE_RACINE", str(course_copy.root))
    course_copy.build.mkdir()
    course_copy.drawings.write_text("un fichier à la place du dossier", encoding="utf-8")
    assert figures.remunerations(unite="par jour", pays="France", roles=["guetteur"]).svg().startswith("<svg")
