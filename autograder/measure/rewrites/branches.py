"""Rules on branches and ways out of a function."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import libcst as cst

from autograder.measure.rewrites.answer import Answer, Edit, blocks, enclosed, one, parsed, walk


def negated(answer: Answer) -> Iterator[Edit]:
    """`if a: x else: y` as `if not a: y else: x`, and the same of an expression."""
    for function in answer.functions:
        for node in walk(function):
            if isinstance(node, cst.IfExp):
                yield answer.with_(
                    node,
                    node.with_changes(test=_not(node.test), body=enclosed(node.orelse), orelse=enclosed(node.body)),
                )
            elif isinstance(node, cst.If) and node.orelse is not None:
                yield answer.with_(node, _turned(node, node.orelse))


def nested(answer: Answer) -> Iterator[Edit]:
    """`if a and b: x` as `if a:` with `if b: x` inside, where there is no else."""
    for function in answer.functions:
        for node in walk(function):
            test = node.test if isinstance(node, cst.If) and node.orelse is None else None
            if (
                isinstance(node, cst.If)
                and isinstance(test, cst.BooleanOperation)
                and isinstance(test.operator, cst.And)
            ):
                inner = node.with_changes(test=test.right, leading_lines=[])
                if not _in_chain(function, node):
                    body = cst.IndentedBlock([inner])
                    yield answer.with_(node, node.with_changes(test=test.left, body=body))


def else_dropped(answer: Answer) -> Iterator[Edit]:
    """What follows `if a: return x` with an else around it, and the other way round."""
    for block in (block for function in answer.functions for block in blocks(function)):
        for number, line in enumerate(block.body):
            if isinstance(line, cst.If) and _leaves(line.body):
                before, rest = block.body[:number], block.body[number + 1 :]
                if line.orelse is None and rest:
                    whole = line.with_changes(orelse=cst.Else(cst.IndentedBlock(list(rest))))
                    yield answer.with_(block, block.with_changes(body=[*before, whole]))
                elif isinstance(line.orelse, cst.Else):
                    lines = [line.with_changes(orelse=None), *line.orelse.body.body, *rest]
                    yield answer.with_(block, block.with_changes(body=[*before, *lines]))


def one_way_out(answer: Answer) -> Iterator[Edit]:
    """Several returns, none of them in a loop, as one at the end."""
    name = next(answer.fresh(("answer", "final", "outcome")))
    for function in answer.functions:
        body = function.body
        returns = [node for node in walk(body) if isinstance(node, cst.Return)]
        if isinstance(body, cst.IndentedBlock) and len(returns) > 1:
            lines = _gathered(body.body, name)
            if lines is not None and not any(isinstance(n, cst.Return) for line in lines for n in walk(line)):
                last = cst.SimpleStatementLine([cst.Return(cst.Name(name))])
                yield answer.with_(body, body.with_changes(body=[*lines, last]))


def _not(test: cst.BaseExpression) -> cst.BaseExpression:
    if isinstance(test, cst.UnaryOperation) and isinstance(test.operator, cst.Not):
        return test.expression
    return parsed("not test", test=enclosed(test))


def _turned(node: cst.If, orelse: cst.If | cst.Else) -> cst.If:
    """An if with its two ways exchanged; an elif becomes an if within the first way."""
    other = orelse.body if isinstance(orelse, cst.Else) else cst.IndentedBlock([orelse])
    return node.with_changes(test=_not(node.test), body=other, orelse=cst.Else(node.body))


def _in_chain(function: cst.FunctionDef, node: cst.If) -> bool:
    return any(isinstance(each, cst.If) and each.orelse is node for each in walk(function))


def _leaves(suite: cst.BaseSuite) -> bool:
    """Whether a block ends in a way out of the function or of the loop."""
    last = one(suite.body[-1]) if suite.body else None
    return isinstance(last, cst.Return | cst.Raise | cst.Continue | cst.Break)


def _gathered(lines: Sequence[cst.BaseStatement], name: str) -> list[cst.BaseStatement] | None:
    """Lines that give `name` what they returned; None where they may end without a return, or return from a loop."""
    for number, line in enumerate(lines):
        statement = one(line)
        if isinstance(statement, cst.Return):
            value = statement.value or cst.Name("None")
            return [*lines[:number], cst.SimpleStatementLine([cst.Assign([cst.AssignTarget(cst.Name(name))], value)])]
        if isinstance(statement, cst.Raise):
            return list(lines[: number + 1])
        if isinstance(line, cst.If) and any(isinstance(node, cst.Return) for node in walk(line)):
            return _branched(lines, number, line, name)
    return None


def _branched(
    lines: Sequence[cst.BaseStatement], number: int, line: cst.If, name: str
) -> list[cst.BaseStatement] | None:
    """An if with returns: what follows it becomes its else."""
    rest = lines[number + 1 :]
    if line.orelse is not None and (rest or not isinstance(line.orelse, cst.Else)):
        return None
    first = _gathered(line.body.body, name)  # type: ignore[arg-type]
    second = _gathered(line.orelse.body.body if isinstance(line.orelse, cst.Else) else rest, name)  # type: ignore[arg-type]
    if first is None or second is None:
        return None
    orelse = cst.Else(cst.IndentedBlock(second))
    return [*lines[:number], line.with_changes(body=cst.IndentedBlock(first), orelse=orelse)]
