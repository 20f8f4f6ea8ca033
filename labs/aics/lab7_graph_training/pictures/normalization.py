"""Pictures of batch normalization: what shares a mean, and the gradients of each layer while two networks train."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence
from time import perf_counter
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from aics.card.theme import INK, LINE, word_ink
from aics.language import noted, tr
from aics.show.figure import BLUE, GREEN, ORANGE, PURPLE, bare, box, new_picture
from aics.show.figure import LINE as DRAWN_LINE
from aics.show.live import LiveDisplay

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from aics.show.picture import Picture

_CHANNELS = (BLUE, ORANGE, GREEN)


def batch_norm_channels() -> Picture:
    """Draw which entries share a mean: a column of a matrix, a channel's maps over all examples."""
    alt = tr(
        "Left: a matrix of 5 examples and 3 channels; each column has one colour. Right: 3 examples with 3 feature "
        "maps of 4 x 4 pixels each; the same channel has the same colour in all examples, at every pixel. What has one "
        "colour has one mean, one variance, one gamma and one beta."
    )
    picture, (left, right) = new_picture(9, 3.4, alt=alt, columns=2, width_ratios=(1, 2.1))
    for row in range(5):
        for column, color in enumerate(_CHANNELS):
            _cell(left, column, row, 1, color)
    left.set_xlim(-1.4, 3.2)
    left.set_ylim(5.9, -0.9)
    _names(left, [(column + 0.5, -0.2) for column in range(3)], -0.3, 2.5)
    for example in range(3):
        for channel, color in enumerate(_CHANNELS):
            for place in range(16):
                x, y = 5 * channel + place % 4, 5 * example + place // 4
                _cell(right, x, y, 1, color)
    right.set_xlim(-4, 14.4)
    right.set_ylim(17, -2.4)
    _names(right, [(5 * channel + 2, -0.5) for channel in range(3)], -0.7, 7)
    for axis, title in ((left, "(N, C): M = 5"), (right, "(N, C, H, W): M = 3 · 4 · 4 = 48")):
        axis.set_aspect("equal")
        bare(axis, title)
    return picture


def _cell(axis: Axes, x: float, y: float, size: float, color: str) -> None:
    box(axis, x, y, size, size, fill=True, facecolor=color + "66", edgecolor=DRAWN_LINE, linewidth=0.6)


def _names(axis: Axes, tops: Sequence[tuple[float, float]], side: float, middle: float) -> None:
    for number, (x, y) in enumerate(tops, 1):
        axis.text(x, y, f"c{number}", ha="center", va="bottom", fontsize=9)
    axis.text(side, middle, tr("examples"), ha="right", va="center", fontsize=9, rotation=90)


class _Run(Protocol):
    """What is watched: a network that trains by itself."""

    layers: Sequence[str]

    def advance(self, steps: int) -> NDArray[np.float64]:
        """Train -> the length of each layer's gradient."""

    def accuracy(self) -> float:
        """The fraction of test digits that it reads rightly."""


#: Sizes of the chart: names at the left, bars, numbers at the right; decades of the gradients' lengths.
_NAMES, _BARS, _NUMBERS, _ROW = 60, 420, 80, 30
_LEAST, _MOST = -6, 1
_COLORS = (ORANGE, BLUE, GREEN, PURPLE)
#: What stands below the chart for each network.
_READS = noted("{name}: {accuracy:.1%} of the test digits")


