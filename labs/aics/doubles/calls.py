"""Record the calls of an object's method, or answer calls of a notebook's function in its place."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import numpy as np

Note = TypeVar("Note")
#: A call that has its answer: arguments in the order of the function's signature, and what it returns.
KnownCall = tuple[Sequence[object], object]


def record_calls(owner: object, method: str, calls: list[tuple[Any, ...]]) -> None:
    """Append the arguments of every call of this method to `calls`, then make the call."""
    _before_each(owner, method, calls.append)


def note_calls(owner: object, method: str, notes: list[Note], note: Note) -> None:
    """Append `note` to `notes` at every call of this method, then make the call."""
    _before_each(owner, method, lambda _arguments: notes.append(note))


def _before_each(owner: object, method: str, act: Callable[[tuple[Any, ...]], None]) -> None:
    original = getattr(owner, method)

    def recording(*arguments: object, **by_name: object) -> object:
        act(inspect.signature(original).bind(*arguments, **by_name).args)  # by their places, however they were given
        return original(*arguments, **by_name)

    setattr(owner, method, recording)


@contextmanager
def overridden(function: Callable[..., object], answer: Callable[..., object]) -> Iterator[None]:
    """Let `answer` stand in for a notebook's function until the block ends.

    Parameters
    ----------
    function : callable
        Found by its value among the notebook's names; a function that the notebook does not define stays as it is.
    answer : callable
        Gets the arguments in the order of the function's signature. Where it returns None, the function itself is
        called.
    """
    names: dict[str, object] = getattr(function, "__globals__", {})
    title = next((title for title, value in names.items() if value is function), "")

    def double(*arguments: object, **named: object) -> object:
        known = answer(*inspect.signature(function).bind(*arguments, **named).arguments.values())
        return function(*arguments, **named) if known is None else known

    if title:
        names[title] = double
    try:
        yield
    finally:
        if title:
            names[title] = function


@contextmanager
def known_calls_answered(function: Callable[..., object], calls: Sequence[KnownCall]) -> Iterator[None]:
    """Let a notebook's function return the known answer to each known call until the block ends."""

    def known(*given: object) -> object:
        return next((_copy(answer) for arguments, answer in calls if equal(list(arguments), list(given))), None)

    with overridden(function, known):
        yield


def equal(known: object, given: object) -> bool:
    """Whether two arguments are equal but for rounding; `given` may have entries that `known` has not."""
    if isinstance(known, Mapping):
        return (
            isinstance(given, Mapping)
            and known.keys() <= given.keys()
            and all(equal(known[name], given[name]) for name in known)
        )
    if isinstance(known, list):
        return isinstance(given, list) and len(known) == len(given) and all(map(equal, known, given))
    one, other = np.asarray(known), np.asarray(given)
    numeric = one.dtype.kind in "fiub" and other.dtype.kind in "fiub"
    return numeric and one.shape == other.shape and bool(np.allclose(one, other, rtol=1e-5, atol=0, equal_nan=True))


def _copy(answer: object) -> object:
    """A copy that the notebook may write into."""
    return {k: _copy(v) for k, v in answer.items()} if isinstance(answer, Mapping) else np.array(answer)[()]
