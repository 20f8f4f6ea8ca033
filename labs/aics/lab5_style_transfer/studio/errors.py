"""What can go wrong in the studio, and how it is said: always a sentence in the page, never a traceback.

StudioError
├── NoCode       there is no finished lab to show, or it cannot be imported
├── BadPicture   a file that is no picture
├── BadChoice    choices with which no run can begin
└── NoSavedRun   a folder that holds none
"""

from __future__ import annotations

import traceback

from aics.data import DataError
from aics.notebook.resumable import RunError


class StudioError(Exception):
    """Something that the person at the page can mend; the message says how."""


class NoCode(StudioError):
    """There is no finished lab to show, or it cannot be imported."""


class BadPicture(StudioError):
    """A file that is no picture."""


class BadChoice(StudioError):
    """Choices with which no run can begin."""


class NoSavedRun(StudioError):
    """A folder that holds no saved run."""


#: Errors whose message is a sentence for people already.
_SAID = (StudioError, RunError, DataError)


def said(error: Exception) -> str:
    """Say an error in a sentence or two; an unexpected one with the place in the code that it comes from."""
    if isinstance(error, _SAID):
        return str(error)
    if isinstance(error, NotImplementedError):
        return f"Not yet: this needs a stub that is still empty ({error})."
    if isinstance(error, MemoryError):
        return "There is not enough memory for this. Take a smaller size."
    return f"The code stopped with {what(error)}{_place(error)}"


def what(error: Exception) -> str:
    """The error's kind and message, on one line."""
    return ": ".join(part for part in (type(error).__name__, " ".join(str(error).split())) if part)


def _place(error: Exception) -> str:
    """Where it happened: the last line that does not belong to a library."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "site-packages" not in frame.filename]
    if not frames:
        return "."
    return f", in {frames[-1].name}, line {frames[-1].lineno}: {frames[-1].line}"
