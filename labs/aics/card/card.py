"""What shows verdicts: a card for one question, an overview of a lab, outputs for a feedback page."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from aics.card.html import FRAME, INK, MUTED, TABLE, badge, card_html, escape, prose
from aics.card.pictures import sketches
from aics.card.sketch import size_of, to_png
from aics.card.status import points_words, status_of
from aics.card.text import card_text, worked_text
from aics.card.words import say
from aics.check.verdict import Verdict


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


class Overview:
    """All verdicts of a lab as one table with a total."""

    def __init__(self, verdicts: Sequence[Verdict]) -> None:
        """Wrap verdicts in the order to be shown."""
        self.verdicts = tuple(verdicts)

    def totals(self) -> list[str]:
        """Return the sum of the points and that of the bonus points, in words."""
        totals = []
        for bonus in (False, True):
            counted = [v for v in self.verdicts if v.bonus is bonus]
            if counted:
                score, most = sum(v.score for v in counted), sum(v.max_score for v in counted)
                totals.append(points_words(score, most, bonus=bonus))
        return totals

    def html(self) -> str:
        """Return the table for a notebook."""
        cell = "padding:4px 14px 4px 0;border:none;text-align:left;vertical-align:top;white-space:normal;"
        last = "padding:4px 0;border:none;text-align:right;vertical-align:top;white-space:nowrap;"
        head = "".join(
            f'<th scope="col" style="{style}font-weight:400;color:{MUTED}">{escape(say(key))}</th>'
            for key, style in (("status", cell), ("question", cell), ("points_column", last))
        )
        rows = "".join(
            f'<tr style="background:none"><td style="{cell}">{badge(status_of(v))}</td>'
            f'<td style="{cell}color:{INK}"><strong style="font-weight:600">{escape(v.question)}</strong>'
            f'<div style="color:{MUTED};font-size:12px">{"" if v.passed else prose(v.reason)}</div></td>'
            f'<td style="{last}color:{INK}">{escape(_points(v))}</td></tr>'
            for v in self.verdicts
        )
        total = "".join(f"<div>{escape(words)}</div>" for words in self.totals())
        rule = "border-top:1px solid var(--jp-border-color1, #bbb);font-weight:600;"
        foot = (
            f'<tr style="background:none"><th scope="row" style="{cell}{rule}">{escape(say("total"))}</th>'
            f'<td style="{cell}{rule}font-weight:400">{escape(self._count())}</td>'
            f'<td style="{last}{rule}">{total}</td></tr>'
        )
        head = f'<tr style="background:none">{head}</tr>'
        table = f"width:100%;margin:0;{TABLE};color:{INK}"
        return (
            f'<div class="aics-card" style="{FRAME}"><table style="{table}">'
            f"<thead>{head}</thead><tbody>{rows}</tbody><tfoot>{foot}</tfoot></table></div>"
        )

    def text(self) -> str:
        """Return the table for a terminal."""
        wide = max((len(v.question) for v in self.verdicts), default=0)
        signs = [(status_of(v), v) for v in self.verdicts]
        lines = [f"{sign.mark} {v.question:<{wide}}  {sign.word:<8} {_points(v)}" for sign, v in signs]
        return "\n".join([*lines, f"{self._count()} {say('total')}: {', '.join(self.totals())}"])

    __repr__ = text

    def _count(self) -> str:
        right = sum(v.passed for v in self.verdicts)
        return say("overview", right=right, count=len(self.verdicts))

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/html": self.html(), "text/plain": self.text()}


def overview(verdicts: Sequence[Verdict]) -> Overview:
    """Return the overview of a lab's verdicts, in the order given."""
    return Overview(verdicts)


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
        width, height = size_of(drawn)
        alt = " ".join(sketch.alt for sketch in drawn)
        outputs.append(
            {
                "output_type": "display_data",
                "data": {"image/png": base64.b64encode(to_png(drawn)).decode("ascii"), "text/plain": alt},
                "metadata": {"image/png": {"width": width, "height": height, "alt": alt}},
            }
        )
    return outputs


def _points(verdict: Verdict) -> str:
    return points_words(verdict.score, verdict.max_score, bonus=verdict.bonus)
