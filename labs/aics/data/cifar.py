"""CIFAR-10's binary format: records of one label byte and 3,072 picture bytes, red plane, green, blue."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from aics.data.errors import WrongData
from aics.language import tr

RECORD = 1 + 3 * 32 * 32
#: In the order of the labels 0 to 9.
CLASSES = ("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck")


def read(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """Read one batch file: pictures (N, 3, 32, 32) uint8, and labels (N,) int64.

    Raises WrongData if the length is no whole number of records or a label is above 9.
    """
    content = np.fromfile(path, np.uint8)
    if len(content) == 0 or len(content) % RECORD:
        said = {"file": path.name, "size": len(content), "record": RECORD}
        raise WrongData(tr("{file} has {size:,} bytes; a CIFAR-10 batch has {record:,} for each picture.", **said))
    records = content.reshape(-1, RECORD)
    labels = records[:, 0].astype(np.int64)
    if labels.max() >= len(CLASSES):
        said = {"file": path.name, "label": labels.max(), "last": len(CLASSES) - 1}
        raise WrongData(tr("{file} has a label {label}; CIFAR-10 has 0 to {last}.", **said))
    return records[:, 1:].reshape(-1, 3, 32, 32).copy(), labels
