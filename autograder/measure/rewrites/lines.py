"""Rules on lines: a temporary more or less, neighbours swapped, an answer given a name before it is returned."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import libcst as cst

from autograder.measure.rewrites.answer import (
    Answer,
    Edit,
    assigned,
    blocks,
    enclosed,
    loaded,
    one,
    stored,
    target_of,
    text_of,
    walk,
)
from autograder.measure.rewrites.pure import movable, once, pure


def temporary(answer: Answer) -> Iterator[Edit]:
    """A part of an expression as a line of its own before."""
    name = next(answer.fresh())
    for function in answer.functions:
        for block in blocks(function):
            for line in block.body:
                for part in _parts(line):
                    own, rest = assigned(name, part), line.deep_replace(part, cst.Name(name))
                    yield answer.with_(block, _with_lines(block, line, [own, rest]))


def inlined(answer: Answer) -> Iterator[Edit]:
    """A temporary that the next line uses once, put in there."""
    for function in answer.functions:
        for block in blocks(function):
            for line, after in pairwise(block.body):
                statement = one(line)
                use = _only_use(function, target_of(statement), after)
                if use is not None and isinstance(statement, cst.Assign) and _inlinable(statement.value, use, after):
                    rest = after.deep_replace(use, enclosed(statement.value))
                    yield answer.with_(block, _with_lines(block, line, [rest], and_=after))


def _inlinable(value: cst.BaseExpression, use: cst.BaseExpression, after: cst.CSTNode) -> bool:
    return movable(use, after) and pure(value) and not isinstance(value, cst.Tuple)


def swapped(answer: Answer) -> Iterator[Edit]:
    """Two neighbouring lines that have nothing to do with one another."""
    for function in answer.functions:
        for block in blocks(function):
            for line, after in pairwise(block.body):
                if _independent(line, after):
                    yield answer.with_(block, _with_lines(block, line, [after, line], and_=after))


def named(answer: Answer) -> Iterator[Edit]:
    """What is returned, with a name first."""
    name = next(answer.fresh())
    for block in (block for function in answer.functions for block in blocks(function)):
        line = block.body[-1] if block.body else None
        statement = one(line) if line else None
        if line and isinstance(statement, cst.Return) and statement.value and not isinstance(statement.value, cst.Name):
            lines = [assigned(name, statement.value), cst.SimpleStatementLine([cst.Return(cst.Name(name))])]
            yield answer.with_(block, _with_lines(block, line, lines))


def _with_lines(
    block: cst.IndentedBlock, old: cst.CSTNode, new: Sequence[cst.CSTNode], *, and_: cst.CSTNode | None = None
) -> cst.IndentedBlock:
    """A block with one line, and the next one where it is given, exchanged for others."""
    lines: list[cst.CSTNode] = []
    for line in block.body:
        if line is old:
            lines += new
        elif line is not and_:
            lines.append(line)
    return block.with_changes(body=lines)


def _parts(line: cst.CSTNode) -> Iterator[cst.BaseExpression]:
    """What can be computed before the line without a change, and has no name yet."""
    whole = line.test if isinstance(line, cst.If) else line.iter if isinstance(line, cst.For) else _value(one(line))
    if whole is not None:
        has_name = target_of(one(line))
        yield from (p for p in once(whole) if _nameable(p) and movable(p, whole) and not (p is whole and has_name))


def _nameable(part: cst.BaseExpression) -> bool:
    if isinstance(part, cst.Attribute):
        return not text_of(part).startswith("np.")
    return isinstance(part, cst.BinaryOperation | cst.Call | cst.Subscript | cst.Comparison)


def _value(statement: cst.BaseSmallStatement | None) -> cst.BaseExpression | None:
    if isinstance(statement, cst.Assign | cst.AugAssign | cst.Return | cst.Expr):
        return statement.value
    return None


def _only_use(function: cst.FunctionDef, name: str, line: cst.CSTNode) -> cst.Name | None:
    """The one place where a name is read, if it is in this line, computed once, and the name is bound once."""
    if not name:
        return None
    every = [node for node in walk(function) if isinstance(node, cst.Name) and node.value == name]
    value = _value(one(line))
    if len(every) != 2 or value is None or name not in loaded(line):
        return None
    return next((part for part in once(value) if part in every and isinstance(part, cst.Name)), None)


def _independent(first: cst.CSTNode, second: cst.CSTNode) -> bool:
    """Whether two assignments change nothing that the other needs or changes."""
    pair = one(first), one(second)
    if not all(isinstance(each, cst.Assign) and pure(each) and _plain(each) for each in pair):
        return False
    binds = [_bound(first), _bound(second)]
    reads = [text_of(first), text_of(second)]
    return not (binds[0] & binds[1]) and not any(_mentions(reads[1 - i], binds[i]) for i in range(2))


def _plain(statement: cst.Assign) -> bool:
    """Whether only names, and attributes of names, are set."""
    targets = [node for each in statement.targets for node in walk(each.target)]
    return not any(isinstance(node, cst.Subscript) for node in targets)


def _bound(line: cst.CSTNode) -> frozenset[str]:
    """The names that are bound, and the last parts of the attributes that are."""
    statement = one(line)
    assert isinstance(statement, cst.Assign)
    attributes = [n for each in statement.targets for n in walk(each.target) if isinstance(n, cst.Attribute)]
    return stored(line) | {n.attr.value for n in attributes}


def _mentions(text: str, names: frozenset[str]) -> bool:
    return bool(names & set(re.findall(r"\w+", text)))
