"""The names that systems give to downloads: whose a file is, and when it was handed in.

What a system wrote stands first; what follows is how the student named the file. Of several forms that fit one name,
the one whose person ends first counts, whatever the rest imitates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

_FORMS = [
    # Moodle, assign/locallib.php: "Ada Byron_123_assignsubmission_file_lab2.ipynb"; blind: "Participant_123_...".
    ("moodle", r"(?P<name>.+?)[_ ](?P<number>\d+)_assignsubmission_[a-z]+(?:_.*)?"),
    # Canvas, content_zipper.rb: "byronada_LATE_123_456_lab2-1.ipynb" has the user's and the attachment's number.
    ("canvas", r"(?P<name>.+?)_(?P<late>LATE)_(?P<number>\d+)_(?:\d+|text|link|question)[_.].+"),
    (
        "canvas",
        r"(?P<name>.+?)_(?!(?:19|20)\d\d_[01]\d[0-3]\d_)(?P<number>\d{3,})_(?:(?:question_\d+_)?\d{3,}_.+|(?:text|link)\.html)",
    ),
    ("canvas", r"(?P<name>anon)_(?P<number>[A-Za-z0-9]{5})_(?:(?P<late>LATE)_)?\d{3,}_.+"),
    # Blackboard: "Lab 2_ada_byron_attempt_2025-01-31-10-30-00_lab2.ipynb" has the task's title and the user's name.
    ("blackboard", r"(?P<name>.+?)_attempt_(?P<when>\d{4}(?:-\d\d){5})(?:[_.].*)?"),
    # Brightspace: "12345-678 - Ada Byron - Jan 31, 2025 1030 AM" has the user's and the folder's number.
    (
        "brightspace",
        r"(?P<number>\d+)-\d+ - (?P<name>.+?) - "
        r"(?P<when>\d{4}-\d\d-\d\d[^-]*?|[^-]*\d{4}[^-]*?)(?: - .+)?",
    ),
    # nbgrader's exchange: "ada+lab2_layers+2025-01-31 10:30:00.123456 UTC+a1b2", or as Windows spells it.
    ("nbgrader", r"(?P<name>[^+]+)\+[^+]+\+(?P<when>\d{4}-\d\d-\d\d \d\d[:_-]\d\d[:_-]\d\d[^+]*)(?:\+.*)?"),
]
_PATTERNS = [(system, re.compile(form, re.DOTALL)) for system, form in _FORMS]
#: Gradescope's folder of one submission, of which `autograder.intake.gradescope` reads whose it is.
FOLDER = re.compile(r"submission_\d+")
_TIME = re.compile(r"(?i)\b(\d{1,2})[:_.]?(\d\d)(?: ?([AP])\.?M\b)?")
_DAY = ("%b %d, %Y", "%B %d, %Y", "%d %B, %Y", "%d %b, %Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d")


@dataclass(frozen=True)
class Mark:
    """What a system wrote in a name.

    Attributes
    ----------
    system, name, number : str
        The system; the person's name or user name, with Blackboard after the task's title; the person's number, if any.
    when : datetime, optional
        Time of handing in: UTC where it has a zone, else by the system's clock.
    late : bool
        The system calls it late.
    """

    system: str
    name: str
    number: str = ""
    when: datetime | None = None
    late: bool = False


def mark_of(name: str) -> Mark | None:
    """Return what a system wrote in the name of a file or folder, None where none did."""
    found = [(system, match) for system, pattern in _PATTERNS if (match := pattern.fullmatch(name))]
    if not found:
        return None
    system, match = min(found, key=lambda pair: pair[1].end("name"))
    said = match.groupdict()
    when = _moment(said["when"]) if said.get("when") else None
    return Mark(system, match["name"].strip(), said.get("number") or "", when, bool(said.get("late")))


def is_dated_by_download(name: str) -> bool:
    """Whether the system that named a file dates all that it packs by the time of the download, as Canvas does."""
    mark = mark_of(name)
    return bool(mark and mark.system == "canvas")


def _moment(text: str) -> datetime | None:
    """Read a time as Blackboard, Brightspace or nbgrader writes it; None where it is none."""
    try:
        if re.fullmatch(r"\d{4}(-\d\d){5}", text):
            return datetime.strptime(text, "%Y-%m-%d-%H-%M-%S")
        if found := re.fullmatch(r"(\d{4}-\d\d-\d\d) (\d\d)[:_-](\d\d)[:_-](\d\d)\S*(.*)", text):
            when = datetime.strptime(" ".join(found.groups()[:4]), "%Y-%m-%d %H %M %S")
            return when.replace(tzinfo=UTC) if found[5].strip() in ("UTC", "GMT", "Z", "+0000") else when
        return _spelled(text)
    except ValueError:
        return None


def _spelled(text: str) -> datetime | None:
    """Read "Jan 31, 2025 1030 AM" and its like, whatever the order of the day's parts."""
    year = re.search(r"\d{4}(?:-\d\d-\d\d)?", text)
    clock = _TIME.search(text, year.end()) if year else None
    if not year or not clock:
        return None
    hour = int(clock[1]) % 12 + 12 * (clock[3].upper() == "P") if clock[3] else int(clock[1])
    day = text[: year.end()].replace(".", "").strip()
    for form in _DAY:
        try:
            return datetime.strptime(day, form).replace(hour=hour, minute=int(clock[2]))
        except ValueError:
            continue
    return None
