"""Whether a course asks its students about their own code: a file that `autograder release` puts beside the data."""

from __future__ import annotations

import json

from aics.check.folder import data_folder
from aics.check.verdict import Verdict
from aics.own.messages import say

#: In the folder ``data/``: a JSON list with the names of the labs that ask.
FILE = "own_code.json"


def asks_about_own_code(lab: str) -> bool:
    """Return whether this lab does; a lab of which nothing is said does not."""
    path = data_folder() / FILE
    try:
        named = json.loads(path.read_text("utf-8")) if path.is_file() else []
    except (OSError, ValueError):
        return False
    return isinstance(named, list) and lab in named


def refusal(lab: str, verdict: Verdict) -> str:
    """Return why nothing is asked of a question's code; "" where it is right and the lab asks."""
    if not asks_about_own_code(lab):
        return say("off")
    return say("not_yet", question=verdict.question) if verdict.rung else ""


def hint(lab: str, verdict: Verdict) -> str:
    """Return what the card of a right answer says of these questions; "" where they are not asked."""
    return "" if refusal(lab, verdict) else say("hint", question=verdict.question)
