"""How much each pixel counts for one number of a feature map: the gradient, computed in a thread, latest asked first.

Inside the receptive field pixels do not count alike: W. Luo, Y. Li, R. Urtasun, R. Zemel, Understanding the Effective
Receptive Field in Deep Convolutional Neural Networks, 2016.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock, Thread
from typing import Any, NamedTuple

import numpy as np

from aics.lab3_vgg19.demos.features import Maps
from aics.lab3_vgg19.demos.network import Network, Networks
from aics.layers.fast import fast_layers


class Number(NamedTuple):
    """One number: the layer's name, and its channel, row and column there."""

    layer: str
    channel: int
    row: int
    column: int


class Influence:
    """Answers at once with what it knows, and computes what was asked last."""

    def __init__(self, networks: Networks, changed: Callable[[], None]) -> None:
        """changed : called when an answer is there"""
        self._networks, self._changed, self._lock = networks, changed, Lock()
        self._asked: tuple[Maps, Number] | None = None
        self._known: tuple[Maps, Number, np.ndarray] | None = None
        self._busy = False

    def of(self, maps: Maps, number: Number) -> np.ndarray | None:
        """Return how much each pixel counts, (H, W) from 0 to 1; None where that is not known yet, but soon."""
        known = self._known
        if known is not None and known[0] is maps and known[1] == number:
            return known[2]
        with self._lock:
            self._asked = maps, number
            if not self._busy:
                self._busy = True
                Thread(target=self._answer, daemon=True).start()
        return None

    def close(self) -> None:
        """Compute nothing more."""
        with self._lock:
            self._asked = None

    def _answer(self) -> None:
        """Compute what was asked last, until nothing is asked any more; the network remembers the last photo."""
        passed: tuple[Maps, dict[str, Any]] | None = None
        while (asked := self._next()) is not None:
            maps, number = asked
            try:
                if passed is None or passed[0] is not maps:
                    passed = maps, run_forward(self._networks.network(), maps.photo)
                self._known = maps, number, counting(passed[1], number)
            except Exception:  # a student's layer may have no right way back: the field itself is shown all the same
                continue
            self._changed()

    def _next(self) -> tuple[Maps, Number] | None:
        with self._lock:
            asked, self._asked = self._asked, None
            self._busy = asked is not None
            return asked


def run_forward(network: Network, photo: np.ndarray) -> dict[str, Any]:
    """Run a photo through fast copies of a network's layers up to pool5; return the layers, which remember it."""
    names = list(network.layers)
    layers = fast_layers({name: network.layers[name] for name in names[: names.index("pool5") + 1]})
    x = np.ascontiguousarray((photo.astype(np.float32) - network.mean).transpose(2, 0, 1)[None])
    for layer in layers.values():
        x = layer.forward(x)
        layer.shape = x.shape
    return layers


def counting(layers: dict[str, Any], number: Number) -> np.ndarray:
    """Return how much each pixel counts for a number, before its ReLU: its gradient's length, 1 at the most.

    layers : as `run_forward` returns them  ->  (H, W)
    """
    names = list(layers)
    d = np.zeros(layers[number.layer].shape, np.float32)
    d[0, number.channel, number.row, number.column] = 1
    for name in reversed(names[: names.index(number.layer) + 1]):
        d = layers[name].backward(d)
    lengths: np.ndarray = np.sqrt((d[0] ** 2).sum(axis=0))
    return lengths / (float(lengths.max()) or 1.0)


def half_of_it(counts: np.ndarray, pixels: int) -> float:
    """Return which part of so many pixels, those that count most, has half of all that counts."""
    sums = np.cumsum(np.sort(counts, axis=None)[::-1])
    return float(np.searchsorted(sums, sums[-1] / 2) + 1) / pixels
