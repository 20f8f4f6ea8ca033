"""Pictures of where pixels lie: EXIF orientations, pixel centres, the order in memory, and rings that show aliasing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from aics.language import noted, tr
from aics.show.figure import BLUE, GREEN, INK, ORANGE, PALE, RED, bare, box, new_picture

if TYPE_CHECKING:
    from aics.show.picture import Picture

#: EXIF orientation -> what makes the picture in the file out of the upright one, an (H, W) array.
STORED: dict[int, Callable[[np.ndarray], np.ndarray]] = {
    1: lambda up: up,
    2: lambda up: up[:, ::-1],
    3: lambda up: up[::-1, ::-1],
    4: lambda up: up[::-1],
    5: lambda up: up.T,
    6: lambda up: up.T[::-1],
    7: lambda up: up.T[::-1, ::-1],
    8: lambda up: up.T[:, ::-1],
}
LETTER = np.array(
    [[int(dot) for dot in row] for row in ("000000", "011110", "010000", "011100", "010000", "010000", "000000")]
)
ORIENTATIONS = {
    1: noted("upright"),
    2: noted("mirrored"),
    3: noted("upside down"),
    4: noted("mirrored, upside down"),
    5: noted("mirrored, on its side"),
    6: noted("on its side"),
    7: noted("mirrored, on its side"),
    8: noted("on its side"),
}


def orientations() -> Picture:
    """Draw how an upright F lies in the file for each EXIF orientation, 1 to 8."""
    each = tr("; ").join(f"{number} {tr(words)}" for number, words in ORIENTATIONS.items())
    alt = tr("The letter F as it is stored for each EXIF orientation: {each}", each=each)
    picture, axes = new_picture(9.5, 1.9, alt=alt, columns=8)
    for axis, (number, store) in zip(axes, STORED.items(), strict=True):
        letter = store(LETTER)
        axis.imshow(np.where(letter[..., None], (0.0, 0.45, 0.7), (0.91, 0.91, 0.91)), interpolation="nearest")
        axis.set_anchor("N")
        bare(axis, f"{number}\n{tr(ORIENTATIONS[number]).replace(', ', ',' + chr(10))}")
    return picture


def half_pixels(old: int = 4, new: int = 7) -> Picture:
    """Draw a row of pixels above the same row resized, and how much of which old pixels each new one is made of."""
    places = np.clip((np.arange(new) + 0.5) * old / new - 0.5, 0, old - 1)
    positions = [tr("{number} at {place:.3g}", number=i, place=place) for i, place in enumerate(places)]
    alt = tr(
        "{old} old pixels over {new} new ones of the same length in all. New middles on the old scale: {positions}.",
        **{"old": old, "new": new, "positions": tr(", ").join(positions)},
    )
    picture, (axis,) = new_picture(9, 3.4, alt=alt)
    shades = np.resize([0.85, 0.3, 0.6, 0.1], old)
    for x in range(old):
        box(axis, x, 0, 1, 1, fill=True, facecolor=str(shades[x]), edgecolor=INK, linewidth=1.2)
        axis.text(x + 0.5, -0.12, tr("old {number}", number=x), ha="center", fontsize=10)
    for i, place in enumerate(places):
        before = min(int(place), old - 1)
        after = min(before + 1, old - 1)
        share = place - before
        middle = (i + 0.5) * old / new
        mixed = shades[before] * (1 - share) + shades[after] * share
        box(axis, i * old / new, 2.4, old / new, 0.8, fill=True, facecolor=str(mixed), edgecolor=INK, linewidth=1.2)
        words = tr("new {number}\nx = {place:.2f}", number=i, place=place)
        axis.text(middle, 3.42, words, ha="center", va="top", fontsize=9)
        for neighbour, part in ((before, 1 - share), (after, share)):
            if part > 0.01:
                axis.plot([neighbour + 0.5, middle], [0.5, 2.8], color=ORANGE, linewidth=0.6 + 5 * part, alpha=0.75)
        axis.plot([middle], [2.8], "o", color=BLUE, markersize=6)
    axis.plot(np.arange(old) + 0.5, np.full(old, 0.5), "o", color=RED, markersize=8)
    axis.set_xlim(-0.1, old + 0.1)
    axis.set_ylim(4.1, -0.35)
    bare(axis, tr("each new middle (blue) mixes the old middles (red) on either side; the thicker line counts more"))
    return picture


def memory_order(height: int = 2, width: int = 2) -> Picture:
    """Draw how the values of a tiny colour image lie in memory, channels last and channels first."""
    pixels = [(h, w, c) for h in range(height) for w in range(width) for c in range(3)]
    orders = {
        tr("channels last, [H, W, C]"): pixels,
        tr("channels first, [C, H, W]"): sorted(pixels, key=lambda place: (place[2], *place[:2])),
    }
    rows = [
        tr("{layout}: {values}", layout=name, values=" ".join(f"{'RGB'[c]}{h}{w}" for h, w, c in order))
        for name, order in orders.items()
    ]
    alt = tr(
        "The {count} values of a {height} x {width} colour image in memory. {rows}",
        **{"count": len(pixels), "height": height, "width": width, "rows": tr("; ").join(rows)},
    )
    picture, axes = new_picture(9.5, 2.3, alt=alt, rows=2)
    for axis, (name, order) in zip(axes, orders.items(), strict=True):
        for place, (h, w, c) in enumerate(order):
            color = (RED, GREEN, BLUE)[c]
            box(axis, place, 0, 1, 1, fill=True, facecolor=color + "55", edgecolor=color, linewidth=1.5)
            axis.text(place + 0.5, 0.5, f"{'RGB'[c]}\n{h},{w}", ha="center", va="center", fontsize=9, color=INK)
        axis.axhline(1.12, color=PALE)
        axis.set_xlim(-0.1, len(order) + 0.1)
        axis.set_ylim(1.15, -0.1)
        bare(axis, tr("{layout}: channel, then row and column of the pixel", layout=name))
    return picture


def rings(size: int = 600) -> np.ndarray:
    """Return a picture of rings that get finer and finer outwards: careless shrinking shows wrong patterns in it.

    ->  (size, size, 3) uint8
    """
    y, x = np.mgrid[-1 : 1 : size * 1j, -1 : 1 : size * 1j]
    wave = np.cos(0.62 * size * (x**2 + y**2))
    grey = np.round(127.5 + 127.5 * wave).astype(np.uint8)
    return np.repeat(grey[..., None], 3, axis=2)
