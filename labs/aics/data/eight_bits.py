"""VGG16's convolutions up to relu4_1 in 8 bits: what data/vgg16.npz holds, and the .mat file that networks read.

Each output channel has a grid of its own, lab 4's position and scale: of a weight the file has the integer q, and the
network gets ``q * 2**position / scale``. Biases are float32. data/make/vgg16.py makes the file, and prints how far it
is from the weights in float32.

    eight_bits.read()["conv4_1"].integers       # (3, 3, 256, 512) int8
    data.weights("vgg16-int8")                  # a .mat file in VGG19's layout, made once of these
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from aics.check.folder import data_folder
from aics.data import cache, matfile, vgg16
from aics.data.archives import sha256_of
from aics.data.errors import DataError, WrongData
from aics.data.vgg19 import FEATURES
from aics.language import tr

NAME, FILE = "vgg16-int8", "vgg16.npz"
LAST = "relu4_1"
#: VGG19's layers up to relu4_1, and those of them that VGG16 has, which were trained.
_VGG19S = FEATURES[: FEATURES.index(LAST) + 1]
LAYERS = tuple(name for name in _VGG19S if name.replace("relu", "conv") not in vgg16.IDENTITIES)
CONVOLUTIONS = tuple(name for name in LAYERS if name.startswith("conv"))


@dataclass(frozen=True, kw_only=True)
class EightBits:
    """One convolution as it is stored.

    Attributes
    ----------
    integers : (H, W, Cin, Cout) int8 array
    position : (Cout,) int8 array
    scale : (Cout,) float32 array
    bias : (Cout,) float32 array
    weight_error, feature_error : float
        How far the weights, and what the ReLU behind them returns for the photo of the cat, are from those in float32:
        the norm of the difference over the norm. Measured when the file was made.
    """

    integers: np.ndarray
    position: np.ndarray
    scale: np.ndarray
    bias: np.ndarray
    weight_error: float = 0.0
    feature_error: float = 0.0

    @property
    def weight(self) -> np.ndarray:
        """Return what the integers stand for, (H, W, Cin, Cout) float32."""
        step = np.ldexp(1 / self.scale.astype(np.float64), self.position)
        values: np.ndarray = (self.integers * step).astype(np.float32)
        return values


_ARRAYS = ("integers", "position", "scale", "bias")
_ERRORS = ("weight_error", "feature_error")


def write(path: Path, layers: Mapping[str, EightBits]) -> None:
    """Write the file; equal layers make equal bytes, with the same zlib."""
    parts: dict[str, Any] = {
        f"{name}.{part}": getattr(layer, part) for name, layer in layers.items() for part in _ARRAYS
    }
    parts |= {error: np.array([getattr(layer, error) for layer in layers.values()]) for error in _ERRORS}
    np.savez_compressed(path, **parts)


def read(path: Path | None = None) -> dict[str, EightBits]:
    """Read the eight convolutions by name, from the embedded file if no other is given.

    Raises WrongData where the file is cut or holds something else.
    """
    path = path or embedded()
    try:
        with path.open("rb") as stream, np.load(stream) as file:  # np.load leaves a damaged file open
            errors = np.stack([file[error] for error in _ERRORS], axis=1).tolist()
            return {name: _layer(file, name, *pair) for name, pair in zip(CONVOLUTIONS, errors, strict=True)}
    except (BadZipFile, EOFError, KeyError, ValueError) as error:
        raise WrongData(tr("{path} is cut or damaged. Take data/ from the labs' zip again.", path=path)) from error


def _layer(file: Mapping[str, np.ndarray], name: str, weight_error: float, feature_error: float) -> EightBits:
    arrays = {array: file[f"{name}.{array}"] for array in _ARRAYS}
    return EightBits(**arrays, weight_error=weight_error, feature_error=feature_error)


def embedded() -> Path:
    """Return the path of the embedded file. Raises DataError where it is missing."""
    path = data_folder() / FILE
    if not path.is_file():
        raise DataError(
            tr("{path} is not there. Take data/ from the labs' zip again and keep it beside labs/.", path=path)
        )
    return path


def mat_file() -> Path:
    """Return the path of a .mat file with these weights in VGG19's layout: 21 entries, of which conv3_4 is an identity.

    It is written once, into the cache; where nothing can be written there, into a folder that lasts as long as this
    process.
    """
    source = embedded()
    name = f"vgg16-{sha256_of(source)[:12]}.mat"
    try:
        return _written(source, cache.folder() / NAME / name)
    except OSError:
        return _written(source, Path(_own_folder().name) / name)


def _written(source: Path, path: Path) -> Path:
    """Write the .mat file if it is not there yet, as a whole or not at all: two processes may want it at once."""
    if path.is_file():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    trained = {name: (layer.weight, layer.bias) for name, layer in read(source).items()}
    weights = vgg16.with_identities(trained, [name for name in _VGG19S if name.startswith("conv")])
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        new = Path(folder) / path.name
        matfile.write(new, weights, vgg16.MEAN_RGB, vgg16.IMAGE_SIZE, (), last=LAST)
        os.replace(new, path)
    return path


@lru_cache
def _own_folder() -> tempfile.TemporaryDirectory[str]:
    """A folder that is removed when this process ends."""
    return tempfile.TemporaryDirectory(prefix="aics-")
