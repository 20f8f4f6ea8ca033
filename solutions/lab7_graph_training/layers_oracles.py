"""Lab 7's right answers on layers and networks, in float64 and from the definition.

Nothing here builds a graph: a layer is a sum over its inputs, a convolution a sum over windows, a loss a logarithm of
the one probability that counts.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from aics.lab7_graph_training.layers_asks import MOST_FIRST, known

_ACTIVATIONS = {
    None: lambda z: z,
    "relu": lambda z: np.where(z > 0, z, 0),
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
}


def full_layer(*, about, x, seed, layers=(), scope="", labels=None, names=()):
    """Each layer's variables, how they begin, and what it gives; the regression's; or a refusal with `names`."""
    if names:
        said = {f"mention of {name}": np.asarray(True) for name in names}
        return {"refusal": np.asarray(True), **said, "number of variables": np.asarray(0)}
    if labels is not None:
        layers = [[None, labels.shape[1], None]]
    found, variables, y = {}, {}, x.astype(np.float64)
    for number, (name, units, activation) in enumerate(layers, 1):
        prefix = f"{scope}/".lstrip("/") + (name or "fc")
        shapes = {f"{prefix}/weight": (y.shape[1], units), f"{prefix}/bias": (units,)}
        variables |= shapes
        weight, bias = (known(seed, whole, shape).astype(np.float64) for whole, shape in shapes.items())
        y = _ACTIVATIONS[activation](np.einsum("nk,ku->nu", y, weight) + bias)
        found[f"output of layer {number}"] = y
    found |= _variables(variables) | _beginnings(variables, seed if layers[0][0] else None)
    if labels is not None:
        found["logits"] = found.pop("output of layer 1")
        found["loss"] = _loss(found["logits"], labels)
    return found


def mnist_cnn(*, images, labels, seed):
    """Six variables, and what the network of the notebook's table gives with known values in them."""
    shapes = {
        "conv1/weight": (1, 5, 5, 32),
        "conv1/bias": (32,),
        "conv2/weight": (32, 5, 5, 64),
        "conv2/bias": (64,),
        "fc10/weight": (64 * 7 * 7, 10),
        "fc10/bias": (10,),
    }
    values = {name: known(seed, name, shape).astype(np.float64) for name, shape in shapes.items()}
    y = images.astype(np.float64)
    for layer in ("conv1", "conv2"):
        windows = sliding_window_view(np.pad(y, ((0, 0), (0, 0), (2, 2), (2, 2))), (5, 5), axis=(2, 3))
        z = np.tensordot(windows, values[f"{layer}/weight"], axes=((1, 4, 5), (0, 1, 2))) + values[f"{layer}/bias"]
        z = np.where(z > 0, z, 0).transpose(0, 3, 1, 2)
        y = np.max([z[:, :, i::2, j::2] for i in (0, 1) for j in (0, 1)], axis=0)
    logits = np.stack([np.concatenate([channel.ravel() for channel in picture]) for picture in y])
    logits = logits @ values["fc10/weight"] + values["fc10/bias"]
    count = {"number of parameters": np.asarray(sum(int(np.prod(shape)) for shape in shapes.values()))}
    found = _variables(shapes) | count | _beginnings(shapes, None)
    return found | {"logits": logits, "loss": _loss(logits, labels)}


def _variables(shapes):
    """How many there are, all of them to be trained, and the shape of each."""
    counts = {"number of variables": len(shapes), "number of trainable variables": len(shapes)}
    sizes = {f"shape of {name}": np.array(shape) for name, shape in shapes.items()}
    return {name: np.asarray(count) for name, count in counts.items()} | sizes


def _beginnings(shapes, seed):
    """Biases begin at 0, weights as the initializer says, or, without one, each number as it likes."""
    found = {}
    for name, shape in shapes.items():
        if name.endswith("bias"):
            found[f"first values of {name}"] = np.zeros(min(shape[0], MOST_FIRST))
        elif seed is not None:
            found[f"first values of {name}"] = known(seed, "first", shape).ravel()[:MOST_FIRST].astype(np.float64)
        else:
            found[f"whether {name} begins with different numbers"] = np.asarray(True)
    return found


def _loss(logits, labels):
    """The mean of -log p of each row's right class."""
    exps = np.exp(logits - logits.max(axis=1, keepdims=True))
    right = exps[labels > 0] / exps.sum(axis=1)
    return np.asarray(-np.log(right).sum() / len(labels))
