"""A whole sparse training in float64, out of lab 6's oracles: what a right run comes close to."""

from __future__ import annotations

import itertools

import numpy as np
import sparse_oracles as oracles

from aics import data
from aics.doubles.rows import cut
from aics.lab6_mixed_sparse.doubles import OVERWRITTEN
from autograder.course.question import Case

#: (hidden sizes, density, epochs, step length)
NETS = [((30, 20), 0.3, 4, 0.1), ((40,), 0.2, 5, 0.1)]


def _small_digits(rng: np.random.Generator, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Real digits of 7 x 7 pixels, of mean 0 and standard deviation 1."""
    pictures, labels = data.mnist("train")
    chosen = rng.choice(len(pictures), count, replace=False)
    small = pictures[chosen].reshape(count, 7, 4, 7, 4).mean(axis=(2, 4)).reshape(count, 49)
    return ((small - small.mean()) / small.std()).astype(np.float32), labels[chosen]


def cases(rng: np.random.Generator) -> list[Case]:
    """Small networks of two and of one hidden layer, on 600 small digits."""
    drawn = []
    for hidden, density, epochs, lr in NETS:
        sizes, shapes, params = [49, *hidden, 10], [], []
        for number, (inputs, outputs) in enumerate(itertools.pairwise(sizes), 1):
            shapes += [[f"fc{number}/weight", [inputs, outputs]], [f"fc{number}/bias", [1, outputs]]]
            params += [rng.normal(0, np.sqrt(2 / inputs), inputs * outputs), np.zeros(outputs)]
        pictures, labels = _small_digits(rng, 600)
        masks = [_drawn(rng, int(np.prod(shape)), density) for _, shape in oracles.weights_of(shapes)]
        case = {"shapes": shapes, "params": np.concatenate(params).astype(np.float32), "masks": np.concatenate(masks)}
        case |= {"pictures": pictures, "labels": labels, "density": density, "lr": lr}
        drawn.append(case | {"epochs": epochs, "batch": 20})
    return drawn


def _drawn(rng: np.random.Generator, size: int, density: float) -> np.ndarray:
    """A row of so many places of which a share is active."""
    return np.isin(np.arange(size), rng.choice(size, round(density * size), replace=False))


def _losses(params, names, x, label):
    """Loss, gradients and scores of fully connected layers with ReLUs between them.

    A ReLU's slope at 0 is 1, as in lab 2: it matters, since a unit without active weights stands at 0 exactly.
    """
    seen, slopes = [x], []
    for name in names:
        z = seen[-1] @ params[f"{name}/weight"] + params[f"{name}/bias"]
        slopes.append(z >= 0)
        seen.append(z if name == names[-1] else z * slopes[-1])
    z = seen[-1] - seen[-1].max(axis=1, keepdims=True)
    log_prob = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    one_hot = np.eye(z.shape[1])[label]
    flow, gradients = (np.exp(log_prob) - one_hot) / len(x), {}
    for number, name in reversed(list(enumerate(names))):
        if name != names[-1]:
            flow = flow * slopes[number]
        gradients[f"{name}/weight"], gradients[f"{name}/bias"] = seen[number].T @ flow, flow.sum(axis=0, keepdims=True)
        flow = flow @ params[f"{name}/weight"].T
    return -np.mean(np.sum(one_hot * log_prob, axis=1)), gradients, seen[-1]


def trained(shapes, params, masks, data_set, *, epochs, batch, lr):
    """One run: losses of all steps, share of weights exchanged after each epoch, share of right answers."""
    x, labels = data_set[0].astype(np.float64), data_set[1]
    values, masks = cut(shapes, params.astype(np.float64)), cut(oracles.weights_of(shapes), masks)
    names = [name.partition("/")[0] for name in masks]
    for name, mask in masks.items():
        values[name][~mask] = 0
    speed, losses, exchanged = dict.fromkeys(values, 0.0), [], []
    for epoch in range(1, epochs + 1):
        for start in range(0, len(x), batch):
            loss, gradients, _ = _losses(values, names, x[start : start + batch], labels[start : start + batch])
            losses.append(loss)
            for name in values:
                speed[name] = 0.9 * speed[name] + gradients[name] + 5e-4 * values[name]
                values[name] = (values[name] - lr * speed[name]) * masks.get(name, True)
        rate = 0.25 * (1 + np.cos(np.pi * epoch / epochs))
        flat = [np.concatenate([part[n].ravel() for n, _ in shapes]) for part in (values, speed)]
        row = np.concatenate([mask.ravel() for mask in masks.values()])
        found = oracles.cycle(shapes, *flat, row, rate)
        exchanged.append(np.mean(~found["grown"][row]))
        values = cut(shapes, found["params_after"])
        masks = cut(oracles.weights_of(shapes), found["grown"])
    right = np.mean(_losses(values, names, x, labels)[2].argmax(axis=1) == labels)
    return np.array(losses), np.array(exchanged), right


def expected(*, shapes, params, masks, pictures, labels, density, epochs, **choices):
    """What any first state keeps to, and the record of the training."""
    sizes = [int(np.prod(shape)) for _, shape in oracles.weights_of(shapes)]
    kept = np.array([round(density * size) for size in sizes])
    losses, exchanged, right = trained(shapes, params, masks, (pictures, labels), epochs=epochs, **choices)
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
        "share of the active weights in the first half": np.sum(spread[: len(spread) // 2]) / kept.sum(),
        OVERWRITTEN: np.array(0),
        "active weights after each epoch": np.full(epochs, np.count_nonzero(masks)),
        "inactive weights that are not 0 after each epoch": np.zeros(epochs, int),
        "losses of each epoch": losses.reshape(epochs, -1),
        "share of the active weights exchanged after each epoch": exchanged,
        "share of digits read right": np.asarray(right),
    }
