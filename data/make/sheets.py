"""Make the embedded samples of CIFAR-10 and MNIST out of the whole sets.

    aics fetch cifar10 && aics fetch mnist
    python data/make/sheets.py

Each class gives the same number of pictures, evenly spread over its own in the set's order (the first picture and
the last among them), so that nothing depends on a random generator or on how a set was put together: the first half
of MNIST's test digits, for one, is easier than the second. The chosen keep the set's order.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from aics import data
from aics.data import sprite_sheets

HERE = Path(__file__).resolve().parent.parent
#: Set and split -> pictures of each class, pictures in a row of the sheet.
SAMPLES = {
    ("cifar10", "train"): (200, 50),
    ("cifar10", "test"): (100, 50),
    ("mnist", "train"): (1000, 100),
    ("mnist", "test"): (200, 50),
}


def chosen(labels: np.ndarray, each: int) -> np.ndarray:
    """Ascending indices of `each` pictures a class, evenly spread over those of the class."""
    of_class = (np.flatnonzero(labels == c) for c in range(10))
    return np.sort(np.concatenate([own[np.linspace(0, len(own) - 1, each).round().astype(int)] for own in of_class]))


def sample(name: str, split: str) -> tuple[np.ndarray, np.ndarray]:
    """The embedded pictures, (N, 32, 32, 3) or (N, 28, 28) uint8, and their labels, out of the whole set."""
    pictures, labels = getattr(data, name)(split, full=True)
    index = chosen(labels, SAMPLES[name, split][0])
    pictures = pictures[index]
    return pictures.transpose(0, 2, 3, 1) if pictures.ndim == 4 else pictures, labels[index]


def main() -> None:
    """Write the sheets and the labels, a string of digits for each split."""
    digits: dict[str, dict[str, str]] = {}
    for (name, split), (_, columns) in SAMPLES.items():
        pictures, labels = sample(name, split)
        (HERE / name).mkdir(exist_ok=True)
        sprite_sheets.write(HERE / name / f"{split}.png", pictures, columns)
        digits.setdefault(name, {})[split] = "".join(map(str, labels))
        print(f"{name}/{split}.png: {len(labels):,} pictures")
    for name, splits in digits.items():
        (HERE / name / "labels.json").write_text(json.dumps(splits, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
