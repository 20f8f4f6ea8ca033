"""Rules on arithmetic. Sums in another order, and in another precision, may differ in their last bits."""

from __future__ import annotations

import re
from collections.abc import Iterator

import libcst as cst

from autograder.measure.rewrites.answer import (
    Answer,
    Edit,
    enclosed,
    one,
    parameters,
    parsed,
    target_of,
    text_of,
    walk,
)
from autograder.measure.rewrites.pure import impure, pure

_COMMUTES = cst.Add | cst.Multiply
_MIRRORED: dict[type[cst.BaseCompOp], type[cst.BaseCompOp]] = {
    cst.LessThan: cst.GreaterThan,
    cst.GreaterThan: cst.LessThan,
    cst.LessThanEqual: cst.GreaterThanEqual,
    cst.GreaterThanEqual: cst.LessThanEqual,
    cst.Equal: cst.Equal,
    cst.NotEqual: cst.NotEqual,
}


def commuted(answer: Answer) -> Iterator[Edit]:
    """`a + b` as `b + a`, `a * b` as `b * a`, where both are numbers."""
    for node in _nodes(answer, cst.BinaryOperation):
        assert isinstance(node, cst.BinaryOperation)
        if isinstance(node.operator, _COMMUTES) and _numbers(node) and pure(node):
            yield answer.with_(node, node.with_changes(left=enclosed(node.right), right=enclosed(node.left)))


def regrouped(answer: Answer) -> Iterator[Edit]:
    """`a + b + c` as `a + (b + c)`, and products likewise."""
    for node in _nodes(answer, cst.BinaryOperation):
        assert isinstance(node, cst.BinaryOperation)
        inner = node.left
        if isinstance(inner, cst.BinaryOperation) and _regroupable(node, inner):
            right = cst.BinaryOperation(enclosed(inner.right), node.operator, enclosed(node.right))
            yield answer.with_(node, node.with_changes(left=inner.left, right=enclosed(right)))


def _regroupable(node: cst.BinaryOperation, inner: cst.BinaryOperation) -> bool:
    same = isinstance(node.operator, _COMMUTES) and type(inner.operator) is type(node.operator) and not inner.lpar
    return same and _numbers(node) and _numbers(inner) and not _shifts(node)


def mirrored(answer: Answer) -> Iterator[Edit]:
    """`a < b` as `b > a`."""
    for node in _nodes(answer, cst.Comparison):
        assert isinstance(node, cst.Comparison)
        (first, *others) = node.comparisons
        mirror = _MIRRORED.get(type(first.operator))
        if mirror and not others and pure(node):
            target = cst.ComparisonTarget(mirror(), enclosed(node.left))
            yield answer.with_(node, node.with_changes(left=enclosed(first.comparator), comparisons=[target]))


def augmented(answer: Answer) -> Iterator[Edit]:
    """`a += b` as `a = a + b` where a begins as a plain number, so that it is nobody else's."""
    for function in answer.functions:
        for node in walk(function):
            if (
                isinstance(node, cst.AugAssign)
                and isinstance(node.target, cst.Name)
                and _counter(function, node.target)
            ):
                operator = text_of(node.operator).strip().removesuffix("=")
                value = parsed(f"a {operator} b", a=node.target, b=enclosed(node.value))
                yield answer.with_(node, cst.Assign([cst.AssignTarget(node.target)], value))


def squared(answer: Answer) -> Iterator[Edit]:
    """`x ** 2` as `x * x`, and `np.square(x)`."""
    for node in _nodes(answer, cst.BinaryOperation):
        assert isinstance(node, cst.BinaryOperation)
        if isinstance(node.operator, cst.Power) and text_of(node.right) == "2" and pure(node.left):
            base = enclosed(node.left)
            if not isinstance(base, cst.BaseNumber):
                yield answer.with_(node, parsed("(x * x)", x=base))


def in_double(answer: Answer) -> Iterator[Edit]:
    """float64 wherever float32 stands inside, and what is returned cast at the end."""
    if re.search(r"float16|half|f2", answer.code):  # there the precision inside is what is asked
        return
    for function in answer.functions:
        returned = [node for node in walk(function) if isinstance(node, cst.Return)]
        value = returned[0].value if len(returned) == 1 and "np.float32" in text_of(function) else None
        if value is not None and _one_array(function, value):
            cast = cst.Return(parsed("np.asarray(x).astype(np.single)", x=value))
            inside = text_of(function.deep_replace(returned[0], cast))
            yield answer.with_(function, cst.parse_statement(inside.replace("np.float32", "np.float64")))


