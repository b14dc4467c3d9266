"""What a page loads: what stands on it, and no more. Jupyter Book gives every page all it has, 800 kB compressed."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Set
from pathlib import Path
from urllib.parse import unquote_to_bytes

import tinycss2

from mallette import files
from mallette.book import search
from mallette.widgets.base import in_script

STYLE = "_static/styles/pydata-sphinx-theme.css"
STYLES = ("styles/*-theme.css", "basic.css", "mystnb.*.css")
DRAWINGS = "_static/figures"
_ICONS = "_static/scripts/fontawesome.js"
# Files of the theme and of its helpers, and what a page that needs them holds.
_ASKED_BY = (
    (r"scripts/fontawesome\.js", None),  # 540 kB compressed for a dozen icons, see :func:`_with_icons`
    # Its menus, windows, carousels…: of all this our pages have bubbles alone, which a browser shows by itself.
    (r"scripts/bootstrap\.js", r'data-bs-toggle="(?!tooltip")|id="pst-collapse-sidebar-button"'),
    (r"sphinx-thebe\.css", None),  # code that runs on a server of others
    (r"searchtools\.js|language_data\.js|searchindex\.js", 'id="search-results"'),
    (r"copybutton\.(?:css|js)|clipboard\.min\.js|pygments\.css", 'class="highlight'),
    (r"togglebutton\.(?:css|js)", r'class="(?:[^"]* )?(?:toggle[" ]|admonition[^"]* dropdown)'),
    (r"sphinx-design\.min\.css|design-tabs\.js", r'class="(?:[^"]* )?sd-'),
    (r"mystnb\.[0-9a-f]*\.css", 'class="cell'),
)
_TAG = r'\s*<(?:link|script)\b[^>]*\b(?:href|src)="[^"]*(?:{})(?:\?[^"]*)?"[^>]*>(?:</script>)?'
_RULES = tuple((re.compile(_TAG.format(names)), needed and re.compile(needed)) for names, needed in _ASKED_BY)
_DRAWING = re.compile(r'(?<=(?:src|set)=")data:image/svg\+xml,([^"]{1000,})(?=")')
_DRAWN_FILE = re.compile(rf"{DRAWINGS}/([0-9a-f]+\.svg)")
_STATE = re.compile(r'(data-mallette="(\w+)"><script type="application/json">)(.*?)(?=</script>)')
_SCRIPT = re.compile(r'<script\b[^>]*\bsrc="[^"?]*?([^"/?]+)[?"]')
_CLASSES = re.compile(r'\bclass="([^"]*)"')
_WORD = re.compile(r"[A-Za-z_][\w-]*")
_CLASS = re.compile(r"\.((?:\\.|[\w-])+)")
_ALTERNATIVES = re.compile(r":(?:is|not|where|has)\((?:[^()]|\([^()]*\))*\)")
_OF_ICONS = re.compile(r"\.(?:fa\b|fa[bdlrs]\b|svg-inline--fa)")


def page(text: str) -> str:
    """Return a page without the scripts and styles that nothing on it needs."""
    start, end = text.find("<main"), text.rfind("</main>")
    head, main, foot = text[:start], text[start:end], text[end:]
    for tag, needed in _RULES:
        if needed is None or not needed.search(main):
            head, foot = tag.sub("", head), tag.sub("", foot)
    return head + main + foot


def states(text: str, shared: Mapping[str, Mapping[str, object]]) -> str:
    """Return a page whose widgets do not repeat what the file of their script holds.

    Args:
        shared: by name of widget, see :func:`mallette.widgets.shared_states`.
    """

    def reduced(match: re.Match[str]) -> str:
        common = shared.get(match[2], {})
        state = json.loads(match[3])
        own = {key: value for key, value in state.items() if key not in common or common[key] != value}
        return match[0] if own == state else match[1] + in_script(own)

    return _STATE.sub(reduced, text)


def drawings(text: str, root: str, found: dict[str, bytes]) -> str:
    """Return a page whose drawings are files, which a browser asks for when they come near; ``found`` receives them.

    Args:
        root: relative address of the book from the page: ``"../"``.
    """

    def named(match: re.Match[str]) -> str:
        content = unquote_to_bytes(match[1])
        name = f"{DRAWINGS}/{hashlib.sha256(content).hexdigest()[:16]}.svg"
        found[name] = content
        return root + name

    return _DRAWING.sub(named, text)


def drawings_of(text: str) -> frozenset[str]:
    """Return the names of the files of a page's drawings."""
    return frozenset(_DRAWN_FILE.findall(text))


def classes(text: str) -> frozenset[str]:
    """Return the names of classes that a page holds."""
    return frozenset(word for held in set(_CLASSES.findall(text)) for word in held.split())


def scripts(text: str) -> frozenset[str]:
    """Return the names of the files of the scripts that a page asks for."""
    return frozenset(_SCRIPT.findall(text))


def keep_drawings(book: Path, found: dict[str, bytes], shown: Set[str]) -> None:
    """Write the drawings that are new, and remove those that no page shows any more.

    Args:
        shown: names of the files that the pages show.
    """
    folder = book / DRAWINGS
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in found.items():
        if not (book / name).is_file():
            (book / name).write_bytes(content)
    for path in folder.iterdir():
        if path.name not in shown:
            path.unlink()


