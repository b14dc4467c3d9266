"""The short SVG must look like the one matplotlib drew."""

import re

from mallette import figures
from mallette.figures import style
from mallette.figures.svg import slim

SCALE = re.compile(r"scale\([^)]*\)")


def test_letters_keep_their_size():
    figure = figures.smic()
    drawn = style.render(figure.draw, style.WIDE, "svg").decode()
    assert set(SCALE.findall(slim(drawn))) == set(SCALE.findall(drawn)) != set()
