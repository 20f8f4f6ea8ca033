"""Check that a .mat file is VGG19's: its 43 layers, every shape, and the mean colours."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from aics.data import matfile
from aics.data.errors import WrongData
from aics.data.vgg19 import weight_shapes
from aics.language import tr

#: VGG19 (Simonyan & Zisserman 2015, configuration E): channels of the five blocks, and of fc6, fc7, fc8.
WIDTHS = (64, 128, 256, 512, 512)
OUTPUTS = (4096, 4096, 1000)
IMAGE_SIZE = 224
MEAN_RGB = (123.68, 116.779, 103.939)


def shapes() -> dict[str, tuple[int, ...]]:
    """Return the shape (H, W, Cin, Cout) of the weights of each of VGG19's 19 layers, by name."""
    *hidden, classes = OUTPUTS
    return weight_shapes(WIDTHS, hidden, classes, IMAGE_SIZE)


def check(path: Path) -> None:
    """Raise WrongData, saying the first difference, unless the course's own indexing finds all of VGG19 in a file."""
    import scipy.io

    try:
        params = scipy.io.loadmat(path)
    except Exception as error:  # a cut or foreign file can make the reader raise nearly anything
        message = tr("{file} is no whole .mat file of the older kind: {error}", file=path.name, error=error)
        raise WrongData(message) from error
    try:
        layers = params["layers"][0]
        mean = np.asarray(params["normalization"][0][0][0]).reshape(-1, 3).mean(axis=0)
    except (KeyError, IndexError, ValueError, TypeError) as error:
        raise WrongData(
            tr(
                "{file} has no layers and normalization where the course's code looks for them "
                "(the version of MatConvNet's folder beta16 has).",
                file=path.name,
            )
        ) from error
    names = matfile.entries()
    if len(layers) != len(names):
        said = {"file": path.name, "layers": len(layers), "right": len(names)}
        raise WrongData(tr("{file} has {layers} layers; VGG19 has {right}.", **said))
    for name, shape in shapes().items():
        _check_layer(path, name, layers[names.index(name)], shape)
    if not np.allclose(mean, MEAN_RGB, atol=0.5):
        colours = {"mean": np.round(mean, 3), "right": MEAN_RGB}
        raise WrongData(tr("{file} has the mean colour {mean}; VGG19 has {right}.", file=path.name, **colours))


def _check_layer(path: Path, name: str, layer: np.ndarray, shape: tuple[int, ...]) -> None:
    try:
        weight, bias = layer[0][0][0][0]
        found, kind, biases = weight.shape, weight.dtype.kind, bias.size
    except (IndexError, ValueError, TypeError, AttributeError) as error:
        raise WrongData(tr("{file}: {layer} holds no weight and bias.", file=path.name, layer=name)) from error
    if found != shape or kind != "f" or biases != shape[-1]:
        said = {"file": path.name, "layer": name, "found": found, "biases": biases, "shape": shape, "right": shape[-1]}
        raise WrongData(
            tr("{file}: {layer} has weight {found} and {biases} biases; expected {shape}, {right}.", **said)
        )
    if not (np.isfinite(weight).all() and np.isfinite(bias).all()):
        raise WrongData(tr("{file}: {layer} has numbers that are not finite.", file=path.name, layer=name))
