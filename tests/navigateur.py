"""Browser tests: one Chromium for the session, pages that are watched, axe, and calls into front-end modules.

Every page opened by :func:`page_check` fails its test when the console shows an error or a request leaves the host.
"""

from __future__ import annotations

import base64
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from mallette import design
from mallette.widgets import bundle
from mallette.widgets.base import KitWidget
from outils import chromium

NOT_RUN = f"{chromium.MISSING} : make test le cherche, ou l’installe"
LAUNCH_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
VIEWPORTS = {
    "ordinateur": {"width": 1280, "height": 800},
    "telephone": {"width": 390, "height": 844},
    "etroit": {"width": 320, "height": 640},
}
WCAG = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]},
    "resultTypes": ["violations"],  # a report of all that passes takes longer than the checks
    "preload": False,  # axe would fetch the style sheets again, which file:// refuses with a console error
}
WIDTHS = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
_NETWORK = re.compile(r"Failed to load resource|net::ERR_")
_LOCAL_SCHEMES = {"file", "data", "blob", "about"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip browser tests where there is no Chromium, before anything is built for them; CI runs them, and fails."""
    asked = [item for item in items if "browser" in getattr(item, "fixturenames", ())]
    if asked and os.environ.get("CI") != "true" and not chromium.find():
        for item in asked:
            item.add_marker(pytest.mark.skip(reason=NOT_RUN))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many browser tests were not run: a run without them is not a run of everything."""
    skipped = [report for report in terminalreporter.stats.get("skipped", ()) if NOT_RUN in report.longrepr[-1]]
    if skipped:
        s = "s" if len(skipped) > 1 else ""
        terminalreporter.write_line(f"{len(skipped)} test{s} de navigateur non lancé{s}. {NOT_RUN}.", yellow=True)


def _chromium() -> str:
    return chromium.find() or pytest.fail(NOT_RUN, pytrace=False)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, headless, started once."""
    path = _chromium()
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=LAUNCH_ARGS)
        yield launched
        launched.close()


@dataclass
class Watched:
    """A page and what it did that it should not have done.

    Attributes:
        page: the Playwright page.
        errors: console errors and uncaught exceptions.
        foreign: addresses requested from another host than the one the page came from.
        home: scheme and host that the page came from.
    """

    page: Page
    cut: bool = False
    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    home: tuple[str, str] = ("", "")

    def __post_init__(self) -> None:
        self.page.on("console", lambda entry: self._note(entry.text) if entry.type == "error" else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda request: self._record(request.url))
        self.page.on("websocket", lambda socket: self._record(socket.url))

    def open(self, url: str) -> Page:
        """Open an address; what the page did before is forgotten."""
        parts = urlsplit(url)
        self.home = parts.scheme, parts.netloc
        self.errors.clear()
        self.foreign.clear()
        self.page.goto(url)
        return self.page

    def _note(self, text: str) -> None:
        if not (self.cut and _NETWORK.search(text)):
            self.errors.append(text)

    def _record(self, url: str) -> None:
        parts = urlsplit(url)
        scheme = {"ws": "http", "wss": "https"}.get(parts.scheme, parts.scheme)
        if scheme not in _LOCAL_SCHEMES and (scheme, parts.netloc) != self.home:
            self.foreign.append(url)

    def assert_clean(self) -> None:
        assert not self.errors, "erreurs dans la console : " + " | ".join(self.errors)
        assert not self.foreign, "requêtes vers un autre hôte : " + ", ".join(self.foreign)


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Watched]:
    """The window of :func:`same_window`."""
    context = browser.new_context(locale="fr-FR")
    context.set_default_timeout(10_000)
    yield Watched(context.new_page())
    context.close()


@pytest.fixture
def same_window(window: Watched) -> Iterator[Callable[..., Page]]:
    """Return ``open(url, viewport="ordinateur") -> Page``, as :func:`page_check` does, in one window a file.

    For pages that keep nothing from one to the next: a window for each costs half as much again.
    """

    def open_page(url: str, viewport: str = "ordinateur") -> Page:
        window.page.goto("about:blank")  # a deck that changes size may go to another of its slides just then
        window.page.set_viewport_size(VIEWPORTS[viewport])
        return window.open(url)

    yield open_page
    window.assert_clean()


@pytest.fixture
def page_check(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Return ``open(url, viewport="ordinateur", **context_options) -> Page``; the test fails if a page misbehaves.

    Args:
        cut: the test breaks what is behind the page: errors that the browser writes about the network do not count.
        script: runs before those of the page.
        cookie: ``name=value`` of the page's host.
        patience: in milliseconds.
    """
    contexts: list[BrowserContext] = []
    watched: list[Watched] = []

    def open_page(
        url: str,
        viewport: str = "ordinateur",
        cut: bool = False,
        script: str = "",
        cookie: str = "",
        patience: int = 10_000,
        **options: object,
    ) -> Page:
        context = browser.new_context(viewport=VIEWPORTS[viewport], locale="fr-FR", **options)
        context.set_default_timeout(patience)
        if script:
            context.add_init_script(script)
        if cookie:
            name, _, value = cookie.partition("=")
            context.add_cookies([{"name": name, "value": value, "url": url, "sameSite": "Strict", "httpOnly": True}])
        contexts.append(context)
        watch = Watched(context.new_page(), cut)
        watched.append(watch)
        return watch.open(url)

    yield open_page
    for context in contexts:
        context.close()
    for watch in watched:
        watch.assert_clean()


@pytest.fixture
def static_page(tmp_path: Path) -> Callable[..., str]:
    """Return ``write(*widgets, theme="light") -> address`` of a page as a USB stick serves it (``file://``)."""

    def write(*widgets: KitWidget, theme: str = "light") -> str:
        names = tuple(dict.fromkeys(widget.kit_name for widget in widgets))
        files = {"tokens.css": design.CSS.read_text(encoding="utf-8"), **bundle.static_files(names)}
        for name, text in files.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        for font in design.SCREEN_FONTS.values():
            shutil.copy(font, tmp_path)
        styles = "".join(f'<link rel="stylesheet" href="{name}">' for name in files if name.endswith(".css"))
        scripts = "".join(f'<script defer src="{name}"></script>' for name in files if name.endswith(".js"))
        body = "\n".join(widget.static_html() for widget in widgets)
        page = tmp_path / f"page-{theme}.html"
        page.write_text(
            f'<!doctype html><html lang="fr" data-theme="{theme}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1"><title>Essai</title>'
            "<style>body{margin:1rem;background:#fff;color:#1b1f2a}"
            'html[data-theme="dark"] body{background:#10141c;color:#eef1f7}</style>'
            f"{styles}{scripts}</head><body><main><h1>Essai</h1><h2>Outil</h2>{body}</main></body></html>",
            encoding="utf-8",
        )
        return page.as_uri()

    return write


COLOURS = ("color-contrast", "link-in-text-block")
_WITHOUT_COLOURS = {**WCAG, "rules": {rule: {"enabled": False} for rule in COLOURS}}
_AUDIT = """async ([context, options, rules, seen]) => {
  const report = await axe.run(context ?? document, options);
  if (rules.length === 0) return [report.violations, []];
  const within = (node) =>
    (context?.include ?? [["html"]]).some(([place]) => node.closest(place)) &&
    !(context?.exclude ?? []).some(([place]) => node.closest(place));
  const chains = new WeakMap();
  const behind = (node) => { // what is painted behind a node, and the opacity of what holds it
    if (!node) return "";
    if (!chains.has(node)) {
      const { backgroundColor, backgroundImage, opacity, filter, mixBlendMode, position } = getComputedStyle(node);
      const own = [backgroundColor, backgroundImage, opacity, filter, mixBlendMode];
      const placed = /absolute|fixed|sticky/.test(position) ? node.localName + node.className : "";
      const plain = own.join() === "rgba(0, 0, 0, 0),none,1,none,normal" && !placed;
      chains.set(node, (plain ? "" : [...own, placed].join() + "/") + behind(node.parentElement));
    }
    return chains.get(node);
  };
  const kinds = new Map();
  for (const node of document.body.querySelectorAll("*")) {
    const link = node.localName === "a";
    const written = [...node.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim());
    if (!(written || link || /^(input|select|textarea)$/.test(node.localName))) continue;
    if (!node.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || !within(node)) continue;
    const style = getComputedStyle(node);
    const names = ["color", "fontSize", "fontWeight", "textShadow", "textDecorationLine"];
    const kind = [...names.map((name) => style[name]), node.matches(":disabled"), behind(node)];
    if (link) {
      let block = node.parentElement;
      while (getComputedStyle(block).display.startsWith("inline")) block = block.parentElement;
      const around = getComputedStyle(block);
      const alone = block.textContent.trim() === node.textContent.trim();
      kind.push(alone, around.color, around.fontWeight, style.borderBottom, style.fontStyle, block.localName);
    }
    const name = kind.join(" ");
    kinds.set(name, [...kinds.get(name) ?? [], node]);
  }
  const told = [];
  const look = async (nodes) => {
    const found = await axe.run({ include: nodes }, {
      runOnly: { type: "rule", values: rules }, resultTypes: ["violations", "incomplete", "passes"], elementRef: true,
    });
    told.push(...found.violations);
    const elements = (items) => new Set(items.flatMap(({ nodes }) => nodes.map((node) => node.element)));
    return [elements(found.incomplete), elements(found.passes)];
  };
  const fresh = [...kinds].filter(([name]) => !seen.includes(name));
  if (fresh.length === 0) return [report.violations, []];
  const [unsure, passed] = await look(fresh.map(([, nodes]) => nodes[0]));
  const others = fresh.filter(([, nodes]) => unsure.has(nodes[0])).flatMap(([, nodes]) => nodes.slice(1));
  if (others.length > 0) await look(others);
  const sure = fresh.filter(([, [node]]) => passed.has(node) && !unsure.has(node)).map(([name]) => name);
  const plain = told.map((item) => ({
    ...item,
    nodes: item.nodes.map(({ html, failureSummary }) => ({ html, failureSummary })),
  }));
  return [[...report.violations, ...plain], told.length === 0 ? sure : []];
}"""
"""Runs axe; its rules about colours look once at each way that texts are painted, and again where they were not sure.

What they judge is a colour on another: the same two, at the same size, are as readable on the next page.
"""


@pytest.fixture(scope="session")
def axe() -> Callable[..., None]:
    """Return ``check(page, context=None, colours=True)``: axe finds no violation of WCAG 2.1 AA nor best practices.

    Args:
        context: ``include`` or ``exclude``, each a list of ``[selector]``.
        colours: contrasts too, of texts and of links with the text around; most of the time of a long page.
    """
    seen: dict[str, None] = {}

    def check(page: Page, context: dict | None = None, colours: bool = True) -> None:
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        # What passes is most of a report, and carrying it over takes longer than the checks.
        asked = [context, _WITHOUT_COLOURS, COLOURS if colours else [], list(seen)]
        violations, kinds = page.evaluate(_AUDIT, asked)
        seen.update(dict.fromkeys(kinds))
        found = [
            f"{item['id']} ({item['impact']}) : {node['html'][:160]} : {node['failureSummary']}"
            for item in violations
            for node in item["nodes"]
        ]
        assert not found, "\n".join(found)

    return check


@pytest.fixture(scope="session")
def no_overflow() -> Callable[[Page], None]:
    """Return ``check(page)``: the page itself never scrolls sideways (WCAG 1.4.10), once it fits its window."""

    def check(page: Page) -> None:
        width, visible = page.evaluate(WIDTHS)
        if width > visible:  # the projector's letters follow the size of the window
            page.wait_for_timeout(1000)
            width, visible = page.evaluate(WIDTHS)
        assert width <= visible, f"la page déborde : {width} px pour {visible} px visibles"

    return check


_LETTERS = """() => document.fonts.ready.then((fonts) => ({
    wanted: getComputedStyle(document.querySelector("h1")).fontFamily,
    loaded: [...fonts].filter((font) => font.status === "loaded").map((font) => font.family),
}))"""


@pytest.fixture(scope="session")
def kit_font() -> Callable[[Page], None]:
    """Return ``check(page)``: its title is written in the font of the kit, which the browser has loaded."""
    family = f'"{design.tokens()["police"]}"'

    def check(page: Page) -> None:
        letters = page.evaluate(_LETTERS)
        assert letters["wanted"].startswith(family), letters
        assert family in {f'"{name.strip(chr(34))}"' for name in letters["loaded"]}, letters

    return check


@pytest.fixture(scope="session")
def call_js(browser: Browser) -> Iterator[Callable[..., list]]:
    """Return ``call(module, function, argument_lists) -> results`` of a function exported by ``static/<module>.js``."""
    page = browser.new_page()

    def call(module: str, function: str, argument_lists: list[list]) -> list:
        source = base64.b64encode(bundle.esm(module).encode()).decode()
        return page.evaluate(
            """async ([source, name, lists]) => {
                const module = await import(`data:text/javascript;base64,${source}`);
                return lists.map((list) => module[name](...list));
            }""",
            [source, function, argument_lists],
        )

    yield call
    page.close()


_KERNEL = """async ([source, state]) => {
    const { default: { render } } = await import(`data:text/javascript;base64,${source}`);
    const listeners = new Map();
    const model = {
        widget_manager: {},
        get: (name) => state[name],
        set: (name, value) => { state[name] = value; },
        save_changes: () => window.kernel.saved.push(JSON.parse(JSON.stringify(state))),
        on: (event, callback) => listeners.set(event, callback),
        off: (event) => listeners.delete(event),
    };
    window.kernel = {
        saved: [],
        send: (name, value) => { state[name] = value; listeners.get(`change:${name}`)(); },
        listening: () => [...listeners.keys()],
    };
    window.kernel.leave = await render({ model, el: document.body });
}"""


@pytest.fixture
def with_kernel(page_check: Callable, tmp_path: Path) -> Callable[[KitWidget], Page]:
    """Return ``open(widget) -> Page``: the module as Voilà and JupyterLab hold it, talking to a model.

    ``window.kernel`` has ``saved`` (the state at each save), ``send(trait, value)``, ``leave()`` and ``listening()``.
    """

    def open_page(widget: KitWidget) -> Page:
        blank = tmp_path / "vide.html"
        blank.write_text('<!doctype html><html lang="fr"><title>Essai</title><body></body></html>', encoding="utf-8")
        page = page_check(blank.as_uri())
        source = base64.b64encode(bundle.esm(widget.kit_name).encode()).decode()
        state = {name: value for name, value in widget.get_state().items() if not name.startswith("_")}
        page.evaluate(_KERNEL, [source, state])
        return page

    return open_page
