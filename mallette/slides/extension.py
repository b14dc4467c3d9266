"""Sphinx extension of the decks: presenter notes, freshness, and no page but the decks."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from mallette import __version__
from mallette.faults import relative
from mallette.paths import PACKAGE
from mallette.slides import cells
from mallette.stamps import fingerprint


class notes(nodes.General, nodes.Element):
    """What the presenter reads and the room does not see."""


class Notes(SphinxDirective):
    """``{notes}``: any Markdown, shown in the presenter's window only."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        self.assert_has_content()
        return [notes("", *self.parse_content_to_nodes())]


def _visit(translator, node: notes) -> None:
    translator.body.append('<aside class="notes">\n')


def _depart(translator, node: notes) -> None:
    translator.body.append("</aside>\n")


def _announce(app: Sphinx, docname: str, source: list[str]) -> None:
    """Tell the reader of cells which file it reads."""
    cells.reading = relative(Path(app.env.doc2path(docname)), Path(app.srcdir).parent)


def _settle_config(app: Sphinx) -> None:
    """Undo what sphinx-revealjs appends to its own setting, or every build would find the configuration changed."""
    app.config.revealjs_static_path = app.config.revealjs_static_path[:-1]


def _fingerprint(app: Sphinx) -> str:
    data = [path for path in (Path(app.srcdir).parent / "data").glob("*") if path.is_file()]
    package = list(PACKAGE.glob("*.py"))
    suffixes = {".py", ".css", ".js", ".html", ".j2"}
    for part in ("data", "figures", "slides", "templates"):
        package += [path for path in (PACKAGE / part).rglob("*") if path.suffix in suffixes]
    return fingerprint([*data, *package])


def _outdated(app: Sphinx, env: BuildEnvironment, *changes: set[str]) -> list[str]:
    """Read every deck again when the tables or the package changed: a corrected number must not stay wrong."""
    new = _fingerprint(app)
    old, env.mallette_fingerprint = getattr(env, "mallette_fingerprint", None), new
    return [] if old == new else sorted(env.found_docs)


def _stand_alone(app: Sphinx, doctree: nodes.document) -> None:
    """A deck belongs to no table of contents, and that is no fault."""
    app.env.metadata[app.env.docname].setdefault("orphan", True)


def setup(app: Sphinx) -> dict:
    """Register the extension (called by Sphinx)."""
    handlers = (_visit, _depart)
    app.add_node(notes, html=handlers, revealjs=handlers, dirrevealjs=handlers)
    app.add_directive("notes", Notes)
    app.connect("builder-inited", _settle_config)
    app.connect("source-read", _announce)
    app.connect("env-get-outdated", _outdated)
    app.connect("doctree-read", _stand_alone)
    return {"version": __version__, "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
