"""Changes of one constant of a cell that change shapes: another axis, other axes' order, no kept axis."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass

from aics.own.cell import OwnCell
from aics.own.trial import parts_of

#: Methods whose only positional argument is an axis.
REDUCING = frozenset({"all", "any", "argmax", "argmin", "max", "mean", "min", "prod", "std", "sum", "var"})
#: Functions whose integers are axes in an order.
ORDERING = frozenset({"transpose", "moveaxis", "swapaxes"})


@dataclass(frozen=True)
class Change:
    """A change of one call of a cell.

    Attributes
    ----------
    cell : OwnCell
    place : int
        Which of the cell's calls it is.
    make : callable
        Changes the call, a node of a fresh tree, in place; what the changed part was and is.
    line : int
    before, old, new : str
        The call, and the part of it that is changed, before and after.
    """

    cell: OwnCell
    place: int
    make: Callable[[ast.Call], tuple[str, str] | None]
    line: int
    before: str
    old: str
    new: str

    def untouched(self) -> tuple[ast.Module, list[ast.expr]]:
        """A tree of the cell as it is, and the call in it."""
        tree = self.cell.tree()
        return tree, [_calls(tree)[self.place]]

    def applied(self) -> tuple[ast.Module, ast.expr]:
        """A tree of the changed cell, and the call in it."""
        tree = self.cell.tree()
        call = _calls(tree)[self.place]
        self.make(call)
        return tree, call


def changes_in(cell: OwnCell) -> Iterator[Change]:
    """Every change that can be made of a cell."""
    for place, call in enumerate(_calls(cell.tree())):
        for make in (_axis, _kept, _positional, _order):
            if told := make(deepcopy(call)):
                yield Change(cell, place, make, call.lineno, ast.unparse(call), *told)


def _calls(tree: ast.Module) -> list[ast.Call]:
    return [part for part in parts_of(tree) if isinstance(part, ast.Call)]


def _axis(call: ast.Call) -> tuple[str, str] | None:
    """``axis=1`` becomes ``axis=0``, any other ``axis=1``; of several axes the first stays."""
    for keyword in call.keywords:
        if keyword.arg == "axis":
            old = ast.unparse(keyword.value)
            if (other := _other_axis(keyword.value)) is not None:
                keyword.value = ast.copy_location(other, keyword.value)
                return f"axis={old}", f"axis={ast.unparse(other)}"
    return None


def _kept(call: ast.Call) -> tuple[str, str] | None:
    for keyword in call.keywords:
        if keyword.arg == "keepdims" and isinstance(keyword.value, ast.Constant) and keyword.value.value is True:
            keyword.value = ast.copy_location(ast.Constant(False), keyword.value)
            return "keepdims=True", "keepdims=False"
    return None


def _positional(call: ast.Call) -> tuple[str, str] | None:
    """``x.sum(1)`` becomes ``x.sum(0)``."""
    if _called(call) in REDUCING and len(call.args) == 1 and (other := _other_axis(call.args[0])) is not None:
        old = ast.unparse(call.args[0])
        call.args[0] = ast.copy_location(other, call.args[0])
        return f"({old})", f"({ast.unparse(other)})"
    return None


def _order(call: ast.Call) -> tuple[str, str] | None:
    """``x.transpose(0, 2, 1)`` becomes ``x.transpose(0, 1, 2)``: the last two take each other's place."""
    if _called(call) not in ORDERING:
        return None
    last = call.args[-1] if call.args else None
    found = last.elts if isinstance(last, ast.Tuple) else call.args
    if len(found) < 2 or _integer(found[-1]) is None or _integer(found[-2]) is None:
        return None
    old = ", ".join(map(ast.unparse, found[-2:]))
    found[-2:] = found[-1], found[-2]
    return f"..., {old}", f"..., {', '.join(map(ast.unparse, found[-2:]))}"


def _other_axis(node: ast.expr) -> ast.expr | None:
    if isinstance(node, ast.Tuple) and len(node.elts) > 1 and all(_integer(each) is not None for each in node.elts):
        return node.elts[0]
    axis = _integer(node)
    return None if axis is None else ast.Constant(1 if axis == 0 else 0)


def _integer(node: ast.expr) -> int | None:
    """An integer that is written out, with or without its sign."""
    sign, inner = (-1, node.operand) if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) else (1, node)
    value = inner.value if isinstance(inner, ast.Constant) else None
    return sign * value if type(value) is int else None


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""
