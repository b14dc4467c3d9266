"""A class where everything goes wrong at once: each copy has the points it deserves, nothing that was typed is run."""

from __future__ import annotations

import io
import json
import random
import re
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from mallette.grading import collect, gradebook, handin, state
from mallette.grading.assignment import Assignment
from mallette.grading.handin import Unreadable
from mallette.paths import Project
from tests.grading import copies
from tests.grading.faults import ALL, BUT_ONE, FAULTS, NO_COPY, content

ENGLISH = re.compile(r"\b(?:error|the|invalid|notebook|expecting|warning)\b", re.IGNORECASE)

AUDITED = """
import os, sys
seen = []
course, *steps = sys.argv[1:]
def watch(event, args):
    if event in ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "socket.connect", "os.fork"):
        seen.append((event, str(args)[:200]))
    writes = os.O_WRONLY | os.O_RDWR
    if event == "open" and isinstance(args[0], str) and isinstance(args[2], int) and args[2] & writes:
        path = os.path.abspath(args[0])
        if not path.startswith((course, "/dev/", os.environ["TMPDIR"])):
            seen.append(("write", path))
    if event == "exec":
        code = args[0]
        if "canari" in repr(code.co_names + code.co_consts) and "<contr" not in code.co_filename:
            seen.append(("exec", code.co_filename))
from mallette import cli
from mallette.grading import grade, gradebook, collect, state
sys.addaudithook(watch)
for step in steps:
    cli.main(["--cours", course, "noter", *step.split("|")])
print("VU", seen)
"""

MEASURED = """
import json, resource, sys
from pathlib import Path
from mallette.grading import assignment, collect
from mallette.paths import project
def peak():  # ru_maxrss holds that of the process which started this one
    status = Path("/proc/self/status")
    if status.is_file():
        return int(status.read_text().split("VmHWM:")[1].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
course = project(sys.argv[1])
asked = assignment.load("essai", course)
before = peak()
found = collect.collect(asked, course, Path(sys.argv[2]))
print(json.dumps([found.taken, found.told, peak() - before]))
"""


def handed(asked: Assignment, course: Project) -> Path:
    """Write one hand-in for each fault, and eleven good ones: a class of about sixty."""
    place = course.root / "copies"
    place.mkdir()
    right = copies.answered(asked, course, copies.right(asked))
    for number, name in enumerate(FAULTS, 1000):
        (place / f"p{number}_essai.ipynb").write_bytes(content(name, right))
    for number in range(2000, 2011):
        (place / f"p{number}.ipynb").write_bytes(right)
    return place


def test_each_copy_has_the_points_it_deserves_and_nothing_that_was_typed_is_run(
    asked: Assignment, graded_course: Project, tmp_path: Path
) -> None:
    place = handed(asked, graded_course)
    nb = json.loads(copies.answered(asked, graded_course, copies.right(asked)))
    for cell in nb["cells"]:
        cell["source"] = "import os\ncanari = os.system('touch canari')\n" + "".join(cell["source"])
    (place / "p9000.ipynb").write_text(json.dumps(nb), encoding="utf-8")
    said, seen = _audited(graded_course, tmp_path, f"relever|essai|{place}", "corriger|essai", "rendre|essai")
    assert seen == "[]"
    assert not list(tmp_path.rglob("canari"))

    told = dict(re.findall(r"^ *(p\d+\S*\.ipynb)\s*: *(\S.*)$", said, re.MULTILINE))
    graded = {copy.code: copy for copy in state.table(asked, graded_course).copies}
    full = asked.points - sum(item.points for item in asked.texts)
    wanted = {ALL: full, BUT_ONE: full - asked.items[0].points}
    for number, (name, (_, expected)) in enumerate(FAULTS.items(), 1000):
        code = f"p{number}"
        if expected == NO_COPY:
            assert code not in graded, name
            assert told[f"{code}_essai.ipynb"], name
        else:
            assert sum(points or 0 for points in graded[code].points.values()) == wanted[expected], name
    assert not [text for text in told.values() if ENGLISH.search(text)]


