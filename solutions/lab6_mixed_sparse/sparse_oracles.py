"""Lab 6's right answers about sparse layers, in float64, exact fractions or whole numbers, from the definition.

Nothing here is shared with the notebook's solution: places are sorted as tuples, weights are divided by the
height of a water level, and products run over a dictionary of the numbers that are there.
"""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import numpy as np

from aics.doubles.changes import OVERWRITTEN
from aics.doubles.rows import cut
from aics.lab6_mixed_sparse.doubles import scattered


def _ranked(values, places):
    """These places, the smallest value first; of equal values the earlier place."""
    return [place for _, place in sorted((float(values[place]), place) for place in places)]


def pruned(weight, mask, rate):
    """The mask without the floor(rate * active) smallest active weights."""
    active = [place for place, kept in enumerate(mask.ravel()) if kept]
    gone = _ranked(np.abs(weight.ravel().astype(np.float64)), active)[: math.floor(rate * len(active))]
    left = np.zeros(mask.size, bool)
    left[sorted(set(active) - set(gone))] = True
    return left.reshape(mask.shape)


def grown(mask, momentum, count):
    """The mask with the `count` inactive places of largest momentum."""
    zeros = [place for place, kept in enumerate(mask.ravel()) if not kept]
    new = _ranked(-np.abs(momentum.ravel().astype(np.float64)), zeros)[:count]
    flat = mask.ravel().copy()
    flat[new] = True
    return flat.reshape(mask.shape)


def magnitude_prune(*, weight, mask, rate):
    """True where a weight stays active."""
    return {"mask": pruned(weight, mask, rate), OVERWRITTEN: np.array(0)}


def regrow(*, mask, momentum, count):
    """True where a weight is active now."""
    return {"mask": grown(mask, momentum, count), OVERWRITTEN: np.array(0)}


def weights_of(shapes):
    """The entries that have a mask."""
    return [[name, shape] for name, shape in shapes if name.endswith("/weight")]


def importances(momenta, masks):
    """Mean size of the active weights' momentum, as shares."""
    means = []
    for name, mask in masks.items():
        sizes = [abs(float(m)) for m, kept in zip(momenta[name].ravel(), mask.ravel(), strict=True) if kept]
        means.append(math.fsum(sizes) / len(sizes) if sizes else 0.0)
    whole = math.fsum(means)
    return np.array([mean / whole if whole else 1 / len(means) for mean in means])


def layer_importance(*, shapes, momenta, masks):
    """One share a layer."""
    prunable = weights_of(shapes)
    shares = importances(cut(shapes, momenta), cut(prunable, masks))
    return {"fractions": shares, "entries of the dict": np.array(len(prunable))}


def level_shares(total, importance, room):
    """Exact shares: the level at which min(room, importance * level) adds up to the total.

    Layers without importance get something only where the others are full; then all alike.
    """
    importance, room = [Fraction(float(i)) for i in importance], [int(r) for r in room]
    total = min(int(total), sum(room))
    wanted = [Fraction(0)] * len(room)
    for group in ([k for k, i in enumerate(importance) if i], [k for k, i in enumerate(importance) if not i]):
        pull = {k: importance[k] or Fraction(1) for k in group}
        rest = min(total, sum(room[k] for k in group))
        total -= rest
        for place, k in enumerate(order := sorted(group, key=lambda k: room[k] / pull[k])):
            level = rest / sum(pull[j] for j in order[place:])
            wanted[k] = min(Fraction(room[k]), pull[k] * level)
            rest -= wanted[k]
    return wanted


def counts_of(total, importance, room):
    """Whole numbers: rounded down, and what is left goes one by one to the largest remainders."""
    wanted = level_shares(total, importance, room)
    whole = [math.floor(w) for w in wanted]
    left = int(sum(wanted)) - sum(whole)
    for k in sorted(range(len(wanted)), key=lambda k: (whole[k] - wanted[k], k))[:left]:
        whole[k] += 1
    return np.array(whole)


def redistribute(*, names, total, importance, room):
    """What each layer gets, in whole numbers."""
    return {"counts": counts_of(total, importance, room), "entries of the dict": np.array(len(names))}


