"""Photos, data sets and weights: embedded beside the labs, or fetched once into the cache.

    from aics import data

    data.photo("cat")                                     # the path of an embedded photo
    pictures, labels = data.cifar10("test")               # the embedded sample
    pictures, labels = data.cifar10("train", full=True)   # after `aics fetch cifar10`

What is embedded works offline at once. An item that has not been fetched yet raises NotFetched, which says the
command that fetches it. data/README.md says where each embedded file comes from; `aics data` lists the fetched items.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from aics.check.folder import data_folder
from aics.data import cache, cifar, idx, sprite_sheets
from aics.data.cifar import CLASSES as CIFAR10_CLASSES
from aics.data.errors import DataError, NotFetched, UnknownName, WrongData
from aics.data.manifest import ITEMS
from aics.language import tr

__all__ = [
    "CIFAR10_CLASSES",
    "PHOTOS",
    "STYLES",
    "WEIGHTS",
    "DataError",
    "NotFetched",
    "UnknownName",
    "WrongData",
    "cifar10",
    "has",
    "imagenet_classes",
    "mnist",
    "photo",
    "style",
    "weights",
]

#: Name -> file below data/photos/. `cat` is the photo known as Chelsea; `camera` is grey, `horse` has alpha.
_PHOTOS = {
    "cat": "chelsea.png",
    "astronaut": "astronaut.png",
    "coffee": "coffee.png",
    "rocket": "rocket.jpg",
    "camera": "camera.png",
    "horse": "horse.png",
}
#: Name -> file below data/style/.
_STYLES = {"scream": "scream.jpg", "wave": "wave.jpg"}
PHOTOS = tuple(_PHOTOS)
STYLES = tuple(_STYLES)
#: From the smallest to the best; the first two are embedded.
WEIGHTS = ("mini", "vgg16-int8", "vgg16-conv", "official")
SPLITS = ("train", "test")


def photo(name: str) -> Path:
    """Return the path of an embedded photo, such as ``"cat"``; PHOTOS lists the names."""
    return _embedded("photo", name, "photos", _PHOTOS)


def style(name: str) -> Path:
    """Return the path of an embedded painting, for style transfer; STYLES lists the names."""
    return _embedded("style", name, "style", _STYLES)


def cifar10(split: str = "train", full: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """Read CIFAR-10: colour pictures and the number of what each shows.

    Parameters
    ----------
    split : {"train", "test"}
    full : bool
        False for the embedded sample (2,000 train, 1,000 test, each class as often as any other), True for
        the whole set (50,000 and 10,000) that `aics fetch cifar10` brings.

    Returns
    -------
    pictures : (N, 3, 32, 32) uint8 array
        RGB.
    labels : (N,) int64 array
        Indices into CIFAR10_CLASSES.

    Raises
    ------
    NotFetched
        If the whole set is asked for and not there.
    """
    _check_split(split)
    if full:
        return _join([cifar.read(path) for path in _fetched("cifar10") if path.name.startswith(_BATCH[split])])
    pictures, labels = _sample("cifar10", split, 32)
    return np.ascontiguousarray(pictures.transpose(0, 3, 1, 2)), labels


def mnist(split: str = "train", full: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """Read MNIST: pictures of digits and the digit that each shows.

    Parameters
    ----------
    split : {"train", "test"}
    full : bool
        False for the embedded sample (10,000 train, 2,000 test, each digit as often as any other), True for
        the whole set (60,000 and 10,000) that `aics fetch mnist` brings.

    Returns
    -------
    pictures : (N, 28, 28) uint8 array
        0 is the background, 255 the ink.
    labels : (N,) int64 array
        0 to 9.

    Raises
    ------
    NotFetched
        If the whole set is asked for and not there.
    """
    _check_split(split)
    if not full:
        return _sample("mnist", split, 28)
    pictures, labels = (idx.read(path) for path in _fetched("mnist") if path.name.startswith(_IDX[split]))
    return pictures, labels.astype(np.int64)


def imagenet_classes() -> list[str]:
    """Return the names of ImageNet's 1,000 classes, in the order of VGG's outputs; 281 is ``"tabby, tabby cat"``.

    Raises NotFetched if `aics fetch imagenet-classes` has not been run.
    """
    (path,) = _fetched("imagenet-classes")
    names: list[str] = json.loads(path.read_text("utf-8"))
    return names


def weights(name: str) -> Path:
    """Return the path of a weight file in the structure of imagenet-vgg-verydeep-19.mat; WEIGHTS lists the names.

    Raises NotFetched for ``"vgg16-conv"`` and ``"official"`` if they have not been fetched.
    """
    if name not in WEIGHTS:
        raise UnknownName.among("weight file", name, WEIGHTS)
    if name == "mini":
        return _existing(data_folder() / "mini.mat")
    if name == "vgg16-int8":
        from aics.data import eight_bits

        return eight_bits.mat_file()
    (path,) = _fetched(name)
    return path


def has(name: str) -> bool:
    """Return whether a fetched item, such as ``"cifar10"``, is on this computer."""
    if name not in ITEMS:
        raise UnknownName.among("fetched item", name, ITEMS)
    return cache.has(ITEMS[name])


_BATCH = {"train": "data_batch", "test": "test_batch"}
_IDX = {"train": "train-", "test": "t10k-"}


def _embedded(kind: str, name: str, folder: str, files: dict[str, str]) -> Path:
    if name not in files:
        raise UnknownName.among(kind, name, files)
    return _existing(data_folder() / folder / files[name])


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise DataError(
            tr("{path} is not there. Take data/ from the labs' zip again and keep it beside labs/.", path=path)
        )
    return path


def _check_split(split: str) -> None:
    if split not in SPLITS:
        raise UnknownName.among("split", split, SPLITS)


def _sample(name: str, split: str, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Read the embedded pictures of a split, and their labels, which are written as a string of digits."""
    folder = data_folder() / name
    digits = json.loads(_existing(folder / "labels.json").read_text("utf-8"))[split]
    labels = np.array([int(digit) for digit in digits], np.int64)
    return sprite_sheets.read(_existing(folder / f"{split}.png"), size), labels


def _fetched(name: str) -> list[Path]:
    """The files of a fetched item, in the manifest's order."""
    item = ITEMS[name]
    if not cache.has(item):
        raise NotFetched.item(name, item.description)
    return [cache.item_folder(item) / file.name for file in item.files]


def _join(batches: list[tuple[np.ndarray, np.ndarray]]) -> tuple[np.ndarray, np.ndarray]:
    pictures, labels = zip(*batches, strict=True)
    return np.concatenate(pictures), np.concatenate(labels)
