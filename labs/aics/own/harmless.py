"""Whether functions may run with pieces left out: they keep nothing from call to call and touch no file."""

from __future__ import annotations

import ast
from collections.abc import Collection
from dis import get_instructions
from types import BuiltinFunctionType, CodeType, FunctionType, ModuleType

import numpy as np

from aics.own.trial import Trial

#: Packages of functions that compute, and nothing else.
PURE = frozenset({"aics", "collections", "functools", "itertools", "math", "numpy", "operator", "scipy", "time"})
#: Names by which code reaches files, or what it was not handed.
REACHING = frozenset(
    {"__import__", "compile", "delattr", "eval", "exec", "globals", "open", "setattr", "vars"}
    | {"dump", "memmap", "save", "savetxt", "savez", "savez_compressed", "tofile", "unlink", "write", "write_text"}
)
#: What nobody can write into.
_FIXED = (int, float, complex, str, bytes, type(None), np.generic, np.dtype, np.ufunc, range, slice, type(...))
_CODE = (FunctionType, BuiltinFunctionType, type)
_WRITTEN_INTO = (dict, list, set, np.ndarray)


def is_harmless(trial: Trial) -> bool:
    """Whether nothing that a call changes outlasts it: not the notebook's arrays, lists and objects, and no file."""
    functions = trial.live.values()
    reaching = {name for code in trial.codes for name in code.co_names} & REACHING
    imported = [name for node in trial.functions.values() for name in _imports(node)]
    names = {name for code in trial.codes for name in _global_names(code)}
    reached = [value for name, value in trial.namespace.items() if name in names or _owns(value, functions)]
    defaults = [value for function in functions for value in _defaults(function)]
    owned = [value for each in reached if isinstance(each, type) for value in _attributes(each)]
    return (
        not reaching
        and all(map(_is_pure, imported))
        and all(map(_lasts, [*reached, *defaults]))
        and not any(isinstance(value, _WRITTEN_INTO) for value in owned)
    )


def _global_names(code: CodeType) -> set[str]:
    """The notebook's names that some code uses; those of attributes are none of them."""
    return {str(each.argval) for each in get_instructions(code) if each.opname.endswith("_GLOBAL")}


def _attributes(owner: type) -> list[object]:
    return [value for name, value in vars(owner).items() if not name.startswith("__")]


def _owns(value: object, functions: Collection[FunctionType]) -> bool:
    """Whether a value is a class with one of these functions."""
    own = vars(value).values() if isinstance(value, type) else ()
    return any(each is function for each in own for function in functions)


def _lasts(value: object) -> bool:
    """Whether a value stays what it is, whatever code is run."""
    if isinstance(value, ModuleType):
        return _is_pure(value.__name__)
    return isinstance(value, (*_FIXED, *_CODE)) or (isinstance(value, tuple) and all(map(_lasts, value)))


def _defaults(function: FunctionType) -> list[object]:
    return [*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values()]


def _imports(node: ast.FunctionDef) -> list[str]:
    plain = [alias.name for each in ast.walk(node) if isinstance(each, ast.Import) for alias in each.names]
    return plain + [each.module or "" for each in ast.walk(node) if isinstance(each, ast.ImportFrom)]


def _is_pure(name: str) -> bool:
    return name.partition(".")[0] in PURE
