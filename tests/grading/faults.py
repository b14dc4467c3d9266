"""What goes wrong in a hand-in, by accident or on purpose: a change of a notebook whose answers are all right.

Each says what is expected: all points, all but those of the first question, or no copy at all (the file is told).
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable

ALL, BUT_ONE, NO_COPY = "tout", "sauf une", "dit"
ANSWER, CHECK, TEXT = "lire-une-case-reponse", "lire-une-case-controle", "ecrire-reponse"

Notebook = dict
Fault = Callable[[Notebook], "Notebook | bytes"]
FAULTS: dict[str, tuple[Fault, str]] = {}


def cell(nb: Notebook, name: str) -> dict:
    return next(item for item in nb["cells"] if item["metadata"].get("nbgrader", {}).get("grade_id") == name)


def _add(name: str, expected: str, change: Fault) -> None:
    FAULTS[name] = change, expected


def _source(name: str, text: str) -> Fault:
    def change(nb: Notebook) -> Notebook:
        cell(nb, name)["source"] = text
        return nb

    return change


def _on_cell(name: str, act: Callable[[dict], object]) -> Fault:
    def change(nb: Notebook) -> Notebook:
        act(cell(nb, name))
        return nb

    return change


def _on_all(act: Callable[[dict], object]) -> Fault:
    def change(nb: Notebook) -> Notebook:
        for item in nb["cells"]:
            act(item)
        return nb

    return change


def _on_notebook(act: Callable[[Notebook], object]) -> Fault:
    def change(nb: Notebook) -> Notebook:
        act(nb)
        return nb

    return change


def _without(name: str) -> Fault:
    return _on_notebook(lambda nb: nb["cells"].remove(cell(nb, name)))


def _doubled(name: str, source: str | None = None) -> Fault:
    def change(nb: Notebook) -> Notebook:
        other = copy.deepcopy(cell(nb, name))
        other["id"] = "double"
        other["source"] = source or other["source"]
        nb["cells"].insert(2, other)
        return nb

    return change


def _dump(nb: Notebook) -> bytes:
    return json.dumps(nb).encode("utf-8", "surrogatepass")


_RIGHT = "reponse_1 = 10.2\n"

# What is typed.
_add("juste", ALL, lambda nb: nb)
_add("faux", BUT_ONE, _source(ANSWER, "reponse_1 = 7"))
_add("pas du Python", BUT_ONE, _source(ANSWER, "reponse_1 = = 3"))
_add("sans réponse", BUT_ONE, _source(ANSWER, "reponse_1 = ..."))
for name, code in {
    "boucle": "while True: pass",
    "attend": "import time; time.sleep(600)",
    "écrit beaucoup": "print('x' * 10**9)",
    "mémoire": "b = bytearray(10**10)",
    "tue le noyau": "import os; os.kill(os.getpid(), 9)",
    "sort": "import sys; sys.exit(0)",
    "sort net": "import os; os._exit(0)",
    "change sa note": "import sqlite3; sqlite3.connect('../gradebook.db').execute('update grade set manual_score=9')",
    "lit les autres": "import glob; print([open(p).read() for p in glob.glob('../**/*', recursive=True)])",
    "réseau": "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')",
    "processus": "import subprocess; [subprocess.Popen(['sleep', '99']) for _ in range(99)]",
    "fil": "import threading, time; threading.Thread(target=time.sleep, args=(99,)).start()",
    "affiche du HTML": "from IPython.display import HTML; display(HTML('<script>alert(1)</script>'))",
}.items():
    _add(name, ALL, _source(ANSWER, _RIGHT + code))
_add("demande une saisie", BUT_ONE, _source(ANSWER, "reponse_1 = float(input())"))
_add("appelle du code", BUT_ONE, _source(ANSWER, "reponse_1 = __import__('os').system('true')"))
_add("toujours égal", BUT_ONE, _source(ANSWER, "class T(float):\n    __eq__ = lambda *a: True\nreponse_1 = T()"))
_add("texte hostile", ALL, _source(TEXT, 'reponse_6 = "<script>alert(1)</script><img src=x onerror=alert(1)>"'))
_add("signes cachés", ALL, _source(TEXT, 'reponse_6 = "r\u00e9ponse \u202e \U0001f600 \ud83d"'))
_add("texte énorme", NO_COPY, _source(TEXT, "reponse_6 = '" + "x" * 6_000_000 + "'"))

# Bytes.
_add("coupé", NO_COPY, lambda nb: _dump(nb)[:1500])
_add("vide", NO_COPY, lambda nb: b"")
_add("zéros", NO_COPY, lambda nb: b"\0" * 4096)
_add("autre JSON", NO_COPY, lambda nb: b'{"a": 1}')
_add("latin-1", ALL, lambda nb: json.dumps(nb, ensure_ascii=False).encode("latin-1", "replace"))
_add("BOM", ALL, lambda nb: b"\xef\xbb\xbf" + json.dumps(nb, ensure_ascii=False).encode())
_add("UTF-16", ALL, lambda nb: json.dumps(nb).encode("utf-16"))

# Structure.
_add("contrôle effacé", ALL, _without(CHECK))
_add("réponse effacée", BUT_ONE, _without(ANSWER))
_add("texte effacé", ALL, _without(TEXT))
_add("tout effacé", NO_COPY, _on_notebook(lambda nb: nb.update(cells=[])))
_add("contrôle doublé", ALL, _doubled(CHECK))
_add("réponse collée deux fois", ALL, _doubled(ANSWER, "reponse_1 = 9"))
_add("métadonnées perdues", ALL, _on_all(lambda item: item.update(metadata={})))
_add("métadonnées d’un contrôle perdues", ALL, _on_cell(CHECK, lambda item: item.update(metadata={})))
_add("contrôle récrit", ALL, _source(CHECK, "assert True"))
_add("points récrits", ALL, _on_cell(CHECK, lambda item: item["metadata"]["nbgrader"].update(points=999)))
_add("contrôle en texte", ALL, _on_cell(CHECK, lambda item: item.update(cell_type="markdown")))
_add("autre noyau", ALL, _on_notebook(lambda nb: nb["metadata"].update(kernelspec={"name": "ir"})))
_add("sans noyau", ALL, _on_notebook(lambda nb: nb.update(metadata={})))
_add("schéma ancien", ALL, _on_all(lambda item: item["metadata"]["nbgrader"].update(schema_version=1)))
_add("format inconnu", ALL, _on_notebook(lambda nb: nb.update(nbformat=99)))
_add("sans identifiants", ALL, _on_all(lambda item: item.pop("id")))
_add("identifiants répétés", ALL, _on_all(lambda item: item.update(id="même")))
_add("autre devoir", NO_COPY, _on_notebook(lambda nb: nb.update(cells=[{"source": "1 + 1", "metadata": {}}])))


def content(name: str, right: bytes) -> bytes:
    """Return the bytes of the hand-in with the fault ``name``."""
    changed = FAULTS[name][0](json.loads(right))
    return changed if isinstance(changed, bytes) else _dump(changed)
