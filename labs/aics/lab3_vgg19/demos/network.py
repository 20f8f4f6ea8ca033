"""Lab 3's network with mini's weights: the student's own where it is exported and finished, else a finished one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from aics import data
from aics.demos.own import find_code, finished_code, stopped
from aics.language import noted, tr

WEIGHTS, FILE, PARTS = "mini", "vgg_cpu", ("layers", "network")
INSTEAD = noted("{sentence} Finished layers have computed this in its place.")


@dataclass(frozen=True)
class Network:
    """Layers by name, in order, with their weights, and the mean colour, (3,) float32, that is taken off a photo."""

    layers: Mapping[str, Any]
    mean: np.ndarray


class Networks:
    """Builds the network once, and says whose it is.

    Attributes
    ----------
    whose : str
        A sentence.
    """

    def __init__(self) -> None:
        self._code = find_code(*PARTS)
        self.whose = self._code.whose
        self._network: Network | None = None
        self._error: Exception | None = None

    @property
    def trouble(self) -> str:
        """A sentence on what a student's code has raised, if it has."""
        return tr(INSTEAD, sentence=stopped(self._error)) if self._error else ""

    def network(self) -> Network:
        """Return the network in use. What a student's code raises comes through."""
        if self._network is None:
            self._network = _built(self._code.files[FILE].VGG19)
        return self._network

    def replace(self, error: Exception) -> Network:
        """Return a finished network, for now and later, since this error was raised."""
        self._error = error
        self._network = _built(finished_code(*PARTS).files[FILE].VGG19)
        return self._network


def _built(make: Callable[[str], Any]) -> Network:
    net = make(str(data.weights(WEIGHTS)))
    net.build_model()
    net.load_model()
    return Network(net.layers, np.asarray(net.image_mean, np.float32))
