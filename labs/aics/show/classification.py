"""Pictures of what a classifier says: photos in rows, top-5 bars, batches, a confusion matrix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from aics.language import tr
from aics.show.figure import PALETTE, bare, new_picture

if TYPE_CHECKING:
    from aics.show.picture import Picture


def gallery(pictures: np.ndarray, titles: Sequence[str], columns: int = 10) -> Picture:
    """Show small colour pictures, enlarged, each with a title.

    pictures : (N, 3, H, W) uint8
    """
    columns, size = min(columns, len(pictures)), 10.5 / columns
    rows = -(-len(pictures) // columns)
    listed = tr(", ").join(title.replace("\n", " ") for title in titles)
    alt = tr("{count} pictures: {titles}", count=len(pictures), titles=listed)
    high = 1.25 + 0.16 * max(title.count("\n") for title in titles)
    picture, axes = new_picture(size * columns, high * rows, alt=alt, rows=rows, columns=columns)
    for axis in axes:
        bare(axis)
    for axis, image, title in zip(axes, pictures, titles, strict=False):
        axis.imshow(image.transpose(1, 2, 0), interpolation="bicubic")
        axis.set_title(title, fontsize=8.5)
    return picture


def same_bars(answers: Mapping[str, np.ndarray], names: Sequence[str]) -> Picture:
    """Draw the probabilities that several ways give to the same picture, side by side.

    answers : title -> (classes,) probabilities
    """
    best = {title: names[int(np.argmax(p))] for title, p in answers.items()}
    said = [tr("{way} says {name}", way=title, name=name) for title, name in best.items()]
    alt = tr("Probabilities of each class: {said}", said=tr("; ").join(said))
    picture, axes = new_picture(10.5, 2.5, alt=alt, columns=len(answers), sharey=True)
    for axis, (title, prob), color in zip(axes, answers.items(), PALETTE, strict=False):
        axis.barh(range(len(prob)), prob, color=color)
        axis.set_yticks(range(len(names)), names, fontsize=8)
        axis.set_xlim(0, 1)
        axis.set_title(tr("{way}\nsays {name}", way=title, name=best[title]), fontsize=9.5)
        axis.spines[["top", "right"]].set_visible(False)
    axes[0].invert_yaxis()
    return picture
