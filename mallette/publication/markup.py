"""HTML of the whole as Typst markup. Text goes in as quoted strings: nothing of it is ever read as markup."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from bs4 import Tag
from bs4.element import Comment, NavigableString, PageElement

from mallette.publication import columns
from mallette.publication.page import attribute, classes, lines
from mallette.publication.places import Places, quoted

_BLOCKS = frozenset(
    ("article", "blockquote", "dd", "div", "dl", "dt", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6")
    + ("hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "ul")
)
_INLINE = {"strong": "strong", "b": "strong", "em": "emph", "i": "emph", "cite": "emph", "sup": "super", "sub": "sub"}
_FRAMES = {
    "admonition": "encadre",
    "mallette-carte": "carte",
    "mallette-note": "encadre",
    "mallette-affiche": "affiche",
    "mallette-mur": "mur",
    "mlt-figure-hidden": "donnees",
}
_CUT = re.compile(r"mallette-(decouper|affiches)-(\d)")
_CUTS = {"decouper": "cartes-a-decouper", "affiches": "affiches"}
_QUIET = {"bibtex-citation", "question"}
_TITLES = {"admonition-title", "mlt-title", "mallette-titre", "resume", "question"}
_NOTHING = re.compile(r'(#" ?";)*')
_SPACE = re.compile(r"[ \t\r\n]+")
_LONG = re.compile(r"\S{10,}")
_BREAKABLE = re.compile(r"(?<=[/_])(?=\w)")
_SITE = re.compile(r"\w{12,}(?=\.[a-z]{2,})")
_SHORT_ROW = 600
"""Characters of a row's fullest cell up to which the row stays on one page."""
_LINE = 7
"""Height of a line written by hand, in millimetres."""


def markup(body: Tag) -> str:
    """Return the markup of the content of ``main``."""
    writer = _Writer(body)
    return writer.children(body) + writer.places.waiting()


