"""R1: can a visitor run code, or meddle with a kernel, their own or another's?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus

from tests import serveur
from tests.malveillance.client import CHANNELS, PROTOCOLS, Visitor


def messages(canary: Path) -> dict[str, dict]:
    """Return what is asked of a kernel; code among it writes ``canary``."""
    code = f"open({str(canary)!r}, 'w').write('intrus')"
    return {
        "execute_request": {
            "code": code,
            "silent": False,
            "store_history": True,
            "user_expressions": {"x": code},
            "allow_stdin": True,
            "stop_on_error": False,
        },
        "complete_request": {"code": "impo", "cursor_pos": 4},
        "inspect_request": {"code": "print", "cursor_pos": 5, "detail_level": 1},
        "history_request": {"output": True, "raw": True, "hist_access_type": "tail", "n": 100},
        "is_complete_request": {"code": code},
        "debug_request": {"type": "request", "seq": 1, "command": "evaluate", "arguments": {"expression": code}},
        "interrupt_request": {},
        "create_subshell_request": {},
        "input_reply": {"value": code, "status": "ok"},
        "shutdown_request": {"restart": False},
    }


def replies(seen: list[dict], asked: set[str]) -> list[str]:
    return [item["header"]["msg_type"] for item in seen if item["parent_header"].get("msg_id") in asked]


@pytest.fixture
def own(visitor: Visitor) -> str:
    """The kernel of the visitor's page."""
    return visitor.open_dashboard()


def test_a_visitor_runs_no_code_and_does_not_end_their_kernel(visitor: Visitor, own: str, tmp_path: Path) -> None:
    canary = tmp_path / "canari"
    sent, answered = 0, []
    for protocol in PROTOCOLS:
        with visitor.kernel(own, protocol) as kernel:
            before = kernel.widgets()
            asked = {
                kernel.send(kind, content, channel)
                for kind, content in messages(canary).items()
                for channel in CHANNELS
            }
            sent += len(asked)
            answered += replies(kernel.barrier(), asked)
            assert before and kernel.widgets() == before, "le noyau n’est plus le même"
    print(f"R1 : {len(answered)} réponse à {sent} demandes à son propre noyau")
    assert sent == 10 * 4 * 2
    assert answered == []
    assert not canary.exists()


def test_nobody_talks_to_the_kernel_of_somebody_else(room: serveur.Server, visitor: Visitor, own: str) -> None:
    """Knowing its id is not enough, with a cookie of one's own or with none."""
    other = Visitor(room.url, "127.0.0.2")
    other.open_dashboard()
    with visitor.kernel(own) as kernel:
        before = kernel.widgets()
    tried = 0
    for intruder in (other, Visitor(room.url, "127.0.0.2")):
        for protocol in PROTOCOLS:
            for _ in range(20):
                with pytest.raises(InvalidStatus) as refused, intruder.kernel(own, protocol):
                    pass
                assert refused.value.response.status_code == 403
                tried += 1
        for path in (f"/api/kernels/{own}", f"/voila/api/shutdown/{own}"):
            for method in ("GET", "POST", "DELETE", "PATCH"):
                assert intruder.ask(path, method, b"{}", intruder.own_page).status in (403, 404, 405)
                tried += 1
        assert intruder.open_dashboard() != own
    with visitor.kernel(own) as kernel:
        assert kernel.widgets() == before, "le noyau n’est plus le même"
    print(f"R1 : 0 sur {tried} tentatives chez quelqu’un d’autre")
    assert tried == 2 * (2 * 20 + 2 * 4)


def test_a_request_in_disguise_is_not_run_either(visitor: Visitor, own: str, tmp_path: Path) -> None:
    """The type that the server checks must be the type that the kernel reads."""
    canary = tmp_path / "canari"
    code = {"code": f"open({str(canary)!r}, 'w')", "silent": True}
    good = {"msg_id": "a", "msg_type": "kernel_info_request", "username": "", "session": "s", "version": "5.4"}
    bad = {**good, "msg_type": "execute_request"}
    rest = {"parent_header": {}, "metadata": {}, "content": code, "channel": "shell", "buffers": []}

    def twice(first: dict, second: dict) -> str:
        return f'{{"header": {json.dumps(first)}, "header": {json.dumps(second)}, {json.dumps(rest)[1:]}'

    disguises = [
        json.dumps({**rest, "header": good, "msg_type": "execute_request"}),
        json.dumps({**rest, "header": good, "parent_header": bad}),
        json.dumps({**rest, "header": [bad]}),
        json.dumps({**rest, "header": {**bad, "msg_type": ["execute_request"]}}),
        json.dumps({**rest, "header": {**bad, "msg_type": "EXECUTE_REQUEST"}}),
        json.dumps({**rest, "header": {**bad, "msg_type": " execute_request"}}),
        json.dumps({**rest, "header": bad, "channel": None}),
        json.dumps({**rest, "header": bad, "channel": "hb"}),
        twice(bad, good),
        twice(good, bad),
    ]
    for text in disguises:
        with visitor.kernel(own) as kernel:
            kernel.wire.send(text)
            assert "execute_reply" not in {item["header"]["msg_type"] for item in kernel.receive(0.2)}
    with visitor.kernel(own) as kernel:
        assert kernel.widgets(), "le noyau ne répond plus"
    print(f"R1 : 0 sur {len(disguises)} déguisements")
    assert len(disguises) == 10
    assert not canary.exists()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/kernels"),
        ("POST", "/api/kernels/{kernel}/restart"),
        ("POST", "/api/kernels/{kernel}/interrupt"),
        ("PATCH", "/api/kernels/{kernel}"),
        ("DELETE", "/api/kernels/{kernel}"),
        ("POST", "/voila/api/shutdown/{kernel}"),
        ("POST", "/api/sessions"),
        ("POST", "/api/terminals"),
        ("PUT", "/api/contents/essai.ipynb"),
        ("POST", "/voila/render/1-essai.ipynb"),
    ],
)
def test_no_address_starts_restarts_interrupts_or_ends_a_kernel(
    visitor: Visitor, own: str, method: str, path: str
) -> None:
    answer = visitor.ask(path.format(kernel=own), method, b"{}", {"Content-Type": "application/json"})
    assert answer.status in (403, 404, 405)
    assert b"Traceback" not in answer.body


@pytest.mark.parametrize(
    "path",
    [
        "/voila/execution/{kernel}",
        "/voila/query/{kernel}",
        "/terminals/websocket/1",
        "/api/events/subscribe",
        "/lsp/ws/pylsp",
        "/api/collaboration/room/x",
    ],
)
def test_no_other_websocket_opens(visitor: Visitor, own: str, path: str) -> None:
    assert visitor.handshake(path.format(kernel=own)) in (403, 404)
    assert visitor.handshake(f"/api/kernels/{own}/channels") == 101, "cette poignée de main ne dirait rien"
