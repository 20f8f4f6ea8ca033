"""Lab 7's right answers on batch normalization and the LSTM, in float64 and from the definitions.

No gradient is derived here. Each is the definition's own slope, by the complex step (Squire and Trapp, 1998): the
imaginary part of ``f(x + ih) / h`` is the derivative, exact to the last digits, since nothing is subtracted.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

#: So small that its square vanishes beside any number.
TINY = 1e-40


def slopes(function: Callable[..., np.ndarray], **arrays: np.ndarray) -> dict[str, np.ndarray]:
    """The gradient of a function that gives one number, with respect to each of the arrays."""
    wide = {name: np.asarray(array, np.complex128) for name, array in arrays.items()}
    found = {}
    for name, array in wide.items():
        found[name] = np.zeros(array.shape)
        for place in np.ndindex(array.shape):
            moved = array.copy()
            moved[place] += 1j * TINY
            found[name][place] = function(**wide | {name: moved}).imag / TINY
    return found


def _by_channel(values, like):
    return np.asarray(values).reshape(1, -1, *[1] * (like.ndim - 2))


def moments(x):
    """Mean and variance of each channel, the variance divided by the number of values."""
    values = np.moveaxis(x, 1, 0).reshape(x.shape[1], -1)
    count = values.shape[1]
    mean = values.sum(1) / count
    return mean, ((values - mean[:, None]) ** 2).sum(1) / count


def normalized(x, gamma, beta, mean, variance, epsilon):
    """``gamma (x - mean) / sqrt(variance + epsilon) + beta``, channel by channel."""
    mean, variance, gamma, beta = (_by_channel(each, x) for each in (mean, variance, gamma, beta))
    return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta


def batch_norm(*, about, batches, at_use, gamma, beta, dy, momentum, epsilon, name):
    """Outputs in both modes and the moving averages, or the slopes of ``sum(dy * y)``."""
    names = ("gamma", "beta", "moving_mean", "moving_variance")
    found = {f"variable {name}/{short}": np.asarray(True) for short in names}
    found |= {f"trainable: {short}": np.asarray(short in ("gamma", "beta")) for short in names}
    x, one, other, dy = (np.asarray(each, np.float64) for each in (batches, gamma, beta, dy))
    if "gradients" in about:
        return found | _slopes(x[0], one, other, dy, epsilon)
    mean, variance = np.zeros(one.shape), np.ones(one.shape)
    first = {"gamma": np.ones(one.shape), "beta": np.zeros(one.shape), "moving_mean": mean, "moving_variance": variance}
    found |= {f"{short} at the beginning": value for short, value in first.items()}
    found["y in training"] = np.array([normalized(batch, one, other, *moments(batch), epsilon) for batch in x])
    for batch in x:
        batch_mean, batch_variance = moments(batch)
        mean = momentum * mean + (1 - momentum) * batch_mean
        variance = momentum * variance + (1 - momentum) * batch_variance
    moving = {"moving_mean": mean, "moving_variance": variance}
    found |= {f"{short} after training": value for short, value in moving.items()}
    found["y at use"] = normalized(np.asarray(at_use, np.float64), one, other, mean, variance, epsilon)
    return found | {f"{short} after use": value for short, value in moving.items()}


def _slopes(x, gamma, beta, dy, epsilon):
    def told(x, gamma, beta):
        return (dy * normalized(x, gamma, beta, *moments(x), epsilon)).sum()

    found = slopes(told, x=x, gamma=gamma, beta=beta)
    return {f"d{name}": slope for name, slope in found.items()} | {
        f"by the rule: {name}": slope for name, slope in found.items()
    }


def _logistic(z):
    return 1 / (1 + np.exp(-z))


def cells(x, h, c, weight, bias):
    """h and c after each step: gates i, f, g, o of [x, h] W + b, with a 1 beside the forget gate."""
    hidden, found = h.shape[-1], []
    for row in x:
        z = np.einsum("nk,kj->nj", row, weight[: row.shape[-1]]) + np.einsum("nk,kj->nj", h, weight[row.shape[-1] :])
        take, forget, new, give = (
            z[:, n * hidden : (n + 1) * hidden] + bias[n * hidden : (n + 1) * hidden] for n in range(4)
        )
        c = _logistic(forget + 1) * c + _logistic(take) * np.tanh(new)
        h = _logistic(give) * np.tanh(c)
        found.append((h, c))
    return np.array([h for h, _ in found]), np.array([c for _, c in found])


def lstm(*, about, x, h, c, weight, bias, dh, dc):
    """The states, and the slopes of ``sum(dh * h) + sum(dc * last c)``."""
    given = {"x": x, "h": h, "c": c, "weight": weight, "bias": bias}
    states, memory = cells(**{name: np.asarray(array, np.float64) for name, array in given.items()})

    def told(**arrays):
        hidden, kept = cells(**arrays)
        return (dh * hidden).sum() + (dc * kept[-1]).sum()

    return {"h": states, "c": memory} | {f"d{name}": slope for name, slope in slopes(told, **given).items()}
