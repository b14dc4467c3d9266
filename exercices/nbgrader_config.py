"""Configuration of the graded work; nbgrader reads it when a command is run from this folder."""

import os
import shutil
import sys
from pathlib import Path

from nbgrader.preprocessors import AssignLatePenalties, CheckCellMetadata, OverwriteCells, SaveAutoGrades
from nbgrader.server_extensions.formgrader import handlers

from mallette.grading.notebook import SCHEME, STUB
from mallette.grading.preprocessors import OnlyAnswers, RunHere
from mallette.paths import PACKAGE

c = get_config()  # noqa: F821 - given by nbgrader

# nbgrader calls « alembic » by its bare name: it must be found even when the environment is not activated.
if not shutil.which("alembic"):
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])

c.CourseDirectory.course_id = "mallette"
c.CourseDirectory.root = str(Path(__file__).resolve().parent)

# What a participant finds where an answer is expected; the limits of the rubric are in French.
c.ClearSolutions.code_stub = {"python": STUB}
c.ClearMarkScheme.begin_mark_scheme_delimeter = SCHEME[0].strip("= ")
c.ClearMarkScheme.end_mark_scheme_delimeter = SCHEME[1].strip("= ")

# A hand-in is read for its answers; the checks run without a kernel. Nothing that a participant typed is executed.
c.Autograde.sanitize_preprocessors = [OnlyAnswers, OverwriteCells, CheckCellMetadata]
c.Autograde.autograde_preprocessors = [RunHere, SaveAutoGrades, AssignLatePenalties, CheckCellMetadata]

# The pages of nbgrader, without what they would fetch from another host.
c.HTMLExporter.extra_template_basedirs = [str(PACKAGE / "grading" / "templates" / "nbgrader"), handlers.template_path]
