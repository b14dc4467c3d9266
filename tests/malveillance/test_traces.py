"""R15: after a séance, what is left on the laptop of those who came?"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from tests import serveur
from tests.malveillance.client import Trainer, Visitor
from tests.malveillance.conftest import write_room

PHONES = 40
WORD = "canariqx"
"""Starts every text that a phone sends; it is in no file of the kit."""
REFLECTION = """\
  - id: souvenir
    type: reflexion
    objectif: o1
    enonce: Racontez.
    reperes: [Un repère.]
"""


@pytest.fixture
def laptop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[serveur.Server, Path]]:
    """A workshop whose every place to write is under one folder, but for the kernels' keys."""
    for name in (
        "HOME",
        "TMPDIR",
        "XDG_STATE_HOME",
        "XDG_CACHE_HOME",
        "XDG_CONFIG_HOME",
        "XDG_DATA_HOME",
        "XDG_RUNTIME_DIR",
        "MALLETTE_SEANCES",
        "JUPYTER_CONFIG_DIR",
        "JUPYTER_DATA_DIR",
        "JUPYTER_RUNTIME_DIR",
        "IPYTHONDIR",
        "MPLCONFIGDIR",
    ):
        (tmp_path / name.lower()).mkdir()
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    course = write_room(tmp_path / "cours")
    with (course.modules / "1-essai" / "quiz.yml").open("a", encoding="utf-8") as bank:
        bank.write(REFLECTION)
    running = serveur.start(course, tmp_path / "serveur.log")
    yield running, tmp_path
    running.close()


def grep(folders: list[Path], pattern: str) -> list[str]:
    """Return the files whose content or name matches, in any of the encodings a program might have chosen."""
    wanted = re.compile(pattern.encode())
    found = []
    for folder in folders:
        for path in folder.rglob("*"):
            content = path.read_bytes() if path.is_file() else b""
            if wanted.search(content) or wanted.search(content.replace(b"\x00", b"")) or wanted.search(bytes(path)):
                found.append(str(path))
    return found


def key_folder(server: serveur.Server) -> Path:
    """Return the folder of the kernels' keys: an argument of the process that forks them, outside ``TMPDIR``."""
    lines = [" ".join(child.cmdline()) for child in psutil.Process(server.process.pid).children()]
    return Path(re.search(r"/tmp/kernels_[^/ ]+", "\n".join(lines)).group())


def attend(phone: Visitor, code: str, number: int) -> None:
    """Do all that a phone may do, and some that it should not, with a word of its own in everything."""
    word = f"{WORD}{number}"
    phone.ask("/", headers={"User-Agent": word, "Referer": f"http://{word}/", "X-Forwarded-For": phone.source})
    phone.ask(f"/{word}?{word}={word}")
    phone.ask("/s?code=" + word)
    for _ in range(2):
        assert phone.send(f"/s/{code}/rejoindre", {"nom": word}).status == 200
    phone.ask(f"/s/{code}/etat")
    answer = {"question": "souvenir", "tour": 1, "numero": 1, "reponse": f"{word} a dit."}
    assert phone.send(f"/s/{code}/reponse", answer).status == 200
    for wrong in ({**answer, "question": word}, {**answer, "reponse": [word]}, {word: word}, [word], word):
        phone.send(f"/s/{code}/reponse", wrong)
    phone.ask(f"/s/{code}/reponse", "POST", f"{{{word}".encode(), phone.own_page)
    phone.ask("/formateur/entrer?cle=" + word)
    if number % 4:
        return
    with phone.kernel(phone.open_dashboard()) as kernel:
        slider = next(name for name, state in kernel.states().items() if "readout" in state)
        for state in ({"description": word}, {"value": word}, {word: word}):  # the last two are refused by the widget
            kernel.send("comm_msg", {"comm_id": slider, "data": {"method": "update", "state": state}})
        kernel.send("comm_msg", {"comm_id": slider, "data": {"method": "custom", "content": word}})
        kernel.send("execute_request", {"code": f"print('{word}')"})
        kernel.send(word)
        kernel.barrier()
        kernel.wire.send(json.dumps({word: word}))


def test_nothing_of_those_who_came_is_left(laptop: tuple[serveur.Server, Path]) -> None:
    server, folder = laptop
    trainer = Trainer(server.url).enter(server.text)
    code = trainer.open_seance(expected=PHONES)
    trainer.does(code, "ouvrir", question="souvenir", tour=1)
    phones = [Visitor(server.url, f"127.45.{number}.200") for number in range(PHONES)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: attend(phones[number], code, number), range(PHONES)))
    trainer.does(code, "fermer", question="souvenir", tour=1)
    words, addresses = WORD, r"127\.45\.\d+\.200"
    keys = key_folder(server)
    assert grep([folder], words), "les réponses ne sont nulle part : ce test ne dirait rien"
    assert keys.is_dir() and not grep([keys], f"{words}|{addresses}")
    assert not grep([folder], addresses)

    trainer.does(code, "terminer")
    trainer.does(code, "effacer")
    left = grep([folder], words)
    assert [path for path in folder.rglob("restitution.html")], "la restitution n’est pas écrite"
    assert server.interrupt() == 0
    cookies = [cookie for phone in [*phones, trainer] for cookie in phone.given]
    lasting = [cookie for cookie in cookies if re.search("expires|max-age", cookie, re.IGNORECASE)]
    print(f"R15 : {PHONES} téléphones, {len(cookies)} cookies dont {len(lasting)} durable, {len(left)} trace")
    assert not left
    assert not grep([folder], f"{words}|{addresses}")
    assert len(cookies) > PHONES and not lasting
    assert not keys.exists()
    assert "Traceback" not in server.text
