"""Fonts for drawings as PNG: Pillow brings one with Latin letters, and aics one with Chinese."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from aics.language.columns import columns
from aics.language.font import HAN

if TYPE_CHECKING:
    from PIL import ImageFont


@functools.cache
def font(size: float, *, chinese: bool = False) -> ImageFont.ImageFont | ImageFont.FreeTypeFont:
    """Return Pillow's built-in font, or the one with Chinese letters."""
    from PIL import ImageFont

    return ImageFont.truetype(HAN, size) if chinese else ImageFont.load_default(size)


def has_chinese(text: str) -> bool:
    """Return whether a text has letters that Pillow's own font lacks: those that are as wide as they are high."""
    return columns(text) > len(text)
