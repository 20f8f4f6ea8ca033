"""When labs are due, what lateness costs, and which are exams: the class's ``deadlines.toml``, one file for all of it.

::

    timezone = "Asia/Shanghai"   # of the times below and of the learning management system; else this machine's
    attempt = "newest"           # which of several counts: "newest", "first", or "in time" (the newest that is);
                                 # of these one that is whole, but for "newest, even damaged"
    grace_minutes = 10           # not yet late
    late_days = 3                # free for each student, over all labs
    penalty_per_day = 10         # per cent of the score, for each day begun
    closes_after_days = 7        # no points after that

    [due]
    lab2_layers = 2025-01-31 23:59:00

    [extensions.ada_lovelace]    # a student, by id
    lab2_layers = 2025-02-07 23:59:00

    [exam.lab3_vgg19]
    until = 2025-02-10 18:00:00  # no student's page says a score before
    checks = ["build_model"]     # whose checks work in the notebook; "all", or "none", as where nothing is said
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime, time, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from aics.language import listed, noted, tr
from autograder.course import CourseError
from autograder.course.exam import Exam
from autograder.intake.toml_line import line_of

DEADLINES = "deadlines.toml"
ATTEMPTS = ("newest", "first", "in time", "newest, even damaged")
EXAM = ("until", "checks")
EXAM_DATE = noted("write one like until = 2025-02-10 18:00:00, without quotes")
EXAM_CHECKS = noted('write checks = ["relu", "flatten"], "all" or "none"')


class Misplaced(ValueError):
    """A setting that cannot be; `keys` say where it stands: the names of its tables, and its own."""

    def __init__(self, message: str, *keys: str) -> None:
        """Take what is the matter, and where."""
        super().__init__(message)
        self.keys = keys


@dataclass(frozen=True, kw_only=True)
class Deadlines:
    """The file's settings; `due` and `extensions` in UTC."""

    zone: tzinfo | None = None
    attempt: str = "newest"
    grace_minutes: float = 0
    late_days: float = 0
    penalty_per_day: float = 0
    closes_after_days: float | None = None
    due: dict[str, datetime] = field(default_factory=dict)
    extensions: dict[str, dict[str, datetime]] = field(default_factory=dict)
    exam: dict[str, Exam] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> Deadlines:
        """Read a class folder's file; raises CourseError where it says what cannot be."""
        path = folder / DEADLINES
        if not path.exists():
            return cls()
        try:
            return _checked(tomllib.loads(path.read_text("utf-8")))
        except Misplaced as error:
            raise placed(folder, error) from error
        except (ValueError, TypeError, KeyError) as error:
            raise CourseError(f"{path}: {error}.") from error

    def due_for(self, student: str, lab: str) -> datetime | None:
        """Return when a lab is due for a student, in UTC; None where it is never late."""
        return self.extensions.get(student, {}).get(lab, self.due.get(lab))

    def utc(self, when: datetime) -> datetime:
        """Return a time in UTC; one without a zone is by the course's clock."""
        return _utc(when, self.zone)


def placed(folder: Path, error: Misplaced) -> CourseError:
    """Return the error on a setting of a class folder's file, with its line."""
    path = folder / DEADLINES
    return CourseError(
        tr("{path}, line {line}: {error}.", path=path, line=line_of(path.read_text("utf-8"), *error.keys), error=error)
    )


def _utc(when: datetime, zone: tzinfo | None) -> datetime:
    """Return a time in UTC; one without a zone is the given zone's, or this machine's."""
    placed = when.replace(tzinfo=zone) if zone and when.tzinfo is None else when
    return placed.astimezone(UTC)


