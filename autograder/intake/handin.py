"""What intake gives back: hand-ins to grade, remarks to read, and the limits on what is read."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from nbformat.notebooknode import NotebookNode

from autograder.intake.shelf import Shelved

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


@dataclass(frozen=True, kw_only=True)
class HandIn:
    """One student's notebook of one lab, ready to be graded.

    Attributes
    ----------
    student, lab : str
        Safe id of the student; name of the lab.
    shelved : Shelved
        The notebook, nbformat 4, repaired: the released cells with the student's answers.
    original : str
        The file, folder or archive member that it came from; it was not changed.
    when : float
        Modification time, seconds since the epoch.
    remarks : list of str
        What was repaired, one line each.
    beside : tuple of str
        Names of the student's other files, which are not taken.
    handed_in : datetime, optional
        When it was handed in, in UTC, where that is known.
    late : bool
        Whether the learning management system calls it late.
    """

    student: str
    lab: str
    shelved: Shelved
    original: str
    when: float
    remarks: list[str] = field(default_factory=list)
    beside: tuple[str, ...] = ()
    handed_in: datetime | None = None
    late: bool = False

    @property
    def notebook(self) -> NotebookNode:
        """The notebook, read from the shelf at each call."""
        return self.shelved.notebook


def one_line(text: object, limit: int = 200) -> str:
    """Return `text` as one printable line: no control, direction or surrogate characters."""
    shown = "".join(char if char.isprintable() else " " for char in str(text)[: 4 * limit])
    shown = " ".join(shown.split())
    return shown if len(shown) <= limit else shown[: limit - 3] + "..."


def below(top: Path, origin: str) -> str:
    """Return where a file is, seen from the folder or zip that was handed in; "" where it is that itself."""
    return origin.removeprefix(os.path.abspath(top)).lstrip("/> ") if origin != str(top) else ""
