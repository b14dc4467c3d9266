"""Decks: ``slides/*.md`` to ``_build/diapos/<slug>/index.html``, projected without internet."""

from mallette.slides.builder import build

__all__ = ["build"]
