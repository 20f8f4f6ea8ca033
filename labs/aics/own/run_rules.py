"""What can be asked of how a cell runs, by rule: how often, and what names hold in the end."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import numpy as np

from aics.own.asked import LARGEST, LETTERS
from aics.own.candidate import Candidate, at_end, bound_once, candidate, left, loads, plain_copy, spelled
from aics.own.cell import Statement
from aics.own.trial import Trial

#: Functions whose result may be a view: whether it is one is worth a thought.
VIEWING = frozenset(
    {"T", "array", "asarray", "ascontiguousarray", "astype", "atleast_2d", "broadcast_to", "diagonal", "expand_dims"}
    | {"flatten", "flip", "moveaxis", "pad", "ravel", "repeat", "reshape", "rollaxis", "rot90", "squeeze"}
    | {"swapaxes", "take", "tile", "transpose"}
)
#: Work that NumPy may put into finding out whether two arrays share memory.
WORK = 10_000


def counts(trial: Trial) -> Iterator[Candidate]:
    """How many times a line within a loop runs."""
    for statement in trial.statements:
        seen, line = trial.of(statement), statement.node.lineno
        asks = statement.looped and seen.calls == 1 and seen.runs[line] > 1 and _alone(trial, statement)
        if asks and not spelled(trial, statement.function, seen.runs[line]):
            text = trial.cell.lines[line - 1][:LETTERS]
            yield candidate(trial, "count", statement, text, seen.runs[line], worth=3.5, last=False)


def held(trial: Trial) -> Iterator[Candidate]:
    """The integer that a name holds when its function returns."""
    for statement, name, fact in at_end(trial):
        number = fact.number
        if number is None or abs(number) > LARGEST or spelled(trial, statement.function, number):
            continue
        if not isinstance(statement.node, ast.AugAssign) and not plain_copy(statement.node):
            worth = 3 if isinstance(statement.node, ast.For) else 2
            yield candidate(trial, "held", statement, name, number, worth=worth)


def lengths(trial: Trial) -> Iterator[Candidate]:
    """How many entries a list, tuple, dict or set has when its function returns."""
    for statement, name, fact in at_end(trial):
        made = isinstance(statement.node, ast.Assign) and not plain_copy(statement.node)
        if made and fact.length and fact.length > 1 and not spelled(trial, statement.function, fact.length):
            yield candidate(trial, "length", statement, name, fact.length, worth=2)


def dtypes(trial: Trial) -> Iterator[Candidate]:
    """The dtype of an array, where there are several of them."""
    facts = [fact for _, _, fact in left(trial) if fact.shape]
    there = {array.dtype.name for array in trial.inputs} | {fact.dtype for fact in facts}
    for statement, name, fact in left(trial):
        if fact.shape and len(there) > 1 and not isinstance(statement.node, ast.AugAssign):
            text = ast.unparse(statement.node)
            if not any(word in text for word in (fact.dtype, fact.dtype.rstrip("0123456789"))):
                yield candidate(trial, "dtype", statement, name, fact.dtype, worth=2.5)


def views(trial: Trial) -> Iterator[Candidate]:
    """Whether an array is a view of the one that it was made from."""
    for statement, name, fact in at_end(trial):
        node = statement.node
        if not (fact.shape and isinstance(node, ast.Assign) and _may_be_view(node.value)):
            continue
        for other in sorted(_loaded(node.value) - {name}):
            before = trial.of(statement).at_end.get(other)
            if before and before.shape and bound_once(trial, statement.function, other):
                shared = _share(fact.value, before.value)
                if shared is not None:
                    yield candidate(trial, "view", statement, name, shared, worth=3, last=False, other=other)


def _alone(trial: Trial, statement: Statement) -> bool:
    """Whether a statement has its line for itself, with nothing in it that Python counts once more."""
    node, line = statement.node, trial.cell.source.splitlines()[statement.node.lineno - 1]
    inner = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp | ast.Lambda
    return (
        isinstance(node, ast.Assign | ast.AugAssign | ast.Expr)
        and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        and node.lineno == node.end_lineno
        and len(line) - len(line.lstrip()) == node.col_offset
        and ";" not in line
        and not any(isinstance(each, inner) for each in ast.walk(node))
    )


def _may_be_view(node: ast.expr) -> bool:
    if isinstance(node, ast.Subscript):
        return True
    named = node.func if isinstance(node, ast.Call) else node
    return isinstance(named, ast.Attribute) and named.attr in VIEWING


def _loaded(node: ast.expr) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name) and loads(each)}


def _share(one: np.ndarray, other: np.ndarray) -> bool | None:
    try:
        return bool(np.shares_memory(one, other, max_work=WORK))  # type: ignore[arg-type]
    except (RuntimeError, ValueError, OverflowError):
        return None
