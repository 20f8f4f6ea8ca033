"""Lab 6: how the questions on training call the student's code: one step in mixed precision, and two whole trainings.

An ask gets names from the notebook by position and one case's arrays by keyword, calls the code and returns what
came back, name by name. It knows no right answer, and computes nothing of what came back: what is counted and
compared is in `aics.lab6_mixed_sparse.measures`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from typing import Any

import numpy as np

from aics.check.returned import left, spelled
from aics.doubles.calls import equal, overridden, record_calls
from aics.doubles.rows import Shapes, cut
from aics.lab6_mixed_sparse.doubles import Array, OpenAtZero, by_parameter, weights_of, with_scaled_gradients

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
    in the order of the parameters' names, and `next_scaler`, [scale, clean steps, whether the step is taken]. They do
    where they are asked about this step; else the notebook's own are. The other arrays are those of the state.
    """
    state = state_of(arrays, scale, clean)
    params = dict(state["master"])
    net = _half_network(Network, HalfLayer, FullyConnectedLayer, ReLULayer, params)
    loaded: list[tuple[Any, ...]] = []
    shown: list[tuple[Any, ...]] = []
    record_calls(net, "load", loaded)
    record_calls(net, "forward", shown)
    shapes = [(name, params[name].shape) for name in sorted(params)]
    made, scaler = cut(shapes, gradients), {"scale": next_scaler[0], "clean": int(next_scaler[1])}

    def halved(handed: Any, *_: object) -> Any:
        return cut(shapes, halves) if equal(params, handed) else None

    def passed_down(to: Any, diff: Any, used: Any) -> Any:
        return made if to is net and isinstance(diff, np.ndarray) and used == scale else None

    def adjusted(before: Any, handed: Any) -> Any:
        return (scaler, bool(next_scaler[2])) if equal([state["scaler"], made], [before, handed]) else None

    answers: dict[Code, Code] = {half_cast: halved, scaled_gradients: passed_down, adjust_scale: adjusted}
    with ExitStack() as stack:
        stack.enter_context(np.errstate(**QUIET))
        for function, answer in answers.items():
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
        **left(state=numbers_of(state)),
    }


def state_of(arrays: Mapping[str, Array], scale: float, clean: int) -> dict[str, dict[str, Any]]:
    """The state that a case's arrays describe: parameters and, with v_ before, velocities."""
    return {
        "master": by_parameter({name: array for name, array in arrays.items() if not name.startswith("v_")}),
        "velocity": by_parameter({name[2:]: array for name, array in arrays.items() if name.startswith("v_")}),
        "scaler": {"scale": scale, "clean": clean},
    }


def numbers_of(state: Mapping[str, Mapping[str, Any]]) -> dict[str, Array]:
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
    """The first state, losses, scales and the last masters of a training on small digits.

    It is shown no `unseen` digits and no `answers`: how many the last masters read is found out by the measure.
    Its batches are a `share` of larger ones, of which other machines have the rest.
    """
    params = by_parameter(arrays)
    net = with_scaled_gradients(_half_network(Network, HalfLayer, FullyConnectedLayer, ReLULayer, params), share)
    places = [np.arange(step * batch, (step + 1) * batch) % len(pictures) for step in range(steps)]
    with np.errstate(**QUIET):
        state = begin_mixed(params, scale)
        first = {f"first {kind} fc1/weight": np.array(state[kind]["fc1/weight"]) for kind in ("master", "velocity")}
        returned = mixed_training(net, state, [(scaled(pictures[some]), labels[some]) for some in places], lr)
        if not isinstance(returned, tuple | list) or len(returned) != 3:
            return {"the three (state, losses, scales)": returned}
        state, losses, scales = returned
    last = {f"last master {name}": state["master"][name] for name in by_parameter(arrays)}
    return first | last | {"losses": np.asarray(losses), "scales": np.asarray(scales)} | left(params=params)


def scaled(pictures: Array) -> Array:
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
    """Three first states, then a training from masks of the case: what it leaves after each epoch."""
    start, known_masks = cut(shapes, params), cut(weights_of(shapes), masks)
    first = _first_state(begin_sparse, shapes, start, density)
    state: Any = {
        "params": {name: array * known_masks.get(name, True) for name, array in start.items()},
        "velocity": {name: np.zeros_like(array) for name, array in start.items()},
        "masks": known_masks,
    }
    net = _sparse_network(Network, FullyConnectedLayer, ReLULayer, shapes)
    losses: list[Any] = []
    rows: dict[str, list[Array]] = {"masks before the end": [], "masks": [], "weights": []}
    for epoch in range(epochs):
        for place in range(0, len(labels), batch):
            some = slice(place, place + batch)
            state, numbers = sparse_step(net, state, pictures[some], labels[some], lr=lr)
            losses.append(numbers["loss"])
        rows["masks before the end"].append(_row(known_masks, state["masks"]))
        state = after_epoch(state, epoch, epochs)
        rows["masks"].append(_row(known_masks, state["masks"]))
        rows["weights"].append(_row(known_masks, state["params"]))
    record = {f"{name} of each epoch": np.array(row) for name, row in rows.items()}
    last = {f"last {name}": np.array(state["params"][name]) for name in start}
    return first | record | last | {"losses of each epoch": np.array(losses).reshape(epochs, -1)}


def _first_state(begin: Code, shapes: Shapes, params: dict[str, Array], density: float) -> dict[str, object]:
    """Three first states, of which the second has the same generator as the first, the third another."""
    weights, names = [name for name, _ in weights_of(shapes)], list(params)
    states = [begin(params, density, np.random.default_rng(seed)) for seed in (1, 1, 2)]
    for part in ("params", "velocity", "masks"):
        if not all(isinstance(state, Mapping) and isinstance(state.get(part), Mapping) for state in states):
            return {f"the dict of {part} in the first state": states[0]}
    masks = {f"masks of state {n}": _row(weights, state["masks"]) for n, state in enumerate(states, 1)}
    first = {f"{part} of state 1": _row(names, states[0][part]) for part in ("params", "velocity")}
    return masks | first | {"names of the masks": spelled(states[0]["masks"])} | left(params=params)


def _row(names: Iterable[str], arrays: Mapping[str, Array]) -> Array:
    """The arrays of these names in one row."""
    return np.concatenate([np.ravel(arrays[name]) for name in names])


def _sparse_network(Network: Code, FullyConnectedLayer: Code, ReLULayer: Code, shapes: Shapes) -> Any:
    """Fully connected layers of these shapes, with a ReLU between any two."""
    layers: dict[str, Any] = {}
    for name, (rows, columns) in weights_of(shapes):
        layers |= {name.partition("/")[0]: FullyConnectedLayer(rows, columns)}
        layers[f"relu of {name}"] = OpenAtZero(ReLULayer())
    layers.popitem()
    return Network(layers)
