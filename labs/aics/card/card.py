"""What shows a verdict: a card in a notebook or a terminal, outputs for a feedback page."""

from __future__ import annotations

import base64

from aics.card.html import card_html
from aics.card.pictures import sketches
from aics.card.sketch import size_of, to_png
from aics.card.text import card_text, worked_text
from aics.check.verdict import Verdict
from aics.language import sentences


class Card:
    """One verdict that shows itself: HTML in a notebook, text in a terminal.

    >>> print(Card(Verdict(question="relu", score=5, max_score=5, reason="All 6 cases are right.")))
    [+] relu: right, 5 / 5 points
        All 6 cases are right.
    """

    def __init__(self, verdict: Verdict) -> None:
        """Wrap a verdict."""
        self.verdict = verdict

    def html(self) -> str:
        """Return the card for a notebook; styles and pictures are inline."""
        return card_html(self.verdict)

    def text(self) -> str:
        """Return the card for a terminal."""
        return card_text(self.verdict)

    def worked(self) -> str:
        """Return the hint step by step, where its mistake is known and worked out; else an empty text."""
        return worked_text(self.verdict)

    __repr__ = text

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/html": self.html(), "text/plain": self.text()}


def feedback_outputs(verdict: Verdict) -> list[dict[str, object]]:
    """Return a verdict as notebook outputs that read well where HTML is sanitised.

    Returns
    -------
    list of dict
        nbformat display_data outputs: the card, then its pictures as PNG with alt text if it has any.
    """
    data = {"text/html": card_html(verdict, sanitised=True), "text/plain": card_text(verdict)}
    outputs: list[dict[str, object]] = [{"output_type": "display_data", "data": data, "metadata": {}}]
    drawn = sketches(verdict.evidence, verdict.speed)
    if drawn:
        alt = sentences(*(sketch.alt for sketch in drawn))
        width, height = size_of(drawn)
        outputs.append(
            {
                "output_type": "display_data",
                "data": {"image/png": base64.b64encode(to_png(drawn)).decode("ascii"), "text/plain": alt},
                "metadata": {"image/png": {"width": width, "height": height, "alt": alt}},
            }
        )
    return outputs
