"""Sphinx extension of the course book: directives, widget assets, offline and French finishing touches.

Plain ``jupyter-book build .`` is enough to build the book: all the kit adds happens here.
"""

from __future__ import annotations

from sphinx.application import Sphinx

from mallette import __version__
from mallette.book import assets, bibliography, directives, execution, finish, freshness, menu, public, search, sheets


def setup(app: Sphinx) -> dict:
    """Register the extension (called by Sphinx)."""
    app.connect("config-inited", assets.prepare, priority=400)
    app.connect("config-inited", execution.choose_kernel, priority=400)
    execution.use_all_processors(app)
    app.connect("env-get-outdated", freshness.outdated_pages)
    app.connect("source-read", execution.recall_cells)
    app.connect("env-updated", execution.keep_settings)
    app.connect("env-updated", freshness.pages_with_another_menu)
    app.connect("env-updated", menu.forget)
    app.connect("html-page-context", menu.share, priority=400)  # before the theme takes it
    app.connect("html-page-context", assets.add_page_assets)
    app.connect("html-page-context", finish.finish_page, priority=900)
    app.connect("build-finished", finish.finish_book)
    app.connect("build-finished", freshness.remember)
    directives.register(app)
    public.register(app)
    sheets.register(app)
    bibliography.register()
    search.register(app)
    return {"version": __version__, "env_version": 2, "parallel_read_safe": True, "parallel_write_safe": True}
