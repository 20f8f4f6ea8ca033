"""Where a course's things are: the checkout's folders, its labs, and the class's own state."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType

from aics.judge import Rule
from autograder.question import Question, Written

ROOT = Path(__file__).resolve().parents[1]
LABS = ROOT / "labs"
SOLUTIONS = ROOT / "solutions"
REFERENCE = ROOT / "data" / "reference"
#: The original course's folder of a student's files; beside a lab's notebook, what the lab starts from.
UPLOAD = "stu_upload"
#: Environment variable that names the folder of one class's hand-ins, gradebook and feedback.
STATE_VARIABLE = "AICS_COURSE"
#: Environment variable with the gradebook's SQLAlchemy address, such as postgresql://host/course.
GRADEBOOK_VARIABLE = "AICS_GRADEBOOK"


class CourseError(Exception):
    """Something of the course is missing or does not fit; the message says what to do."""


@dataclass(frozen=True)
class State:
    """One class's folder: hand-ins, runs, feedback, and the gradebook unless `address` says where it is.

    Git ignores the folder.
    """

    folder: Path
    address: str = ""

    @classmethod
    def current(cls) -> State:
        """The folder that AICS_COURSE names, else ``course/`` in the checkout; the gradebook of AICS_GRADEBOOK."""
        folder = (ROOT / os.environ.get(STATE_VARIABLE, "course")).resolve()
        return cls(folder, os.environ.get(GRADEBOOK_VARIABLE, ""))

    @property
    def gradebook_url(self) -> str:
        """SQLAlchemy address of the gradebook: SQLite in the class's folder if no other was given."""
        return self.address or f"sqlite:///{self.folder / 'gradebook.db'}"

    @property
    def submitted(self) -> Path:
        """Where nbgrader looks for hand-ins: ``submitted/<student>/<lab>/<lab>.ipynb``."""
        return self.folder / "submitted"

    @property
    def runs(self) -> Path:
        """One finished run a file: verdicts and outputs of a hand-in, kept until it changes."""
        return self.folder / "runs"


@dataclass(frozen=True)
class Variant:
    """Another source for one question's stub cell: a misconception or an alternative.

    `hint` is the file's docstring; `slow` marks a misconception with right values (``# slow``).
    """

    question: str
    name: str
    hint: str
    source: str
    slow: bool

    @classmethod
    def read(cls, path: Path) -> Variant:
        """Read ``<question>__<name>.py``."""
        question, _, name = path.stem.partition("__")
        source = path.read_text("utf-8")
        tree = ast.parse(source)
        hint = ast.get_docstring(tree)
        if not name or not hint:
            raise CourseError(f"{path.name}: name it <question>__<name>.py and begin with a docstring")
        rest = "\n".join(source.splitlines()[tree.body[0].end_lineno :]).strip("\n")
        return cls(question, name, " ".join(hint.split()), rest + "\n", rest.lstrip().startswith("# slow"))


@dataclass(frozen=True)
class Lab:
    """One lab's private side, read from its folder under ``solutions/``."""

    name: str

    @property
    def folder(self) -> Path:
        """``solutions/<lab>``."""
        return SOLUTIONS / self.name

    @property
    def released(self) -> Path:
        """The notebook that students get."""
        return LABS / self.name / f"{self.name}.ipynb"

    @property
    def reference(self) -> Path:
        """The public reference data."""
        return REFERENCE / f"{self.name}.npz"

    @cached_property
    def _module(self) -> ModuleType:
        return _load(self.folder / "questions.py", f"solutions.{self.name}.questions")

    @cached_property
    def questions(self) -> dict[str, Question]:
        """The questions that code answers, by name, in the notebook's order."""
        return {q.name: q for q in self._module.QUESTIONS if isinstance(q, Question)}

    @cached_property
    def written(self) -> dict[str, Written]:
        """The questions that prose answers."""
        return {q.name: q for q in self._module.QUESTIONS if isinstance(q, Written)}

    @property
    def forbidden(self) -> Sequence[str]:
        """Packages that this lab's code may not import."""
        return getattr(self._module, "FORBIDDEN", ())

    @property
    def starts_from(self) -> Lab | None:
        """The earlier lab whose solution, and what that one starts from, this one is released with."""
        name = getattr(self._module, "STARTS_FROM", "")
        return Lab(name) if name else None

    @property
    def start(self) -> Path:
        """What lies beside the released notebook of a lab that starts from another: the original's files."""
        return self.released.parent / UPLOAD

    @property
    def earlier(self) -> list[Lab]:
        """The labs that this one builds on, the nearest first."""
        return [self.starts_from, *self.starts_from.earlier] if self.starts_from else []

    @property
    def asks(self) -> ModuleType:
        """The lab's public asks, ``aics.questions.<lab>``."""
        return importlib.import_module(f"aics.questions.{self.name}")

    @cached_property
    def misconceptions(self) -> list[Variant]:
        """Every known mistake, by file name."""
        return self._variants("misconceptions")

    @cached_property
    def alternatives(self) -> list[Variant]:
        """Every other right way, by file name."""
        return self._variants("alternatives")

    def rule(self, question: str) -> Rule:
        """What the judge needs to know of a question."""
        q = self.questions[question]
        limits = q.speed.limits if q.speed else None
        return Rule(name=q.name, points=q.points, tolerance=q.tolerance, limits=limits, bonus=q.bonus)

    def _variants(self, kind: str) -> list[Variant]:
        variants = [Variant.read(path) for path in sorted((self.folder / kind).glob("*.py"))]
        for variant in variants:
            if variant.question not in self.questions:
                raise CourseError(f"{self.name}/{kind}/{variant.question}__{variant.name}.py: no such question")
        return variants


def labs(names: Sequence[str] = ()) -> list[Lab]:
    """The named labs, or all; CourseError names those that there are."""
    there = sorted(path.parent.name for path in SOLUTIONS.glob("*/notebook.py"))
    for name in names:
        if name not in there:
            raise CourseError(f"There is no lab {name!r}. There are: {', '.join(there)}.")
    return [Lab(name) for name in (names or there)]


def _load(path: Path, name: str) -> ModuleType:
    """Import one lab's file by path; it may import its folder's own modules, which no other lab sees."""
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    own = {file.stem for file in path.parent.glob("*.py")}
    sys.path.insert(0, str(path.parent))
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(path.parent))
        for imported in own & sys.modules.keys():
            del sys.modules[imported]
    return module
