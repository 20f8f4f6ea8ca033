"""Lab 7: what is compared of a normalized layer, computed from what a student's functions returned."""

from __future__ import annotations

from aics.check.ask import Outputs
from aics.check.returned import Returned
from aics.lab7_graph_training.normalization_asks import VARIABLES


def batch_norm(returned: Returned, *, name: str, **_: object) -> Outputs:
    """Which variables the store got, which of them are trainable, and all that was computed."""
    there, trainable = set(returned.words("names")), set(returned.words("trainable"))
    found: Outputs = {f"variable {name}/{short}": f"{name}/{short}" in there for short in VARIABLES}
    found |= {f"trainable: {short}": f"{name}/{short}" in trainable for short in VARIABLES}
    return found | returned.beside("names", "trainable")
