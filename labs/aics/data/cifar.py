"""CIFAR-10's binary format: records of one label byte and 3,072 picture bytes, red plane, green, blue."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from aics.data.errors import WrongData

RECORD = 1 + 3 * 32 * 32
#: In the order of the labels 0 to 9.
CLASSES = ("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck")


def read(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """Read one batch file: pictures (N, 3, 32, 32) uint8, and labels (N,) int64.

    Raises WrongData if the length is no whole number of records or a label is above 9.
    """
    content = np.fromfile(path, np.uint8)
    if len(content) == 0 or len(content) % RECORD:
        raise WrongData(f"{path.name} has {len(content):,} bytes; a CIFAR-10 batch has {RECORD:,} for each picture.")
    records = content.reshape(-1, RECORD)
    labels = records[:, 0].astype(np.int64)
    if labels.max() >= len(CLASSES):
        raise WrongData(f"{path.name} has a label {labels.max()}; CIFAR-10 has 0 to {len(CLASSES) - 1}.")
    return records[:, 1:].reshape(-1, 3, 32, 32).copy(), labels
