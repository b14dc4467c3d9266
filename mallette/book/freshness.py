"""Pages are read again when something they execute has changed.

Sphinx knows that a page changed when its own file did. A figure also depends on the tables and on this package, a quiz
on its bank: without this, a corrected number would stay wrong in the book.
"""

from __future__ import annotations

import json
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from mallette.paths import PACKAGE
from mallette.stamps import fingerprint

_MEMORY = "mallette-fingerprints.json"


def _fingerprints(root: Path) -> dict[str, str]:
    shared = [path for path in (root / "data").glob("*") if path.is_file()]
    shared += [path for path in PACKAGE.rglob("*") if path.suffix in {".py", ".js", ".css", ".json", ".j2"}]
    shared += root.glob("book/*/outils/*.yml")
    shared.append(root / "book" / "annexes" / "references.bib")
    prints = {"": fingerprint([path for path in shared if path.is_file()])}
    for bank in [*root.glob("book/seminaires/*/quiz.yml"), *root.glob("modules/*/quiz.yml")]:
        prints[bank.parent.relative_to(root).as_posix()] = fingerprint([bank, *bank.parent.glob("outils/*.yml")])
    return prints


def outdated_pages(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Return the pages to read again, as Sphinx document names."""
    new = _fingerprints(Path(app.confdir))
    memory = Path(app.doctreedir) / _MEMORY
    old = json.loads(memory.read_text(encoding="utf-8")) if memory.is_file() else {}
    if old.get("") != new[""]:
        return sorted(env.found_docs)
    folders = [folder for folder, value in new.items() if old.get(folder) != value]
    return [name for name in sorted(env.found_docs) if any(name.startswith(f"{folder}/") for folder in folders)]


def remember(app: Sphinx, exception: Exception | None) -> None:
    """Keep the fingerprints of a build that went through."""
    if exception is None:
        memory = Path(app.doctreedir) / _MEMORY
        memory.write_text(json.dumps(_fingerprints(Path(app.confdir))), encoding="utf-8")