def _audited(course: Project, tmp_path: Path, *steps: str) -> tuple[str, str]:
    """Run steps in a process whose audit hook notes what hostile code would do; return what they say and what it saw.

    They are run in a process of their own: an audit hook stays.
    """
    (tmp_path / "tmp").mkdir(exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-c", AUDITED, str(course.root.resolve()), *steps],
        capture_output=True,
        text=True,
        check=True,
        env={
            "PATH": "/usr/bin:/bin",
            "TMPDIR": str(tmp_path / "tmp"),
            "HOME": str(tmp_path),
            "LC_ALL": "C.UTF-8",
            "PYTHONDONTWRITEBYTECODE": "1",
        },
    )
    said, _, seen = done.stdout.rpartition("VU ")
    return said, seen.strip()


def test_nbgrader_alone_runs_nothing_either(asked: Assignment, graded_course: Project, tmp_path: Path) -> None:
    """Hostile files put by hand where nbgrader looks for hand-ins."""
    right = copies.answered(asked, graded_course, copies.right(asked))
    for code, cells in (("p0001", ("preparation", "choix-controle")), ("p0002", ("choix-reponse",))):
        nb = json.loads(right)
        for cell in nb["cells"]:
            if cell["metadata"]["nbgrader"]["grade_id"] in cells:
                held = "".join(cell["source"])
                cell["source"] = f"open({str(tmp_path / 'canari')!r}, 'w')\n{held}"
        path = gradebook.submitted(graded_course, "essai", code)
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(nb), encoding="utf-8")
    run = [Path(sys.executable).with_name("nbgrader"), "autograde", "essai", "--force"]
    subprocess.run(run, cwd=graded_course.exercises, check=True, capture_output=True)
    assert not (tmp_path / "canari").exists()
    with gradebook.opened(graded_course) as book:
        for code in ("p0001", "p0002"):
            assert gradebook.scores(book, "essai", code)["choix"].points == 1.5


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.endurance) for seed in range(1, 4))])
def test_no_mutant_of_a_hand_in_raises_anything_but_a_french_sentence(
    asked: Assignment, graded_course: Project, seed: int
) -> None:
    odd = [None, True, -1, 1e308, float("nan"), "", [], {}, ["a", 1], {"a": {}}, "\ud83d", "\0", 10**400, "[" * 500]
    odd += ["-" * 5000 + "1", "(" * 300, '"' * 3, "reponse_1 = " + "9" * 6000, "reponse_1 = " + "1+" * 3000 + "1"]
    odd += [
        "reponse_1 = " + "[" * 199 + "]" * 199,
        'reponse_2 = "a" if 1 else 2',
        'reponse_6 = f"{1}"',
        "reponse_1 = 1e999",
    ]
    odd += [
        "reponse_3 = {1, 2}",
        "reponse_3 = [1] * 10**9",
        "reponse_5 = ['a', ['b']]",
        "reponse_4 = b'vrai'",
        "reponse_1 = 1j",
    ]
    rng = random.Random(seed)
    right = copies.answered(asked, graded_course, copies.right(asked))
    for rank in range(400):
        if rank % 3 == 0:
            changed = bytearray(right)
            for _ in range(rng.randint(1, 20)):
                at = rng.randrange(len(changed))
                changed[at : at + rng.choice((0, 1, 1, 300))] = rng.randbytes(rng.randint(0, 20))
            mutant = bytes(changed)
        else:
            nb = json.loads(right)
            for cell in rng.sample(nb["cells"], 4):
                where = rng.choice((cell, cell["metadata"]))
                where[rng.choice([*where, "source", "source"])] = rng.choice(odd)
            if rank % 10 == 0:
                nb[rng.choice([*nb])] = rng.choice(odd)
            mutant = json.dumps(nb).encode("utf-8", "surrogatepass")
        try:
            handin.filled(asked, handin.read(mutant, asked))
        except Unreadable as told:
            assert not ENGLISH.search(str(told))


