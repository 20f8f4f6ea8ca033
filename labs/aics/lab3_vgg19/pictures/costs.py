"""Pictures of what a network costs: multiply-adds, parameters and time of each layer."""

from __future__ import annotations

from collections.abc import Mapping
from time import perf_counter
from typing import TYPE_CHECKING, Protocol

import numpy as np

from aics.language import listed, tr
from aics.show.figure import BLUE, GREEN, INK, ORANGE, PURPLE, new_picture

if TYPE_CHECKING:
    from aics.show.picture import Picture

#: Colour of a layer by the beginning of its name.
_COLORS = {"conv": BLUE, "fc": GREEN, "pool": ORANGE, "relu": PURPLE}


def _color(name: str) -> str:
    return next((color for start, color in _COLORS.items() if name.startswith(start)), INK)


def cost_bars(counts: Mapping[str, tuple[int, int]]) -> Picture:
    """Draw the multiply-adds and the parameters of each layer that has any, and their sums.

    counts : name -> (multiply-adds, parameters)
    """
    kept = {name: tuple(map(int, pair)) for name, pair in counts.items() if any(pair)}
    sums = [sum(column) for column in zip(*kept.values(), strict=True)]
    fully = [sum(pair[k] for name, pair in kept.items() if name.startswith("fc")) for k in range(2)]
    work, learned = (_short(whole) for whole in sums)
    alt = tr(
        "Two bar charts over {count} layers. Multiply-adds: {work} in all, {work_share:.1%} of them in fully connected "
        "layers. Parameters: {learned} in all, {learned_share:.1%} of them in fully connected layers.",
        count=len(kept),
        work=work,
        work_share=fully[0] / sums[0],
        learned=learned,
        learned_share=fully[1] / sums[1],
    )
    titles = (tr("multiply-adds: {count}", count=work), tr("parameters: {count}", count=learned))
    picture, axes = new_picture(10.5, 0.8 + 0.21 * len(kept), alt=alt, columns=2, sharey=True)
    for axis, column, title in zip(axes, range(2), titles, strict=True):
        values = [pair[column] for pair in kept.values()]
        bars = axis.barh(list(kept), values, color=[_color(name) for name in kept])
        axis.bar_label(bars, [_short(value) for value in values], padding=3, fontsize=8)
        axis.set_title(title, fontsize=10)
        axis.set_xticks([])
        axis.tick_params(axis="y", labelsize=8, length=0)
        axis.margins(x=0.15, y=0.01)
        axis.spines[["top", "right", "bottom"]].set_visible(False)
    axes[0].invert_yaxis()
    return picture


def time_bars(seconds: Mapping[str, float], multiply_adds: Mapping[str, int]) -> Picture:
    """Draw each layer's time beside its multiply-adds, both as fractions of the whole.

    seconds, multiply_adds : name -> number, for the same layers
    """
    whole, work = sum(seconds.values()), sum(multiply_adds.values())
    kinds = {kind: sum(s for name, s in seconds.items() if name.startswith(kind)) / whole for kind in _COLORS}
    shares = listed(f"{kind} {share:.0%}" for kind, share in kinds.items())
    alt = tr(
        "Bars for {count} layers: fraction of the time ({time:.1f} ms) beside fraction of the multiply-adds ({work}). "
        "Time: {shares}.",
        count=len(seconds),
        time=1e3 * whole,
        work=_short(work),
        shares=shares,
    )
    picture, (axis,) = new_picture(10.5, 3.6, alt=alt)
    places = range(len(seconds))
    time_bar = axis.bar([p - 0.2 for p in places], [s / whole for s in seconds.values()], 0.4, color=ORANGE)
    work_bar = axis.bar([p + 0.2 for p in places], [multiply_adds[n] / work for n in seconds], 0.4, color=BLUE)
    axis.legend(
        (time_bar, work_bar),
        (tr("time: {time:.1f} ms", time=1e3 * whole), tr("multiply-adds: {count}", count=_short(work))),
        frameon=False,
        fontsize=9,
    )
    axis.set_xticks(places, list(seconds), rotation=90, fontsize=8)
    axis.set_yticks([])
    axis.set_ylabel(tr("fraction of the whole"))
    axis.margins(x=0.01)
    axis.spines[["top", "right"]].set_visible(False)
    axis.set_title(tr("fraction of the time: {shares}", shares=shares), fontsize=10)
    return picture


class Layer(Protocol):
    """A layer whose forward can be timed."""

    def forward(self, input: np.ndarray, /) -> np.ndarray:
        """Return the layer's output."""


def stopwatches(layers: Mapping[str, Layer]) -> tuple[dict[str, Layer], dict[str, float]]:
    """Wrap layers so that each call of forward is timed.

    Returns
    -------
    layers : dict of str to layer
        The wrapped layers, by the same names.
    seconds : dict of str to float
        The shortest time of each layer's forward so far; infinite before the first call.
    """
    seconds = dict.fromkeys(layers, float("inf"))
    return {name: _Stopwatch(name, layer, seconds) for name, layer in layers.items()}, seconds


class _Stopwatch:
    """A layer whose forward is timed; all else is the layer's own."""

    def __init__(self, name: str, layer: Layer, seconds: dict[str, float]) -> None:
        self._name, self._layer, self._seconds = name, layer, seconds

    def __getattr__(self, name: str) -> object:
        return getattr(self._layer, name)

    def forward(self, input: np.ndarray) -> np.ndarray:
        """Run the layer, and keep the time if it is the shortest so far."""
        start = perf_counter()
        output = self._layer.forward(input)
        self._seconds[self._name] = min(self._seconds[self._name], perf_counter() - start)
        return output


def _short(value: float) -> str:
    """A count in words as short as a bar's label: 19.6 G, 143.7 M, 1.7 k."""
    for size, letter in ((1e9, " G"), (1e6, " M"), (1e3, " k")):
        if value >= size:
            return f"{value / size:.{1 if value < 100 * size else 0}f}{letter}"
    return f"{value:g}"
