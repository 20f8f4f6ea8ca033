"""Pictures of optimizers: what a step waits for, the ways down a narrow valley, and losses that fall."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from aics.language import tr
from aics.show.figure import BLUE, FAINT, GREEN, INK, LINE, ORANGE, PALETTE, RED, bare, box, new_picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from aics.show.picture import Picture


def one_step(names: Sequence[str] = ("weight", "bias")) -> Picture:
    """Draw what a training step waits for: all gradients, then all assignments, then the counter."""
    alt = tr(
        "Three rows. Above, the gradients of {names}. In the middle, an assignment for each; every one of them waits "
        "for every gradient. Below, the counter of steps, which waits for all assignments: a session fetches it.",
        names=", ".join(names),
    )
    picture, (axis,) = new_picture(7.5, 3.2, alt=alt)
    middle = (len(names) - 1) / 2
    gradients = [(place, 0.0, tr("gradient of {name}", name=name)) for place, name in enumerate(names)]
    steps = [(place, 1.0, f"AssignSub {name}") for place, name in enumerate(names)]
    last = [(middle, 2.0, tr("count the step"))]
    for above, below in ((gradients, steps), (steps, last)):
        for left, top, _ in above:
            for right, bottom, _ in below:
                own = left == right or bottom == 2
                style = {"arrowstyle": "->", "color": INK if own else LINE, "linestyle": "-" if own else "--"}
                axis.annotate("", (right, bottom - 0.22), (left, top + 0.22), arrowprops=style)
    for color, row in ((BLUE, gradients), (ORANGE, steps), (GREEN, last)):
        for across, down, text in row:
            shade = {"fill": True, "facecolor": color + "2A", "edgecolor": LINE, "linewidth": 0.8}
            box(axis, across - 0.36, down - 0.22, 0.72, 0.44, **shade)
            axis.text(across, down, text, ha="center", va="center", fontsize=10)
    axis.text(middle + 0.42, 2, tr("← fetch this"), fontsize=9, va="center")
    axis.set_xlim(-0.6, len(names) - 0.2)
    axis.set_ylim(2.4, -0.4)
    bare(axis)
    return picture


def valley(paths: Mapping[str, np.ndarray], steepness: Sequence[float]) -> Picture:
    """Draw the ways that optimizers take through a valley, each in a map of its own, and how far they came.

    paths : name -> (steps + 1, 2); steepness : a and b of the valley (a x^2 + b y^2) / 2
    """
    heights = {name: np.asarray(path, np.float64) ** 2 @ np.asarray(steepness) / 2 for name, path in paths.items()}
    steps = len(next(iter(paths.values()))) - 1
    ends = [tr("{name}: {height:.2g}", name=name, height=height[-1]) for name, height in heights.items()]
    alt = tr(
        "Maps of a narrow valley with the ways of several optimizers down to its lowest point, and their heights step "
        "by step. Height after {steps} steps: {ends}.",
        steps=steps,
        ends=tr("; ").join(ends),
    )
    rows = -(-(len(paths) + 1) // 3)
    picture, axes = new_picture(10, 2.3 * rows, alt=alt, rows=rows, columns=3)
    for axis, (name, path), color in zip(axes, paths.items(), PALETTE, strict=False):
        _map(axis, np.asarray(path), steepness, color)
        axis.set_title(f"{name}: {heights[name][-1]:.2g}", fontsize=10)
        axes[len(paths)].semilogy(heights[name], color=color, label=name)
    axes[len(paths)].set_title(tr("height, step by step"), fontsize=10)
    axes[len(paths)].spines[["top", "right"]].set_visible(False)
    for axis in axes[len(paths) + 1 :]:
        bare(axis)
    return picture


def _map(axis: Axes, path: np.ndarray, steepness: Sequence[float], color: str) -> None:
    """Lines of equal height, and a way with a dot for each step."""
    across, up = np.meshgrid(np.linspace(-10, 4, 120), np.linspace(-2.2, 2.2, 80))
    height = (steepness[0] * across**2 + steepness[1] * up**2) / 2
    axis.contour(across, up, height, levels=[0.3, 2, 8, 20, 40, 70], colors=FAINT, linewidths=0.8)
    axis.plot(*path.T, color=color, linewidth=1.2, marker="o", markersize=2.5)
    axis.plot(0, 0, "+", color=INK, markersize=9)
    axis.set_xlim(-10, 4)
    axis.set_ylim(-2.2, 2.2)
    axis.set_xticks([])
    axis.set_yticks([])
    axis.spines[:].set_color(LINE)


def optimizer_losses(
    losses: Mapping[str, Sequence[float]], accuracies: Mapping[str, float], smooth: int = 20
) -> Picture:
    """Draw the losses of one training by several optimizers, each the mean over some steps.

    losses : name -> one loss a step; accuracies : name -> of the end, on the test set
    """
    picture, (axis,) = new_picture(8.5, 3.6, alt="")
    ends = []
    for (name, row), color in zip(losses.items(), PALETTE, strict=False):
        means = np.convolve(row, np.ones(smooth) / smooth, "valid")
        title = tr("{name}: {accuracy:.1%} of the test digits", name=name, accuracy=accuracies[name])
        axis.plot(np.arange(len(means)) + smooth, means, color=color, label=title)
        said = {"name": name, "loss": means[-1], "accuracy": accuracies[name]}
        ends.append(tr("{name} ends at {loss:.3f}, and reads {accuracy:.1%} of the test digits", **said))
    axis.set_xlabel(tr("step"))
    axis.set_ylabel(tr("loss, mean of {count} steps", count=smooth))
    axis.set_ylim(0, None)
    axis.spines[["top", "right"]].set_visible(False)
    axis.legend(frameon=False, fontsize=9)
    picture.alt = tr("Losses by step. {ends}.", ends=tr("; ").join(ends))
    return picture


def gradients_by_depth(rows: Mapping[str, Sequence[float]]) -> Picture:
    """Draw how large the gradients of the weights are, layer by layer, on a logarithmic axis.

    rows : what the network is made of -> a size for each layer, the first one first
    """
    ends = [
        tr("{name}: {first:.1e} in layer 1, {last:.1e} in the last", name=name, first=row[0], last=row[-1])
        for name, row in rows.items()
    ]
    picture, (axis,) = new_picture(8, 3.4, alt=tr("Size of the gradients by layer. {ends}.", ends=tr("; ").join(ends)))
    for (name, row), color in zip(rows.items(), PALETTE, strict=False):
        layers = np.arange(1, len(row) + 1)
        title = tr("{name}: {first:.1e} in layer 1", name=name, first=row[0])
        axis.semilogy(layers, row, color=color, marker="o", markersize=4, label=title)
    axis.set_xticks(layers)
    axis.set_xlabel(tr("layer, from the image upwards"))
    axis.set_ylabel(tr("root mean square of the gradient"))
    axis.margins(y=0.15)
    axis.spines[["top", "right"]].set_visible(False)
    axis.legend(frameon=False, fontsize=9, loc="lower right")
    return picture


def runs_by_beginning(runs: Mapping[str, Sequence[tuple[float, int]]]) -> Picture:
    """Draw what several trainings of each kind read, a dot each; red where some of the ten digits is never answered.

    The worst of a kind has its numbers beside it.

    runs : what is trained -> (fraction of the test digits that is read, number of digits answered) for each run
    """
    picture, (axis,) = new_picture(8, 1.2 + 0.7 * len(runs), alt="")
    words = []
    for row, (name, pairs) in enumerate(runs.items()):
        for share, answered in pairs:
            color = BLUE if answered == 10 else RED
            axis.plot(share, row, "o", color=color, markersize=7, alpha=0.7)
            words.append(tr("{name}: {share:.1%}, {count} digits", name=name, share=share, count=answered))
        share, answered = min(pairs)
        if answered < 10:
            text = tr("{share:.1%}, {count} digits", share=share, count=answered)
            axis.annotate(text, (share, row), (0, 9), textcoords="offset points", ha="center", fontsize=9)
    axis.set_yticks(range(len(runs)), runs)
    axis.set_ylim(len(runs) - 0.5, -0.7)
    axis.set_xlim(min(0.75, *(share for pairs in runs.values() for share, _ in pairs)) - 0.02, 0.95)
    axis.set_xlabel(tr("fraction of the test digits that is read; red: some digit is never answered"))
    axis.spines[["top", "right"]].set_visible(False)
    picture.alt = tr(
        "What each run reads, and how many of the ten digits it ever answers. {runs}.", runs=tr("; ").join(words)
    )
    return picture
