"""Lab 2's right answers, in float64 and from each layer's definition.

Nothing here is shared with the notebook's solution. Convolution and pooling are written over
explicit windows: ``windows[n, c, h, w, i, j] = padded[n, c, h * stride + i, w * stride + j]``.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from aics.doubles.changes import OVERWRITTEN


def _windows(x: np.ndarray, kernel_size: int, stride: int, padding: int = 0) -> np.ndarray:
    """View of every window: (N, C, H, W) -> (N, C, Ho, Wo, K, K)."""
    margin = (padding, padding)
    padded = np.pad(np.asarray(x, np.float64), ((0, 0), (0, 0), margin, margin))
    every = sliding_window_view(padded, (kernel_size, kernel_size), axis=(2, 3))
    return every[:, :, ::stride, ::stride]


# Fully connected, ReLU, softmax


def fully_connected_forward(*, x, weight, bias):
    """``y[n, o] = sum_i x[n, i] w[i, o] + b[o]``: x (N, in), weight (in, out), bias (1, out)."""
    product = np.einsum("ni,io->no", x.astype(np.float64), weight.astype(np.float64))
    return {"output": product + bias}


def fully_connected_backward(*, x, weight, bias, top_diff):
    """Gradients of ``sum(y * top_diff)`` by x, weight and bias."""
    top = top_diff.astype(np.float64)
    return {
        "bottom_diff": np.einsum("no,io->ni", top, weight),
        "d_weight": np.einsum("ni,no->io", x, top),
        "d_bias": np.einsum("no->o", top).reshape(bias.shape),
    }


def relu(*, x, top_diff):
    """``max(x, 0)`` and its gradient, which the course takes as 1 at x = 0."""
    values = x.astype(np.float64)
    return {"output": np.maximum(values, 0), "bottom_diff": np.where(values < 0, 0.0, top_diff.astype(np.float64))}


def softmax_loss(*, x, label):
    """Probabilities, mean negative log likelihood of the labels, and the loss's gradient by x.

    With ``p = exp(x) / sum(exp(x))`` and ``loss = mean(-log p[n, label[n]])`` the gradient is
    ``(p - onehot) / N``. Logarithms are taken before exponentials, so nothing overflows.
    """
    logits = x.astype(np.float64)
    log_prob = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
    onehot = label[:, None] == np.arange(x.shape[1])
    loss = -log_prob[onehot].mean()
    prob = np.exp(log_prob)
    found = {"prob": prob, "loss": np.asarray(loss), "bottom_diff": (prob - onehot) / len(x)}
    return found | {OVERWRITTEN: np.array(0)}


# Convolution


def conv_output_size(*, sizes, kernel_sizes, strides, paddings):
    """Number of starting places at which the kernel lies wholly in the padded row."""
    rows = zip(sizes, kernel_sizes, strides, paddings, strict=True)
    places = [len(range(0, size + 2 * pad - kernel + 1, step)) for size, kernel, step, pad in rows]
    return {"output": np.array(places, np.int64)}


def conv_forward(*, x, weight, bias, stride, padding):
    """``y[n, o, h, w] = b[o] + sum over c, i, j of windows[n, c, h, w, i, j] weight[c, i, j, o]``."""
    windows = _windows(x, weight.shape[1], stride, padding)
    output = np.einsum("nchwij,cijo->nohw", windows, weight.astype(np.float64), optimize=True)
    return {"output": output + bias[None, :, None, None]}


def conv_backward(*, x, weight, bias, stride, padding, top_diff):
    """Gradients of ``sum(y * top_diff)`` by x (N, C, H, W), weight [Cin, K, K, Cout] and bias [Cout]."""
    top = top_diff.astype(np.float64)
    kernel_size = weight.shape[1]
    windows = _windows(x, kernel_size, stride, padding)
    d_windows = np.einsum("nohw,cijo->nchwij", top, weight.astype(np.float64), optimize=True)
    return {
        "bottom_diff": _sum_windows(d_windows, x.shape, stride, padding),
        "d_weight": np.einsum("nchwij,nohw->cijo", windows, top, optimize=True),
        "d_bias": np.einsum("nohw->o", top).reshape(bias.shape),
    }


def _sum_windows(d_windows, shape, stride, padding):
    """Add each window's gradient onto the cells that it was read from: (N, C, H, W) = `shape`."""
    batch, channels, height, width = shape
    _, _, rows, columns, kernel_size, _ = d_windows.shape
    d_padded = np.zeros((batch, channels, height + 2 * padding, width + 2 * padding))
    for i in range(kernel_size):
        for j in range(kernel_size):
            places = np.s_[:, :, i : i + rows * stride : stride, j : j + columns * stride : stride]
            d_padded[places] += d_windows[..., i, j]
    return d_padded[:, :, padding : padding + height, padding : padding + width]


def conv_winograd(*, x, weight, bias):
    """The same convolution, 3x3 with stride 1 and padding 1."""
    return conv_forward(x=x, weight=weight, bias=bias, stride=1, padding=1)


# Pooling and flatten


def pool_forward(*, x, kernel_size, stride):
    """Largest value of each window, no padding."""
    return {"output": _windows(x, kernel_size, stride).max(axis=(-2, -1))}


def pool_backward(*, x, kernel_size, stride, top_diff):
    """Each window's gradient goes to its first maximum in row-major order; overlaps add up."""
    windows = _windows(x, kernel_size, stride)
    flat = windows.reshape(*windows.shape[:4], kernel_size**2)
    chosen = np.argmax(flat, axis=-1)
    n, c, h, w = np.indices(chosen.shape)
    bottom_diff = np.zeros(x.shape)
    places = (n, c, h * stride + chosen // kernel_size, w * stride + chosen % kernel_size)
    np.add.at(bottom_diff, places, top_diff.astype(np.float64))
    return {"bottom_diff": bottom_diff}


def pool_speedup(*, x, kernel_size, stride, top_diff):
    """Both of the above."""
    forward = pool_forward(x=x, kernel_size=kernel_size, stride=stride)
    return forward | pool_backward(x=x, kernel_size=kernel_size, stride=stride, top_diff=top_diff)


def flatten(*, x, output_shape, top_diff):
    """Channels last, then one row a picture; the gradient takes the same way back."""
    batch, channels, height, width = x.shape
    output = x.transpose(0, 2, 3, 1).astype(np.float64).reshape(batch, *output_shape)
    d_pixels = top_diff.astype(np.float64).reshape(batch, height, width, channels)
    return {"output": output, "bottom_diff": d_pixels.transpose(0, 3, 1, 2)}
