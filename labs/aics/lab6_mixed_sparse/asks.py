"""Lab 6: how each question calls the student's code.

An ask gets names from the notebook by position and one case's arrays by keyword, calls the code and returns what
came back, name by name. It knows no right answer: where a question needs what an earlier one makes, the case brings
it, so that one empty stub does not cost the next question. In part 1 parameters travel as fc1_weight and are asked
for as "fc1/weight".
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np

from aics.doubles.changes import changed_numbers
from aics.doubles.rows import cut
from aics.lab6_mixed_sparse import sparse_runs as courses
from aics.lab6_mixed_sparse.doubles import (
    QUIET,
    BackwardOnlyNet,
    as_counts,
    scattered,
    tensors_of,
    told,
    told_all,
    with_scaled_gradients,
)
from aics.lab6_mixed_sparse.mixed_runs import one_run, one_step
from aics.lab6_mixed_sparse.sparse_runs import weights_in

#: Finished cells that become files of `stu_upload/`.
EXPORTS = {
    "mixed_precision.py": (
        *("half_cast", "half_matmul", "underflow", "update_master", "scaled_gradients", "adjust_scale"),
        *("mixed_train_step", "begin_mixed", "mixed_training", "memory"),
    ),
    "sparse_momentum.py": (
        *("magnitude_prune", "layer_importance", "redistribute", "regrow", "masked_step", "sparse_momentum_epoch"),
        *("begin_sparse", "sparse_step", "after_epoch", "to_csr", "csr_product"),
        *("compact", "spread", "compact_step"),
    ),
}


# Numbers


def half_cast(half_cast, *, stay, **arrays):
    """The tensors as they came back, and how many of those that went in were changed."""
    given, before = tensors_of(arrays), {name: array.copy() for name, array in tensors_of(arrays).items()}
    with np.errstate(**QUIET):
        cast = half_cast(given, set(stay))
    return told_all(cast, list(before)) | {"arguments that were changed": changed_numbers(before, given)}


def half_matmul(half_matmul, *, a, b):
    """The product."""
    with np.errstate(**QUIET):
        return told("product", half_matmul(a, b))


def underflow(underflow, *, gradient):
    """Where numbers vanish, lose digits, are too large."""
    with np.errstate(**QUIET):
        answer = underflow(gradient)
    if not isinstance(answer, tuple | list) or len(answer) != 3:
        return {"the three arrays (vanished, subnormal, overflowed)": answer}
    named = zip(("vanished", "subnormal", "overflowed"), map(np.asarray, answer), strict=True)
    return {name: mask.astype(np.int64) if mask.dtype == bool else mask for name, mask in named}


# What stays exact


def master_weights(update_master, *, master, gradients, lr):
    """How far the master copy came in all steps, and its half copy after the last one."""
    given, now = master.copy(), master
    for gradient in gradients:
        answer = update_master(now, gradient.copy(), lr)
        if not isinstance(answer, tuple | list) or len(answer) != 2:
            return {"the pair (master, half)": answer}
        now, half = answer
    way = {"way of the master copy": np.asarray(now, np.float64) - given}
    return (
        {"bits of master": told("master", now)["bits of master"]}
        | way
        | told("half", half)
        | {"arguments that were changed": int(not np.array_equal(master, given))}
    )


def loss_scaling(scaled_gradients, *, top_diff, scale, **kept):
    """The gradients, and what the network was handed."""
    kept, before = tensors_of(kept), top_diff.copy()
    net = BackwardOnlyNet(kept)
    with np.errstate(**QUIET):
        gradients = scaled_gradients(net, top_diff, scale)
    handed = told("top_diff that the network gets", net.received[0]) if net.received else {}
    counts = {
        "calls of net.backward": len(net.received),
        "arguments that were changed": int((before != top_diff).any()),
    }
    return counts | handed | told_all(gradients, list(kept), "the dict of gradients")


def dynamic_loss_scaling(adjust_scale, *, scale, clean, interval, **rows):
    """The scale, the count and whether the step may be taken, step after step."""
    scaler, found = {"scale": scale, "clean": clean}, []
    untouched = 0
    for row in zip(*rows.values(), strict=True):
        before = dict(scaler)
        with np.errstate(**QUIET):
            answer = adjust_scale(scaler, tensors_of(dict(zip(rows, row, strict=True))), interval)
        if not isinstance(answer, tuple | list) or len(answer) != 2:
            return {"the pair (scaler, take)": answer}
        untouched += scaler != before
        scaler, take = answer
        found.append((scaler["scale"], scaler["clean"], bool(take)))
    scales, counts, taken = zip(*found, strict=True)
    steps = {"whether each step is taken": np.array(taken, np.int64), "scale after each step": np.array(scales, float)}
    return steps | {"clean steps so far": np.array(counts), "arguments that were changed": untouched}


# Training


def mixed_train_step(
    mixed_train_step,
    Network,
    HalfLayer,
    FullyConnectedLayer,
    ReLULayer,
    half_cast,
    scaled_gradients,
    adjust_scale,
    **case,
):
    """The next state, the loss, and what the network was handed; three functions answer as the case has it."""
    parts = (half_cast, scaled_gradients, adjust_scale)
    return one_step(mixed_train_step, _network(Network, HalfLayer, FullyConnectedLayer, ReLULayer, case), parts, **case)


def mixed_training(mixed_training, begin_mixed, Network, HalfLayer, FullyConnectedLayer, ReLULayer, *, share, **case):
    """The course of a training on small digits, and how many unseen ones it reads; `share` is this piece's."""
    net = _network(Network, HalfLayer, FullyConnectedLayer, ReLULayer, case)
    return one_run(mixed_training, begin_mixed, with_scaled_gradients(net, share), **case)


