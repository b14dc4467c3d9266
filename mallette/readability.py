"""How hard a text is to read: the LIX index, which counts long sentences and long words.

Source: C. H. Björnsson, *Läsbarhet*, 1968; J. Anderson, "Lix and Rix: Variations on a little-known readability index",
Journal of Reading 26(6), 1983, which tries it on French. It sees neither order nor meaning: a short sentence can be
obscure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

LONG_WORD = 7
"""Letters of the shortest long word."""
LEVELS = ((30, "très facile"), (40, "facile"), (50, "moyen"), (60, "difficile"))
"""Björnsson's levels: the first bound above the index."""
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?…:]+(?=\s|$)|\n\s*(?=\n|[-*+] |\d+[.)] )")


@dataclass(frozen=True)
class Reading:
    """Measures of a text.

    Attributes:
        words: number of words.
        sentences: number of sentences; a colon, the end of a paragraph or of a list item ends one.
        long_words: number of words of :data:`LONG_WORD` letters or more.
    """

    words: int
    sentences: int
    long_words: int

    @property
    def words_per_sentence(self) -> float:
        return self.words / max(1, self.sentences)

    @property
    def lix(self) -> float:
        """Words per sentence plus the share of long words in %."""
        return self.words_per_sentence + 100 * self.long_words / max(1, self.words)

    @property
    def level(self) -> str:
        """« très facile » to « très difficile »."""
        return next((name for bound, name in LEVELS if self.lix < bound), "très difficile")


@lru_cache(maxsize=64)
def measure(text: str) -> Reading:
    """Return the measures of a plain text, such as :func:`mallette.units.prose` gives."""
    sentences = [_WORD.findall(part) for part in _SENTENCE_END.split(text)]
    words = [word for part in sentences for word in part]
    return Reading(len(words), sum(bool(part) for part in sentences), sum(len(word) >= LONG_WORD for word in words))
