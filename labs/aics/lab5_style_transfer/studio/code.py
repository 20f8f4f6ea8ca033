"""The code that the studio shows: lab 5's, from a notebook or from the files that it exported."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import numpy as np

from aics import data
from aics.lab5_style_transfer.studio.errors import NoCode, what
from aics.layers.fast import fast_layers
from aics.notebook.earlier import PACKAGE, PARTS, other_labs, prepare

#: The exported file that has all that is needed; it imports the others as parts of the package `stu_upload`.
FILE = "exp_3_3_style_transfer.py"


@dataclass(frozen=True)
class Code:
    """The three names of lab 5 that make a transfer; the notebook says what each of them takes and returns."""

    VGG19: type
    begin_transfer: Callable
    transfer_step: Callable

    @classmethod
    def among(cls, namespace: Mapping[str, object]) -> Code:
        """Take them from a notebook's ``globals()`` or a module's names; NoCode says which are missing."""
        names = list(cls.__dataclass_fields__)
        missing = [name for name in names if not callable(namespace.get(name))]
        if missing:
            raise NoCode(f"Not defined: {', '.join(missing)}. Run lab 5's cells from the top, then this again.")
        return cls(*(namespace[name] for name in names))

    @classmethod
    def exported(cls, folder: Path) -> Code:
        """Import them from a folder of exported files; NoCode says what to do where it cannot be done."""
        if not (folder / FILE).is_file():
            raise NoCode(
                f"There is no transfer to show yet: {FILE} is not in {folder}. Finish lab 5 and run its last cell, "
                "which writes it there; or name another folder in the variable AICS_STUDIO, and start again."
            )
        try:
            return cls.among(vars(_imported(folder)))
        except NoCode as error:
            raise NoCode(f"{FILE} is not lab 5's. {error}") from error
        except ModuleNotFoundError as error:
            missing = f"{(error.name or '').replace('.', '/')}.py"
            raise NoCode(
                f"{FILE} imports {missing}, which is not here. Finish the lab that it comes from and run its last cell."
            ) from error
        except Exception as error:
            raise NoCode(f"{FILE} cannot be imported: {what(error)}. Mend it, and load this page again.") from error

    def network(self, weights: str):
        """Build the network with weights of this name; DataError where they are not on this computer."""
        net = self.VGG19(str(data.weights(weights)))
        net.build_model()
        net.load_model()
        net.params = None  # what is left of the file would only take memory
        _quicken(net)
        _walk_once(net)
        return net


def _imported(folder: Path) -> ModuleType:
    """Import the exported file as part of the package `stu_upload`, whatever its folder is called.

    What it imports may lie beside it or in another lab's folder; for earlier labs' files there are finished ones.
    """
    others = other_labs(folder.parent) if folder.name == PACKAGE else []
    prepare(tuple(PARTS), [folder, *others])
    return importlib.import_module(f"{PACKAGE}.{FILE.removesuffix('.py')}")


def _quicken(net) -> None:
    """Let fast layers take the place of this network's if both agree, there and back."""
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


def _walk_once(net) -> None:
    """Let `backward_once` take the place of `backward_all` in this network if both agree: it is twice as fast.

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
