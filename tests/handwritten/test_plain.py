"""Markup that would be shown as it is, is it found, and nothing else?"""

from __future__ import annotations

import pytest

from mallette.handwritten import plain


@pytest.mark.parametrize(
    "text",
    [
        "un<br />deux",
        "un<BR>deux",
        "<B>gras</B>",
        "<h2>Titre</h2>",
        '<img src="a.png">',
        "beaucoup&nbsp;plus",
        "d&eacute;j&#224;",
        "@@PLUGINFILE@@/a.png",
        "**gras**",
        "`code`",
        "[lien](page.md)",
        "{term}`drogue`",
    ],
)
def test_markup_is_found(text: str) -> None:
    assert [found.place for found in plain.markup({"a": [text]})] == [("a", 0)]


@pytest.mark.parametrize("text", ["2 < 3 > 1", "R & D", "A&B ; C", "18 * 2", "moins de <18 ans> ou plus", "écrit@lieu"])
def test_plain_text_is_left_alone(text: str) -> None:
    assert not list(plain.markup({"a": text}))
