"""The font in which pictures write Chinese, so that they do on a computer without one and look alike everywhere."""

from __future__ import annotations

from pathlib import Path

#: Noto Sans CJK SC, cut down to what is needed by `data/make/font.py`; Pillow and Matplotlib read it.
HAN = Path(__file__).with_name("han.otf")
#: What it calls itself.
FAMILY = "AICS Han"
#: Languages that are written with it.
_WRITTEN = {"zh"}


def has_own_font(language: str) -> bool:
    """Return whether a language is written in the font here, its Latin letters too."""
    return language in _WRITTEN
