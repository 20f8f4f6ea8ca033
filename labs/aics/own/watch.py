"""Watch a call: how often the statements of a cell run, and what they leave in their names."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import CodeType, FrameType
from typing import Any

import numpy as np

from aics.own.cell import Key, Statement

#: Lines that are watched; what takes more is too long to be followed by hand anyway.
MOST = 60_000
#: What `sys.settrace` takes.
_Trace = Callable[[FrameType, str, Any], Any]


class TooLong(Exception):
    """The code has run through more than `MOST` lines."""


@dataclass(frozen=True)
class Fact:
    """What a name held: the value, and its shape, dtype or length as they were then.

    shape, dtype : of an array, else None and ""; number : of an integer; length : of a list, tuple, dict or set
    """

    value: Any
    shape: tuple[int, ...] | None = None
    dtype: str = ""
    number: int | None = None
    length: int | None = None

    @classmethod
    def of(cls, value: Any) -> Fact:
        """What is to be known of a value; nothing of a class that a student may have written is called."""
        kind = type(value)
        if kind is np.ndarray:
            return cls(value, shape=value.shape, dtype=value.dtype.name)
        if kind is int or (isinstance(value, np.integer) and kind.__module__ == "numpy"):
            return cls(value, number=int(value))
        return cls(value, length=len(value)) if kind in (list, tuple, dict, set) else cls(value)


@dataclass
class Seen:
    """What was seen of one function.

    Attributes
    ----------
    calls : int
        How many times it was called.
    runs : Counter
        Line -> how many times a statement that begins there was begun.
    left : dict
        (line, name) -> what the statement of that line left in the name when it ran for the last time.
    order : list of (int, str, shape)
        Line, name and shape of every array that a statement left, in the order in which they came; once for as long as
        the shape stays the same.
    at_end : dict
        Name -> what it held when the function returned for the last time.
    """

    calls: int = 0
    runs: Counter[int] = field(default_factory=Counter)
    left: dict[tuple[int, str], Fact] = field(default_factory=dict)
    order: list[tuple[int, str, tuple[int, ...]]] = field(default_factory=list)
    at_end: dict[str, Fact] = field(default_factory=dict)


class Watch:
    """Watches functions of a cell while it is on; `seen` has one entry for each of them."""

    def __init__(self, codes: Mapping[Key, CodeType], statements: Sequence[Statement]) -> None:
        """Take the functions' code, and the statements of all of them."""
        self._keys = {code: key for key, code in codes.items()}
        self.seen = {key: Seen() for key in codes}
        self._at = {key: _by_line(s for s in statements if s.function == key) for key in codes}
        self._left = MOST

    @contextmanager
    def on(self) -> Iterator[None]:
        """Watch what runs meanwhile in this thread. Raises TooLong where it is too much."""
        before = sys.gettrace()
        sys.settrace(self._call)
        try:
            yield
        finally:
            sys.settrace(before)
        if self._left < 0:
            raise TooLong

    def _call(self, frame: FrameType, _event: str, _argument: Any) -> _Trace | None:
        key = self._keys.get(frame.f_code)
        if key is None or self._left < 0:
            return None
        self.seen[key].calls += 1
        return _Frame(self, self.seen[key], self._at[key]).event

    def spend(self) -> bool:
        """Count one line; whether there is still room for it."""
        self._left -= 1
        return self._left >= 0


class _Frame:
    """One call that is watched."""

    def __init__(self, watch: Watch, seen: Seen, at: Mapping[int, Statement]) -> None:
        self._watch, self._seen, self._at = watch, seen, at
        self._before: Statement | None = None
        self._raised = False

    def event(self, frame: FrameType, event: str, _argument: Any) -> _Trace | None:
        """Note what the line that has just run has left, and which one comes."""
        if event == "exception":
            self._raised, self._before = True, None
        elif event == "line":
            if not self._watch.spend():
                return None
            self._note(frame)
            self._raised, self._before = False, self._at.get(frame.f_lineno)
            self._seen.runs[frame.f_lineno] += 1
        elif event == "return" and not self._raised:
            self._note(frame)
            self._seen.at_end = {name: Fact.of(value) for name, value in frame.f_locals.items()}
        return self.event

    def _note(self, frame: FrameType) -> None:
        if self._before is None:
            return
        line = self._before.node.lineno
        for name in self._before.names:
            fact = Fact.of(_value(frame, name))
            before = self._seen.left.get((line, name))
            self._seen.left[line, name] = fact
            if fact.shape is not None and (before is None or before.shape != fact.shape):
                self._seen.order.append((line, name, fact.shape))


@contextmanager
def limited(codes: Iterable[CodeType], most: int) -> Iterator[None]:
    """Let this code run through so many lines meanwhile; beyond them it meets TooLong."""
    known, left, before = set(codes), most, sys.gettrace()

    def call(frame: FrameType, _event: str, _argument: Any) -> _Trace | None:
        return line if frame.f_code in known else None

    def line(_frame: FrameType, event: str, _argument: Any) -> _Trace:
        nonlocal left
        left -= event == "line"
        if left < 0:
            raise TooLong
        return line

    sys.settrace(call)
    try:
        yield
    finally:
        sys.settrace(before)


def _by_line(statements: Iterator[Statement]) -> dict[int, Statement]:
    return {line: statement for statement in statements for line in statement.lines}


def _value(frame: FrameType, name: str) -> Any:
    """What a name of `Statement.names` stands for in a frame; None for nothing."""
    root, _, attribute = name.partition(".")
    value = frame.f_locals.get(root)
    if not attribute:
        return value
    try:
        own = object.__getattribute__(value, "__dict__")
    except AttributeError:
        return None
    return own.get(attribute) if type(own) is dict else None
