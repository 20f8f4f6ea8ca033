"""Functions that stay with the grader, so that a student's calls of them are counted where no code reaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aics.check.returned import spelled
from aics.language import tr


@dataclass(frozen=True, kw_only=True)
class Counted:
    """A function ``counted(name, *arrays)`` that nobody can compute who does not know its fields.

    As a value of a case it stays with the grader: in the sandbox the ask gets a function in its place that sends each
    call to `autograder.grading.line`, which answers and counts it. In one process the ask calls it directly.

    Parameters
    ----------
    noted : str
        The ask's output in which the calls are noted; the grader puts its own notes in its place.
    names : tuple of str
        What may be called.
    """

    noted: str
    names: tuple[str, ...]

    def __call__(self, name: str, *arrays: NDArray[Any]) -> NDArray[Any]:
        """Return the outputs of one call as one array. Raises ValueError for what it does not take."""
        if name not in self.names:
            raise ValueError(tr("nothing here is called {name!r}", name=str(name)[:80]))
        return self.computed(name, *arrays)

    def computed(self, name: str, *arrays: NDArray[Any]) -> NDArray[Any]:
        """Compute one call; see `__call__`."""
        raise NotImplementedError

    def note(self, name: str, *_arrays: NDArray[Any]) -> Sequence[Any]:
        """What one call that was answered adds to the notes."""
        return [name]

    def notes(self, noted: Sequence[Any]) -> NDArray[Any]:
        """All notes as the output `noted`: the names in the order of the calls, as by `spelled`."""
        return spelled(noted)


@dataclass(frozen=True, kw_only=True)
class WeightedSums(Counted):
    """Sums of arrays of one shape, under weights that are drawn for each name, and more that is drawn.

    Parameters
    ----------
    seed : int
        What all weights are drawn from, together with the name.
    shape : tuple of int
        The shape of every array that is taken.
    rows : int
        How many sums one call makes; they come as one array, [rows, *shape], float64.
    """

    seed: int
    shape: tuple[int, ...]
    rows: int = 1

    def computed(self, name: str, *arrays: NDArray[Any]) -> NDArray[np.float64]:
        """Return the sums. Raises ValueError where an array has another shape, or no real numbers."""
        rng = np.random.default_rng([self.seed, *name.encode()])
        total = rng.normal(size=(self.rows, *self.shape))
        for array in arrays:
            if array.shape != self.shape or array.dtype.kind not in "fiu":
                got = f"{array.dtype} {list(array.shape)}"
                raise ValueError(
                    tr(
                        "{name} takes arrays of real numbers of shape {shape}, not {got}",
                        name=name,
                        shape=list(self.shape),
                        got=got,
                    )
                )
            with np.errstate(all="ignore"):
                total += rng.choice([-1, 1], total.shape) * rng.uniform(0.5, 1.5, total.shape) * array
        return total
