"""R5: is a request that another site, another name or a guess makes refused?"""

from __future__ import annotations

import json
import secrets
import uuid
from urllib.parse import quote

import pytest

from tests import serveur
from tests.malveillance.client import Trainer, Visitor

FOREIGN = ("exemple.fr", "127.0.0.1.exemple.fr")


def origins(visitor: Visitor) -> list[tuple[str, dict[str, str]]]:
    """Return every wrong pair of Origin and Host."""
    port = visitor.host.split(":")[1]
    right = f"http://{visitor.host}"
    return [
        ("autre site", {"Origin": "http://exemple.fr"}),
        ("autre port", {"Origin": f"http://127.0.0.1:{int(port) + 1}"}),
        ("sans origine lisible", {"Origin": "null"}),
        ("nom trompeur", {"Origin": f"http://{visitor.host}.exemple.fr"}),
        ("nom rebattu", {"Host": f"exemple.fr:{port}", "Origin": f"http://exemple.fr:{port}"}),
        ("autre hôte", {"Host": f"exemple.fr:{port}", "Origin": right}),
    ]


@pytest.mark.parametrize("number", range(6), ids=lambda number: origins(Visitor("http://127.0.0.1:1/"))[number][0])
def test_a_page_of_another_site_does_not_talk_to_a_kernel(visitor: Visitor, number: int) -> None:
    own = visitor.open_dashboard()
    headers = origins(visitor)[number][1]
    address = f"/api/kernels/{own}/channels"
    assert visitor.handshake(address, headers) in (403, 404)
    assert visitor.handshake(address, visitor.own_page) == 101, "cette poignée de main ne dirait rien"


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("path", ["/", "/livre/", "/s", "/formateur", "/atelier/1-essai", "/statique/atelier.css"])
def test_a_foreign_name_of_this_server_meets_no_route(visitor: Visitor, method: str, path: str) -> None:
    for name in FOREIGN:
        answer = visitor.ask(path, method, b"", {"Host": f"{name}:{visitor.host.split(':')[1]}"})
        assert answer.status == 404
        assert b"essai" not in answer.body


def test_a_thousand_guessed_kernels_stay_closed(room: serveur.Server, visitor: Visitor) -> None:
    """With and without a cookie; the addresses beside them too."""
    own = visitor.open_dashboard()
    stranger = Visitor(room.url, "127.0.0.3")
    statuses = []
    for number in range(1000):
        guess = str(uuid.uuid4()) if number % 2 else own[:-4] + f"{number:04x}"
        who = visitor if number % 4 < 2 else stranger
        if number % 10:
            statuses.append(who.handshake(f"/api/kernels/{guess}/channels", visitor.own_page))
        else:
            statuses.append(who.ask(f"/api/kernels/{guess}").status)
    print(f"R5 : 0 sur {len(statuses)} noyaux devinés")
    assert len(statuses) == 1000
    assert set(statuses) <= {403, 404}
    with visitor.kernel(own) as kernel:
        assert kernel.widgets()


@pytest.mark.parametrize("cookie", ["", "x" * 5000, "é", "../..", "a b", '"', "%00", "visit"])
def test_a_forged_cookie_opens_nobody_elses_kernel(room: serveur.Server, visitor: Visitor, cookie: str) -> None:
    own = visitor.open_dashboard()
    forged = Visitor(room.url, "127.0.0.4", {"visit": cookie})
    assert forged.handshake(f"/api/kernels/{own}/channels", visitor.own_page) in (400, 403)
    assert forged.ask(f"/api/kernels/{own}").status in (400, 403)


LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def test_a_thousand_guessed_codes_are_stopped_at_the_tenth(room: serveur.Server, trainer: Trainer) -> None:
    """By every address of the séance, even with a code that exists; and for the guesser only."""
    code = trainer.open_seance()
    guesser = Visitor(room.url, "127.0.7.1")
    ways = ("/s?code={}", "/s/{}", "/s/{}/etat", "/s/{}/flux", "/s/{}/rejoindre", "/s/{}/reponse")
    statuses = []
    for number in range(1000):
        guess = "".join(secrets.choice(LETTERS) for _ in range(6))
        path = ways[number % len(ways)].format(guess)
        method = "POST" if path.endswith(("rejoindre", "reponse")) else "GET"
        asked = {"question": "pluie", "tour": 1, "numero": 1, "reponse": "vrai"}
        body = json.dumps(asked).encode() if method == "POST" else None
        statuses.append(guesser.ask(path, method, body, guesser.own_page).status)
    print(f"R5 : {statuses.count(404)} codes essayés, {statuses.count(429)} refusés d’emblée")
    # An answer of somebody who has not joined is refused before its code is looked at (403).
    assert statuses.count(404) == 10 and set(statuses[:11]) <= {403, 404} and set(statuses[11:]) == {429}
    assert guesser.send(f"/s/{code}/rejoindre", {}).status == 429, "un code juste ne se devine pas non plus"
    Visitor(room.url, "127.0.7.2").join(code)


@pytest.mark.parametrize("code", ["", "A", "ABCDEF" * 50, "../..", "%00", "ABC%20DEF", "<b>", "é" * 6, "000000", "-1"])
def test_a_code_that_cannot_be_one_is_refused(room: serveur.Server, visitor: Visitor, code: str) -> None:
    for end in ("", "/etat", "/flux", "/rejoindre", "/reponse"):
        answer = visitor.ask(quote(f"/s/{code}{end}", safe="/%"), headers=visitor.own_page)
        assert answer.status in ((200, 404, 405, 429) if not code else (404, 405, 429))
        assert b"Traceback" not in answer.body and b"<b>" not in answer.body


@pytest.mark.parametrize("cookie", ["", "x", "x" * 43, "\u00e9", "../..", '"', "null"])
def test_without_the_trainers_secret_nothing_is_conducted(room: serveur.Server, trainer: Trainer, cookie: str) -> None:
    code = trainer.open_seance()
    intruder = Visitor(room.url, "127.0.7.3", {"mallette_formateur": cookie})
    form = {**intruder.own_page, "Content-Type": "application/x-www-form-urlencoded"}
    refused = [
        intruder.ask("/formateur"),
        intruder.ask(f"/formateur/entrer?cle={quote(cookie)}"),
        intruder.ask("/formateur/seances", "POST", b"unite=1-essai&attendus=5", form),
        *(
            intruder.ask(f"/formateur/s/{code}{end}")
            for end in ("", "/ecran", "/fragment", "/flux", "/restitution.html", "/restitution.md", "/resultats.csv")
        ),
        *(
            intruder.ask(f"/formateur/s/{code}/action", "POST", f"action={action}&confirme=1".encode(), form)
            for action in ("ouvrir", "fermer", "reveler", "terminer", "effacer")
        ),
    ]
    assert {answer.status for answer in refused} <= {400, 403}
    assert b"1-essai" not in b"".join(answer.body for answer in refused)
    Visitor(room.url, "127.0.7.4").join(code)  # the séance is still open
