"""What the kit looks like: colours and font, in one place.

``tokens.json`` names them; ``polices/`` holds the font, which keeps its licence (SIL Open Font License) beside it.
"""

from __future__ import annotations

from pathlib import Path

TOKENS = Path(__file__).with_name("tokens.json")
FONTS = Path(__file__).with_name("polices")
