"""Pictures of what features and Gram matrices keep of an image."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np

from aics.language import listed, tr
from aics.show.figure import INK, bare, box, new_picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from aics.show.picture import Picture


def picture_of(image: np.ndarray, mean: np.ndarray) -> np.ndarray:
    """Add the mean colour to a network's picture, and return it as bytes that can be shown.

    image : (1, 3, H, W), mean : (3,)  ->  (H, W, 3) uint8
    """
    levels: np.ndarray = np.moveaxis(np.asarray(image[0], np.float64), 0, -1) + np.reshape(mean, 3)
    return levels.clip(0, 255).round().astype(np.uint8)


def _remarks(said: Iterable[str]) -> str:
    """Remarks in a row, such as ``one; another``."""
    every = list(said)
    return reduce(lambda first, then: tr("{first}; {then}", first=first, then=then), every) if every else ""


def byte_conversion(values: Sequence[float] = (-20.4, 17.6, 90.6, 254.7, 300.2)) -> Picture:
    """Draw the bytes that numbers become by clipping and rounding, and those that astype alone makes of them."""
    careless = [int(value) % 256 for value in values]
    careful = [int(np.rint(min(max(value, 0), 255))) for value in values]
    mistakes = _remarks(
        tr("{value:g} becomes {got}, not {wanted}", value=value, got=got, wanted=wanted)
        for value, got, wanted in zip(values, careless, careful, strict=True)
        if got != wanted
    )
    alt = tr(
        "Values and the grey levels that they should become, above those that astype alone makes of them: {mistakes}.",
        mistakes=mistakes,
    )
    picture, (axis,) = new_picture(8, 2.2, alt=alt)
    for place, value in enumerate(values):
        axis.text(place + 0.5, -0.25, f"{value:g}", ha="center", fontsize=11, color=INK)
        for row, level in enumerate((careful[place], careless[place])):
            shade = f"#{level:02x}{level:02x}{level:02x}"
            box(axis, place, row, 0.94, 0.94, fill=True, facecolor=shade, edgecolor=INK, linewidth=0.8)
            axis.text(place + 0.47, row + 0.47, str(level), ha="center", va="center", fontsize=11)
    for row, text in enumerate((tr("cut off at 0 and 255,\nthen rounded"), tr("astype(np.uint8) alone"))):
        axis.text(-0.15, row + 0.47, text, ha="right", va="center", fontsize=9.5)
    axis.set_xlim(-2, len(values))
    axis.set_ylim(2.05, -0.6)
    bare(axis)
    return picture


def difference(x: np.ndarray, y: np.ndarray, *, titles: Sequence[str], columns: int = 6) -> Picture:
    """Draw some maps of two feature arrays, and their differences.

    x, y : (C, H, W); titles : of x, of y and of their difference; columns : how many maps
    """
    order = np.argsort(-(x + y).mean(axis=(1, 2)))[:columns]
    mean = float(np.mean((x - y) ** 2))
    alt = tr(
        "Three rows of {count} maps: {titles}. Half the mean squared difference is {half:.3g}.",
        count=columns,
        titles=listed(titles),
        half=mean / 2,
    )
    picture, axes = new_picture(10.5, 3.6, alt=alt, rows=3, columns=columns)
    reach = max(float(np.abs(maps[order]).max()) for maps in (x, y)) or 1.0
    for row, (maps, title) in enumerate(zip((x, y, x - y), titles, strict=True)):
        line = axes[row * columns : (row + 1) * columns]
        colours, lowest = ("PRGn", -reach) if row == 2 else ("magma", 0.0)
        for axis, channel in zip(line, order, strict=True):
            axis.imshow(maps[channel], cmap=colours, vmin=lowest, vmax=reach, interpolation="nearest")
            bare(axis)
        line[0].set_ylabel(title, rotation=0, ha="right", va="center", fontsize=9)
    return picture


def shuffled_grams(photo: np.ndarray, painting: np.ndarray, seed: int = 0) -> Picture:
    """Draw a photo, the photo with its pixels shuffled, and a painting, each above the Gram matrix of its colours.

    photo, painting : (H, W, 3) uint8
    """
    pixels = np.random.default_rng(seed).permutation(photo.reshape(-1, 3)).reshape(photo.shape)
    pictures = {tr("the cat"): photo, tr("its pixels, shuffled"): pixels, tr("the painting"): painting}
    grams = {}
    for title, image in pictures.items():
        colours = image.reshape(-1, 3) / 255
        grams[title] = np.einsum("pc,pd->cd", colours, colours) / len(colours)
    alt = tr(
        "Three pictures above the products of their colours, averaged over the pixels. {products}: "
        "the first two equal.",
        products=_remarks(f"{title} {np.round(gram, 2).tolist()}" for title, gram in grams.items()),
    )
    picture, axes = new_picture(9.5, 4.4, alt=alt, rows=2, columns=3, height_ratios=(1.5, 1))
    top = max(gram.max() for gram in grams.values())
    for k, (title, image) in enumerate(pictures.items()):
        axes[k].imshow(image)
        bare(axes[k], title)
        _matrix(axes[3 + k], grams[title], top, (tr("red"), tr("green"), tr("blue")))
    return picture


def _matrix(axis: Axes, gram: np.ndarray, top: float, names: Sequence[str]) -> None:
    """Draw a small matrix with its numbers; `top` is the brightest colour's."""
    axis.imshow(gram, cmap="magma", vmin=0, vmax=top)
    for (row, column), value in np.ndenumerate(gram):
        axis.text(column, row, f"{value:.2f}", ha="center", va="center", fontsize=9)
    axis.set_xticks(range(len(names)), names, fontsize=8)
    axis.set_yticks(range(len(names)), names, fontsize=8)
    axis.tick_params(length=0)
    axis.set_frame_on(False)


def grams(pictures: Mapping[str, np.ndarray], matrices: Mapping[str, np.ndarray]) -> Picture:
    """Draw pictures, and below each its Gram matrix and how far that is from the first one.

    pictures : title -> (H, W, 3) uint8; matrices : title -> (C, C), of the same titles
    """
    first = next(iter(matrices.values()))
    order = np.argsort(-np.diag(first))
    scale = float(np.linalg.norm(first)) or 1.0
    away = {title: float(np.linalg.norm(gram - first)) / scale for title, gram in matrices.items()}
    columns = len(pictures)
    alt = tr(
        "{count} pictures above their Gram matrices of {size} x {size}. Away from the first: {shares}.",
        count=columns,
        size=len(first),
        shares=listed(f"{title} {share:.0%}" for title, share in away.items()),
    )
    picture, axes = new_picture(10.5, 4.2, alt=alt, rows=2, columns=columns, height_ratios=(1, 1.35))
    for k, (title, image) in enumerate(pictures.items()):
        axes[k].imshow(image)
        bare(axes[k], title)
        shown = np.sqrt(np.maximum(matrices[title][np.ix_(order, order)], 0))
        axes[columns + k].imshow(shown, cmap="magma", vmin=0, vmax=np.sqrt(first.max()), interpolation="nearest")
        bare(axes[columns + k], tr("{share:.0%} away", share=away[title]) if k else tr("the reference"))
    return picture
