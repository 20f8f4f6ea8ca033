"""The card's own words, one table, whole sentences."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import category

import numpy as np

from aics.language import words

CARD_WORDS: dict[str, str] = {
    # status
    "right": "right",
    "partly": "partly",
    "not_yet": "not yet",
    "to_do": "to do",
    "not_asked": "not asked",
    "filled": "filled in",
    "empty": "empty",
    "not_seen": "not seen",
    # points
    "points": "{score} / {max_score} points",
    "points_of_one": "{score} / 1 point",
    "bonus": "+{score} bonus",
    "bonus_part": "+{score} of {max_score} bonus",
    # lines of a terminal
    "head": "{mark} {question}: {status}, {points}",
    "labelled": "{label}: {words}",
    "total_line": "{summary} total: {totals}",
    # labels that stand alone beside what they name
    "got": "got",
    "expected": "expected",
    "case": "case",
    "reads": "what it is",
    "next": "next",
    "speed": "speed",
    "also": "also",
    "known_mistake.all": "This looks like a known mistake:",
    "known_mistake.both": "This looks like two known mistakes at once:",
    "known_mistake.first": "This may be a known mistake (it fits the first case that fails, but not all cases):",
    "known_mistake.little": "This may be a known mistake (too little is seen of it to be sure):",
    "known_mistake.among": "This may be a known mistake (something else seems to be wrong as well):",
    "known_mistake.cause": "This may be a known mistake (or it only follows from what is to be mended first):",
    # one public case
    "case_of": "{question}, case {number} of {count}",
    "case_right": "This case is right.",
    "inputs": "inputs",
    "run_it": "to run it yourself, copy this into a cell of its own",
    "steps": "what the check runs on a case",
    "steps_text": "what the check runs on a case: print(case.steps)",
    # the hint, worked out
    "worked": "Still stuck? The hint, step by step",
    "worked_1": "Where to look: {step}",
    "worked_2": "The idea: {step}",
    "worked_3": "The line: {step}",
    "worked_text": 'Still stuck? print(check("{question}").worked()) shows the hint step by step.',
    # the picture
    "panel_expected": "expected",
    "panel_got": "got",
    "panel_differs": "where it differs",
    "slice": "{place}.",
    "one_wrong": "1 of {size} values of {output} is wrong.",
    "some_wrong": "{wrong} of {size} values of {output} are wrong.",
    "all_wrong": "All {size} values of {output} are wrong.",
    "only_wrong": "The value of {output} is wrong.",
    "not_finite": "Values of {output} that are not finite numbers: {wrong} of {size}.",
    "error": "The largest error is {error}; {allowed} is allowed.",
    "error_by_factor": "The largest error is {error}.",
    "first_wrong": "The first wrong one is {place}: expected {expected}, got {got}.",
    "colours": "Blue is negative, white zero, orange positive; wrong cells are outlined.",
    "marks": "# is wrong, . is right, in {place}:",
    # where a page strips pictures, such as JupyterLab of a notebook that is not trusted
    "not_shown": "To see this picture, run the cell, or trust the notebook. {alt}",
    # the speed bar
    "speed_reading": "{ratio}x the reference's time; full points up to {full}x, none from {zero}x.",
    "speed_unmeasured": "The time could not be measured; full points up to {full}x, none from {zero}x.",
    "against": "Compared with {against}.",
    "zone_full": "full points",
    "zone_zero": "no points",
    "points_open": "? / {most} points",
    "bonus_open": "+? of {most} bonus",
    # the finish line
    "overview": "{right} of {count} questions are right.",
    "by_person": "In your own words; a person gives these points.",
    "by_hand": "A person gives {points} of the points.",
    # the same in an exam
    "in_exam": "No check in this exam; graded all the same.",
    "exam_overview": "Right, as far as checks work: {right} of {count}.",
    "exam_count": "Filled in without a check: {filled} of {count}.",
    "exam_count_unseen": "The notebook's file was not found: answers without a check that were not looked at: {count}.",
    "exam_complete": "Every answer is filled in, and what a check can see is right. The grader asks for itself.",
    "exam_points": "points from {until} on",
    "complete": "All that a check can see is there. The grader asks for itself, on other cases.",
    "left": "Not finished: {left}. It can be handed in as it is.",
    "left.to_do": "{count} to do",
    "left.not_yet": "{count} not right yet",
    "left.partly": "{count} partly",
    "left.empty": "{count} of the written answers empty",
    "left.not_seen": "{count} of the written answers not seen",
    "left.code_empty": "{count} of the answers without a check empty",
    "left.code_not_seen": "{count} of the answers without a check not seen",
    "before": "first",
    "finish": "hand in",
    "hand_in": "Save the notebook (Ctrl+S, on a Mac Cmd+S), then hand in this file: {file}",
    "hand_in_like": "Save the notebook (Ctrl+S, on a Mac Cmd+S), then hand in its file, such as {file}",
    "receipt": "receipt",
    "log": "log",
    "question": "question",
    "status": "status",
    "points_column": "points",
    "total": "total",
    "clipped": "{text} ... ({left} more characters)",
}

#: ``say(key, **values)``: the sentence for a key of the table, in the language spoken.
say = words(CARD_WORDS)


def steps(worked: Sequence[str]) -> list[str]:
    """Return the three steps of a hint that is worked out, each with what it is for; those of two hints in turn."""
    return [say(f"worked_{place % 3 + 1}", step=step) for place, step in enumerate(worked)]


def number(value: float) -> str:
    """Return a number as a card shows it: at most four digits, no needless zeros."""
    return f"{value:.4g}"


def value(entry: float | bool) -> str:
    """Return one entry of an array as a card shows it: ``True`` or ``False``, else a number."""
    return f"{bool(entry)}" if isinstance(entry, bool | np.bool_) else number(entry)


def times(ratio: float) -> str:
    """Return a time ratio as a card shows it: ``1.8``, ``12``, ``240``."""
    return f"{ratio:.2g}" if ratio < 10 else f"{ratio:.0f}"


def clean(text: object, limit: int = 2000) -> str:
    """Return text of any origin made safe to show: cut at `limit`, without control characters and lone surrogates."""
    text = str(text)
    left = len(text) - limit
    text = "".join(c if c in "\n\t" or category(c)[0] != "C" else "\ufffd" for c in text[:limit])
    return say("clipped", text=text, left=left) if left > 0 else text
