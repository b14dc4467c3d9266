"""Choices in an order of one's own: in the book, with a kernel and in a séance. What is recorded counts as the bank."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Locator, Page, expect

from mallette.paths import Project
from mallette.questions.ordre import shuffled
from mallette.seance import results
from mallette.widgets import Quiz
from tests import salle

BANK = salle.BANK
RAW = {item["id"]: item for item in yaml.safe_load(BANK.read_text(encoding="utf-8"))["questions"]}
NAMES = ["definition", "champs"]
REFUSED = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('refusé'); } });"


def texts(name: str) -> list[str]:
    return [choice["texte"] for choice in RAW[name]["choix"]]


def own(number: int) -> str:
    """Return the script that makes the browser one that drew this number."""
    return f"localStorage.setItem('mallette-ordre', '{number}');"


def asked(page: Page, place: int = 0) -> list[str]:
    """Return the labels of a form, in the order of the page."""
    return page.locator("form").nth(place).locator(".mlt-choice").all_inner_texts()


def explained(place: Page | Locator) -> list[str]:
    """Return the choices that feedback explains, in the order of the page."""
    known = [text for name in NAMES for text in texts(name)]
    lines = place.locator(".mlt-quiz-results .mlt-quiz-choice").all_inner_texts()
    return [next(text for text in known if text in line) for line in lines]


def test_each_browser_has_its_order_and_keeps_it(
    page_check: Callable[..., Page], static_page: Callable[..., str]
) -> None:
    address = static_page(Quiz(BANK, questions=NAMES))
    seen = [asked(page_check(address, script=own(number)), 1) for number in (4825, 4822, 4825)]
    assert seen[0] == seen[2] != seen[1]
    assert seen[0] == [texts("champs")[index] for index in shuffled("4825/champs/0", 4)]

    page = page_check(address)
    first = [asked(page, place) for place in (0, 1)]
    number = page.evaluate("localStorage.getItem('mallette-ordre')")
    assert 1000 <= int(number) < 10_000
    page.reload()
    assert [asked(page, place) for place in (0, 1)] == first
    assert page.evaluate("Object.keys(localStorage)") == ["mallette-ordre"]


@pytest.mark.parametrize("script", [own(4825), REFUSED])
def test_feedback_lists_the_choices_as_they_were_shown(
    page_check: Callable[..., Page], static_page: Callable[..., str], script: str
) -> None:
    page = page_check(static_page(Quiz(BANK, questions=["champs"])), script=script)
    shown = asked(page)
    for choice in RAW["champs"]["choix"]:
        if choice.get("juste"):
            page.get_by_label(choice["texte"], exact=True).check()
    page.get_by_role("button", name="Valider").click()
    expect(page.locator(".mlt-quiz-verdict")).to_contain_text("Juste")
    assert explained(page) == shown
    page.get_by_role("button", name="Changer ma réponse").click()
    assert asked(page) == shown


def test_what_is_printed_is_in_the_order_of_the_bank(
    page_check: Callable[..., Page], static_page: Callable[..., str]
) -> None:
    page = page_check(static_page(Quiz(BANK, questions=["champs", "aise"])), script=own(4825))

    def printed(lines: Locator) -> list[str]:
        page.emulate_media(media="print")
        tops = {line.inner_text(): line.bounding_box()["y"] for line in lines.all()}
        page.emulate_media(media="screen")
        return sorted(tops, key=tops.get)

    assert asked(page) != texts("champs")
    assert printed(page.locator("form .mlt-choice")) == [*texts("champs"), *RAW["aise"]["echelle"]]
    page.locator("form input").first.check()
    page.get_by_role("button", name="Valider").first.click()
    lines = printed(page.locator(".mlt-quiz-results li"))
    assert len(lines) == 4 and all(text in line for text, line in zip(texts("champs"), lines, strict=True))


def test_with_a_kernel_answers_count_as_the_bank(with_kernel: Callable[..., Page]) -> None:
    orders = set()
    page = with_kernel(Quiz(BANK, questions=NAMES))
    for _ in range(4):  # each new start may draw another order
        page.get_by_label(texts("definition")[0], exact=True).check()
        for index in (3, 0):
            page.get_by_label(texts("champs")[index], exact=True).check()
        orders.add((*asked(page, 0), *asked(page, 1)))
        for _ in NAMES:
            page.get_by_role("button", name="Valider").first.click()
        expect(page.get_by_role("heading", name="Bilan")).to_be_visible()
        assert page.evaluate("kernel.saved.at(-1).reponses") == {"definition": 0, "champs": [0, 3]}
        page.get_by_role("button", name="Recommencer").click()
    assert len(orders) > 1


def test_what_has_an_order_of_its_own_keeps_it(
    tmp_path: Path, page_check: Callable[..., Page], static_page: Callable[..., str]
) -> None:
    questions = [{**RAW[name], "id": f"{name}-{number}", "ordre_fixe": True} for name in NAMES for number in range(6)]
    scales = [RAW[name] for name in ("confusion", "aise", "rupture")]
    bank = tmp_path / "quiz.yml"
    bank.write_text(json.dumps({"titre": "Essai", "questions": [*questions, *scales]}), encoding="utf-8")
    page = page_check(static_page(Quiz(bank)), script=own(4825))
    for place, question in enumerate(questions):
        assert asked(page, place) == [choice["texte"] for choice in question["choix"]]
    assert asked(page, len(questions)) == ["Vrai", "Faux"]
    assert asked(page, len(questions) + 1) == RAW["aise"]["echelle"]
    assert [text.split()[0] for text in asked(page, len(questions) + 2)] == ["−2", "−1", "0", "+1", "+2"]


# In a séance ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return salle.write_course(tmp_path_factory.mktemp("seance") / "cours")


def seed(phone: salle.Phone, code: str) -> str:
    return phone.get(f"/s/{code}/etat").data["etape"]["graine"]


def test_a_phone_keeps_its_order_and_records_as_the_bank(
    room: salle.Room, code: str, page_check: Callable[..., Page]
) -> None:
    room.act("open_question", code, "champs")
    phone = room.phone().join(code)
    while (order := shuffled(seed(phone, code), 4)) == [0, 1, 2, 3]:
        phone = room.phone().join(code)
    expected = [texts("champs")[index] for index in order]

    page = page_check(f"{room.url}s/{code}", viewport="telephone", cookie=phone.cookie)
    expect(page.locator("form")).to_be_visible()
    assert asked(page) == expected
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.locator("form")).to_be_visible()
    assert asked(other) == expected

    for index in (3, 0, 1):
        page.get_by_label(texts("champs")[index], exact=True).check()
    page.get_by_role("button", name="Envoyer ma réponse").click()
    recap = page.locator(".seance-reponse li")
    expect(recap).to_have_count(3)
    assert recap.all_inner_texts() == [text for text in expected if text != texts("champs")[2]]
    page.reload()
    page.get_by_role("button", name="Changer ma réponse").click()
    assert asked(page) == expected
    expect(page.get_by_label(texts("champs")[2], exact=True)).not_to_be_checked()
    expect(page.locator("input:checked")).to_have_count(3)

    room.act("close_question", code, "champs", 1)
    assert room.context.seances.answers(code, "champs", 1) == [[0, 1, 3]]
    room.act("reveal", code, "champs", 1)
    expect(page.locator(".mlt-quiz-verdict")).to_contain_text("Juste")
    assert explained(page) == expected

    question = room.context.seances.question(code, "champs")
    told = results.result(question, [[0, 1, 3]] * 5, expected=True)
    assert [bar.label for bar in told.bars] == question.options() == texts("champs"), "écran et papier"


def test_the_seed_is_one_s_own_stays_and_tells_nothing(room: salle.Room, code: str, tmp_path: Path) -> None:
    phones = [room.phone().join(code) for _ in range(8)]
    room.act("open_question", code, "definition")
    first = [seed(phone, code) for phone in phones]
    assert len(set(first)) == len(phones)
    assert first == [seed(phone, code) for phone in phones]
    room.act("close_question", code, "definition", 1)
    room.act("open_question", code, "definition", 2)
    assert first == [seed(phone, code) for phone in phones], "l’ordre a changé entre les deux tours"
    room.act("close_question", code, "definition", 2)
    room.act("open_question", code, "champs")
    assert not set(first) & {seed(phone, code) for phone in phones}
    kept = b"".join(path.read_bytes() for path in (tmp_path / "seances").glob("seances.db*"))
    assert kept and not [value for value in first if value.encode() in kept]
