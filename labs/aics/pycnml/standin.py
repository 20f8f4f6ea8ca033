"""The emulator under the name of the card's own module, so that programs written for the card run unchanged."""

from __future__ import annotations

import importlib
import sys
from types import ModuleType


def stand_in() -> tuple[ModuleType, str]:
    """Let ``import pycnml`` find the emulator, unless a real pycnml can be imported.

    Returns
    -------
    module : module
        What ``import pycnml`` gives from now on.
    which : {"card", "emulator"}
    """
    if "pycnml" not in sys.modules:
        try:
            importlib.import_module("pycnml")
        except ImportError:
            sys.modules["pycnml"] = _emulator()
    module = sys.modules["pycnml"]
    return module, "emulator" if isinstance(module, Emulator) else "card"


class Emulator(ModuleType):
    """A module named pycnml that holds the emulator's classes."""


def _emulator() -> Emulator:
    from aics import pycnml

    module = Emulator("pycnml", pycnml.__doc__)
    for name in ("CnmlNet", "QuantParam", "QuantTool", "CnmlError"):
        setattr(module, name, getattr(pycnml, name))
    return module
