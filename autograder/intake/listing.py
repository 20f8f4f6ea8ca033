"""The names of all that was handed in, before any of it is read: where the students are is told by them."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from autograder.intake import zips
from autograder.intake.handin import MAX_ENTRIES, MAX_FILE, MAX_FOLDER_DEPTH, Refused
from autograder.intake.walk import Parts, is_left_behind, opened

#: nbgrader's file with the time of handing in.
TIMESTAMP = "timestamp.txt"


@dataclass
class Listing:
    """Names below a folder or inside a zip.

    Attributes
    ----------
    inside : dict
        Folder, or zip in a folder -> the names right in it, each with whether it is a file. A zip is one.
    read : callable
        Returns a file's bytes, or raises Refused.
    is_zip : bool
        Whether the names are a zip's.
    """

    inside: dict[Parts, dict[str, bool]] = field(default_factory=dict)
    read: Callable[[Parts], bytes] = lambda parts: b""  # noqa: ARG005
    is_zip: bool = False

    def files(self) -> list[Parts]:
        """Return the paths of all files."""
        return [(*folder, name) for folder, names in self.inside.items() for name, is_file in names.items() if is_file]

    def add(self, parts: Parts) -> None:
        """Take a file, and the folders that it lies in."""
        for depth, name in enumerate(parts):
            self.inside.setdefault(parts[:depth], {}).setdefault(name, depth == len(parts) - 1)


def listing_of(path: Path) -> Listing:
    """Return what lies below `path`; nothing of what cannot be listed, since the walk will say why."""
    try:
        return _of_folder(path) if path.is_dir() else _of_zip(path) if _is_zip(path.name) else Listing()
    except (OSError, Refused):
        return Listing()


def _of_folder(top: Path) -> Listing:
    def read(parts: Parts) -> bytes:
        with opened(top.joinpath(*parts), limit=MAX_FILE) as stream:
            return stream.read(MAX_FILE + 1)

    found, seen = Listing(read=read), 0
    for folder, folders, files in os.walk(top):
        here = Path(folder).relative_to(top).parts
        folders[:] = [f for f in folders if not is_left_behind(f) and len(here) < MAX_FOLDER_DEPTH]
        names = found.inside.setdefault(here, {})
        names.update(dict.fromkeys(folders, False) | {file: True for file in files if not _passed_over(file)})
        for name in [name for name, is_file in names.items() if is_file and _is_zip(name) and len(here) < 2]:
            seen += _add_zip(found, Path(folder, name), (*here, name))
        seen += len(names)
        if seen > MAX_ENTRIES:
            break
    return found


def _add_zip(found: Listing, path: Path, parts: Parts) -> int:
    """Take the names in a zip that lies in a folder; says how many there are, 0 where it cannot be opened."""
    try:
        inner = _of_zip(path).files()
    except (OSError, Refused):
        return 0
    for member in inner:
        found.add((*parts, *member))
    return len(inner)


def _is_zip(name: str) -> bool:
    return name.lower().endswith(".zip")


def _of_zip(path: Path) -> Listing:
    names: dict[Parts, zips.Member] = {}

    def read(parts: Parts) -> bytes:
        with opened(path, limit=None) as stream, closing(zips.open_zip(stream)) as archive:
            budget = zips.Budget(MAX_FILE, 1)
            return b"".join(zips.unpack(archive, names[parts].info, budget, MAX_FILE))

    found = Listing(read=read, is_zip=True)
    with opened(path, limit=None) as stream, closing(zips.open_zip(stream)) as archive:
        for member in zips.members(archive):
            if not member.refusal and not any(map(_passed_over, member.parts)):
                names[member.parts] = member
                found.add(member.parts)
    return found


def _passed_over(name: str) -> bool:
    return is_left_behind(name) and name != TIMESTAMP
