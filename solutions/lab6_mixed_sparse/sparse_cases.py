"""Lab 6's inputs about sparse layers, drawn so that every mistake in misconceptions/ shows on every draw.

Sizes are drawn as well as values, but for whole networks.
"""

from __future__ import annotations

import numpy as np
import sparse_oracles as oracles

from autograder.course.question import Case

# Pruning and growing


def _more(rng: np.random.Generator, size: int, most: int = 2) -> int:
    """A size that may be larger by up to `most`; 1 stays 1."""
    return size + int(rng.integers(0, most + 1)) * (size > 1)


def _numbers(rng: np.random.Generator, count: int, cut: int, zeros: int = 1) -> np.ndarray:
    """Numbers of either sign, in random order; those next to rank `cut` of their sizes, two a side, are of one size."""
    sizes = 0.02 + 0.01 * np.arange(count) + rng.uniform(0, 0.006, count)
    sizes[max(cut - 2, 1) : cut + 2] = sizes[min(cut, count - 1)]
    sizes[:zeros] = 0
    signs = np.where(np.arange(count) % 2, -1, 1) * rng.choice([-1, 1])
    return rng.permutation(sizes * signs).astype(np.float32)


def _mask(rng: np.random.Generator, shape: tuple[int, int], active: int) -> np.ndarray:
    """A mask with so many active places."""
    mask = np.zeros(shape, bool)
    mask.flat[rng.choice(mask.size, active, replace=False)] = True
    return mask


#: (shape, active, rate): the product of the last two lies far from a whole number, or is one exactly
PRUNED = [((7, 11), 59, 0.3), ((12, 9), 61, 0.5), ((5, 8), 33, 0.75), ((4, 6), 15, 0.0), ((6, 3), 7, 1.0)]


def magnitude_prune(rng: np.random.Generator) -> list[Case]:
    """Ties at the cut, one active weight of 0 or two, and inactive weights of which some are not 0."""
    cases = []
    for zeros, ((rows, columns), active, rate) in zip((1, 2, 1, 2, 1), PRUNED, strict=True):
        shape = _more(rng, rows, 4), _more(rng, columns)
        mask = _mask(rng, shape, active)
        weight = (rng.normal(0, 0.2, shape) * rng.integers(0, 2, shape)).astype(np.float32)
        weight[mask] = _numbers(rng, active, int(rate * active), zeros)
        cases.append({"weight": weight, "mask": mask, "rate": rate})
    return cases


#: (shape, active, how many are to grow)
GROWN = [((7, 11), 30, 12), ((12, 9), 8, 41), ((5, 8), 33, 7), ((4, 6), 15, 0)]


def regrow(rng: np.random.Generator) -> list[Case]:
    """Ties at the cut; the momentum of active weights is the largest; in the third case nearly all others have none."""
    cases = []
    for (rows, columns), few, count in GROWN:
        shape, zeros = (_more(rng, rows), columns), rows * columns - few
        mask = _mask(rng, shape, shape[0] * columns - zeros)
        momentum = (rng.choice([-3, 3], shape) + rng.normal(0, 1, shape)).astype(np.float32)
        momentum[~mask] = 0
        momentum[~mask] = _numbers(rng, zeros, zeros - count) if count < zeros else _few(rng, zeros)
        cases.append({"mask": mask, "momentum": momentum, "count": count})
    return cases


def _few(rng: np.random.Generator, count: int) -> np.ndarray:
    """Zeros but for two numbers."""
    return rng.permutation(np.array([0.5, -0.3] + [0.0] * (count - 2))).astype(np.float32)


# Layers


#: Three layers as in the notebook, small; biases have no mask.
SHAPES = [
    *(["fc1/weight", [9, 7]], ["fc1/bias", [1, 7]]),
    *(["fc2/weight", [7, 5]], ["fc2/bias", [1, 5]]),
    *(["fc3/weight", [5, 4]], ["fc3/bias", [1, 4]]),
]
WEIGHTS = oracles.weights_of(SHAPES)


def _row(parts: list[np.ndarray], kind: type = np.float32) -> np.ndarray:
    return np.concatenate([np.ravel(part) for part in parts]).astype(kind)


def _masks(rng: np.random.Generator, active: tuple[int, ...]) -> np.ndarray:
    """Masks of all layers in a row, with so many active places each."""
    return _row([_mask(rng, tuple(shape), n) for (_, shape), n in zip(WEIGHTS, active, strict=True)], bool)


