"""Kernels of PyTorch, on the CPU or on a CUDA GPU: a second opinion where it is installed.

Arrays go to PyTorch and come back at every node. That is the price of a session that can mix devices; a
framework keeps them on the device until somebody fetches them. float32 stays float32: TF32, with which some
GPUs multiply otherwise, is off.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import cache
from types import ModuleType
from typing import Any

import numpy as np

from aics.graph import Node
from aics.kernels import BackendMissing, Prepared
from aics.language import tr

#: A tensor of PyTorch, which is imported only where it is used, and need not be installed.
TorchTensor = Any


@cache
def _torch() -> ModuleType:
    """PyTorch. Raises BackendMissing where it is not installed."""
    try:
        return importlib.import_module("torch")
    except ImportError:
        said = tr("PyTorch is not installed here. The other devices run without it; pip install torch brings it.")
        raise BackendMissing(said) from None


class _Kernel:
    """What all kernels share: the way to PyTorch and back. Subclasses compute `result`, and name the place."""

    place = "cpu"
    result: Callable[..., TorchTensor]

    def __init__(self, node: Node) -> None:
        self.attributes = node.attributes
        self.functional = _torch().nn.functional
        self.prepared = Prepared(lambda *arrays: [self.send(array) for array in arrays])

    def send(self, array: np.ndarray) -> TorchTensor:
        """Return the array as a tensor on the device: a copy, since PyTorch warns of arrays that are read-only."""
        return _torch().from_numpy(np.array(array, np.float32)).to(self.place)

    def compute(self, x: np.ndarray, *weights: np.ndarray) -> np.ndarray:
        """Return the node's output."""
        with _torch().inference_mode(), _torch().backends.cudnn.flags(enabled=True, allow_tf32=False):
            output: np.ndarray = self.result(self.send(x), *self.prepared(*weights)).cpu().numpy()
        return output


class Conv(_Kernel):
    """Convolve."""

    def result(self, x: TorchTensor, weight: TorchTensor, bias: TorchTensor) -> TorchTensor:
        """Convolve; PyTorch has the weight as (Cout, Cin, K, K)."""
        places = {"stride": self.attributes["stride"], "padding": self.attributes["pad"]}
        return self.functional.conv2d(x, weight.permute(3, 0, 1, 2), bias, **places)


class FullyConnected(_Kernel):
    """Multiply by a weight and add the bias."""

    def result(self, x: TorchTensor, weight: TorchTensor, bias: TorchTensor) -> TorchTensor:
        """(N, in) -> (N, out)."""
        return x @ weight + bias


class Relu(_Kernel):
    """Replace every number below 0 by 0."""

    def result(self, x: TorchTensor) -> TorchTensor:
        """Any shape -> the same shape."""
        return x.clamp(min=0)


class MaxPool(_Kernel):
    """Take the largest number of each window."""

    def result(self, x: TorchTensor) -> TorchTensor:
        """(N, C, H, W) -> (N, C, Ho, Wo), without padding, sizes rounded down."""
        return self.functional.max_pool2d(x, self.attributes["kernel_size"], self.attributes["stride"])


class Flatten(_Kernel):
    """Lay features out in N, H, W, C order."""

    def result(self, x: TorchTensor) -> TorchTensor:
        """(N, C, H, W) -> (N, H * W * C)."""
        return x.permute(0, 2, 3, 1).flatten(1)


class Softmax(_Kernel):
    """Turn each row of scores into probabilities."""

    def result(self, x: TorchTensor) -> TorchTensor:
        """(N, classes) -> (N, classes)."""
        return x.softmax(dim=1)


def kernels(place: str = "cpu") -> dict[str, type]:
    """Return the kernel classes by operator, for the CPU or for "cuda".

    Raises BackendMissing where PyTorch, or a GPU that it can use, is missing.
    """
    if place == "cuda" and not _torch().cuda.is_available():
        raise BackendMissing(tr("PyTorch finds no GPU here that it can use."))
    _torch()
    classes = (Conv, Relu, MaxPool, Flatten, FullyConnected, Softmax)
    return {kernel.__name__: type(kernel.__name__, (kernel,), {"place": place}) for kernel in classes}
