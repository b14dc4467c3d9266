"""How long a key takes in a tool of two hundred rows: ``uv run python -m tests.bench.outils [lignes]``.

Times of the script alone, and until the next frame is drawn, in a cell of an open row and in a field outside the table,
every view of the tool open.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from mallette.paths import project
from mallette.tools import collection
from mallette.widgets import Tool, bundle
from outils import chromium
from tests.navigateur import LAUNCH_ARGS

TYPED = "Présence à la sortie du collège, deux soirs"
_KEYS = """async ([selector, text]) => {
    const field = document.querySelector(selector);
    field.focus();
    const script = [], frame = [];
    for (const sign of text) {
        const start = performance.now();
        field.value += sign;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        script.push(performance.now() - start);
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        frame.push(performance.now() - start);
        await new Promise((done) => setTimeout(done, 60));
    }
    const worst = (times) => times.sort((one, other) => one - other)[Math.floor(times.length * 0.95)];
    return [worst(script), worst(frame)];
}"""


def page_of(tool: Tool, folder: Path, rows: int) -> str:
    """Write the page of a tool and a file of many rows; return the address of the page."""
    for name, text in bundle.static_files(("tool",)).items():
        (folder / name).write_text(text, encoding="utf-8")
    head = '<link rel="stylesheet" href="base.css"><link rel="stylesheet" href="tool.css">'
    scripts = '<script defer src="mount.js"></script><script defer src="tool.js"></script>'
    page = folder / "page.html"
    page.write_text(
        f'<!doctype html><html lang="fr"><meta charset="utf-8"><title>x</title>{head}{scripts}{tool.static_html()}',
        encoding="utf-8",
    )
    values = dict(tool.outil["exemple"]["valeurs"])
    for name, value in values.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            values[name] = [value[rank % len(value)] for rank in range(rows)]
    document = {"mallette": "outil", "format": 1, "outil": tool.outil["nom"], "titre": "Banc", "valeurs": values}
    (folder / "banc.json").write_text(json.dumps(document), encoding="utf-8")
    return page.as_uri()


def main(rows: int) -> None:
    course = project()
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=LAUNCH_ARGS)
        for path in collection.paths(course):
            tool = Tool(path.stem, course)
            if "exemple" not in tool.outil:
                continue
            page = browser.new_page(viewport={"width": 390, "height": 844})
            page.goto(page_of(tool, Path(place), rows))
            page.locator("input[type=file]").set_input_files(Path(place) / "banc.json")
            page.evaluate("document.querySelectorAll('.mlt-tool details').forEach((part) => { part.open = true; })")
            page.locator(".mlt-tool-rows button[aria-expanded]").first.click()
            for where, selector in (
                ("dans une ligne", ".mlt-tool-open input[type=text]"),
                ("hors tableau", ".mlt-tool-section > .mlt-tool-field > :is(textarea, input[type=text])"),
            ):
                if page.locator(selector).count():
                    script, frame = page.evaluate(_KEYS, [selector, TYPED])
                    print(
                        f"{path.stem:24} {rows} lignes, {where:14} : {script:5.1f} ms, image suivante {frame:5.1f} ms"
                    )
            page.close()
        browser.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
