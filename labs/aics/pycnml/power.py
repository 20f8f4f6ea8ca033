"""The device's power switch: it is off while a question asks for a student's own arithmetic."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from aics.language import tr
from aics.pycnml.errors import CnmlError

_off = False


@contextmanager
def switched_off() -> Iterator[None]:
    """Switch the device off for the code in the with block."""
    global _off
    before, _off = _off, True
    try:
        yield
    finally:
        _off = before


def need_power() -> None:
    """Raise CnmlError while the device is off."""
    if _off:
        raise CnmlError(tr("the device is switched off here: this question asks for arithmetic of your own"))
