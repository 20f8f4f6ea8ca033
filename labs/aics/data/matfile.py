"""Write weights in the structure of MatConvNet's imagenet-vgg-verydeep-19.mat.

What the course's code reads, and where:

    params = scipy.io.loadmat(path)
    params["normalization"][0][0][0]                   # the mean picture, (H, W, 3)
    weight, bias = params["layers"][0][i][0][0][0][0]  # of entry i: (H, W, Cin, Cout) and (1, Cout)

The entries are those of the network without `flatten`: 43, or 37 where it ends with pool5, or fewer where it ends
earlier. Fully connected layers are convolutions as large as what they look at, (h, w, Cin, Cout).
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike

from aics.data.vgg19 import BLOCKS, CONVOLUTIONS, FEATURES, FULLY_CONNECTED

#: The MAT format leaves the first 116 bytes to a text; SciPy writes the time there, so that no two files are equal.
HEADER = b"MATLAB 5.0 MAT-file, written by aics.data.matfile".ljust(116)


def entries(fully_connected: bool = True) -> list[str]:
    """Return the names of the file's entries in order: 43, or 37 without the fully connected layers."""
    rest = ("fc6", "relu6", "fc7", "relu7", "fc8", "prob") if fully_connected else ()
    return [*FEATURES, *rest]


def write(
    path: Path,
    weights: Mapping[str, tuple[np.ndarray, np.ndarray]],
    mean_rgb: ArrayLike,
    image_size: int,
    classes: Sequence[str],
    *,
    compress: bool = False,
    last: str = "",
) -> None:
    """Write a .mat file; equal input makes equal bytes (compressed, with the same zlib).

    Parameters
    ----------
    path : Path
        Replaced as a whole once it is written.
    weights : mapping of name to (weight, bias)
        For the 16 names conv1_1 ... conv5_4, or those up to `last`, and for all of fc6, fc7, fc8 or none.
        weight : (H, W, Cin, Cout) array, stored as float32; bias : Cout numbers.
    mean_rgb : three numbers, 0..255
        Stored as a mean picture of one colour.
    image_size : int
        Height and width of the network's input.
    classes : sequence of str
        Class names; empty for a network without classes.
    compress : bool
        Smaller, and slower to read.
    last : str
        The last layer of a network that is shorter than VGG19, such as "relu4_1".

    Raises
    ------
    ValueError
        If a layer is missing, unknown, or does not fit the layer before it.
    """
    import scipy.io

    names = entries(any(name in weights for name in FULLY_CONNECTED))
    names = names[: names.index(last) + 1] if last else names
    _check(weights, image_size, names)
    layers = np.empty((1, len(names)), object)
    for i, name in enumerate(names):
        layers[0, i] = _entry(name, weights.get(name))
    params = {
        "layers": layers,
        "classes": {"name": _cells(classes), "description": _cells(classes)},
        "normalization": {
            "averageImage": np.tile(np.asarray(mean_rgb, np.float64), (image_size, image_size, 1)),
            "keepAspect": 1.0,
            "border": np.zeros((1, 2)),
            "interpolation": "bilinear",
            "imageSize": np.array([[image_size, image_size, 3]], np.float64),
        },
    }
    unfinished = path.with_name(path.name + ".part")
    scipy.io.savemat(unfinished, params, do_compression=compress, appendmat=False)
    with unfinished.open("r+b") as file:
        file.write(HEADER)
    os.replace(unfinished, path)


def _check(weights: Mapping[str, tuple[np.ndarray, np.ndarray]], image_size: int, names: Sequence[str]) -> None:
    """Raise ValueError where the weights or their shapes do not make a network of these entries."""
    expected = [name for name in names if name in (*CONVOLUTIONS, *FULLY_CONNECTED)]
    if set(weights) != set(expected):
        missing, unknown = sorted(set(expected) - set(weights)), sorted(set(weights) - set(expected))
        raise ValueError(f"missing: {', '.join(missing) or 'none'}; unknown: {', '.join(unknown) or 'none'}")
    channels, positions = 3, image_size // 2 ** len(BLOCKS)
    for name in expected:
        weight, bias = (np.asarray(array) for array in weights[name])
        size = {"fc6": positions, "fc7": 1, "fc8": 1}.get(name, 3)
        if weight.ndim != 4 or weight.shape[:3] != (size, size, channels) or bias.size != weight.shape[3]:
            raise ValueError(
                f"{name}: weight {weight.shape} and bias {bias.shape}; expected ({size}, {size}, {channels}, Cout) "
                "and Cout numbers"
            )
        channels = weight.shape[3]


def _entry(name: str, pair: tuple[np.ndarray, np.ndarray] | None) -> dict[str, object]:
    """One layer as a struct; in layers with weights they are the first field."""
    if pair is None:
        kind = {"r": "relu", "p": "softmax" if name == "prob" else "pool"}[name[0]]
        size = {"stride": _row(2, 2), "pad": _row(0, 0, 0, 0), "method": "max", "pool": _row(2, 2)}
        return {"type": kind, "name": name, **(size if kind == "pool" else {})}
    cell = np.empty((1, 2), object)
    cell[0, 0] = np.ascontiguousarray(pair[0], np.float32)
    cell[0, 1] = np.asarray(pair[1], np.float32).reshape(1, -1)
    pad = 1 if name in CONVOLUTIONS else 0
    return {"weights": cell, "pad": _row(pad, pad, pad, pad), "type": "conv", "name": name, "stride": _row(1, 1)}


def _row(*numbers: float) -> np.ndarray:
    return np.array([numbers], np.float64)


def _cells(texts: Sequence[str]) -> np.ndarray:
    """A (1, N) cell array of strings."""
    cells = np.empty((1, len(texts)), object)
    cells[0, :] = texts
    return cells
