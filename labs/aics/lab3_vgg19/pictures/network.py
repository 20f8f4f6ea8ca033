"""Pictures of a whole network: its blocks, and where its weights lie in the file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from aics.data.vgg19 import BLOCKS
from aics.language import tr
from aics.show.figure import BLUE, GREEN, INK, ORANGE, PAPER, PURPLE, SKY, bare, box, new_picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from aics.show.picture import Picture


def network_blocks(
    image_size: int = 224,
    channels: Sequence[int] = (64, 128, 256, 512, 512),
    hidden: Sequence[int] = (4096, 4096),
    classes: int = 1000,
) -> Picture:
    """Draw VGG19 from left to right: a convolution is a slab whose height shows its maps' size, its width their number.

    image_size : height and width of the input; channels : of the five blocks; hidden : of fc6 and fc7
    """
    sides = [image_size // 2**k for k in range(6)]
    flat = channels[4] * sides[5] ** 2
    one, two, three, four, five = (
        tr("block {k}: {count} convolutions of {width} channels, {side} x {side}", k=k, count=n, width=c, side=s)
        for k, n, c, s in _blocks(channels, sides)
    )
    alt = tr(
        "A picture of {size} x {size} goes through five blocks: {one}; {two}; {three}; {four}; {five}. A pooling "
        "halves the sides after each. {maps} maps of {side} x {side} are flattened to {flat:,} entries; three fully "
        "connected layers return {fc6}, {fc7} and {classes} values, softmax {classes} probabilities.",
        size=image_size,
        **{"one": one, "two": two, "three": three, "four": four, "five": five},
        **{"maps": channels[4], "side": sides[5], "flat": flat},
        **{"fc6": hidden[0], "fc7": hidden[1], "classes": classes},
    )
    picture, (axis,) = new_picture(10.5, 3.7, alt=alt)
    left = _slab(axis, 0, image_size, image_size, 0.25, "#BBBBBB", "input") + 0.75
    axis.text(0.12, -0.12, f"3\n{image_size} x {image_size}", ha="center", va="top", fontsize=8, color=INK)
    for block, count, width, side in _blocks(channels, sides):
        start = left
        for i in range(count):
            thick = 0.12 + 0.3 * np.sqrt(width / max(channels))
            left = _slab(axis, left, side, image_size, thick, BLUE, f"conv{block}_{i + 1}") + 0.1
        left = _slab(axis, left, side // 2, image_size, thick / 2, ORANGE, f"pool{block}") + 0.3
        text = f"{count} x {width}\n{side} x {side}"
        axis.text((start + left - 0.4) / 2, -0.12, text, ha="center", va="top", fontsize=8, color=INK)
    left += 0.25
    for name, width, color in (
        ("flatten", flat, PURPLE),
        *zip(("fc6", "fc7", "fc8"), (*hidden, classes), (GREEN,) * 3, strict=True),
        ("softmax", classes, SKY),
    ):
        tall = 0.3 + 0.7 * np.log(width) / np.log(max(flat, 2))
        box(axis, left, 0, 0.22, tall, fill=True, facecolor=color + "AA", edgecolor=color, linewidth=1)
        axis.text(left + 0.11, tall + 0.05, name, rotation=90, ha="center", va="bottom", fontsize=8, color=INK)
        axis.text(left + 0.11, -0.12, f"{width:,}", rotation=90, ha="center", va="top", fontsize=8, color=INK)
        left += 0.45
    axis.set_xlim(-0.3, left)
    axis.set_ylim(-0.85, 2.75)
    bare(
        axis,
        tr("blue convolution + ReLU, orange pooling, purple flatten, green fully connected, light blue softmax"),
    )
    return picture


def _blocks(channels: Sequence[int], sides: Sequence[int]) -> list[tuple[int, int, int, int]]:
    """Number, count of convolutions, channels and side of each of the five blocks."""
    return list(zip(range(1, 6), BLOCKS, channels, sides, strict=False))


def _slab(axis: Axes, left: float, side: int, largest: int, thick: float, color: str, name: str) -> float:
    """Draw a slab that stands on the floor, its name above; return its right end."""
    tall = 2.1 * (side / largest) ** 0.6
    box(axis, left, 0, thick, tall, fill=True, facecolor=color + "AA", edgecolor=color, linewidth=1)
    axis.text(left + thick / 2, tall + 0.05, name, rotation=90, ha="center", va="bottom", fontsize=8, color=INK)
    return left + thick


def layer_cost(
    channel_in: int = 64, channel_out: int = 128, kernel_size: int = 3, height: int = 112, width: int = 112
) -> Picture:
    """Draw what one entry of a convolution's output costs, and how many entries there are."""
    one, many = channel_in * kernel_size**2, channel_out * height * width
    sizes = {"inputs": channel_in, "outputs": channel_out, "kernel": kernel_size, "height": height, "width": width}
    alt = tr(
        "One entry of the output depends on {inputs} x {kernel} x {kernel} = {one:,} entries of the input. There are "
        "{outputs} x {height} x {width} = {many:,} of them: {all:,} multiply-adds.",
        **sizes,
        **{"one": one, "many": many, "all": one * many},
    )
    picture, (axis,) = new_picture(8.5, 2.9, alt=alt)
    parts = (
        (0, tr("input: {inputs} maps", **sizes), BLUE, True),
        (6.2, tr("output: {outputs} maps of {height} x {width}", **sizes), GREEN, False),
    )
    for left, title, color, is_input in parts:
        for sheet in range(4):
            style = {"fill": True, "facecolor": PAPER, "edgecolor": color, "linewidth": 1.2}
            box(axis, left + 0.3 * sheet, 0.2 * (3 - sheet) - 0.75, 3, 1.9, **style)
            size = 0.75 if is_input else 0.22
            if is_input or sheet == 3:
                place = (left + 0.3 * sheet + 1.1, 0.2 * (3 - sheet) - 0.75 + 0.6)
                box(axis, *place, size, size, fill=True, facecolor=ORANGE + "AA", edgecolor=ORANGE, linewidth=1.5)
        axis.text(left + 1.95, 1.9, title, ha="center", va="top", fontsize=10)
    axis.annotate("", (8.1, 0.0), (2.95, 0.2), arrowprops={"arrowstyle": "->", "color": INK})
    axis.text(5.05, -0.2, tr("{inputs} x {kernel} x {kernel}\nmultiply-adds", **sizes), ha="center", fontsize=9)
    axis.set_xlim(-0.3, 10.6)
    axis.set_ylim(2.3, -0.95)
    title = tr(
        "{one:,} multiply-adds per entry, {many:,} entries: {billions:.2f} G",
        **{"one": one, "many": many, "billions": one * many / 1e9},
    )
    bare(axis, title)
    return picture


