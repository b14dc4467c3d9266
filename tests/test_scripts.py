"""Is every script of ours written for the browsers that the guides promise (Chrome 80, Firefox 75, Safari 13.1)?

The syntax is that of ECMAScript 2020, at which the vendored chart library is built too (outils/vendor/build.mjs): a
browser that meets a newer sign runs nothing of the file. Functions that came later are found by their names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from pygments.lexers import JavascriptLexer
from pygments.token import Comment, Keyword, Name, Number, Operator, Punctuation, String, Whitespace

from mallette.server import assets
from tests.conftest import ROOT

SCRIPTS = sorted(path for path in (ROOT / "mallette").rglob("*.js") if "vendor" not in path.parts)
OLDEST = "demarrage.js"
"""Runs before anything is known of the browser: ECMAScript 5."""
LATER = {
    "at",
    "replaceAll",
    "replaceChildren",
    "hasOwn",
    "findLast",
    "findLastIndex",
    "toSorted",
    "toReversed",
    "toSpliced",
    "structuredClone",
    "randomUUID",
    "requestSubmit",
    "showPicker",
    "checkVisibility",
    "groupBy",
    "fromAsync",
    "any",
    "timeout",
    "withResolvers",
    "isWellFormed",
    "togglePopover",
}
LATER_OPTIONS = {"WeakRef", "dateStyle", "timeStyle"}
SINCE_2015 = {"let", "const", "class", "async", "await", "of", "import", "export", "=>", "...", "?.", "??", "**"}


def newer(text: str) -> Iterator[str]:
    """Give what ECMAScript 2020 or the browsers of that year do not know, with its line."""
    line, scopes, opening, before = 1, [], False, ""
    for kind, sign in JavascriptLexer(ensurenl=False).get_tokens(text):
        in_class = scopes[-1:] == ["class"]
        if kind in Keyword and sign == "class":
            opening = True
        elif sign == ":":  # the attribute of that name
            opening = False
        elif kind in Punctuation and sign in "({[":
            scopes.append("class" if opening and sign == "{" else sign)
            opening = opening and sign != "{"
        elif kind in Punctuation and sign in ")}]":
            scopes.pop()
        found = (
            (kind in Name and sign.startswith("#"), "private member"),
            (kind in Operator and sign in ("??=", "||=", "&&="), "logical assignment"),
            (kind in Name and before in tuple("0123456789") and sign.startswith("_"), "numeric separator"),
            (kind in String.Regex and ("(?<=" in sign or "(?<!" in sign), "lookbehind"),
            (in_class and sign in ("=", ";"), "field of a class"),
            (in_class and before == "static" and sign == "{", "static block"),
            (kind in Name and (sign in LATER_OPTIONS or (before == "." and sign in LATER)), "function of later years"),
        )
        yield from (f"line {line}: {what} ({sign})" for is_it, what in found if is_it)
        line += sign.count("\n")
        if kind not in Comment and kind not in Whitespace and not sign.isspace():
            before = sign[-1] if kind in Number else sign


@pytest.mark.parametrize(
    "sample",
    [
        "class A { #a() {} }",
        "class A { f() { return this.#a; } }",
        "class A { a = 1; }",
        "class A extends B { a; }",
        "class A { static { f(); } }",
        "a ??= 1;",
        "a.b ||= 1;",
        "f(`${a &&= 1}`);",
        "n = 9_000;",
        "/(?<=a)b/.test(c);",
        "list.at(-1);",
        "AbortSignal.timeout(5);",
        "new Intl.DateTimeFormat('fr', { dateStyle: 'long' });",
    ],
)
def test_what_is_too_new_is_found(sample: str) -> None:
    assert list(newer(f"const before = 1;\n{sample}")), sample


def test_what_is_old_enough_passes() -> None:
    assert not list(
        newer(
            'class A { constructor(a = 1) { this._a = a; } get b() { const c = "#x ??= y"; return c; } }'
            "\na ?? b?.c; // #d ||= 1\nconst e = `#${f}`;"
        )
    )


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_every_script_is_written_for_the_browsers_that_are_promised(path) -> None:
    assert list(newer(path.read_text(encoding="utf-8"))) == []


def test_the_tables_that_dashboards_share_are_too() -> None:
    for name, content in assets._files().items():
        if name.startswith("donnees-"):
            assert list(newer(assets.gzip.decompress(content).decode()[:200])) == []


def test_the_loader_is_in_old_javascript() -> None:
    path = next(path for path in SCRIPTS if path.name == OLDEST)
    tokens = list(JavascriptLexer().get_tokens(path.read_text(encoding="utf-8")))
    assert [sign for kind, sign in tokens if sign in SINCE_2015 or kind in String.Backtick] == []
    assert not re.search(r"\)\s*=>", path.read_text(encoding="utf-8"))
