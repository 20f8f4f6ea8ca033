"""What goes wrong on a live page, and how it is shown: as a sentence, never as a traceback."""

from __future__ import annotations

import traceback

from aics.check.folder import LabError
from aics.data.errors import DataError
from aics.language import tr
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
        return tr("Not yet: this needs a stub that is still empty ({stub}).", stub=error)
    if isinstance(error, MemoryError):
        return tr("There is not enough memory for this. Take a smaller size.")
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "site-packages" not in frame.filename]
    if not frames:
        return tr("The code stopped with {error}.", error=error_line(error))
    place = frames[-1]
    where = {"function": place.name, "line": place.lineno, "code": place.line}
    return tr("The code stopped with {error}, in {function}, line {line}: {code}", error=error_line(error), **where)


def error_line(error: Exception) -> str:
    """Return the error's type and message, on one line."""
    return ": ".join(part for part in (type(error).__name__, " ".join(str(error).split())) if part)
