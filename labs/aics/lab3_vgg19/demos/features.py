"""A photo's feature maps by lab 3's network, computed in a thread, layer by layer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from threading import Lock, Thread

import numpy as np
from PIL import Image

from aics.lab3_vgg19.demos.fields import Field, fields
from aics.lab3_vgg19.demos.network import Network, Networks
from aics.language import noted, tr

FIELDS = {field.name: field for field in fields()}
LAST = "pool5"
WRONG = noted("{name} gave shape {got}; expected (1, C, {rows}, {columns}) and finite numbers")

#: The longer side of what the network gets, and the shortest that five poolings leave something of.
LONGEST, SHORTEST = 288, 32


def fitted(photo: np.ndarray) -> np.ndarray:
    """Return a photo in the size that is handed to the network, (H, W, 3) uint8, resized as in lab 3."""
    height, width = photo.shape[:2]
    sides = [max(SHORTEST, round(side * LONGEST / max(height, width))) for side in (width, height)]
    return np.asarray(Image.fromarray(photo).resize((sides[0], sides[1]), Image.Resampling.BILINEAR))


@dataclass
class Maps:
    """What is known of one photo: it grows while a thread computes.

    Attributes
    ----------
    source : (H, W, 3) uint8 array
        The photo as it was chosen.
    photo : (H, W, 3) uint8 array
        What the network gets.
    found : dict of str to (C, H, W) float32 array
        Feature maps by the layer's name, those of a convolution behind its ReLU.
    order : dict of str to (C,) int array
        The channels by the layer's name, those that answer most first.
    wanted : bool
        Whether anybody still waits for more.
    """

    source: np.ndarray
    photo: np.ndarray
    found: dict[str, np.ndarray] = field(default_factory=dict)
    order: dict[str, np.ndarray] = field(default_factory=dict)
    wanted: bool = True


class Reader:
    """Computes the maps of one photo after the other, in a thread of its own."""

    def __init__(self, networks: Networks, changed: Callable[[], None]) -> None:
        """changed : called whenever there is another layer to see"""
        self._networks, self._changed, self._turn = networks, changed, Lock()
        self._maps: Maps | None = None

    def maps(self, photo: np.ndarray) -> Maps:
        """Return at once what is known of a photo; of one that is new, everything follows."""
        known = self._maps
        if known is not None and (known.source is photo or np.array_equal(known.source, photo)):
            return known
        self.close()
        new = self._maps = Maps(photo, fitted(photo))
        Thread(target=self._read, args=(new,), daemon=True).start()
        return new

    def close(self) -> None:
        """Let the thread end after the layer that it is at."""
        if self._maps is not None:
            self._maps.wanted = False

    def _read(self, maps: Maps) -> None:
        with self._turn:
            try:
                self._fill(maps, self._networks.network())
            except Exception as error:  # a student's code may raise anything
                self._fill(maps, self._networks.replace(error))

    def _fill(self, maps: Maps, network: Network) -> None:
        for name, found in features(network, maps.photo):
            if not maps.wanted:
                return
            maps.order[name] = np.argsort(-found.mean(axis=(1, 2)), kind="stable")
            maps.found[name] = found
            self._changed()


def features(network: Network, photo: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    """Run a photo through a network, and return each layer's maps as soon as they are there.

    Raises ValueError where a layer's maps are not as large as they must be.
    """
    x = np.ascontiguousarray((photo.astype(np.float32) - network.mean).transpose(2, 0, 1)[None])
    for name, layer in network.layers.items():
        x = layer.forward(x)
        shown = name.replace("relu", "conv")
        if shown in FIELDS and not name.startswith("conv"):
            yield shown, _checked(x, name, FIELDS[shown], photo)
        if name == LAST:
            return


def _checked(x: np.ndarray, name: str, field: Field, photo: np.ndarray) -> np.ndarray:
    rows, columns = (field.count(side) for side in photo.shape[:2])
    if np.ndim(x) != 4 or np.shape(x)[2:] != (rows, columns) or not np.isfinite(x).all():
        raise ValueError(tr(WRONG, name=name, got=np.shape(x), rows=rows, columns=columns))
    return np.asarray(x[0], np.float32)
