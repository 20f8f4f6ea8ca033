"""Pictures of training in mixed precision: the precision of each step, the loss and its scale, the memory."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from aics.language import noted, tr
from aics.show.figure import BLUE, GREEN, INK, ORANGE, PALETTE, PAPER, RED, bare, box, new_picture

if TYPE_CHECKING:
    from aics.show.picture import Picture

_HALF, _FULL = ORANGE + "40", BLUE + "33"
#: Boxes of the flow: text, left, top, whether it is in half.
_BOXES = (
    (noted("master copies"), 0.1, 0.2, False),
    (noted("half weights"), 0.1, 1.6, True),
    (noted("forward"), 2.2, 1.6, True),
    (noted("softmax, loss"), 4.3, 0.9, False),
    (noted("× scale"), 6.4, 0.9, False),
    (noted("backward"), 6.4, 2.3, True),
    (noted("gradients"), 4.3, 2.3, True),
    (noted("÷ scale"), 2.2, 3.0, False),
    (noted("all finite?"), 0.1, 3.0, False),
)


def mixed_flow() -> Picture:
    """Draw one step of mixed precision: what is in half precision, what in float32, and the casts between them."""
    alt = tr(
        "A circle of boxes. Master copies in float32 are cast to half weights; forward runs in half; softmax and loss "
        "in float32; their gradient is multiplied by the scale and cast to half; backward and gradients in half; they "
        "are cast to float32 and divided by the scale; if all are finite, the step updates velocities and master "
        "copies; if not, the scale is halved and the step skipped."
    )
    picture, (axis,) = new_picture(8.6, 4.2, alt=alt)
    for text, left, top, half in _BOXES:
        box(axis, left, top, 1.7, 0.8, fill=True, facecolor=_HALF if half else _FULL, edgecolor=INK, linewidth=1)
        axis.text(left + 0.85, top + 0.4, tr(text), ha="center", va="center", fontsize=10)
    arrows = (
        ((0.95, 1.0), (0.95, 1.6)),
        ((1.8, 2.0), (2.2, 2.0)),
        ((3.9, 1.9), (4.4, 1.7)),
        ((6.0, 1.3), (6.4, 1.3)),
        ((7.25, 1.7), (7.25, 2.3)),
        ((6.4, 2.7), (6.0, 2.7)),
        ((4.3, 2.8), (3.9, 3.2)),
        ((2.2, 3.4), (1.8, 3.4)),
    )
    for start, end in arrows:
        axis.annotate("", end, start, arrowprops={"arrowstyle": "-|>", "color": INK, "linewidth": 1.3})
    arrow = {"arrowstyle": "-|>", "color": GREEN, "linewidth": 1.6, "connectionstyle": "arc3,rad=-0.5"}
    axis.annotate("", (0.08, 0.6), (0.08, 3.4), arrowprops=arrow)
    axis.text(-1.35, 2.0, tr("yes: take\nthe step"), color=GREEN, fontsize=9, ha="center", va="center")
    axis.text(0.95, 4.05, tr("no: halve the scale,\nskip the step"), color=RED, fontsize=9, ha="center", va="top")
    for left, color, text in ((4.3, _HALF, "float16"), (6.0, _FULL, "float32")):
        box(axis, left, 3.65, 0.35, 0.3, fill=True, facecolor=color, edgecolor=INK, linewidth=0.8)
        axis.text(left + 0.45, 3.8, text, va="center", fontsize=9)
    bare(axis)
    axis.set_xlim(-2.0, 8.2)
    axis.set_ylim(4.7, 0)
    return picture


def _smooth(values: np.ndarray, width: int) -> np.ndarray:
    """The moving average over `width` values, leaving out what is not finite."""
    finite = np.isfinite(values)
    window = np.ones(min(width, len(values)))
    total: np.ndarray = np.convolve(np.where(finite, values, 0), window, "valid")
    return total / np.maximum(np.convolve(finite, window, "valid"), 1)


#: What alt text says of the losses of some runs, and of each run.
_LOSS, _LOSS_AND_SCALE = (
    noted("Loss over the steps. {runs}."),
    noted("Loss above, scale below, over the steps. {runs}."),
)
_RUN, _RUN_WITH_SCALE = (
    noted("{title}: loss {first:.2f} at first, {last:.2f} at last"),
    noted(
        "{title}: loss {first:.2f} at first, {last:.2f} at last, scale 2^{powers[0]:.0f} at first, "
        "2^{powers[1]:.0f} at last, {skipped} steps skipped"
    ),
)


def loss_and_scale(runs: Mapping[str, Mapping[str, np.ndarray]], smooth: int = 10) -> Picture:
    """Draw the losses of several runs against the steps, and below them the scales of the runs that have one.

    runs : title -> {"loss": (steps,)}, and "scale": (steps,) where there is one
    smooth : steps that the moving average of the losses covers
    """
    from matplotlib.ticker import LogLocator, MaxNLocator, NullLocator

    scaled = any("scale" in rows for rows in runs.values())
    ratios = (2, 1) if scaled else (1,)
    picture, axes = new_picture(
        9, 1 + 1.2 * sum(ratios) + 1.2 * (not scaled), alt="", rows=len(ratios), sharex=True, height_ratios=ratios
    )
    above, below, words = axes[0], axes[-1], []
    for number, (title, rows) in enumerate(runs.items()):
        loss = np.asarray(rows["loss"], np.float64)
        color, line = PALETTE[number], ("-", "--", "-.", ":")[number % 4]
        steps = np.arange(len(loss)) + 1
        means = _smooth(loss, smooth)
        above.plot(steps[len(steps) - len(means) :], np.minimum(means, 20), line, color=color, label=title)
        said: dict[str, object] = {"title": title, "first": means[0], "last": means[-1]}
        if "scale" in rows:
            powers = np.log2(rows["scale"])
            below.step(steps, powers, line, where="post", color=color)
            skipped = np.flatnonzero(np.diff(powers) < 0)
            below.plot(steps[skipped], powers[skipped], "v", color=RED, markersize=5)
            said |= {"powers": powers[[0, -1]], "skipped": len(skipped)}
        words.append(tr(_RUN_WITH_SCALE if "scale" in rows else _RUN, **said))
    above.set_ylabel(tr("loss, means of {count}", count=smooth))
    above.set_yscale("log")
    above.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    above.yaxis.set_major_formatter(lambda loss, _: f"{loss:g}")
    above.yaxis.set_minor_locator(NullLocator())
    above.legend(frameon=False, fontsize=9)
    below.set_xlabel(tr("step (red: skipped)") if scaled else tr("step"))
    if scaled:
        below.set_ylabel(tr("scale"))
        below.yaxis.set_major_formatter(lambda power, _: f"$2^{{{power:g}}}$")
        below.yaxis.set_major_locator(MaxNLocator("auto", steps=[1, 2, 2.5, 5, 10], integer=True))
        below.margins(y=0.15)
    for axis in axes:
        axis.spines[["top", "right"]].set_visible(False)
    alt = _LOSS_AND_SCALE if scaled else _LOSS
    picture.alt = tr(alt, runs=tr("; ").join(words))
    return picture


#: Kinds of arrays, as this lab's cells call them: said here where a picture shows them.
_ARRAYS = (
    *(noted("weights"), noted("masters"), noted("gradients"), noted("momenta"), noted("activations")),
    *(noted("places"), noted("master copies"), noted("velocities")),
)


def memory_bars(bars: Mapping[str, Mapping[str, float]]) -> Picture:
    """Draw how many bytes a training needs: a bar for each title, with a part for each kind of array.

    bars : title -> kind -> bytes
    """
    kinds = list(next(iter(bars.values())))
    colors = dict(zip(kinds, (BLUE, GREEN, ORANGE, PALETTE[3], PALETTE[4]), strict=False))
    words = [
        tr("{title}: {values}", title=title, values=tr(", ").join(f"{tr(k)} {_megabytes(row[k])}" for k in kinds))
        for title, row in bars.items()
    ]
    alt = tr("Bytes. {bars}.", bars=tr("; ").join(words))
    picture, (axis,) = new_picture(9.5, 1.1 + 0.5 * len(bars), alt=alt)
    left = np.zeros(len(bars))
    for kind in kinds:
        widths = np.array([row[kind] for row in bars.values()], np.float64)
        axis.barh(list(bars), widths, 0.62, left=left, color=colors[kind], label=tr(kind), edgecolor=PAPER)
        left += widths
    for place, (total, row) in enumerate(zip(left, bars.values(), strict=True)):
        axis.text(total, place, f"  {_megabytes(sum(row.values()))}", va="center", fontsize=9)
    axis.invert_yaxis()
    axis.set_xticks([])
    axis.margins(x=0.12)
    axis.spines[["top", "right", "bottom"]].set_visible(False)
    picture.legend(loc="outside lower center", ncols=len(kinds), frameon=False, fontsize=9)
    return picture


def _megabytes(count: float) -> str:
    return f"{count / 1e6:.2f} MB" if count < 1e8 else f"{count / 1e6:.0f} MB"
