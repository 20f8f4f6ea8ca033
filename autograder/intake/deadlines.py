"""When labs are due and what lateness costs: the class's ``deadlines.toml``, one file for all of it.

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
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime, time, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from autograder.course import CourseError

DEADLINES = "deadlines.toml"
ATTEMPTS = ("newest", "first", "in time", "newest, even damaged")


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

    @classmethod
    def read(cls, folder: Path) -> Deadlines:
        """Read a class folder's file; raises CourseError where it says what cannot be."""
        path = folder / DEADLINES
        if not path.exists():
            return cls()
        try:
            return _checked(tomllib.loads(path.read_text("utf-8")))
        except (ValueError, TypeError, KeyError) as error:
            raise CourseError(f"{path}: {error}.") from error

    def due_for(self, student: str, lab: str) -> datetime | None:
        """Return when a lab is due for a student, in UTC; None where it is never late."""
        return self.extensions.get(student, {}).get(lab, self.due.get(lab))

    def utc(self, when: datetime) -> datetime:
        """Return a time in UTC; one without a zone is by the course's clock."""
        return _utc(when, self.zone)


def _utc(when: datetime, zone: tzinfo | None) -> datetime:
    """Return a time in UTC; one without a zone is the given zone's, or this machine's."""
    placed = when.replace(tzinfo=zone) if zone and when.tzinfo is None else when
    return placed.astimezone(UTC)


def _checked(said: dict[str, Any]) -> Deadlines:
    names = ["timezone", *(f.name for f in fields(Deadlines) if f.name != "zone")]
    if strange := sorted(set(said) - set(names)):
        raise ValueError(f"there is no setting {strange[0]!r}; there are {', '.join(names)}")
    zone = _zone(said.pop("timezone", None))
    if said.get("attempt", "newest") not in ATTEMPTS:
        raise ValueError(f"attempt is {said['attempt']!r}; it can be {', '.join(map(repr, ATTEMPTS))}")
    for name in ("grace_minutes", "late_days", "penalty_per_day", "closes_after_days"):
        if not isinstance(number := said.get(name, 0), int | float) or number < 0:
            raise ValueError(f"{name} is {number!r}; it must be a number from 0 on")
    due = _dates(said.pop("due", {}), zone, "due")
    extensions = said.pop("extensions", {})
    if not isinstance(extensions, dict):
        raise ValueError("extensions must be tables: [extensions.STUDENT], below it LAB = 2025-02-07 23:59:00")
    longer = {who: _dates(dates, zone, f"extensions.{who}") for who, dates in extensions.items()}
    return Deadlines(zone=zone, due=due, extensions=longer, **said)


def _zone(name: object) -> tzinfo | None:
    try:
        return ZoneInfo(str(name)) if name is not None else None
    except (KeyError, ValueError, OSError):
        raise ValueError(f"timezone {name!r} is unknown; one is written like 'Asia/Shanghai'") from None


def _dates(said: object, zone: tzinfo | None, where: str) -> dict[str, datetime]:
    if not isinstance(said, dict) or not all(isinstance(day, date) for day in said.values()):
        raise ValueError(f"[{where}] must have lines like LAB = 2025-01-31 23:59:00, without quotes")
    moments = {lab: d if isinstance(d, datetime) else datetime.combine(d, time(23, 59, 59)) for lab, d in said.items()}
    return {lab: _utc(moment, zone) for lab, moment in moments.items()}
