"""The finish line of a lab: every question and written answer with its points, and what to hand in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from aics.card.html import FRAME, TABLE, badge, escape, prose, spoken
from aics.card.pictures import speed_words
from aics.card.sketch import Sketch, to_svg
from aics.card.status import EMPTY, FILLED, NOT_SEEN, NOT_YET, PARTLY, Status, points_words, status_of
from aics.card.theme import INK, LINE, MUTED, STRONG_LINE
from aics.card.words import clean, number, say
from aics.check.verdict import Verdict
from aics.language import listed, sentences
from aics.language.columns import columns, padded

CELL = (
    "padding:4px 14px 4px 0;border:none;text-align:left;vertical-align:top;white-space:normal;overflow-wrap:anywhere;"
)
LAST = "padding:4px 0;border:none;text-align:right;vertical-align:top;white-space:normal;"
RULE = f"border-top:1px solid {STRONG_LINE};font-weight:600;"


@dataclass(frozen=True, kw_only=True)
class WrittenAnswer:
    """An answer in prose that a person grades; `filled` is None where the notebook's file was not seen."""

    name: str
    points: float
    filled: bool | None = None

    @property
    def status(self) -> Status:
        """Whether it is filled in, as a status."""
        return NOT_SEEN if self.filled is None else FILLED if self.filled else EMPTY


@dataclass(frozen=True, kw_only=True)
class ClosedAnswer(WrittenAnswer):
    """An answer in code whose check an exam leaves out."""

    bonus: bool = False


@dataclass(frozen=True, kw_only=True)
class InExam:
    """What a finish line says of an exam: until when there are no points, and the answers without a check."""

    until: str
    closed: Sequence[ClosedAnswer] = ()


