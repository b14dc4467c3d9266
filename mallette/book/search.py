"""The search of the book: Sphinx's French one, which finds a word written without its accents, too."""

from __future__ import annotations

import re
from functools import cache

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.search.fr import SearchFrench

from mallette.french import without_accents

_BLOCK_ENDS = re.compile(
    r"<script.*?</script>|(</(?:td|th|tr|li|p|div|h[1-6]|dt|dd|caption|figcaption|summary|option)>)(?=<)", re.DOTALL
)


class CourseSearch(SearchFrench):
    """French search without accents, with remembered stems: they took ten seconds of a build.

    Index and query lose their accents before they are reduced to stems, the query in the browser.
    """

    stopwords = {without_accents(word) for word in SearchFrench.stopwords}
    js_splitter_code = """
function splitQuery(query) {
  const ligatures = query.replace(/œ/gi, "oe").replace(/æ/gi, "ae");
  const plain = ligatures.normalize("NFKD").replace(/\\p{M}/gu, "");
  return plain.split(/[^\\p{L}\\p{N}_]+/u).filter((term) => term);
}
"""

    def init(self, options: dict[str, str]) -> None:
        super().init(options)
        self.stem = cache(super().stem)

    def split(self, input: str) -> list[str]:
        return super().split(without_accents(input))


def _part_words(app: Sphinx, doctree: nodes.document) -> None:
    """Put a space where one block of raw HTML meets the next: Sphinx drops the tags, and would glue their words."""
    for node in doctree.findall(nodes.raw):
        if "html" in node.get("format", ""):
            parted = _BLOCK_ENDS.sub(lambda match: match[0] + "\n" * bool(match[1]), node.astext())
            node.children = [nodes.Text(parted)]


def register(app: Sphinx) -> None:
    """Take the place of Sphinx's French search."""
    app.add_search_language(CourseSearch)
    app.connect("doctree-read", _part_words)