def test_archives_write_nothing_and_say_what_they_hold(
    asked: Assignment, graded_course: Project, tmp_path: Path
) -> None:
    right = copies.answered(asked, graded_course, copies.right(asked))
    place = graded_course.root / "copies"
    place.mkdir()
    with zipfile.ZipFile(place / "classe.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../p0001_essai.ipynb", right)
        archive.writestr("/p0002_essai.ipynb", right)
        archive.writestr("p0003_essai.ipynb", b"0" * 200_000_000)  # 200 kB packed
        link = zipfile.ZipInfo("p0004_essai.ipynb")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("p0005_essai.ipynb", right)
        archive.writestr("encore/p0005_essai.ipynb", copies.answered(asked, graded_course, {}))
    with zipfile.ZipFile(place / "foule.zip", "w") as archive:
        for number in range(collect.MOST_FILES + 5):
            archive.writestr(f"n{number}.txt", b"")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("p0006_essai.ipynb", right)
    (place / "coupée.zip").write_bytes(packed.getvalue()[:-30])
    (place / "p0007_essai.ipynb").symlink_to("/etc/passwd")
    before = {path for path in tmp_path.rglob("*") if "submitted" not in path.parts}
    found = collect.collect(asked, graded_course, place)
    assert found.taken == ["p0001", "p0002", "p0005"]
    told = {name: text for name, text in found.told if not name.startswith("foule.zip › n")}
    assert {name: text.split(" ")[0] for name, text in told.items()}.keys() == {
        "classe.zip › p0003_essai.ipynb",
        "classe.zip › p0004_essai.ipynb",
        "classe.zip › p0005_essai.ipynb",
        "coupée.zip",
        "foule.zip",
        "p0007_essai.ipynb",
    }
    assert {path for path in tmp_path.rglob("*") if "submitted" not in path.parts} == before


def test_hostile_archives_take_little_memory(asked: Assignment, graded_course: Project) -> None:
    """However big or twisted, one file is in memory at a time, and is left when it is no hand-in."""
    place = graded_course.root / "copies"
    place.mkdir()
    right = json.loads(copies.answered(asked, graded_course, copies.right(asked)))
    heavy = json.dumps({**right, "metadata": {"image": "x" * (handin.LARGEST_FILE - 40_000)}})
    many = {"source": "reponse_1 = [" + "[1]," * 8000 + "]"}
    with zipfile.ZipFile(place / "classe.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number in range(1000, 1040):
            archive.writestr(f"p{number}.ipynb", heavy)
        archive.writestr("p2000.ipynb", b"0" * 200_000_000)
        archive.writestr("p2001.ipynb", filled_with('{"":{}}'))
        archive.writestr("p2002.ipynb", filled_with('{"a":0}').decode().encode("utf-16")[: handin.LARGEST_FILE - 1])
        archive.writestr("p2003.ipynb", filled_with(json.dumps(many)))
        archive.writestr("p2004.ipynb", json.dumps({"cells": [many, right["cells"][0]]}))
    with zipfile.ZipFile(place / "foule.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number in range(2000):
            archive.writestr(f"{number}/p3000.ipynb", b"[" * 1_000_000 if number % 100 == 0 else b"[")
    run = [sys.executable, "-c", MEASURED, str(graded_course.root), str(place)]
    done = subprocess.run(run, capture_output=True, text=True, encoding="utf-8", check=True)
    taken, told, growth = json.loads(done.stdout)
    assert len(taken) == 40
    assert {name.split("› ")[-1] for name, _ in told} >= {f"p{number}.ipynb" for number in range(2000, 2005)}
    assert growth < 150, f"{growth:.0f} Mo de plus que le programme au repos"


def filled_with(part: str) -> bytes:
    """Return a notebook of the greatest weight whose cells are all ``part``."""
    parts = (handin.LARGEST_FILE - 20) // (len(part) + 1)
    return f'{{"cells":[{",".join([part] * parts)}]}}'.encode()
