"""Workshop notebooks: the ``atelier.md`` of each unit, made into what Voilà serves."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import jupytext
import nbformat

from mallette import checks
from mallette.faults import Fault, relative
from mallette.paths import Project
from mallette.units import Unit, first_heading, units


@dataclass(frozen=True)
class Notebook:
    """What Voilà runs.

    Attributes:
        name: end of its address.
        source: the Markdown file that people write.
        path: the notebook made from it.
        ahead: whether it is run before anyone asks.
    """

    name: str
    source: Path
    path: Path
    ahead: bool = True


@dataclass(frozen=True)
class Workshop:
    """A unit as the portal shows it.

    Attributes:
        unit: the unit.
        notebook: the notebook to serve, ``None`` when the unit cannot open.
        faults: why it cannot.
    """

    unit: Unit
    notebook: Notebook | None
    faults: list[Fault] = field(default_factory=list)


def convert(name: str, source: Path, course: Project, ahead: bool = True) -> Notebook:
    """Write a Markdown notebook as what Voilà runs; arguments as the attributes of :class:`Notebook`."""
    notebook = jupytext.read(source)
    notebook.metadata["title"] = first_heading(source)
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    target = course.workshops / f"{name}.ipynb"
    target.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, target)
    return Notebook(name, source, target, ahead)


def prepare(course: Project) -> list[Workshop]:
    """Convert every workshop; a unit that cannot open keeps its faults and stops no other."""
    ready = []
    for unit in units(course):
        faults = checks.unit_faults(unit)
        notebook = None
        if not faults:
            try:
                notebook = convert(unit.slug, unit.workshop, course)
            except OSError:
                raise  # no unit can be written: the command says where
            except Exception as error:  # whatever a hand-written notebook does to the reader, the others must open
                faults = [
                    Fault(
                        relative(unit.workshop, course.root),
                        0,
                        f"atelier illisible ({error})",
                        "comparez avec l’atelier d’une autre unité",
                    )
                ]
        ready.append(Workshop(unit, notebook, faults))
    return ready
