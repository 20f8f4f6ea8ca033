"""Lab 6's network and digits, as its notebook gives them: LeNet-300-100 out of layers of lab 2, and MNIST."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import ModuleType

import numpy as np

from aics import data

#: Inputs and outputs of each layer: 266,200 weights.
SIZES: Mapping[str, tuple[int, int]] = {"fc1": (784, 300), "fc2": (300, 100), "fc3": (100, 10)}
Arrays = dict[str, np.ndarray]


class LeNet:
    """784 pixels, 300 and 100 hidden units, 10 digits."""

    def __init__(self, layers: ModuleType) -> None:
        """layers : a file with lab 2's FullyConnectedLayer, ReLULayer and SoftmaxLossLayer"""
        self._connected = {name: layers.FullyConnectedLayer(*size) for name, size in SIZES.items()}
        fc1, fc2, fc3 = self._connected.values()
        self._layers = (fc1, layers.ReLULayer(), fc2, layers.ReLULayer(), fc3)
        self._last = layers.SoftmaxLossLayer()

    def load(self, params: Mapping[str, np.ndarray]) -> None:
        """Take weights and biases by name, such as "fc1/weight" and "fc1/bias"."""
        for name, layer in self._connected.items():
            layer.load_param(params[f"{name}/weight"], params[f"{name}/bias"])

    def forward(self, x: np.ndarray) -> np.ndarray:
        """x : (N, 784)  ->  scores : (N, 10)"""
        for layer in self._layers:
            x = layer.forward(x)
        return x

    def backward(self, top_diff: np.ndarray) -> Arrays:
        """top_diff : (N, 10), of the scores  ->  gradients by the parameters' names"""
        for layer in reversed(self._layers):
            top_diff = layer.backward(top_diff)
        found: Arrays = {}
        for name, layer in self._connected.items():
            found |= {f"{name}/weight": layer.d_weight, f"{name}/bias": np.reshape(layer.d_bias, (1, -1))}
        return found

    def gradients(self, x: np.ndarray, label: np.ndarray, share: float = 1.0) -> tuple[float, Arrays]:
        """Return the loss of a batch and the gradients of its `share`: that of one piece of a larger batch."""
        self._last.forward(self.forward(x))
        loss = float(self._last.get_loss(label))
        return loss, self.backward(self._last.backward() * np.float32(share))


def first_params(rng: np.random.Generator) -> Arrays:
    """Return He's initialization: weights that keep the size of the signal, biases of zero; all float32."""
    params = {}
    for name, size in SIZES.items():
        params[f"{name}/weight"] = rng.normal(0, np.sqrt(2 / size[0]), size).astype(np.float32)
        params[f"{name}/bias"] = np.zeros((1, size[1]), np.float32)
    return params


@lru_cache
def digits(split: str) -> tuple[np.ndarray, np.ndarray]:
    """Return the embedded digits as rows (N, 784) float32 of mean 0 and standard deviation 1, and labels (N,)."""
    pictures, labels = data.mnist(split)
    rows = pictures.reshape(len(pictures), -1).astype(np.float32)
    return (rows - 33.3) / 78.6, labels
