"""Where links lead in a document of Typst, which refuses a label that comes twice."""

from __future__ import annotations

import json
import re

from bs4 import Tag

from mallette.publication.page import attribute


def quoted(text: str) -> str:
    """Return a Typst string."""
    # Typst writes \\u{…} what JSON writes \\uXXXX: control signs, which no text holds, are left out.
    return json.dumps(re.sub(r"[\x00-\x1f\x7f]", " ", text), ensure_ascii=False)


class Places:
    """The ids that a link leads to. Those of one heading and of the sections that it opens are one place."""

    def __init__(self, body: Tag) -> None:
        self._asked = {attribute(anchor, "href")[1:] for anchor in body.find_all("a", href=re.compile("^#"))}
        self._same: dict[str, str] = {}
        self._of_heading: dict[int, str] = {}
        self._waiting = ""
        for heading in body.find_all(re.compile("^h[1-6]$")):
            names = [attribute(element, "id") for element in heading.find_all(id=True)]
            place: Tag | None = heading
            while place is not None and place is not body:
                names.append(attribute(place, "id"))
                before = [one for one in place.previous_siblings if isinstance(one, Tag) or str(one).strip()]
                place = None if before else place.parent
            names = [name for name in names if name in self._asked]
            if names:
                self._same |= dict.fromkeys(names, names[0])
                self._of_heading[id(heading)] = names[0]

    def label(self, name: str) -> str:
        """Return the label of an id that a link leads to."""
        return f"label({quoted(self._same.get(name, name))})"

    def of_heading(self, heading: Tag) -> str:
        """Return what follows a heading to make it a place."""
        name = self._of_heading.get(id(heading))
        return f" #label({quoted(name)})" if name else ""

    def of(self, element: Tag) -> str:
        """Return what makes an element a place, unless its heading is one."""
        name = attribute(element, "id")
        if not name or name not in self._asked or name in self._same:
            return ""
        return f"#metadata(none)#label({quoted(name)});"

    def wait(self, element: Tag) -> None:
        """Keep what makes an element a place for the first text in it: alone it would make a paragraph."""
        self._waiting += self.of(element)

    def keep(self, marks: str) -> None:
        """Keep what was taken too early."""
        self._waiting += marks

    def waiting(self) -> str:
        """Return what was kept, once."""
        found, self._waiting = self._waiting, ""
        return found
