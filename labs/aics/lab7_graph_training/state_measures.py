"""Lab 7: what is compared of variables, their first values and dropout, computed from what came back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aics.check.ask import Outputs
from aics.check.returned import Returned
from aics.lab7_graph_training.scripts import Made, lines_that_make
from aics.lab7_graph_training.state_asks import RUNS, SMALL

# Variables

DTYPES = ("float32", "float64", "int32", "int64", "bool")
#: Where the measure keeps tensors and the store's lists, beside what is compared as it is.
LISTS = ("tensors", "variables", "trainable")


def variables(returned: Returned, *, script: Sequence[str], names: Sequence[str], **_: object) -> Outputs:
    """Of each tensor its name, its dtype, its value, how often it is to be trained; or the refusal."""
    if "refusal" in returned:
        said = "\n".join(returned.words("refusal"))
        return {"refusal": True, **{f"mention of {name}": name in said for name in names}}
    found: Outputs = {"refusal": False}
    if names:
        return found
    rows = [line.split(" ") for line in returned.words("tensors")]
    known = {row[0]: (row[1], row[2]) for row in rows if len(row) == 3}
    made = lines_that_make(script)
    for line in made:
        found |= _of_tensor(line, *known.get(line.key, ("", "")))
    found |= _of_lists(returned, made, {key: name for key, (name, _dtype) in known.items()})
    return found | returned.beside(*LISTS)


def _of_tensor(line: Made, name: str, dtype: str) -> Outputs:
    """Whether a tensor has this name, and this dtype, of all that it could have."""
    found: Outputs = {f"{line.key} is {each}": name == each for each in line.could_be()}
    return found | {f"{line.key} is {each}": dtype == each for each in DTYPES}


def _of_lists(returned: Returned, made: Sequence[Made], names: dict[str, str]) -> Outputs:
    """How long the store's lists are, how often each tensor is in `trainable`, which names are in `variables`."""
    trainable, kept = returned.words("trainable"), returned.words("variables")
    found: Outputs = {f"times {line.key} is in trainable": trainable.count(names.get(line.key, "")) for line in made}
    found |= {f"{name} in variables": name in kept for line in made for name in line.could_be()}
    return found | {"length of trainable": len(trainable), "length of variables": len(kept)}


# First values

#: Shares of the draws below which a quantile lies.
QUANTILES = (0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.98)
DRAWN = ("truncated_normal", "xavier", "he")


def initializers(returned: Returned, *, shape: tuple[int, ...], mean: float, **_: object) -> Outputs:
    """The fans, the filled array, and the statistics of the draws: centre, spread, quantiles, the farthest."""
    found: Outputs = {name: returned[name] for name in ("fan_in", "fan_out", "filled")}
    found["filled in float32"] = returned["filled"].dtype == np.float32
    for name in DRAWN:
        values = returned.shaped(name, *shape)
        found |= _statistics(name, values.astype(np.float64).ravel(), mean if name == "truncated_normal" else 0.0)
        found[f"{name} in float32"] = values.dtype == np.float32
        found |= _seeds(name, returned)
    return found


def _statistics(name: str, values: NDArray[np.float64], centre: float) -> Outputs:
    """Standard deviation, mean, quantiles, and what share lies close to the farthest draw."""
    away = np.abs(values - centre)
    farthest = float(away.max())
    return {
        f"{name}: standard deviation": values.std(),
        f"{name}: mean, in standard deviations from where it should be": (values.mean() - centre) / values.std(),
        f"{name}: quantiles": np.quantile(np.sort(values), QUANTILES),  # sorted once, not parted for each
        f"{name}: farthest": farthest,
        f"{name}: share within 1 % of the farthest": np.mean(away >= 0.99 * farthest),
    }


def _seeds(name: str, returned: Returned) -> Outputs:
    """Whether the same seed drew the same numbers, and another seed others."""
    one, again, other = (
        returned.shaped(f"{name}, small{which}", *SMALL) for which in ("", " again", " with another seed")
    )
    return {
        f"{name}: same seed, same draws": np.array_equal(one, again),
        f"{name}: another seed, other draws": bool(np.mean(one == other) < 0.5),
    }


# Dropout


def dropout(returned: Returned, *, x: NDArray[np.float32], seeds: Sequence[int], **_: object) -> Outputs:
    """What became of the numbers in training and in use, and which masks differ."""
    size = (len(seeds), *x.shape)
    runs = np.stack([returned.shaped(f"run {number}", *size) for number in range(1, RUNS + 1)])
    kept = runs != 0
    again = returned.shaped("run 1 of a graph built anew", *size)
    return {
        "in use": returned.shaped("in use", *size),
        "factor of what is kept": _factors(runs, kept, x),
        "share kept": kept.mean(),
        "fraction of masks that a new run changes": _differing(kept[:-1], kept[1:]),
        "fraction of masks that another row changes": _differing(kept[:, :, :-1], kept[:, :, 1:]),
        "fraction of masks that another column changes": _differing(kept[:, :, :, :-1], kept[:, :, :, 1:]),
        "fraction of masks that another pixel changes": _differing(kept[..., :-1], kept[..., 1:]),
        "fraction of masks that another seed changes": _differing(kept[:, 0], kept[:, 1]),
        "same if built anew": np.array_equal(again, runs[0]),
        "float32": runs.dtype == np.float32,
    }


def _factors(runs: NDArray[Any], kept: NDArray[np.bool_], x: NDArray[np.float32]) -> NDArray[np.float64]:
    """The smallest and the largest factor by which a number that was kept has grown; zeros where none was."""
    factors = (runs.astype(np.float64) / x)[kept]
    return np.array([factors.min(), factors.max()]) if factors.size else np.zeros(2)


def _differing(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> float:
    """In what fraction of places one mask keeps what the other drops."""
    return float(np.mean(one != other))
