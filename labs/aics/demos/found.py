"""Which demos there are: each lab that is here has its own, in ``aics/<lab>/demos/``."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from aics.data.errors import UnknownName
from aics.demos.demo import Entry

_LABS = Path(__file__).resolve().parents[1]


def found() -> dict[str, type[Entry]]:
    """Return the demos of all labs that are here: name -> class, in the labs' order."""
    return {name: _loaded(where) for lab in _labs() for name, where in _table(lab).items()}


def demo_called(name: str) -> type[Any]:
    """Return the class of one `Entry`. Raises UnknownName that says which there are."""
    where = {name: where for lab in _labs() for name, where in _table(lab).items()}
    if name not in where:
        raise UnknownName.among("demo", name, where)
    return _loaded(where[name])


def _labs() -> list[str]:
    folders = sorted(_LABS.glob("lab*/demos/__init__.py"))
    return [folder.parents[1].name for folder in folders]


def _table(lab: str) -> Mapping[str, str]:
    module = f"aics.{lab}.demos"
    if find_spec(module) is None:
        return {}
    table: Mapping[str, str] = importlib.import_module(module).DEMOS
    return table


def _loaded(where: str) -> type[Entry]:
    module, _, name = where.partition(":")
    cls: type[Entry] = getattr(importlib.import_module(module), name)
    return cls
