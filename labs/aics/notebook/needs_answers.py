"""Cells that need code which is not written yet say so in one line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def needs_answers() -> Iterator[None]:
    """Print one friendly line in place of an untouched stub's NotImplementedError; let other errors pass.

    >>> with needs_answers():
    ...     raise NotImplementedError("lab 2, relu: return the output")
    Not yet: this needs a stub that is still empty (lab 2, relu: return the output).
    """
    try:
        yield
    except NotImplementedError as stub:
        print(f"Not yet: this needs a stub that is still empty ({stub}).")
