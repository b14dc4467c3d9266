"""French wording of citations and of the bibliography: « et » between names, where the stock styles write "and"."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import ClassVar

from pybtex.database import Entry
from pybtex.plugin import find_plugin
from pybtex.plugin import register_plugin as register_format
from pybtex.style import FormattedEntry
from pybtex.style.formatting.plain import Style as PlainStyle
from pybtex.style.template import names, sentence
from sphinxcontrib.bibtex.plugin import register_plugin as register_reference
from sphinxcontrib.bibtex.style.referencing import PersonStyle
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle

STYLE = "mallette"
"""Name of both styles in ``_config.yml`` (``bibtex_default_style``, ``bibtex_reference_style``)."""
_AND = " et "


class Bibliography(PlainStyle):
    """The plain style of BibTeX, with names joined in French.

    An entry is written once, for the list, its bubble and the next build of this process.
    """

    # Names would have pybtex read every package of the environment again for each of these.
    default_name_style = find_plugin("pybtex.style.names", PlainStyle.default_name_style)
    default_label_style = find_plugin("pybtex.style.labels", PlainStyle.default_label_style)
    default_sorting_style = find_plugin("pybtex.style.sorting", PlainStyle.default_sorting_style)

    written: ClassVar[dict[tuple[str, str], tuple[Entry, FormattedEntry]]] = {}

    def format_names(self, role: str, as_sentence: bool = True) -> object:
        joined = names(role, sep=", ", sep2=_AND, last_sep=_AND)
        return sentence[joined] if as_sentence else joined

    def format_entry(self, label: str, entry: Entry, bib_data: object = None) -> FormattedEntry:
        known, written = self.written.get((label, entry.key), (None, None))
        if known != entry:
            written = super().format_entry(label, entry, bib_data)
            self.written[label, entry.key] = entry, written
        return written


@dataclass
class References(AuthorYearReferenceStyle):
    """Author and year in the text, with two names joined in French."""

    person: PersonStyle = field(default_factory=lambda: PersonStyle(sep2=_AND, last_sep=_AND))


@cache
def _found(name: str) -> type:
    return find_plugin("pybtex.backends", name)


def register() -> None:
    """Make both styles known to pybtex and to sphinxcontrib-bibtex."""
    for name in ("plaintext", "docutils"):
        # Asked for at each citation: pybtex would read every package of the environment again each time.
        register_format("pybtex.backends", name, _found(name), force=True)
    register_format("pybtex.style.formatting", STYLE, Bibliography)
    register_reference("sphinxcontrib.bibtex.style.referencing", STYLE, References)
