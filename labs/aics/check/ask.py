"""Ask a student's code a question on one case, and hold whatever comes back as plain data.

This is loaded anew for each question that is graded (`aics.check.afresh`), so its types are named tuples: a dataclass
takes several times as long to make.
"""

from __future__ import annotations

import inspect
import linecache
import re
import traceback
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from aics.check.chance import same_chance

#: Longest piece of a student's text (an exception's message, a source line) that is kept.
TEXT_LIMIT = 500
#: In the place of an exception's message that itself raises; `aics.check.messages` says it in other languages.
NO_MESSAGE = "(its message cannot be shown)"
#: Longest name of a type that is kept.
NAME_LIMIT = 80
#: One input set: keyword arguments of a question's ask.
Case = Mapping[str, object]
#: What an ask returns: the name of each output, and what the student's code gave for it.
Outputs = dict[str, object]
#: What in an exception's message belongs to one run or one computer: quoted paths, other paths, addresses in memory.
_OF_ONE_RUN = re.compile(r"""'[^']*[/\\][^']*'|"[^"]*[/\\][^"]*"|\S*[/\\]\S*|0x[0-9a-fA-F]+""")
#: A name that is a blank to fill in, as the original course's files have them.
_BLANK = re.compile(r"name '_{4,}' is not defined")
_TRAVELS_AS = {"g": np.float64, "G": np.complex128}


class Raised(NamedTuple):
    """An exception of the student's code: its type, message, and the student's line."""

    type: str
    message: str
    line: str = ""
    number: int = 0

    @property
    def unfilled(self) -> bool:
        """Whether the untouched stub raised, or a blank that is not filled in."""
        return self.type == "NotImplementedError" or self.blank

    @property
    def blank(self) -> bool:
        """Whether a blank of the original course's files stands where code should."""
        return self.type == "NameError" and bool(_BLANK.match(self.message))

    @property
    def told(self) -> str:
        """The message as every run of the same code says it; where Python can call no deeper, that is chance."""
        return "" if self.type == "RecursionError" else " ".join(_OF_ONE_RUN.sub(" ", self.message).split())


class Unfit(NamedTuple):
    """What a measure could not use: the output, the rung that it fails on, what came and what was to come."""

    output: str
    rung: str
    got: str = ""
    expected: str = ""


class Answer(NamedTuple):
    """What one ask brought: exactly one of the five is set.

    Attributes
    ----------
    values : dict of str to ndarray, or None
        The outputs as plain arrays (a number becomes an array of shape ()).
    missing : tuple of str
        Names that the notebook does not define.
    raised : Raised or None
        The exception that ended the ask.
    misfit : (str, str) or None
        Name of an output that is no array of numbers, and the type that came instead.
    unfit : Unfit or None
        What came is arrays, but not what the question's measure computes from.
    """

    values: Mapping[str, np.ndarray] | None = None
    missing: tuple[str, ...] = ()
    raised: Raised | None = None
    misfit: tuple[str, str] | None = None
    unfit: Unfit | None = None

    @property
    def outcome(self) -> str:
        """The answer in a word or two where it holds no values; "" where it does."""
        if self.values is not None:
            return ""
        if self.missing:
            return "missing"
        if self.raised:
            return f"raised {self.raised.type}"
        if self.unfit:
            return f"{self.unfit.output}: {self.unfit.rung} {self.unfit.got}".rstrip()
        return "returned {1} as {0}".format(*self.misfit or ("", ""))


def ask(
    function: Callable[..., Mapping[str, object]],
    namespace: Mapping[str, object],
    case: Mapping[str, object],
    caught: tuple[type[BaseException], ...] = (Exception, SystemExit),
) -> Answer:
    """Call a question's ask with the student's names and fresh copies of the case's arrays.

    Code that draws random numbers draws the same ones every time. Exceptions not `caught` pass: a student who
    interrupts a check wants it to end.
    """
    names = _names_for(function)
    missing = tuple(name for name in names if name not in namespace)
    if missing:
        return Answer(missing=missing)
    inputs = {k: v.copy() if isinstance(v, np.ndarray) else v for k, v in case.items()}
    try:
        with same_chance():
            outputs = function(*(namespace[name] for name in names), **inputs)
        plain = {name: _plain(value) for name, value in outputs.items()}
    except caught as error:
        return Answer(raised=_raised(error, function))
    values: dict[str, np.ndarray] = {}
    for name, value in plain.items():
        if not isinstance(value, np.ndarray):
            return Answer(misfit=(name, value))
        values[name] = value
    return Answer(values=values)


@lru_cache(maxsize=256)
def _names_for(function: Callable[..., object]) -> tuple[str, ...]:
    """The names of the student's that an ask takes."""
    parameters = inspect.signature(function).parameters.values()
    return tuple(p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD)


def ask_each(one: Callable[[Case], Answer], cases: Sequence[Case]) -> list[Answer]:
    """Ask case by case; what an untouched stub or a missing name says to one case stands for the rest."""
    answers: list[Answer] = []
    for case in cases:
        answers.append(one(case))
        last = answers[-1]
        if last.missing or (last.raised and last.raised.unfilled):
            return answers + [last] * (len(cases) - len(answers))
    return answers


def _plain(value: object) -> np.ndarray | str:
    """The value as a plain array of numbers, or the name of its type where it is none."""
    if isinstance(value, (np.ndarray, np.generic, int, float)):
        array = np.array(value, subok=False)
        if array.dtype.char in _TRAVELS_AS:  # extended precision does not travel to the grader
            array = array.astype(_TRAVELS_AS[array.dtype.char])
        return array if array.dtype.kind in "fiubc" else f"array of {array.dtype}"
    return type(value).__name__


def _raised(error: BaseException, function: Callable[..., object]) -> Raised:
    """The exception with the innermost line that the student wrote."""
    own = inspect.getsourcefile(function)
    frames = traceback.extract_tb(error.__traceback__)
    written = [f for f in frames if f.filename != own and not given(Path(f.filename))]
    line, number = "", 0
    if written:
        number = written[-1].lineno or 0
        line = (linecache.getline(written[-1].filename, number) or written[-1].line or "").strip()
    try:
        message = str(error)
    except (Exception, SystemExit):
        message = NO_MESSAGE
    return Raised(
        type=type(error).__name__[:NAME_LIMIT], message=message[:TEXT_LIMIT], line=line[:TEXT_LIMIT], number=number
    )


def given(path: Path) -> bool:
    """Whether a file is none that the student wrote for this lab: a package's, this one's, or given layers."""
    return bool({"site-packages", "stu_upload"} & set(path.parts)) or Path(__file__).parents[1] in path.parents
