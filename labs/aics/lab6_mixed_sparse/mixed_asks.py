"""Lab 6, part 1: how the questions on half precision call the student's code.

An ask gets names from the notebook by position and one case's arrays by keyword, calls the code and returns what
came back, name by name. It knows no right answer, and computes nothing of what came back: what is counted and
compared is in `aics.lab6_mixed_sparse.measures`. Parameters travel as fc1_weight and are asked for as "fc1/weight".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from aics.check.returned import left, stacked
from aics.lab6_mixed_sparse.doubles import Array, BackwardOnlyNet, by_parameter, entries

#: What takes memory while a network learns.
KINDS = ("weights", "masters", "gradients", "momenta", "activations")


def half_cast(half_cast: Callable[..., Any], *, stay: Sequence[str], **arrays: Array) -> dict[str, object]:
    """The tensors as they came back."""
    tensors = by_parameter(arrays)
    with np.errstate(over="ignore"):
        cast = half_cast(tensors, set(stay))
    return entries(cast, list(by_parameter(arrays)), "tensors") | left(tensors=tensors)


def half_matmul(half_matmul: Callable[..., Any], *, a: Array, b: Array) -> dict[str, object]:
    """The product."""
    with np.errstate(over="ignore", invalid="ignore"):
        return {"product": half_matmul(a, b)}


def half_matmul_yardstick(*, a: Array, b: Array) -> Array:
    """Ones made wide, a product, and its numbers made narrow again, in the case's sizes; no meaning."""
    ones = [np.ones(array.shape, a.dtype).astype(np.float32) for array in (a, b)]
    product: Array = np.matmul(*ones).astype(a.dtype)
    return product


def underflow(underflow: Callable[..., Any], *, gradient: Array) -> dict[str, object]:
    """Where numbers vanish, lose digits, are too large."""
    with np.errstate(over="ignore", invalid="ignore"):
        answer = underflow(gradient)
    if not isinstance(answer, tuple | list) or len(answer) != 3:
        return {"the three arrays (vanished, subnormal, overflowed)": answer}
    return dict(zip(("vanished", "subnormal", "overflowed"), answer, strict=True))


def master_weights(
    update_master: Callable[..., Any], *, master: Array, gradients: Array, lr: float
) -> dict[str, object]:
    """The master copy and its half copy after the last of several steps."""
    latest = master
    for gradient in gradients:
        answer = update_master(latest, gradient.copy(), lr)
        if not isinstance(answer, tuple | list) or len(answer) != 2:
            return {"the pair (master, half)": answer}
        latest, half = answer
    return {"master": latest, "half": half, **left(master=master)}


def loss_scaling(
    scaled_gradients: Callable[..., Any],
    *,
    top_diff: Array,
    scale: float,
    counted: Callable[..., Array] | None = None,
    **arrays: Array,
) -> dict[str, object]:
    """The gradients, and what the network was handed, call by call. With `counted` the grader computes for it."""
    net = BackwardOnlyNet(by_parameter(arrays), counted)
    with np.errstate(over="ignore", invalid="ignore"):
        gradients = scaled_gradients(net, top_diff, scale)
    found = entries(gradients, list(by_parameter(arrays)), "gradients")
    return found | {"handed to net.backward": stacked(net.received), **left(top_diff=top_diff)}


def dynamic_loss_scaling(
    adjust_scale: Callable[..., Any], *, scale: float, clean: int, interval: int, **rows: Array
) -> dict[str, object]:
    """The scale, the count and whether the step may be taken, step after step; the scalers handed in afterwards."""
    scaler: Any = {"scale": scale, "clean": clean}
    taken, scalers, handed = [], [], []
    for row in zip(*rows.values(), strict=True):
        with np.errstate(over="ignore", invalid="ignore"):
            answer = adjust_scale(scaler, by_parameter(dict(zip(rows, row, strict=True))), interval)
        if not isinstance(answer, tuple | list) or len(answer) != 2:
            return {"the pair (scaler, take)": answer}
        handed.append(dict(scaler))
        scaler, take = answer
        taken.append(take)
        scalers.append(dict(scaler))
    found = {name: np.array([one[name] for one in scalers]) for name in ("scale", "clean")}
    after = {name: np.array([one.get(name, np.nan) for one in handed]) for name in found}
    return {"take": np.array(taken)} | found | left(**after)


def memory(
    memory: Callable[..., Any], *, names: Sequence[str], parameters: Array, inputs: Array, batch: int
) -> dict[str, object]:
    """Bytes of each kind, in both precisions."""
    sizes = {name: (int(p), int(i)) for name, p, i in zip(names, parameters, inputs, strict=True)}
    found: dict[str, object] = {}
    for precision, mixed in (("float32", False), ("mixed", True)):
        answer = entries(memory(sizes, batch, mixed), KINDS, "bytes")
        found |= {f"{kind}, {precision}": count for kind, count in answer.items()}
    return found
