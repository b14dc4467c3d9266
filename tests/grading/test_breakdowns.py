"""``corriger`` that is stopped, doubled or short of room: no grade is lost or made up, and the same command goes on."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from mallette import cli, files
from mallette.grading import grade, gradebook, state
from mallette.grading.assignment import Assignment
from mallette.paths import Project
from tests.conftest import ROOT
from tests.grading import copies

POINTS = 7.5
"""Of a copy whose answers are all right, its text unread."""
KILLS = 25
KILLED = f"""
import os, random, sys
from mallette.grading import assignment, grade
from mallette.paths import project
from tests.grading.test_breakdowns import in_order
course = project(sys.argv[1])
asked = assignment.load("essai", course)
killed = 0
for seed in range({2 * KILLS}):
    child = os.fork()  # what takes long, importing nbgrader, is done once
    if not child:
        left = random.Random(seed).randrange(3, 150)
        def watch(event, args):
            global left
            if event in ("open", "sqlite3.connect", "os.rename", "compile"):
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), 9)
        sys.addaudithook(watch)
        grade.grade(asked, course)
        os._exit(0)
    killed += os.WTERMSIG(os.waitpid(child, 0)[1]) == 9
    if killed == {KILLS}:
        break
    if in_order(asked, course) == 4:  # all done: from the beginning again
        for path in course.exercises.glob("autograded/*/essai/essai.ipynb"):
            path.unlink()
print(killed)
"""
SHORT_OF_ROOM = """
import resource, sys
from mallette import cli
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
sys.exit(cli.main(sys.argv[2:]))
"""


@pytest.fixture
def hand_in(asked: Assignment, graded_course: Project) -> Callable[[int], None]:
    """Return ``hand_in(count)``: right answers of as many people."""

    def several(count: int) -> None:
        for number in range(1000, 1000 + count):
            copies.hand_in(asked, graded_course, f"p{number}", copies.right(asked))

    return several


def command(course: Project) -> list[str]:
    return ["--cours", str(course.root), "noter", "corriger", "essai"]


def in_order(asked: Assignment, course: Project) -> int:
    """Check that no copy is said to be graded without its points; return how many are graded."""
    held = state.table(asked, course)
    for copy in held.copies:
        total = sum(points or 0 for points in copy.points.values())
        assert (copy.reason, total) in [(state.TO_GRADE, 0), ("", POINTS)], copy
    return len(held.graded)


def ends(asked: Assignment, course: Project, count: int) -> None:
    """Check that the same command ends the work, and leaves no draft."""
    grade.grade(asked, course)
    assert in_order(asked, course) == count
    assert not list(course.exercises.rglob(".*.part"))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="les processus ne se copient pas ici")
def test_killed_at_any_moment(asked: Assignment, graded_course: Project, hand_in: Callable) -> None:
    hand_in(4)
    run = [sys.executable, "-c", KILLED, str(graded_course.root)]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert (done.stdout, done.stderr) == (f"{KILLS}\n", "")
    ends(asked, graded_course, 4)


def test_two_at_once_wait_for_each_other(asked: Assignment, graded_course: Project, hand_in: Callable) -> None:
    hand_in(3)
    run = [str(Path(sys.executable).with_name("mallette")), *command(graded_course)]
    with FileLock(gradebook.folder(graded_course) / grade.LOCK):  # so that both find somebody at work
        both = [subprocess.Popen(run, stdout=subprocess.PIPE, text=True, encoding="utf-8") for _ in range(2)]
        assert all("attend qu’elle finisse" in process.stdout.readline() for process in both)
    told = [process.communicate(timeout=120)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sorted("3 copies corrigées" in text for text in told) == [False, True], "each copy is graded once"
    assert in_order(asked, graded_course) == 3


@pytest.mark.parametrize("rank", [1, 2, 3])
def test_a_disk_that_fills_up_under_a_copy(
    asked: Assignment, graded_course: Project, hand_in: Callable, monkeypatch: pytest.MonkeyPatch, capsys, rank: int
) -> None:
    hand_in(3)
    left = rank

    def full(descriptor: int) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(files.os, "fsync", full)
        assert cli.main(command(graded_course)) == 1
    told = capsys.readouterr().err
    assert "le disque est plein" in told
    assert f"p{999 + rank}" in told
    assert in_order(asked, graded_course) == rank - 1
    ends(asked, graded_course, 3)


@pytest.mark.skipif(os.name == "nt", reason="ce système ne limite pas la taille des fichiers d’un programme")
def test_a_gradebook_that_cannot_grow(asked: Assignment, graded_course: Project, hand_in: Callable) -> None:
    """The system refuses what goes past the size that files may have: SQLite learns it as it does of a full disk."""
    hand_in(2)
    size = (graded_course.exercises / "gradebook.db").stat().st_size
    run = [sys.executable, "-c", SHORT_OF_ROOM, str(size // 3), *command(graded_course)]
    done = subprocess.run(run, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 1
    assert "gradebook.db" in done.stderr
    assert "vérifiez la place" in done.stderr
    assert "Error" not in done.stderr
    assert in_order(asked, graded_course) == 0
    ends(asked, graded_course, 2)
