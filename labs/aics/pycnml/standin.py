"""The emulator under the name of the card's own module, so that programs written for the card run unchanged."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from types import ModuleType


def stand_in() -> tuple[ModuleType, str]:
    """Let ``import pycnml`` find the emulator, unless a real pycnml can be imported.

    So does ``import pycnnl``, the library of the course's second edition.

    Returns
    -------
    module : module
        What ``import pycnml`` gives from now on.
    which : {"card", "emulator"}
    """
    module = _found("pycnml", _emulator)
    _found("pycnnl", lambda: importlib.import_module("aics.pycnml.pycnnl"))
    return module, "emulator" if isinstance(module, Emulator) else "card"


class Emulator(ModuleType):
    """A module named pycnml that holds the emulator's classes."""


def _found(name: str, emulator: Callable[[], ModuleType]) -> ModuleType:
    """The module of this name that is imported or can be, else the emulator."""
    if name not in sys.modules:
        try:
            importlib.import_module(name)
        except ImportError:
            sys.modules[name] = emulator()
    return sys.modules[name]


def _emulator() -> Emulator:
    from aics import pycnml

    module = Emulator("pycnml", pycnml.__doc__)
    for name in ("CnmlNet", "QuantParam", "QuantTool", "CnmlError"):
        setattr(module, name, getattr(pycnml, name))
    return module
