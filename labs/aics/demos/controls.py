"""What a user of a demo can choose: plain data, of which a page makes widgets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Slider:
    """A number. Its value is an int where `step` is one, else a float.

    unit : behind the number, such as "GB/s"
    power : whether the slider's value is an exponent of two and ``2 ** value`` is what is shown beside it
    """

    name: str
    label: str
    low: float
    high: float
    value: float
    step: float = 1
    unit: str = ""
    power: bool = False


@dataclass(frozen=True)
class Choice:
    """One of several words; its value is the word."""

    name: str
    label: str
    options: Sequence[str]
    value: str


@dataclass(frozen=True)
class Toggle:
    """Yes or no."""

    name: str
    label: str
    value: bool = False


@dataclass(frozen=True)
class Press:
    """A button that begins something; its value is how often it was pressed."""

    name: str
    label: str
    value: int = 0


@dataclass(frozen=True)
class Film:
    """A frame, 0 to ``frames - 1``: a slider with a button that plays it.

    milliseconds : between two frames
    """

    name: str
    label: str
    frames: int
    value: int = 0
    milliseconds: int = 120


@dataclass(frozen=True)
class Numbers:
    """A small table of numbers to edit, such as a kernel; its value is a tuple of rows."""

    name: str
    label: str
    value: tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class Photo:
    """A photo: an embedded one, a file of one's own, or one from the webcam.

    Its value on the page is a name; a demo is handed the pixels, RGB uint8 of shape (H, W, 3), neither side above
    `longest`.
    """

    name: str
    label: str
    value: str = "cat"
    longest: int = 1024


Control = Slider | Choice | Toggle | Press | Film | Numbers | Photo
#: What a photo is to a demo.
Pixels = np.ndarray
