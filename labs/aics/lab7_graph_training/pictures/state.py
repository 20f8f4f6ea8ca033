"""Pictures of what a network begins with, layer by layer, and of what dropout leaves of a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from aics.language import tr
from aics.show.figure import BLUE, INK, RED, bare, new_picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from aics.show.picture import Picture

#: Layers that are drawn, counted from 1, of a stack of ten.
SHOWN = (1, 2, 4, 7, 10)
#: A spread below the first or above the second is drawn red: nothing is learned from there.
DEAD, SATURATED = 0.02, 0.9


def depths(stacks: Mapping[str, Sequence[NDArray[np.floating]]]) -> Picture:
    """Draw how the outputs of a stack's layers are spread: a row for each stack, a histogram for some of its layers.

    stacks : title -> the output of each layer, any shape; outputs that are exactly 0 are not drawn
    """
    picture, axes = new_picture(9, 0.2 + 1.25 * len(stacks), alt=_spreads(stacks), rows=len(stacks), columns=len(SHOWN))
    for row, (title, outputs) in enumerate(stacks.items()):
        reach = 1.05 * max(float(np.quantile(np.abs(output), 0.995)) for output in outputs)
        for column, layer in enumerate(SHOWN):
            axis = axes[row * len(SHOWN) + column]
            _histogram(axis, outputs[layer - 1], reach)
            if not column:
                lines = title.replace("，", ", ").replace(", ", "\n")
                axis.set_ylabel(lines, rotation=0, ha="right", va="center", fontsize=9)
            if not row:
                axis.set_title(tr("layer {number}", number=layer), fontsize=9)
    return picture


def _histogram(axis: Axes, output: NDArray[np.floating], reach: float) -> None:
    values = np.ravel(output)
    counts, edges = np.histogram(values[values != 0], bins=41, range=(-reach, reach))
    spread = float(values.std())
    color = RED if spread < DEAD or spread > SATURATED * reach else BLUE
    axis.bar(edges[:-1], counts / max(counts.max(), 1), width=edges[1] - edges[0], align="edge", color=color)
    axis.set_xlim(-reach, reach)
    axis.set_ylim(0, 1.4)
    axis.set_yticks([])
    axis.set_xticks([-reach / 1.05, 0, reach / 1.05], [f"{-reach / 1.05:.2g}", "0", f"{reach / 1.05:.2g}"], fontsize=8)
    axis.text(0.03, 0.97, f"σ {spread:.2g}", transform=axis.transAxes, ha="left", va="top", fontsize=8, color=INK)
    axis.spines[["top", "right", "left"]].set_visible(False)


def _spreads(stacks: Mapping[str, Sequence[NDArray[np.floating]]]) -> str:
    """What `depths` draws, for those who cannot see it."""
    rows = []
    for title, outputs in stacks.items():
        spreads = ", ".join(f"{float(np.std(outputs[layer - 1])):.2g}" for layer in SHOWN)
        rows.append(tr("{title}: {spreads}", title=title, spreads=spreads))
    layers = ", ".join(map(str, SHOWN))
    said = {"layers": layers, "rows": tr("; ").join(rows)}
    return tr("Histograms of what comes out of layers {layers}. Standard deviations: {rows}.", **said)


def dropped(runs: Sequence[NDArray[np.floating]], mean: NDArray[np.floating], use: NDArray[np.floating]) -> Picture:
    """Draw a picture as it comes out of some runs in training, the mean of many, and as it comes out in use.

    runs : (H, W) arrays; mean, use : (H, W)
    """
    titles = [tr("in training, run {number}", number=number) for number in range(1, len(runs) + 1)]
    titles += [tr("mean of all runs"), tr("in use")]
    gone = ", ".join(f"{float(np.mean(run[use != 0] == 0)):.0%}" for run in runs)
    error = float(np.abs(mean - use).max())
    alt = tr(
        "A digit in {count} runs in training: {gone} of its pixels are black, each time others, the rest are brighter. "
        "The mean of all runs is the digit, to {error:.2g}; in use it is the digit itself.",
        count=len(runs),
        gone=gone,
        error=error,
    )
    picture, axes = new_picture(9, 2.1, alt=alt, columns=len(titles))
    brightest = max(float(np.max(image)) for image in (*runs, mean, use))
    for axis, title, image in zip(axes, titles, (*runs, mean, use), strict=True):
        axis.imshow(image, cmap="gray", vmin=0, vmax=brightest, interpolation="nearest")
        bare(axis, title)
    return picture
