"""Rules on what something is: constants, dtypes, functions, keywords, names."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from autograder.measure.mutants.changes import Change, Place, exchanged
from autograder.measure.mutants.positions import stepped

#: Name of a dtype -> what it is taken for.
DTYPES = {
    "float16": ("float32",),
    "float32": ("float64", "float16"),
    "float64": ("float32",),
    "int8": ("uint8", "int16"),
    "uint8": ("int8", "int32"),
    "int32": ("int64", "int8", "float32"),
    "int64": ("int32", "float64"),
    "bool_": ("int8",),
}
#: Function -> what it is taken for.
FUNCTIONS = {
    "max": ("min", "mean"),
    "min": ("max",),
    "maximum": ("minimum",),
    "minimum": ("maximum",),
    "argmax": ("argmin",),
    "argmin": ("argmax",),
    "argsort": ("sort",),
    "sum": ("mean", "max"),
    "mean": ("sum", "max"),
    "std": ("var",),
    "floor": ("ceil", "round"),
    "ceil": ("floor",),
    "round": ("floor", "ceil"),
    "exp": ("log",),
    "log": ("exp", "log2"),
    "sqrt": ("square",),
    "zeros": ("ones",),
    "zeros_like": ("ones_like",),
    "array": ("asarray",),
    "any": ("all",),
    "all": ("any",),
    "repeat": ("tile",),
    "append": ("extend",),
}
#: Modules whose functions take what they change as the first argument.
MODULES = ("np", "math", "numpy")


def constant(place: Place) -> Iterator[Change]:
    """``2`` as 3 and 1, ``0.5`` as 0.55 and -0.5, ``True`` as ``False``, ``"a"`` as ``"a_"``."""
    node = place.node
    if isinstance(node, ast.Constant):
        for value in _other(node.value):
            yield exchanged(place, ast.Constant(value))


def _other(value: object) -> Sequence[str | float]:
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1, value - 1]
    if isinstance(value, float):
        return [value * 1.1, -value] if value else [1.0]
    return [f"{value}_"] if isinstance(value, str) else []


def dtype(place: Place) -> Iterator[Change]:
    """``np.float32`` as ``np.float64``; ``float`` as ``int``."""
    node = place.node
    if isinstance(node, ast.Attribute):
        for other in DTYPES.get(node.attr, ()):
            yield exchanged(place, ast.Attribute(node.value, other, ast.Load()))
    elif isinstance(node, ast.Name) and node.id in ("float", "int"):
        yield exchanged(place, ast.Name("int" if node.id == "float" else "float", ast.Load()))


def function(place: Place) -> Iterator[Change]:
    """``np.maximum`` as ``np.minimum``, ``sum`` as ``mean``, and so on."""
    node, parent = place.node, place.parent
    if not (isinstance(parent, ast.Call) and parent.func is node):
        return
    if isinstance(node, ast.Attribute):
        for other in FUNCTIONS.get(node.attr, ()):
            yield exchanged(place, ast.Attribute(node.value, other, ast.Load()))
    elif isinstance(node, ast.Name) and node.id in ("max", "min", "any", "all"):
        yield exchanged(place, ast.Name(FUNCTIONS[node.id][0], ast.Load()))


def call(place: Place) -> Iterator[Change]:
    """``a.copy()`` as ``a``, ``np.sqrt(a)`` as ``a``: what a call does to it left out."""
    node = place.node
    if not isinstance(node, ast.Call) or isinstance(place.parent, ast.Expr):
        return
    method = isinstance(node.func, ast.Attribute) and not (
        isinstance(node.func.value, ast.Name) and node.func.value.id in MODULES
    )
    if method and isinstance(node.func, ast.Attribute):
        yield exchanged(place, node.func.value)
    for argument in node.args:
        if not isinstance(argument, (ast.Starred, ast.GeneratorExp)) and not method:
            yield exchanged(place, argument)
            break


def keyword(place: Place) -> Iterator[Change]:
    """``sum(axis=0, keepdims=True)`` without one of its keywords."""
    node = place.node
    if isinstance(node, ast.Call):
        for left_out in node.keywords:
            kept = [each for each in node.keywords if each is not left_out]
            yield exchanged(place, ast.Call(node.func, node.args, kept))


def loop(place: Place) -> Iterator[Change]:
    """``range(n)`` as ``range(n - 1)`` and ``range(1, n)``; ``range(a, b)`` likewise."""
    node = place.node
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "range"):
        return
    start, stop = [ast.Constant(0), *node.args][-2:] if len(node.args) < 3 else node.args[:2]
    step = node.args[2:]
    less: list[ast.expr] = [start, stepped(stop, -1), *step]
    late: list[ast.expr] = [stepped(start, 1), stop, *step]
    for args in (less, late):
        yield exchanged(place, ast.Call(node.func, args, []))


def name(place: Place) -> Iterator[Change]:
    """One name of the function as the two that are defined next to it, one of self's attributes likewise."""
    node = place.node
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in place.names:
        for other in _beside(node.id, place.names):
            yield exchanged(place, ast.Name(other, ast.Load()))
    elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load) and node.attr in place.attributes:
        for other in _beside(node.attr, place.attributes):
            yield exchanged(place, ast.Attribute(node.value, other, ast.Load()))


def _beside(name: str, names: tuple[str, ...]) -> list[str]:
    others = [each for each in names if each != "self"]
    if name not in others:
        return []
    here = others.index(name)
    return [*others[max(0, here - 1) : here], *others[here + 1 : here + 2]]