def _network(Network, HalfLayer, FullyConnectedLayer, ReLULayer, case):
    """Two layers with a ReLU between them, in half precision, as large as the case's weights."""
    first, second = (FullyConnectedLayer(*case[name].shape) for name in ("fc1_weight", "fc2_weight"))
    layers = {"fc1": first, "relu1": ReLULayer(), "fc2": second}
    return Network({name: HalfLayer(layer) for name, layer in layers.items()})


def memory(memory, *, names, parameters, inputs, batch):
    """Bytes of each kind, in both precisions."""
    sizes = {name: (int(p), int(i)) for name, p, i in zip(names, parameters, inputs, strict=True)}
    found = {}
    for mixed in (False, True):
        answer = memory(sizes, batch, mixed)
        if not isinstance(answer, dict):
            return {"the dict of bytes": answer}
        found |= {f"{kind}, {'mixed' if mixed else 'float32'}": answer.get(kind) for kind in KINDS}
    return found


#: What takes memory while a network learns.
KINDS = ("weights", "masters", "gradients", "momenta", "activations")


# Pruning and regrowing


def magnitude_prune(magnitude_prune, *, weight, mask, rate):
    """The new mask, and whether the old one was left alone."""
    before = mask.copy()
    return {
        "mask": as_counts(magnitude_prune(weight, mask, rate)),
        "changes to the old mask": changed_numbers(before, mask),
    }


def layer_importance(layer_importance, *, shapes, momenta, masks):
    """The share of each layer; momenta are those of weights and biases, masks of weights only."""
    weights = weights_in(shapes)
    shares = layer_importance(cut(shapes, momenta), cut(weights, masks))
    return _by_name(shares, [name for name, _ in weights], "shares")


def _by_name(answer, names, what):
    """A dict's numbers in a row, and how many there are; whatever is none as it is."""
    if not isinstance(answer, Mapping):
        return {f"the dict of {what}": answer}
    found = [answer.get(name) for name in names]
    odd = [value for value in found if not isinstance(value, (int, float, np.generic))]
    return {what: odd[0] if odd else np.array(found), "names in the dict": len(answer)}


def redistribute(redistribute, *, names, total, importance, room):
    """How many weights each layer gets."""
    by_name = [dict(zip(names, row.tolist(), strict=True)) for row in (importance, room)]
    return _by_name(redistribute(total, *by_name), names, "counts")


def regrow(regrow, *, mask, momentum, count):
    """The new mask, and whether the old one was left alone."""
    before = mask.copy()
    return {"mask": as_counts(regrow(mask, momentum, count)), "changes to the old mask": changed_numbers(before, mask)}


