"""R2: does a page, or the state of its widgets, tell the answers of a quiz before they are given?"""

from __future__ import annotations

import html
import json

import pytest

from mallette.quiz import bank
from mallette.units import units
from tests import serveur
from tests.malveillance.client import Kernel, Visitor

KEYS = {
    "juste", "reponse", "explication", "explications", "accepte", "lecture", "panel", "valeur", "proche", "retours",
    "reperes",
}  # fmt: skip
UNITS = [unit for unit in units() if unit.quiz.is_file()]


def secrets(questions: list[dict]) -> set[str]:
    """Return every text that tells an answer."""
    texts = set()
    for item in questions:
        told = [choice["explication"] for choice in item.get("choix", item.get("elements", []))]
        explained = item.get("explications", [])
        told += explained.values() if isinstance(explained, dict) else explained
        told += item.get("retours", []) + item.get("reperes", [])
        texts |= {text for text in told if len(text) > 15}
    return texts


def leaks(text: str, known: set[str]) -> list[str]:
    """Return the texts found in ``text``, as they are or escaped for HTML, JSON or both."""
    plain = html.unescape(text).replace("\\u003c", "<")
    loose = plain.encode().decode("unicode_escape", "ignore").encode("latin-1", "ignore").decode("utf-8", "ignore")
    return [item for item in known if item in plain or item in loose or json.dumps(item)[1:-1] in plain]


def questions_in(value: object) -> list[dict]:
    """Return every dictionary of a state that looks like a question, however deep."""
    if isinstance(value, dict):
        return ([value] if "enonce" in value else []) + [q for item in value.values() for q in questions_in(item)]
    if isinstance(value, list):
        return [question for item in value for question in questions_in(item)]
    return []


@pytest.mark.parametrize("unit", UNITS, ids=[unit.slug for unit in UNITS])
def test_a_dashboard_tells_no_answer(real: serveur.Server, unit: object) -> None:
    visitor = Visitor(real.url, source=f"127.0.3.{1 + UNITS.index(unit)}")  # one device may open ten pages
    known = bank.load_unit(unit).public()["questions"]
    texts = secrets(known)
    page = visitor.ask(f"/atelier/{unit.slug}").text
    with visitor.kernel(visitor.open_dashboard(f"/atelier/{unit.slug}")) as kernel:
        states = kernel.states()
    dump = json.dumps(states, ensure_ascii=False)
    shown = questions_in(states)
    assert len(texts) > 10 and shown, "cette page n’a pas de quiz : ce test ne dirait rien"
    assert leaks(json.dumps(known), texts) and leaks(html.escape(json.dumps(known, ensure_ascii=False)), texts)
    assert not leaks(dump, texts)
    assert not leaks(page, texts)
    assert not [(item["id"], found) for item in shown if (found := KEYS & set(item))]
    right = {item["id"]: [element["texte"] for element in item["elements"]] for item in known if "elements" in item}
    for item in shown:
        if "choix" in item:
            assert [set(choice) for choice in item["choix"]] == [{"texte"}] * len(item["choix"])
        if "elements" in item:
            assert [element["texte"] for element in item["elements"]] != right[item["id"]]
    print(f"R2 : {len(shown)} questions, {len(texts)} textes, 0 dans {len(page) + len(dump)} caractères")


def quizzes(states: dict[str, dict]) -> list[str]:
    return [name for name, state in states.items() if "banque" in state]


def custom(kernel: Kernel, comm: str, *contents: object) -> list:
    """Send custom messages to a widget and return the custom messages it sends back."""
    for content in contents:
        kernel.send("comm_msg", {"comm_id": comm, "data": {"method": "custom", "content": content}})
    return [
        item["content"]["data"]["content"] for item in kernel.barrier()
        if item["header"]["msg_type"] == "comm_msg" and item["content"].get("data", {}).get("method") == "custom"
    ]


