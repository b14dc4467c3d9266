"""The date of a fact, as people write it; the SMIC of that date is held to the browser's (tests/bout_en_bout)."""

from __future__ import annotations

import pytest

from mallette.smic import iso_date
from tests.widgets.test_hourly import VECTORS


@pytest.mark.parametrize(("written", "read"), VECTORS["dates"])
def test_dates_are_read_in_french_or_iso_order(written: str, read: str | None) -> None:
    assert iso_date(written) == read
