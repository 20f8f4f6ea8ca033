"""A verdict as plain ASCII-marked text for a terminal."""

from __future__ import annotations

import re

from aics.card.pictures import cells, error_words, slice_words, speed_words
from aics.card.status import RIGHT, points_words, status_of
from aics.card.words import clean, say, steps
from aics.check.verdict import Evidence, Verdict
from aics.language.columns import padded, wrapped

WIDTH = 96


def card_text(verdict: Verdict) -> str:
    """Return the whole card; only lines that the code itself printed are wider than `WIDTH`."""
    status = status_of(verdict)
    points = points_words(verdict.score, verdict.max_score, bonus=verdict.bonus)
    lines = [say("head", mark=status.mark, question=clean(verdict.question), status=status.word, points=points)]
    lines += _wrapped(clean(verdict.said), "    ")
    lines += [line for key in ("reads", "expected", "got", "case") for line in _labelled(key, getattr(verdict, key))]
    if verdict.hint:
        lines += [f"    {say(f'known_mistake.{verdict.grounds}')}", *_wrapped(clean(verdict.hint), "      ")]
    if verdict.worked:
        lines += _wrapped(say("worked_text", question=clean(verdict.question)), "      ")
    if verdict.evidence is not None:
        lines += _grid(verdict.evidence)
    if verdict.speed is not None:
        lines += _labelled("speed", speed_words(verdict.speed))
    lines += _labelled("next", verdict.next_move)
    lines += [line for note in verdict.notes for line in _labelled("also", note)]
    return "\n".join(lines)


def says_right(text: str, question: str) -> bool:
    """Return whether a card's text, in any language, says of a question that it is right."""
    return bool(re.match(rf"{re.escape(RIGHT.mark)} {re.escape(question)}\b", text))


def worked_text(verdict: Verdict) -> str:
    """Return the hint step by step; "" where it is not worked out."""
    return "\n".join(line for step in steps(verdict.worked) for line in _wrapped(clean(step), ""))


def _grid(evidence: Evidence) -> list[str]:
    """Which cells of the slice are wrong, a character each."""
    _, _, wrong = cells(evidence)
    head = say("marks", place=slice_words(evidence))
    rows = ["      " + " ".join("#" if w else "." for w in row) for row in wrong]
    return [f"    {head}", *rows, *_wrapped(error_words(evidence), "    ")]


def _labelled(key: str, text: str) -> list[str]:
    """Lines of text behind a label in a column of its own; the text's own line ends are kept."""
    if not text:
        return []
    lines = [line for part in clean(text).splitlines() for line in _wrapped(part, " " * 16)]
    return [f"    {padded(say(key), 12)}{lines[0].lstrip()}", *lines[1:]] if lines else []


def _wrapped(text: str, indent: str) -> list[str]:
    """Text as indented lines of at most `WIDTH`."""
    return wrapped(text, WIDTH, first=indent, indent=indent)
