"""A step and a training in mixed precision on a case: the student's code runs, and its course is told in numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack

import numpy as np

from aics.doubles.calls import overridden, record_calls
from aics.doubles.changes import changed_numbers
from aics.doubles.rows import cut
from aics.lab6_mixed_sparse.doubles import QUIET, bits_of, tensors_of, told


def one_step(step: Callable, net, parts: Sequence[Callable], *, x, label, lr, scale, clean, **case) -> dict:
    """The next state, the loss, and what the network was handed.

    parts : the notebook's half_cast, scaled_gradients and adjust_scale. If they are asked they answer with what was
    recorded in `gradients` and `halves` (rows of numbers in the order of the parameters' names) and in `after` (scale,
    clean steps, whether the step is taken). The other arrays are parameters and, with v_ before, velocities.
    """
    gradients, halves, after = (case.pop(name) for name in ("gradients", "halves", "after"))
    params = tensors_of({name: array for name, array in case.items() if not name.startswith("v_")})
    velocity = tensors_of({name[2:]: array for name, array in case.items() if name.startswith("v_")})
    state = {"master": dict(params), "velocity": velocity, "scaler": {"scale": scale, "clean": clean}}
    before, loads, inputs = {name: array.copy() for name, array in _flat(state).items()}, [], []
    record_calls(net, "load", loads)
    record_calls(net, "forward", inputs)
    known = (
        lambda *_: _cut(halves, params),
        lambda _net, _diff, used: _cut(gradients, params) if used == scale else None,
        lambda *_: ({"scale": after[0], "clean": int(after[1])}, bool(after[2])),
    )
    with ExitStack() as stack:
        stack.enter_context(np.errstate(**QUIET))
        for function, answer in zip(parts, known, strict=True):
            stack.enter_context(overridden(function, answer))
        answer = step(net, state, x, label, lr)
    if not isinstance(answer, tuple | list) or len(answer) != 2:
        return {"the pair (state, loss)": answer}
    new, loss = answer
    got = {
        "bits of the parameters that the network gets": bits_of(loads[-1][0]["fc1/weight"] if loads else None),
        "bits of the pictures that it gets": bits_of(inputs[-1][0] if inputs else None),
        "loss": loss,
        "scale": new["scaler"]["scale"],
        "clean steps so far": new["scaler"]["clean"],
    }
    for name in params:
        got |= told(f"velocity of {name}", new["velocity"][name])
        got[f"bits of master {name}"] = bits_of(new["master"][name])
        got[f"step of {name}"] = np.asarray(new["master"][name], np.float64) - before[f"master {name}"]
    touched = changed_numbers(before, _flat(state)) + (state["scaler"] != {"scale": scale, "clean": clean})
    return got | {"arguments that were changed": touched}


def _flat(state: Mapping) -> dict[str, np.ndarray]:
    """All arrays of a state."""
    return {f"{kind} {name}": array for kind in ("master", "velocity") for name, array in state[kind].items()}


def _cut(numbers: np.ndarray, like: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Arrays of these shapes from a row of numbers, in the order of their names."""
    return cut([(name, like[name].shape) for name in sorted(like)], numbers)


def one_run(train: Callable, begin: Callable, net, *, pictures, labels, steps, batch, lr, scale, **case) -> dict:
    """The course of a training: losses, scales, and how many of the unseen digits are read."""
    unseen, answers = case.pop("unseen"), case.pop("answers")
    params = tensors_of(case)
    before = {name: array.copy() for name, array in params.items()}
    x, places = _scaled(pictures), [np.arange(k * batch, (k + 1) * batch) % len(pictures) for k in range(steps)]
    with np.errstate(**QUIET, divide="ignore"):
        state = begin(params, scale)
        begun = {f"bits of first {kind}": bits_of(state[kind]["fc1/weight"]) for kind in ("master", "velocity")}
        answer = train(net, state, [(x[place], labels[place]) for place in places], lr)
        if not isinstance(answer, tuple | list) or len(answer) != 3:
            return {"the three (state, losses, scales)": answer}
        state, losses, scales = answer[0], *(np.asarray(row, np.float64).reshape(-1) for row in answer[1:])
        got = {"how many losses": len(losses), "how many scales": len(scales)}
        if len(losses) != steps or len(scales) != steps:
            return got
        net.load({name: array.astype(np.float16) for name, array in state["master"].items()})
        scores = net.forward(_scaled(unseen).astype(np.float16))
    fifths = np.array_split(np.nan_to_num(losses, nan=9, posinf=9), 5)
    master = state["master"]["fc1/weight"]
    got["scale of the first and of the last step, in hundredths of a doubling"] = 100 * np.log2(scales[[0, -1]])
    got["masters that half precision could hold, in percent"] = 100 * np.mean(master == master.astype(np.float16))
    got["mean loss in each fifth of the run, in hundredths"] = 100 * np.array([fifth.mean() for fifth in fifths])
    got["digits read right, in tenths of a percent"] = 1000 * np.mean(scores.argmax(axis=1) == answers)
    return got | begun | {"arguments that were changed": changed_numbers(before, params)}


def _scaled(pictures: np.ndarray) -> np.ndarray:
    """Bytes as float32 of ordinary size."""
    return (pictures.astype(np.float32) - 33) / 78
