"""Secrets that compare, codes that have one spelling."""

from __future__ import annotations

import pytest

from mallette.server.seance import guard


@pytest.mark.parametrize(("given", "right"), [
    ("secret", True), ("secre", False), ("", False), (None, False), ("sécret", False),
])
def test_only_the_very_secret_opens(given: str | None, right: bool) -> None:
    assert guard.same_secret(given, "secret") is right


@pytest.mark.parametrize(("typed", "code"), [
    ("bcd fgh", "BCDFGH"), (" BCD-FGH ", "BCDFGH"), ("", ""), ("../etc", ""), ("é", ""), ("B" * 13, ""), ("B\0", ""),
])
def test_a_code_has_one_spelling(typed: str, code: str) -> None:
    assert guard.plain_code(typed) == code
