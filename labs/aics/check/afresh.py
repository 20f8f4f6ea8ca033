"""Modules of aics loaded from their files once more, whatever a notebook has made of those that it can reach.

A student's code shares the process with the asks and can replace any function of any module. What is loaded here
is new, and under no name that the code holds. This makes the easy ways void; it is no wall, and need be none: only
arrays leave the process, and they are judged elsewhere.
"""

from __future__ import annotations

import builtins
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import _bootstrap  # import_module itself may have been replaced
from importlib.machinery import BuiltinImporter, FrozenImporter, PathFinder
from pathlib import Path
from types import ModuleType

_AICS = Path(__file__).parents[1]
#: Rooms whose classes no student's code holds or derives from. Graphs, kernels, layers and pycnml stay as they are.
ROOMS = ("check", "doubles", "own")


def loaded_afresh(lab: str, *names: str) -> list[ModuleType]:
    """Load modules of `ROOMS` and of the lab's own room anew, with what they import of these rooms."""
    with _empty_rooms(*ROOMS, lab), _plain_import():
        return [_bootstrap._gcd_import(f"aics.{name}") for name in names]  # type: ignore[attr-defined]


@contextmanager
def _empty_rooms(*names: str) -> Iterator[None]:
    """Let rooms of aics be packages of which no module is imported yet; afterwards they are what they were."""
    rooms = {f"aics.{name}": ModuleType(f"aics.{name}") for name in names}
    kept = {name: sys.modules.pop(name) for name in _of(rooms)}
    for name, room in rooms.items():
        room.__path__ = [str(_AICS / name.partition(".")[2])]
        sys.modules[name] = room
    try:
        yield
    finally:
        for name in _of(rooms):
            del sys.modules[name]
        sys.modules.update(kept)


def _of(rooms: Iterable[str]) -> list[str]:
    """The names of imported modules that lie in these rooms, the rooms themselves included."""
    return [name for name in sys.modules if ".".join(name.split(".")[:2]) in rooms]


@contextmanager
def _plain_import() -> Iterator[None]:
    """Import by Python's own means meanwhile."""
    kept = builtins.__import__, sys.meta_path
    builtins.__import__, sys.meta_path = _bootstrap.__import__, [BuiltinImporter, FrozenImporter, PathFinder]
    try:
        yield
    finally:
        builtins.__import__, sys.meta_path = kept
