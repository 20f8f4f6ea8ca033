"""Kernels of PyTorch, on the CPU or on a CUDA GPU: a second opinion where it is installed.

Arrays go to PyTorch and come back at every node. That is the price of a session that can mix devices; a
framework keeps them on the device until somebody fetches them. float32 stays float32: TF32, with which some
GPUs multiply otherwise, is off.
"""

from __future__ import annotations

import importlib
from functools import cache

import numpy as np

from aics.kernels import BackendMissing, Prepared


@cache
def _torch():
    """PyTorch. Raises BackendMissing where it is not installed."""
    try:
        return importlib.import_module("torch")
    except ImportError:
        raise BackendMissing(
            "PyTorch is not installed here. The other devices run without it; pip install torch brings it."
        ) from None


class _Kernel:
    """What all kernels share: the way to PyTorch and back. Subclasses name the place."""

    place = "cpu"

    def __init__(self, node):
        self.attributes = node.attributes
        self.functional = _torch().nn.functional
        self.there = Prepared(lambda *arrays: [self.send(array) for array in arrays])

    def send(self, array):
        """The array as a tensor on the device. A copy, since PyTorch does not like locked arrays."""
        return _torch().from_numpy(np.array(array, np.float32)).to(self.place)

    def compute(self, x, *weights):
        """The node's output."""
        with _torch().inference_mode(), _torch().backends.cudnn.flags(enabled=True, allow_tf32=False):
            return self.result(self.send(x), *self.there(*weights)).cpu().numpy()


class Conv(_Kernel):
    """Convolve."""

    def result(self, x, weight, bias):
        """PyTorch has the weight as (Cout, Cin, K, K)."""
        places = {"stride": self.attributes["stride"], "padding": self.attributes["pad"]}
        return self.functional.conv2d(x, weight.permute(3, 0, 1, 2), bias, **places)


class FullyConnected(_Kernel):
    """Multiply with a weight and add the bias."""

    def result(self, x, weight, bias):
        """One product."""
        return x @ weight + bias


class Relu(_Kernel):
    """Put 0 for every number below 0."""

    def result(self, x):
        """Any shape."""
        return x.clamp(min=0)


class MaxPool(_Kernel):
    """Take the largest number of each window."""

    def result(self, x):
        """Without padding, sizes rounded down."""
        return self.functional.max_pool2d(x, self.attributes["kernel_size"], self.attributes["stride"])


class Flatten(_Kernel):
    """Lay features out in N, H, W, C order."""

    def result(self, x):
        """The channels go last first."""
        return x.permute(0, 2, 3, 1).flatten(1)


class Softmax(_Kernel):
    """Turn each row of scores into probabilities."""

    def result(self, x):
        """Along the classes."""
        return x.softmax(dim=1)


def kernels(place: str = "cpu") -> dict[str, type]:
    """The kernel classes by operator, for the CPU or for "cuda". Raises BackendMissing where there is no such thing."""
    if place == "cuda" and not _torch().cuda.is_available():
        raise BackendMissing("PyTorch finds no GPU here that it can use.")
    _torch()
    classes = (Conv, Relu, MaxPool, Flatten, FullyConnected, Softmax)
    return {kernel.__name__: type(kernel.__name__, (kernel,), {"place": place}) for kernel in classes}
