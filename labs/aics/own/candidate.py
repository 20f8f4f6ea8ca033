"""A question that can be asked, and what rules look at: what names held, where they are bound, what a text says."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from aics.own.asked import LETTERS, Asked, Right
from aics.own.cell import Key, Statement
from aics.own.trial import Trial
from aics.own.watch import Fact


@dataclass(frozen=True)
class Candidate:
    """A question that can be asked, and how much it asks for: a larger `worth` is less easily read off."""

    asked: Asked
    worth: float


def candidate(
    trial: Trial,
    kind: str,
    statement: Statement,
    name: str,
    right: Right,
    *,
    worth: float,
    last: bool | None = None,
    other: str = "",
    instead: str = "",
    line: int = 0,
) -> Candidate:
    """A question about a statement, or about one `line` of it; `last` is found out where it is not given."""
    line, seen = line or statement.node.lineno, trial.of(statement)
    asked = Asked(
        kind=kind,
        function=statement.function[0],
        line=line,
        name=name,
        case=trial.number,
        right=right,
        other=other,
        instead=instead,
        last=seen.runs[line] > 1 if last is None else last,
    )
    return Candidate(asked, worth)


def left(trial: Trial) -> Iterator[tuple[Statement, str, Fact]]:
    """What assignments left in their names, the last time that they ran."""
    for statement in trial.statements:
        if isinstance(statement.node, ast.Assign) and not plain_copy(statement.node):
            for name in statement.names:
                fact = trial.of(statement).left.get((statement.node.lineno, name))
                if fact and len(name) <= LETTERS:
                    yield statement, name, fact


def at_end(trial: Trial) -> Iterator[tuple[Statement, str, Fact]]:
    """What a local name that one statement alone binds held when its function returned."""
    for statement in trial.statements:
        for name in statement.names:
            fact = trial.of(statement).at_end.get(name)
            once = trial.of(statement).calls == 1 and bound_once(trial, statement.function, name)
            if fact and once and trial.of(statement).runs[statement.node.lineno]:
                yield statement, name, fact


def bound_once(trial: Trial, function: Key, name: str) -> bool:
    """Whether a name has one binding in its function: a statement, or a parameter."""
    arguments = trial.functions[function].args
    parameters = [a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
    bound = [n for s in trial.statements if s.function == function for n in s.names]
    stored = [n.id for n in ast.walk(trial.functions[function]) if isinstance(n, ast.Name) and not loads(n)]
    return (bound + parameters).count(name) == 1 and stored.count(name) <= 1


def spelled(trial: Trial, function: Key, number: int) -> bool:
    """Whether a function's text has the integer in it."""
    constants = (n.value for n in ast.walk(trial.functions[function]) if isinstance(n, ast.Constant))
    return any(type(value) is int and value == abs(number) for value in constants)


def plain_copy(node: ast.stmt) -> bool:
    """Whether an assignment only gives something that is there another name, or says a constant."""
    value = getattr(node, "value", None)
    return isinstance(value, ast.Constant | ast.Name | ast.Attribute) and getattr(value, "attr", "") != "T"


def loads(node: ast.Name) -> bool:
    """Whether a name is read and not bound."""
    return isinstance(node.ctx, ast.Load)
