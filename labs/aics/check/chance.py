"""Random numbers of an ask: the same ones every time, whatever was drawn before, and nothing is left of it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

SEED = 0


@contextmanager
def same_chance() -> Iterator[None]:
    """Begin with the same numbers of NumPy's own generator and of Python's, and leave both as they were.

    So code that draws is judged alike whenever it is asked; a generator of its own may be another each time.
    """
    kept, kept_of_numpy = random.getstate(), np.random.get_state()
    random.seed(SEED)
    np.random.seed(SEED)
    try:
        yield
    finally:
        random.setstate(kept)
        np.random.set_state(kept_of_numpy)
