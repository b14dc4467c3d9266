"""The cycle of an assignment, run inside this process: generate, collect, autograde, read the scores.

Same steps as ``nbgrader generate_assignment``, ``zip_collect`` and ``autograde`` in ``exercices/``, without the five
seconds that each command takes to start.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI, ZipCollectApp
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config, PyFileConfigLoader

CONFIG = "nbgrader_config.py"


class GradingError(Exception):
    """A step of nbgrader failed; the message holds its log."""


@dataclass(frozen=True)
class Score:
    """Points of one graded cell of one hand-in.

    Attributes:
        points: what the check or, once she has marked it, a person gave; ``None`` when a person still has to.
        maximum: points that the cell is worth.
        comment: what the evaluator wrote about it, possibly empty.
    """

    points: float | None
    maximum: float
    comment: str = ""


class Course:
    """A plain nbgrader course.

    Args:
        folder: the folder that holds ``nbgrader_config.py`` and ``source/``.

    Attributes:
        config: what ``nbgrader_config.py`` says.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.config = Config(PyFileConfigLoader(CONFIG, path=str(self.folder)).load_config())
        self._directory = CourseDirectory(config=self.config)
        self._api = NbGraderAPI(self._directory, config=self.config)

    @property
    def assignments(self) -> list[str]:
        """Names of the assignments, in alphabetical order."""
        return sorted(path.stem for path in (self.folder / "source").glob("*/*.ipynb"))

    def source(self, assignment: str) -> Path:
        return self.folder / "source" / assignment / f"{assignment}.ipynb"

    def release(self, assignment: str) -> Path:
        """The notebook that participants receive, once generated."""
        return self.folder / "release" / assignment / f"{assignment}.ipynb"

    def graded(self, assignment: str, pseudonym: str) -> Path:
        """The hand-in of one person once its checks have run."""
        return self.folder / "autograded" / pseudonym / assignment / f"{assignment}.ipynb"

    def generate(self, assignment: str) -> Path:
        """Make the release of ``assignment`` and return its path.

        Raises:
            GradingError: nbgrader refused the source.
        """
        self._done(self._api.generate_assignment(assignment))
        return self.release(assignment)

    def collect(self, assignment: str, files: Mapping[str, Path]) -> list[str]:
        """Hand in ``files`` (pseudonym → notebook) through nbgrader's ``zip_collect``; return who was collected.

        The files are named and put where a person would put them: ``downloaded/<assignment>/archive/``.

        Raises:
            GradingError: nbgrader gave up, for instance on two files of one person.
        """
        archive = self.folder / "downloaded" / assignment / "archive"
        archive.mkdir(parents=True, exist_ok=True)
        for pseudonym, path in files.items():
            shutil.copyfile(path, archive / f"{pseudonym}_{assignment}.ipynb")
        app = ZipCollectApp(config=self.config, log_level=logging.WARNING)
        app.coursedir = CourseDirectory(config=self.config, assignment_id=assignment)
        app.force = True
        try:
            app.start()
        except SystemExit as error:
            raise GradingError(f"zip_collect : la collecte de « {assignment} » a échoué") from error
        return sorted(self._api.get_submitted_students(assignment))

    def autograde(self, assignment: str, pseudonym: str) -> None:
        """Run the checks on one hand-in; what was there before is replaced.

        Raises:
            GradingError: the notebook could not be graded.
        """
        self._done(self._api.autograde(assignment, pseudonym, force=True, create=True))

    def scores(self, assignment: str, pseudonym: str) -> dict[str, Score]:
        """Return the points of each graded cell, by ``grade_id``."""
        with Gradebook(self._directory.db_url, self._directory.course_id) as book:
            notebook = book.find_submission_notebook(assignment, assignment, pseudonym)
            comments = {comment.name: comment.manual_comment for comment in notebook.comments}
            return {
                grade.name: Score(
                    None if grade.needs_manual_grade and grade.manual_score is None else grade.score,
                    grade.max_score,
                    _comment(grade.name, comments),
                )
                for grade in notebook.grades
            }

    @staticmethod
    def _done(result: dict) -> None:
        if not result["success"]:
            raise GradingError("\n".join(filter(None, (result.get("error"), result.get("log")))))


def _comment(grade_id: str, comments: Mapping[str, str | None]) -> str:
    """Return what the evaluator wrote about a question, under its answer or under its task."""
    answer = f"{grade_id.rpartition('-')[0]}-reponse"
    return "\n".join(filter(None, (comments.get(answer), comments.get(grade_id))))
