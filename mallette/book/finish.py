"""Last touches on built pages: what the theme leaves in English, off-line, or without an accessible name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

from sphinx.application import Sphinx

from mallette import organisation, templates
from mallette.book import assets, credits, fragments, light, search
from mallette.faults import ContentError
from mallette.handwritten.text import stamp
from mallette.paths import Project

# The theme and its helpers have no French catalogue for these (sphinx-book-theme 1.3, pydata-sphinx-theme 0.17,
# sphinx-togglebutton 0.4): a room of French professionals should not meet them.
ENGLISH = {
    "Toggle primary sidebar": "Afficher ou masquer le menu",
    "Toggle secondary sidebar": "Afficher ou masquer le sommaire de la page",
    "Toggle hidden content": "Afficher ou masquer le contenu",
    "Skip to main content": "Aller au contenu principal",
    "Back to top": "Haut de page",
    "Search this book...": "Rechercher dans le livre…",
    "Table of Contents": "Sommaire",
    'aria-label="Main"': 'aria-label="Menu du livre"',
    'aria-label="Breadcrumb"': 'aria-label="Fil d’Ariane"',
    "Fullscreen mode": "Plein écran",
    "light/dark": "clair/sombre",
    "system settings": "réglage du système",
}
# Sphinx builds the plural rule of a catalogue with `new Function`, which a strict Content-Security-Policy refuses.
_PLURAL_RULE = re.compile(r"new Function\(\s*\"n\",\s*`return \(\$\{catalog\.plural_expr\}\)`,?\s*\)")
# What axe finds in the theme's and Sphinx's own markup: a button without a name, roles whose children do not fit.
REPAIRED = {
    '<summary><span class="toctree-toggle"': '<summary aria-label="Sous-pages"><span class="toctree-toggle"',
    'role="list" class="citation-list"': 'class="citation-list"',
    ' role="doc-biblioentry"': "",
    # Neither is HTML: an attribute of one browser, and a description list that mixes two forms.
    '\n         autocorrect="off"': "",
    # With what follows: a page that Sphinx did not write again is not mended twice.
    'id="pst-primary-sidebar" class': 'id="pst-primary-sidebar" role="region" aria-label="Barre latérale" class',
}
_HEADER_CELL = re.compile(r'<th class="head')
_THEBE = re.compile(
    r"<script>\s*const THEBE_JS_URL[^<]*</script>|<script async=\"async\"[^>]*sphinx-thebe[^<]*</script>"
)

FOOT = (
    ("book/annexes/accessibilite", "Accessibilité\u00a0: non conforme"),
    ("book/annexes/mentions-legales", "Mentions légales"),
    ("book/annexes/credits", "Crédits et licences"),
    ("book/annexes/etat-du-livre", "État du livre"),
)
REPORT = ("book/annexes/signaler", "Signaler une erreur")
_PRINT = {
    "type": "javascript",
    "javascript": "window.print()",
    "tooltip": "Imprimer cette page",
    "icon": "fas fa-print",
    "label": "download-pdf-button",
    "classes": "pst-navbar-icon",
}
# MyST-NB copies the state of every widget of a page for a widget manager, which the book does not have: the scripts of
# the widgets and all their tables again, nine tenths of the page.
_KERNEL_STATE = re.compile(r'<script type="application/vnd\.jupyter\.widget-state\+json">.*?</script>\s*', re.DOTALL)


def finish_page(app: Sphinx, pagename: str, templatename: str, context: dict, doctree: object) -> None:
    """Give header cells their scope (RGAA 5.7); of the menu of files of a page, keep what prints: its source is not
    published."""
    if context.get("body"):
        context["body"] = _HEADER_CELL.sub('<th scope="col" class="head', context["body"])
    links = [(context["pathto"](name), text) for name, text in FOOT if name in app.env.found_docs]
    foot = fragments.footer([*links, *_report(app, context)])
    context["theme_extra_footer"] = f"{context.get('theme_extra_footer') or ''}{foot}"
    context["header_buttons"] = [
        _PRINT if button["label"] == "download-buttons" else button for button in context.get("header_buttons", ())
    ]


def _report(app: Sphinx, context: dict) -> list[tuple[str, str]]:
    """Return where to tell an error of this page: to whom the organisation says, else a page that explains."""
    name, text = REPORT
    try:
        address = organisation.load(Project(Path(app.confdir).resolve())).value("signaler")
    except ContentError:  # told by the pages that show it
        address = ""
    if address.startswith("mailto:"):
        subject = quote(f"{text}\u00a0: {context['title']}" if context.get("title") else text)
        return [(f"{address}?subject={subject}", text)]
    if address:
        return [(address, text)]
    return [(context["pathto"](name), text)] if name in app.env.found_docs else []


def finish_book(app: Sphinx, exception: Exception | None) -> None:
    """Rewrite the pages of a finished HTML build, and what they load.

    A process that builds again while an author follows the book remembers the pages that it has finished.
    """
    if exception is not None or app.builder.format != "html":
        return
    book = Path(app.outdir)
    paths = [path for path in sorted(book.rglob("*.html")) if path.relative_to(book).parts[0] != "_static"]
    known, before = getattr(app, "mallette_finished", ({}, {}))
    same = {name: page for name, page in known.items() if page.stamp == stamp(book / name)}
    same.pop("index.html", None)  # written below, without Sphinx
    names = [path.relative_to(book).as_posix() for path in paths]
    old = {name: (book / name).read_text(encoding="utf-8") for name in names if name not in same}
    shared, drawn = assets.shared(), {}
    pages = {
        name: light.drawings(light.page(light.states(_mended(text), shared)), "../" * name.count("/"), drawn)
        for name, text in old.items()
    }
    root = app.config.root_doc
    title = app.env.titles[root].astext()
    icon = f"_static/{Path(app.config.html_favicon).name}" if app.config.html_favicon else ""
    pages["index.html"] = templates.render(
        "book/templates/index.html.j2", title=title, home=f"{root}.html", icon=icon, language=app.config.language
    )
    finished = {**same, **{name: _Finished.of(text) for name, text in pages.items()}}
    light.keep_drawings(book, drawn, {name for page in finished.values() for name in page.drawings})
    words = {word for page in finished.values() for word in page.classes}
    scripts = {name for page in finished.values() for name in page.scripts}
    # Sheets that Sphinx has not copied again are as they were.
    versions = {**before, **light.styles(book, words, scripts, Path(app.doctreedir))}
    if versions != before:
        again = {name: (book / name).read_text(encoding="utf-8") for name in same}
        old, pages = {**old, **again}, {**pages, **again}
    for name, text in pages.items():
        new = light.versioned(text, versions)
        if new != old.get(name):
            (book / name).write_text(new, encoding="utf-8")
        finished[name] = replace(finished[name], stamp=stamp(book / name))
    app.mallette_finished = finished, versions
    texts = {name.removesuffix(".html"): page.sections for name, page in sorted(finished.items())}
    (book / search.TEXTS).write_text(search.script(texts), encoding="utf-8")
    (book / credits.LICENCES).write_text(credits.licences(), encoding="utf-8")
    _rewrite(book / "_static" / "searchtools.js", search.without_server)
    _rewrite(book / "_static" / "doctools.js", lambda text: _PLURAL_RULE.sub("(n) => n > 1", text))


@dataclass(frozen=True)
class _Finished:
    """What the whole book takes from one of its finished pages.

    Attributes:
        classes: the names of classes that it holds.
        scripts: the names of the files of its scripts.
        drawings: names of the files of its drawings.
        sections: its text, by section (see :func:`search.sections`).
        stamp: of its file.
    """

    classes: frozenset[str]
    scripts: frozenset[str]
    drawings: frozenset[str]
    sections: list[tuple[str, str]] | None
    stamp: tuple[int, int] = (0, 0)

    @classmethod
    def of(cls, text: str) -> _Finished:
        return cls(light.classes(text), light.scripts(text), light.drawings_of(text), search.sections(text))


def _mended(text: str) -> str:
    return repaired(french(without_third_parties(without_kernel_state(text))))


def _rewrite(path: Path, change: Callable[[str], str]) -> None:
    text = path.read_text(encoding="utf-8")
    new = change(text)
    if new != text:
        path.write_text(new, encoding="utf-8")


def french(text: str) -> str:
    """Return the page with the theme's English words in French."""
    for english, translated in ENGLISH.items():
        text = text.replace(english, translated)
    return text


def repaired(text: str) -> str:
    """Return the page with the theme's accessibility faults mended."""
    for broken, mended in REPAIRED.items():
        text = text.replace(broken, mended)
    return text


def without_kernel_state(text: str) -> str:
    """Return the page without the copy of its widgets that only a live kernel could use."""
    return _KERNEL_STATE.sub("", text)


def without_third_parties(text: str) -> str:
    """Return the page without the addresses of hosts that live-code buttons would ask."""
    return _THEBE.sub("", text)
