"""How long a class takes: ``mallette noter corriger`` beside stock ``nbgrader autograde``, on the same hand-ins.

    uv run python -m tests.bench.grading [copies]

Prints both times, on the clock and on the processor (which tells more on a busy machine), and whether every score and
comment is the same.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from mallette.grading import gradebook
from mallette.grading.assignment import Assignment
from mallette.paths import Project
from tests.conftest import copy_content
from tests.grading import copies

NAME = "prevalence"


def _class(asked: Assignment, course: Project, size: int) -> None:
    """Hand in ``size`` copies: right, wrong and missing answers at random."""
    rng = random.Random(1)
    right = copies.right(asked)
    for number in range(1000, 1000 + size):
        given = {item.id: rng.choice((right[item.id], right[item.id], copies.wrong(item))) for item in asked.items}
        kept = {name: answer for name, answer in given.items() if rng.random() < 0.9}
        copies.hand_in(asked, course, f"p{number}", kept)


def _stock(course: Project) -> None:
    """Give nbgrader its own steps back: kernels, as it comes."""
    config = course.exercises / "nbgrader_config.py"
    text = config.read_text(encoding="utf-8")
    config.write_text(re.sub(r"^c\.Autograde\..*$", "", text, flags=re.MULTILINE), encoding="utf-8")


def _dump(course: Project) -> list[tuple]:
    rows: list[tuple] = []
    with gradebook.opened(course) as book:
        for student in book.students:
            held = book.find_submission_notebook(NAME, NAME, student.id)
            rows += [(student.id, one.name, one.auto_score, one.needs_manual_grade) for one in held.grades]
            rows += [(student.id, one.name, one.auto_comment) for one in held.comments]
    return sorted(rows, key=str)


def _timed(command: list[str], course: Project) -> tuple[float, float]:
    """Return the seconds that a command takes, on the clock and on the processor."""
    start, before = time.perf_counter(), os.times()
    subprocess.run(command, cwd=course.exercises, check=True, capture_output=True)
    after = os.times()
    processor = after.children_user - before.children_user + after.children_system - before.children_system
    return time.perf_counter() - start, processor


def main(size: int) -> None:
    """Grade a class both ways and print the comparison."""
    scripts = Path(sys.executable).parent
    with tempfile.TemporaryDirectory() as folder:
        ours = copy_content(Path(folder, "mallette"))
        asked = copies.prepared(ours, NAME)
        _class(asked, ours, size)
        shutil.copytree(ours.root, Path(folder, "nbgrader"))
        stock = Project(Path(folder, "nbgrader"))
        _stock(stock)
        mine = _timed([str(scripts / "mallette"), "--cours", str(ours.root), "noter", "corriger", NAME], ours)
        theirs = _timed([str(scripts / "nbgrader"), "autograde", NAME, "--force"], stock)
        for what, ours_s, theirs_s in zip(("horloge", "processeur"), mine, theirs, strict=True):
            ratio = theirs_s / ours_s
            print(f"{size} copies, {what} : mallette {ours_s:.1f} s, nbgrader {theirs_s:.1f} s, rapport {ratio:.1f}")
        print("mêmes notes et commentaires" if _dump(ours) == _dump(stock) else "NOTES DIFFÉRENTES")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 40)
