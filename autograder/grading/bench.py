"""A worker's bench: one sandbox for the student at hand, and one for the reference that stays."""

from __future__ import annotations

import compileall
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from aics.check.reference import PublicQuestion, Reference
from aics.language import tr
from autograder.authoring.namespace import solution_cells
from autograder.authoring.start import working_folder
from autograder.course import LABS, ROOT, CourseError, Lab
from autograder.course.question import Case
from autograder.grading.line import SOCKET, Line
from autograder.sandbox.kernel import SandboxKernel
from autograder.sandbox.packages import hidden
from autograder.sandbox.spec import Limits, SandboxSpec
from autograder.sandbox.student_python import look_at
from autograder.sandbox.view import INSIDE_SOURCE

#: Seconds, of an `Allowance`, in which the serve loop must have connected.
CONNECT = 10.0


def student_python() -> Path:
    """The Python of the student environment: AICS_STUDENT_PYTHON, else ``.venv-student`` in the checkout."""
    path = Path(os.environ.get("AICS_STUDENT_PYTHON", ROOT / ".venv-student" / "bin" / "python"))
    if not path.exists():
        raise CourseError(tr("The student environment {path} is not there. `make install` creates it.", path=path))
    return path


def built_reference(lab: Lab) -> Path:
    """The file of the lab's public cases; CourseError where it was not built."""
    if not lab.reference.exists():
        raise CourseError(tr("{file} is not there. `autograder build` makes it.", file=lab.reference.name))
    return lab.reference


def hidden_packages(lab: Lab) -> tuple[str, ...]:
    """The installed packages that the lab's code does not find when it is graded."""
    return hidden(look_at(student_python()).site, frozenset(lab.packages))


class Side:
    """A sandboxed kernel and the line on which the grader asks its code."""

    def __init__(self, lab: Lab, level: str, limits: Limits) -> None:
        """Start the kernel; it takes most of a second."""
        self._folder = Path(tempfile.mkdtemp(prefix="aics-"))
        self._folder.chmod(0o755)
        self.line = Line(self._folder)
        self._beside = ExitStack()
        spec = SandboxSpec(
            student_python=student_python(),
            aics_path=LABS / "aics",
            data_path=ROOT / "data",
            workdir=self._folder,
            files=self._beside.enter_context(working_folder(lab)),
            forbidden=hidden_packages(lab),
            limits=limits,
            level=level,
        )
        self.kernel = SandboxKernel(spec)
        try:
            self.kernel.start()
        except BaseException:
            self.close()
            raise

    @contextmanager
    def serving(self, lab: str) -> Iterator[Side]:
        """Run the serve loop in the kernel meanwhile; raises NoAnswer where it does not connect.

        Ask `idle` before the kernel is used again: the loop is told to stop, however this ends.
        """
        socket = f"{self.kernel.ask_dir}/{SOCKET}"
        self.kernel.send(f"__import__('aics.check.serve', fromlist=['serve']).serve({socket!r}, {lab!r}, globals())")
        self.line.connect(self.kernel.allowance(CONNECT).left, lambda: self.kernel.wait(0).status != "timeout")
        try:
            yield self
        finally:
            self.line.hang_up()

    def idle(self) -> bool:
        """Whether the kernel is there and takes cells; waits for the serve loop to come to its end."""
        return self.kernel.alive() and self.kernel.wait(CONNECT).status in ("ok", "error")

    def close(self) -> None:
        """End the kernel and every process of its sandbox."""
        self.kernel.stop()
        self.line.close()
        self._beside.close()
        shutil.rmtree(self._folder, ignore_errors=True)


class Bench:
    """The sandboxes of one worker process; use it as a context manager."""

    def __init__(self, level: str, limits: Limits = Limits()) -> None:
        """Nothing is started yet.

        A sandbox may not write what Python compiles, so that without it each would compile `aics` and its shell anew.
        """
        for folder in (LABS / "aics", INSIDE_SOURCE):
            compileall.compile_dir(folder, quiet=2)
        self.level, self.limits = level, limits
        self._folders: set[Path] = set()
        self._student: Side | None = None
        self._references: dict[str, Side] = {}
        self._data: dict[str, Reference] = {}
        self._public: dict[tuple[str, str, str], PublicQuestion] = {}

    def __enter__(self) -> Bench:
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()

    def close(self) -> None:
        """End every sandbox, and leave no folder."""
        self.end_student()
        for side in self._references.values():
            side.close()
        for folder in self._folders:
            shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def folder(self, prefix: str) -> Iterator[Path]:
        """A folder for one task, gone afterwards, also where the bench is closed meanwhile."""
        made = Path(tempfile.mkdtemp(prefix=prefix))
        self._folders.add(made)
        try:
            yield made
        finally:
            shutil.rmtree(made, ignore_errors=True)
            self._folders.discard(made)

    @property
    def student(self) -> Side:
        """The sandbox of the hand-in at hand."""
        if self._student is None:
            raise RuntimeError("no student sandbox: call fresh_student first")
        return self._student

    def fresh_student(self, lab: Lab) -> None:
        """End the student's sandbox, if any, and start a new one."""
        self.end_student()
        self._student = Side(lab, self.level, self.limits)

    def end_student(self) -> None:
        """End the student's sandbox with all that is left in it."""
        if self._student:
            self._student.close()
            self._student = None

    def reference(self, lab: Lab) -> Side:
        """The sandbox with the lab's solution, started at the first call; same limits, trusted code."""
        if lab.name in self._references and not self._references[lab.name].idle():
            self._references.pop(lab.name).close()
        if lab.name not in self._references:
            side = Side(lab, self.level, self.limits)
            self._references[lab.name] = side
            for name, source in solution_cells(lab):
                done = side.kernel.execute(source, 60)
                if done.status != "ok":
                    raise CourseError(f"{lab.name}: the solution's cell {name} stopped: {done.evalue or done.detail}")
        return self._references[lab.name]

    def public_question(self, lab: Lab, question: str) -> PublicQuestion:
        """What the student's own check knows of a question: read once for all hand-ins with the same parameters."""
        if lab.name not in self._data:
            self._data[lab.name] = Reference(built_reference(lab))
        if self._key(lab, question) not in self._public:
            self._public[self._key(lab, question)] = self._data[lab.name].question(question)
        return self._public[self._key(lab, question)]

    def know(self, lab: Lab, known: PublicQuestion) -> None:
        """Take what the student's own check knows of a question that has parameters of its own."""
        self._public[self._key(lab, known.rule.name)] = known

    def own_cases(self, lab: Lab, question: str) -> Sequence[Case]:
        """The public cases that a sandbox does not have: those of a student's own parameters; else none."""
        return self.public_question(lab, question).cases if lab.drawn_of(question) else ()

    @staticmethod
    def _key(lab: Lab, question: str) -> tuple[str, str, str]:
        drawn = lab.drawn_of(question)
        return lab.name, question, repr(drawn) if drawn else ""
