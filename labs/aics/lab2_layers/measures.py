"""Lab 2: what is compared, computed from what a student's functions returned."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from aics.check.ask import Outputs
from aics.check.returned import Returned
from aics.doubles.changes import OVERWRITTEN, overwritten


def relu(returned: Returned, *, x: NDArray[Any], top_diff: NDArray[Any], **_: object) -> Outputs:
    """The output and the gradient; a gradient that is 0 wherever x is 0 is right too, and counts as the course's."""
    found: Outputs = dict(returned)
    gradient, bend = returned["bottom_diff"], x == 0
    if gradient.shape == x.shape and gradient.dtype.kind == "f" and not gradient[bend].any():
        found["bottom_diff"] = np.where(bend, top_diff.astype(gradient.dtype), gradient)
    return found


def softmax_loss(returned: Returned, *, x: NDArray[Any], **_: object) -> Outputs:
    """Probabilities, loss and gradient, and how many of the scores were changed."""
    return returned.beside() | {OVERWRITTEN: overwritten(returned, x=x)}
