"""Digests of what is not code: values, data files, and what is installed."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import numpy as np

from autograder.grading.bench import student_python
from autograder.grading.parsed import PROSE, digest_of, while_unchanged
from autograder.sandbox.student_python import look_at

#: What of data/ is no item that code reads: how it was made, and the public cases, which are looked at one by one.
NO_ITEMS = frozenset({"make", "reference", "README.md"})


def digest_of_value(value: object) -> str:
    """A digest of plain values, arrays, and dataclasses and containers of them; prose is left out."""
    if is_dataclass(value):
        value = {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, np.ndarray):
        return digest_of("array", value.dtype.str, str(value.shape), sha256(value.tobytes()).hexdigest())
    if isinstance(value, Mapping):
        kept = {str(name): inner for name, inner in value.items() if name not in PROSE}
        return digest_of("mapping", *(part for name in kept for part in (name, digest_of_value(kept[name]))))
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return digest_of("sequence", *map(digest_of_value, value))
    return digest_of(type(value).__name__, repr(value))


def digest_of_data(folder: Path) -> str:
    """The embedded data: all items, because any code may read any of them."""
    files = sorted(file for item in folder.iterdir() if item.name not in NO_ITEMS for file in _files(item))
    return digest_of(*(part for file in files for part in (str(file.relative_to(folder)), _content(file))))


def installed() -> str:
    """The student environment: its Python and its packages. The course's own is there as files, and not counted."""
    python = look_at(student_python())
    packages = (path.stem for path in python.site.glob("*.dist-info"))
    return digest_of(python.version, *sorted(name for name in packages if not name.startswith("aics-")))


def versions(packages: Iterable[str]) -> str:
    """Versions of packages of the instructor's environment, by the names that code imports them by."""
    found = sorted({name for package in packages for name in _distributions().get(package, ())})
    return digest_of(*(f"{name} {_version(name)}" for name in found))


def _files(item: Path) -> list[Path]:
    return [item] if item.is_file() else [path for path in item.rglob("*") if path.is_file()]


@while_unchanged
def _content(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()


@lru_cache
def _version(distribution: str) -> str:
    return importlib.metadata.version(distribution)


@lru_cache
def _distributions() -> Mapping[str, list[str]]:
    return importlib.metadata.packages_distributions()
