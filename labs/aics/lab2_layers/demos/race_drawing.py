"""The race's two bars, in the colours of the lab's picture of both times."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from aics.card.theme import LINE
from aics.demos.boxes import Box
from aics.demos.demo import View
from aics.demos.svg import array_image, line, rect, text, text_width
from aics.lab2_layers.demos.race import FAST, SLOW, Race
from aics.lab2_layers.demos.room import stacked
from aics.language import noted, tr
from aics.show.figure import BLUE, ORANGE

LOOPS, IMG2COL = noted("loops"), "img2col"
ONE_WINDOW, ALL_WINDOWS = noted("one window"), noted("all at once")
SECONDS, MILLISECONDS = "{time:.2f} s", "{time:.1f} ms"
IDLE = noted("press Race")
FASTER, FASTER_SHORT = noted("{time}: {ratio} times as fast"), noted("{ratio} times as fast")
#: Seconds that the room stands for at least, so that a short bar does not begin long.
_LEAST = 0.5
#: Pixels of the shortest bar, so that there is something to see.
_THINNEST = 2.0
#: A bar's height as a fraction of its room, and the least room in heights of letters.
_HIGH, _LINE = 0.72, 1.5


def least_height(label: float) -> float:
    """Return how high both bars are together at least."""
    return 2 * _LINE * label


@dataclass(frozen=True)
class RaceBars:
    """Both bars in a box, beside the photo that they are about.

    race : None before the first one
    photo : (H, W, 3) uint8
    own : whether the student's own layer runs, which has loops and img2col
    """

    box: Box
    race: Race | None
    photo: np.ndarray
    own: bool
    view: View

    def markup(self) -> Iterator[str]:
        """Return the pieces."""
        label, picture = self.view.label, self._picture
        names = (tr(LOOPS), IMG2COL) if self.own else (tr(ONE_WINDOW), tr(ALL_WINDOWS))
        if not stacked(self.view):
            yield array_image(self.photo, *picture, kind="jpeg", smooth=True)
        for k, name in enumerate(names):
            yield text(self._names_at, self._middle(k), name, size=label, bold=True)
        left = self._names_at + max(text_width(name, label, bold=True) for name in names) + 0.5 * label
        yield line(left, self.box.y, left, self.box.bottom, colour=LINE)
        yield from self._bars(left)

    @property
    def _picture(self) -> Box:
        height, width = self.photo.shape[:2]
        room = Box(self.box.x, self.box.y, 0.2 * self.box.width, self.box.height)
        return room.fitted(height, width)._replace(x=self.box.x)

    @property
    def _names_at(self) -> float:
        return self.box.x if stacked(self.view) else self._picture.right + self.view.label

    def _middle(self, way: int) -> float:
        return self.box.y + (way + 0.5) * self.box.height / 2

    def _bars(self, left: float) -> Iterator[str]:
        label, race = self.view.label, self.race
        if race is None:
            yield text(left + 0.5 * label, self._middle(0), tr(IDLE), size=label)
            return
        slow, fast = race.shown(SLOW), race.shown(FAST)
        words = [seconds_words(seconds) if seconds else "" for seconds in (slow, fast)]
        scale = (self.box.right - left - text_width(words[0], label) - 0.8 * label) / max(slow, fast, _LEAST)
        if race.rounds:
            room = self.box.right - left - fast * scale - 0.4 * label
            words[1] = _fast_words(fast, slow / fast, room, label)
        for k, (seconds, colour) in enumerate(((slow, ORANGE), (fast, BLUE))):
            high, middle = _HIGH * self.box.height / 2, self._middle(k)
            seen = max(seconds * scale, _THINNEST) if seconds else 0
            yield rect(left, middle - high / 2, seen, high, fill=colour)
            yield text(left + seconds * scale + 0.4 * label, middle, words[k], size=label, bold=k == 1)


def _fast_words(seconds: float, ratio: float, room: float, label: float) -> str:
    """The time with the ratio; the ratio alone where there is no room for both."""
    words = tr(FASTER, time=seconds_words(seconds), ratio=ratio_words(ratio))
    return words if text_width(words, label, bold=True) <= room else tr(FASTER_SHORT, ratio=ratio_words(ratio))


def seconds_words(seconds: float) -> str:
    """Return a time in seconds, or in milliseconds where it is short."""
    return SECONDS.format(time=seconds) if seconds >= 0.1 else MILLISECONDS.format(time=1e3 * seconds)


def ratio_words(ratio: float) -> str:
    """Return a ratio with two digits at least."""
    return f"{ratio:.0f}" if ratio >= 9.95 else f"{ratio:.1f}"
