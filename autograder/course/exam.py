"""An exam: a lab whose scores nobody but the instructor sees until a date, and what is said of it to students."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache, reduce

from aics.language import in_every_language, listed, words
from autograder.course.lab import Lab

SAID = {
    "notice": "**{lab} is an exam until {until}.** {checks} Hand in as always; scores and feedback come from then on.",
    "checks.all": "Its checks work on the public cases.",
    "checks.some": "These checks work on their public cases: {names}. The others are left out.",
    "checks.none": "Its checks are left out.",
    "page.count": "Handed in, with {count} of {most} cells answered.",
    "page.until": "This lab is an exam: scores and feedback come from {until} on.",
    "released": "{lab} is an exam until {until}. Checks that work in its notebook: {names}.",
    "names.all": "all",
    "names.none": "none",
    "graded": "{lab} is an exam until {until}: students' pages say no score before. This table is for you alone.",
    "report.on": "An exam. Students' pages say no score before {until}; this page is the instructor's.",
    "report.over": "An exam until {until}.",
    "export": "{lab} is an exam until {until}, and its grades would be seen before. From then on, the same command "
    "writes them. To look at them yourself: autograder export {lab}, or autograder report {lab}.",
    "table": "{lab} is an exam until {until}: this table is for you alone.",
    "not_due": "{lab}: feedback pages that are not what students are to see now (an exam's date was set, changed or "
    "has come), {count}: {names}. `autograder grade` on their hand-ins renews them.",
}


say = words(SAID)


@dataclass(frozen=True, kw_only=True)
class Exam:
    """One lab's exam.

    Attributes
    ----------
    lab : str
    until : datetime
        When scores may be seen, in the course's zone.
    checks : tuple of str, or None
        The questions whose checks work in the notebook; None for all.
    """

    lab: str
    until: datetime
    checks: tuple[str, ...] | None = ()

    @property
    def is_on(self) -> bool:
        """Whether scores stay hidden now, by this machine's clock."""
        return datetime.now(UTC) < self.until

    @property
    def until_said(self) -> str:
        """When it ends, as people read it: ``2025-02-10 18:00 UTC+08:00``."""
        return f"{self.until:%Y-%m-%d %H:%M} UTC{self.until.isoformat()[-6:]}"

    def open(self, lab: Lab) -> list[str]:
        """The lab's questions whose checks work, in its order."""
        return [name for name in lab.questions if self.checks is None or name in self.checks]

    def said(self, key: str, **values: object) -> str:
        """Return the entry `key` of `SAID` with the lab, the date and the checks that work in its blanks."""
        names = listed(self.checks) if self.checks else say("names.all" if self.checks is None else "names.none")
        return say(key, **{"lab": self.lab, "until": self.until_said, "names": names, **values})

    @property
    def notice(self) -> str:
        """What stands at the top of the notebook and of the zip's README; one line."""
        checks = "checks.all" if self.checks is None else "checks.some" if self.checks else "checks.none"
        names = listed(f"`{name}`" for name in self.checks or ())
        return self.said("notice", checks=say(checks, names=names))


#: What may stand in the notice's blanks; none holds the text behind it, so that no cell takes long to be compared.
_BLANKS = {r"\{lab\}": r"\w+", r"\{until\}": r"[-+:\w ]+", r"\{checks\}": ".+"}


@lru_cache
def _notices() -> list[re.Pattern[str]]:
    """A pattern of the notice for each language."""
    every = map(re.escape, in_every_language(SAID["notice"]))
    return [re.compile(reduce(lambda text, blank: text.replace(*blank), _BLANKS.items(), said)) for said in every]


def is_notice(source: str) -> bool:
    """Return whether a cell's text is an exam's notice, of whichever exam and in whichever language, and no more."""
    return any(notice.fullmatch(source.strip()) for notice in _notices())
