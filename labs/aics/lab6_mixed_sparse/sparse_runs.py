"""What is noted while a student's code trains a small sparse network, takes single steps, or begins."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack

import numpy as np

from aics.doubles.calls import known_calls_answered
from aics.doubles.changes import changed_numbers
from aics.doubles.rows import Shapes, cut, joined
from aics.lab6_mixed_sparse.doubles import as_counts

#: What of a course is measured, not counted.
MEASURED = (
    "mean loss of each epoch",
    "share of right answers at the end",
    "share of weights exchanged after each epoch",
)


def weights_in(shapes: Shapes) -> list:
    """The entries of weights, which have a mask; biases have none."""
    return [[name, shape] for name, shape in shapes if name.endswith("/weight")]


def small_network(Network, FullyConnectedLayer, ReLULayer, shapes: Shapes):
    """Fully connected layers of these shapes, with a ReLU between any two."""
    layers = {}
    for name, (rows, columns) in weights_in(shapes):
        layers |= {name.partition("/")[0]: FullyConnectedLayer(rows, columns), f"relu of {name}": ReLULayer()}
    layers.popitem()
    return Network(layers)


def first_state(begin: Callable, shapes: Shapes, params: Mapping, density: float) -> dict[str, object]:
    """What can be said of the state that a training begins with, whichever places were drawn."""
    given = {name: array.copy() for name, array in params.items()}
    states = [begin(given, density, np.random.default_rng(seed)) for seed in (1, 1, 2)]
    if not all(isinstance(state, Mapping) and state.keys() >= {"params", "velocity", "masks"} for state in states):
        return {"the dict of params, velocity and masks": states[0]}
    weights = weights_in(shapes)
    masks = [joined(weights, state["masks"]) for state in states]
    if not all(isinstance(mask, np.ndarray) and mask.dtype == bool for mask in masks):
        return {"masks": masks[0]}
    values, before = joined(weights, states[0]["params"]), joined(weights, params)
    return {
        "active weights of each layer": np.array([np.count_nonzero(states[0]["masks"][name]) for name, _ in weights]),
        "masks in the dict": len(states[0]["masks"]),
        "inactive weights that are not 0": np.count_nonzero(values[~masks[0]]),
        "active weights and biases that were changed": changed_numbers(before[masks[0]], values[masks[0]])
        + sum(
            changed_numbers(params[name], states[0]["params"].get(name)) for name, _ in shapes if name.endswith("/bias")
        ),
        "velocities that are not 0": np.count_nonzero(joined(shapes, states[0]["velocity"])),
        "same generator, other masks": int(not np.array_equal(masks[0], masks[1])),
        "other generator, same masks": int(np.array_equal(masks[0], masks[2])),
        "halves of all active weights in the first half": 2 * np.mean(np.flatnonzero(masks[0]) < len(before) / 2),
        "changes to what was handed over": changed_numbers(params, given),
    }


def course(net, step: Callable, after: Callable, state: Mapping, data: tuple, *, epochs, batch) -> dict[str, object]:
    """Train, and note losses, how many weights were active, and how many were exchanged after each epoch.

    data : pictures, labels
    """
    names, losses, kept, odd, moved = list(state["masks"]), [], [], [], []
    for epoch in range(epochs):
        for start in range(0, len(data[1]), batch):
            state, numbers = step(net, state, *(part[start : start + batch] for part in data))
            losses.append(float(numbers["loss"]))
        old = np.concatenate([np.ravel(state["masks"][name]) for name in names])
        state = after(state, epoch, epochs)
        new = np.concatenate([np.ravel(state["masks"][name]) for name in names])
        values = np.concatenate([np.ravel(state["params"][name]) for name in names])
        kept.append(np.count_nonzero(new))
        odd.append(np.count_nonzero(values[new == 0]))
        moved.append(np.mean(new[old != 0] == 0))
    net.load(state["params"])
    right = np.mean(net.forward(data[0]).argmax(axis=1) == data[1])
    return {
        "active weights after each epoch": np.array(kept),
        "inactive weights that are not 0 after each epoch": np.array(odd),
    } | dict(zip(MEASURED, (np.array(losses).reshape(epochs, -1).mean(axis=1), right, np.array(moved)), strict=True))


def masked_steps(step: Callable, weight, velocity, gradients, masks, **choices) -> dict[str, object]:
    """Take one step for each gradient and mask; note all weights and velocities, and what became of the arguments."""
    weights, velocities, written, off = [], [], 0, 0
    for gradient, mask in zip(gradients, masks, strict=True):
        given = [weight, velocity, gradient, mask]
        before = [array.copy() for array in given]
        answer = step(*given, **choices)
        if not isinstance(answer, tuple | list) or len(answer) != 2:
            return {"the pair (weight, velocity)": answer}
        written += sum(map(changed_numbers, before, given))
        weight, velocity = answer
        off += np.count_nonzero(np.asarray(weight)[~before[3]])
        weights.append(np.array(weight))
        velocities.append(np.array(velocity))
    steps = {"weights": np.array(weights), "velocities": np.array(velocities)}
    return steps | {"inactive weights that are not 0": off, "changes to what was handed over": written}


def packed_steps(step: Callable, spread: Callable, packed, velocity, gradients, mask, choices) -> dict[str, object]:
    """Take one step for each gradient with a layer of which only what is active is kept; note what became of it."""
    masters, velocities, astray = [], [], 0
    for gradient in gradients:
        answer = step(packed, velocity, gradient, *choices)
        if not isinstance(answer, tuple | list) or len(answer) != 2:
            return {"the pair (packed, velocity)": answer}
        packed, velocity = answer
        masters.append(np.array(packed["master"]))
        velocities.append(np.array(velocity))
        with np.errstate(over="ignore"):
            astray += changed_numbers(packed["master"].astype(np.float16), packed["half"])
    whole = np.asarray(spread(packed, mask.shape))
    if whole.shape != mask.shape:
        return {"weight that the layer gets": whole}
    return {
        "master after each step": np.array(masters),
        "velocity after each step": np.array(velocities),
        "halves that are not their master, rounded": astray,
        "bits of a number that the layer gets": 8 * whole.dtype.itemsize,
        "active weights of the layer that are not their halves": changed_numbers(packed["half"], whole[mask]),
        "inactive weights of the layer that are not 0": np.count_nonzero(whole[~mask]),
    }


def recorded_cycle(
    epoch: Callable,
    functions: Sequence[Callable],
    shapes: Shapes,
    params: Mapping,
    velocities: Mapping,
    *,
    masks,
    rate,
    pruned,
    importance,
    room,
    counts,
    grown,
) -> dict[str, object]:
    """What one cycle of pruning and regrowing returns, while the functions in it give recorded answers.

    functions : those that prune, rate layers, divide and regrow
    """
    weights = weights_in(shapes)
    old, less, more = (cut(weights, row) for row in (masks, pruned, grown))
    shares, places, new = (dict(zip(old, row.tolist(), strict=True)) for row in (importance, room, counts))
    calls = (
        [([params[n], old[n], rate], less[n]) for n in old],
        [([{n: velocities[n] for n in old}, old], shares)],
        [([int(np.sum(counts)), shares, places], new)],
        [([less[n], velocities[n], new[n]], more[n]) for n in old],
    )
    given = [{name: array.copy() for name, array in part.items()} for part in (params, velocities, old)]
    with ExitStack() as stack:
        for function, answers in zip(functions, calls, strict=True):
            stack.enter_context(known_calls_answered(function, answers))
        answer = epoch(*given, rate)
    if not isinstance(answer, tuple | list) or len(answer) != 2:
        return {"the pair (params, masks)": answer}
    return {
        "masks": as_counts(joined(weights, answer[1])),
        "params": joined(shapes, answer[0]),
        "changes to what was handed over": sum(map(changed_numbers, (params, velocities, old), given)),
    }
