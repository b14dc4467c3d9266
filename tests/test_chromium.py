"""Is Chromium found wherever it is, got when it can be, and its absence told?"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from outils import chromium
from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="les programmes d’essai sont des scripts")
TEST = "def test_a_page(browser): pass\ndef test_a_number(): pass\n"


def _program(path: Path, status: int = 0) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\nexit {status}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


@pytest.fixture(autouse=True)
def nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine without any browser."""
    monkeypatch.delenv(chromium.VARIABLE, raising=False)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "playwright"))
    chromium.find.cache_clear()
    yield
    chromium.find.cache_clear()


@pytest.mark.parametrize("name", chromium.NAMES)
def test_a_program_of_the_system_is_found(tmp_path: Path, name: str) -> None:
    assert chromium.find() is None
    chromium.find.cache_clear()
    path = _program(tmp_path / "bin" / name)
    assert chromium.find() == path


def test_playwrights_own_is_found_and_one_that_does_not_start_is_passed_over(tmp_path: Path) -> None:
    _program(tmp_path / "bin" / "chromium-browser", status=1)
    path = _program(tmp_path / "playwright" / "chromium-1200" / "chrome-linux64" / "chrome")
    assert chromium.find() == path
    chromium.find.cache_clear()
    shells = tmp_path / "playwright" / "chromium_headless_shell-1200" / "chrome-headless-shell-linux64"
    lighter = _program(shells / "chrome-headless-shell")
    assert chromium.find() == lighter


def test_the_one_that_was_named_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _program(tmp_path / "bin" / "chromium")
    monkeypatch.setenv(chromium.VARIABLE, _program(tmp_path / "ailleurs"))
    assert chromium.find() == str(tmp_path / "ailleurs")
    chromium.find.cache_clear()
    monkeypatch.setenv(chromium.VARIABLE, str(tmp_path / "rien"))
    assert chromium.find() is None


def test_it_is_downloaded_or_else_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    asked: list[list[str]] = []
    start = subprocess.run

    def run(command: list[str], **options: object) -> subprocess.CompletedProcess:
        if "--version" in command:
            return start(command, **options)
        asked.append(command)
        if command[1:3] == ["install", "-y"]:
            _program(tmp_path / "bin" / "chromium")
        return subprocess.CompletedProcess(command, 1 if "playwright" in command else 0)

    _program(tmp_path / "bin" / "apt-get")
    monkeypatch.setattr(chromium.subprocess, "run", run)
    monkeypatch.setattr(chromium.os, "geteuid", lambda: 0)
    assert chromium.main() == 0
    assert [command[0] for command in asked] == [sys.executable, "apt-get", "apt-get"]
    assert "Playwright" in capsys.readouterr().out


@pytest.mark.parametrize(("ci", "status"), [("", 0), ("true", 1)])
def test_without_any_the_ways_to_get_one_are_told(monkeypatch, capsys, ci: str, status: int) -> None:
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(chromium, "_done", lambda command: False)
    assert chromium.main() == status
    told = capsys.readouterr().out
    assert "non" not in told and "ne seront pas lancés" in told and "apt install chromium" in told


@pytest.mark.parametrize("ci", ["", "true"])
def test_a_run_without_browser_says_so_and_fails_in_continuous_integration(tmp_path: Path, ci: str) -> None:
    (tmp_path / "test_essai.py").write_text(TEST, encoding="utf-8")
    (tmp_path / "conftest.py").write_text("from tests.navigateur import *  # noqa\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, str(tmp_path)],
        env={**os.environ, "CI": ci, "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert (done.returncode == 0) is not bool(ci), done.stdout
    assert ("1 test de navigateur non lancé." in done.stdout) is not bool(ci)
    assert not ci or chromium.MISSING in done.stdout
