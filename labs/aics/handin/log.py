"""The log of checks: a history that a student may keep on the own disk, a line for each check, chained by hashes.

Off until ``aics log on``. A line holds the time, the question, the verdict, the recognised mistake and the speed; no
code and no name. Each line's hash covers the line before, so that a line that was changed or taken out shows. A chain
is no wall: whoever writes a whole new log has an unbroken one.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from aics.card.status import status_of
from aics.check.verdict import Verdict
from aics.handin.words import say

VARIABLE = "AICS_LOG"
ENDING = ".log.jsonl"
#: Seconds that a kernel waits for another one that writes to the same log.
PATIENCE = 20


@dataclass(frozen=True, kw_only=True)
class Line:
    """One check of one question.

    time : when, as ISO 8601; verdict : key of the status that the card showed
    mistake : the recognised misconception, or ""; speed : the time ratio, or None where nothing was timed
    before : the hash of the line before, "" at the start
    """

    time: str
    lab: str
    question: str
    verdict: str
    mistake: str
    score: float
    speed: float | None
    before: str

    @property
    def hash(self) -> str:
        """The hash of this line, which covers that of the line before."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Log:
    """The lines of a log that can be read, and the number of the first line at which its chain is broken, or 0."""

    lines: Sequence[Line]
    broken: int = 0

    @property
    def end(self) -> dict[str, object]:
        """How many lines there are, and the last one's hash: a receipt keeps it, so that a cut end shows."""
        return {"lines": len(self.lines), "hash": self.lines[-1].hash if self.lines else ""}


def folder() -> Path:
    """Return where logs lie: the user's own data folder, or the one that AICS_LOG names; it need not exist."""
    if chosen := os.environ.get(VARIABLE):
        return Path(chosen).expanduser()
    import platformdirs

    return platformdirs.user_data_path("aics", appauthor=False) / "log"


def path_of(lab: str) -> Path:
    """Return the file of a lab's log; it need not exist."""
    return folder() / f"{lab}{ENDING}"


def is_on() -> bool:
    """Return whether checks are logged."""
    return (folder() / "on").is_file()


def turn(*, on: bool) -> None:
    """Begin to log, or stop; what was logged stays."""
    if on:
        folder().mkdir(parents=True, exist_ok=True)
        (folder() / "on").write_text(f"{say('log_is_on')}\n", "utf-8")
    else:
        (folder() / "on").unlink(missing_ok=True)


def note(lab: str, verdicts: Sequence[Verdict], *, changed_only: bool = False) -> str:
    """Write verdicts to the log if it is on; `changed_only` leaves out those that it has as the question's last one.

    Returns a sentence where it could not be written, "" otherwise; never raises.
    """
    try:
        if not is_on():
            return ""
        with _alone(path_of(lab)):
            _append(lab, verdicts, changed_only)
    except OSError as error:
        return say("log_not_written", why=error.strerror or error)
    return ""


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold a log for this process: SQLite locks files on every system, and a process that dies gives them back."""
    import sqlite3  # only a log that is on needs it

    try:
        with closing(sqlite3.connect(path.with_suffix(".lock"), timeout=PATIENCE, isolation_level=None)) as lock:
            lock.execute("BEGIN EXCLUSIVE")
            yield
    except sqlite3.Error as error:
        raise OSError(str(error)) from error


def _append(lab: str, verdicts: Sequence[Verdict], changed_only: bool) -> None:
    """Chain the verdicts to the log's last line."""
    lines = read(path_of(lab)).lines
    last = {line.question: (line.verdict, line.mistake, line.score) for line in lines}
    before, fresh = lines[-1].hash if lines else "", ""
    for verdict in verdicts:
        if changed_only and last.get(verdict.question) == _said(verdict):
            continue
        line = _line(lab, verdict, before)
        before = line.hash
        fresh += json.dumps({**asdict(line), "hash": before}, ensure_ascii=False) + "\n"
    with path_of(lab).open("a", encoding="utf-8") as file:
        file.write(fresh)


def read(path: Path) -> Log:
    """Read a log and check its chain; a file that is not there is an empty log.

    Lines that cannot be read are left out, and break the chain.
    """
    lines: list[Line] = []
    broken, before = 0, ""
    texts = path.read_text("utf-8", "replace").splitlines() if path.is_file() else []
    for number, text in enumerate(texts, 1):
        line, told = _parsed(text)
        if line is None or line.before != before or line.hash != told:
            broken = broken or number
        if line is not None:
            lines.append(line)
            before = told
    return Log(lines=lines, broken=broken)


def lacks_end(log: Log, end: Mapping[str, object]) -> bool:
    """Return whether a log lacks the line that was its last when a receipt was made."""
    known = end.get("hash")
    return bool(known) and known not in {line.hash for line in log.lines}


def _parsed(text: str) -> tuple[Line | None, str]:
    """A line and the hash that stands in it; no line where the text is none."""
    try:
        entry = json.loads(text)
        told = str(entry.pop("hash"))
        line = Line(**entry)
        datetime.fromisoformat(line.time)
        if not all(isinstance(word, str) for word in (line.question, line.verdict, line.mistake, line.lab)):
            return None, ""
    except (ValueError, KeyError, TypeError, AttributeError):
        return None, ""
    return line, told


def _said(verdict: Verdict) -> tuple[str, str, float]:
    return status_of(verdict).key, verdict.misconception, verdict.score


def _line(lab: str, verdict: Verdict, before: str) -> Line:
    status, mistake, score = _said(verdict)
    ratio = verdict.speed.ratio if verdict.speed else math.inf
    return Line(
        time=datetime.now().astimezone().isoformat(timespec="seconds"),
        lab=lab,
        question=verdict.question,
        verdict=status,
        mistake=mistake,
        score=score,
        speed=round(ratio, 3) if math.isfinite(ratio) else None,
        before=before,
    )
