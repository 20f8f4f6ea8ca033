"""What code can a piece of code come to run? Read from the sources, without running any.

Between rooms a file counts whole, with all files that it imports. Within a lab's two folders single definitions
are followed, so that one question's cases, oracle and ask are told from another's.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from autograder.course import paths
from autograder.grading.digests import digest_of
from autograder.grading.parsed import UNSPOKEN, Module, Piece, module_at

#: Rooms and files of aics that make words and pictures of what was found, and decide nothing.
SHOWING = frozenset({"card", "demos", "handin", "language", "messages.py", "pictures", "show"})


@dataclass
class Reach:
    """Definitions by (file, name), whole files, and installed packages."""

    pieces: dict[tuple[Path, str], str] = field(default_factory=dict)
    files: set[Path] = field(default_factory=set)
    packages: set[str] = field(default_factory=set)

    def __or__(self, other: Reach) -> Reach:
        """All that either holds."""
        return Reach(self.pieces | other.pieces, self.files | other.files, self.packages | other.packages)

    @cached_property
    def digest(self) -> str:
        """Changes with any of it; asked once all of it is found."""
        named = [digest_of(_below(file), name, digest) for (file, name), digest in self.pieces.items()]
        return digest_of(*sorted(named), digest_of_files(self.files))


def shows_only(file: Path) -> bool:
    """Whether a file only makes something to look at."""
    return _shows_only(file, paths.LABS / "aics")


@lru_cache(maxsize=4096)
def _shows_only(file: Path, aics: Path) -> bool:
    """Asked of the same few hundred files for each question of each lab."""
    return not SHOWING.isdisjoint(file.parts) and file.is_relative_to(aics)


def files_reached(start: Iterable[Path]) -> set[Path]:
    """These files and all that they import, directly or not; what only shows is left out."""
    reached: set[Path] = set()
    waiting = set(start)
    while waiting:
        file = waiting.pop()
        if file not in reached and not shows_only(file):
            reached.add(file)
            waiting |= module_at(file).files
    return reached


def digest_of_files(files: Iterable[Path]) -> str:
    """One digest of the code of several files."""
    return digest_of(*(part for file in sorted(files, key=str) for part in (_below(file), module_at(file).digest)))


def definitions_reached(file: Path, start: Iterable[str | Piece], own: Iterable[Path]) -> Reach:
    """What names or pieces of a file can reach: definitions in the folders `own`, and whole files elsewhere."""
    return _Walk(list(own)).from_(file, start)


class _Walk:
    """One walk from definition to definition."""

    def __init__(self, own: list[Path]) -> None:
        self._own = tuple(f"{folder}{os.sep}" for folder in own)
        self._reach = Reach()
        self._waiting: list[tuple[Path, str]] = []

    def from_(self, file: Path, start: Iterable[str | Piece]) -> Reach:
        for item in start:
            if isinstance(item, str):
                self._waiting.append((file, item))
            else:
                self._reach.pieces[file, item.digest] = item.digest
                self._once_imported(file, module_at(file))
                self._follow(file, item)
        while self._waiting:
            self._visit(*self._waiting.pop())
        self._reach.files = files_reached(self._reach.files)
        return self._reach

    def _visit(self, file: Path, name: str) -> None:
        if not self._is_own(file):
            self._reach.files.add(file)
            return
        if (file, name) in self._reach.pieces:
            return
        module = module_at(file)
        self._reach.packages |= module.packages
        piece = module.defines.get(name)
        self._reach.pieces[file, name] = piece.digest if piece else ""
        self._once_imported(file, module)
        if piece:
            self._follow(file, piece)
        elif name in module.imports:
            imported = module.imports[name]
            self._go(imported.file, imported.name)
        else:
            self._whole(file, module)

    def _once_imported(self, file: Path, module: Module) -> None:
        """What importing the file does besides defining, and importing what it imports of the lab's own."""
        if (file, "") in self._reach.pieces:
            return
        self._reach.pieces[file, ""] = module.at_import.digest
        self._follow(file, module.at_import)
        package = file.with_name("__init__.py")
        for other in {*module.files, *([package] if package.exists() else [])}:
            if self._is_own(other):
                self._once_imported(other, module_at(other))

    def _follow(self, file: Path, piece: Piece) -> None:
        module = module_at(file)
        for name, attribute in piece.uses:
            if name in module.imports:
                imported = module.imports[name]
                self._go(imported.file, imported.name or attribute)
            elif name in module.defines:
                self._waiting.append((file, name))
            elif name in UNSPOKEN:
                self._whole(file, module)

    def _go(self, file: Path, name: str) -> None:
        """On to one name of another file, or to the whole of it where none is named."""
        if name or not self._is_own(file):
            self._waiting.append((file, name))
        else:
            self._whole(file, module_at(file))

    def _is_own(self, file: Path) -> bool:
        return str(file).startswith(self._own)

    def _whole(self, file: Path, module: Module) -> None:
        self._waiting += [(file, name) for name in (*module.defines, *module.imports)]


def _below(file: Path) -> str:
    return str(file)[len(str(paths.ROOT)) :]
