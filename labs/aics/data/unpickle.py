"""Read pickles of plain NumPy arrays in plain containers, and refuse all others.

A pickle is a program: it names functions and calls them. Here only those names are found that NumPy's own arrays need
to be put together again, and nothing is imported for any other.
"""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np

from aics.data.errors import Unsafe, WrongData
from aics.language import tr

#: What a pickle of plain arrays names. NumPy 1 wrote `numpy.core`, NumPy 2 writes `numpy._core`.
_ALLOWED: dict[tuple[str, str], object] = {("numpy", "ndarray"): np.ndarray, ("numpy", "dtype"): np.dtype}
for _core in ("numpy.core", "numpy._core"):
    _ALLOWED[f"{_core}.multiarray", "_reconstruct"] = np.array(0).__reduce__()[0]
    _ALLOWED[f"{_core}.multiarray", "scalar"] = np.float64(0).__reduce__()[0]
    _ALLOWED[f"{_core}.numeric", "_frombuffer"] = np.zeros(1).__reduce_ex__(5)[0]


class _PlainArrays(pickle.Unpickler):
    """An unpickler that finds nothing but what arrays are made of."""

    def find_class(self, module: str, name: str) -> object:
        """Return what a name in the pickle stands for; Unsafe for a name that plain arrays do not need."""
        try:
            return _ALLOWED[module, name]
        except KeyError:
            raise Unsafe(
                tr(
                    "The pickle asks for {name}. Only plain NumPy arrays in dicts, lists and tuples are read.",
                    name=f"{module}.{name}",
                )
            ) from None

    def persistent_load(self, _pid: object) -> object:
        """Refuse references to things outside of the pickle."""
        raise Unsafe(tr("The pickle refers to something outside of itself; it is not read."))


def load(path: Path) -> object:
    """Read the arrays in a pickle, in their containers.

    Raises Unsafe if it asks for anything else, WrongData if it is no pickle or is cut.
    """
    with path.open("rb") as file:
        try:
            loaded = _PlainArrays(file).load()
        except Unsafe:
            raise
        except Exception as error:  # a broken pickle can make the unpickler raise nearly anything
            said = {"file": path.name, "error": type(error).__name__}
            raise WrongData(tr("{file} is no whole pickle ({error}).", **said)) from error
    _refuse_objects(loaded)
    return loaded


def _refuse_objects(loaded: object) -> None:
    """Raise Unsafe if there is an array of Python objects, which could be anything."""
    todo: list[object] = [loaded]
    seen: set[int] = set()
    while todo:
        thing = todo.pop()
        if id(thing) in seen:  # a container may hold another many times over, or itself
            continue
        seen.add(id(thing))
        if isinstance(thing, dict):
            todo += thing.values()
        elif isinstance(thing, (list, tuple)):
            todo += thing
        dtype = thing.dtype if isinstance(thing, np.ndarray) else thing
        if isinstance(dtype, np.dtype) and dtype.hasobject:
            raise Unsafe(tr("The pickle holds an array of Python objects; only arrays of numbers are read."))
