"""Photos with frames, numbers and histograms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from aics.language import noted, tr
from aics.show.figure import BLUE, GREEN, INK, ORANGE, PALETTE, PAPER, RED, bare, box, new_picture
from aics.show.photos import draw_photo, size_words

if TYPE_CHECKING:
    from aics.show.picture import Picture

#: Line colour and style of each channel: told apart also where colours are not.
CHANNELS = {noted("red"): (RED, "-"), noted("green"): (GREEN, "--"), noted("blue"): (BLUE, ":")}


def stretched(values: np.ndarray, low: float, high: float) -> np.ndarray:
    """Map values from low..high to 0..1, so that they can be shown; what lies outside becomes 0 or 1."""
    shares: np.ndarray = (np.asarray(values, np.float32) - low) / (high - low)
    return shares.clip(0, 1)


def before_after(before: Sequence[np.ndarray], after: Sequence[np.ndarray], names: Sequence[str]) -> Picture:
    """Draw pictures, and below each what became of it; those that changed get a frame.

    before, after : (N, H, W, 3); names : N titles
    """
    changed = [not np.array_equal(a, b) for a, b in zip(before, after, strict=True)]
    fates = [
        tr("{name} changed", name=name) if new else tr("{name} as it was", name=name)
        for name, new in zip(names, changed, strict=True)
    ]
    alt = tr("Before and after: {fates}", fates=tr(", ").join(fates))
    picture, axes = new_picture(9.5, 2.9, alt=alt, rows=2, columns=len(names))
    for n, (name, new) in enumerate(zip(names, changed, strict=True)):
        draw_photo(axes[n], before[n], name)
        below = axes[len(names) + n]
        draw_photo(below, after[n], tr("changed") if new else tr("as it was"))
        if new:
            height, width = np.shape(after[n])[:2]
            box(below, -0.5, -0.5, width, height, edgecolor=ORANGE, linewidth=5)
    return picture


def boxes(image: np.ndarray, frames: Mapping[str, tuple[int, int, int, int]]) -> Picture:
    """Draw frames on a photo.

    frames : label -> (top, left, height, width) in pixels
    """
    height, width = image.shape[:2]
    places = [
        tr("{name}: rows from {top}, columns from {left}, {height} x {width}", name=n, top=t, left=x, height=h, width=w)
        for n, (t, x, h, w) in frames.items()
    ]
    alt = tr("A photo of {size} with frames. {frames}.", size=size_words(image), frames=tr("; ").join(places))
    picture, (axis,) = new_picture(6, 6 * height / width + 0.5, alt=alt)
    draw_photo(axis, image)
    styles = ("-", "--", ":", "-.")
    largest_first = sorted(enumerate(frames.items()), key=lambda entry: -entry[1][1][2] * entry[1][1][3])
    for n, (name, (top, left, h, w)) in largest_first:
        color, style = PALETTE[(n + 1) % len(PALETTE)], styles[n % len(styles)]
        box(axis, left, top, w, h, edgecolor="white", linewidth=5)
        box(axis, left, top, w, h, edgecolor=color, linewidth=3, linestyle=style, label=name)
    handles = {handle.get_label(): handle for handle in axis.patches}
    axis.legend(
        handles=[handles[name] for name in frames],
        loc="upper center",
        bbox_to_anchor=(0.5, 0),
        ncols=len(frames),
        frameon=False,
        fontsize=10,
    )
    return picture


def pixels(image: np.ndarray, top: int, left: int, rows: int = 5, columns: int = 5) -> Picture:
    """Draw a photo and the red, green and blue values of a few of its pixels.

    image : (H, W, 3) uint8; top, left : the first pixel that is written out
    """
    patch = image[top : top + rows, left : left + columns]
    alt = tr(
        "A photo of {size} pixels; {rows} x {columns} of them, from row {top} and column {left} on, as values: "
        "{values}",
        **{"size": size_words(image), "rows": rows, "columns": columns, "top": top, "left": left},
        values=tr("; ").join(f"{tr(name)} {patch[..., c].tolist()}" for c, name in enumerate(CHANNELS)),
    )
    picture, axes = new_picture(9.5, 2.1, alt=alt, columns=5, width_ratios=(4.2, 2.6, 2.6, 2.6, 2.6))
    draw_photo(axes[0], image, tr("the photo"))
    box(axes[0], left - 10, top - 10, columns + 20, rows + 20, edgecolor=ORANGE, linewidth=3)
    draw_photo(axes[1], patch, tr("the middle of the frame"))
    axes[1].images[0].set_interpolation("nearest")
    for c, (axis, name) in enumerate(zip(axes[2:], CHANNELS, strict=True)):
        for r, x in np.ndindex(rows, columns):
            value = int(patch[r, x, c])
            shade = np.zeros(3) + value / 255 * 0.35
            shade[c] = value / 255
            box(axis, x, r, 1, 1, fill=True, facecolor=shade, edgecolor=PAPER, linewidth=0.6)
            axis.text(x + 0.5, r + 0.53, str(value), ha="center", va="center", fontsize=8)
        axis.set_xlim(0, columns)
        axis.set_ylim(rows, 0)
        axis.set_aspect("equal")
        bare(axis, tr(name))
    return picture


def histograms(pictures: Mapping[str, np.ndarray], columns: int = 2) -> Picture:
    """Draw a histogram of each picture's values, by channel; charts in one row share their scale.

    pictures : title -> (H, W, 3)
    """
    rows = -(-len(pictures) // columns)
    statistics = []
    for name, values in pictures.items():
        means, stds = np.mean(values, axis=(0, 1)), np.std(values, axis=(0, 1))
        each = [
            tr("{channel} mean {mean:.3g} std {std:.2g}", channel=tr(c), mean=m, std=s)
            for c, m, s in zip(CHANNELS, means, stds, strict=True)
        ]
        statistics.append(tr("{title}: {values}", title=name, values=tr(", ").join(each)))
    alt = tr("Histograms by channel. {statistics}", statistics=tr("; ").join(statistics))
    picture, axes = new_picture(9.5, 2.2 * rows, alt=alt, rows=rows, columns=columns, sharex="row")
    for axis, (title, values) in zip(axes, pictures.items(), strict=False):
        for c, (name, (color, style)) in enumerate(CHANNELS.items()):
            counts, edges = np.histogram(values[..., c], bins=48)
            middles = (edges[:-1] + edges[1:]) / 2
            density = counts / counts.sum() / (edges[1] - edges[0])
            axis.plot(middles, density, style, color=color, label=tr(name), linewidth=2)
        axis.axvline(0, color=INK, linewidth=0.8)
        axis.set_yticks([])
        axis.spines[["top", "right", "left"]].set_visible(False)
        axis.set_title(title, fontsize=10)
    axes[0].legend(frameon=False, fontsize=9)
    return picture
