"""R4: does an address bring a script into a page, or a page that never ends?"""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from tests import serveur
from tests.malveillance.client import Visitor

ARGUMENTS = (
    "theme",
    "template",
    "classic-tree",
    "format",
    "content",
    "type",
    "token",
    "next",
    "_xsrf",
    "session_id",
    "path",
    "code",
    "cle",
    "vue",
    "v",
    "message",
    "callback",
    "lang",
    "reset",
)
"""Those that Voilà and Jupyter's server read, those of the kit, and a few that are often reflected."""
VECTORS = (
    '"><script>window.intrus=1</script>',
    "'><img src=x onerror=window.intrus=1>",
    "</script><script>window.intrus=1//",
    "javascript:window.intrus=1",
    "{{7*191}}<svg/onload=window.intrus=1>",
    "nope",
    "../../../../etc",
    "\u202e\u0000",
)
TELLTALES = ("<script>window", "<img src=x", "<svg/onload", "1337", "Traceback")
PAGES = (
    "/",
    "/livre/",
    "/livre",
    "/diapos/",
    "/atelier/1-essai",
    "/atelier/{v}",
    "/s",
    "/s/{v}",
    "/s/ABCDEF",
    "/formateur",
    "/formateur/entrer",
    "/formateur/{v}",
    "/statique/{v}",
    "/voila/static/{v}",
    "/voila/labextensions/{v}",
    "/api/kernels/{v}",
    "/{v}",
    "/login",
    "/voila/render/{v}",
    "/s/confidentialite",
)


IN_A_BROWSER = (
    "/",
    "/atelier/1-essai",
    "/s",
    "/s/{v}",
    "/formateur/{v}",
    "/voila/static/{v}",
    "/api/kernels/{v}",
    "/{v}",
)


def addresses(pages: tuple[str, ...] = PAGES) -> list[str]:
    return [
        page.replace("{v}", quote(vector, safe="")) + "?" + "&".join(f"{name}={quote(vector)}" for name in ARGUMENTS)
        for page in pages
        for vector in VECTORS
    ]


def test_every_answer_ends_and_repeats_no_script(room: serveur.Server) -> None:
    tried, wrong = 0, []
    for number, address in enumerate(addresses()):
        visitor = Visitor(room.url, f"127.0.6.{1 + number % 250}")
        answer = visitor.ask(address, timeout=30)
        tried += 1
        told = [item for item in TELLTALES if item in answer.text]
        if told or answer.status >= 500 and answer.status != 503:
            wrong.append((address[:80], answer.status, told))
    print(f"R4 : {len(wrong)} reflet sur {tried} adresses de {len(ARGUMENTS)} paramètres")
    assert tried == len(PAGES) * len(VECTORS)
    assert not wrong


@pytest.mark.parametrize("name", ARGUMENTS)
def test_one_argument_alone_opens_the_same_dashboard(room: serveur.Server, visitor: Visitor, name: str) -> None:
    """``?template=unknown`` made Voilà's page wait for ever."""
    plain = visitor.ask("/atelier/1-essai", timeout=30)
    other = visitor.ask(f"/atelier/1-essai?{name}=nope", timeout=30)
    assert (other.status, other.body) == (plain.status, plain.body)


@pytest.mark.parametrize("number", range(len(VECTORS) - 1))
def test_no_script_of_an_address_runs_in_a_browser(room: serveur.Server, browser: Browser, number: int) -> None:
    context = browser.new_context()
    page = context.new_page()
    ran: list[str] = []
    page.on("dialog", lambda dialog: ran.append(dialog.message))
    for address in addresses(IN_A_BROWSER)[number :: len(VECTORS)]:
        page.goto(room.url + address.lstrip("/") + "#" + quote(VECTORS[number]), timeout=30_000)
        if page.evaluate("window.intrus"):
            ran.append(address)
    context.close()
    assert ran == []