def _one_array(function: cst.FunctionDef, value: cst.BaseExpression) -> bool:
    """Whether a value is one array, and no tuple or dict of several."""
    if isinstance(value, cst.Name):
        lines = [node for node in walk(function) if target_of(node) == value.value]
        values = [line.value for line in lines if isinstance(line, cst.Assign)]
        return bool(values) and all(not isinstance(v, cst.Name) and _one_array(function, v) for v in values)
    if isinstance(value, cst.Call):
        return text_of(value.func).startswith("np.") or text_of(value.func).endswith(
            (".reshape", ".transpose", ".astype")
        )
    return isinstance(value, cst.BinaryOperation | cst.Subscript)


def of_numpy(answer: Answer) -> Iterator[Edit]:
    """Sizes as NumPy's integers: `N, C = np.array(x.shape)` for `N, C = x.shape`, and `np.int64(a // b)`."""
    for function in answer.functions:
        if re.search(r"\]\s*\*|\*\s*\[|\)\s*\* \w+\)|f\"", text_of(function)):  # a list times a number is a longer list
            continue
        for node in walk(function):
            if isinstance(node, cst.Assign) and re.fullmatch(r"[\w.]+\.shape(\[[\d:-]*\])?", text_of(node.value)):
                if isinstance(node.targets[0].target, cst.Tuple):
                    yield answer.with_(node, node.with_changes(value=parsed("np.array(s)", s=node.value)))
            elif isinstance(node, cst.Assign) and "//" in text_of(node.value) and _integer(function, node):
                yield answer.with_(node, node.with_changes(value=parsed("np.int64(s)", s=node.value)))


def of_python(answer: Answer) -> Iterator[Edit]:
    """Sizes made Python's integers once more."""
    for function in answer.functions:
        for node in walk(function):
            if isinstance(node, cst.Assign) and "//" in text_of(node.value) and _integer(function, node):
                yield answer.with_(node, node.with_changes(value=parsed("int(s)", s=node.value)))


def _nodes(answer: Answer, kind: type[cst.CSTNode]) -> Iterator[cst.CSTNode]:
    for function in answer.functions:
        for line in function.body.body:
            yield from (node for node in walk(line) if isinstance(node, kind))


def _numbers(node: cst.BinaryOperation) -> bool:
    """Whether two operands are numbers or arrays: products are; a sum is where an operand can be nothing else."""
    if any(
        isinstance(n, cst.SimpleString | cst.FormattedString | cst.List | cst.Tuple | cst.ListComp) for n in walk(node)
    ):
        return False
    return isinstance(node.operator, cst.Multiply) or _number(node.left) or _number(node.right)


def _number(node: cst.BaseExpression) -> bool:
    if isinstance(node, cst.BaseNumber):
        return True
    if isinstance(node, cst.UnaryOperation):
        return isinstance(node.operator, cst.Minus)
    if isinstance(node, cst.BinaryOperation):
        tight = cst.Multiply | cst.Divide | cst.FloorDivide | cst.Subtract | cst.Power | cst.MatrixMultiply
        return isinstance(node.operator, tight) or _number(node.left) or _number(node.right)
    return isinstance(node, cst.Call) and text_of(node.func).startswith("np.")


def _shifts(node: cst.BinaryOperation) -> bool:
    """Whether another order of sums may change more than last bits: halves, and large numbers that are taken away."""
    return bool(impure(node)) or "float16" in text_of(node)


def _counter(function: cst.FunctionDef, name: cst.Name) -> bool:
    """Whether a name is only ever set to numbers, and so never a view of somebody's array."""
    if name.value in parameters(function):
        return False
    sets = [
        node
        for node in walk(function)
        if isinstance(node, cst.SimpleStatementLine) and target_of(one(node)) == name.value
    ]
    values = [one(node).value for node in sets]  # type: ignore[union-attr]
    return bool(values) and all(isinstance(value, cst.Integer | cst.Float) for value in values)


def _integer(function: cst.FunctionDef, node: cst.Assign) -> bool:
    """Whether an assignment computes one integer from sizes."""
    used = {each for each in walk(node.value) if isinstance(each, cst.Name | cst.Attribute | cst.Call | cst.Subscript)}
    return bool(target_of(node)) and all(isinstance(each, cst.Name) and each.value in _sizes(function) for each in used)


def _sizes(function: cst.FunctionDef) -> set[str]:
    """Names that are given a shape's entries, or a layer's sizes."""
    lines = [node for node in walk(function) if isinstance(node, cst.Assign)]
    shapes = [
        line for line in lines if re.fullmatch(r"[\w.]+\.shape(\[[\d:-]*\])?|(self\.\w+(, )?)+", text_of(line.value))
    ]
    tuples = [line.targets[0].target for line in shapes if isinstance(line.targets[0].target, cst.Tuple)]
    return {node.value for each in tuples for node in walk(each) if isinstance(node, cst.Name)}
