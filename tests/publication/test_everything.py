"""Does « publier tout » make what can be made, and tell once what cannot?"""

from __future__ import annotations

import argparse

import pytest

from mallette import cli, stamps
from mallette.faults import ContentError, Fault
from mallette.paths import Project
from mallette.publication import verbs
from mallette.publication.made import Made
from mallette.publication.verbs import Target

MISSING = Fault("programme", 0, "il manque", "installez-le")


def _missing() -> None:
    raise ContentError([MISSING])


def _make(name: str, fails: Exception | None = None, faults: tuple[Fault, ...] = ()) -> Target:
    def run(course: Project, options: argparse.Namespace) -> tuple[list[Made], list[Fault]]:
        if fails:
            raise fails
        return [Made(f"_build/publication/{name}", "essayer", f"{vars(options)}", 1)], list(faults)

    return Target(f"fait {name}", run)


@pytest.fixture
def publish(small_course: Project, monkeypatch: pytest.MonkeyPatch):
    def run(targets: dict[str, Target]) -> int:
        monkeypatch.setattr(verbs, "TARGETS", targets)
        return cli.main(["--cours", str(small_course.root), "publier", "tout"])

    return run


def test_each_target_is_made_with_the_options_that_ask_for_most(publish, capsys: pytest.CaptureFixture[str]) -> None:
    wide = Target(
        "large",
        _make("large").run,
        lambda parser: parser.add_argument("--large", action="store_true"),
        everything=("--large",),
    )
    assert publish({"un": _make("un"), "large": wide}) == 0
    said = capsys.readouterr().out
    assert said.index("[1/2] un") < said.index("[2/2] large") < said.index("Fichier")
    assert "{'large': True}" in said


def test_a_target_that_fails_keeps_no_other_from_being_made(publish, capsys: pytest.CaptureFixture[str]) -> None:
    broken = OSError(13, "refusé", "livre.pdf")
    apart = Fault("question", 3, "mise à part")
    code = publish(
        {
            "absent": Target("", _make("absent").run, ready=_missing),
            "encore": Target("", _make("encore").run, ready=_missing),
            "ouvert": _make("ouvert", fails=broken),
            "bon": _make("bon", faults=(apart,)),
        }
    )
    said = capsys.readouterr()
    assert code == 1
    assert "_build/publication/bon" in said.out
    assert said.err.count(MISSING.message) == 1
    assert "livre.pdf" in said.err and "l’accès est refusé" in said.err and "mise à part" in said.err
    assert "absent, encore, ouvert." in said.err


def test_what_reads_a_book_that_cannot_be_built_is_left_out(
    publish, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    built = []
    monkeypatch.setattr(cli, "_book", lambda course, options: built.append(course) or 1)
    monkeypatch.setattr(stamps.Stamp, "current", lambda stamp: False)
    reader = Target("", _make("lecteur").run, book=True)
    assert publish({"lecteur": reader, "autre": reader, "seul": _make("seul")}) == 1
    said = capsys.readouterr()
    assert len(built) == 1
    assert "_build/publication/seul" in said.out
    assert "_build/publication/lecteur" not in said.out
    assert "lecteur, autre" in said.err
