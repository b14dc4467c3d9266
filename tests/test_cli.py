"""Does the command line speak French, and do the guides know every verb?"""

from __future__ import annotations

import io
import re

import pytest

from mallette import cli
from mallette.paths import Project
from tests.conftest import ROOT


def _verbs() -> list[str]:
    actions = [action for action in cli.parser()._actions if action.dest == "verb"]
    return list(actions[0].choices)


@pytest.mark.parametrize("arguments", [["--help"], ["atelier", "--help"], ["livre", "--help"]])
def test_the_help_is_french(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(arguments)
    assert end.value.code == 0
    text = capsys.readouterr().out
    assert text.startswith("usage : mallette")
    assert not re.search(r"\b(show|positional|arguments|exit|message)\b", text)


@pytest.mark.parametrize("arguments", [["inconnu"], ["atelier", "--port", "abc"], ["atelier", "--port", "70000"], []])
def test_a_mistake_is_told_in_french(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(arguments)
    assert end.value.code == 2
    text = capsys.readouterr().err
    assert "--help" in text
    assert not re.search(r"\b(error|invalid|argument|required)\b", text)


def test_a_folder_that_is_no_course_is_told(tmp_path: object, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--cours", str(tmp_path), "verifier"]) == 1
    assert "n’est pas un cours" in capsys.readouterr().err


@pytest.mark.parametrize("verb", _verbs())
def test_every_verb_is_in_the_readme_and_has_help(verb: str) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"make {verb}" in readme or f"mallette {verb}" in readme


def test_every_make_target_of_the_readme_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    asked = set(re.findall(r"\bmake ([a-z]+)", (ROOT / "README.md").read_text(encoding="utf-8")))
    guides = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "book" / "guides").glob("*.md"))
    assert (asked | set(re.findall(r"\bmake ([a-z]+)", guides))) <= targets


def test_the_real_course_has_nothing_to_mend(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--cours", str(ROOT), "verifier"]) == 0, capsys.readouterr().out


def test_a_console_that_lacks_a_sign_gets_another(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(written, encoding="cp1252"))
    cli._speak_anywhere()
    print("✓ données → 12\u202f% d’été", flush=True)
    assert written.getvalue().decode("cp1252").strip() == "v données -> 12 % d’été"


def test_a_folder_that_cannot_be_written_is_told(small_course: Project, capsys: pytest.CaptureFixture[str]) -> None:
    small_course.build.write_text("", encoding="utf-8")
    (small_course.slides / "1-essai.md").write_text("# Essai\n\n## Une\n", encoding="utf-8")
    for verb in ("livre", "diapos"):
        assert cli.main(["--cours", str(small_course.root), verb]) == 1
        said = capsys.readouterr().err
        assert "_build" in said and "→ vérifiez la place et les droits" in said
