"""The code that the studio runs: lab 5's, from a notebook or from the files that it exported."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO, Protocol

import numpy as np

from aics import data
from aics.demos.trouble import error_line
from aics.lab5_style_transfer.studio.errors import NoCode
from aics.lab5_style_transfer.weights import drop_untrained
from aics.language import listed, words
from aics.layers.fast import fast_layers
from aics.notebook.earlier import PACKAGE, PARTS, other_labs, prepare

#: The exported file that has all that is needed; it imports the others as parts of the package `stu_upload`.
FILE = "exp_3_3_style_transfer.py"

_MESSAGES = {
    "undefined": "Not defined: {names}. Run lab 5's cells from the top, then this again.",
    "no_file": "There is no transfer to show yet: {file} is not in {folder}. Finish lab 5 and run its last cell, "
    "which writes it there; or name another folder in the variable AICS_STUDIO, and start again.",
    "other_file": "{file} is not lab 5's. {reason}",
    "imports": "{file} imports {missing}, which is not here. Finish the lab that it comes from and run its last cell.",
    "broken": "{file} cannot be imported: {error}. Mend it, and load this page again.",
}
_say = words(_MESSAGES)


class Network(Protocol):
    """What the studio needs of lab 5's network. Its pictures are (1, 3, H, W) arrays around the mean colour."""

    image_mean: np.ndarray
    params: object
    layers: Mapping[str, object]
    backward_all: Callable[[Mapping[str, np.ndarray]], np.ndarray]
    backward_once: Callable[[Mapping[str, np.ndarray]], np.ndarray]

    def build_model(self) -> None:
        """Make the layers."""

    def load_model(self) -> None:
        """Load their weights."""

    def load_image(self, file: BinaryIO, height: int, width: int) -> tuple[np.ndarray, tuple[int, ...]]:
        """Read a picture in this size; return it and the shape that its file has."""

    def save_image(self, image: np.ndarray, shape: tuple[int, int, int], path: str) -> None:
        """Write a picture to a file, in the size that `shape` says."""

    def forward(self, image: np.ndarray, names: Sequence[str]) -> Mapping[str, np.ndarray]:
        """Return the outputs of these layers."""

    def backward(self, dloss: np.ndarray, name: str) -> np.ndarray:
        """Return the gradient of the picture, given the gradient of one layer's output."""


@dataclass(frozen=True)
class TransferCode:
    """The three names of lab 5 that make a transfer; the notebook says what each of them takes and returns."""

    VGG19: Callable[[str], Network]
    begin_transfer: Callable[..., tuple[object, object, np.ndarray]]
    transfer_step: Callable[[object, object, np.ndarray], object]

    @classmethod
    def among(cls, namespace: Mapping[str, object]) -> TransferCode:
        """Take them from a notebook's ``globals()`` or a module's names. Raises NoCode that says which are missing."""
        found: dict[str, Any] = {field.name: namespace.get(field.name) for field in fields(cls)}
        missing = [name for name, value in found.items() if not callable(value)]
        if missing:
            raise NoCode(_say("undefined", names=listed(missing)))
        return cls(**found)

    @classmethod
    def exported(cls, folder: Path) -> TransferCode:
        """Import them from a folder of exported files. Raises NoCode that says what to do where that fails."""
        if not (folder / FILE).is_file():
            raise NoCode(_say("no_file", file=FILE, folder=folder))
        try:
            return cls.among(vars(_imported(folder)))
        except NoCode as error:
            raise NoCode(_say("other_file", file=FILE, reason=error)) from error
        except ModuleNotFoundError as error:
            missing = f"{(error.name or '').replace('.', '/')}.py"
            raise NoCode(_say("imports", file=FILE, missing=missing)) from error
        except Exception as error:
            raise NoCode(_say("broken", file=FILE, error=error_line(error))) from error

    def network(self, weights: str) -> Network:
        """Build the network with weights of this name. Raises DataError where they are not on this computer."""
        net = self.VGG19(str(data.weights(weights)))
        net.build_model()
        net.load_model()
        net.params = None  # the content of the file is not needed any more
        drop_untrained(net, weights)
        _use_fast_layers(net)
        _use_backward_once(net)
        return net


def _imported(folder: Path) -> ModuleType:
    """Import the exported file as part of the package `stu_upload`, whatever its folder is called.

    What it imports may lie beside it or in another lab's folder; for earlier labs' files there are finished ones.
    """
    others = other_labs(folder.parent) if folder.name == PACKAGE else []
    prepare(tuple(PARTS), [folder, *others])
    return importlib.import_module(f"{PACKAGE}.{FILE.removesuffix('.py')}")


def _use_fast_layers(net: Network) -> None:
    """Replace this network's layers by fast ones, if both give the same forward and backward."""
    slow, picture = net.layers, np.random.default_rng(0).uniform(-99, 99, (1, 3, 32, 48)).astype(np.float32)
    try:
        last = list(slow)[-1]
        right = net.forward(picture, [last])[last]
        wanted = net.backward(right, last)
        net.layers = fast_layers(slow)
        got = net.forward(picture, [last])[last]
        agree = _alike(got, right) and _alike(net.backward(right, last), wanted)
    except Exception:  # whatever it is, the run itself will say it where it matters
        agree = False
    if not agree:
        net.layers = slow


def _alike(one: np.ndarray, other: np.ndarray) -> bool:
    return np.allclose(one, other, rtol=0, atol=1e-3 * np.abs(other).max())


def _use_backward_once(net: Network) -> None:
    """Replace `backward_all` of this network by `backward_once`, which is twice as fast, if both give the same.

    The exported file has both, and which is used was decided in the notebook, where the two were compared.
    """
    layers = [name for name in net.layers if name.startswith("relu")][::5]
    rng = np.random.default_rng(0)
    try:
        features = net.forward(rng.uniform(-99, 99, (1, 3, 32, 48)).astype(np.float32), layers)
        dlosses = {name: rng.standard_normal(maps.shape).astype(np.float32) for name, maps in features.items()}
        once, several = net.backward_once(dlosses), net.backward_all(dlosses)
        agree = _alike(once, several)
    except Exception:  # whatever it is, the run itself will say it where it matters
        return
    if agree:
        net.backward_all = net.backward_once