class GradientFrame:
    """The length of each layer's gradient now, on a logarithmic scale, with a bar for each of several networks."""

    def __init__(
        self,
        layers: Sequence[str],
        lengths: Mapping[str, NDArray[np.float64]],
        accuracies: Mapping[str, float],
        when: str,
    ) -> None:
        """Show what was measured last; `when` says at which step."""
        self._layers, self._lengths, self._accuracies, self._when = layers, lengths, accuracies, when

    def __repr__(self) -> str:
        rows = [self._when]
        for name, lengths in self._lengths.items():
            numbers = tr(", ").join(
                f"{layer} {length:.1e}" for layer, length in zip(self._layers, lengths, strict=True)
            )
            rows.append(tr("{name}: gradients {numbers}", name=name, numbers=numbers))
        return "\n".join([*rows, *self._read()])

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        words = html.escape(tr("; ").join(self._read()))
        page = f"<p>{html.escape(self._when)}</p>{self._chart()}<p>{words}</p>"
        return {"text/html": page, "text/plain": repr(self)}

    def _read(self) -> list[str]:
        return [tr(_READS, name=name, accuracy=share) for name, share in self._accuracies.items()]

    def _chart(self) -> str:
        height, parts = _ROW * len(self._layers) + 44, [self._legend(), *self._decades()]
        for number, layer in enumerate(self._layers):
            top = 26 + _ROW * number
            parts.append(_text(_NAMES - 6, top + 17, html.escape(layer), anchor="end"))
            for place, lengths in enumerate(self._lengths.values()):
                parts.append(self._bar(top, place, float(lengths[number])))
        alt, width = html.escape(repr(self), quote=True), _NAMES + _BARS + _NUMBERS
        return f'<svg role="img" aria-label="{alt}" width="{width}" height="{height}">{"".join(parts)}</svg>'

    def _bar(self, top: int, place: int, length: float) -> str:
        wide, thick = _across(length), (_ROW - 6) / len(self._lengths)
        y = top + thick * place
        bar = f'<rect x="{_NAMES}" y="{y:.1f}" width="{wide:.1f}" height="{thick - 1:.1f}" fill="{_COLORS[place]}"/>'
        return bar + _text(_NAMES + wide + 5, y + thick - 3, f"{length:.1e}", size=10)

    def _decades(self) -> list[str]:
        bottom, parts = 28 + _ROW * len(self._layers), []
        for power in range(_LEAST, _MOST + 1):
            x = _NAMES + _across(10.0**power)
            pen = f'style="stroke:{LINE}" stroke-dasharray="2 3"'
            parts.append(f'<line x1="{x:.0f}" x2="{x:.0f}" y1="24" y2="{bottom - 6}" {pen}/>')
            parts.append(_text(x, bottom + 8, f"1e{power}" if power else "1", anchor="middle", size=10))
        return parts

    def _legend(self) -> str:
        parts = []
        for place, name in enumerate(self._accuracies):
            x, color = _NAMES + 170 * place, _COLORS[place]
            parts.append(f'<rect x="{x}" y="5" width="12" height="10" fill="{color}"/>')
            parts.append(_text(x + 17, 14, html.escape(name), color=word_ink(color)))
        return "".join(parts)


def _across(length: float) -> float:
    """How wide a bar is; what is shorter than the least decade, or no number, has none."""
    power = np.log10(length) if np.isfinite(length) and length > 0 else _LEAST
    return float(_BARS * (np.clip(power, _LEAST, _MOST) - _LEAST) / (_MOST - _LEAST))


def _text(x: float, y: float, text: str, *, size: int = 11, anchor: str = "start", color: str = INK) -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" font-size="{size}" text-anchor="{anchor}" style="fill:{color}">{text}</text>'


#: Seconds between two frames, at least; steps from one measurement to the next.
_PAUSE, _STRIDE = 0.4, 10


def watch_gradients(runs: Mapping[str, _Run], *, steps: int, clock: Callable[[], float] = perf_counter) -> None:
    """Train several networks side by side, and show the lengths of their gradients meanwhile.

    runs : by the name that the legend shows; each has `layers`, `advance(steps)` and `accuracy()`
    steps : of each network
    clock : gives the time in seconds
    """
    layers = next(iter(runs.values())).layers
    lengths: dict[str, NDArray[np.float64]] = {}

    def frame(step: int) -> GradientFrame:
        accuracies = {name: run.accuracy() for name, run in runs.items()}
        return GradientFrame(layers, lengths, accuracies, tr("step {step} of {steps}", step=step, steps=steps))

    shown, last = LiveDisplay(frame(0)), clock()
    for step in range(_STRIDE, steps + 1, _STRIDE):
        for name, run in runs.items():
            lengths[name] = run.advance(_STRIDE)
        if clock() - last > _PAUSE and step < steps:
            shown.update(frame(step))
            last = clock()
    shown.update(frame(steps))
