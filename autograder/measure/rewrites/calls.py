"""Rules on calls: methods as functions, functions as methods, arguments by place and by name."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

import libcst as cst
import numpy as np

from autograder.measure.rewrites.answer import Answer, Edit, enclosed, parsed, text_of, walk

#: Methods of arrays that are functions of NumPy too, with the same arguments behind the array.
BOTH = frozenset(
    {"all", "any", "argmax", "argmin", "argsort", "cumsum", "max", "mean", "min", "nonzero", "prod", "ravel"}
    | {"repeat", "std", "sum", "swapaxes", "take", "var"}
)
#: Functions that always return arrays, or NumPy's numbers, which have the same methods.
ARRAYS = frozenset(
    {"abs", "arange", "array", "asarray", "ascontiguousarray", "broadcast_to", "clip", "concatenate", "cumsum"}
    | {"einsum", "empty", "exp", "flip", "floor", "full", "isfinite", "isinf", "log", "matmul", "maximum"}
    | {"minimum", "multiply", "ones", "ones_like", "pad", "rint", "sqrt", "square", "stack", "tensordot", "where"}
    | {"zeros", "zeros_like"}
)
#: What the notebooks' own objects are called where they are handed in; others' methods may have the same names.
_OWN = r"self|net|layer|optimizer|goal\.net|goal\.\w+_loss|self\.layers\[.*\]"
_MODULES = frozenset({"np", "math", "itertools", "operator", "functools", "random"})


def as_function(answer: Answer) -> Iterator[Edit]:
    """`x.sum(axis=0)` as `np.sum(x, axis=0)`, `x.reshape(...)` as `np.reshape(x, ...)`, `x.T` as `np.transpose(x)`."""
    for node in _nodes(answer):
        if isinstance(node, cst.Attribute) and node.attr.value == "T":
            yield answer.with_(node, parsed("np.transpose(x)", x=node.value))
        elif isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute) and _owner(node.func):
            made = _function(node, node.func)
            if made is not None:
                yield answer.with_(node, made)


def as_method(answer: Answer) -> Iterator[Edit]:
    """`np.sum(x, axis=0)` as `x.sum(axis=0)` where x is an array for certain."""
    for node in _nodes(answer):
        if isinstance(node, cst.Call) and node.args and text_of(node.func).startswith("np."):
            name, first = text_of(node.func)[3:], node.args[0]
            if name in BOTH | {"reshape", "transpose"} and not first.keyword and not first.star and _array(first.value):
                func = cst.Attribute(enclosed(first.value), cst.Name(name))
                yield answer.with_(node, node.with_changes(func=func, args=node.args[1:]))


def product(answer: Answer) -> Iterator[Edit]:
    """`a @ b` as `np.matmul(a, b)` and back; as `np.dot(a, b)` where b has two axes."""
    for node in _nodes(answer):
        if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.MatrixMultiply):
            yield answer.with_(node, parsed("np.matmul(a, b)", a=node.left, b=node.right))
            if text_of(node.right).endswith(".T"):
                yield answer.with_(node, parsed("np.dot(a, b)", a=node.left, b=node.right))
        elif isinstance(node, cst.Call) and text_of(node.func) == "np.matmul" and len(node.args) == 2:
            left, right = (enclosed(arg.value) for arg in node.args)
            yield answer.with_(node, parsed("(a @ b)", a=left, b=right))


def by_place(answer: Answer) -> Iterator[Edit]:
    """NumPy's arguments by place that were given by name."""
    for node in _nodes(answer):
        if isinstance(node, cst.Call) and (names := _numpy_names(node)):
            given = [
                arg.keyword.value if arg.keyword else names[i] for i, arg in enumerate(node.args) if i < len(names)
            ]
            if any(arg.keyword for arg in node.args) and given == names[: len(node.args)]:
                yield answer.with_(node, node.with_changes(args=[_bare(arg) for arg in node.args]))


def by_name(answer: Answer) -> Iterator[Edit]:
    """Arguments by name that were given by place: NumPy's behind the first, and those of the notebook's functions."""
    for node in _nodes(answer):
        if isinstance(node, cst.Call) and not any(arg.star for arg in node.args):
            numpys = text_of(node.func).startswith("np.")
            names = _numpy_names(node) if numpys else list(answer.signatures.get(_called(node.func), ()))
            places = [n for n, arg in enumerate(node.args) if not arg.keyword and n >= numpys]
            if places and len(node.args) <= len(names) and all(names[n] for n in places):
                args = [_named(arg, names[n]) if n in places else arg for n, arg in enumerate(node.args)]
                yield answer.with_(node, node.with_changes(args=args))


def _called(function: cst.BaseExpression) -> str:
    """The name of one of the notebook's functions; of its methods, where the object is one of its own, with a dot."""
    if isinstance(function, cst.Attribute):
        return f".{function.attr.value}" if re.fullmatch(_OWN, text_of(function.value)) else ""
    return text_of(function)


def _nodes(answer: Answer) -> Iterator[cst.CSTNode]:
    for function in answer.functions:
        for line in function.body.body:
            yield from walk(line)


def _owner(function: cst.Attribute) -> bool:
    """Whether a method is an object's, and no module's function."""
    return text_of(function.value).partition(".")[0] not in _MODULES or isinstance(function.value, cst.Call)


def _function(node: cst.Call, method: cst.Attribute) -> cst.BaseExpression | None:
    name, args, owner = method.attr.value, node.args, cst.Arg(method.value)
    if any("Image" in text_of(arg) for arg in args):  # Pillow's pictures have some methods of these names
        return None
    if name in BOTH:
        return node.with_changes(func=cst.parse_expression(f"np.{name}"), args=[owner, *args])
    if name in ("reshape", "transpose") and args and not any(arg.keyword for arg in args):
        whole = args[0].value if len(args) == 1 and not args[0].star else _tuple(node)
        return node.with_changes(func=cst.parse_expression(f"np.{name}"), args=[owner, cst.Arg(whole)])
    return None


def _tuple(node: cst.Call) -> cst.BaseExpression:
    return cst.parse_expression("(" + "".join(f"{arg.star}{text_of(arg.value)}, " for arg in node.args) + ")")


def _array(node: cst.BaseExpression) -> bool:
    """Whether an expression is an array, or one of NumPy's numbers, whatever its parts are."""
    if isinstance(node, cst.BinaryOperation):
        return _array(node.left) or _array(node.right)
    if isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute):
        name = text_of(node.func)
        return (name[:3] == "np." and name[3:] in ARRAYS) or node.func.attr.value in ("astype", "reshape", "transpose")
    return False


def _numpy_names(node: cst.Call) -> list[str]:
    """The parameters of a function of NumPy that can be given by place; "" for one that has to be."""
    function = getattr(np, text_of(node.func)[3:], None) if text_of(node.func).startswith("np.") else None
    if isinstance(function, np.ufunc):
        return []
    try:
        every = inspect.signature(function).parameters.values() if function else []
    except (TypeError, ValueError):
        every = []
    by_place = [each for each in every if each.kind in (each.POSITIONAL_ONLY, each.POSITIONAL_OR_KEYWORD)]
    return [each.name if each.kind is each.POSITIONAL_OR_KEYWORD else "" for each in by_place]


def _bare(arg: cst.Arg) -> cst.Arg:
    return arg.with_changes(keyword=None, equal=cst.MaybeSentinel.DEFAULT)


def _named(arg: cst.Arg, name: str) -> cst.Arg:
    return arg.with_changes(keyword=cst.Name(name), equal=cst.MaybeSentinel.DEFAULT)
