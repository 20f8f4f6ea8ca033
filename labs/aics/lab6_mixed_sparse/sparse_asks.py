"""Lab 6, part 2: how the questions on sparse layers call the student's code.

An ask gets names from the notebook by position and one case's arrays by keyword, calls the code and returns what
came back, name by name. It knows no right answer, and computes nothing of what came back: what is counted and
compared is in `aics.lab6_mixed_sparse.measures`. Where a question needs what an earlier one makes, the case
brings it, so that one empty stub does not cost the next question.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from typing import Any

import numpy as np

from aics.check.returned import as_array, in_a_row, left, spelled
from aics.doubles.calls import KnownCall, known_calls_answered
from aics.doubles.rows import Shapes, cut
from aics.lab6_mixed_sparse.doubles import Array, copies, entries, scattered, weights_of

Code = Callable[..., Any]

# Pruning and regrowing


def magnitude_prune(magnitude_prune: Code, *, weight: Array, mask: Array, rate: float) -> dict[str, object]:
    """The new mask."""
    return {"mask": magnitude_prune(weight, mask, rate), **left(mask=mask)}


def regrow(regrow: Code, *, mask: Array, momentum: Array, count: int) -> dict[str, object]:
    """The new mask."""
    return {"mask": regrow(mask, momentum, count), **left(mask=mask)}


def layer_importance(layer_importance: Code, *, shapes: Shapes, momenta: Array, masks: Array) -> dict[str, object]:
    """The fraction of each layer; momenta are those of weights and biases, masks of weights only."""
    weights = weights_of(shapes)
    shares = layer_importance(cut(shapes, momenta), cut(weights, masks))
    return _one_for_each(shares, [name for name, _ in weights], "fractions")


def redistribute(
    redistribute: Code, *, names: Sequence[str], total: int, importance: Array, room: Array
) -> dict[str, object]:
    """How many weights each layer gets."""
    by_name = [dict(zip(names, row.tolist(), strict=True)) for row in (importance, room)]
    return _one_for_each(redistribute(total, *by_name), names, "counts")


def _one_for_each(answer: object, names: Sequence[str], what: str) -> dict[str, object]:
    """A dict's numbers in the order of these names, and all of its names; what is no number as it is."""
    if not isinstance(answer, Mapping):
        return {f"the dict of {what}": answer}
    return {what: in_a_row([answer.get(name) for name in names]), "names in the dict": spelled(answer)}


# One step, one cycle


def masked_step(
    masked_step: Code, *, weight: Array, velocity: Array, gradients: Array, masks: Array, **choices: float
) -> dict[str, object]:
    """Weights and velocities after each of several steps; what each was handed, as it is afterwards."""
    weights, velocities, handed = [], [], []
    for gradient, mask in zip(gradients, masks, strict=True):
        given = {"weight": weight, "velocity": velocity, "gradient": gradient, "mask": mask}
        answer = masked_step(*given.values(), **choices)
        if not isinstance(answer, tuple | list) or len(answer) != 2:
            return {"the pair (weight, velocity)": answer}
        handed.append(copies(given))
        weight, velocity = answer
        weights.append(np.array(weight))
        velocities.append(np.array(velocity))
    steps = {"weight after each step": np.array(weights), "velocity after each step": np.array(velocities)}
    return steps | left(**{name: np.array([given[name] for given in handed]) for name in given})


def sparse_momentum_epoch(
    sparse_momentum_epoch: Code,
    magnitude_prune: Code,
    layer_importance: Code,
    redistribute: Code,
    regrow: Code,
    *,
    shapes: Shapes,
    params: Array,
    velocities: Array,
    masks: Array,
    rate: float,
    **known: Array,
) -> dict[str, object]:
    """Parameters and masks after one cycle, in which four functions give the answers that the case brings."""
    weights = weights_of(shapes)
    given = {"params": cut(shapes, params), "velocities": cut(shapes, velocities), "masks": cut(weights, masks)}
    before = {name: copies(arrays) for name, arrays in given.items()}
    functions = magnitude_prune, layer_importance, redistribute, regrow
    with ExitStack() as stack:
        for function, calls in zip(functions, _calls_of_a_cycle(weights, before, rate, **known), strict=True):
            stack.enter_context(known_calls_answered(function, calls))
        answer = sparse_momentum_epoch(*given.values(), rate)
    if not isinstance(answer, tuple | list) or len(answer) != 2:
        return {"the pair (params, masks)": answer}
    return {
        **{f"mask of {name}": mask for name, mask in entries(answer[1], list(before["masks"]), "masks").items()},
        **entries(answer[0], list(before["params"]), "params"),
        **left(**given),
    }


