"""Python 2's whole division in sizes: a ``/`` whose result is a shape, a range or an index.

In Python 3 such a result is a float, at which ``range``, ``np.zeros`` and an index stop: no code that ran depends on
it. What is divided anywhere else, such as a loss by a batch, is left as it is. The standard library alone.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.intake.edits import Mend, Source, code_only

#: Calls that take sizes: how many of the first arguments are some, all where it is None.
_TAKE_SIZES = {"range": None, "xrange": None, "zeros": 1, "ones": 1, "empty": 1, "full": 1} | {
    **{"eye": 2, "identity": 1, "rand": None, "randn": None}
}
#: Calls that take an array first, unless they are a method of it, and then sizes.
_OF_ARRAYS = frozenset({"array_split", "pad", "repeat", "reshape", "split", "tile"})
_BY_NAME = frozenset({"newshape", "shape", "size"})
#: Calls that give a whole number where they are given some.
_KEEP = frozenset({"abs", "int", "len", "list", "max", "min", "sum", "tuple"})
_WHOLE = (ast.Attribute, ast.BinOp, ast.Constant, ast.List, ast.Name, ast.Slice, ast.Subscript, ast.Tuple, ast.UnaryOp)


def mends(source: Source) -> Iterator[Mend]:
    """Yield a mend for each such division."""
    nodes = list(ast.walk(source.tree))
    scopes = _scopes(nodes)
    assigned = [(_variable(target, scopes), value) for node in nodes for target, value in _assigned(node)]
    halved = [node for node in nodes if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Div)]
    returned = [(name, value) for node in nodes for name, value in _returned(node)]
    waiting = [size for node in nodes for size in _sizes_in(node)]
    variables, functions, seen = set[str](), set[str](), set[int]()
    while waiting:
        for node in _whole_parts(waiting.pop()):
            if id(node) in seen:
                continue
            seen.add(id(node))
            if isinstance(node, ast.BinOp) and _is_division(node):
                yield _mend(source, node.left, node.right)
            variable = _variable(node, scopes)
            if variable not in variables:
                variables.add(variable)
                waiting += [value for name, value in assigned if variable and name == variable]
                for each in (each for each in halved if variable and _variable(each.target, scopes) == variable):
                    yield _mend(source, each.target, each.value)
            if (called := _called(node)) and called not in functions:
                functions.add(called)
                waiting += [value for name, value in returned if name == called]


def _scopes(nodes: list[ast.AST]) -> dict[int, int]:
    """The outermost function that each node lies in."""
    scopes: dict[int, int] = {}
    for function in (node for node in nodes if isinstance(node, ast.FunctionDef)):
        for inner in ast.walk(function):
            scopes.setdefault(id(inner), id(function))
    return scopes


def _variable(node: ast.AST, scopes: dict[int, int]) -> str:
    """A function's variable, or an attribute of self anywhere in the file; "" of anything else."""
    if isinstance(node, ast.Attribute):
        return f"self.{node.attr}" if getattr(node.value, "id", "") == "self" else ""
    return f"{node.id} of {scopes.get(id(node))}" if isinstance(node, ast.Name) else ""


def _sizes_in(node: ast.AST) -> Iterator[ast.expr]:
    """The expressions right below a node that must be whole numbers."""
    if isinstance(node, ast.Subscript):
        yield node.slice
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):  # [0] * (n / 2)
        for one, other in ((node.left, node.right), (node.right, node.left)):
            if isinstance(one, ast.List) or (isinstance(one, ast.Constant) and isinstance(one.value, str)):
                yield other
    if not isinstance(node, ast.Call):
        return
    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
    if name in _OF_ARRAYS:
        yield from node.args[_is_function(node.func) :]
    elif name in _TAKE_SIZES:
        yield from node.args[: _TAKE_SIZES[name]]
    yield from (keyword.value for keyword in node.keywords if keyword.arg in _BY_NAME)


def _is_function(called: ast.expr) -> bool:
    """Whether ``np.reshape`` is called, and no array's own method."""
    return isinstance(called, ast.Name) or getattr(getattr(called, "value", None), "id", "") in ("np", "numpy")


def _called(node: ast.AST) -> str:
    """The function of this file, or the method of self, that a call may mean; "" where it means another."""
    if not isinstance(node, ast.Call):
        return ""
    if isinstance(node.func, ast.Attribute):
        return f"self.{node.func.attr}" if getattr(node.func.value, "id", "") == "self" else ""
    return getattr(node.func, "id", "")


def _returned(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """What a function returns, under its name and as a method's."""
    if isinstance(node, ast.FunctionDef):
        for each in (each for each in ast.walk(node) if isinstance(each, ast.Return) and each.value is not None):
            assert each.value is not None
            yield node.name, each.value
            yield f"self.{node.name}", each.value


def _assigned(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    """What a statement gives a value, with the value of each."""
    for target in node.targets if isinstance(node, ast.Assign) else []:
        assert isinstance(node, ast.Assign)
        if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            yield from zip(target.elts, node.value.elts, strict=False)
        else:
            yield target, node.value


def _whole_parts(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of an expression that must be whole for it to be."""
    if isinstance(node, ast.Call):
        yield node
        inner: list[ast.AST] = list(node.args) if getattr(node.func, "id", "") in _KEEP - {"int"} else []
    elif isinstance(node, _WHOLE):
        yield node
        inner = [] if isinstance(node, ast.Attribute | ast.Subscript) else list(ast.iter_child_nodes(node))
    else:
        return
    for part in inner:
        yield from _whole_parts(part)


def _is_division(node: ast.BinOp) -> bool:
    """Whether two expressions are divided that can both be whole numbers."""
    return isinstance(node.op, ast.Div) and _can_be_whole(node.left) and _can_be_whole(node.right)


def _can_be_whole(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        return getattr(node.func, "id", "") in _KEEP and all(map(_can_be_whole, node.args))
    if isinstance(node, ast.BinOp):
        return _can_be_whole(node.left) and _can_be_whole(node.right)
    return isinstance(node, _WHOLE) and (not isinstance(node, ast.Constant) or isinstance(node.value, int))


def _mend(source: Source, left: ast.expr, right: ast.expr) -> Mend:
    start, end = source.span(left)[1], source.span(right)[0]
    at = start + code_only(source.text[start:end]).index("/")
    return Mend(start=at, end=at + 1, new="//", key="division")
