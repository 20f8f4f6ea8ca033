"""Lab 6: what is compared, computed from what a student's functions returned and left of their arguments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from aics.check.ask import Outputs
from aics.check.returned import AFTER, Returned
from aics.doubles.changes import OVERWRITTEN, changed_numbers, overwritten
from aics.doubles.rows import Shapes, cut
from aics.lab6_mixed_sparse.doubles import Array, by_parameter, weights_of
from aics.lab6_mixed_sparse.training_asks import numbers_of, scaled, state_of

# Mixed precision


def half_cast(returned: Returned, **case: Any) -> Outputs:
    """The tensors as they came back, and how much of those handed in was changed."""
    tensors = by_parameter({name: array for name, array in case.items() if name != "stay"})
    return returned.beside() | {OVERWRITTEN: overwritten(returned, tensors=tensors)}


def master_weights(returned: Returned, *, master: Array, **_: object) -> Outputs:
    """The two copies, and how much of the one handed in was changed."""
    return returned.beside() | {OVERWRITTEN: overwritten(returned, master=master)}


def loss_scaling(returned: Returned, *, top_diff: Array, **_: object) -> Outputs:
    """The gradients, how often the network was called, and what it was handed first."""
    name = "handed to net.backward"
    handed = returned.shaped(name, -1, *top_diff.shape) if returned[name].size else ()
    found: Outputs = {"calls of net.backward": len(handed), OVERWRITTEN: overwritten(returned, top_diff=top_diff)}
    return found | returned.beside(name) | {f"top_diff {name}": first for first in handed[:1]}


def dynamic_loss_scaling(returned: Returned, *, scale: float, clean: int, **_: object) -> Outputs:
    """Scale, count and whether the step is taken, step after step; how many entries of the scalers were changed."""
    steps = len(returned.shaped("take", -1))
    changed = 0
    for name, first in (("scale", scale), ("clean", clean)):
        handed = [first, *returned.shaped(name, steps).tolist()[:-1]]
        changed += int(np.count_nonzero(handed != returned.shaped(f"{name}{AFTER}", steps)))
    taken, scales = returned["take"].astype(bool), returned["scale"].astype(np.float64)
    return {"take": taken, "scale": scales, "clean": returned["clean"], OVERWRITTEN: changed}


def mixed_train_step(returned: Returned, *, scale: float, clean: int, **case: Any) -> Outputs:
    """The next state, and how much of the one handed in was changed."""
    arrays = {name: array for name, array in case.items() if name.startswith(("fc", "v_"))}
    before = numbers_of(state_of(arrays, scale, clean))
    return returned.beside() | {OVERWRITTEN: overwritten(returned, state=before)}


def mixed_training(returned: Returned, *, unseen: Array, answers: Array, **case: Any) -> Outputs:
    """The record of the training; of the last masters how many fit into float16, and how many digits they read."""
    params = by_parameter({name: array for name, array in case.items() if name.endswith(("_weight", "_bias"))})
    last = {name: returned.shaped(f"last master {name}", *array.shape) for name, array in params.items()}
    halves = {name: array.astype(np.float16) for name, array in last.items()}
    record = {name: returned.shaped(name, -1).astype(np.float64) for name in ("losses", "scales")}
    return (
        returned.beside(*(f"last master {name}" for name in last))
        | record
        | {
            "masters of fc1/weight that fit into float16": np.count_nonzero(last["fc1/weight"] == halves["fc1/weight"]),
            "fraction of unseen digits read right": _read_right(halves, scaled(unseen).astype(np.float16), answers),
            OVERWRITTEN: overwritten(returned, params=params),
        }
    )


def _read_right(params: Mapping[str, Array], x: Array, labels: Array) -> Any:
    """The fraction of digits that fully connected layers with ReLUs between them read right."""
    names = [name.partition("/")[0] for name in params if name.endswith("/weight")]
    scores = x.astype(np.float64)
    for name in names:
        scores = np.maximum(scores, 0) if name != names[0] else scores
        scores = scores @ params[f"{name}/weight"].astype(np.float64) + params[f"{name}/bias"]
    return np.mean(scores.argmax(axis=1) == labels)


# Sparse layers


def magnitude_prune(returned: Returned, *, mask: Array, **_: object) -> Outputs:
    """The new mask, and how much of the one handed in was changed."""
    return {"mask": returned["mask"], OVERWRITTEN: overwritten(returned, mask=mask)}


def regrow(returned: Returned, *, mask: Array, **_: object) -> Outputs:
    """The new mask, and how much of the one handed in was changed."""
    return {"mask": returned["mask"], OVERWRITTEN: overwritten(returned, mask=mask)}


def layer_importance(returned: Returned, **_: object) -> Outputs:
    """The fractions, and how many entries their dict has."""
    return {"fractions": returned["fractions"], "entries of the dict": len(returned.words("names in the dict"))}


def redistribute(returned: Returned, **_: object) -> Outputs:
    """The counts, and how many entries their dict has."""
    return {"counts": returned["counts"], "entries of the dict": len(returned.words("names in the dict"))}


def masked_step(
    returned: Returned, *, weight: Array, velocity: Array, gradients: Array, masks: Array, **_: object
) -> Outputs:
    """Weights and velocities; how many inactive weights are not 0, and how much of what was handed in was changed."""
    steps = {n: returned.shaped(f"{n} after each step", *masks.shape) for n in ("weight", "velocity")}
    given = {"gradient": gradients, "mask": masks}
    for name, first in (("weight", weight), ("velocity", velocity)):
        given[name] = np.concatenate([first[None], steps[name][:-1]])
    changed = sum(np.count_nonzero(array != returned.shaped(f"{n}{AFTER}", *array.shape)) for n, array in given.items())
    inactive = np.count_nonzero(steps["weight"][~masks])
    return returned.beside() | {"inactive weights that are not 0": inactive, OVERWRITTEN: changed}


def sparse_momentum_epoch(
    returned: Returned, *, shapes: Shapes, params: Array, velocities: Array, masks: Array, **_: object
) -> Outputs:
    """Parameters and masks, and how much of what was handed in was changed."""
    given = {"params": cut(shapes, params), "velocities": cut(shapes, velocities)}
    changed = overwritten(returned, **given, masks=cut(weights_of(shapes), masks))
    return returned.beside() | {OVERWRITTEN: changed}


def mixed_and_sparse(returned: Returned, **_: object) -> Outputs:
    """What is kept and how many bytes that is; how many halves are not their masters, rounded."""
    kept = {name: returned[name] for name in ("places", "master", "half")}
    others = returned.beginning("also kept: ")
    masters, halves = returned["master after each step"], returned["half after each step"]
    return returned.beside("half after each step") | {
        "bytes of all that is kept": sum(array.nbytes for array in (*kept.values(), *others.values())),
        "entries of the dict": len(kept) + len(others),
        "halves that are not their rounded masters": changed_numbers(masters.astype(np.float16), halves),
    }


# Sparse training


def sparse_training(
    returned: Returned, *, shapes: Shapes, params: Array, pictures: Array, labels: Array, epochs: int, **_: object
) -> Outputs:
    """What can be said of the first states, whichever weights were drawn, and of the training after each epoch."""
    first = _first_state(returned, shapes, params)
    size = sum(int(np.prod(shape)) for _, shape in weights_of(shapes))
    old = returned.shaped("masks before the end of each epoch", epochs, size) != 0
    new = returned.shaped("masks of each epoch", epochs, size) != 0
    weights = returned.shaped("weights of each epoch", epochs, size)
    last = {name: returned.shaped(f"last {name}", *shape) for name, shape in shapes}
    return first | {
        "active weights after each epoch": np.count_nonzero(new, axis=1),
        "inactive weights that are not 0 after each epoch": np.count_nonzero(np.where(new, 0, weights), axis=1),
        "losses of each epoch": returned.shaped("losses of each epoch", epochs, -1).astype(np.float64),
        "fraction of the active weights exchanged after each epoch": (old & ~new).sum(axis=1) / old.sum(axis=1),
        "fraction of digits read right": _read_right(last, pictures, labels),
    }


def _first_state(returned: Returned, shapes: Shapes, params: Array) -> Outputs:
    """Counts over three first states, of which the second has the same generator as the first, the third another."""
    sizes = [int(np.prod(shape)) for _, shape in weights_of(shapes)]
    rows = [returned.shaped(f"masks of state {number}", sum(sizes)) for number in (1, 2, 3)]
    mask, again, other = (row != 0 for row in rows)
    layers = np.split(mask, np.cumsum(sizes)[:-1])
    start, active = returned.shaped("params of state 1", len(params)), _everywhere(shapes, mask)
    return {
        "masks hold truth values": all(row.dtype == bool for row in rows),
        "masks in the dict": len(returned.words("names of the masks")),
        "active weights of each layer": np.array([np.count_nonzero(layer) for layer in layers]),
        "inactive weights that are not 0": np.count_nonzero(start[~active]),
        "active weights and biases that were changed": np.count_nonzero((start != params)[active]),
        "velocities that are not 0": np.count_nonzero(returned["velocity of state 1"]),
        "the same generator draws the same masks": np.array_equal(mask, again),
        "another generator draws other masks": not np.array_equal(mask, other),
        "fraction of the active weights in the first half": np.mean(np.flatnonzero(mask) < len(mask) / 2),
        OVERWRITTEN: overwritten(returned, params=cut(shapes, params)),
    }


def _everywhere(shapes: Shapes, mask: Array) -> Array:
    """A row of all parameters: True where a weight is active, and for every bias."""
    masks = cut(weights_of(shapes), mask)
    return np.concatenate([masks.get(name, np.ones(shape, bool)).ravel() for name, shape in shapes])