def masked_step(masked_step, *, weight, velocity, gradients, masks, lr, **choices):
    """Weights and velocities after each of several steps, and what became of the arrays that were handed over."""
    return courses.masked_steps(masked_step, weight, velocity, gradients, masks, lr=lr, **choices)


def sparse_momentum_epoch(
    sparse_momentum_epoch,
    magnitude_prune,
    layer_importance,
    redistribute,
    regrow,
    *,
    shapes,
    params,
    velocities,
    **case,
):
    """Parameters and masks after one cycle; the four functions know what they are to answer in it."""
    given = cut(shapes, params), cut(shapes, velocities)
    functions = magnitude_prune, layer_importance, redistribute, regrow
    return courses.recorded_cycle(sparse_momentum_epoch, functions, shapes, *given, **case)


def sparse_training(
    begin_sparse,
    sparse_step,
    after_epoch,
    Network,
    FullyConnectedLayer,
    ReLULayer,
    *,
    shapes,
    params,
    masks,
    pictures,
    labels,
    density,
    lr,
    units,
    **course_of,
):
    """What the training begins with; its course from a state that the case brings, in units of what is allowed."""
    params, masks = cut(shapes, params), cut(weights_in(shapes), masks)
    first = courses.first_state(begin_sparse, shapes, params, density)
    state = {
        "params": {name: array * masks.get(name, True) for name, array in params.items()},
        "velocity": {name: np.zeros_like(array) for name, array in params.items()},
        "masks": masks,
    }
    net = courses.small_network(Network, FullyConnectedLayer, ReLULayer, shapes)
    step = partial(sparse_step, lr=lr)
    noted = courses.course(net, step, after_epoch, state, (pictures, labels), **course_of)
    return first | noted | {name: noted[name] / unit for name, unit in zip(courses.MEASURED, units, strict=True)}


def sparse_inference(to_csr, csr_product, *, vectors, data, shape=None, matrix=None, indices=None, indptr=None):
    """What is kept of a matrix, and its product with some vectors; where the time counts, the products only."""
    got = {}
    if matrix is None:
        indices, indptr = (places.copy() for places in scattered(*shape, len(data)))
    else:
        answer = to_csr(matrix)
        if not isinstance(answer, tuple | list) or len(answer) != 3:
            return {"data, indices and indptr": answer}
        got = dict(zip(("data", "indices", "indptr"), answer, strict=True))
    return got | {"products": np.array([csr_product(data, indices, indptr, x) for x in vectors])}


def mixed_and_sparse(compact, spread, compact_step, *, weight, mask, velocity, gradients, lr, scale, momentum):
    """What is kept of a layer, and what becomes of it in several steps."""
    packed = compact(weight, mask)
    if not isinstance(packed, Mapping):
        return {"the dict of places, master and half": packed}
    kept = {name: packed.get(name) for name in ("places", "master", "half")}
    got = {"bytes of all that is kept": sum(np.asarray(array).nbytes for array in packed.values())}
    got |= {"names in the dict": len(packed), "places": kept["places"], "master": kept["master"]}
    if kept["half"] is None:
        return {"half": None}
    got["half"] = np.asarray(kept["half"]).astype(np.float32)
    return got | courses.packed_steps(compact_step, spread, packed, velocity, gradients, mask, (lr, scale, momentum))


# Speed


def _casts_and_product(*, a, b):
    """Ones made wide, a product, and its numbers made narrow again, in the case's sizes; no meaning."""
    ones = [np.ones(array.shape, a.dtype).astype(np.float32) for array in (a, b)]
    return np.matmul(*ones).astype(a.dtype)


def _gathers_and_sums(*, vectors, data, shape):
    """For each vector a gather, a product, and sums over rows of equal length; no meaning."""
    places, rows = scattered(*shape, len(data))[0], shape[0]
    even = len(data) // rows * rows
    return [np.multiply(x[places], data)[:even].reshape(rows, -1).sum(axis=1) for x in vectors]


YARDSTICKS = {"half_matmul": _casts_and_product, "sparse_inference": _gathers_and_sums}