def _checked(said: dict[str, Any]) -> Deadlines:
    names = ["timezone", *(f.name for f in fields(Deadlines) if f.name != "zone")]
    if strange := sorted(set(said) - set(names)):
        raise ValueError(tr("there is no setting {name!r}; there are {names}", name=strange[0], names=listed(names)))
    zone = _zone(said.pop("timezone", None))
    if said.get("attempt", "newest") not in ATTEMPTS:
        raise ValueError(
            tr("attempt is {attempt!r}; it can be {names}", attempt=said["attempt"], names=listed(map(repr, ATTEMPTS)))
        )
    for name in ("grace_minutes", "late_days", "penalty_per_day", "closes_after_days"):
        if not isinstance(number := said.get(name, 0), int | float) or number < 0:
            raise ValueError(tr("{name} is {number!r}; it must be a number from 0 on", name=name, number=number))
    due = _dates(said.pop("due", {}), zone, "due")
    extensions = said.pop("extensions", {})
    if not isinstance(extensions, dict):
        raise ValueError(tr("extensions must be tables: [extensions.STUDENT], below it LAB = 2025-02-07 23:59:00"))
    longer = {who: _dates(dates, zone, f"extensions.{who}") for who, dates in extensions.items()}
    exams = said.pop("exam", {})
    if not isinstance(exams, dict):
        raise Misplaced(tr("exam must be tables: [exam.LAB], below it until = 2025-02-10 18:00:00"), "exam")
    exam = {lab: _exam(lab, table, zone) for lab, table in exams.items()}
    return Deadlines(zone=zone, due=due, extensions=longer, exam=exam, **said)


def _exam(lab: str, said: object, zone: tzinfo | None) -> Exam:
    if not isinstance(said, dict):
        raise Misplaced(tr("exam.{lab} must be a table: [exam.{lab}], below it until and checks", lab=lab), "exam", lab)
    if strange := [name for name in said if name not in EXAM]:
        raise Misplaced(
            tr("an exam has no setting {name!r}; it has {names}", name=strange[0], names=listed(EXAM)),
            "exam",
            lab,
            strange[0],
        )
    if "until" not in said:
        raise Misplaced(tr("exam.{lab} does not say until when; {how}", lab=lab, how=tr(EXAM_DATE)), "exam", lab)
    if not isinstance(said["until"], date):
        raise Misplaced(
            tr("until = {until!r} is no date; {how}", until=said["until"], how=tr(EXAM_DATE)), "exam", lab, "until"
        )
    try:
        until = _utc(_moment(said["until"]), zone).astimezone(zone)
    except OverflowError:
        raise Misplaced(
            tr("until = {until} is beyond the calendar; {how}", until=said["until"], how=tr(EXAM_DATE)),
            "exam",
            lab,
            "until",
        ) from None
    return Exam(lab=lab, until=until, checks=_checks(lab, said.get("checks", "none")))


def _checks(lab: str, said: object) -> tuple[str, ...] | None:
    if said in ("all", "none"):
        return None if said == "all" else ()
    if not isinstance(said, list) or not all(isinstance(name, str) for name in said):
        raise Misplaced(
            tr("checks = {checks!r} names no checks; {how}", checks=said, how=tr(EXAM_CHECKS)), "exam", lab, "checks"
        )
    return tuple(dict.fromkeys(said))


def _zone(name: object) -> tzinfo | None:
    try:
        return ZoneInfo(str(name)) if name is not None else None
    except (KeyError, ValueError, OSError):
        raise ValueError(tr("timezone {name!r} is unknown; one is written like 'Asia/Shanghai'", name=name)) from None


def _dates(said: object, zone: tzinfo | None, where: str) -> dict[str, datetime]:
    if not isinstance(said, dict) or not all(isinstance(day, date) for day in said.values()):
        raise ValueError(tr("[{where}] must have lines like LAB = 2025-01-31 23:59:00, without quotes", where=where))
    return {lab: _utc(_moment(day), zone) for lab, day in said.items()}


def _moment(day: date) -> datetime:
    """A date, which is the end of its day, or a time."""
    return day if isinstance(day, datetime) else datetime.combine(day, time(23, 59, 59))