class _Writer:
    """Writes elements."""

    def __init__(self, body: Tag) -> None:
        self.places = Places(body)

    def _link(self, element: Tag) -> str:
        shown = self.inline(element)
        target = attribute(element, "href")
        if not target or not shown.strip():
            return shown
        if target.startswith("#"):
            label = self.places.label(target[1:])
            # A page that is named is looked for on paper too.
            named = element.find("span", class_="std-doc") or "mallette-titre" in classes(element.parent)
            page = f"#page-de({label});" if named else ""
            # References and the questions of answers are links too, but not in colour: there are thousands of them.
            quiet = any(not _QUIET.isdisjoint(classes(above)) for above in element.parents)
            return f"#{'link' if quiet else 'lien'}({label})[{shown}];{page}"
        return f"#lien({quoted(target)})[{shown}];"

    # Text

    def _text(self, node: NavigableString) -> str:
        text = "" if isinstance(node, Comment) else _SPACE.sub(" ", str(node))
        return f"#{quoted(_breakable(text))};" if text else ""

    def inline(self, element: Tag) -> str:
        """Return what an element holds, as a part of a paragraph."""
        return "".join(self._inline(child) for child in element.children)

    def _inline(self, child: PageElement) -> str:
        if isinstance(child, NavigableString):
            return self._text(child)
        assert isinstance(child, Tag)
        if child.name in _BLOCKS:
            return self.block(child)
        if child.name == "br":
            return "#linebreak();"
        if child.name == "img":
            return _image(child)
        if child.name == "code":
            return f"{self.places.of(child)}#raw({quoted(_breakable(child.get_text()))});"
        inner = self._link(child) if child.name == "a" else self.inline(child)
        if child.name in _INLINE and inner.strip():
            inner = f"#{_INLINE[child.name]}[{inner}];"
        if child.get("lang"):
            inner = f"#text(lang: {_language(child)})[{inner}];"
        if "mallette-numero" in classes(child):
            inner = f"#box[#strong[{inner}]];"
        elif "mlt-figure-title" in classes(child):
            inner = f"#strong[{inner}]#linebreak();"
        elif "mlt-figure-scope" in classes(child):
            inner += "#linebreak();"
        return self.places.of(child) + inner

    # Blocks

    def children(self, element: Tag) -> str:
        """Return what an element holds, as blocks: text between them becomes paragraphs."""
        made: list[str] = []
        run: list[str] = []

        def close() -> None:
            text = "".join(run).strip()
            run.clear()
            if not _NOTHING.fullmatch(text):
                made.append(f"{self.places.waiting()}{text}\n\n")

        for child in element.children:
            if isinstance(child, Tag) and child.name in _BLOCKS:
                close()
                made.append(self.block(child))
            else:
                run.append(self._inline(child))
        close()
        return "".join(made)

    def content(self, element: Tag) -> str:
        """Return what an element holds, blocks or text, with its place."""
        self.places.wait(element)
        if any(isinstance(child, Tag) and child.name in _BLOCKS for child in element.children):
            return self.children(element).strip()
        return self.places.waiting() + self.inline(element).strip()

    def block(self, element: Tag) -> str:
        names = classes(element)
        write = getattr(self, f"_{element.name}", None)
        made = write(element) if write else self._div(element)
        frame = next((_FRAMES[name] for name in sorted(names) if name in _FRAMES), "")
        if frame and made.strip():
            made = f"#{frame}[{made.strip()}]\n\n"
        if element.get("lang"):
            made = f"#[#set text(lang: {_language(element)});{made}]\n\n"
        return made

    def _div(self, element: Tag) -> str:
        self.places.wait(element)
        return self.children(element)

    def _section(self, element: Tag) -> str:
        names = classes(element)
        if "diapositive" in names:
            shown, said = element.find_all("div", recursive=False)
            return f"#diapo[{self.children(shown)}][{self.children(said)}]\n\n"
        # A part shares the page of its first chapter: its title would be alone.
        after_part = "partie" in classes(element.find_previous_sibling("section"))
        opens = names & {"partie", "feuille"} or ("page" in names and not after_part)
        return ("#pagebreak(weak: true)\n\n" if opens else "") + self._div(element)

    def _p(self, element: Tag) -> str:
        self.places.wait(element)
        text = self.inline(element).strip()
        names = classes(element)
        if _NOTHING.fullmatch(text):
            return ""
        text = self.places.waiting() + text
        if "renvoi" in names and element.a:
            return f"#renvoi({self.places.label(attribute(element.a, 'href')[1:])})[{text}]\n\n"
        if not _TITLES.isdisjoint(names):
            return f"#titre[{text}]\n\n"
        held = [child for child in element.children if isinstance(child, Tag) or str(child).strip()]
        if len(held) == 1 and isinstance(held[0], Tag) and held[0].name == "strong":
            return f"#suivi[{text}]\n\n"  # the title of a sheet or of a box: what follows is on its page
        return f"{text}\n\n"

    def _heading(self, element: Tag) -> str:
        # Ids inside are those of the heading: a place inside would be made again in the contents.
        return (
            f"#heading(level: {element.name[1]})[{self.inline(element).strip()}]{self.places.of_heading(element)}\n\n"
        )

    _h1 = _h2 = _h3 = _h4 = _h5 = _h6 = _heading

    def _ul(self, element: Tag) -> str:
        items = [item for item in element.children if isinstance(item, Tag)]
        if "mallette-cartes" in classes(element):
            return "".join(f"#tenu[{self.block(item).strip()}]\n\n" for item in items)
        cut = _CUT.search(attribute(element.parent, "class")) if element.parent else None
        if cut:
            return f"#{_CUTS[cut[1]]}({cut[2]}, {self._items(items)})\n\n"
        if "mlt-quiz-boxes" in classes(element):
            return f"#cases({self._items(items)})\n\n" if items else ""
        return f"#list({self._tight(items)}{self._items(items)})\n\n" if items else ""

    def _ol(self, element: Tag) -> str:
        items = [item for item in element.children if isinstance(item, Tag)]
        if "mallette-deroule" in classes(element):
            return "".join(f"#etape[{self.content(item)}]\n\n" for item in items)
        start = f"start: {int(attribute(element, 'start'))}, " if element.get("start") else ""
        if "mlt-quiz" in classes(element.parent):
            asked = ", ".join(f"enum.item({item['value']}, question[{self.content(item)}])" for item in items)
            return f"#enum(tight: false, spacing: 1.2em, {asked})\n\n"
        return f"#enum({start}{self._tight(items)}{self._items(items)})\n\n" if items else ""

    def _items(self, items: Iterable[Tag]) -> str:
        return ", ".join(f"[{self.content(item)}]" for item in items)

    def _tight(self, items: Iterable[Tag]) -> str:
        several = any(len(item.find_all(_BLOCKS, recursive=False)) > 1 for item in items)
        return "tight: false, spacing: .9em, " if several else ""

    def _li(self, element: Tag) -> str:
        return self.content(element) + "\n\n"

    def _dl(self, element: Tag) -> str:
        items, terms = [], []
        for child in element.find_all(["dt", "dd"], recursive=False):
            if child.name == "dt":
                terms.append(self.content(child))
            else:
                items.append(f"terms.item([{' '.join(terms)}], [{self.content(child)}])")
                terms = []
        return f"#terms({', '.join(items)})\n\n" if items else ""

    def _blockquote(self, element: Tag) -> str:
        return f"#quote(block: true)[{self.children(element).strip()}]\n\n"

    def _pre(self, element: Tag) -> str:
        lines = [
            json.dumps(_breakable(line), ensure_ascii=False) for line in element.get_text().strip("\n").split("\n")
        ]
        return f'#raw(({", ".join(lines)},).join("\\n"), block: true)\n\n'

    def _hr(self, element: Tag) -> str:
        return "#filet\n\n"

    def _figure(self, element: Tag) -> str:
        self.places.wait(element)
        caption = element.figcaption
        shown = self.places.waiting() + (self.inline(caption).strip() if caption else "")
        others = "".join(self._inline(child) for child in element.children if child is not caption)
        drawing = _image(element.img)[1:].rstrip(";") if element.img else f"[{others}]"
        return f"#illustration({drawing}, [{shown}])\n\n"

    # Tables

    def _table(self, element: Tag) -> str:
        head = element.thead.find_all("tr") if element.thead else []
        rows = [row for row in element.find_all("tr") if row not in head]
        cells = [list(row.find_all(["td", "th"], recursive=False)) for row in [*head, *rows]]
        if not any(cells):
            return ""
        widths, narrow = columns.widths(cells, _on_sheet(element))
        shown = ", ".join(f"{width:.1f}fr" for width in widths)
        self.places.wait(element)
        title = "none"
        if element.caption and element.caption.get_text(strip=True):
            title = f"[{self.places.waiting()}{self.inline(element.caption).strip()}]"
        later = self.places.waiting()  # not into a header, which each page repeats
        header = f"table.header({self._row(cells[0 : len(head)], True)}), " if head else ""
        self.places.keep(later)
        room = "inset: 7pt, " if "mlt-grille" in classes(element) else ""  # for a hand
        arguments = f"columns: ({shown},), {room}{header}{self._row(cells[len(head) :], False)}"
        size = "7.5pt" if narrow else "8.5pt"
        if element.find_parent("div", class_="projete"):
            size = ".85em"
        elif element.find_parent("div", class_="mallette-mur"):
            size = "18pt"
        elif _on_sheet(element):
            size = "12pt"
        form = f"corps: {size}, entier: {str(columns.short(rows)).lower()}"
        return f"#tableau({title}, {form}, {arguments})\n\n"

    def _row(self, rows: Iterable[list[Tag]], head: bool) -> str:
        return "".join(self._cell(cell, row, head) + ", " for row in rows for cell in row)

    def _cell(self, cell: Tag, row: list[Tag], head: bool) -> str:
        spans = "".join(f"{key}: {int(attribute(cell, key))}, " for key in ("colspan", "rowspan") if cell.get(key))
        whole = max(len(other.get_text()) for other in row) <= _SHORT_ROW
        if columns.to_fill(cell) and not head:
            high = lines(cell) * _LINE or (20 if _on_sheet(cell) else 11)
            inner = f"{self.places.waiting()}#a-remplir({high}mm)"
        else:
            inner = f"#strong[{self.content(cell)}]" if cell.name == "th" else self.content(cell)
        return f"table.cell({spans}breakable: {str(not whole).lower()})[{inner}]"


def _on_sheet(element: Tag) -> bool:
    """Tell whether an element stands on a sheet to print: larger type, room for a hand."""
    return element.find_parent("section", class_="feuille") is not None


def _language(element: Tag) -> str:
    return quoted(attribute(element, "lang").partition("-")[0])


def _breakable(text: str) -> str:
    """Let long keys and addresses break after ``_`` and ``/``, long names of sites anywhere."""
    text = _LONG.sub(lambda found: _BREAKABLE.sub("\u200b", found[0]), text)
    return _SITE.sub(lambda found: "\u200b".join(re.findall(r".{1,8}", found[0])), text)


def _image(element: Tag) -> str:
    name = "planche" if "mallette-planche" in classes(element) else "dessin"
    return f"#{name}({quoted(attribute(element, 'src'))}, {quoted(attribute(element, 'alt'))});"
