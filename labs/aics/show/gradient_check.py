"""The gradient check: a layer's backward against central differences, with a picture of where it errs."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from aics.language import tr
from aics.show.figure import LINE, MUTED, PALE, RED, bare, box, new_picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from aics.show.picture import Picture

#: In double and single precision: how far each entry is moved, the relative error up to which a gradient is right, and
#: the fraction of the largest gradient that smaller ones are measured by. Central differences in float64 come within
#: 1e-7.
DOUBLE, SINGLE = (1e-5, 1e-5, 1e-3), (1e-2, 1e-2, 0.1)
#: Rows and columns of an array that are drawn.
_SHOWN = 12


@dataclass(frozen=True)
class Compared:
    """The gradient of one array, by backward and by moving each of its entries a little up and down.

    `allowed` is the relative error that is right, `least` the fraction of the largest gradient below which an entry is
    measured by that.
    """

    name: str
    backward: np.ndarray
    numeric: np.ndarray
    allowed: float = DOUBLE[1]
    least: float = DOUBLE[2]

    @property
    def errors(self) -> np.ndarray:
        """|a - b| / max(|a|, |b|) of each entry."""
        larger = np.maximum(np.abs(self.backward), np.abs(self.numeric))
        least = self.least * np.abs(self.numeric).max() or 1.0
        with np.errstate(invalid="ignore"):
            return np.asarray(np.abs(self.backward - self.numeric) / np.maximum(larger, least))

    @property
    def wrong(self) -> np.ndarray:
        """Which entries are wrong; what is not a number is."""
        return ~(self.errors <= self.allowed)

    @property
    def finding(self) -> str:
        """What the comparison shows, in a sentence."""
        if not self.wrong.any():
            worst_error = float(self.errors.max())
            return tr("{name}: right, relative error {error:.0e} at most.", name=self.name, error=worst_error)
        worst = self.worst
        return tr(
            "{name}: {wrong} of {size} entries are wrong. Worst at {place}: {backward:.3g} by backward, {numeric:.3g} "
            "numerically.",
            name=self.name,
            wrong=self.wrong.sum(),
            size=self.wrong.size,
            place=list(worst),
            backward=self.backward[worst],
            numeric=self.numeric[worst],
        )

    @property
    def worst(self) -> tuple[int, ...]:
        """The index of the largest relative error."""
        errors = np.nan_to_num(self.errors, nan=np.inf)
        return tuple(int(i) for i in np.unravel_index(np.argmax(errors), errors.shape))


def gradient_check(layer: Any, shape: Sequence[int], *, label: Sequence[int] | None = None) -> Picture:
    """Draw the gradients of a layer of yours beside numerical ones: of its input, its weight and its bias.

    The loss is the sum of the outputs with random factors, or what the layer's own `get_loss` says.

    Parameters
    ----------
    layer : object
        With ``forward(x)`` and ``backward(top_diff)``; its weight and bias are drawn anew, in float64.
    shape : sequence of int
        The input's, small: its entries, all different, are moved one by one.
    label : (N,) integers, optional
        For a layer with ``get_loss(label)``, whose backward takes no argument.

    Raises ValueError where a gradient is missing or has another size than its array.
    """
    return drawn(compared(layer, shape, label=label))


def compared(layer: Any, shape: Sequence[int], *, label: Sequence[int] | None = None) -> list[Compared]:
    """Compare the gradients of a layer with central differences in float64; see `gradient_check`."""
    rng, size = np.random.default_rng(0), math.prod(shape)
    arrays = {"bottom_diff": (rng.permutation(size).reshape(shape) + 0.3) * (4 / size) - 2}
    if hasattr(layer, "load_param"):
        layer.init_param()
        parameters = {name: rng.normal(size=np.shape(getattr(layer, name))) for name in ("weight", "bias")}
        layer.load_param(*parameters.values())
        arrays |= {f"d_{name}": array for name, array in parameters.items()}
    output = np.asarray(layer.forward(arrays["bottom_diff"]))
    factors = rng.normal(size=output.shape)

    def loss() -> float:
        output = layer.forward(arrays["bottom_diff"])
        return float(np.sum(factors * output) if label is None else layer.get_loss(np.array(label)))

    loss()
    found = {"bottom_diff": layer.backward() if label is not None else layer.backward(factors)}
    found |= {name: getattr(layer, name, None) for name in arrays if name not in found}
    gradients = {name: _gradient(name, found[name], array) for name, array in arrays.items()}
    step, *limits = SINGLE if output.dtype == np.float32 else DOUBLE
    return [Compared(name, gradients[name], numerical(loss, array, step), *limits) for name, array in arrays.items()]


def numerical(loss: Callable[[], float], array: np.ndarray, step: float) -> np.ndarray:
    """The gradient of ``loss()`` by central differences: each entry of `array` is moved in place, and put back."""
    slopes = np.empty(array.shape)
    for place in np.ndindex(array.shape):
        kept, ends = array[place], []
        for sign in (1, -1):
            array[place] = kept + sign * step
            ends.append(loss())
        array[place] = kept
        slopes[place] = (ends[0] - ends[1]) / (2 * step)
    return slopes


def _gradient(name: str, value: Any, array: np.ndarray) -> np.ndarray:
    """A copy of a gradient; ValueError where it is none of this array."""
    if value is None:
        raise ValueError(tr("there is no {name}: backward returned or set none", name=name))
    gradient = np.array(value, np.float64)
    if gradient.size != array.size:
        shapes = {"got": list(gradient.shape), "expected": list(array.shape)}
        raise ValueError(tr("{name} has the shape {got}, and its array has {expected}", name=name, **shapes))
    return gradient.reshape(array.shape)


def drawn(found: list[Compared]) -> Picture:
    """Draw a row of three pictures for each gradient: by backward, numerically, and where they differ."""
    findings = " ".join(each.finding for each in found)
    alt = tr("Gradients by backward beside numerical ones. {findings}", findings=findings)
    picture, axes = new_picture(8, 0.4 + 1.9 * len(found), alt=alt, rows=len(found), columns=3)
    for each, row in zip(found, zip(*[iter(axes)] * 3, strict=True), strict=True):
        _draw(each, list(row))
    return picture


def _draw(each: Compared, axes: list[Axes]) -> None:
    """One gradient's row, around its first wrong entry."""
    flat = {title: _flat(a) for title, a in (("backward", each.backward), ("numeric", each.numeric))}
    wrong = _flat(each.wrong)
    first = np.argwhere(wrong)[0] if wrong.any() else np.zeros(2, int)
    window = tuple(slice(max(0, i - _SHOWN // 2), max(0, i - _SHOWN // 2) + _SHOWN) for i in first)
    reach = float(np.nanmax(np.abs(flat["numeric"]))) or 1.0
    for axis, (title, values) in zip(axes, flat.items(), strict=False):
        shown = values[window]
        # Below the image, for what is not a number.
        box(axis, -0.5, -0.5, shown.shape[1], shown.shape[0], fill=True, facecolor=PALE, linewidth=0, zorder=-1)
        axis.imshow(shown, cmap="PRGn", vmin=-reach, vmax=reach, interpolation="nearest", aspect="auto")
        yours = title == "backward"
        bare(axis, tr("{name} by your backward", name=each.name) if yours else tr("by moving each entry"))
    rows, columns = wrong[window].shape
    box(axes[2], 0, 0, columns, rows, edgecolor=LINE, linewidth=1)
    for row, column in np.argwhere(wrong[window]):
        box(axes[2], column, row, 1, 1, fill=True, facecolor=RED + "55", edgecolor=RED, linewidth=1.5)
    axes[2].set(xlim=(0, columns), ylim=(rows, 0))
    if not wrong.any():
        axes[2].text(columns / 2, rows / 2, tr("nothing differs"), ha="center", va="center", color=MUTED)
    if wrong.any():
        worst = {"got": each.backward[each.worst], "expected": each.numeric[each.worst]}
        counts = {"wrong": wrong.sum(), "size": wrong.size}
        bare(axes[2], tr("{wrong} of {size} wrong\nworst: {got:.3g}, not {expected:.3g}", **counts, **worst))
    else:
        bare(axes[2], tr("right: error {error:.0e} at most", error=float(each.errors.max())))


def _flat(array: np.ndarray) -> np.ndarray:
    """An array as rows: its last axis, or the last two where there are more, laid below one another."""
    return array.reshape(-1, array.shape[-1]) if array.ndim else array.reshape(1, 1)
