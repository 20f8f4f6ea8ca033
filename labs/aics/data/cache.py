"""Where fetched items are kept: one folder each, in the user's cache folder or in the one that AICS_CACHE names."""

from __future__ import annotations

import os
from pathlib import Path

from aics.data.manifest import Item

VARIABLE = "AICS_CACHE"


def folder() -> Path:
    """Return the cache folder; it need not exist."""
    if chosen := os.environ.get(VARIABLE):
        return Path(chosen).expanduser()
    import platformdirs

    return platformdirs.user_cache_path("aics", appauthor=False)


def item_folder(item: Item) -> Path:
    """Return the folder of one item; it need not exist."""
    return folder() / item.name


def has(item: Item) -> bool:
    """Return whether every file of an item is there and has its size.

    Files are checked before they come here, and come whole or not at all, so that their contents need no second check.
    """
    paths = [item_folder(item) / file.name for file in item.files]
    try:
        return all(
            path.is_file() and file.size in (None, path.stat().st_size)
            for path, file in zip(paths, item.files, strict=True)
        )
    except OSError:
        return False
