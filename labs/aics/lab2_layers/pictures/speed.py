"""Pictures of time saved: the raw functions beside the fast ones, and Winograd's tiles and multiplications."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from aics.language import tr
from aics.show.figure import BLUE, FAINT, ORANGE, PALETTE, bare, box, new_picture

if TYPE_CHECKING:
    from aics.show.picture import Picture


def speed_bars(seconds: Mapping[str, tuple[float, float]]) -> Picture:
    """Draw the times of the raw and the fast functions to scale, with their ratios: a bar 64 times as long is 64 times.

    seconds : "forward" -> (raw seconds, speedup seconds)
    """
    ratios = {name: raw / fast for name, (raw, fast) in seconds.items()}
    times = [
        tr(
            "{name} {raw:.3g} s against {fast:.3g} s, {ratio:.0f} times faster",
            name=name,
            raw=raw,
            fast=fast,
            ratio=ratios[name],
        )
        for name, (raw, fast) in seconds.items()
    ]
    alt = tr("Time of raw and speedup: {times}", times=tr("; ").join(times))
    picture, (axis,) = new_picture(8, 0.7 + 0.8 * len(seconds), alt=alt)
    for row, (name, (raw, fast)) in enumerate(seconds.items()):
        for offset, value, color, label in ((-0.2, raw, ORANGE, "raw"), (0.2, fast, BLUE, "speedup")):
            axis.barh(row + offset, value, height=0.36, color=color)
            said = f"{label} {value:.3g} s" if label == "raw" else _faster(value, ratios[name])
            axis.text(value, row + offset, f" {said}", va="center", fontsize=9)
    slowest = max(raw for raw, _ in seconds.values())
    axis.set_xlim(0, slowest * 1.25)
    axis.set_yticks(range(len(seconds)), list(seconds))
    axis.invert_yaxis()
    axis.set_xlabel(tr("seconds"))
    axis.spines[["top", "right"]].set_visible(False)
    return picture


def _faster(seconds: float, ratio: float) -> str:
    return tr("speedup {time:.3g} s: {ratio:.0f} times faster", time=seconds, ratio=ratio)


def winograd_tiles(height: int = 8, width: int = 12) -> Picture:
    """Draw how 6 x 6 input tiles overlap while their 4 x 4 outputs stand side by side."""
    alt = tr(
        "Left: a padded input of {padded_height} x {padded_width} cells with 6 x 6 tiles that overlap by 2. "
        "Right: the {height} x {width} output, cut into 4 x 4 tiles without overlap.",
        padded_height=height + 2,
        padded_width=width + 2,
        height=height,
        width=width,
    )
    picture, axes = new_picture(9, 3.3, alt=alt, columns=2, width_ratios=(width + 2, width))
    titles = (tr("padded input: 6 x 6 tiles, every 4 cells"), tr("output: 4 x 4 tiles side by side"))
    for axis, title, border, side in zip(axes, titles, (2, 0), (6, 4), strict=True):
        for r in range(height + border):
            for c in range(width + border):
                box(axis, c, r, 1, 1, edgecolor=FAINT, linewidth=0.6)
        for k, (top, left) in enumerate((t, x) for t in range(0, height, 4) for x in range(0, width, 4)):
            inset = 0.12 + 0.05 * (k % 3)
            color = PALETTE[k % len(PALETTE)]
            style = {"fill": True, "facecolor": color + "22", "edgecolor": color, "linewidth": 2.2}
            box(axis, left + inset, top + inset, side - 2 * inset, side - 2 * inset, **style)
        axis.set_xlim(-0.3, width + border + 0.3)
        axis.set_ylim(height + border + 0.3, -0.3)
        axis.set_aspect("equal")
        bare(axis, title)
    return picture


def winograd_count(height: int, width: int, channel_in: int, channel_out: int) -> Picture:
    """Draw the multiplications of a 3 x 3 convolution by definition and by F(4x4, 3x3)."""
    pairs = channel_in * channel_out
    direct = height * width * 9 * pairs
    winograd = -(-height // 4) * -(-width // 4) * 36 * pairs
    alt = tr(
        "Multiplications for {channel_in} to {channel_out} channels of {height} x {width}: {direct:,} by "
        "definition, {winograd:,} by Winograd, {ratio:.2f} times fewer.",
        channel_in=channel_in,
        channel_out=channel_out,
        height=height,
        width=width,
        direct=direct,
        winograd=winograd,
        ratio=direct / winograd,
    )
    picture, (axis,) = new_picture(8, 1.5, alt=alt)
    bars = axis.barh([tr("by definition"), "Winograd"], [direct, winograd], color=[ORANGE, BLUE], height=0.6)
    labels = [tr("{millions:,.1f} M", millions=count / 1e6) for count in (direct, winograd)]
    axis.bar_label(bars, labels=labels, padding=4, fontsize=9)
    axis.invert_yaxis()
    axis.margins(x=0.15)
    axis.set_xticks([])
    axis.spines[["top", "right", "bottom"]].set_visible(False)
    axis.set_title(tr("multiplications: {ratio:.2f} times fewer", ratio=direct / winograd), fontsize=10)
    return picture