def masked_step(*, weight, velocity, gradients, masks, lr, momentum=0.9, decay=0.0):
    """Weights and velocities after each step."""
    weight, velocity = weight.astype(np.float64), velocity.astype(np.float64)
    weights, velocities = [], []
    for gradient, mask in zip(gradients.astype(np.float64), masks, strict=True):
        velocity = momentum * velocity + (gradient + decay * weight)
        weight = mask * (weight - lr * velocity)
        weights.append(weight)
        velocities.append(velocity)
    return {
        "weight after each step": np.stack(weights),
        "velocity after each step": np.stack(velocities),
        "inactive weights that are not 0": np.array(0),
        OVERWRITTEN: np.array(0),
    }


def cycle(shapes, params, velocities, masks, rate):
    """One whole cycle, with what each of its parts answers; everything in a row."""
    values, momenta, old = cut(shapes, params), cut(shapes, velocities), cut(weights_of(shapes), masks)
    less = {name: pruned(values[name], mask, rate) for name, mask in old.items()}
    room = np.array([np.count_nonzero(~mask) for mask in less.values()])
    total = int(sum(np.count_nonzero(mask) for mask in old.values()) - sum(map(np.count_nonzero, less.values())))
    shares = importances(momenta, old)
    counts = counts_of(total, shares, room)
    more = {name: grown(less[name], momenta[name], int(n)) for name, n in zip(less, counts, strict=True)}
    for name, mask in less.items():
        values[name][~mask] = 0
    row = {"pruned": less, "grown": more, "params_after": values}
    return {"importance": shares, "room": room, "counts": counts} | {
        name: np.concatenate([array.ravel() for array in part.values()]) for name, part in row.items()
    }


def sparse_momentum_epoch(*, shapes, params, velocities, masks, rate, **_):
    """Parameters and masks after one cycle."""
    found = cycle(shapes, params, velocities, masks, rate)
    return {
        **{f"mask of {name}": mask for name, mask in cut(weights_of(shapes), found["grown"]).items()},
        **cut(shapes, found["params_after"].astype(np.float64)),
        OVERWRITTEN: np.array(0),
    }


def _product(rows, x):
    """Each row's numbers times what lies in their columns; rows : one dict a row, column -> number."""
    return [math.fsum(number * float(x[column]) for column, number in row.items()) for row in rows]


def sparse_inference(*, vectors, data, shape=None, matrix=None, indices=None, indptr=None):
    """What is kept of a matrix, and its products."""
    got = {}
    if matrix is None:
        indices, indptr = scattered(*shape, len(data))
    else:
        kept = [[(c, float(v)) for c, v in enumerate(row) if v] for row in matrix]
        got["data"] = np.array([v for row in kept for _, v in row], dtype=np.float64)
        got["indices"] = np.array([c for row in kept for c, _ in row], dtype=np.int64)
        got["indptr"] = np.array([sum(map(len, kept[:r])) for r in range(len(kept) + 1)])
    spans = itertools.pairwise(indptr)
    rows = [dict(zip(indices[a:b].tolist(), data[a:b].astype(float).tolist(), strict=True)) for a, b in spans]
    return got | {"products": np.array([_product(rows, x) for x in vectors])}


def mixed_and_sparse(*, weight, mask, velocity, gradients, lr, scale, momentum):
    """What is kept, and every step in float64; a step with an overflow changes nothing."""
    places = np.array([place for place, kept in enumerate(mask.ravel()) if kept])
    master = start = weight.ravel()[places].astype(np.float64)
    velocity, masters, velocities = velocity.astype(np.float64), [], []
    for gradient in gradients.astype(np.float64):
        if np.abs(gradient).max() < np.inf:  # nan is not below infinity either
            velocity = momentum * velocity + gradient / scale
            master = master - lr * velocity.ravel()[places]
        masters.append(master)
        velocities.append(velocity)
    return {
        "bytes of all that is kept": np.array(10 * len(places)),
        "entries of the dict": np.array(3),
        "places": places,
        "master": start,
        "half": start.astype(np.float16).astype(np.float64),
        "weight from spread": np.where(mask, weight, 0).astype(np.float16).astype(np.float64),
        "master after each step": np.stack(masters),
        "velocity after each step": np.stack(velocities),
        "halves that are not their rounded masters": np.array(0),
    }
