"""R2: can a visitor break their kernel with a state or a widget of their own making?"""

from __future__ import annotations

import json

import pytest

from tests.malveillance.client import Visitor

UPDATES = [
    {"value": "peut-être"},
    {"value": 10**300},
    {"value": [1]},
    {"value": None},
    {"value": {"a": ["b"] * 1000}},
    {"max": -1},
    {"layout": "x"},
    {"_property_lock": {}},
    {"inconnu": 1},
    {"_view_module": "x"},
    {"comm": None},
    {"keys": []},
    {"": 0},
]


def test_a_forged_state_stops_no_kernel(visitor: Visitor) -> None:
    """Traits of one's own kernel may be set to anything: nothing else reads them."""
    with visitor.kernel(visitor.open_dashboard()) as kernel:
        name = next(name for name, state in kernel.states().items() if "readout" in state)
        for state in UPDATES:
            for paths in ([], [["value", 1]]):
                data = {"method": "update", "state": state, "buffer_paths": paths}
                kernel.send("comm_msg", {"comm_id": name, "data": data})
        kernel.send("comm_msg", {"comm_id": name, "data": {"method": "inconnue"}})
        kernel.send("comm_msg", {"comm_id": "inconnu", "data": {}})
        assert "Traceback" not in json.dumps([item["content"] for item in kernel.barrier()])
        assert kernel.states()[name]["readout"] is True


MODEL = {"_model_module_version": "2.0.0", "_view_module_version": "2.0.0"}
STATES = [
    None,
    [],
    {},
    {
        **MODEL,
        "_model_module": "@jupyter-widgets/controls",
        "_model_name": "HTMLModel",
        "_view_module": "@jupyter-widgets/controls",
        "_view_name": "HTMLView",
        "value": "<img src=x onerror=alert(1)>",
    },
    {
        **MODEL,
        "_model_module": "anywidget",
        "_model_name": "AnyModel",
        "_view_module": "anywidget",
        "_view_name": "AnyView",
        "_esm": "x",
    },
]


@pytest.mark.parametrize("target", ["jupyter.widget", "jupyter.widget.control", "inconnu", "", None, 3])
def test_an_invented_widget_stops_no_kernel(visitor: Visitor, target: object) -> None:
    with visitor.kernel(visitor.open_dashboard()) as kernel:
        before = kernel.widgets()
        for state in STATES:
            kernel.send(
                "comm_open",
                {"comm_id": "intrus", "target_name": target, "data": {"state": state}},
                metadata={"version": "2.1.0"},
            )
            kernel.send("comm_close", {"comm_id": "intrus", "data": {}})
        kernel.barrier()
        assert before <= kernel.widgets()
