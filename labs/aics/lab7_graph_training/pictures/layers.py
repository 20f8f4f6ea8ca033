"""Layers and networks: what a scope holds, two losses, weights and filters as pictures, digits that are read wrong."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from aics.card.theme import INK as PAGE_INK
from aics.card.theme import LINE as PAGE_LINE
from aics.card.theme import PAGE
from aics.language import noted, tr
from aics.language.columns import columns as wide
from aics.language.columns import padded
from aics.show.figure import BLUE, GREEN, INK, MUTED, ORANGE, SKY, bare, box, gray_image, new_picture
from aics.show.live import LiveDisplay

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from aics.show.picture import Picture


def layer_scope() -> Picture:
    """Draw a layer's three nodes and two variables, and the scope that gives them their names."""
    alt = tr(
        "A dashed frame called hidden/. In it two variables, hidden/weight (784, 300) and hidden/bias (300,), and "
        "three operators in a row: MatMul, BiasAdd, Relu. x (N, 784) comes in from the left, y (N, 300) goes out to "
        "the right."
    )
    picture, (axis,) = new_picture(9.5, 2.7, alt=alt)
    box(axis, 1.7, 0, 7.6, 3.1, linestyle="--", edgecolor=MUTED, linewidth=1.2)
    axis.text(1.8, 0.28, tr("the scope: hidden/"), fontsize=10, color=MUTED, va="center")
    for left, name in ((2.2, "MatMul"), (4.7, "BiasAdd"), (7.2, "Relu")):
        _block(axis, left, 2, name, SKY)
    for left, name in ((2.2, "hidden/weight\n(784, 300)"), (4.7, "hidden/bias\n(300,)")):
        _block(axis, left, 0.55, name, ORANGE)
        _arrow(axis, (left + 0.8, 1.35), (left + 0.8, 1.98))
    for start, end in ((1.1, 2.18), (3.82, 4.68), (6.32, 7.18), (8.82, 9.9)):
        _arrow(axis, (start, 2.4), (end, 2.4))
    axis.text(1, 2.4, "x\n(N, 784)", ha="right", va="center", fontsize=10)
    axis.text(10, 2.4, "y\n(N, 300)", ha="left", va="center", fontsize=10)
    axis.set_xlim(0, 11)
    axis.set_ylim(3.3, -0.2)
    bare(axis)
    return picture


def _block(axis: Axes, left: float, top: float, name: str, colour: str) -> None:
    box(axis, left, top, 1.6, 0.8, fill=True, facecolor=colour + "55", edgecolor=colour, linewidth=1.2)
    axis.text(left + 0.8, top + 0.42, name, ha="center", va="center", fontsize=9)


