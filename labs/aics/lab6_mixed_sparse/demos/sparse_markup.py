"""The drawing of the sparse masks: a matrix whose weights go and come, what each pixel has, and the curves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from aics.card.theme import INK, LINE, MUTED
from aics.demos.boxes import Box
from aics.demos.demo import View
from aics.demos.svg import array_image, line, path, rect, svg, text, text_width
from aics.lab6_mixed_sparse.demos.lenet import SIZES
from aics.lab6_mixed_sparse.demos.sparse_film import BATCH, DIGITS, EPOCHS, EVERY, Frame, SparseFilm
from aics.lab6_mixed_sparse.demos.sparse_layout import layout
from aics.language import noted, tr
from aics.show.figure import BLUE, GREEN, ORANGE, PURPLE, RED

PIXELS, SHORT_PIXELS, LAYER = noted("fc1, per pixel"), "fc1", "{name}  {share}"
WORDS = {
    "drawn": (noted("fc2: drawn blindly"), noted("fc2: drawn blindly")),
    "trained": (noted("fc2, epoch {epoch}: trained"), noted("fc2, epoch {epoch}: trained")),
    "pruned": (noted("fc2, epoch {epoch}: the smallest are pruned"), noted("fc2, epoch {epoch}: pruned")),
    "regrown": (noted("fc2, epoch {epoch}: regrown where momentum is large"), noted("fc2, epoch {epoch}: regrown")),
}
COUNTS = {
    "stay": noted("{count:,} stay"),
    "gone": noted("{count:,} go"),
    "grown": noted("{count:,} new"),
    "back": noted("{count:,} back"),
}
ACCURACY, LOSS, NO_LOSS = noted("{value:.1f} % right"), noted("loss {value:.2f}"), noted("loss")
COLOURS = {"stay": BLUE, "gone": RED, "grown": GREEN, "back": PURPLE}
#: The accuracies and losses between which the curves are drawn.
ACCURACIES, LOSSES = (0.5, 1.0), (0.0, 1.2)
#: Where the four counts stand in one row, as parts of its width.
PLACES = (0, 0.277, 0.488, 0.743)
#: Room for a layer's name and its share, in label heights.
NAMES = 6.6
#: Points of the loss in an epoch.
POINTS = DIGITS // BATCH // EVERY


@dataclass(frozen=True)
class Shown:
    """What is to be drawn: a frame of a film, and the accuracy of its rivals, epoch by epoch.

    dense, as_drawn : of a network with all weights, and of one whose masks stay as they were drawn
    """

    film: SparseFilm
    frame: Frame
    dense: Sequence[float]
    as_drawn: Sequence[float]

    @property
    def accuracy(self) -> float:
        """Of the test digits, at this frame's end or the last that is known."""
        return self.film.accuracy[min(self.frame.epoch, len(self.film.accuracy) - 1)]

    @property
    def loss(self) -> float | None:
        """The last point of the curve at this frame; None before the training."""
        so_far = self.film.losses[: POINTS * self.frame.epoch]
        return so_far[-1] if so_far else None


def drawn(shown: Shown, view: View) -> str:
    """Return the markup of the whole stage."""
    where, frame = layout(view), shown.frame
    parts = [
        _heading(where.matrix, _words(frame, where.matrix, view), view),
        array_image(coloured(frame), *where.matrix),
        rect(*where.matrix, line=LINE),
        *_counts(frame, where.counts, view),
        _heading(where.pixels, _fitting(tr(PIXELS), SHORT_PIXELS, where.pixels, view), view),
        array_image(pixel_map(frame), *where.pixels),
        rect(*where.pixels, line=LINE),
    ]
    if where.layers is not None:
        parts += _layers(frame, where.layers, view)
    if where.accuracy is not None:
        parts += _accuracy(shown, where.accuracy, view)
    if where.loss is not None:
        parts += _loss(shown, where.loss, view)
    return svg(view, parts)


def coloured(frame: Frame) -> np.ndarray:
    """Return fc2's mask with a colour for what became of each weight; an input is a column.  ->  (100, 300, 4) uint8"""
    parts = frame.parts()
    picture = np.zeros((*frame.ever.shape, 4), np.uint8)
    for name, mask in parts.items():
        picture[mask] = (*bytes.fromhex(COLOURS[name][1:]), 255)
    return picture.transpose(1, 0, 2)


