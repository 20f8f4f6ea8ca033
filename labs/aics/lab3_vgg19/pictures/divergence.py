"""Find the first layer whose output is wrong, and draw the error of each layer.

``data/mini_features.npz`` holds what the right network computes of the photo of the cat with `mini`: for
the input and each of the 44 layers the output's shape, and up to 256 of its entries, at equal distances.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from aics.check.folder import LabError, data_folder
from aics.language import noted, tr, words
from aics.show.figure import BLUE, INK, PAPER, RED, new_picture

if TYPE_CHECKING:
    from aics.show.picture import Picture

#: Numbers kept of each output.
KEPT = 256
#: An output whose error is more than this fraction of its largest value is wrong. A correct network in float32 is
#: off by 1e-5; another correct way to round the resized photo by 1e-2.
WRONG = 0.05
LEFT_OUT = noted(
    "What the right network computes is not in this zip, as in an exam, so there is nothing to compare with."
)
_ADVICE = {
    "input": "look at load_image.",
    "conv": "its input is right, so look at its weights (load_model) and its sizes (build_model).",
    "fc": "its input is right, so look at its weights (load_model: the index, the order) and sizes (build_model).",
    "relu": "is this layer there, and is it called?",
    "pool": "look at its sizes in build_model.",
    "flatten": "look at the shapes in build_model, and at the layer's order.",
    "softmax": "is this layer there, and is its output what forward returns?",
}
#: In what way the first wrong output differs.
_DIFFERS = {
    "missing": "{name} is the first that differs (it is missing): {advice}",
    "shape": "{name} is the first that differs (its shape is {got}, not {shape}): {advice}",
    "not finite": "{name} is the first that differs (it is not finite): {advice}",
    "values": "{name} is the first that differs (by {error:.0%} of its largest value): {advice}",
}
_advice, _differs = words(_ADVICE), words(_DIFFERS)


def samples(features: np.ndarray) -> np.ndarray:
    """Return up to 256 entries of an array, equally spaced in its flat order."""
    size = np.size(features)
    return np.ravel(features).take(np.linspace(0, size - 1, min(size, KEPT)).astype(int))


def divergence(features: Mapping[str, np.ndarray]) -> Picture:
    """Compare a network's outputs for the cat's photo with the right ones; draw each layer's error.

    features : "input" and each layer's name -> output, as the network computed them from `mini`

    Raises LabError where the right outputs are left out, as in an exam.
    """
    path = data_folder() / "mini_features.npz"
    if not path.exists():
        raise LabError(LEFT_OUT)
    with np.load(path) as right:
        names = [name for name in right.files if not name.endswith(" shape")]
        errors = {
            name: _error(features.get(name), right[name], tuple(right[f"{name} shape"].tolist())) for name in names
        }
    first = next((name for name, error in errors.items() if error.size > WRONG), None)
    sentence = _said(first, errors[first]) if first else tr("All {count} outputs are right.", count=len(names))
    alt = tr("{sentence} Bars: the error of each layer, relative to its largest value.", sentence=sentence)
    picture, (axis,) = new_picture(10.5, 2.9, alt=alt)
    shown = [min(max(error.size, 1e-8), 10.0) for error in errors.values()]
    axis.bar(names, shown, color=[BLUE if error.size <= WRONG else RED for error in errors.values()], bottom=1e-8)
    axis.set_yscale("log")
    axis.set_ylim(1e-8, 20)
    paper = {"facecolor": PAPER, "edgecolor": "none", "pad": 1}
    axis.axhline(WRONG, color=INK, linewidth=0.8, linestyle="--")
    axis.text(len(names) - 0.5, WRONG * 1.3, tr("wrong from here on"), fontsize=8, ha="right", bbox=paper)
    axis.set_xticks(range(len(names)), names, rotation=90, fontsize=8)
    axis.set_ylabel(tr("error / largest value"))
    axis.margins(x=0.01)
    axis.spines[["top", "right"]].set_visible(False)
    axis.set_title(sentence, fontsize=10, color=RED if first else INK)
    return picture


class _Error(NamedTuple):
    """How far an output is off.

    Attributes
    ----------
    size : float
        The largest difference, relative to the largest right value.
    way : str
        In what way it differs, a key of `_DIFFERS`.
    shapes : dict of str to list of int
        Which shape it has and which it must have, where these differ.
    """

    size: float
    way: str = "values"
    shapes: Mapping[str, list[int]] = MappingProxyType({})


def _error(got: np.ndarray | None, right: np.ndarray, shape: tuple[int, ...]) -> _Error:
    """Compare an output with the samples of the right one, and with its shape."""
    if got is None:
        return _Error(np.inf, "missing")
    if np.shape(got) != shape:
        return _Error(np.inf, "shape", {"got": list(np.shape(got)), "shape": list(shape)})
    difference = float(np.max(np.abs(samples(got).astype(np.float64) - right)))
    error = difference / (float(np.max(np.abs(right))) or 1.0)
    return _Error(error) if np.isfinite(error) else _Error(np.inf, "not finite")


def _said(name: str, error: _Error) -> str:
    """The sentence on the first wrong output: its layer, in what way it differs, and where to look."""
    advice = _advice(next(kind for kind in _ADVICE if name.startswith(kind)))
    return _differs(error.way, name=name, error=error.size, advice=advice, **error.shapes)