FORGED = [
    None, [], "correction", {}, {"type": "correction"}, {"type": "correction", "question": "pluie"},
    {"type": "correction", "question": "absente", "reponse": "vrai"},
    {"type": "correction", "question": ["pluie"], "reponse": "vrai"},
    {"type": "correction", "question": "pluie", "reponse": None},
    {"type": "correction", "question": "pluie", "reponse": "oui"},
    {"type": "correction", "question": "pluie", "reponse": True},
    {"type": "correction", "question": "pluie", "reponse": ["vrai"]},
    {"type": "correction", "question": "pluie", "reponse": {"vrai": 1}},
    {"type": "correction", "question": "pluie", "reponse": "v" * 60_000},
    {"type": "correction", "question": "p" * 60_000, "reponse": "vrai"},
    {"type": "banque"}, {"method": "request_state"},
]


def test_only_a_valid_answer_is_answered(visitor: Visitor, room: serveur.Server) -> None:
    with visitor.kernel(visitor.open_dashboard()) as kernel:
        names = quizzes(kernel.states())
        assert len(names) == 2, "le quiz caché manque"
        for name in names:
            assert custom(kernel, name, *FORGED) == []
        asked = {"type": "correction", "question": "pluie", "reponse": "faux"}
        assert custom(kernel, names[0], asked)[0]["question"]["reponse"] == "vrai", "un quiz honnête reste possible"
    assert "Traceback" not in room.text


UPDATES = [
    {"reponses": {"pluie": "peut-être"}}, {"reponses": {"pluie": 10**300}}, {"reponses": {"absente": "vrai"}},
    {"reponses": [1]}, {"reponses": None}, {"reponses": {"pluie": {"a": ["b"] * 1000}}}, {"banque": None},
    {"banque": {"questions": "x"}}, {"identifiant": 3}, {"_bank": {}}, {"inconnu": 1}, {"_esm": "alert(1)"},
    {"_view_module": "x"}, {"comm": None}, {"keys": []}, {"": 0},
]


def test_a_forged_state_changes_no_key_and_stops_no_kernel(visitor: Visitor) -> None:
    """Traits of one's own kernel may be set to anything: nothing else reads them, and a quiz goes on."""
    with visitor.kernel(visitor.open_dashboard()) as kernel:
        name = quizzes(kernel.states())[0]
        for state in UPDATES:
            for paths in ([], [["banque", 1]]):
                data = {"method": "update", "state": state, "buffer_paths": paths}
                kernel.send("comm_msg", {"comm_id": name, "data": data})
        kernel.send("comm_msg", {"comm_id": name, "data": {"method": "inconnue"}})
        kernel.send("comm_msg", {"comm_id": "inconnu", "data": {}})
        seen = kernel.barrier()
        texts = json.dumps([item["content"] for item in seen])
        assert "Traceback" not in texts and "explications" not in texts
        assert not [item for item in questions_in(kernel.states()) if KEYS & set(item)]
        asked = {"type": "correction", "question": "pluie", "reponse": "faux"}
        assert len(custom(kernel, name, asked)) == 1


MODEL = {"_model_module_version": "2.0.0", "_view_module_version": "2.0.0"}
STATES = [
    None, [], {},
    {**MODEL, "_model_module": "@jupyter-widgets/controls", "_model_name": "HTMLModel",
     "_view_module": "@jupyter-widgets/controls", "_view_name": "HTMLView", "value": "<img src=x onerror=alert(1)>"},
    {**MODEL, "_model_module": "anywidget", "_model_name": "AnyModel", "_view_module": "anywidget",
     "_view_name": "AnyView", "_esm": "x"},
]


@pytest.mark.parametrize("target", ["jupyter.widget", "jupyter.widget.control", "inconnu", "", None, 3])
def test_an_invented_widget_stops_no_kernel(visitor: Visitor, target: object) -> None:
    with visitor.kernel(visitor.open_dashboard()) as kernel:
        before = kernel.widgets()
        for state in STATES:
            kernel.send("comm_open", {"comm_id": "intrus", "target_name": target, "data": {"state": state}},
                        metadata={"version": "2.1.0"})
            kernel.send("comm_close", {"comm_id": "intrus", "data": {}})
        kernel.barrier()
        assert before <= kernel.widgets()
