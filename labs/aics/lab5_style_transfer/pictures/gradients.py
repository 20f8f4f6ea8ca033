"""Pictures of gradients: whether they are right, which pixels they reach, and how a step follows them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import ArrayLike

from aics.data.vgg19 import FEATURES
from aics.language import listed, tr
from aics.show.figure import (
    BLUE,
    GREEN,
    INK,
    ORANGE,
    PALETTE,
    PAPER,
    PURPLE,
    RED,
    SKY,
    bare,
    box,
    new_picture,
    number_grid,
)

if TYPE_CHECKING:
    from aics.show.picture import Picture


class LossLayer(Protocol):
    """A loss of two arrays of one shape."""

    def forward(self, x: np.ndarray, y: np.ndarray, /) -> float:
        """Return the loss."""

    def backward(self, x: np.ndarray, y: np.ndarray, /) -> np.ndarray:
        """Return the gradient with respect to x."""


def gradient_check(layer: LossLayer, x: np.ndarray, y: np.ndarray, count: int = 40, seed: int = 0) -> Picture:
    """Draw the gradient by `layer.backward` against the one by finite differences of `layer.forward`.

    x, y : float64 arrays of one shape; count : how many numbers of x are tried, at random places

    Raises ValueError where backward returns another shape than that of x.
    """
    layer.forward(x, y)
    backward = np.asarray(layer.backward(x, y), np.float64)
    if backward.shape != x.shape:
        shapes = {"got": backward.shape, "wanted": x.shape}
        raise ValueError(tr("backward returned the shape {got}, and x has {wanted}", **shapes))
    places = np.random.default_rng(seed).choice(x.size, min(count, x.size), replace=False)
    numeric = np.array([_slope(layer.forward, x, y, place) for place in places])
    got = backward.ravel()[places]
    reach = float(np.abs(np.concatenate([numeric, got])).max()) or 1.0
    apart = float(np.abs(numeric - got).max()) / reach
    agree = apart < 1e-3
    differ = tr("They differ by up to {apart:.0%} of the largest.", apart=apart)
    finding = tr("All points lie on the line.") if agree else differ
    alt = tr(
        "{count} entries: gradient by backward against numerical gradient. {finding}",
        count=len(places),
        finding=finding,
    )
    picture, (axis,) = new_picture(5.2, 3.4, alt=alt)
    axis.plot([-reach, reach], [-reach, reach], color=INK, linewidth=1)
    axis.plot(numeric, got, "o", color=GREEN if agree else RED, markersize=5, alpha=0.8)
    axis.set_xlabel(tr("by moving one entry up and down"))
    axis.set_ylabel(tr("by your backward"))
    axis.locator_params(nbins=5)
    axis.spines[["top", "right"]].set_visible(False)
    axis.set_title(finding, fontsize=10)
    return picture


def _slope(loss: Callable[[np.ndarray, np.ndarray], float], x: np.ndarray, y: np.ndarray, place: int) -> float:
    """The central difference of loss(x, y) in one number of x."""
    tiny = 1e-5 * max(1.0, float(np.abs(x).max()))
    values = []
    for sign in (1, -1):
        moved = x.copy()
        moved.flat[place] += sign * tiny
        values.append(float(loss(moved, y)))
    return (values[0] - values[1]) / (2 * tiny)


def turned(kernel: ArrayLike = ((1, 2, 3), (4, 5, 6), (7, 8, 9))) -> Picture:
    """Draw how one pixel counts in nine outputs of a convolution: by the kernel turned by 180 degrees.

    kernel : 3 x 3 numbers
    """
    weight = np.asarray(kernel)
    back = weight[::-1, ::-1]
    alt = tr(
        "A kernel {kernel}. One pixel of the input touches nine outputs, the one at its upper left with the "
        "kernel's last entry: seen from the pixel the kernel is {turned}, turned by 180 degrees.",
        kernel=weight.tolist(),
        turned=back.tolist(),
    )
    picture, axes = new_picture(8.5, 2.4, alt=alt, columns=3)
    number_grid(axes[0], weight, title=tr("the kernel"), size=12)
    pixel = np.full((5, 5), np.nan)
    pixel[2, 2] = 1
    fills = [[SKY if (r, c) == (2, 2) else PAPER for c in range(5)] for r in range(5)]
    number_grid(axes[1], pixel, title=tr("one pixel of the input ..."), fills=fills, size=12)
    touched = np.full((5, 5), np.nan)
    touched[1:4, 1:4] = back
    fills = [[ORANGE + "66" if 1 <= r <= 3 and 1 <= c <= 3 else PAPER for c in range(5)] for r in range(5)]
    number_grid(axes[2], touched, title=tr("... and its part in the outputs"), fills=fills, size=12)
    return picture


def one_step() -> Picture:
    """Draw one step of a transfer, as boxes and arrows."""
    alt = tr(
        "The picture goes up through the network to several layers. Content and style losses compare its features with "
        "those of the photo and of the painting. Their gradients go down through the network to the picture, weighed "
        "by alpha and beta, and Adam takes a step."
    )
    picture, (axis,) = new_picture(10, 3.4, alt=alt)
    boxes = (
        (0, 1.6, 1.6, tr("the picture"), SKY),
        (3, 1.6, 1.9, tr("VGG19, frozen"), "#BBBBBB"),
        (6.3, 0, 2, tr("content loss"), BLUE),
        (6.3, 3.2, 2, tr("style loss"), ORANGE),
        (9.5, 0, 2.2, tr("features of\nthe photo"), BLUE),
        (9.5, 3.2, 2.2, tr("Gram matrices of\nthe painting"), ORANGE),
        (1.4, 3.9, 1.4, "Adam", GREEN),
    )
    for left, top, width, text, color in boxes:
        box(axis, left, top, width, 0.9, fill=True, facecolor=color + "55", edgecolor=color, linewidth=1.5)
        axis.text(left + width / 2, top + 0.45, text, ha="center", va="center", fontsize=10, color=INK)
    arrows = (
        ((1.6, 2.05), (3, 2.05), INK),
        ((4.9, 1.7), (6.3, 0.3), INK),
        ((4.9, 2.25), (6.3, 3.4), INK),
        ((9.5, 0.45), (8.3, 0.45), INK),
        ((9.5, 3.65), (8.3, 3.65), INK),
        ((6.3, 0.75), (4.9, 2.0), PURPLE),
        ((6.3, 3.8), (4.7, 2.5), PURPLE),
        ((3.4, 2.5), (2.5, 3.9), PURPLE),
        ((1.6, 3.9), (0.8, 2.5), GREEN),
    )
    for start, end, color in arrows:
        axis.annotate("", end, start, arrowprops={"arrowstyle": "->", "color": color, "linewidth": 1.8})
    weighed = tr("backward: each gradient times alpha or beta,\nover the number of layers of its kind").split("\n")
    forward, one, five, gradient, step = tr("forward\none layer\nfive layers\ngradient\nstep").split("\n")
    for x, y, text, color in (
        (2.3, 1.9, forward, INK),
        (5.1, 0.8, one, INK),
        (6.3, 2.75, five, INK),
        *((7.9, 1.75 + 0.35 * row, line, PURPLE) for row, line in enumerate(weighed)),
        (3.6, 3.4, gradient, PURPLE),
        (0.8, 3.4, step, GREEN),
    ):
        axis.text(x, y, text, ha="center", fontsize=9, color=color)
    axis.set_xlim(-0.2, 11.9)
    axis.set_ylim(5, -0.2)
    bare(axis)
    return picture


def receptive_fields(photo: np.ndarray, gradients: Mapping[str, np.ndarray]) -> Picture:
    """Draw a photo and, for one entry of each of some layers, the pixels that it depends on.

    photo : (H, W, 3) uint8; gradients : name -> (3, H, W)
    """
    sizes = {}
    for name, gradient in gradients.items():
        rows, columns = np.nonzero(np.abs(gradient).max(axis=0) > 0)
        sizes[name] = (np.ptp(rows) + 1, np.ptp(columns) + 1) if len(rows) else (0, 0)
    each = listed(f"{name} {h} x {w}" for name, (h, w) in sizes.items())
    alt = tr("A photo, and the pixels that one entry of a layer depends on: {layers}.", layers=each)
    picture, axes = new_picture(10.5, 1.9, alt=alt, columns=1 + len(gradients))
    axes[0].imshow(photo)
    bare(axes[0], tr("the photo"))
    for axis, (name, gradient) in zip(axes[1:], gradients.items(), strict=True):
        strength = np.abs(gradient).max(axis=0)
        axis.imshow(255 - (255 - photo) // 4)
        axis.imshow(np.where(strength > 0, np.sqrt(strength), np.nan), cmap="magma", interpolation="nearest")
        height, width = sizes[name]
        bare(axis, tr("{layer}: {height} x {width} pixels", layer=name, height=height, width=width))
    return picture


def pulls(start: np.ndarray, directions: Mapping[str, np.ndarray]) -> Picture:
    """Draw a picture, and how each of several losses would change it: grey means no change.

    start : (H, W, 3) uint8; directions : title -> (3, H, W), the negative gradient
    """
    likeness = np.corrcoef([way.ravel() for way in directions.values()])[0, -1]
    alt = tr(
        "A noisy picture, and the ways down of {losses}, as colours around grey. The correlation "
        "of the first and the last is {likeness:.2f}.",
        losses=listed(directions),
        likeness=likeness,
    )
    picture, axes = new_picture(9.5, 2.5, alt=alt, columns=1 + len(directions))
    axes[0].imshow(start)
    bare(axes[0], tr("the picture"))
    for axis, (title, way) in zip(axes[1:], directions.items(), strict=True):
        reach = 3 * float(way.std()) or 1.0
        axis.imshow((0.5 + 0.5 * way / reach).clip(0, 1).transpose(1, 2, 0), interpolation="nearest")
        bare(axis, title)
    picture.supxlabel(tr("correlation of the two: {likeness:.2f}", likeness=likeness), fontsize=9)
    return picture


def passes(names: Sequence[str]) -> Picture:
    """Draw the layers that backward visits: once from each of several layers, and once for all of them together.

    names : of layers of VGG19
    """
    depths = sorted((FEATURES.index(name) + 1, name) for name in names)
    deepest = depths[-1][0]
    visits = sum(depth for depth, _ in depths)
    alt = tr(
        "Above, a walk to the picture from each of {layers}: {visits} layers in all. Below, one walk from "
        "{last} that takes the others up where it passes them: {deepest} layers.",
        layers=listed(names),
        visits=visits,
        last=depths[-1][1],
        deepest=deepest,
    )
    picture, (axis,) = new_picture(10.5, 3.3, alt=alt)
    colors = {"c": BLUE, "r": "#BBBBBB", "p": ORANGE}
    for place, name in enumerate(FEATURES[:deepest]):
        style = {"fill": True, "facecolor": colors[name[0]] + "88", "edgecolor": PAPER, "linewidth": 0.8}
        for top in (-0.9, len(depths) + 1.1):
            box(axis, place, top, 1, 0.6, **style)
    for row, (depth, name) in enumerate(depths):
        arrow = {"arrowstyle": "->", "color": PURPLE, "linewidth": 1.8}
        axis.annotate("", (0, row + 0.3), (depth, row + 0.3), arrowprops=arrow)
        axis.text(depth + 0.2, row + 0.3, name, va="center", fontsize=9)
    low = len(depths) + 2.6
    axis.annotate("", (0, low), (deepest, low), arrowprops={"arrowstyle": "->", "color": GREEN, "linewidth": 2.5})
    for depth, _ in depths:
        axis.annotate("", (depth, low), (depth, low - 0.8), arrowprops={"arrowstyle": "->", "color": GREEN})
    for y, count, color in (((len(depths) - 1) / 2 + 0.3, visits, PURPLE), (low, deepest, GREEN)):
        text = tr("{count} layers", count=count)
        axis.text(-0.4, y, text, ha="right", va="center", fontsize=10, color=color)
    axis.set_xlim(-3.6, deepest + 3)
    axis.set_ylim(low + 0.6, -1.2)
    bare(axis, tr("blue convolution, grey ReLU, orange pooling; the picture is at the left"))
    return picture


def valley(update: Callable[[np.ndarray, np.ndarray], ArrayLike], steps: int = 60) -> Picture:
    """Draw the paths of gradient descent and of an optimizer through a valley 100 times as steep across as along.

    update : takes a place (2,) and the gradient there (2,), and returns the next place
    """
    steepness = np.array([0.02, 2.0])
    start = np.array([-9.0, 2.2])

    def plain_step(place: np.ndarray, gradient: np.ndarray) -> np.ndarray:
        return place - 0.9 * gradient

    moves: dict[str, Callable[[np.ndarray, np.ndarray], ArrayLike]]
    moves = {tr("plain steps"): plain_step, tr("your Adam"): update}
    paths: dict[str, np.ndarray] = {}
    for title, move in moves.items():
        places = [start]
        for _ in range(steps):
            places.append(np.asarray(move(places[-1].copy(), steepness * places[-1]), np.float64))
        paths[title] = np.array(places)
    left = {title: float(path[-1] @ (steepness * path[-1]) / 2) for title, path in paths.items()}
    alt = tr(
        "Two ways through a long valley in {steps} steps, from a loss of {high:.2g}: {ends}.",
        steps=steps,
        high=start @ (steepness * start) / 2,
        ends=listed(tr("{way} to {loss:.2g}", way=title, loss=loss) for title, loss in left.items()),
    )
    picture, (axis,) = new_picture(9, 3, alt=alt)
    x, y = np.meshgrid(np.linspace(-10, 3, 80), np.linspace(-3, 3, 45))
    height = np.sqrt(steepness[0] * x**2 + steepness[1] * y**2)
    for level in np.linspace(0, height.max(), 15)[1:-1]:
        axis.contourf(x, y, height, levels=[level, np.inf], colors=[INK], alpha=0.05)
    for (title, path), color, mark in zip(paths.items(), (ORANGE, PALETTE[0]), ("s", "o"), strict=True):
        label = tr("{way}: loss {loss:.2g}", way=title, loss=left[title])
        axis.plot(*path.T, f"-{mark}", color=color, markersize=3, linewidth=1.3, label=label)
    axis.plot(0, 0, "*", color=INK, markersize=12)
    axis.set_xlim(-10, 3)
    axis.set_ylim(-3, 3)
    axis.legend(fontsize=9, loc="upper right")
    bare(axis, tr("{steps} steps from the left; the star is the minimum", steps=steps))
    return picture
