"""What is seen of a sparse training, epoch by epoch: masks, curves, and how the film is kept in a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from zipfile import BadZipFile

import numpy as np

from aics.check.folder import data_folder
from aics.data.errors import DataError
from aics.lab6_mixed_sparse.demos.lenet import SIZES
from aics.language import tr

FILE = "sparse_film.npz"
#: Epochs of a film, digits in each, digits in a batch, and steps whose mean loss is one point of the curve.
EPOCHS, DIGITS, BATCH, EVERY = 12, 10_000, 100, 10
#: Weights kept, in per cent, of which a film is kept.
KEPT = (20, 10, 5, 2, 1)
#: The layer whose mask is shown weight by weight.
MATRIX = "fc2"

Kind = Literal["drawn", "trained", "pruned", "regrown"]
#: Pictures of one epoch, in order.
KINDS: tuple[Kind, ...] = ("trained", "pruned", "regrown")
FRAMES = 1 + len(KINDS) * EPOCHS
Masks = Mapping[str, np.ndarray]


@dataclass(frozen=True)
class Look:
    """All masks at one moment, as far as they are shown.

    Attributes
    ----------
    matrix : (300, 100) bool array
        The mask of fc2.
    pixels : (784,) int array
        How many of its 300 weights in fc1 each pixel has.
    active : (3,) int array
        Active weights of each layer.
    """

    matrix: np.ndarray
    pixels: np.ndarray
    active: np.ndarray

    @classmethod
    def at(cls, masks: Masks) -> Look:
        """Look at masks by name, such as "fc1/weight"."""
        active = np.array([masks[f"{name}/weight"].sum() for name in SIZES])
        return cls(masks[f"{MATRIX}/weight"].copy(), masks["fc1/weight"].sum(axis=1), active)


@dataclass
class SparseFilm:
    """A sparse training up to now.

    Attributes
    ----------
    looks : list of Look
        As the masks were drawn, then after each pruning and each regrowing in turn.
    losses : list of float
        One for `EVERY` steps.
    accuracy : list of float
        Of the test digits: before the training, then after each epoch.
    """

    looks: list[Look] = field(default_factory=list)
    losses: list[float] = field(default_factory=list)
    accuracy: list[float] = field(default_factory=list)

    @property
    def frames(self) -> int:
        """How many frames there are to see."""
        epochs = max(len(self.looks) - 1, 0) // 2
        return (1 + len(KINDS) * epochs) if self.looks else 0

    def frame(self, number: int) -> Frame:
        """Return a frame, counted from 0."""
        if number == 0:
            return Frame("drawn", 0, self.looks[0], self.looks[0], self.looks[0], np.zeros_like(self.looks[0].matrix))
        epoch, kind = divmod(number - 1, len(KINDS))
        before, pruned, after = self.looks[2 * epoch : 2 * epoch + 3]
        ever = np.logical_or.reduce([look.matrix for look in self.looks[: 2 * epoch + 1 : 2]])
        return Frame(KINDS[kind], epoch + 1, before, pruned, after, ever)


@dataclass(frozen=True)
class Frame:
    """One picture of the film.

    Attributes
    ----------
    kind : str
    epoch : int
        Counted from 1; 0 before the training.
    before, pruned, after : Look
        Of this epoch's cycle.
    ever : (300, 100) bool array
        Which weights have been active before.
    """

    kind: Kind
    epoch: int
    before: Look
    pruned: Look
    after: Look
    ever: np.ndarray

    @property
    def look(self) -> Look:
        """The masks of this picture."""
        return {"pruned": self.pruned, "regrown": self.after}.get(self.kind, self.before)

    def parts(self) -> dict[str, np.ndarray]:
        """Return which weights of the matrix stay, have gone, have grown for the first time, and have come back."""
        gone, grown = self.before.matrix & ~self.pruned.matrix, self.after.matrix & ~self.pruned.matrix
        stay, nothing = self.pruned.matrix, np.zeros_like(self.ever)
        if self.kind == "pruned":
            return {"stay": stay, "gone": gone, "grown": nothing, "back": nothing}
        if self.kind == "regrown":
            return {"stay": stay, "gone": nothing, "grown": grown & ~self.ever, "back": grown & self.ever}
        return {"stay": self.before.matrix, "gone": nothing, "grown": nothing, "back": nothing}


def packed(film: SparseFilm) -> dict[str, np.ndarray]:
    """Return a film as small arrays: of the masks, what changed from look to look."""
    matrices = np.stack([look.matrix for look in film.looks])
    changes = np.concatenate([matrices[:1], matrices[1:] ^ matrices[:-1]])
    pixels = np.stack([look.pixels for look in film.looks]).astype(np.int16)
    return {
        "changes": np.packbits(changes.reshape(len(changes), -1), axis=1),
        "pixels": np.diff(pixels, axis=0, prepend=0).astype(np.int16),
        "active": np.stack([look.active for look in film.looks]).astype(np.int32),
        "losses": np.array(film.losses, np.float16),
        "accuracy": np.array(film.accuracy, np.float32),
    }


def unpacked(arrays: Mapping[str, np.ndarray]) -> SparseFilm:
    """Return the film that `packed` made into these arrays."""
    rows, columns = SIZES[MATRIX]
    bits = np.unpackbits(arrays["changes"], axis=1, count=rows * columns).astype(bool)
    matrices = np.logical_xor.accumulate(bits, axis=0).reshape(-1, rows, columns)
    pixels = np.cumsum(arrays["pixels"], axis=0, dtype=np.int64)
    looks = [Look(*each) for each in zip(matrices, pixels, arrays["active"], strict=True)]
    return SparseFilm(looks, arrays["losses"].astype(float).tolist(), arrays["accuracy"].astype(float).tolist())


@dataclass(frozen=True)
class Recorded:
    """What the file holds: films by weights kept in per cent, and the accuracy of two rivals, epoch by epoch."""

    films: Mapping[int, SparseFilm]
    dense: np.ndarray
    as_drawn: Mapping[int, np.ndarray]


def recorded() -> Recorded:
    """Read the embedded films. Raises DataError where the file is missing or damaged."""
    path = data_folder() / FILE
    try:
        with path.open("rb") as stream, np.load(stream) as file:  # np.load leaves a damaged file open
            films = {kept: unpacked({name: file[f"{kept}.{name}"] for name in packed_names()}) for kept in KEPT}
            return Recorded(films, file["dense"], {kept: file[f"{kept}.as_drawn"] for kept in KEPT})
    except (BadZipFile, EOFError, OSError, KeyError, ValueError) as error:
        said = tr("{path} is missing or damaged. Take data/ from the labs' zip again.", path=path)
        raise DataError(said) from error


def packed_names() -> tuple[str, ...]:
    """Return the names of the arrays of one film."""
    return ("changes", "pixels", "active", "losses", "accuracy")
