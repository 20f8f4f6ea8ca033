"""Pictures of what a trained network answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from aics.language import listed, tr
from aics.show.figure import INK, PALETTE, RED, bare, gray_image, new_picture

if TYPE_CHECKING:
    from aics.show.picture import Picture


def decision_map(
    points: np.ndarray, labels: np.ndarray, predict: Callable[[np.ndarray], np.ndarray], losses: Sequence[float]
) -> Picture:
    """Draw which class the network gives to each point of the plane, and the loss while it learned.

    points : (N, 2), labels : (N,), predict : (M, 2) -> (M, classes) scores, losses : one a step
    """
    from matplotlib.colors import ListedColormap

    side = np.linspace(-1.25, 1.25, 161, dtype=np.float32)
    plane = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
    answer = predict(plane).argmax(axis=1).reshape(161, 161)
    right = float(np.mean(predict(points).argmax(axis=1) == labels))
    alt = tr(
        "Left: the loss falls from {first:.2f} to {last:.2f} over {steps} steps. Right: points of {arms} spiral arms "
        "on the regions that the network gives them; {right:.0%} are right.",
        first=losses[0],
        last=losses[-1],
        steps=len(losses),
        arms=labels.max() + 1,
        right=right,
    )
    picture, (left, map_axis) = new_picture(8.5, 3.6, alt=alt, columns=2, width_ratios=(1.2, 1))
    left.plot(losses, color=PALETTE[0], linewidth=2)
    left.set_xlabel(tr("step"))
    left.set_title(tr("loss"), fontsize=10)
    left.set_ylim(bottom=0)
    left.spines[["top", "right"]].set_visible(False)
    colors = ListedColormap(PALETTE[: labels.max() + 1])
    extent = (-1.25, 1.25, -1.25, 1.25)
    map_axis.imshow(answer, origin="lower", extent=extent, cmap=colors, alpha=0.35, interpolation="nearest")
    map_axis.scatter(points[:, 0], points[:, 1], c=labels, cmap=colors, s=14, edgecolors=INK, linewidths=0.4)
    bare(map_axis, tr("{share:.0%} of the points are right", share=right))
    return picture


def predictions(pictures: np.ndarray, answers: np.ndarray, labels: np.ndarray, names: Sequence[str]) -> Picture:
    """Show pictures with the network's answer below each; wrong answers are marked.

    pictures : (N, 1, H, W), answers and labels : (N,)
    """
    said = [tr(name) for name in names]
    titles = [
        said[answer] if answer == label else tr("{answer}? ({right})", answer=said[answer], right=said[label])
        for answer, label in zip(answers, labels, strict=True)
    ]
    alt = tr("Answers: {answers}", answers=listed(titles))
    picture, axes = new_picture(1.15 * len(pictures), 1.6, alt=alt, columns=len(pictures))
    for axis, image, text, wrong in zip(axes, pictures[:, 0], titles, answers != labels, strict=True):
        gray_image(axis, image)
        axis.set_title(text, fontsize=9, color=RED if wrong else INK)
    return picture
