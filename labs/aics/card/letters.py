"""Fonts for drawings as PNG: Pillow brings one with Latin letters, and the system may have one with Chinese."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from aics.language.columns import columns

if TYPE_CHECKING:
    from PIL import ImageFont

#: Files of fonts with Chinese letters, as Linux, Windows and macOS have them; Pillow knows where a system keeps fonts.
CHINESE = (
    *("NotoSansCJK-Regular.ttc", "NotoSansCJKsc-Regular.otf", "NotoSansSC-Regular.otf", "SourceHanSansSC-Regular.otf"),
    *("wqy-microhei.ttc", "wqy-zenhei.ttc", "DroidSansFallbackFull.ttf", "msyh.ttc", "simhei.ttf", "simsun.ttc"),
    *("PingFang.ttc", "Hiragino Sans GB.ttc", "STHeiti Light.ttc", "Arial Unicode.ttf"),
)


@functools.cache
def font(size: float, *, chinese: bool = False) -> ImageFont.ImageFont | ImageFont.FreeTypeFont:
    """Return Pillow's built-in font; or, where there is one, the system's with Chinese letters."""
    from PIL import ImageFont

    name = chinese_font() if chinese else ""
    return ImageFont.truetype(name, round(size)) if name else ImageFont.load_default(size)


@functools.cache
def chinese_font() -> str:
    """Return the name of the first of `CHINESE` that this system has; "" where it has none."""
    from PIL import ImageFont

    for name in CHINESE:
        try:
            ImageFont.truetype(name, 12)
        except OSError:
            continue
        return name
    return ""


def has_chinese(text: str) -> bool:
    """Return whether a text has letters that Pillow's own font lacks: those that are as wide as they are high."""
    return columns(text) > len(text)
