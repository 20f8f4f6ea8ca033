"""The questions about a student's own cell as a card: what is asked, what was answered, and how to answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aics.card.html import FRAME, badge, escape, prose, spoken
from aics.card.status import NOT_YET, RIGHT, TO_DO, Status
from aics.card.theme import MONO, MUTED, TINT
from aics.card.words import clean
from aics.own.asked import Asked
from aics.own.cell import OwnCell
from aics.own.messages import call_words, form_words, question_words, right_words, say

_FONT = f"font-family:{MONO};font-size:13px;color:inherit;background:none;padding:0"
_BOX = f"{_FONT};margin:4px 0 0;padding:6px 10px;border:none;border-radius:4px;background:{TINT};overflow-x:auto"


@dataclass(frozen=True)
class Answered:
    """A question with what became of it: `key` is an entry of the words, ``open`` before anything was answered."""

    asked: Asked
    key: str = "open"

    @property
    def status(self) -> Status:
        """The outcome as cards show it."""
        return {"right": RIGHT, "open": TO_DO, "unread": TO_DO}.get(self.key, NOT_YET)

    @property
    def said(self) -> str:
        """What is said of the answer."""
        return say(self.key, right=right_words(self.asked), form=form_words(self.asked))


class OwnCard:
    """What ``check.own("conv_forward")`` gives; it shows itself.

    Attributes
    ----------
    question : str
    answered : tuple of Answered
        One or two questions.
    """

    def __init__(
        self, question: str, cell: OwnCell, answered: Sequence[Answered], *, case: str, note: str = ""
    ) -> None:
        """Take the questions with the cell that they are about; `case` and a `note` are in words."""
        self.question, self.answered, self.note = question, tuple(answered), note
        self._cell, self._words = cell, case

    @property
    def complete(self) -> bool:
        """Whether nothing is left to answer: each was right, or what is right was told."""
        return all(each.key in ("right", "told") for each in self.answered)

    @property
    def status(self) -> Status:
        """The outcome of all together."""
        if all(each.key == "right" for each in self.answered):
            return RIGHT
        return NOT_YET if any(each.status is NOT_YET for each in self.answered) else TO_DO

    def html(self) -> str:
        """Return the card for a notebook; styles are inline."""
        head = f'<strong style="font-size:15px;font-weight:600">{escape(self._title())}</strong>'
        parts = [
            f"<div>{badge(self.status)} {head}</div>",
            f'<div style="margin-top:8px">{prose(self._case())}</div>',
            *(self._question_html(each) for each in self.answered),
            f'<div style="margin-top:10px">{prose(self.note)}</div>' if self.note else "",
            self._how_html(),
            self._cell_html(),
        ]
        return (
            f'<div class="aics-card"{spoken()} style="{FRAME}border-left:5px solid {self.status.colour}">'
            f"{''.join(parts)}</div>"
        )

    def text(self) -> str:
        """Return the card for a terminal."""
        lines = [f"{self.status.mark} {self._title()}", f"    {self._case()}"]
        for each in self.answered:
            lines += [f"  {each.status.mark} {clean(question_words(each.asked))}", f"        {clean(each.said)}"]
        lines += [f"    {self.note}"] if self.note else []
        lines += [f"    {number:>3} {clean(line)}" for number, line in self._numbered()]
        return "\n".join(lines if self.complete else [*lines, f"  {say('how')}", f"    {self._call()}"])

    __repr__ = text

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/html": self.html(), "text/plain": self.text()}

    def _title(self) -> str:
        return say("title", question=self.question)

    def _case(self) -> str:
        return say("case", question=self.question, case=self.answered[0].asked.case, words=self._words)

    def _call(self) -> str:
        return call_words(self.question, len(self.answered))

    def _question_html(self, each: Answered) -> str:
        line = self._cell.lines[each.asked.line - 1] if each.asked.form != "line" else ""
        code = f'<pre style="{_BOX};white-space:pre">{each.asked.line:>3}  {escape(line)}</pre>' if line else ""
        return (
            f'<div style="margin-top:14px">{badge(each.status)} {prose(question_words(each.asked))}{code}'
            f'<div style="margin-top:4px;color:{MUTED}">{prose(each.said)}</div></div>'
        )

    def _how_html(self) -> str:
        if self.complete:
            return ""
        how = f'<div style="color:{MUTED}">{escape(say("how"))}</div>'
        return (
            f'<div style="margin-top:14px">{how}<pre style="{_BOX};white-space:pre">{escape(self._call())}</pre></div>'
        )

    def _cell_html(self) -> str:
        """The cell behind a fold, which is open where a line is asked for."""
        text = "\n".join(f"{number:>3}  {line}" for number, line in self._numbered())
        is_open = " open" if any(each.asked.form == "line" for each in self.answered) else ""
        summary = f'<summary style="cursor:pointer;color:{MUTED}">{escape(say("cell"))}</summary>'
        body = f'<pre style="{_BOX};white-space:pre">{escape(text)}</pre>'
        return f'<details style="margin-top:12px"{is_open}>{summary}{body}</details>'

    def _numbered(self) -> list[tuple[int, str]]:
        return list(enumerate(self._cell.source.splitlines(), 1))
