"""The search of the book: Sphinx's French one, which finds a word written without its accents, and needs no server."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.search.fr import SearchFrench

from mallette.french import without_accents

_BLOCK_ENDS = re.compile(
    r"<script.*?</script>|(</(?:td|th|tr|li|p|div|h[1-6]|dt|dd|caption|figcaption|summary|option)>)(?=<)", re.DOTALL
)
_FETCH = re.compile(r"fetch\(requestUrl\)\s*\.then\(\(responseData\) => responseData\.text\(\)\)")
_EXCERPTS = Path(__file__).with_name("static") / "recherche.js"
TEXTS = "_static/textes.js"
INDEX = "searchindex.js"
_UNREAD = re.compile(
    r'<(script|style|picture|button)\b.*?</\1>|<a class="headerlink".*?</a>|<form\b.*?</form>', re.DOTALL
)
_SECTION = re.compile(r'<section id="([^"]+)"')
_MARKUP = re.compile(r"<(/?)(\w+)[^>]*>")
_IN_A_LINE = {"a", "abbr", "b", "cite", "code", "em", "i", "span", "strong", "sub", "sup"}


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

    stems: ClassVar[dict[str, str]] = {}

    def stem(self, word: str) -> str:
        if word not in self.stems:
            self.stems[word] = super().stem(word)
        return self.stems[word]

    def split(self, input: str) -> list[str]:
        return super().split(without_accents(input))


def _part_words(app: Sphinx, doctree: nodes.document) -> None:
    """Put a space where one block of raw HTML meets the next: Sphinx drops the tags, and would glue their words."""
    for node in doctree.findall(nodes.raw):
        if "html" in node.get("format", ""):
            parted = _BLOCK_ENDS.sub(lambda match: match[0] + "\n" * bool(match[1]), node.astext())
            node.children = [nodes.Text(parted)]


def without_server(script: str) -> str:
    """Return Sphinx's script of the search page, whose excerpts then come from :data:`TEXTS`."""
    return _FETCH.sub("Search.texts().then((texts) => texts[docName])", script) + _EXCERPTS.read_text(encoding="utf-8")


def script(texts: Mapping[str, list[tuple[str, str]] | None]) -> str:
    """Return the script that holds the text of each page, by section.

    Args:
        texts: :func:`sections` by name of page: ``"book/accueil"``.
    """
    held = {name: text for name, text in texts.items() if text is not None}
    return _joined("MalletteTextes = ", held, ";\n")


def texts_of(script: str, pages: Collection[str]) -> str:
    """Return the texts of some pages, out of those of all."""
    start, held, end = _parted(script)
    return _joined(start, {name: text for name, text in held.items() if name in pages}, end)


def index_of(script: str, pages: Collection[str]) -> str:
    """Return Sphinx's index without the words and the titles of other pages; the ranks of pages stay."""
    start, index, end = _parted(script)
    there = {rank for rank, name in enumerate(index["docnames"]) if name in pages}
    for table in ("terms", "titleterms"):  # word: one rank, or several
        ranks = {word: {found} if isinstance(found, int) else {*found} for word, found in index[table].items()}
        index[table] = {word: sorted(found & there) for word, found in ranks.items() if found & there}
    for table in ("alltitles", "indexentries"):  # text: places, each a rank and more
        places = {text: [place for place in found if place[0] in there] for text, found in index[table].items()}
        index[table] = {text: found for text, found in places.items() if found}
    for table in ("docnames", "filenames", "titles"):
        index[table] = [text if rank in there else "" for rank, text in enumerate(index[table])]
    return _joined(start, index, end)


def _parted(script: str) -> tuple[str, dict, str]:
    """Return the object that a script holds, and what stands before and after it."""
    start, end = script.index("{"), script.rindex("}") + 1
    return script[:start], json.loads(script[start:end]), script[end:]


def _joined(start: str, held: dict, end: str) -> str:
    return f"{start}{json.dumps(held, ensure_ascii=False, separators=(',', ':'))}{end}"


def sections(page: str) -> list[tuple[str, str]] | None:
    """Return the text of a finished page by section, with the name of each; ``None`` of one without an article."""
    if "<article" not in page:
        return None
    article = _UNREAD.sub(" ", page[page.find("<article") : page.rfind("</article>")])
    parts = _SECTION.split(article)
    named = zip(parts[1::2], (part[part.find(">") + 1 :] for part in parts[2::2]), strict=True)
    return [(name, " ".join(html.unescape(_MARKUP.sub(_space, text)).split())) for name, text in named]


def _space(tag: re.Match[str]) -> str:
    return "" if tag[2] in _IN_A_LINE else " "


def register(app: Sphinx) -> None:
    """Take the place of Sphinx's French search."""
    app.add_search_language(CourseSearch)
    app.connect("doctree-read", _part_words)
