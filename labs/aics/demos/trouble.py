"""What goes wrong on a live page, and how it is shown: as a sentence, never as a traceback."""

from __future__ import annotations

import traceback

from aics.check.folder import LabError
from aics.data.errors import DataError
from aics.notebook.resumable import RunError


class DemoError(Exception):
    """Something that the user of a page can mend; the message says how."""


class NoPage(DemoError):
    """A package that draws or serves the page is not installed, or the page is not there."""


#: Errors whose message is already a sentence for people.
_SENTENCES = (DemoError, RunError, DataError, LabError)


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
