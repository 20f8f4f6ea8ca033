"""Kernels: what computes a node on one kind of device. One module a device, each with ``kernels()``.

A kernel is a class. It is made once for each node, and then called each time the graph runs::

    class Relu:
        def __init__(self, node): ...      # read node.attributes, prepare what does not change
        def compute(self, x): ...          # arrays in, one for each input; an array out, or a tuple of several

``kernels()`` gives the classes by operator: Conv, Relu, MaxPool, Flatten, FullyConnected, Softmax. All have the
course's layouts: features (N, C, H, W), a convolution's weight (Cin, K, K, Cout) and bias (Cout,), a fully connected
weight (in, out) and bias (1, out), float32.

``available()`` gives them for all devices that this computer has.

dlp          INT8 and FP16 on the emulated card; quantisation is read from the node's attributes
onnxruntime  ONNX Runtime on the CPU; its convolution is yours to write, in the lab
torch        PyTorch on the CPU, or with ``kernels("cuda")`` on a GPU; where it is installed
"""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module

import numpy as np


class BackendMissing(Exception):
    """A backend cannot be used on this computer; the message says what it needs."""


class Prepared:
    """Weights in a form of a device's own, prepared when they are new and kept until others come.

    >>> twice = Prepared(lambda weight: 2 * weight)
    >>> weight = np.ones(2)
    >>> weight.flags.writeable = False       # as a graph's variables are
    >>> twice(weight) is twice(weight)
    True
    """

    def __init__(self, prepare):
        self._prepare, self._known, self._ready = prepare, None, None

    def __call__(self, *arrays: np.ndarray):
        """The arrays prepared. An array that could have been changed in place is prepared again."""
        if not self._knows(arrays):
            self._ready, self._known = self._prepare(*arrays), arrays
        return self._ready

    def _knows(self, arrays: tuple[np.ndarray, ...]) -> bool:
        if self._known is None or len(arrays) != len(self._known):
            return False
        return all(a is b and not a.flags.writeable for a, b in zip(arrays, self._known, strict=True))


def available() -> dict[str, dict[str, type]]:
    """Kernel classes by operator, for each type of device that is to be had here; numpy's are in the notebook."""
    found = {name: import_module(f"aics.kernels.{name}").kernels() for name in ("dlp", "onnxruntime")}
    torch = import_module("aics.kernels.torch")
    for device_type, place in (("torch", "cpu"), ("cuda", "cuda")):
        with suppress(BackendMissing):
            found[device_type] = torch.kernels(place)
    return found
