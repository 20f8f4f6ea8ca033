"""A cell that needs code which is not written yet says so in one line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def needs_answers() -> Iterator[None]:
    """Turn an untouched stub's NotImplementedError into one friendly line; let other errors pass.

    >>> with needs_answers():
    ...     raise NotImplementedError("lab 2, relu: return the output")
    Not yet: this needs a stub that is still empty (lab 2, relu: return the output).
    """
    try:
        yield
    except NotImplementedError as stub:
        print(f"Not yet: this needs a stub that is still empty ({stub}).")
