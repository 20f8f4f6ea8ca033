"""The studio's errors, which its page shows as a sentence.

StudioError
├── NoCode       there is no finished lab to show, or it cannot be imported
├── BadChoice    choices with which no run can begin
└── NoSavedRun   a folder that holds none
"""

from __future__ import annotations

from aics.demos.trouble import DemoError


class StudioError(DemoError):
    """Something that the user of the page can mend; the message says how."""


class NoCode(StudioError):
    """There is no finished lab to show, or it cannot be imported."""


class BadChoice(StudioError):
    """Choices with which no run can begin."""


class NoSavedRun(StudioError):
    """A folder that holds no saved run."""