def shifted_entries() -> Picture:
    """Draw the last layers above the file's last entries: flatten has none, so what follows is shifted by one."""
    layers = ("relu5_4", "pool5", "flatten", "fc6", "relu6", "fc7", "relu7", "fc8", "softmax")
    alt = tr(
        "Layers 35 to 43, relu5_4 to softmax, above the file's entries 35 to 42. relu5_4 and pool5 stand above their "
        "own index; flatten has no entry; fc6, layer 38, is entry 37, and so on, shifted by one."
    )
    picture, (axis,) = new_picture(10.5, 2.1, alt=alt)
    for place, name in enumerate(layers):
        color = {"f": GREEN if name[1] == "c" else PURPLE, "r": BLUE, "p": ORANGE, "s": SKY}[name[0]]
        box(axis, place, 0, 0.9, 0.8, fill=True, facecolor=color + "66", edgecolor=color, linewidth=1.2)
        axis.text(place + 0.45, 0.4, f"{name}\n{35 + place}", ha="center", va="center", fontsize=9, color=INK)
        if name == "flatten":
            continue
        entry = place - (place > 2)
        box(axis, entry, 1.7, 0.9, 0.8, fill=True, facecolor=color + "66", edgecolor=color, linewidth=1.2)
        axis.text(
            entry + 0.45, 2.1, tr("entry\n{index}", index=35 + entry), ha="center", va="center", fontsize=9, color=INK
        )
        axis.annotate("", (entry + 0.45, 1.66), (place + 0.45, 0.84), arrowprops={"arrowstyle": "->", "color": INK})
    axis.text(-0.15, 0.4, tr("44 layers"), ha="right", va="center", fontsize=10)
    axis.text(-0.15, 2.1, tr("43 entries"), ha="right", va="center", fontsize=10)
    axis.set_xlim(-1.3, len(layers))
    axis.set_ylim(2.6, -0.1)
    bare(axis)
    return picture