@dataclass(frozen=True, kw_only=True)
class HandIn:
    """What is said below the table.

    file : the file to hand in, or a lab's file name; found : whether it is known for sure
    warnings : what is to be done before
    receipt, log : a sentence on each; `way` is the log as a picture
    """

    file: str
    found: bool = True
    warnings: Sequence[str] = ()
    receipt: str = ""
    log: str = ""
    way: Sketch | None = None


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the table."""

    status: Status
    name: str
    remark: str
    points: str


class FinishLine:
    """A lab's verdicts and written answers with the total, and what to hand in."""

    def __init__(
        self,
        verdicts: Sequence[Verdict],
        written: Sequence[WrittenAnswer] = (),
        handin: HandIn | None = None,
        exam: InExam | None = None,
    ) -> None:
        """Take verdicts and written answers in the order to be shown."""
        self.verdicts, self.written, self.handin = tuple(verdicts), tuple(written), handin
        self.exam, self.closed = exam, tuple(exam.closed) if exam else ()

    @property
    def complete(self) -> bool:
        """Whether all that can be right is: each question but the bonus has its points, each answer is filled in."""
        return all(v.score == v.max_score for v in self.verdicts if not v.bonus) and all(
            answer.filled for answer in (*self.written, *(each for each in self.closed if not each.bonus))
        )

    def totals(self) -> list[str]:
        """Return the points of all that there are, and those of the bonus, in words; in an exam, when there are any."""
        if self.exam:
            return [say("exam_points", until=self.exam.until)]
        plain, bonus = ([v for v in self.verdicts if v.bonus is kind] for kind in (False, True))
        score, most = sum(v.score for v in plain), sum(v.max_score for v in plain)
        totals = [points_words(score, most + sum(answer.points for answer in self.written))] if plain else []
        if bonus:
            score, most = sum(v.score for v in bonus), sum(v.max_score for v in bonus)
            totals.append(points_words(score, most, bonus=True))
        return totals

    def rows(self) -> list[Row]:
        """Return the lines of the table: questions first, then those without a check, then written answers."""
        asked = [Row(status=status_of(v), name=v.question, remark=_remark(v), points=_points(v)) for v in self.verdicts]
        for a in self.closed:
            points = say("bonus_open" if a.bonus else "points_open", most=number(a.points))
            asked.append(Row(status=a.status, name=a.name, remark=say("in_exam"), points=points))
        return asked + [
            Row(status=a.status, name=a.name, remark=say("by_person"), points=say("points_open", most=number(a.points)))
            for a in self.written
        ]

    def summary(self) -> list[str]:
        """Return what is said of all together, a sentence or two each."""
        right = sum(v.passed for v in self.verdicts)
        said = [say("exam_overview" if self.closed else "overview", right=right, count=len(self.verdicts))]
        if self.closed:
            said = [*(said if self.verdicts else []), self._without_check()]
        if self.written:
            said.append(say("by_hand", points=number(sum(answer.points for answer in self.written))))
        return said

    def _without_check(self) -> str:
        """Return what is said of the answers without a check."""
        filled = [answer.filled for answer in self.closed]
        key = "exam_count_unseen" if None in filled else "exam_count"
        return say(key, count=len(filled), filled=filled.count(True))

    def left(self) -> str:
        """Return what is left to do before handing in, in one sentence."""
        if self.complete:
            return say("exam_complete" if self.closed else "complete")
        open_ = [v for v in self.verdicts if v.score < v.max_score and not v.bonus]
        keys = [status_of(v).key for v in open_] + [answer.status.key for answer in self.written]
        keys += [f"code_{answer.status.key}" for answer in self.closed if not answer.bonus]
        kinds = ("to_do", "not_yet", "partly", "code_empty", "code_not_seen", "empty", "not_seen")
        counts = {key: keys.count(key) for key in kinds}
        return say("left", left=listed(say(f"left.{key}", count=n) for key, n in counts.items() if n))

    def html(self) -> str:
        """Return the table and what follows it for a notebook."""
        head = "".join(
            f'<th scope="col" style="{style}font-weight:400;color:{MUTED}">{escape(say(key))}</th>'
            for key, style in (("status", CELL), ("question", CELL), ("points_column", LAST))
        )
        total = "".join(f"<div>{escape(words)}</div>" for words in self.totals())
        said = "".join(f"<div>{escape(words)}</div>" for words in self.summary())
        foot = (
            f'<tr style="background:none"><th scope="row" style="{CELL}{RULE}">{escape(say("total"))}</th>'
            f'<td style="{CELL}{RULE}font-weight:400">{said}</td><td style="{LAST}{RULE}">{total}</td></tr>'
        )
        table = f"width:100%;margin:0;{TABLE};color:{INK}"
        return (
            f'<div class="aics-card"{spoken()} style="{FRAME}"><table style="{table}">'
            f'<thead><tr style="background:none">{head}</tr></thead><tbody>{"".join(map(_row, self.rows()))}</tbody>'
            f"<tfoot>{foot}</tfoot></table>{self._handin_html()}</div>"
        )

    def text(self) -> str:
        """Return the same for a terminal."""
        rows = self.rows()
        wide = max((len(row.name) for row in rows), default=0)
        most = max((columns(row.points) for row in rows), default=0)
        lines = [
            f"{row.status.mark} {row.name:<{wide}}  {padded(row.status.word, 9)} {padded(row.points, most)}  "
            f"{clean(row.remark) if row.status in (PARTLY, NOT_YET) else ''}".rstrip()
            for row in rows
        ]
        lines.append(say("total_line", summary=sentences(*self.summary()), totals=listed(self.totals())))
        return "\n".join([*lines, *(say("labelled", label=label, words=words) for label, words in self._lines())])

    __repr__ = text

    def _lines(self) -> list[tuple[str, str]]:
        """What follows the table, each with its label; nothing where nothing is known of the file."""
        if self.handin is None:
            return []
        named = say("hand_in" if self.handin.found else "hand_in_like", file=f"`{self.handin.file}`")
        lines = [(say("next"), self.left()), *((say("before"), words) for words in self.handin.warnings)]
        lines += [(say("finish"), named)] if self.handin.file else []
        lines += [(say("receipt"), self.handin.receipt)] if self.handin.receipt else []
        return lines + ([(say("log"), self.handin.log)] if self.handin.log else [])

    def _handin_html(self) -> str:
        label = f"flex:0 0 76px;color:{MUTED};font-size:13px"
        lines = "".join(
            f'<div style="display:flex;align-items:baseline;margin-top:6px"><span style="{label}">{escape(name)}'
            f'</span> <span style="overflow-wrap:anywhere">{prose(words)}</span></div>'
            for name, words in self._lines()
        )
        way = self.handin.way if self.handin else None
        picture = f'<div style="margin-top:10px">{to_svg(way)}</div>' if way else ""
        style = f"margin-top:12px;padding-top:6px;border-top:1px solid {LINE}"
        return f'<div style="{style}">{lines}{picture}</div>' if lines else ""

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/html": self.html(), "text/plain": self.text()}


def _row(row: Row) -> str:
    remark = f'<div style="color:{MUTED};font-size:12px">{prose(row.remark)}</div>' if row.remark else ""
    return (
        f'<tr style="background:none"><td style="{CELL}">{badge(row.status)}</td>'
        f'<td style="{CELL}color:{INK}"><strong style="font-weight:600">{escape(row.name)}</strong>{remark}</td>'
        f'<td style="{LAST}color:{INK}">{escape(row.points)}</td></tr>'
    )


def _remark(verdict: Verdict) -> str:
    """What is said of a question in the table: what went wrong, or how fast it is."""
    if verdict.speed is not None:
        return speed_words(replace(verdict.speed, against=""))
    if not verdict.passed:
        return verdict.reason
    return sentences(*verdict.notes) if verdict.untimed else ""


def _points(verdict: Verdict) -> str:
    return points_words(verdict.score, verdict.max_score, bonus=verdict.bonus)
