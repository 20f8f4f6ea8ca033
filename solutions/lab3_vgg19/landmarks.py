"""Write data/mini_features.npz: what the right network computes of the cat with `mini`, layer by layer.

    .venv/bin/python solutions/lab3_vgg19/landmarks.py     # after data/mini.mat or the photo has changed

`show.divergence` compares a student's own network with it. The numbers come from the oracle, in float64;
of each output its shape and up to 256 numbers are kept, to six digits, so that every machine writes the
same file.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import scipy.io
from PIL import Image

from aics import data
from aics.data import matfile
from aics.lab3_vgg19.pictures.divergence import samples

FILE = Path(__file__).resolve().parents[2] / "data" / "mini_features.npz"


def outputs(path: Path, photo: Path) -> dict[str, np.ndarray]:
    """The input and all 44 layers' outputs, float64, for a photo."""
    import oracles

    params = scipy.io.loadmat(path)
    mean = params["normalization"][0][0][0]
    with Image.open(photo) as opened:
        image = opened.convert("RGB").resize(mean.shape[:2], Image.Resampling.BILINEAR)
    x = (np.asarray(image, np.float64) - mean.mean(axis=(0, 1))).transpose(2, 0, 1)[None]
    weights = {}
    for name, cell in zip(matfile.entries(), params["layers"][0], strict=True):
        if name.startswith(("conv", "fc")):
            weight, bias = cell[0][0]["weights"][0]
            weights[name] = weight.astype(np.float64), bias.reshape(-1).astype(np.float64)
    return {"input": x} | oracles.features(x, weights)


def landmarks(path: Path, photo: Path) -> dict[str, np.ndarray]:
    """What the file holds: for each output some of its numbers, and its shape."""
    kept = {}
    for name, values in outputs(path, photo).items():
        kept[name] = np.array([float(f"{value:.6g}") for value in samples(values)], np.float32)
        kept[f"{name} shape"] = np.array(values.shape)
    return kept


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    np.savez(FILE, **landmarks(data.weights("mini"), data.photo("cat")))
    print(f"wrote {FILE.name}: {FILE.stat().st_size / 1e3:.0f} kB")
