"""Where things are: the checkout's folders, and the folder of one class."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LABS = ROOT / "labs"
SOLUTIONS = ROOT / "solutions"
REFERENCE = ROOT / "data" / "reference"
#: The original course's folder of a student's files; beside graded code, what the lab starts from.
UPLOAD = "stu_upload"
#: Environment variable that names the folder of one class's hand-ins, gradebook and feedback.
CLASS_VARIABLE = "AICS_COURSE"
#: Environment variable with the gradebook's SQLAlchemy address, such as postgresql://host/course.
GRADEBOOK_VARIABLE = "AICS_GRADEBOOK"


class CourseError(Exception):
    """Something of the course is missing or does not fit; the message says what to do."""


@dataclass(frozen=True)
class ClassFolder:
    """One class's folder: hand-ins, runs, feedback, and the gradebook unless `address` says where it is.

    Git ignores the folder.
    """

    folder: Path
    address: str = ""

    @classmethod
    def current(cls) -> ClassFolder:
        """The folder that AICS_COURSE names, else ``course/`` in the checkout; the gradebook of AICS_GRADEBOOK."""
        folder = (ROOT / os.environ.get(CLASS_VARIABLE, "course")).resolve()
        return cls(folder, os.environ.get(GRADEBOOK_VARIABLE, ""))

    @property
    def gradebook_url(self) -> str:
        """SQLAlchemy address of the gradebook: SQLite in the class's folder if no other was given."""
        return driven(self.address) or f"sqlite:///{self.folder / 'gradebook.db'}"

    def served(self) -> Path:
        """The folder that a Jupyter server must serve: formgrader shows no class that lies outside it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return ROOT if self.folder.is_relative_to(ROOT) else self.folder

    @property
    def submitted(self) -> Path:
        """Where nbgrader looks for hand-ins: ``submitted/<student>/<lab>/<lab>.ipynb``."""
        return self.folder / "submitted"

    @property
    def runs(self) -> Path:
        """One finished run a file: verdicts and outputs of a hand-in, kept until it changes."""
        return self.folder / "runs"


def driven(address: str) -> str:
    """The same address; of a PostgreSQL server, if it names no driver, with the one of the extra ``postgres``."""
    return address.replace("postgresql://", "postgresql+psycopg://", 1)
