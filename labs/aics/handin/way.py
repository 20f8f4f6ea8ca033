"""The way to the solution: the checks of a log in their order, as a picture for notebooks and a table for terminals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from rich.table import Table
from rich.text import Text as Words

from aics.card.sketch import MUTED, Box, Sketch, Text
from aics.card.status import EVERY, RIGHT, Status
from aics.handin.log import Line, Log
from aics.handin.receipt import when
from aics.handin.words import say
from aics.language import listed

#: Of the picture, in CSS pixels: its width, that of its column of names, a row's height, and a check's largest width.
WIDTH, NAMES, ROW, WIDEST = 700, 210, 18, 14
#: How high a check stands in its row, by its verdict: the colour never says it alone.
HEIGHTS = {"right": 14, "partly": 9, "not_yet": 5, "to_do": 2}
#: Checks of one question that a terminal shows: the last ones.
MOST = 40


def by_question(log: Log) -> dict[str, list[tuple[int, Line]]]:
    """Return the checks of each question with their places in the log; questions in the order of their first check."""
    found: dict[str, list[tuple[int, Line]]] = {}
    for place, line in enumerate(log.lines):
        found.setdefault(line.question, []).append((place, line))
    return found


def drawn(log: Log) -> Sketch | None:
    """Return the log as a picture, a row a question, from the first check at the left; None where there is none."""
    rows = by_question(log)
    if not rows:
        return None
    step = min(WIDEST, (WIDTH - NAMES) / len(log.lines))
    sketch = Sketch(WIDTH, ROW * len(rows) + 22, _in_words(log, rows))
    for row, (question, checks) in enumerate(rows.items()):
        foot = ROW * (row + 1)
        sketch.shapes.append(Text(0, foot - 7, question, "start", 12))
        for place, line in checks:
            high = HEIGHTS.get(line.verdict, 2)
            colour = _status(line).colour
            sketch.shapes.append(Box(NAMES + place * step, foot - high, max(step - 1, 1), high, colour))
    ends = say("way_ends", first=when(log.lines[0].time), last=when(log.lines[-1].time))
    sketch.shapes.append(Text(NAMES, sketch.height - 8, ends, "start", 11, MUTED))
    return sketch


def table(log: Log) -> Table:
    """Return the log for a terminal: each question with its checks, how long it took, and the mistakes on the way."""
    found = Table(box=None, pad_edge=False, header_style="bold")
    for key in ("way_question", "way_way", "way_count", "way_time", "way_mistakes"):
        found.add_column(say(key), justify="right" if key in ("way_count", "way_time") else "left", overflow="fold")
    for question, checks in by_question(log).items():
        lines = [line for _, line in checks]
        way = Words.assemble(*((_sign(line), _status(line).colour) for line in lines[-MOST:]))
        mistakes = listed(dict.fromkeys(line.mistake for line in lines if line.mistake))
        found.add_row(Words(question), way, str(len(lines)), _until_right(lines), Words(mistakes))
    return found


def _in_words(log: Log, rows: Mapping[str, Sequence[tuple[int, Line]]]) -> str:
    right = sum(any(line.verdict == RIGHT.key for _, line in checks) for checks in rows.values())
    return say("way_alt", count=len(log.lines), questions=len(rows), right=right)


def _status(line: Line) -> Status:
    return EVERY.get(line.verdict, EVERY["to_do"])


def _sign(line: Line) -> str:
    """The middle of a status's mark: ``+``, ``~``, ``-``; a dot for what was to do."""
    return _status(line).mark[1].strip() or "."


def _until_right(lines: Sequence[Line]) -> str:
    """How long it took from a question's first check to its first right one."""
    first = next((line for line in lines if line.verdict == RIGHT.key), None)
    if first is None:
        return say("way_open")
    if first is lines[0]:
        return say("way_at_once")
    minutes = (datetime.fromisoformat(first.time) - datetime.fromisoformat(lines[0].time)).total_seconds() / 60
    for key, size in (("way_days", 1440), ("way_hours", 60)):
        if minutes >= size:
            count = float(f"{minutes / size:.2g}")
            return say(key, count=int(count) if count.is_integer() else count)
    return say("way_minutes", count=round(max(minutes, 0)))
