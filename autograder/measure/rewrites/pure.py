"""Which expressions can be computed earlier, later or in another order, and bring the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import libcst as cst

from autograder.measure.rewrites.answer import text_of, walk

#: Built-in functions that only look at what they are given.
FUNCTIONS = frozenset(
    {"abs", "bool", "dict", "divmod", "enumerate", "float", "int", "isinstance", "len", "list", "max", "min"}
    | {"range", "reversed", "round", "set", "slice", "sorted", "str", "sum", "tuple", "zip"}
)
#: Methods of arrays, texts and dicts that change nothing.
METHODS = frozenset(
    {"all", "any", "argmax", "argmin", "argsort", "astype", "copy", "cumsum", "dot", "flatten", "get", "items"}
    | {"keys", "max", "mean", "min", "nonzero", "prod", "ravel", "repeat", "reshape", "round", "squeeze"}
    | {"startswith", "std", "sum", "swapaxes", "take", "transpose", "values", "var"}
)
#: NumPy's functions that change something, or draw.
CHANGING = re.compile(
    r"np\.(random|add\.at|\w+\.at|copyto|put|place|putmask|fill_diagonal|load|save|seterr|errstate)\b|.*\bout\s*="
)


def pure_call(call: cst.Call) -> bool:
    """Whether a call changes nothing but what it returns; what it is given may do so all the same."""
    if isinstance(call.func, cst.Name):
        return call.func.value in FUNCTIONS
    name = text_of(call.func)
    if re.fullmatch(r"(np|math)(\.\w+)+", name):
        return not CHANGING.match(text_of(call))
    return isinstance(call.func, cst.Attribute) and call.func.attr.value in METHODS


def impure(node: cst.CSTNode) -> list[cst.CSTNode]:
    """The parts of a node that may change something when they are computed."""
    return [each for each in walk(node) if _changes(each)]


def _changes(node: cst.CSTNode) -> bool:
    if isinstance(node, cst.Call):
        return not pure_call(node)
    return isinstance(node, cst.NamedExpr | cst.Yield | cst.Await)


def pure(node: cst.CSTNode) -> bool:
    """Whether computing a node changes nothing."""
    return not impure(node)


def once(node: cst.CSTNode) -> Iterator[cst.BaseExpression]:
    """The expressions within a node that are computed exactly once, whatever the values; the outer ones first."""
    if isinstance(node, cst.Lambda | cst.BaseComp | cst.FormattedString | cst.Param):
        return
    if isinstance(node, cst.BaseExpression):
        yield node
    inner: Sequence[cst.CSTNode] = node.children
    if isinstance(node, cst.IfExp):
        inner = [node.test]
    elif isinstance(node, cst.BooleanOperation | cst.Comparison):
        inner = [node.left]
    elif isinstance(node, cst.Call):
        receiver = [node.func.value] if isinstance(node.func, cst.Attribute) else []
        inner = [*receiver, *(arg.value for arg in node.args)]
    elif isinstance(node, cst.Attribute):
        inner = [node.value]
    for child in inner:
        yield from once(child)


def movable(part: cst.BaseExpression, whole: cst.CSTNode) -> bool:
    """Whether a part can be computed before all else of the statement: what may change something comes after it."""
    return pure(part) and all(any(each is part for each in walk(other)) for other in impure(whole))
