"""A lab's notebook in this process, with answers that are broken and mended between its cells."""

from __future__ import annotations

import ast
import contextlib
import io
import linecache
import signal
from collections.abc import Iterator, Mapping
from types import CodeType, FrameType

import matplotlib.pyplot  # noqa: F401, what is imported first takes the time of the cell that draws first

from tests.labs.broken import RAN, raising

#: Processor seconds after which a cell that has met no broken answer is interrupted: at first, and with some mended.
FIRST, LATER = 0.4, 0.12
#: Files in which no cell is stopped: Python's own imports, parser, and what holds locks of the whole process.
UNSTOPPED = ("importlib", "/ast.py", "/logging/", "/threading.py")
Answers = Mapping[str, str]


class Interrupted(BaseException):
    """The student, or here a clock, has interrupted the cell."""


class Session:
    """A lab's notebook in this process; answers can be broken and mended between cells.

    Attributes
    ----------
    failed : list of str
        The cells that ended with an error, and the broken answer that they met first.
    """

    def __init__(self) -> None:
        self.failed: list[str] = []
        self.met: list[str] = []
        self.history = [""]
        self.namespace = {"__name__": "__main__", "display": self._display, RAN: self.met, "In": self.history}
        self._shown: list[object] = []
        self._unmade: set[str] = set()  # names that interrupted cells would have given a value

    def run(self, name: str, source: str) -> str:
        """Run a cell as a notebook does, and note if it fails; what it has printed."""
        self._shown.clear()
        self.met.clear()
        self.history.append(source)
        with contextlib.redirect_stdout(io.StringIO()) as printed, contextlib.redirect_stderr(io.StringIO()):
            try:
                self._run(f"<{name}>", source)
            except Interrupted:
                self._leave_unmade(source)
                raise
            except (Exception, SystemExit) as error:
                if isinstance(error.__cause__, Interrupted):  # compiled code went on with the clock's error set
                    self._leave_unmade(source)
                    raise error.__cause__ from None
                if isinstance(error, NameError) and error.name in self._unmade:
                    self._leave_unmade(source)  # the clock's doing: an interrupted cell would have made it
                    return printed.getvalue()
                self.failed.append(f"{name}, {', '.join(self.met[:1])}: {error!r}"[:300])
        return printed.getvalue()

    def peel(self, name: str, source: str, right: Answers, broken: Answers) -> Iterator[tuple[str, str]]:
        """Run a cell with all answers broken, then again and again with the first that it met mended.

        ->  the question that it met first, and what it has printed, for each run
        """
        mended: list[str] = []
        with contextlib.suppress(Interrupted):
            while True:
                printed = self._within(LATER if mended else FIRST, name, source)
                if not self.met or self.met[0] in mended:
                    break
                mended.append(self.met[0])
                yield mended[-1], printed
                self.answer(mended[-1], right[mended[-1]])
        for question in mended:
            self.answer(question, broken[question])

    def answer(self, question: str, source: str) -> None:
        """Run a question's stub and its check; the latter leaves nothing but its place in the history."""
        self.run(f"{question}_code", source)
        self.history.append(f'check("{question}")')

    def _within(self, seconds: float, name: str, source: str) -> str:
        signal.signal(signal.SIGPROF, self._interrupt)
        signal.setitimer(signal.ITIMER_PROF, seconds)
        try:
            return self.run(name, source)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)

    def _interrupt(self, _: int, frame: FrameType | None) -> None:
        """Stop the cell, but not where it would leave something to all that come later: half a module, a lock held."""
        if self.met:
            return
        if any(part in code.co_filename for code in _running(frame) for part in UNSTOPPED):
            signal.setitimer(signal.ITIMER_PROF, LATER)
        else:
            raise Interrupted

    def _leave_unmade(self, source: str) -> None:
        names = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name))
        self._unmade |= {name.id for name in names if isinstance(name.ctx, ast.Store)}

    def _run(self, filename: str, source: str) -> None:
        """Run a cell, and draw its last value and what it displays where an answer in it is broken."""
        linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
        tree = ast.parse(source)
        last = ast.Expression(tree.body.pop().value) if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, filename, "exec"), self.namespace)
        if last:
            self._shown.append(eval(compile(last, filename, "eval"), self.namespace))
        for shown in self._shown if self.met else ():
            if hasattr(shown, "_repr_mimebundle_"):
                shown._repr_mimebundle_(include=None, exclude=None)

    def _display(self, *shown: object, **_: object) -> None:
        self._shown += shown


def _running(frame: FrameType | None) -> Iterator[CodeType]:
    """The code of a frame, and of all those that called it."""
    while frame:
        yield frame.f_code
        frame = frame.f_back


def raised(right: Answers) -> Answers:
    return {question: raising(source, question) for question, source in right.items()}
