"""The restitution: what it says, what it leaves out, and that nothing written by people runs anywhere."""

import csv
import io
import re
from datetime import date
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from mallette.checks import typography
from mallette.questions import make
from mallette.quiz import bank
from mallette.seance import report
from mallette.seance.displays import CLASSES, EXACT
from mallette.seance.model import Round, Seance
from mallette.seance.report import Entry, Report
from mallette.seance.results import Earlier, comparison, result
from mallette.seance.seances import Seances
from mallette.seance.store import Store
from tests.conftest import ROOT
from tests.seance.conftest import UNIT
from tests.seance.test_results import ANSWERS, PANEL

BANK = bank.load(ROOT / "tests" / "quiz" / "banque.yml")
QUESTIONS = {question.id: question for question in BANK.questions}
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</style><script>1</script>",
    "{{ 7 * 7 }}",
    "[un lien](javascript:alert(1))",
    "![](http://exemple.invalid/x.png)",
    "<http://exemple.invalid>",
    "https://exemple.invalid",
    "www.exemple.fr",
    "moi@exemple.fr",
    "# titre",
    "- liste",
    "1. liste",
    "> cité",
    "    code",
    "```\ncode\n```",
    "~~~\ncode",
    "*gras* __gras__ ~~barré~~ `code`",
    "a | b\n--|--",
    "---",
    "===",
    "+ liste",
    "{role}`x`",
    "(cible)=",
    "% commentaire",
    ":::{note}",
    "&lt;b&gt;",
    "ligne\\",
    "$x^2$",
    "[^1]",
    "\u202e<b>",
    "=1+1",
    "@SUM(A1)",
    "\tcode",
]


@pytest.fixture(scope="module")
def full() -> Report:
    entries = [
        Entry(
            "quiz",
            (result(question, ANSWERS[name], expected=True),),
            None,
            tuple(HOSTILE) if question.kind == "reflexion" else (),
        )
        for name, question in QUESTIONS.items()
    ]
    entries.append(Entry("quiz", (result(PANEL, ANSWERS["rupture"], expected=True),)))
    aise = QUESTIONS["aise"]
    before = [0] * 8 + [1] * 7 + [2] * 5
    pair = comparison(aise, result(aise, before), result(aise, before[1:], 2, before=Earlier(before, 19)))
    entries.append(Entry("positionnement", (pair.before, pair.after), pair))
    return Report("L’argent & les <jeunes>", date(2025, 3, 1), 20, tuple(entries))


