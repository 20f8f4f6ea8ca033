"""One question about a student's code, with what the code gives for it: plain data, so that it travels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

#: What is right: a shape, an integer, the name of a dtype (or `ERROR`), yes or no.
Right = tuple[int, ...] | int | str | bool
#: Kind of question -> the form of its answer.
FORMS: Mapping[str, str] = {
    "shape": "shape",
    "part": "shape",
    "changed": "shape or error",
    "input": "shape",
    "first": "line",
    "needed": "line",
    "needed_by_more": "line",
    "value": "integer",
    "count": "integer",
    "held": "integer",
    "length": "integer",
    "dtype": "dtype",
    "view": "yes or no",
}
#: In the place of a shape, where the changed line raises.
ERROR = "error"
#: Limits of what is taken from a sandbox: letters of a name or a piece of code, an integer, axes of an array.
LETTERS, LARGEST, AXES = 80, 10**9, 16
_DTYPES = frozenset(np.dtype(kind).name for kind in "?bBhHiIlLqQefdFD")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question about one line of a cell, as it runs on one public case.

    Attributes
    ----------
    kind : str
        A key of `FORMS`.
    function, line, name : str, int, str
        The function, the line of the cell (from 1), and the name or the part of the line that is asked about.
    case : int
        Number of the public case, from 1.
    right : shape, int, str or bool
        What the code gives.
    other, instead : str
        What else the question names: another array; what stands in the line, and what would stand there instead.
    last : bool
        The line runs several times, and the last one counts.
    """

    kind: str
    function: str
    line: int
    name: str
    case: int
    right: Right
    other: str = ""
    instead: str = ""
    last: bool = False

    @property
    def form(self) -> str:
        """The form of the answer, a value of `FORMS`."""
        return FORMS[self.kind]

    def holds(self, given: object) -> bool | None:
        """Whether an answer is right; None where it has not the form that was asked for."""
        plain = _READ[self.form](given)
        return None if plain is None else bool(plain == self.right)

    def fits(self, source: str) -> bool:
        """Whether what it names can be of a cell: a line that is there, and a function of it."""
        lines = source.strip("\n").splitlines()
        return self.line <= len(lines) and f"def {self.function}(" in source.replace("  ", " ")

    def told(self) -> dict[str, Any]:
        """The question as JSON takes it."""
        return asdict(self)

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Asked:
        """What `told` gave, from a side that is not trusted. Raises ValueError for anything else."""
        try:
            fields = {**told, "right": tuple(told["right"]) if isinstance(told["right"], list) else told["right"]}
            asked = cls(**fields)
            if not asked._is_plain():
                raise ValueError("a question with what no question has")
        except (TypeError, KeyError, AttributeError, OverflowError) as error:
            raise ValueError("no question") from error
        return asked

    def _is_plain(self) -> bool:
        texts = (self.kind, self.function, self.name, self.other, self.instead)
        small = (self.line, self.case)
        return (
            all(type(text) is str and len(text) <= LETTERS and text.isprintable() for text in texts)
            and all(type(number) is int and 0 < number <= LARGEST for number in small)
            and type(self.last) is bool
            and self.kind in FORMS
            and _READ[self.form](self.right) == self.right
            and type(self.right) is type(_READ[self.form](self.right))
        )


def _shape(given: object) -> tuple[int, ...] | None:
    """A shape; a single integer is one of one axis."""
    sizes = given if isinstance(given, tuple | list) else (given,)
    plain = [_integer(size) for size in sizes[: AXES + 1]]
    if len(plain) > AXES or any(size is None or size < 0 for size in plain):
        return None
    return tuple(size for size in plain if size is not None)


def _shape_or_error(given: object) -> tuple[int, ...] | str | None:
    return ERROR if isinstance(given, str) and given.strip().lower() == ERROR else _shape(given)


def _integer(given: object) -> int | None:
    if isinstance(given, bool | np.bool_) or not isinstance(given, int | np.integer):
        return None
    return int(given) if abs(int(given)) <= LARGEST else None


def _dtype(given: object) -> str | None:
    """The name of a dtype: ``"float32"`` and ``"f4"`` are the same."""
    try:
        name = np.dtype(given.removeprefix("np.")).name if isinstance(given, str) else ""
    except (TypeError, ValueError, SyntaxError):
        return None
    return name if name in _DTYPES else None


def _yes(given: object) -> bool | None:
    if isinstance(given, bool | np.bool_):
        return bool(given)
    return {"yes": True, "no": False}.get(given.strip().lower()) if isinstance(given, str) else None


_READ: Mapping[str, Any] = {
    "shape": _shape,
    "shape or error": _shape_or_error,
    "line": _integer,
    "integer": _integer,
    "dtype": _dtype,
    "yes or no": _yes,
}