#: Active weights of each layer, and how strongly each moves; the third has a layer without any, the fourth no motion
MOVING = [
    ((25, 20, 12), (1.0, 3.0, 0.4)),
    ((9, 30, 6), (2.0, 0.5, 1.0)),
    ((30, 0, 11), (1.0, 1.0, 2.5)),
    ((20, 9, 0), (0, 0, 0)),
]


def layer_importance(rng: np.random.Generator) -> list[Case]:
    """Layers of different sizes; what is inactive moves most, and the mean of either sign is nearly 0."""
    cases = []
    for active, strengths in MOVING:
        masks, parts, start = _masks(rng, active), [], 0
        for (name, shape), strength in zip(SHAPES, np.repeat(strengths, 2), strict=True):
            size = int(np.prod(shape))
            part = strength * rng.uniform(0.5, 1.5, size) * rng.choice([-1, 1], size)
            if name.endswith("/weight"):
                part[~masks[start : start + size]] *= rng.uniform(2, 5)
                start += size
            parts.append(part)
        cases.append({"shapes": SHAPES, "momenta": _row(parts), "masks": masks})
    return cases


def redistribute(rng: np.random.Generator) -> list[Case]:
    """Rounding, ties, full layers one after another, layers without importance, too much, nothing, no room."""
    # One is left over: to the third layer by its remainder, which is neither the first nor the most important.
    wanted = rng.integers([20, 35, 14, 6], [30, 45, 19, 10]) + np.array([0.2, 0.1, 0.5, 0.2])
    total = round(wanted.sum())
    some = wanted / total
    n = int(rng.integers(8, 20))
    rows = [
        (total, some, [500, 400, 300, 200]),  # remainders only
        (4 * n + 2, [0.25, 0.25, 0.25, 0.25], [90, 90, 90, 90]),  # ties: the earlier layers get one more
        (100 + n, [0.6, 0.2, 0.15, 0.05], [n, 31 + n // 4, 300, 7]),  # a full one fills others
        (150 + n, [0.7, 0.2, 0.07, 0.03], [n, 300, 200, 100]),  # by importance, what overflows too
        (200 + n, [3.0, 1.5, 0.0, 0.5], [40, 50, 60, 25 + n]),  # what has no importance gets the rest at last
        (5 * n + 1, [0.5, 0.5, 0.0, 0.0], [n, n, 70, 80]),  # the same, alike
        (1000, some, [n, 2 * n, 0, 3 * n]),  # more than there is room for
        (0, some, [5, 6, 7, 8]),
        (2 * n, [0.7, 0.1, 0.1, 0.1], [0, 50, 60, 70]),  # no room where it matters most
    ]
    names = ["fc1/weight", "fc2/weight", "fc3/weight", "fc4/weight"]
    return [
        {"names": names, "total": total, "importance": np.array(shares, float), "room": np.array(room)}
        for total, shares, room in rows
    ]


#: (shape, step length, momentum, decay)
STEPS = [((4, 6), 0.1, 0.9, 0.0), ((5, 3), 0.5, 0.7, 0.02), ((6, 5), 0.05, 0.0, 0.3)]


def masked_step(rng: np.random.Generator) -> list[Case]:
    """Four steps; weights become inactive and active again on the way, and some that are inactive begin above 0."""
    cases = []
    for (rows, columns), lr, momentum, decay in STEPS:
        shape = _more(rng, rows), columns
        first, second = (_mask(rng, shape, np.prod(shape) // 2) for _ in range(2))
        case = {"weight": rng.normal(0, 1, shape), "velocity": rng.normal(0, 1, shape)}
        case["gradients"] = rng.normal(0.5, 1, (4, *shape))
        case = {name: array.astype(np.float32) for name, array in case.items()}
        case["masks"] = np.array([first, first, second, second])
        cases.append(case | {"lr": lr, "momentum": momentum, "decay": decay})
    return cases


#: Active weights of each layer, strengths of their momenta, and the rate
CYCLES = [
    ((31, 17, 11), (1.0, 2.0, 0.5), 0.5),
    ((45, 9, 13), (0.4, 1.0, 3.0), 0.3),
    ((20, 25, 7), (0.1, 0.1, 4.0), 0.7),
]


def sparse_momentum_epoch(rng: np.random.Generator) -> list[Case]:
    """Cycles in which some weights are pruned and grow again at once, and, in the last, a layer gets full.

    What is pruned moves most, and most so in the first layer, so that importance changes by it.
    """
    cases = []
    for active, strengths, rate in CYCLES:
        masks, params, velocities, start = _masks(rng, active), [], [], 0
        for (name, shape), strength, more in zip(SHAPES, np.repeat(strengths, 2), (9, 0, 3, 0, 2, 0), strict=True):
            size = int(np.prod(shape))
            weight, speed = rng.normal(0, 1, size), strength * rng.normal(0, 1, size)
            if name.endswith("/weight"):
                mask = masks[start : start + size]
                start += size
                weight[~mask] = 0
                gone = mask & (np.abs(weight) <= np.quantile(np.abs(weight[mask]), rate / 2))
                speed[gone] += more * strength * np.sign(speed[gone])
            params.append(weight)
            velocities.append(speed)
        case = {"shapes": SHAPES, "params": _row(params), "velocities": _row(velocities), "masks": masks, "rate": rate}
        found = oracles.cycle(**case)
        cases.append(case | {name: found[name] for name in ("pruned", "importance", "room", "counts", "grown")})
    return cases


# A layer that keeps what it needs


#: (rows, columns, empty rows): none, the first and the last and two together, all but one, the last two
EMPTY = [(5, 7, []), (9, 6, [0, 3, 4, 8]), (3, 4, [0, 2]), (8, 5, [6, 7])]


def sparse_inference(rng: np.random.Generator) -> list[Case]:
    """Matrices with empty rows at the start, in the middle and at the end; several vectors for each."""
    cases = []
    for rows, least, empty in EMPTY:
        columns = _more(rng, least)
        matrix = rng.choice([-1, 1], (rows, columns)) * rng.uniform(0.5, 2, (rows, columns))
        ranks = rng.permuted(np.tile(np.arange(columns), (rows, 1)), axis=1)
        matrix[ranks > np.arange(rows)[:, None] % 3] = 0  # one, two or three numbers a row
        matrix[empty] = 0
        case = {"matrix": matrix.astype(np.float32), "vectors": rng.normal(0, 1, (3, columns)).astype(np.float32)}
        at = [np.flatnonzero(row) for row in case["matrix"]]
        case["indices"] = np.concatenate(at).astype(np.int64)
        case["indptr"] = np.array([0, *np.cumsum([len(places) for places in at])], np.int64)
        cases.append(case | {"data": case["matrix"][case["matrix"] != 0]})
    return cases


def timed_product(rng: np.random.Generator) -> Case:
    """15 layers of 4096 x 4096, each with 0.2 % of its weights, all in the same places, and a picture for each."""
    vectors, data = (rng.normal(0, 1, (15, size)).astype(np.float32) for size in (4096, 4096 * 4096 // 500))
    return {"vectors": vectors, "data": data, "shape": [4096, 4096]}


#: (shape, active, scale, step length, momentum, which step overflows)
PACKED = [((6, 9), 12, 1024.0, 0.5, 0.9, 1), ((8, 5), 4, 32768.0, 0.1, 0.6, 3), ((5, 7), 9, 256.0, 2.0, 0.0, 0)]


def mixed_and_sparse(rng: np.random.Generator) -> list[Case]:
    """Gradients too small for half precision once the scale is off; overflows, one of them in an active place."""
    cases = []
    for (rows, columns), active, scale, lr, momentum, broken in PACKED:
        shape = _more(rng, rows), columns
        mask = _mask(rng, shape, active)
        weight = (rng.choice([-1, 1], shape) * rng.uniform(0.5, 2, shape)).astype(np.float32)
        gradients = (scale * 10.0 ** rng.uniform(-8, -3, (4, *shape)) * rng.choice([-1, 1], (4, *shape))).astype(
            np.float16
        )
        gradients[broken][tuple(np.argwhere(~mask)[0])] = np.inf if broken else np.nan
        if broken == 3:
            gradients[0][tuple(np.argwhere(mask)[0])] = -np.inf
        velocity = rng.normal(0, 1e-4, shape).astype(np.float32)
        case = {"weight": weight * mask, "mask": mask, "velocity": velocity, "gradients": gradients}
        cases.append(case | {"lr": lr, "scale": scale, "momentum": momentum})
    return cases


def mixed_and_sparse_regrown(rng: np.random.Generator) -> list[Case]:
    """An active weight that is 0, as every one is that has just grown again."""
    case = mixed_and_sparse(rng)[0]
    weight = case["weight"].copy()
    weight[tuple(np.argwhere(case["mask"])[0])] = 0
    return [case | {"weight": weight}]
