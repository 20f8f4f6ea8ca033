"""Let functions of a notebook run changed code for a while; the notebook's names stay what they are."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import FunctionType
from typing import Any

from aics.own.cell import Key, codes_in

#: By this name changed code hands in what a part of a line gave.
RECORDER = "_aics_part"


@contextmanager
def swapped(
    functions: Mapping[Key, FunctionType], tree: ast.Module, recorder: Callable[..., Any] | None = None
) -> Iterator[None]:
    """Run the functions of a cell as this tree has them; all is put back at the end.

    Raises ValueError where one of them can no longer take its place.
    """
    codes = codes_in(compile(ast.fix_missing_locations(tree), "<changed>", "exec"))
    kept = {key: function.__code__ for key, function in functions.items()}
    try:
        for key, function in functions.items():
            if recorder:
                function.__globals__[RECORDER] = recorder
            if key not in codes:
                raise ValueError(f"{key[0]} cannot take the place of what it was")
            function.__code__ = codes[key]
        yield
    finally:
        for key, function in functions.items():
            function.__code__ = kept[key]
            function.__globals__.pop(RECORDER, None)
