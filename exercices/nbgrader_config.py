"""Configuration of the graded exercises; nbgrader reads it when a command is run from this folder."""

import os
import shutil
import sys
from pathlib import Path

c = get_config()  # noqa: F821 - given by nbgrader

# nbgrader calls « alembic » by its bare name: it must be found even when the environment is not activated.
if not shutil.which("alembic"):
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])

c.CourseDirectory.course_id = "mallette"
c.CourseDirectory.root = str(Path(__file__).resolve().parent)

# What a participant finds where an answer is expected.
c.ClearSolutions.code_stub = {
    "python": "# Remplacez les trois points par votre réponse, puis exécutez la cellule (Maj + Entrée)."
}
c.ClearSolutions.text_stub = "Écrivez votre réponse ici."

# The evaluator reads the mark scheme in formgrader: its limits are in French; those of the code are nbgrader’s own.
c.ClearMarkScheme.begin_mark_scheme_delimeter = "DÉBUT DE LA GRILLE"
c.ClearMarkScheme.end_mark_scheme_delimeter = "FIN DE LA GRILLE"

# Hand-ins arrive as files named after a pseudonym (« p07_prevalence.ipynb »): no exchange folder, which nbgrader
# refuses on Windows and where the login of the computer stands for the person.
c.FileNameCollectorPlugin.named_regexp = (
    r"^(?:.*[/\\])?(?P<student_id>p[0-9]{2,4})_(?P<file_id>[a-z0-9]+(?:-[a-z0-9]+)*)\.ipynb$"
)
c.ZipCollectApp.strict = True  # a file of another assignment, or wrongly named, is set aside with a warning

# A deleted check cell comes back; nbgrader's default leaves its points out without a word.
c.OverwriteCells.add_missing_cells = True
c.OverwriteCells.missing_cell_notification = "Cette cellule ({cell_id}) manquait dans la copie : elle a été remise.\n\n"

# Answers are literals: a cell that runs for more than a few seconds has gone wrong.
c.Execute.timeout = 20
c.LimitOutput.max_lines = 200
