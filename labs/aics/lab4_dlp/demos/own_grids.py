"""The arithmetic of the grids: the student's own `quant_param` and `quantize` of lab 4, or finished code."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

import numpy as np

from aics.demos.own import find_code, stopped
from aics.lab4_dlp.demos.grids import nearest
from aics.lab4_dlp.demos.mini import Array
from aics.language import noted, tr
from aics.notebook.earlier import PACKAGE
from aics.notebook.export import unfinished
from aics.pycnml import stand_in

#: The file that lab 4 exports, and what is taken from it.
FILE, NAMES = "vgg19_demo", ("quant_param", "quantize")
#: What is tried first: it has to come out as integers of its shape with any number of bits.
_TRIED, _BITS = np.linspace(-1.5, 2, 12, dtype=np.float32).reshape(3, 4), range(2, 9)
WRONG_SHAPE = noted("quantize returned shape {got}, not {wanted}")
NO_GRID = noted("position {position} and scale {scale} make no grid")


class OwnGrids:
    """A `Rounding` by a student's two functions, which goes on with finished code from their first error on.

    Attributes
    ----------
    own : bool
        Whether the student's code is what computes.
    trouble : str
        A sentence on what went wrong with it; empty if nothing did, or there is none.
    """

    def __init__(self, quant_param: Callable[..., Any], quantize: Callable[..., Any]) -> None:
        self._quant_param, self._quantize = quant_param, quantize
        self.own, self.trouble = True, ""
        for bits in _BITS:
            self(_TRIED, bits)

    @classmethod
    def exported(cls) -> OwnGrids:
        """Take the functions of the exported file; finished code where there is none, or where it is not finished."""
        find_code()  # makes the package of all exported files
        stand_in()  # the file imports pycnml
        try:
            module = import_module(f"{PACKAGE}.{FILE}")
            functions = [getattr(module, name) for name in NAMES]
        except ModuleNotFoundError as error:
            return cls.finished("" if error.name == f"{PACKAGE}.{FILE}" else stopped(error))
        except (Exception, SystemExit) as error:
            return cls.finished(stopped(Exception(f"{type(error).__name__}: {error}")))
        return cls.finished() if any(map(unfinished, functions)) else cls(*functions)

    @classmethod
    def finished(cls, trouble: str = "") -> OwnGrids:
        """Finished code, with a sentence on why it is not the student's."""
        grids = cls.__new__(cls)
        grids.own, grids.trouble = False, trouble
        return grids

    def __call__(self, values: Array, bits: int) -> tuple[Array, float]:
        """Put values onto one grid of some bits; returns the integers, and the step between two neighbours."""
        if self.own:
            try:
                return self._computed(values, bits)
            except Exception as error:  # whatever a student's code raises, the demo goes on
                self.own, self.trouble = False, stopped(error)
        return nearest(values, bits)

    def _computed(self, values: Array, bits: int) -> tuple[Array, float]:
        position, scale = self._quant_param(values.copy(), bits)
        integers = np.asarray(self._quantize(values.copy(), position, scale, bits))
        if integers.shape != values.shape:
            raise ValueError(tr(WRONG_SHAPE, got=integers.shape, wanted=values.shape))
        step = float(2.0**position / scale)
        if not (np.isfinite(step) and step > 0 and np.isfinite(integers).all()):
            raise ValueError(tr(NO_GRID, position=position, scale=scale))
        return integers, step
