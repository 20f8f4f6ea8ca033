"""A whole sparse training in float64, out of lab 6's oracles: what a right run comes close to."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
import sparse_oracles as oracles

from aics import data
from aics.doubles.changes import OVERWRITTEN
from aics.doubles.rows import cut
from autograder.course.question import Case

#: (hidden sizes, density, epochs, step length)
NETS = [((30, 20), 0.3, 4, 0.1), ((40,), 0.2, 5, 0.1)]
#: Training in float32 errs by some 3e-7 of a mean weight, 5e-7 of a mean velocity and 5e-7 in what enters a ReLU.
#: Where sizes lie nearer to one another than this at a cut, a layer's share errs so much, or a ReLU's input lies so
#: near to 0, the last bits may decide which weights go and come, or which gradients pass.
DOUBT = {"weight": 1e-5, "velocity": 2e-5, "importance": 2e-5, "bend": 2e-6}


@cache
def _digits() -> tuple[np.ndarray, np.ndarray]:
    """Real digits and their labels, decoded once."""
    return data.mnist("train")


def _small_digits(rng: np.random.Generator, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Real digits of 7 x 7 pixels, of mean 0 and standard deviation 1."""
    pictures, labels = _digits()
    chosen = rng.choice(len(pictures), count, replace=False)
    small = pictures[chosen].reshape(count, 7, 4, 7, 4).mean(axis=(2, 4)).reshape(count, 49)
    return ((small - small.mean()) / small.std()).astype(np.float32), labels[chosen]


def cases(rng: np.random.Generator) -> list[Case]:
    """Small networks of two and of one hidden layer, on 600 small digits.

    They are drawn again until nothing in their training is decided by what float32 rounds.
    """
    return [next(case for case in _drawn_cases(rng, *net) if _sure(case)) for net in NETS]


def _drawn_cases(
    rng: np.random.Generator, hidden: Sequence[int], density: float, epochs: int, lr: float
) -> Iterator[Case]:
    sizes, (pictures, labels) = [49, *hidden, 10], _small_digits(rng, 600)
    while True:
        shapes, params = [], []
        for number, (inputs, outputs) in enumerate(itertools.pairwise(sizes), 1):
            shapes += [[f"fc{number}/weight", [inputs, outputs]], [f"fc{number}/bias", [1, outputs]]]
            biases = rng.normal(0, 0.1, outputs) if len(hidden) == 1 else np.zeros(outputs)
            params += [rng.normal(0, np.sqrt(2 / inputs), inputs * outputs), biases]
        masks = [_drawn(rng, int(np.prod(shape)), density) for _, shape in oracles.weights_of(shapes)]
        case = {"shapes": shapes, "params": np.concatenate(params).astype(np.float32), "masks": np.concatenate(masks)}
        case |= {"pictures": pictures, "labels": labels, "density": density, "lr": lr}
        yield case | {"epochs": epochs, "batch": 20}


def _sure(case: Case) -> bool:
    """Whether float32 passes the same gradients as float64, and chooses the same weights."""
    choices = {name: case[name] for name in ("epochs", "batch", "lr")}
    *_, sure = trained(case["shapes"], case["params"], case["masks"], (case["pictures"], case["labels"]), **choices)
    return sure


def _drawn(rng: np.random.Generator, size: int, density: float) -> np.ndarray:
    """A row of so many places of which a share is active."""
    return np.isin(np.arange(size), rng.choice(size, round(density * size), replace=False))


def _losses(params, names, x, label):
    """Loss, gradients, scores and ReLUs' inputs of fully connected layers with ReLUs between them.

    A ReLU's slope at 0 is 1, as in lab 2: it matters, since a unit without active weights stands at 0 exactly.
    """
    seen, slopes, bends = [x], [], []
    for name in names:
        z = seen[-1] @ params[f"{name}/weight"] + params[f"{name}/bias"]
        slopes.append(z >= 0)
        seen.append(z if name == names[-1] else z * slopes[-1])
        bends += [] if name == names[-1] else [z]
    z = seen[-1] - seen[-1].max(axis=1, keepdims=True)
    log_prob = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    one_hot = np.eye(z.shape[1])[label]
    flow, gradients = (np.exp(log_prob) - one_hot) / len(x), {}
    for number, name in reversed(list(enumerate(names))):
        if name != names[-1]:
            flow = flow * slopes[number]
        gradients[f"{name}/weight"], gradients[f"{name}/bias"] = seen[number].T @ flow, flow.sum(axis=0, keepdims=True)
        flow = flow @ params[f"{name}/weight"].T
    return -np.mean(np.sum(one_hot * log_prob, axis=1)), gradients, seen[-1], bends


