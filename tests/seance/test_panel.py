"""A room becomes a panel only when it has been shown its answers as they are, and never tells more than that."""

from __future__ import annotations

import itertools

import pytest

from mallette.seance import panel
from mallette.seance.displays import EXACT
from mallette.seance.errors import NotAllowed
from mallette.seance.results import Earlier, result
from tests.seance.test_results import PANEL, QUESTIONS

JUDGED = QUESTIONS["rupture"]
ROOM = [-2] + [-1] * 2 + [0] * 3 + [1] * 4 + [2] * 2


@pytest.mark.parametrize("expected", [False, True])
@pytest.mark.parametrize("question", [JUDGED, PANEL], ids=["lecture", "panel"])
def test_a_room_shown_as_it_is_may_be_a_panel(question, expected):
    assert panel.counts(result(question, ROOM, expected=expected)) == [1, 2, 3, 4, 2]


@pytest.mark.parametrize(
    ("shown", "reason"),
    [
        (result(QUESTIONS["aise"], [0, 1, 2, 3] * 4), panel.ONLY_JUDGEMENTS),
        (result(JUDGED, ROOM, 2), panel.FIRST_ROUND),
        (result(JUDGED, ROOM[:4]), panel.HIDDEN),
        (result(JUDGED, ROOM[:9]), "9\u00a0réponses\u00a0: un panel en demande dix au moins."),
        (result(JUDGED, [1] * 12), panel.NEARLY_ALL),
        (result(JUDGED, [1] * 10 + [0, 2]), panel.NEARLY_ALL),
        (result(JUDGED, ROOM, before=Earlier([*ROOM, 0, 0], len(ROOM))), panel.IN_CLASSES),
    ],
)
def test_what_the_room_was_not_shown_is_no_panel(shown, reason):
    with pytest.raises(NotAllowed) as caught:
        panel.counts(shown)
    assert str(caught.value) in (reason, panel.HIDDEN)


def test_no_room_of_nine_to_eleven_gives_more_than_its_result():
    """Every way in which so few people may answer: what is kept is what was shown, bar by bar, or nothing is."""
    kept = 0
    for people in range(9, 12):
        for cuts in itertools.combinations(range(people + 4), 4):
            counts = [end - start - 1 for start, end in itertools.pairwise((-1, *cuts, people + 4))]
            shown = result(
                JUDGED, [point for point, count in zip(range(-2, 3), counts, strict=True) for _ in range(count)]
            )
            try:
                found = panel.counts(shown)
            except NotAllowed:
                assert people < 10 or people - max(counts) < 3
                continue
            kept += 1
            assert people >= 10 and shown.precision == EXACT
            assert found == counts == [bar.count for bar in shown.bars]
    assert kept > 1000
