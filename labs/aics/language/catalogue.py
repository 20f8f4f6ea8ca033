"""The compiled catalogues: English message -> the same in another language.

They are GNU gettext's ``.mo`` files, one a folder that has words of its own: ``zh.mo`` beside this file for the engine,
``aics/<lab>/zh.mo`` for each lab, and whatever folder a program adds. ``autograder translate`` writes them.
"""

from __future__ import annotations

import gettext
from functools import lru_cache
from pathlib import Path

HERE = Path(__file__).parent

_added: list[Path] = []


def add(folder: Path) -> None:
    """Look for messages in `folder` too, ``<language>.mo``."""
    if folder not in _added:
        _added.append(folder)
        catalogue.cache_clear()


@lru_cache
def catalogue(language: str, room: str = "") -> gettext.NullTranslations:
    """All messages in a language; none where there are none. `room`: a room of aics whose own words come first."""
    found: gettext.NullTranslations = gettext.NullTranslations()
    last_first = files(language)[::-1]
    for path in sorted(last_first, key=lambda path: path.parent.name == room):
        with path.open("rb") as file:
            one = gettext.GNUTranslations(file)
        one.add_fallback(found)
        found = one
    return found


@lru_cache
def room_of(module: str, language: str) -> str:
    """The room of aics that a module is in, if it has words of its own in a language; else ""."""
    package, _, rest = module.partition(".")
    room = rest.partition(".")[0]
    return room if package == "aics" and (HERE.parent / room / f"{language}.mo").is_file() else ""


def files(language: str) -> list[Path]:
    """The compiled catalogues of a language, those that are asked first in front."""
    folders = [HERE, *sorted(asks.parent for asks in HERE.parent.glob("*/asks.py")), *_added]
    return [path for folder in folders if (path := folder / f"{language}.mo").is_file()]


def languages() -> list[str]:
    """The languages that the engine has, English first."""
    return ["en", *sorted(path.stem for path in HERE.glob("*.mo"))]
