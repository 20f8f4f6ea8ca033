"""Pictures of a whole network: its blocks, what it is given, its first filters, its feature maps."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from aics.language import noted, tr
from aics.show.figure import bare, new_picture

if TYPE_CHECKING:
    from aics.show.picture import Picture


_CHANNELS = (
    noted("red: {least:.0f} to {most:.0f}"),
    noted("green: {least:.0f} to {most:.0f}"),
    noted("blue: {least:.0f} to {most:.0f}"),
)


def network_input(path: str | Path, input_image: np.ndarray, mean: np.ndarray) -> Picture:
    """Show a photo, the input that was made of it, and the input's three channels around zero.

    input_image : (1, 3, S, S), mean : (3,)
    """
    from PIL import Image

    with Image.open(path) as opened:
        photo = np.asarray(opened.convert("RGB"))
    size = input_image.shape[-1]
    of_photo = {"width": photo.shape[1], "height": photo.shape[0]}
    alt = tr(
        "A photo of {width} x {height} pixels; the {size} x {size} pixels that the network gets; its channels red, "
        "green, blue with the mean colour taken off, purple below the mean and orange above it.",
        size=size,
        **of_photo,
    )
    picture, axes = new_picture(
        10.5, 2.5, alt=alt, columns=5, width_ratios=(photo.shape[1] / photo.shape[0], 1, 1, 1, 1)
    )
    axes[0].imshow(photo)
    bare(axes[0], tr("{width} x {height} photo", **of_photo))
    shown = np.asarray(input_image[0], np.float64) + np.reshape(mean, (3, 1, 1))
    axes[1].imshow(np.clip(shown, 0, 255).astype(np.uint8).transpose(1, 2, 0), interpolation="nearest")
    bare(axes[1], tr("the input, {size} x {size}", size=size))
    for axis, channel, title in zip(axes[2:], input_image[0], _CHANNELS, strict=True):
        axis.imshow(channel, cmap="PuOr_r", vmin=-150, vmax=150, interpolation="nearest")
        bare(axis, tr(title, least=float(channel.min()), most=float(channel.max())))
    return picture


def first_filters(weight: np.ndarray, columns: int = 16) -> Picture:
    """Show the filters of a first layer as little colour pictures.

    weight : (3, 3, 3, Cout) as the file holds it: row, column, colour, filter
    """
    count = weight.shape[3]
    rows = -(-count // columns)
    alt = tr(
        "{count} filters of {rows} x {columns} pixels in colour: edges, and contrasts of colours.",
        count=count,
        rows=weight.shape[0],
        columns=weight.shape[1],
    )
    picture, axes = new_picture(10.5, 0.3 + 0.75 * rows, alt=alt, rows=rows, columns=columns)
    reach = np.abs(weight).max(axis=(0, 1, 2), keepdims=True)
    for number, axis in enumerate(axes):
        if number < count:
            axis.imshow(0.5 + 0.5 * (weight / reach)[..., number], interpolation="nearest")
        bare(axis, f"{number}" if number < count else "")
    return picture


def stages(photo: np.ndarray, features: Mapping[str, np.ndarray], columns: int = 8) -> Picture:
    """Show a picture and, row by row, the strongest maps of some layers.

    photo : (H, W, 3) uint8, features : name -> (C, H, W) array
    """
    alt = tr(
        "A picture, and for each layer the maps that answer most, bright where they answer. {sizes}",
        sizes=tr("; ").join(_maps(name, maps) for name, maps in features.items()),
    )
    rows, width = len(features), 10.5 / (columns + 1)
    tallest = max(maps.shape[1] / maps.shape[2] for maps in (photo[None, ..., 0], *features.values()))
    picture, axes = new_picture(10.5, (width * tallest + 0.1) * rows, alt=alt, rows=rows, columns=columns + 1)
    for row, (name, maps) in enumerate(features.items()):
        line = axes[row * (columns + 1) : (row + 1) * (columns + 1)]
        order = np.argsort(-maps.mean(axis=(1, 2)))[:columns]
        for axis, channel in zip(line[1:], order, strict=False):
            axis.imshow(maps[channel], cmap="magma", interpolation="nearest")
        for axis in line:
            bare(axis)
        if row == 0:
            line[0].imshow(photo)
        line[1].set_ylabel(
            f"{name}\n{maps.shape[1]} x {maps.shape[2]}", rotation=0, ha="right", va="center", fontsize=9
        )
    return picture


def _maps(name: str, maps: np.ndarray) -> str:
    """A layer and the size of its maps, in words."""
    count, rows, columns = maps.shape
    return tr("{layer}: {count} maps of {rows} x {columns}", layer=name, count=count, rows=rows, columns=columns)