def trained(shapes, params, masks, data_set, *, epochs, batch, lr):
    """Losses of all steps, share of weights exchanged after each epoch, share of right answers, whether it is sure."""
    x, labels = data_set[0].astype(np.float64), data_set[1]
    values, masks = cut(shapes, params.astype(np.float64)), cut(oracles.weights_of(shapes), masks)
    names = [name.partition("/")[0] for name in masks]
    for name, mask in masks.items():
        values[name][~mask] = 0
    speed, losses, exchanged, sure = dict.fromkeys(values, 0.0), [], [], True
    for epoch in range(1, epochs + 1):
        for start in range(0, len(x), batch):
            loss, gradients, _, bends = _losses(values, names, x[start : start + batch], labels[start : start + batch])
            losses.append(loss)
            sure &= not any(np.any((z != 0) & (np.abs(z) < DOUBT["bend"])) for z in bends)
            for name in values:
                speed[name] = 0.9 * speed[name] + gradients[name] + 5e-4 * values[name]
                values[name] = (values[name] - lr * speed[name]) * masks.get(name, True)
        rate = 0.25 * (1 + np.cos(np.pi * epoch / epochs))
        flat = [np.concatenate([part[n].ravel() for n, _ in shapes]) for part in (values, speed)]
        row = np.concatenate([mask.ravel() for mask in masks.values()])
        found = oracles.cycle(shapes, *flat, row, rate)
        sure &= _no_cut_is_close(shapes, *flat, row, found)
        exchanged.append(np.mean(~found["grown"][row]))
        values = cut(shapes, found["params_after"])
        masks = cut(oracles.weights_of(shapes), found["grown"])
    right = np.mean(_losses(values, names, x, labels)[2].argmax(axis=1) == labels)
    return np.array(losses), np.array(exchanged), right, sure


def _no_cut_is_close(shapes, params, velocities, row, found) -> bool:
    """Whether a cycle prunes and regrows the same weights where sizes and importances err a little."""
    prunable = oracles.weights_of(shapes)
    rows = {"weight": params, "velocity": velocities}
    rows = {kind: cut(shapes, np.abs(array)) for kind, array in rows.items()}
    before, kept, after = (cut(prunable, mask) for mask in (row, found["pruned"], found["grown"]))
    for name in before:
        size, speed = rows["weight"][name], rows["velocity"][name]
        weights = _gap(size[before[name] & ~kept[name]], size[kept[name]])
        regrown = _gap(speed[~after[name]], speed[after[name] & ~kept[name]])
        if weights < DOUBT["weight"] * size[before[name]].mean() or regrown < DOUBT["velocity"] * speed.mean():
            return False
    total, counts = int(row.sum() - found["pruned"].sum()), found["counts"]
    errors = DOUBT["importance"] * np.concatenate([np.eye(len(counts)), -np.eye(len(counts))])
    near = [oracles.counts_of(total, found["importance"] * (1 + error), found["room"]) for error in errors]
    return all(np.array_equal(counts, other) for other in near)


def _gap(below, above) -> float:
    """How far the largest of some sizes lies below the smallest of others."""
    return above.min() - below.max() if len(below) and len(above) else np.inf


def expected(*, shapes, params, masks, pictures, labels, density, epochs, **choices):
    """What any first state keeps to, and the record of the training."""
    sizes = [int(np.prod(shape)) for _, shape in oracles.weights_of(shapes)]
    kept = np.array([round(density * size) for size in sizes])
    losses, exchanged, right, _ = trained(shapes, params, masks, (pictures, labels), epochs=epochs, **choices)
    spread = np.concatenate([np.full(size, n / size) for size, n in zip(sizes, kept, strict=True)])
    return {
        "masks hold truth values": np.array(True),
        "masks in the dict": np.array(len(sizes)),
        "active weights of each layer": kept,
        "inactive weights that are not 0": np.array(0),
        "active weights and biases that were changed": np.array(0),
        "velocities that are not 0": np.array(0),
        "the same generator draws the same masks": np.array(True),
        "another generator draws other masks": np.array(True),
        "fraction of the active weights in the first half": np.sum(spread[: len(spread) // 2]) / kept.sum(),
        OVERWRITTEN: np.array(0),
        "active weights after each epoch": np.full(epochs, np.count_nonzero(masks)),
        "inactive weights that are not 0 after each epoch": np.zeros(epochs, int),
        "losses of each epoch": losses.reshape(epochs, -1),
        "fraction of the active weights exchanged after each epoch": exchanged,
        "fraction of digits read right": np.asarray(right),
    }
