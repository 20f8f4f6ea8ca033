"""Tasks that wait for a worker, made one by one as their turns come."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

Task = TypeVar("Task")


class Waiting(Generic[Task]):
    """First what was put in front, then what a source yields; true for as long as there may be more.

    A source yields None where it has found something that no worker is needed for, so that whoever takes results is
    told between two tasks; no task is None.
    """

    def __init__(self, first: Iterable[Task] = (), source: Iterator[Task | None] | None = None) -> None:
        """Take nothing from the source yet; a deque stays its owner's, who may go on filling it."""
        self._first = first if isinstance(first, deque) else deque(first)
        self._source = source

    def __bool__(self) -> bool:
        return bool(self._first) or self._source is not None

    def put(self, task: Task) -> None:
        """Let a task be the next."""
        self._first.appendleft(task)

    def take(self) -> Task | None:
        """Return the next task; None where there is none just now."""
        if self._first:
            return self._first.popleft()
        if self._source is None:
            return None
        try:
            return next(self._source)
        except StopIteration:
            self._source = None
            return None
