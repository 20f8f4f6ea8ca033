"""A sentence in the place of a card."""

from __future__ import annotations

from aics.card.html import FRAME, prose, spoken
from aics.card.status import TO_DO


class Notice:
    """A sentence that shows itself: framed in a notebook, plain in a terminal."""

    def __init__(self, words: str) -> None:
        """Take the sentence; what stands in backticks is code."""
        self.words = words

    def __repr__(self) -> str:
        return self.words

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        style = f"{FRAME}border-left:5px solid {TO_DO.colour}"
        return {
            "text/html": f'<div class="aics-card"{spoken()} style="{style}">{prose(self.words)}</div>',
            "text/plain": self.words,
        }
