"""The files of the checkout, and the installed packages, that a module imports."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograder.course import paths

#: A module of aics as a text names it: in a cell, or in code that is sent to a kernel.
SPELLED = re.compile(r"\baics(?:\.\w+)*")


@dataclass(frozen=True)
class Imported:
    """What an imported name stands for: a whole file, or one name of it."""

    file: Path
    name: str = ""


@dataclass
class Imports:
    """Names that come from the checkout, files of it that are run, and the packages that anything else is from."""

    names: dict[str, Imported] = field(default_factory=dict)
    files: set[Path] = field(default_factory=set)
    packages: set[str] = field(default_factory=set)

    def add_module(self, alias: ast.alias, path: Path) -> None:
        """``import module``, or ``import module as name``, in the file at `path`."""
        found = _run_by_import(alias.name, path)
        self.files.update(found)
        if found:
            self.names[alias.asname or alias.name.partition(".")[0]] = Imported(found[-1])
        else:
            self.packages.add(alias.name.partition(".")[0])

    def add_names(self, module: str, aliases: Sequence[ast.alias], path: Path) -> None:
        """``from module import names``, in the file at `path`."""
        found = _run_by_import(module, path)
        self.files.update(found)
        if not found:
            self.packages.add(module.partition(".")[0])
            return
        for alias in aliases:
            inner = _run_by_import(f"{module}.{alias.name}", path)
            self.files.update(inner)
            self.names[alias.asname or alias.name] = Imported(inner[-1]) if inner else Imported(found[-1], alias.name)


def imports_of(tree: ast.Module, path: Path) -> Imports:
    """All imports of a module, at its top level or within its functions."""
    imports = Imports()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                imports.add_module(alias, path)
        elif isinstance(node, ast.ImportFrom):
            imports.add_names(_absolute(node, path), node.names, path)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            imports.files.update(file for name in SPELLED.findall(node.value) for file in files_named(name))
    imports.packages -= sys.stdlib_module_names
    return imports


def _absolute(node: ast.ImportFrom, path: Path) -> str:
    """The module that a from-import names, without leading dots."""
    if not node.level:
        return node.module or ""
    folder = path.parents[node.level - 1]
    root = next(root for root in (paths.LABS, paths.ROOT) if folder.is_relative_to(root))
    return ".".join([*folder.relative_to(root).parts, *([node.module] if node.module else [])])


def _run_by_import(name: str, path: Path) -> list[Path]:
    """The files that importing a module by name runs: its packages', then its own; none if it is not the checkout's."""
    parts = name.split(".")
    for root in (path.parent, paths.LABS, paths.ROOT):
        file = _file(root.joinpath(*parts))
        if file is not None and (root is not path.parent or not (root / "__init__.py").exists()):
            above = [root.joinpath(*parts[:depth], "__init__.py") for depth in range(1, len(parts))]
            return [*(init for init in above if init.exists()), file]
    return []


def _file(place: Path) -> Path | None:
    for file in (place.with_name(f"{place.name}.py"), place / "__init__.py"):
        if file.exists():
            return file
    return None


def files_named(name: str) -> list[Path]:
    """The checkout's files that importing ``aics.room.module`` runs, or the longest part of it that is a module."""
    parts = name.split(".")
    tried = (_run_by_import(".".join(parts[:count]), paths.ROOT / name) for count in range(len(parts), 0, -1))
    return next(filter(None, tried), [])
