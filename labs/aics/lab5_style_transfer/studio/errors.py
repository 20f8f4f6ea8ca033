"""The studio's errors, and how they are shown: as a sentence in the page, never as a traceback.

StudioError
├── NoPage       a package that draws or serves the page is not installed
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
    """Something that the user of the page can mend; the message says how."""


class NoPage(StudioError):
    """A package that draws or serves the page is not installed."""


class NoCode(StudioError):
    """There is no finished lab to show, or it cannot be imported."""


class BadPicture(StudioError):
    """A file that is no picture."""


class BadChoice(StudioError):
    """Choices with which no run can begin."""


class NoSavedRun(StudioError):
    """A folder that holds no saved run."""


#: Errors whose message is already a sentence for people.
_SENTENCES = (StudioError, RunError, DataError)


def error_sentence(error: Exception) -> str:
    """Return an error as a sentence for people; an unexpected one with the line of code that it comes from."""
    if isinstance(error, _SENTENCES):
        return str(error)
    if isinstance(error, NotImplementedError):
        return f"Not yet: this needs a stub that is still empty ({error})."
    if isinstance(error, MemoryError):
        return "There is not enough memory for this. Take a smaller size."
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "site-packages" not in frame.filename]
    if not frames:
        return f"The code stopped with {error_line(error)}."
    place = frames[-1]
    return f"The code stopped with {error_line(error)}, in {place.name}, line {place.lineno}: {place.line}"


def error_line(error: Exception) -> str:
    """Return the error's type and message, on one line."""
    return ": ".join(part for part in (type(error).__name__, " ".join(str(error).split())) if part)
