"""Which demos there are: each lab that is here has its own, in ``aics/<lab>/demos/``."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from aics.data.errors import UnknownName
from aics.demos.demo import Entry
from aics.language import language, noted, tr
from aics.language.spoken import ENGLISH
from aics.show.image_tag import image_tag

STILL = noted("A still picture of the demo. {about}")

_LABS = Path(__file__).resolve().parents[1]


def found() -> dict[str, type[Entry]]:
    """Return the demos of all labs that are here: name -> class, in the labs' order."""
    return {name: _loaded(where) for lab in _labs() for name, where in _table(lab).items()}


def demo_called(name: str) -> type[Any]:
    """Return the class of one `Entry`. Raises UnknownName that says which there are."""
    where = {name: where for lab in _labs() for name, where in _table(lab).items()}
    if name not in where:
        raise UnknownName.among(noted("demo"), name, where)
    return _loaded(where[name])


def still(name: str) -> str:
    """Return a demo's still picture as a tag, in the language spoken if it was drawn in it; nothing if none was."""
    path = next((path for path in (still_of(name, language()), still_of(name)) if path.is_file()), None)
    if path is None:
        return ""
    return image_tag(path.read_bytes(), alt=tr(STILL, about=tr(demo_called(name).about)), kind="webp")


def still_of(name: str, spoken: str = ENGLISH) -> Path:
    """Return where a demo's still picture in a language lies: beside the demo."""
    module = str(demo_called(name).__module__)
    file = f"{name}.webp" if spoken == ENGLISH else f"{name}.{spoken}.webp"
    return _LABS.parent.joinpath(*module.split(".")[:-1], file)


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
