"""Kernels: the code that computes a node on one type of device. Each type has its module, with ``kernels()``.

A kernel is a class. It is made once for each node, and its compute is called each time the graph runs::

    class Relu:
        def __init__(self, node): ...      # read node.attributes, prepare what does not change
        def compute(self, x): ...          # arrays in, one for each input; an array out, or a tuple of several

``kernels()`` returns the classes by operator: Conv, Relu, MaxPool, Flatten, FullyConnected, Softmax. All have the
course's layouts: features (N, C, H, W), a convolution's weight (Cin, K, K, Cout) and bias (Cout,), a fully connected
weight (in, out) and bias (1, out), float32.

``available()`` returns them for all devices that this computer has.

dlp          INT8 and FP16 on the emulated card; quantisation is read from the node's attributes
onnxruntime  ONNX Runtime on the CPU; its convolution is yours to write, in the lab
torch        PyTorch on the CPU, or with ``kernels("cuda")`` on a GPU; where it is installed
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import Generic, TypeVar

import numpy as np

Form = TypeVar("Form")


class BackendMissing(Exception):
    """A backend cannot be used on this computer; the message says what it needs."""


class Prepared(Generic[Form]):
    """Weights in a device's own form, which is made once and kept until other weights come.

    >>> twice = Prepared(lambda weight: 2 * weight)
    >>> weight = np.ones(2)
    >>> weight.flags.writeable = False       # as a graph's variables are
    >>> twice(weight) is twice(weight)
    True
    """

    def __init__(self, prepare: Callable[..., Form]) -> None:
        """Prepare arrays by calling ``prepare(*arrays)``."""
        self._prepare = prepare
        self._last: tuple[tuple[np.ndarray, ...], Form] | None = None

    def __call__(self, *arrays: np.ndarray) -> Form:
        """Return the arrays in the device's form. Arrays that could have been changed in place are prepared again."""
        if self._last is None or not _unchanged(arrays, self._last[0]):
            self._last = arrays, self._prepare(*arrays)
        return self._last[1]


def _unchanged(arrays: tuple[np.ndarray, ...], before: tuple[np.ndarray, ...]) -> bool:
    same = len(arrays) == len(before) and all(a is b for a, b in zip(arrays, before, strict=True))
    return same and not any(array.flags.writeable for array in arrays)


def available() -> dict[str, dict[str, type]]:
    """Return the kernel classes by operator for each type of device on this computer; numpy's are in the notebook."""
    found = {name: import_module(f"aics.kernels.{name}").kernels() for name in ("dlp", "onnxruntime")}
    torch = import_module("aics.kernels.torch")
    for device_type, place in (("torch", "cpu"), ("cuda", "cuda")):
        with suppress(BackendMissing):
            found[device_type] = torch.kernels(place)
    return found