class Reader(HTMLParser):
    """Elements, addresses and texts of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags, self.addresses, self.handlers, self.words = [], [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.addresses += [value for name, value in attributes if name in ("src", "href", "action", "srcset")]
        self.handlers += [name for name, _ in attributes if name.startswith("on") or name == "style"]

    def handle_data(self, data):
        if data.strip() and self.tags[-1] not in ("style",):
            self.words.append(re.sub(r"[ \n\t]+", " ", data).strip(" \n\t"))


def test_the_page_stands_alone_and_runs_nothing(full):
    page = Reader(report.html(full))
    assert "script" not in page.tags and "img" not in page.tags and not page.handlers
    assert page.addresses == ["data:,"]
    assert re.sub(r'url\("data:', "", report.html(full)).count("url(") == 0 and "@import" not in report.html(full)
    for text in HOSTILE:
        assert " ".join(text.split()) in " ".join(page.words)


def test_its_own_policy_allows_its_style(full):
    assert f"style-src {report.style_hash().replace(chr(39), '&#39;')}" in report.html(full)


def test_the_page_reads_like_minutes(full):
    words = " ".join(Reader(report.html(full)).words)
    for told in (
        "1er mars 2025, 20 personnes",
        "L’argent & les <jeunes>",
        "Valeur publiée : 42 %",
        "de 37 à 47 %",
        "Lecture proposée par l’équipe",
        "10 personnes, 1er mars 2024",
        "de 26 à 53 %",
        "Source : ",
        "avant",
        "Comment ces résultats sont protégés",
    ):
        assert told.replace(" ", "") in words.replace("\u00a0", "").replace("\u202f", "").replace(" ", ""), told


def test_charts_are_tables_whose_rows_have_headers(full):
    page = report.html(full)
    assert page.count('<th scope="row">') >= 40


def test_markdown_shows_hostile_texts_as_typed(full):
    source = report.markdown(full)
    tokens = MarkdownIt("gfm-like", {"html": True}).parse(source)
    inline = [child for token in tokens if token.type == "inline" for child in token.children]
    kinds = {token.type for token in (*tokens, *inline)}
    assert not kinds & {
        "link_open",
        "image",
        "html_block",
        "html_inline",
        "code_inline",
        "fence",
        "code_block",
        "s_open",
        "ordered_list_open",
        "hr",
    }
    quoted, depth = [], 0
    for token in tokens:
        depth += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        assert not depth or token.type in ("blockquote_open", "paragraph_open", "inline", "paragraph_close")
        if depth and token.type == "inline":
            assert {child.type for child in token.children} <= {"text", "softbreak", "text_special"}
            quoted.append("".join(child.content or " " for child in token.children))
    for text in HOSTILE:
        assert " ".join(text.split()) in " ".join(" ".join(quoted).split())
    rows = [token for token in tokens if token.type == "tr_open"]
    assert len(rows) > 40  # tables are tables


def test_markdown_tells_the_same_as_the_page(full):
    source = report.markdown(full)
    for told in (
        "| Au moins un usage au cours de la vie (**juste**) | 6 personnes (60\u202f%) |",
        "de 26 à 53\u202f%",
        "Valeur publiée\u00a0: **42\u202f%**",
        "- Lecture proposée par l’équipe",
        "| Réponse | Salle |\n|---|---|",
        "- Origine du panel",
        "| Réponse | Salle | Panel |",
    ):
        assert told in source


def test_texts_of_the_restitution_are_well_set(full):
    quiet = Report(full.title, full.day, 3, tuple(entry for entry in full.entries if not entry.texts))
    lines = list(enumerate(Reader(report.html(quiet)).words, 1))
    assert typography.faults_in(lines, "restitution.html") == []


def test_spreadsheet(full):
    text = report.csv(full)
    assert text.startswith("\ufeffquestion;énoncé;tour;")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert len({len(row) for row in rows}) == 1
    by_question = {(row[0], row[2], row[4]): row for row in rows}
    assert by_question["definition", "1", "Au moins un usage au cours de la vie"][5:9] == [
        "6",
        "60",
        "6 personnes (60\u202f%)",
        "oui",
    ]
    assert by_question["aise", "2", "Pas du tout"][5:8] == ["", "", "de 26 à 53\u202f%"]
    assert not any(text in cell for text in HOSTILE[:5] for row in rows for cell in row)  # no free text at all


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " =", "＝"])
def test_cells_that_a_spreadsheet_would_compute_are_defused(start):
    content = {"echelle": [f"{start}cmd()", "b"], "retours": ["", ""]}
    question = make("q", "opinion", "o1", f"{start}SUM(A1)", content)
    text = report.csv(Report("t", date(2025, 3, 1), 20, (Entry("quiz", (result(question, [0, 1] * 6),)),)))
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert rows[1][1] == f"'{start}SUM(A1)" and rows[1][4] == f"'{start}cmd()"


@pytest.fixture
def seances(room_course, tmp_path) -> Seances:
    store = Store(tmp_path / "salle")
    yield Seances(store, room_course)
    store.close()


def played(seances: Seances) -> str:
    """A séance where six people were asked where they stand, twice; an estimation; a text, of which one is released."""
    code = seances.open(UNIT, 6).code
    tokens = [seances.join(code) for _ in range(6)]
    for question, tour, raws in (
        ("position-o1", 1, [0, 1, 1, 2, 2, 3]),
        ("cannabis", 1, [10, 20, 30, 40, 50, 60]),
        ("souvenir", 1, [f"CANARI {n}" for n in range(6)]),
        ("position-o1", 2, [2, 3, 3, 3, 4, 4]),
        ("aise", 1, [0, 1, 2]),
    ):
        seances.open_question(code, question, tour)
        for token, raw in zip(tokens, raws, strict=False):
            seances.record(code, token, question, tour, raw)
        seances.close_question(code, question, tour)
    seances.release(code, seances.texts(code, "souvenir", 1)[0].id)
    return code


def test_a_seance_is_read_round_by_round(seances):
    code = played(seances)
    read = report.gather(seances, code)
    assert [entry.results[0].question for entry in read.entries] == ["position-o1", "cannabis", "aise", "souvenir"]
    assert read.entries[0].comparison is not None and len(read.entries[0].results) == 2
    assert read.participants == 6 and read.entries[2].results[0].withheld
    assert len(read.entries[3].texts) == 1


@pytest.mark.parametrize("tours", [(1, 2), (2, 1)])
def test_one_leaves_and_one_comes_and_the_files_tell_neither(seances, tours):
    """As many answers in both rounds, by others: whichever is published second is protected, in each file."""
    code = seances.open(UNIT, 20).code
    tokens = [seances.join(code) for _ in range(20)]
    first = [0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3]
    for tour, people, raws in ((tours[0], tokens[1:], first), (tours[1], tokens[:-1], [1, *first[:-1]])):
        seances.open_question(code, "aise", tour)
        for token, raw in zip(people, raws, strict=True):
            seances.record(code, token, "aise", tour, raw)
        seances.close_question(code, "aise", tour)
    read = report.gather(seances, code).entries[0]
    assert [shown.precision for shown in read.results] == [EXACT, CLASSES]
    assert [shown.precision for shown in (read.comparison.before, read.comparison.after)] == (
        [EXACT, CLASSES] if tours == (1, 2) else [CLASSES, EXACT]
    )


def test_only_released_texts_leave_the_seance(seances):
    code = played(seances)
    seances.finish(code)
    read = report.gather(seances, code)
    pages = report.html(read) + report.markdown(read)
    assert pages.count("CANARI") == 2 and "CANARI" not in report.csv(read)  # one text, in each of two pages


def test_answers_are_told_once_revealed_or_once_finished(seances):
    code = played(seances)
    assert report.gather(seances, code).entries[1].results[0].published is None
    seances.reveal(code, "cannabis", 1)
    assert report.gather(seances, code).entries[1].results[0].published is not None
    assert not report.gather(seances, code).entries[3].results[0].points
    seances.finish(code)
    assert report.gather(seances, code).entries[3].results[0].points


def test_two_files_of_the_same_seance_are_the_same(seances):
    code = played(seances)
    assert report.html(report.gather(seances, code)) == report.html(report.gather(seances, code))


def test_a_round_knows_the_one_that_was_published_before_it() -> None:
    after, before = Round("a", 2, "close", None, 9), Round("a", 1, "revelee", None, 8)
    other = Round("b", 1, "close", None, 9)
    seance = Seance("BCDFGH", "1-essai", "Essai", 20, date(2026, 1, 1), 9, 3, (other, after, before), False)
    assert seance.earlier(after) is None
    assert seance.earlier(before) == after, "le premier tour posé en second est aussi une seconde publication"
    assert seance.earlier(other) is None