def styles(book: Path, words: Set[str], asked: Set[str], memory: Path) -> dict[str, str]:
    """Reduce the style sheets that Sphinx has just copied to the rules of what pages hold.

    Return what tells their versions apart, by name of file.

    Args:
        words: the names of classes that the pages hold.
        asked: the names of the files of the scripts that they ask for, which may set others.
        memory: a folder that keeps what was worked out before.
    """
    words = {*words}
    for path in sorted((book / "_static").rglob("*.js")):
        if path.name in asked and not path.is_relative_to(book / "_static/kit") and path != book / search.TEXTS:
            words.update(_WORD.findall(path.read_text(encoding="utf-8")))
    icons = (book / _ICONS).read_text(encoding="utf-8")
    salt = hashlib.sha256("\n".join([*sorted(words), icons, Path(__file__).read_text("utf-8")]).encode())
    versions = {}
    for path in [path for pattern in STYLES for path in sorted((book / "_static").glob(pattern))]:
        whole = path.read_text(encoding="utf-8")
        if whole.startswith(_MADE):
            continue
        version = salt.copy()
        version.update(whole.encode())
        versions[path.name] = version.hexdigest()[:12]
        kept = memory / f"{versions[path.name]}.css"
        if not kept.is_file():
            rules = tinycss2.parse_stylesheet(whole, skip_comments=True, skip_whitespace=True)
            used = _with_icons(_used(rules, words), icons, words if path == book / STYLE else set())
            files.write({kept: f"{_MADE}\n{_credit(whole)}\n{used}".encode()})
        path.write_bytes(kept.read_bytes())
    return versions


_MADE = "/* Réduit aux règles utiles à ce livre. */"


def versioned(text: str, versions: Mapping[str, str]) -> str:
    """Return a page that asks for these versions of its style sheets."""
    for name, version in versions.items():
        text = re.sub(re.escape(name) + r'(?:\?[^"]*)?"', f'{name}?v={version}"', text)
    return text


def _credit(css: str) -> str:
    return "\n".join(dict.fromkeys(re.findall(r"/\*!.*?\*/", css, re.DOTALL)))


def _used(rules: Iterable[tinycss2.ast.Node], words: set[str]) -> str:
    return "".join(filter(None, (_kept(rule, words) for rule in rules)))


def _kept(rule: tinycss2.ast.Node, words: set[str]) -> str:
    if rule.type == "qualified-rule":
        chosen = [one for one in _selectors(rule.prelude) if _possible(one, words)]
        return f"{','.join(chosen)}{{{tinycss2.serialize(rule.content)}}}" if chosen else ""
    if rule.type != "at-rule":
        return ""
    if rule.content is not None and rule.lower_at_keyword in {"media", "supports"}:
        inner = _used(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True), words)
        return f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}" if inner else ""
    text = rule.serialize()
    return "" if "Font Awesome" in text else text


def _selectors(prelude: list[tinycss2.ast.Node]) -> Iterator[str]:
    """Yield the selectors of a list."""
    parts: list[tinycss2.ast.Node] = []
    for token in prelude:
        if token == ",":
            yield tinycss2.serialize(parts).strip()
            parts = []
        else:
            parts.append(token)
    yield tinycss2.serialize(parts).strip()


def _possible(selector: str, words: set[str]) -> bool:
    """Tell whether all classes of a selector stand in a page or in a script, which may set them."""
    if _OF_ICONS.match(selector) or selector.startswith(".fa-"):
        return False
    return all(name.replace("\\", "") in words for name in _CLASS.findall(_ALTERNATIVES.sub("", selector)))


_ICON = re.compile(r'[{,]"?([a-z][\w-]*)"?:\[(\d+),(\d+),\[[^\]]*\],"(f\w+)","([^"]+)"')
_DRAWN = "background:currentColor;mask:{0} center/contain no-repeat;-webkit-mask:{0} center/contain no-repeat"
_SIGN = re.compile(r"content:var\((--pst-icon-[\w-]+)\)")
_SIGN_NAMED = re.compile(r"(--pst-icon-[\w-]+):var\([^)]*\);?")
_SIGN_IS = re.compile(r'(--pst-icon-[\w-]+):"([\ue000-\uf8ff])";?')


def _with_icons(css: str, script: str, words: set[str]) -> str:
    """Return a style sheet with its icons as outlines in the colour of the text: a font is 150 kB for a dozen of them.

    Args:
        script: Font Awesome's, where an icon comes once a family, the solid one last.
        words: holds the names of the icons that pages show.
    """
    outlines = {}
    for name, width, height, number, path in _ICON.findall(script):
        svg = f"%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}'%3E%3Cpath d='{path}'/%3E"
        outlines[f"fa-{name}"] = outlines[number] = f'url("data:image/svg+xml,{svg}%3C/svg%3E")'
    css = _SIGN.sub(lambda sign: f"content:'';width:1em;{_DRAWN.format(f'var({sign[1]})')}", css)
    asked = set(re.findall(r"(?:mask|content):var\((--[\w-]+)", css))
    css = _SIGN_NAMED.sub(lambda sign: sign[0] if sign[1] in asked else "", css)
    asked = set(re.findall(r"var\((--[\w-]+)", css))
    css = _SIGN_IS.sub(lambda sign: f"{sign[1]}:{outlines[f'{ord(sign[2]):x}']};" if sign[1] in asked else "", css)
    if not words:
        return css
    named = "".join(f".{name}{{--mlt-icone:{outlines[name]}}}" for name in sorted(words & outlines.keys()))
    return (
        f"{css}:is(.fa-solid,.fas)::before{{content:'';display:inline-block;height:1em;width:1em;"
        f"vertical-align:-.125em;{_DRAWN.format('var(--mlt-icone)')}}}.fa-lg{{font-size:1.25em;line-height:.05em;vertical-align:-.075em}}{named}"
        ".bd-search .fa-solid.fa-magnifying-glass{position:static}"
        "@media (forced-colors:active){:is(.fa-solid,.fas)::before,.admonition>.admonition-title::after"
        "{forced-color-adjust:none;background:ButtonText!important}}\n"
    )
