"""Find Chromium for the browser tests, or get it: ``python -m outils.chromium`` (``make test`` calls it)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

VARIABLE = "MALLETTE_CHROMIUM"
# Without windows first: the same engine, and a page costs a third of the processor's time.
NAMES = (
    "chromium-headless-shell",
    "chrome-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
# Playwright's own browsers, newest first: the folder that its documentation gives for each system.
PLAYWRIGHT_FOLDERS = {
    "linux": "~/.cache/ms-playwright",
    "darwin": "~/Library/Caches/ms-playwright",
    "win32": "~/AppData/Local/ms-playwright",
}
PLAYWRIGHT_PROGRAMS = (
    "chromium_headless_shell-*/chrome*/headless_shell*",
    "chromium_headless_shell-*/chrome*/chrome-headless-shell*",
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/Chromium.app/Contents/MacOS/Chromium",
    "chromium-*/chrome-win*/chrome.exe",
)
MISSING = "Chromium introuvable"
HOW = """\
{missing} : les tests de navigateur ne seront pas lancés. Pour les lancer, installez-le, puis refaites « make test » :
  Debian :                sudo apt install chromium-headless-shell
  Ubuntu :                sudo snap install chromium
  Fedora :                sudo dnf install chromium
  macOS :                 brew install --cask chromium
  sans administrateur :   uv run playwright install --only-shell chromium
  Chromium ou Chrome est déjà là, ailleurs : {variable}=/chemin/du/programme make test
"""


@cache
def find() -> str | None:
    """Return the path of a Chromium or Chrome that starts, ``None`` when there is none.

    The environment variable ``MALLETTE_CHROMIUM`` wins; then the programs of the system; then Playwright's own.
    """
    return next((path for path in _candidates() if _starts(path)), None)


def _candidates() -> Iterator[str]:
    if os.environ.get(VARIABLE):
        yield os.environ[VARIABLE]
        return
    yield from filter(None, map(shutil.which, NAMES))
    folder = os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or PLAYWRIGHT_FOLDERS.get(sys.platform, "")
    for pattern in PLAYWRIGHT_PROGRAMS:
        yield from map(str, sorted(Path(folder).expanduser().glob(pattern), reverse=True))


def _starts(path: str) -> bool:
    """Tell whether a program starts: Ubuntu's ``chromium-browser`` may only say that it is elsewhere, and a browser
    without its libraries is no browser. On Windows, Chrome would open a window."""
    if os.name == "nt":
        return Path(path).is_file()
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def get() -> str | None:
    """Return a Chromium after Playwright's download, or else the system's package, was tried."""
    tries = [
        ("téléchargement par Playwright", [[sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"]])
    ]
    if shutil.which("apt-get") and getattr(os, "geteuid", lambda: 1)() == 0:
        packages = [["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium-headless-shell"]]
        tries.append(("paquet du système", packages))
    for what, commands in tries:
        print(f"{MISSING} : {what}…", flush=True)
        if all(_done(command) for command in commands):
            find.cache_clear()
            if path := find():
                return path
    return None


def _done(command: list[str]) -> bool:
    try:
        return subprocess.run(command, timeout=600, stdin=subprocess.DEVNULL).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def main() -> int:
    """Find or get Chromium; say what to do otherwise, which is a failure in continuous integration only."""
    if find() or (not os.environ.get(VARIABLE) and get()):
        return 0
    print(HOW.format(missing=MISSING, variable=VARIABLE), end="")
    return 1 if os.environ.get("CI") == "true" else 0


if __name__ == "__main__":
    sys.exit(main())
