"""R5: is a request that another site, another name or a guess makes refused?"""

from __future__ import annotations

import json
import uuid

import pytest

from tests import serveur
from tests.malveillance.client import Visitor

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
def test_a_page_of_another_site_neither_talks_to_a_kernel_nor_gets_one(visitor: Visitor, number: int) -> None:
    own = visitor.open_dashboard()
    headers = origins(visitor)[number][1]
    address = f"/api/kernels/{own}/channels"
    assert visitor.handshake(address, headers) in (403, 404)
    body = json.dumps({"noyau": own}).encode()
    assert visitor.ask("/atelier/1-essai/noyau", "POST", body, headers).status in (403, 404)
    assert visitor.handshake(address, visitor.own_page) == 101, "cette poignée de main ne dirait rien"
    assert json.loads(visitor.ask_kernel(known=own).body)["noyau"] == own


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


@pytest.mark.parametrize("cookie", ["", "x" * 5000, "é", "../..", "a b", '"', "%00", "mallette_visite"])
def test_a_forged_cookie_opens_nobody_elses_kernel(room: serveur.Server, visitor: Visitor, cookie: str) -> None:
    own = visitor.open_dashboard()
    forged = Visitor(room.url, "127.0.0.4", {"mallette_visite": cookie})
    assert forged.handshake(f"/api/kernels/{own}/channels", visitor.own_page) in (400, 403)
    assert forged.ask(f"/api/kernels/{own}").status in (400, 403)
