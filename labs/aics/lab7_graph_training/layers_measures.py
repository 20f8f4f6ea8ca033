"""Lab 7: what is compared in the questions on layers and networks, computed from what came back."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

import numpy as np

from aics.check.ask import Outputs
from aics.check.returned import Returned

FIRST = "first values of "


def full_layer(
    returned: Returned, *, layers: Sequence[Sequence[object]] = (), names: Sequence[str] = (), **_: object
) -> Outputs:
    """How many variables there are, how they begin, and what the layers give; or what a refusal says."""
    count = {"number of variables": len(returned.words("variables"))} if "variables" in returned else {}
    if names:
        said = "\n".join(returned.words("refusal")) if "refusal" in returned else ""
        refused: Outputs = {"refusal": "refusal" in returned}
        return refused | {f"mention of {name}": name in said for name in names} | count
    handed = bool(layers) and layers[0][0] is not None
    return count | _trainable(returned) | _beginnings(returned, handed) | _others(returned)


def mnist_cnn(returned: Returned, **_: object) -> Outputs:
    """How many variables and numbers the network has, whether the weights begin different, and what it gives."""
    if "variables" not in returned:
        return _others(returned)
    shapes = returned.beginning("shape of ")
    sizes = [prod(returned.numbers(f"shape of {name}")) for name in shapes]
    counts = {"number of variables": len(returned.words("variables")), "number of parameters": sum(sizes)}
    return counts | _trainable(returned) | _beginnings(returned, handed=False) | _others(returned)


def _trainable(returned: Returned) -> Outputs:
    """How many of the variables an optimizer may change."""
    return {"number of trainable variables": len(returned.words("trainable"))} if "trainable" in returned else {}


def _beginnings(returned: Returned, handed: bool) -> Outputs:
    """First values: as they are where an initializer was handed over, else only whether weights differ."""
    found: Outputs = {}
    for name in returned.beginning(FIRST):
        values = returned.shaped(FIRST + name, -1)
        if handed or name.endswith("bias"):
            found[FIRST + name] = values
        else:
            found[f"whether {name} begins with different numbers"] = len(np.unique(values)) > 1
    return found


def _others(returned: Returned) -> Outputs:
    rest = returned.beside("variables", "trainable", "refusal")
    return {name: array for name, array in rest.items() if not name.startswith(FIRST)}
