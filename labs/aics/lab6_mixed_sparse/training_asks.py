"""Lab 6: how the questions on training call the student's code: one step in mixed precision, and two whole trainings.

An ask gets names from the notebook by position and one case's arrays by keyword, calls the code and returns what
came back, name by name, and counts of what it did. It knows no right answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from typing import Any

import numpy as np

from aics.doubles.calls import overridden, record_calls
from aics.doubles.changes import changed_numbers
from aics.doubles.rows import Shapes, cut
from aics.lab6_mixed_sparse.doubles import (
    OVERWRITTEN,
    Array,
    by_parameter,
    copies,
    weights_of,
    with_scaled_gradients,
)

Code = Callable[..., Any]
#: What floating point says on the way when numbers get too large: that is part of what is asked.
QUIET: dict[str, Any] = {"over": "ignore", "invalid": "ignore", "divide": "ignore"}

# Mixed precision


def mixed_train_step(
    mixed_train_step: Code,
    Network: Code,
    HalfLayer: Code,
    FullyConnectedLayer: Code,
    ReLULayer: Code,
    half_cast: Code,
    scaled_gradients: Code,
    adjust_scale: Code,
    *,
    x: Array,
    label: Array,
    lr: float,
    scale: float,
    clean: int,
    gradients: Array,
    halves: Array,
    next_scaler: Sequence[float],
    **arrays: Array,
) -> dict[str, object]:
    """The next state, the loss, and what the network was handed.

    half_cast, scaled_gradients and adjust_scale answer what the case brings: `halves` and `gradients`, rows of numbers
    in the order of the parameters' names, and `next_scaler`, [scale, clean steps, whether the step is taken]. The
    other arrays are parameters and, with v_ before, velocities.
    """
    params = by_parameter({name: array for name, array in arrays.items() if not name.startswith("v_")})
    velocity = by_parameter({name[2:]: array for name, array in arrays.items() if name.startswith("v_")})
    state: dict[str, dict[str, Any]] = {
        "master": dict(params),
        "velocity": velocity,
        "scaler": {"scale": scale, "clean": clean},
    }
    before = copies(_numbers(state))
    net = _half_network(Network, HalfLayer, FullyConnectedLayer, ReLULayer, params)
    loaded: list[tuple[Any, ...]] = []
    shown: list[tuple[Any, ...]] = []
    record_calls(net, "load", loaded)
    record_calls(net, "forward", shown)
    shapes = [(name, params[name].shape) for name in sorted(params)]
    known: dict[Code, Code] = {
        half_cast: lambda *_: cut(shapes, halves),
        scaled_gradients: lambda _net, _diff, used: cut(shapes, gradients) if used == scale else None,
        adjust_scale: lambda *_: (
            {"scale": next_scaler[0], "clean": int(next_scaler[1])},
            bool(next_scaler[2]),
        ),
    }
    with ExitStack() as stack:
        stack.enter_context(np.errstate(**QUIET))
        for function, answer in known.items():
            stack.enter_context(overridden(function, answer))
        returned = mixed_train_step(net, state, x, label, lr)
    if not isinstance(returned, tuple | list) or len(returned) != 2:
        return {"the pair (state, loss)": returned}
    new, loss = returned
    return {
        "fc1/weight handed to net.load": loaded[0][0]["fc1/weight"] if loaded else None,
        "x handed to net.forward": shown[0][0] if shown else None,
        "loss": loss,
        "scale": new["scaler"]["scale"],
        "clean": new["scaler"]["clean"],
        **{f"{kind} {name}": new[kind][name] for name in params for kind in ("velocity", "master")},
        OVERWRITTEN: changed_numbers(before, _numbers(state)),
    }


def _numbers(state: Mapping[str, Mapping[str, Any]]) -> dict[str, Array]:
    """All numbers of a state, as arrays by name."""
    return {f"{kind} {name}": np.asarray(value) for kind, part in state.items() for name, value in part.items()}


def _half_network(
    Network: Code, HalfLayer: Code, FullyConnectedLayer: Code, ReLULayer: Code, params: Mapping[str, Array]
) -> Any:
    """Two layers with a ReLU between them, in half precision, as large as these parameters."""
    first, second = (FullyConnectedLayer(*params[name].shape) for name in ("fc1/weight", "fc2/weight"))
    layers = {"fc1": first, "relu1": ReLULayer(), "fc2": second}
    return Network({name: HalfLayer(layer) for name, layer in layers.items()})


def mixed_training(
    mixed_training: Code,
    begin_mixed: Code,
    Network: Code,
    HalfLayer: Code,
    FullyConnectedLayer: Code,
    ReLULayer: Code,
    *,
    pictures: Array,
    labels: Array,
    unseen: Array,
    answers: Array,
    steps: int,
    batch: int,
    lr: float,
    scale: float,
    share: float,
    **arrays: Array,
) -> dict[str, object]:
    """The first state, losses and scales of a training on small digits, and how many unseen ones it reads.

    Its batches are a `share` of larger ones, of which other machines have the rest.
    """
    params = by_parameter(arrays)
    before = copies(params)
    net = with_scaled_gradients(_half_network(Network, HalfLayer, FullyConnectedLayer, ReLULayer, params), share)
    places = [np.arange(step * batch, (step + 1) * batch) % len(pictures) for step in range(steps)]
    with np.errstate(**QUIET):
        state = begin_mixed(params, scale)
        first = {f"first {kind} fc1/weight": np.array(state[kind]["fc1/weight"]) for kind in ("master", "velocity")}
        returned = mixed_training(net, state, [(_scaled(pictures[some]), labels[some]) for some in places], lr)
        if not isinstance(returned, tuple | list) or len(returned) != 3:
            return {"the three (state, losses, scales)": returned}
        state, losses, scales = returned
        net.load({name: array.astype(np.float16) for name, array in state["master"].items()})
        scores = net.forward(_scaled(unseen).astype(np.float16))
        master = state["master"]["fc1/weight"]
        short = np.count_nonzero(master == master.astype(np.float16))
    return first | {
        "losses": np.asarray(losses, np.float64),
        "scales": np.asarray(scales, np.float64),
        "masters of fc1/weight that fit into float16": short,
        "share of unseen digits read right": np.mean(scores.argmax(axis=1) == answers),
        OVERWRITTEN: changed_numbers(before, params),
    }


def _scaled(pictures: Array) -> Array:
    """Bytes as float32 of ordinary size."""
    return (pictures.astype(np.float32) - 33) / 78


# Sparse training


def sparse_training(
    begin_sparse: Code,
    sparse_step: Code,
    after_epoch: Code,
    Network: Code,
    FullyConnectedLayer: Code,
    ReLULayer: Code,
    *,
    shapes: Shapes,
    params: Array,
    masks: Array,
    pictures: Array,
    labels: Array,
    density: float,
    lr: float,
    epochs: int,
    batch: int,
) -> dict[str, object]:
    """What can be said of the first state, whichever places were drawn; then a training from masks of the case."""
    start, known_masks = cut(shapes, params), cut(weights_of(shapes), masks)
    first = _first_state(begin_sparse, shapes, start, density)
    state: Any = {
        "params": {name: array * known_masks.get(name, True) for name, array in start.items()},
        "velocity": {name: np.zeros_like(array) for name, array in start.items()},
        "masks": known_masks,
    }
    net = _sparse_network(Network, FullyConnectedLayer, ReLULayer, shapes)
    losses, active, not_zero, exchanged = [], [], [], []
    for epoch in range(epochs):
        for place in range(0, len(labels), batch):
            some = slice(place, place + batch)
            state, numbers = sparse_step(net, state, pictures[some], labels[some], lr=lr)
            losses.append(float(numbers["loss"]))
        old = _row(known_masks, state["masks"])
        state = after_epoch(state, epoch, epochs)
        new = _row(known_masks, state["masks"])
        active.append(np.count_nonzero(new))
        not_zero.append(np.count_nonzero(_row(known_masks, state["params"])[new == 0]))
        exchanged.append(np.mean(new[old != 0] == 0))
    net.load(state["params"])
    return first | {
        "active weights after each epoch": np.array(active),
        "inactive weights that are not 0 after each epoch": np.array(not_zero),
        "losses of each epoch": np.array(losses).reshape(epochs, -1),
        "share of the active weights exchanged after each epoch": np.array(exchanged),
        "share of digits read right": np.mean(net.forward(pictures).argmax(axis=1) == labels),
    }


def _first_state(begin: Code, shapes: Shapes, params: Mapping[str, Array], density: float) -> dict[str, object]:
    """Counts over three first states, of which the second has the same generator as the first, the third another."""
    before, weights = copies(params), [name for name, _ in weights_of(shapes)]
    biases = [name for name in params if name not in weights]
    states = [begin(params, density, np.random.default_rng(seed)) for seed in (1, 1, 2)]
    for part in ("params", "velocity", "masks"):
        if not all(isinstance(state, Mapping) and isinstance(state.get(part), Mapping) for state in states):
            return {f"the dict of {part} in the first state": states[0]}
    first, rows = states[0], [_row(weights, state["masks"]) for state in states]
    mask, again, other = (row != 0 for row in rows)
    stays = np.concatenate([mask, np.ones(sum(params[name].size for name in biases), bool)])
    differs = _row([*weights, *biases], first["params"]) != _row([*weights, *biases], before)
    return {
        "masks hold truth values": all(row.dtype == bool for row in rows),
        "masks in the dict": len(first["masks"]),
        "active weights of each layer": np.array([np.count_nonzero(first["masks"][name]) for name in weights]),
        "inactive weights that are not 0": np.count_nonzero(_row(weights, first["params"])[~mask]),
        "active weights and biases that were changed": np.count_nonzero(differs[stays]),
        "velocities that are not 0": np.count_nonzero(_row(params, first["velocity"])),
        "the same generator draws the same masks": np.array_equal(mask, again),
        "another generator draws other masks": not np.array_equal(mask, other),
        "share of the active weights in the first half": np.mean(np.flatnonzero(mask) < len(mask) / 2),
        OVERWRITTEN: changed_numbers(before, params),
    }


def _row(names: Iterable[str], arrays: Mapping[str, Array]) -> Array:
    """The arrays of these names in one row."""
    return np.concatenate([np.ravel(arrays[name]) for name in names])


def _sparse_network(Network: Code, FullyConnectedLayer: Code, ReLULayer: Code, shapes: Shapes) -> Any:
    """Fully connected layers of these shapes, with a ReLU between any two."""
    layers: dict[str, Any] = {}
    for name, (rows, columns) in weights_of(shapes):
        layers |= {name.partition("/")[0]: FullyConnectedLayer(rows, columns), f"relu of {name}": ReLULayer()}
    layers.popitem()
    return Network(layers)
