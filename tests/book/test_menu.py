"""Is the menu, resolved once for the book, to the byte the one that Sphinx resolves for each page?"""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from mallette.book import menu

PAGES = {
    "index": "# Début\n\n```{toctree}\n:hidden:\n:titlesonly:\n:caption: Une partie & l’autre\n\nun/un\n\nplat\n```\n\n"
    "```{toctree}\n:hidden:\n:caption: Ailleurs\n\nAutre site <https://exemple.fr/x>\n```\n\n## Titre de l’accueil\n",
    "un/un": "# Un *mot* et `un autre`\n\n```{toctree}\n:hidden:\n\n../deux/deux\n```\n\n## Un titre\n",
    "deux/deux": "# Deux\n\n## Un autre titre\n",
    "plat": "# Plat\n",
    "dehors": "---\norphan: true\n---\n# Dehors\n",
}
OPTIONS = ({"titles_only": True, "maxdepth": 4}, {"titles_only": False}, {"maxdepth": 1, "titles_only": True})


def test_it_is_the_menu_of_each_page(tmp_path: Path) -> None:
    for name, text in PAGES.items():
        (tmp_path / "source" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "source" / f"{name}.md").write_text(text, encoding="utf-8")
    settings = {"extensions": ["myst_parser"], "language": "fr", "source_suffix": {".md": "markdown"}}
    places = [str(tmp_path / name) for name in ("html", "memoire")]
    with patch_docutils(), docutils_namespace():
        app = Sphinx(str(tmp_path / "source"), None, *places, "html", confoverrides=settings, status=None)
        asked = []

        def compare(app: Sphinx, pagename: str, templatename: str, context: dict, doctree: object) -> None:
            resolved = context["toctree"]
            menu.share(app, pagename, templatename, context, doctree)
            for options in OPTIONS:
                for collapse in (False, True):
                    every = {**options, "collapse": collapse, "includehidden": True}
                    assert context["toctree"](**every) == resolved(**every), (pagename, every)
                    asked.append(pagename)

        app.connect("html-page-context", compare)
        app.build()
    assert {*PAGES, "search", "genindex"} <= {*asked}
