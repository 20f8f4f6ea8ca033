"""The receipt: which answers were checked, when, and what the check said of them; a small file beside the notebook."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path

from aics.check.verdict import Verdict
from aics.handin.answers import code_of, digest, digests
from aics.handin.words import say
from aics.version import __version__


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What a receipt says.

    Attributes
    ----------
    about : str
        What it is, in a sentence, for whoever opens the file.
    lab, notebook, time, version : str
        The lab, its file's name, when it was checked (ISO 8601), and by which version of the labs.
    points, of, bonus : float
        Points earned, all that there are (written answers included), and bonus points earned; None in an exam.
    questions : dict of str to float
        The points of each question; empty in an exam.
    answers : dict of str to str
        A short hash of each answer; `code` is one hash of all, in a few digits for people.
    """

    about: str
    code: str
    time: str
    lab: str
    notebook: str
    points: float | None
    of: float | None
    bonus: float | None
    version: str
    questions: Mapping[str, float] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    log: Mapping[str, object] = field(default_factory=dict)


def receipt_for(
    lab: str,
    notebook: Path,
    answers: Mapping[str, str],
    verdicts: Sequence[Verdict],
    *,
    written: float = 0,
    log: Mapping[str, object] | None = None,
) -> Receipt:
    """Return the receipt of these answers and verdicts; `written` are the points that a person gives."""
    counted = [verdict for verdict in verdicts if not verdict.bonus]
    return Receipt(
        about=say("receipt_about"),
        code=code_of(digest(answers)),
        time=datetime.now().astimezone().isoformat(timespec="seconds"),
        lab=lab,
        notebook=notebook.name,
        points=sum(verdict.score for verdict in counted),
        of=sum(verdict.max_score for verdict in counted) + written,
        bonus=sum(verdict.score for verdict in verdicts if verdict.bonus),
        version=__version__,
        questions={verdict.question: verdict.score for verdict in verdicts},
        answers=digests(answers),
        log=log or {},
    )


def without_points(receipt: Receipt) -> Receipt:
    """Return the receipt of an exam: the same answers, and no points."""
    return replace(receipt, points=None, of=None, bonus=None, questions={})


def receipt_path(notebook: Path) -> Path:
    """Return where a notebook's receipt lies: beside it."""
    return notebook.with_name(f"{notebook.stem}.receipt.json")


def save(receipt: Receipt, notebook: Path) -> None:
    """Write a receipt beside its notebook, as a whole or not at all; OSError where that cannot be."""
    handle, unfinished = tempfile.mkstemp(dir=notebook.parent, prefix=".receipt-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(json.dumps(asdict(receipt), indent=2, ensure_ascii=False) + "\n")
        os.chmod(unfinished, 0o644)
        os.replace(unfinished, receipt_path(notebook))
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise


def load(notebook: Path) -> Receipt | None:
    """Return the receipt beside a notebook; None where there is none that can be read."""
    try:
        receipt = Receipt(**json.loads(receipt_path(notebook).read_text("utf-8")))
        datetime.fromisoformat(receipt.time)
        dict(receipt.answers)
    except (OSError, ValueError, TypeError):
        return None
    return receipt


def changed_since(receipt: Receipt, answers: Mapping[str, str]) -> list[str]:
    """Return the names of the answers that are not those of the receipt."""
    now = digests(answers)
    return [name for name in {**now, **receipt.answers} if now.get(name) != receipt.answers.get(name)]


def when(time: str) -> str:
    """Return a receipt's time as people read it: ``2026-11-26 16:40``."""
    return datetime.fromisoformat(time).strftime("%Y-%m-%d %H:%M")
