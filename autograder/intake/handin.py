"""What is said of what was handed in, and the limits on what is read."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

MB = 1_000_000
MAX_FILE = 20 * MB  #: one notebook, without what its cells printed where it is larger
MAX_PRINTED = 1000 * MB  #: all notebooks of one student, with what their cells printed
MAX_ARCHIVE = 100 * MB  #: one zip on disk, and all that is unpacked for one student
MAX_PYTHON = 1 * MB  #: one layers_*.py
MAX_MEMBERS = 2000  #: files looked at for one student
MAX_ENTRIES = 100_000  #: entries of one zip, a whole class's included
MAX_DIRECTORY = 50 * MB  #: the list of a zip's entries
MAX_ZIP_DEPTH = 2  #: a zip in a zip is opened, a zip in that is not
MAX_FOLDER_DEPTH = 12
MAX_REMARKS = 20  #: for one student
MAX_BRACKETS = 2_000_000  #: JSON lists and objects of one notebook
MAX_CELLS = 20_000  #: cells of one notebook that hold something
MAX_SOURCE = 200_000  #: characters of one cell
MAX_ATTACHMENT = 5 * MB  #: pictures pasted into one cell
MAX_EXTRA_CELLS = 1000  #: a student's own cells that are kept
MAX_EXTRA = 1 * MB  #: characters of those cells


class Refused(Exception):
    """A file that is not graded; its text is the sentence that people read."""


@dataclass(frozen=True, kw_only=True)
class Remark:
    """A sentence about something that was not graded as it came.

    Attributes
    ----------
    student : str
        Safe id, "" where it is nobody's.
    path : str
        The file or folder; ``a.zip > b.ipynb`` is a member of an archive.
    sentence : str
        One line.
    """

    student: str
    path: str
    sentence: str


def one_line(text: object, limit: int = 200) -> str:
    """Return `text` as one printable line: no control, direction or surrogate characters."""
    shown = "".join(char if char.isprintable() else " " for char in str(text)[: 4 * limit])
    shown = " ".join(shown.split())
    return shown if len(shown) <= limit else shown[: limit - 3] + "..."


def below(top: Path, origin: str) -> str:
    """Return where a file is, seen from the folder or zip that was handed in; "" where it is that itself."""
    return origin.removeprefix(os.path.abspath(top)).lstrip("/> ") if origin != str(top) else ""