def pixel_map(frame: Frame) -> np.ndarray:
    """Return how many weights each pixel has, the darker the more.  ->  (28, 28, 4) uint8"""
    pixels = frame.look.pixels.reshape(28, 28)
    picture = np.empty((28, 28, 4), np.uint8)
    picture[..., :3] = tuple(bytes.fromhex(BLUE[1:]))
    picture[..., 3] = 255 * np.sqrt(pixels / max(pixels.max(), 1))
    return picture


def _words(frame: Frame, box: Box, view: View) -> str:
    long, short = (tr(words, epoch=frame.epoch) for words in WORDS[frame.kind])
    return _fitting(long, short, box, view)


def _fitting(long: str, short: str, box: Box, view: View) -> str:
    """The longer words if there is room for them above a box."""
    return long if 1.1 * text_width(long, view.label) < box.width else short


def _heading(box: Box, words: str, view: View) -> str:
    return text(box.x, box.y - 0.8 * view.label, words, size=view.label)


def _counts(frame: Frame, box: Box, view: View) -> Iterator[str]:
    """How many weights of fc2 stay, go, are new and come back, in one row or two."""
    one_row = box.height < 2 * view.label
    places = PLACES if one_row else (0, 0.5, 0, 0.5)
    for k, (name, mask) in enumerate(frame.parts().items()):
        left, middle = box.x + places[k] * box.width, box.y + (0.5 if one_row else 0.25 + 0.5 * (k // 2)) * box.height
        yield rect(left, middle - 0.4 * view.label, 0.6 * view.label, 0.8 * view.label, fill=COLOURS[name])
        words = tr(COUNTS[name], count=int(mask.sum()))
        yield text(left + 0.85 * view.label, middle, words, size=view.label)


def _layers(frame: Frame, box: Box, view: View) -> Iterator[str]:
    """Which part of each layer's weights is active, as bars."""
    room = box.height / len(SIZES)
    for k, (name, active) in enumerate(zip(SIZES, frame.look.active, strict=True)):
        share, middle = active / np.prod(SIZES[name]), box.y + (k + 0.5) * room
        left, wide = box.x + NAMES * view.label, box.width - NAMES * view.label
        words = LAYER.format(name=name, share=_percent(float(share)))
        yield text(box.x, middle, words, size=view.label)
        yield rect(left, middle - 0.35 * room, wide, 0.7 * room, line=LINE)
        yield rect(left, middle - 0.35 * room, wide * share, 0.7 * room, fill=BLUE)


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %" if share >= 0.0995 else f"{100 * share:.1f} %"


def _accuracy(shown: Shown, box: Box, view: View) -> Iterator[str]:
    """The accuracy up to this frame, pale what follows, and its two rivals."""
    rows = shown.film.accuracy
    yield _heading(box, tr(ACCURACY, value=100 * shown.accuracy), view)
    yield from _axes(box)
    for values, colour, dash in ((shown.dense, MUTED, "8 5"), (shown.as_drawn, ORANGE, "3 4")):
        yield _curve(box, values, EPOCHS, ACCURACIES, colour, 3, dash)
    yield _curve(box, rows, EPOCHS, ACCURACIES, LINE, 3)
    yield _curve(box, rows[: shown.frame.epoch + 1], EPOCHS, ACCURACIES, GREEN, 5)


def _loss(shown: Shown, box: Box, view: View) -> Iterator[str]:
    rows, value = shown.film.losses, shown.loss
    yield _heading(box, tr(LOSS, value=value) if value is not None else tr(NO_LOSS), view)
    yield from _axes(box)
    yield _curve(box, rows, POINTS * EPOCHS, LOSSES, LINE, 3)
    yield _curve(box, rows[: POINTS * shown.frame.epoch], POINTS * EPOCHS, LOSSES, INK, 4)


def _axes(box: Box) -> Iterator[str]:
    yield line(box.x, box.y + box.height, box.x + box.width, box.y + box.height, colour=MUTED, thick=1)
    yield line(box.x, box.y, box.x, box.y + box.height, colour=MUTED, thick=1)


def _curve(
    box: Box, values: Sequence[float], last: int, ends: tuple[float, float], colour: str, thick: float, dash: str = ""
) -> str:
    """A curve whose value number `last` is at the right edge; what lies beyond the ends is at the edge."""
    low, high = ends
    places = [
        (box.x + box.width * k / last, min(max((value - low) / (high - low), 0), 1)) for k, value in enumerate(values)
    ]
    return path([(x, box.y + box.height * (1 - y)) for x, y in places], colour=colour, thick=thick, dash=dash)
