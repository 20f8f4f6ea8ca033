"""Gather the finish line: verdicts, written answers, the file to hand in, and its receipt."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from aics.card.finish_line import ClosedAnswer, FinishLine, HandIn, InExam, WrittenAnswer
from aics.card.sketch import Sketch
from aics.card.status import points_words
from aics.check.exam import Exam
from aics.check.folder import LabError
from aics.check.verdict import Verdict
from aics.handin import log as logs
from aics.handin import receipt as receipts
from aics.handin.answers import Judged, judged
from aics.handin.notebook_file import answers_in, cells_of, find_notebook
from aics.handin.receipt import Receipt
from aics.handin.words import say, several
from aics.language import listed, sentences


def finish_line(
    lab: str,
    verdicts: Sequence[Verdict],
    written: Mapping[str, float],
    namespace: Mapping[str, object],
    path: Path | None = None,
    exam: Exam | None = None,
) -> FinishLine:
    """Return the finish line, and write the receipt where something is answered.

    Parameters
    ----------
    lab, verdicts, written : the lab, what was found of its questions, and the points of its written answers
    namespace : the notebook's names
    path : the notebook's file; looked for where it is not given
    exam : the lab's exam, if it is one: then nothing says points
    """
    closed = exam.closed if exam else ()
    path = path or find_notebook([*(v.question for v in verdicts), *(each.name for each in closed)], namespace)
    try:
        cells = cells_of(path) if path else None
    except LabError:
        cells = None
    if path is None or cells is None:
        unseen = [WrittenAnswer(name=name, points=points) for name, points in written.items()]
        said = say("receipt_unknown", folder=shown(Path.cwd()))
        return FinishLine(verdicts, unseen, HandIn(file=f"{lab}.ipynb", found=False, receipt=said), _in_exam(exam, {}))
    filled = {answer.name: answer.filled for answer in answers_in(cells)}
    answers = [WrittenAnswer(name=name, points=p, filled=filled.get(name, False)) for name, p in written.items()]
    found = judged(cells, history_of(namespace))
    warnings = [say("differs", cells=several(list(found.differing)))] if found.differing else []
    said = ""
    told = _in_exam(exam, filled)
    unchecked = [*answers, *(told.closed if told else ())]
    if any(not v.unfilled and v.rung != "defined" for v in verdicts) or any(answer.filled for answer in unchecked):
        said = _receipt(lab, path, found, verdicts, sum(written.values()), exam)
    log, way = _log(lab)
    handin = HandIn(file=shown(path), warnings=warnings, receipt=said, log=log, way=way)
    return FinishLine(verdicts, answers, handin, told)


def _in_exam(exam: Exam | None, filled: Mapping[str, bool]) -> InExam | None:
    """What is said of an exam; `filled` says whether each cell to fill is filled, by name, and is empty if unseen."""
    if exam is None:
        return None
    seen = [filled.get(f"{each.name}_code", False) if filled else None for each in exam.closed]
    closed = [
        ClosedAnswer(name=each.name, points=each.points, bonus=each.bonus, filled=is_filled)
        for each, is_filled in zip(exam.closed, seen, strict=True)
    ]
    return InExam(until=exam.until, closed=closed)


def history_of(namespace: Mapping[str, object]) -> list[str]:
    """Return the cells that the kernel has run, as they were written; empty outside a notebook."""
    ran = namespace.get("In")
    with contextlib.suppress(AttributeError, KeyError, TypeError):
        ran = namespace["get_ipython"]().history_manager.input_hist_raw  # type: ignore[operator]
    return [str(source) for source in ran] if isinstance(ran, list) else []


def shown(path: Path) -> str:
    """Return a path as people know it: ``~`` for their own folder, which also keeps their name off the page."""
    try:
        return f"~/{path.relative_to(Path.home()).as_posix()}"
    except (ValueError, RuntimeError):
        return str(path)


def _log(lab: str) -> tuple[str, Sketch | None]:
    """What is said of the log, and its picture."""
    if not logs.is_on():
        return say("log_off"), None
    from aics.handin.way import drawn  # it draws for terminals too

    log, path = logs.read(logs.path_of(lab)), logs.path_of(lab)
    said = say("log_on", count=len(log.lines), path=shown(path), holds=say("log_holds"))
    return sentences(said, say("log_broken", line=log.broken) if log.broken else ""), drawn(log)


def _receipt(
    lab: str, path: Path, found: Judged, verdicts: Sequence[Verdict], written: float, exam: Exam | None
) -> str:
    """Write the receipt, and return it in a sentence."""
    end = logs.read(logs.path_of(lab)).end if logs.is_on() else None
    receipt = receipts.receipt_for(lab, path, found.answers, verdicts, written=written, log=end)
    receipt = receipts.without_points(receipt) if exam else receipt
    points = say("receipt_exam", until=exam.until) if exam else _points(receipt)
    said = say("receipt", code=receipt.code, time=receipts.when(receipt.time), points=points)
    try:
        receipts.save(receipt, path)
    except OSError as error:
        return sentences(said, say("receipt_not_saved", why=error.strerror or error))
    return sentences(said, say("receipt_saved", file=receipts.receipt_path(path).name))


def _points(receipt: Receipt) -> str:
    """A receipt's points in words."""
    points, bonus = points_words(receipt.points or 0, receipt.of or 0), receipt.bonus
    return listed([points, points_words(bonus, bonus, bonus=True)]) if bonus else points
