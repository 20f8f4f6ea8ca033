"""Where fetched items lie: one folder each, in the user's cache, or below AICS_CACHE."""

from __future__ import annotations

import os
from pathlib import Path

from aics.data.manifest import Item

VARIABLE = "AICS_CACHE"


def folder() -> Path:
    """The cache folder; it need not exist."""
    if chosen := os.environ.get(VARIABLE):
        return Path(chosen).expanduser()
    import platformdirs

    return platformdirs.user_cache_path("aics", appauthor=False)


def place(item: Item) -> Path:
    """The folder of one item; it need not exist."""
    return folder() / item.name


def has(item: Item) -> bool:
    """Whether every file of an item is there, with its size.

    Files come here whole and checked or not at all, so that size and presence are enough to look at.
    """
    try:
        return all(
            (place(item) / file.name).is_file() and file.size in (None, (place(item) / file.name).stat().st_size)
            for file in item.files
        )
    except OSError:
        return False