def _arrow(axis: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    axis.annotate("", end, start, arrowprops={"arrowstyle": "->", "color": INK, "linewidth": 1.2})


def two_losses() -> Picture:
    """Draw cross-entropy and squared error, and their slopes, against the logit of the right class."""
    alt = tr(
        "Two curves against the right class's logit, from -8 to 8, the nine others at 0. Left, the loss: cross-entropy "
        "rises steadily to the left, squared error levels off at 1. Right, the slope: far to the left, where the "
        "answer is quite wrong, cross-entropy's is -1, squared error's is almost 0."
    )
    z = np.linspace(-8, 8, 200)
    p = 1 / (1 + 9 * np.exp(-z))  # softmax of (z, 0, ..., 0)
    curves = {
        tr("cross-entropy, -log p"): (-np.log(p), p - 1),
        tr("squared error, (1 - p)^2"): ((1 - p) ** 2, -2 * p * (1 - p) ** 2),
    }
    picture, axes = new_picture(9.5, 2.8, alt=alt, columns=2)
    for (name, rows), colour, style in zip(curves.items(), (BLUE, ORANGE), ("-", "--"), strict=True):
        for axis, row in zip(axes, rows, strict=True):
            axis.plot(z, row, style, color=colour, label=name, linewidth=2)
    for axis, title in zip(axes, (tr("the loss"), tr("its slope: how hard the weights are pushed")), strict=True):
        axis.set_title(title, fontsize=10)
        axis.set_xlabel(tr("logit of the right class (the nine others are 0)"), fontsize=9)
        axis.spines[["top", "right"]].set_visible(False)
    axes[0].legend(frameon=False, fontsize=9)
    return picture


def weights_as_pictures(weight: np.ndarray) -> Picture:
    """Show each column of a softmax regression's weight as the picture that it lies over.

    weight : (784, 10)
    """
    alt = tr(
        "Ten pictures of 28 x 28 weights, one for each digit: green where ink speaks for it, purple where against."
    )
    picture, axes = new_picture(10.5, 1.3, alt=alt, columns=10)
    for digit, axis in enumerate(axes):
        gray_image(axis, np.asarray(weight)[:, digit].reshape(28, 28), title=f"{digit}", signed=True)
    return picture


def filters(weight: np.ndarray, columns: int = 16) -> Picture:
    """Show the filters of a convolution of one channel: green above zero, purple below.

    weight : (1, K, K, Cout)
    """
    each = np.moveaxis(np.asarray(weight)[0], -1, 0)
    rows = -(-len(each) // columns)
    alt = tr(
        "{count} filters of {size} x {size}, green where they count up and purple where down.",
        count=len(each),
        size=each.shape[1],
    )
    picture, axes = new_picture(10.5, 0.75 * rows, alt=alt, rows=rows, columns=columns)
    for axis in axes:
        bare(axis)
    for axis, values in zip(axes, each, strict=False):
        gray_image(axis, values, signed=True)
    return picture


def read_wrong(pictures: np.ndarray, labels: np.ndarray, said: np.ndarray, most: int = 12) -> Picture | str:
    """Show the first pictures of which something else was said than what they are; a sentence, if there are none.

    pictures : (N, 28, 28), labels and said : (N,) digits
    """
    wrong = np.flatnonzero(labels != said)
    if not len(wrong):
        return tr("All {count} are read right.", count=len(labels))
    shown = wrong[:most]
    titles = [tr("{label}, read as {said}", label=labels[i], said=said[i]) for i in shown]
    alt = tr("Digits that were read wrong: {titles}", titles=tr("; ").join(titles))
    picture, axes = new_picture(10.5, 1.15, alt=alt, columns=max(len(shown), 6))
    for axis in axes:
        bare(axis)
    for axis, place, title in zip(axes, shown, titles, strict=False):
        gray_image(axis, pictures[place])
        axis.set_title(title, fontsize=8)
    return picture


#: The network's parts: name, channels, height and width, and what is done on the way to the next.
_STAGES = (
    (noted("picture"), 1, 28),
    ("conv1, Relu", 32, 28),
    ("MaxPool", 32, 14),
    ("conv2, Relu", 64, 14),
    ("MaxPool", 64, 7),
)


def digit_network() -> Picture:
    """Draw the sizes of the maps from the picture to the ten logits."""
    alt = tr(
        "From left to right: a picture of 28 x 28; 32 maps of 28 x 28 (conv1, Relu); 32 of 14 x 14 (MaxPool); 64 of 14 "
        "x 14 (conv2, Relu); 64 of 7 x 7 (MaxPool); a row of 3136 numbers (Reshape); 10 logits (fc10)."
    )
    picture, (axis,) = new_picture(10.5, 2.6, alt=alt)
    left = 0.0
    for name, maps, side in _STAGES:
        size, sheets = side / 10, min(maps, 8)
        for sheet in reversed(range(sheets)):
            offset = 0.09 * sheet
            box(
                axis,
                left + offset,
                1.9 - size / 2 - offset,
                size,
                size,
                fill=True,
                facecolor=SKY,
                edgecolor=INK,
                linewidth=0.6,
            )
        axis.text(left, 3.65, f"{tr(name)}\n{maps} x {side} x {side}", fontsize=9, va="top")
        left += size + 0.09 * sheets + 0.75
    for name, high, text, colour in (("Reshape", 3.4, "3136", GREEN), ("fc10", 1.2, "10", ORANGE)):
        box(axis, left, 1.9 - high / 2, 0.25, high, fill=True, facecolor=colour + "88", edgecolor=INK, linewidth=0.6)
        axis.text(left - 0.2, 3.65, f"{name}\n{text}", fontsize=9, va="top")
        left += 1.6
    axis.set_xlim(-0.2, left)
    axis.set_ylim(4.5, -0.5)
    axis.set_aspect("equal")
    bare(axis)
    return picture


class LossCurve:
    """The losses of a training so far, as a curve on a logarithmic scale, in a few lines of SVG."""

    WIDTH, HEIGHT, LEFT, BELOW = 480, 150, 48, 22

    def __init__(self, losses: Sequence[float], steps: int) -> None:
        self._losses, self._steps = list(losses), steps

    def __repr__(self) -> str:
        said = {"step": len(self._losses), "steps": self._steps}
        if not self._losses:
            return tr("step {step} of {steps}", **said)
        return tr("step {step} of {steps}: loss {loss:.3f}", loss=self._losses[-1], **said)

    def _repr_html_(self) -> str:
        ends, points = self._points()
        style = f"font:11px sans-serif;fill:{PAGE_INK}"
        frame = (
            f'<rect x="{self.LEFT}" y="2" width="{self.WIDTH - self.LEFT - 2}" height="{self.HEIGHT - self.BELOW}" '
            f'style="fill:{PAGE};stroke:{PAGE_LINE}"/>'
        )
        marks = "".join(
            f'<text x="{self.LEFT - 4}" y="{y + 4:.0f}" text-anchor="end" style="{style}">{value:.2g}</text>'
            for value, y in ends
        )
        line = f'<polyline points="{points}" style="fill:none;stroke:{BLUE};stroke-width:1.5"/>'
        words = html.escape(repr(self))
        text = f'<text x="{self.LEFT}" y="{self.HEIGHT - 4}" style="{style}">{words}</text>'
        size = f'width="{self.WIDTH}" height="{self.HEIGHT}"'
        return f'<svg role="img" aria-label="{words}" {size}>{frame}{marks}{line}{text}</svg>'

    def _points(self) -> tuple[list[tuple[float, float]], str]:
        """The least and the largest loss with their heights, and the curve's points."""
        values = np.array([loss for loss in self._losses if np.isfinite(loss) and loss > 0] or [1.0])
        low, high = np.log(values.min()), np.log(values.max())
        span = max(float(high - low), 1e-9)
        y = 10 + (self.HEIGHT - self.BELOW - 16) * (high - np.log(values)) / span
        x = self.LEFT + (self.WIDTH - self.LEFT - 4) * np.arange(len(values)) / max(self._steps - 1, 1)
        ends = {float(values.max()): float(y.min()), float(values.min()): float(y.max())}
        return list(ends.items()), " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(x, y, strict=True))


def loss_curve(steps: int, every: int = 5) -> Callable[[float], None]:
    """Show an empty curve; ``note(loss)`` adds the loss of one step to it, and now and then draws it anew."""
    losses: list[float] = []
    shown = LiveDisplay(LossCurve(losses, steps))

    def note(loss: float) -> None:
        losses.append(float(loss))
        if len(losses) % every == 0 or len(losses) == steps:
            shown.update(LossCurve(losses, steps))

    return note


class Dialects:
    """Ways of writing one network, side by side: the code of each, and what it comes to."""

    HEADS = (noted("dialect"), noted("variables"), noted("numbers"), noted("logits differ by"))

    def __init__(self, rows: Mapping[str, tuple[int, int, float]]) -> None:
        self._lines = [
            (tr(name), f"{variables}", f"{numbers:,}", f"{apart:.1e}" if apart else "0")
            for name, (variables, numbers, apart) in rows.items()
        ]

    def __repr__(self) -> str:
        lines = [tuple(map(tr, self.HEADS)), *self._lines]
        widths = [max(wide(line[column]) for line in lines) for column in range(len(self.HEADS))]
        return "\n".join("  ".join(padded(cell, w) for cell, w in zip(line, widths, strict=True)) for line in lines)

    def _repr_html_(self) -> str:
        def row(cells: Sequence[str], tag: str) -> str:
            scope = ' scope="col"' if tag == "th" else ""
            return "<tr>" + "".join(f"<{tag}{scope}>{html.escape(cell)}</{tag}>" for cell in cells) + "</tr>"

        body = "".join(row(line, "td") for line in self._lines)
        return f"<table>{row(tuple(map(tr, self.HEADS)), 'th')}{body}</table>"


def dialects(rows: Mapping[str, tuple[int, int, float]]) -> Dialects:
    """Return a table of dialects.

    rows : dialect -> number of variables, numbers in them, largest difference of its logits to the first dialect's
    """
    return Dialects(rows)
