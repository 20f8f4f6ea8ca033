"""Write a class in several notebook cells, one method in each."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from aics.language import tr

Function = TypeVar("Function", bound=Callable[..., object])


def add_to_class(cls: type) -> Callable[[Function], Function]:
    """Make the decorated function a method of `cls`, as if it were written in the class's body.

    Running the cell again replaces the method, also for objects that exist already.

    >>> class Point:
    ...     pass
    >>> @add_to_class(Point)
    ... def norm(self):
    ...     return 5
    >>> Point().norm()
    5
    """
    if not isinstance(cls, type):
        raise TypeError(tr("add_to_class takes a class, got {got!r}; write @add_to_class(TheClass)", got=cls))

    def place(function: Function) -> Function:
        function.__qualname__ = f"{cls.__qualname__}.{function.__name__}"
        setattr(cls, function.__name__, function)
        return function

    return place
