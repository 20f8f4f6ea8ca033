"""Rules on arithmetic, comparisons and conditions."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.measure.mutants.changes import Change, Place, exchanged

#: Operator -> what it is taken for.
ARITHMETIC: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add, ast.Mult),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.FloorDiv: (ast.Div, ast.Mult),
    ast.Mod: (ast.FloorDiv, ast.Mult),
    ast.Pow: (ast.Mult, ast.Div),
    ast.MatMult: (ast.Mult,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
    ast.LShift: (ast.RShift,),
    ast.RShift: (ast.LShift,),
}
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
#: Operators whose operands cannot change places.
ONE_WAY = (ast.Sub, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.MatMult)


def operator(place: Place) -> Iterator[Change]:
    """``a + b`` as ``a - b``, ``a += b`` as ``a -= b``."""
    node = place.node
    if isinstance(node, ast.BinOp):
        for other in ARITHMETIC.get(type(node.op), ()):
            yield exchanged(place, ast.BinOp(node.left, other(), node.right))
    elif isinstance(node, ast.AugAssign):
        for other in ARITHMETIC.get(type(node.op), ()):
            yield exchanged(place, ast.AugAssign(node.target, other(), node.value))
        yield exchanged(place, ast.Assign([node.target], node.value))


def operand(place: Place) -> Iterator[Change]:
    """``a + b`` as ``a``, as ``b``, and ``a - b`` as ``b - a``."""
    node = place.node
    if isinstance(node, ast.BinOp):
        yield exchanged(place, node.left)
        yield exchanged(place, node.right)
        if isinstance(node.op, ONE_WAY):
            yield exchanged(place, ast.BinOp(node.right, node.op, node.left))


def comparison(place: Place) -> Iterator[Change]:
    """``a < b`` as ``a <= b`` and as ``a > b``."""
    node = place.node
    if isinstance(node, ast.Compare):
        for number, op in enumerate(node.ops):
            for other in COMPARISONS[type(op)]:
                ops = [*node.ops[:number], other(), *node.ops[number + 1 :]]
                yield exchanged(place, ast.Compare(node.left, ops, node.comparators))


def condition(place: Place) -> Iterator[Change]:
    """``a and b`` as ``a or b``, ``a`` or ``b``; ``if a`` as ``if not a``."""
    node = place.node
    if isinstance(node, ast.BoolOp):
        other: ast.boolop = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield exchanged(place, ast.BoolOp(other, node.values))
        for each in node.values:
            yield exchanged(place, each)
    elif isinstance(node, (ast.If, ast.While, ast.IfExp)):
        yield exchanged(place, ast.UnaryOp(ast.Not(), node.test), old=node.test, within=node)
    if isinstance(node, ast.IfExp):
        yield exchanged(place, node.body)
        yield exchanged(place, node.orelse)


def sign(place: Place) -> Iterator[Change]:
    """``-a`` and ``not a`` as ``a``."""
    node = place.node
    if isinstance(node, ast.UnaryOp):
        yield exchanged(place, node.operand)