def _calls_of_a_cycle(
    weights: Shapes,
    given: Mapping[str, Mapping[str, Array]],
    rate: float,
    *,
    pruned: Array,
    importance: Array,
    room: Array,
    counts: Array,
    grown: Array,
) -> tuple[Sequence[KnownCall], ...]:
    """Calls and answers of the functions that prune, rate layers, divide and regrow, in one cycle."""
    params, velocities, masks = given["params"], given["velocities"], given["masks"]
    less, more = cut(weights, pruned), cut(weights, grown)
    shares, places, new = (dict(zip(masks, row.tolist(), strict=True)) for row in (importance, room, counts))
    return (
        [([params[name], mask, rate], less[name]) for name, mask in masks.items()],
        [([{name: velocities[name] for name in masks}, masks], shares)],
        [([int(np.sum(counts)), shares, places], new)],
        [([less[name], velocities[name], new[name]], more[name]) for name in masks],
    )


# What a layer keeps


def sparse_inference(
    to_csr: Code,
    csr_product: Code,
    *,
    vectors: Array,
    data: Array,
    shape: tuple[int, int] | None = None,
    matrix: Array | None = None,
    indices: Array | None = None,
    indptr: Array | None = None,
) -> dict[str, object]:
    """What is kept of a matrix, and its product with some vectors.

    Where the time counts, the products only, each vector's with numbers of its own: a full matrix that was kept from
    the last product is of no use.
    """
    if shape is not None:
        indices, indptr = (places.copy() for places in scattered(*shape, data.shape[1]))
        products = [csr_product(row, indices, indptr, x) for row, x in zip(data, vectors, strict=True)]
        return {"products": np.array(products)}
    answer = to_csr(matrix)
    if not isinstance(answer, tuple | list) or len(answer) != 3:
        return {"data, indices and indptr": answer}
    found = dict(zip(("data", "indices", "indptr"), map(as_array, answer), strict=True))
    return found | {"products": np.array([csr_product(data, indices, indptr, x) for x in vectors])}


def sparse_inference_yardstick(*, vectors: Array, data: Array, shape: tuple[int, int]) -> list[Array]:
    """For each vector a gather, a product, and sums over rows of equal length; no meaning."""
    (count, kept), rows = data.shape, shape[0]
    places, even = scattered(*shape, kept)[0], kept // rows * rows
    return [np.multiply(vectors[i][places], data[i])[:even].reshape(rows, -1).sum(axis=1) for i in range(count)]


def mixed_and_sparse(
    compact: Code,
    spread: Code,
    compact_step: Code,
    *,
    weight: Array,
    mask: Array,
    velocity: Array,
    gradients: Array,
    lr: float,
    scale: float,
    momentum: float,
) -> dict[str, object]:
    """What is kept of a layer, the weight that the layer gets, and what becomes of both in several steps."""
    packed = compact(weight, mask)
    kept = entries(packed, ("places", "master", "half"), "places, master and half")
    if not all(isinstance(array, np.ndarray) for array in kept.values()):
        return kept
    others = {f"also kept: {name}": np.asarray(array) for name, array in packed.items() if name not in kept}
    found = {**kept, **others, "weight from spread": spread(packed, mask.shape)}
    masters, halves, velocities = [], [], []
    for gradient in gradients:
        answer = compact_step(packed, velocity, gradient, lr, scale, momentum)
        if not isinstance(answer, tuple | list) or len(answer) != 2:
            return {"the pair (packed, velocity)": answer}
        packed, velocity = answer
        masters.append(np.array(packed["master"]))
        halves.append(np.array(packed["half"]))
        velocities.append(np.array(velocity))
    steps = {"master": masters, "half": halves, "velocity": velocities}
    return found | {f"{name} after each step": np.array(rows) for name, rows in steps.items()}
