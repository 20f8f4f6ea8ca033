"""Pictures of sparse training: which weights are pruned, where they regrow, and how many each layer and pixel has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from aics.language import tr
from aics.show.figure import (
    BLUE,
    FAINT,
    GREEN,
    INK,
    LINE,
    ORANGE,
    PALE,
    PALETTE,
    PAPER,
    RED,
    SKY,
    bare,
    box,
    new_picture,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from aics.show.picture import Picture


def weight_sizes(weights: Mapping[str, np.ndarray]) -> Picture:
    """Draw a histogram of the absolute weights of each layer.

    weights : name of the layer -> array
    """
    words = []
    picture, axes = new_picture(9.5, 2.4, alt="", columns=len(weights))
    for axis, (name, weight), color in zip(axes, weights.items(), PALETTE, strict=False):
        sizes = np.abs(np.ravel(weight))
        small = float(np.mean(sizes < 0.1 * sizes.max()))
        said: dict[str, object] = {"name": name, "share": small, "count": sizes.size}
        words.append(tr("{name}: {share:.0%} of {count:,} weights are smaller than a tenth of the largest", **said))
        axis.hist(sizes, bins=60, color=color)
        axis.axvline(0.1 * sizes.max(), color=INK, linestyle="--", linewidth=1)
        left = tr("{share:.0%} left of the line", share=small)
        axis.text(0.98, 0.9, left, transform=axis.transAxes, ha="right", fontsize=9)
        axis.set_title(tr("{name}: {count:,} weights", name=name, count=sizes.size), fontsize=10)
        axis.set_xlabel(tr("size |w|; the line is a tenth of the largest"), fontsize=9)
        axis.set_yticks([])
        axis.spines[["top", "right", "left"]].set_visible(False)
    picture.alt = tr("Histograms of weight sizes. {layers}.", layers=tr("; ").join(words))
    return picture


def pruned_accuracy(kept: Sequence[float], accuracy: Sequence[float], chance: float = 0.1) -> Picture:
    """Draw a network's accuracy after pruning without any further training.

    kept : fractions of the weights, from 0 to 1; accuracy : from 0 to 1; chance : accuracy of guessing
    """
    pairs = sorted(zip(kept, accuracy, strict=True), reverse=True)
    words = [tr("{percent:g} % kept: {accuracy:.1%}", percent=100 * k, accuracy=a) for k, a in pairs]
    alt = tr("Accuracy after pruning, without training again. {values}.", values=tr(", ").join(words))
    picture, (axis,) = new_picture(6.5, 2.9, alt=alt)
    shares, heights = zip(*pairs, strict=True)
    axis.plot(np.multiply(shares, 100), np.multiply(heights, 100), "o-", color=BLUE)
    axis.axhline(100 * chance, color=INK, linestyle=":", linewidth=1)
    axis.text(100 * shares[0], 100 * chance + 2, tr("guessing"), fontsize=9, ha="left")
    axis.set_xscale("log")
    axis.set_xticks([100 * share for share in shares], [f"{100 * share:g}" for share in shares], fontsize=9)
    axis.minorticks_off()
    axis.invert_xaxis()
    axis.set_xlabel(tr("% of the weights kept"))
    axis.set_ylabel(tr("% right"))
    axis.set_ylim(0, 102)
    axis.spines[["top", "right"]].set_visible(False)
    return picture


#: Two layers of 12 weights. 0 is inactive, 1 stays active, 2 is to go, 3 has just grown.
_BEFORE, _AFTER = ("121011022010", "010201112102"), ("101011300010", "013331110133")
_FACES = {"0": PAPER, "1": BLUE, "2": BLUE, "3": GREEN}


def sparse_cycle() -> Picture:
    """Draw what happens after an epoch: the smallest weights are pruned, and as many regrow where momentum is large."""
    counts = [sum(kind != "0" for kind in row) for row in (*_BEFORE, *_AFTER)]
    gone, grown = ("".join(rows).count(kind) for rows, kind in ((_BEFORE, "2"), (_AFTER, "3")))
    alt = tr(
        "Two layers of 12 weights in three rows. Before: {counts[0]} and {counts[1]} are active. Pruned: {gone} "
        "are taken out, the smallest of each layer. Regrown: {grown} new ones, most of them in layer B, which is more "
        "on the move, and some where a weight had just been taken out: {counts[2]} and {counts[3]} are active.",
        counts=counts,
        gone=gone,
        grown=grown,
    )
    picture, (axis,) = new_picture(9.5, 2.9, alt=alt)
    titles = [
        tr("before: {counts[0]} + {counts[1]} active", counts=counts),
        tr("prune: {gone} go, the smallest of each layer", gone=gone),
        tr("regrow: {grown} come, by momentum", grown=grown),
    ]
    for turn, (title, rows) in enumerate(zip(titles, (_BEFORE, _BEFORE, _AFTER), strict=True)):
        axis.text(-0.3, 1.25 * turn + 0.4, title, ha="right", va="center", fontsize=9.5)
        for layer, row in enumerate(rows):
            for place, kind in enumerate(row):
                _place(axis, 13 * layer + place, 1.25 * turn, kind, removed=turn == 1 and kind == "2")
    for layer, name in enumerate((tr("layer A: at rest"), tr("layer B: on the move"))):
        axis.text(13 * layer + 6, -0.35, name, ha="center", fontsize=10)
    axis.set_xlim(-10.5, 25.2)
    axis.set_ylim(3.6, -0.8)
    bare(axis)
    return picture


def _place(axis: Axes, left: float, top: float, kind: str, removed: bool) -> None:
    """Draw one weight of a layer, with a mark where a weight has just been pruned or has grown."""
    face = PALE if removed else _FACES[kind]
    box(axis, left, top, 0.88, 0.8, fill=True, facecolor=face, edgecolor=LINE, linewidth=0.7)
    if removed or kind == "3":
        mark, color = ("x", RED) if removed else ("+", INK)
        axis.text(left + 0.44, top + 0.42, mark, ha="center", va="center", fontsize=11, color=color)


def layer_shares(groups: Mapping[str, Mapping[str, float]]) -> Picture:
    """Draw how several methods divide a whole among layers, side by side.

    groups : title -> layer -> fraction, from 0 to 1
    """
    titles, layers = list(groups), list(next(iter(groups.values())))
    words = [
        tr("{title}: {values}", title=t, values=tr(", ").join(f"{n} {groups[t][n]:.0%}" for n in layers))
        for t in titles
    ]
    alt = tr("Bars for {count} layers. {groups}.", count=len(layers), groups=tr("; ").join(words))
    picture, (axis,) = new_picture(8, 2.6, alt=alt)
    width = 0.8 / len(titles)
    for turn, (title, color) in enumerate(zip(titles, (SKY, ORANGE, GREEN), strict=False)):
        heights = [100 * groups[title][name] for name in layers]
        bars = axis.bar(np.arange(len(layers)) + turn * width, heights, width * 0.95, color=color, label=title)
        axis.bar_label(bars, [f"{height:.0f}" if height >= 1 else f"{height:.1f}" for height in heights], fontsize=9)
    axis.set_xticks(np.arange(len(layers)) + width * (len(titles) - 1) / 2, layers)
    axis.set_ylabel(tr("% of the whole"))
    axis.margins(y=0.15)
    axis.legend(frameon=False, fontsize=9)
    axis.spines[["top", "right"]].set_visible(False)
    return picture


def vessels(room: Mapping[str, int], rounds: Sequence[tuple[str, Mapping[str, float]]]) -> Picture:
    """Draw layers as vessels, and round by round what each of them is to get.

    room : layer -> height of its vessel
    rounds : (title, layer -> amount); what does not fit in is drawn in another colour
    """
    words = [
        tr("{title}: {values}", title=title, values=tr(", ").join(f"{n} {a:g}" for n, a in amounts.items()))
        for title, amounts in rounds
    ]
    rooms = tr(", ").join(f"{name} {size}" for name, size in room.items())
    alt = tr("Room: {rooms}. {rounds}.", rooms=rooms, rounds=tr("; ").join(words))
    picture, axes = new_picture(10.5, 2.5, alt=alt, columns=len(rounds), sharey=True)
    for axis, (title, amounts) in zip(axes, rounds, strict=True):
        for place, (name, size) in enumerate(room.items()):
            amount = amounts[name]
            axis.bar(place, min(amount, size), 0.7, color=SKY)
            axis.bar(place, max(amount - size, 0), 0.7, bottom=size, color=RED, hatch="///", edgecolor=PAPER)
            axis.plot([place - 0.4, place - 0.4, place + 0.4, place + 0.4], [size, 0, 0, size], color=INK, linewidth=2)
            axis.text(place, amount + 1, f"{amount:g}", ha="center", va="bottom", fontsize=8 if amount % 1 else 9)
        names = [tr("{name}\nroom {size}", name=name, size=size) for name, size in room.items()]
        axis.set_xticks(range(len(room)), names, fontsize=9)
        axis.set_title(title, fontsize=10)
        axis.set_ylim(0, 1.08 * max(room.values()))
        axis.set_yticks([])
        axis.spines[["top", "right", "left"]].set_visible(False)
    return picture


def pixel_maps(maps: Mapping[str, np.ndarray], *, columns: int = 5, same_scale: bool = False) -> Picture:
    """Draw one value for each of 28 x 28 pixels, as maps that are dark where it is large.

    maps : title -> (784,) array, not negative; same_scale : one scale for all pictures, else one for each
    """
    top = max(float(np.max(values)) for values in maps.values())
    words = []
    rows = -(-len(maps) // columns)
    picture, axes = new_picture(
        2.05 * min(columns, len(maps)), 2.25 * rows, alt="", rows=rows, columns=min(columns, len(maps))
    )
    for axis in axes:
        bare(axis)
    inner = np.zeros((28, 28), bool)
    inner[7:21, 7:21] = True
    for axis, (title, values) in zip(axes, maps.items(), strict=False):
        image = np.reshape(values, (28, 28)).astype(float)
        limit = top if same_scale else image.max()
        axis.imshow(image, cmap="Blues", vmin=0, vmax=limit or 1, interpolation="nearest")
        box(axis, -0.5, -0.5, 28, 28, edgecolor=FAINT, linewidth=1)
        bare(axis, title)
        share = image[inner].sum() / (image.sum() or 1)
        said: dict[str, object] = {"title": title.replace("\n", tr(", ")), "share": share}
        words.append(tr("{title}: {share:.0%} in the middle quarter of the image", **said))
    picture.alt = tr("Maps with one value for each of 28 x 28 pixels. {maps}.", maps=tr("; ").join(words))
    return picture
