"""What can be asked of a cell's arrays, by rule: shapes as they are, and as they would be with a changed constant."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from aics.own.asked import ERROR, LARGEST, LETTERS
from aics.own.candidate import Candidate, candidate, left, spelled
from aics.own.changes import Change, changes_in
from aics.own.trial import Trial


def shapes(trial: Trial) -> Iterator[Candidate]:
    """The shape of an array that a line puts into a name."""
    for statement, name, fact in left(trial):
        if fact.shape and _worth_asking(statement.node, fact.shape):
            yield candidate(trial, "shape", statement, name, fact.shape, worth=3 + _new(trial, fact.shape))


def parts(trial: Trial) -> Iterator[Candidate]:
    """The shape, or the integer, that a part of a line gives and no name holds."""
    whole = {_place(s.node.value) for s in trial.statements if isinstance(s.node, ast.Assign)}
    where = {line: s for s in trial.statements for line in s.lines}
    texts, recorded = trial.recorded(lambda part: _place(part) not in whole and not _only_attribute(part))
    for (line, text), facts in zip(texts, recorded, strict=True):
        statement = where.get(line)
        if statement is None or not facts or len(text) > LETTERS:
            continue
        shape, number = facts[-1].shape, facts[-1].number
        if shape and {fact.shape for fact in facts} == {shape} and _worth_asking(statement.node, shape):
            worth = 2.5 + _new(trial, shape)
            yield candidate(trial, "part", statement, text, shape, worth=worth, last=False, line=line)
        elif number is not None and abs(number) <= LARGEST and not spelled(trial, statement.function, number):
            yield candidate(trial, "value", statement, text, number, worth=1, last=len(facts) > 1, line=line)


def changed(trial: Trial) -> Iterator[Candidate]:
    """The shape that a call would have with another axis, or whether it would raise."""
    where = {line: s for s in trial.statements for line in s.lines}
    for change in changes_in(trial.cell):
        statement = where.get(change.line)
        if statement is None or max(map(len, (change.before, change.old, change.new))) > LETTERS:
            continue
        right = _after(trial, change)
        if right is not None and statement.function in trial.seen:
            worth = 3 if right == ERROR else 6
            yield candidate(
                trial,
                *("changed", statement, change.before, right),
                worth=worth,
                last=False,
                line=change.line,
                other=change.old,
                instead=change.new,
            )


def inputs(trial: Trial) -> Iterator[Candidate]:
    """The shape that an array would have if an integer of the case, such as the stride, were one more."""
    for key, value in trial.case.items():
        if type(value) is not int or len(key) > LETTERS:
            continue
        seen = trial.watched({**trial.case, key: value + 1})
        for statement, name, fact in left(trial):
            other = seen[statement.function].left.get((statement.node.lineno, name)) if seen else None
            if fact.shape and other and other.shape and other.shape != fact.shape:
                instead = f"{key} = {value + 1}"
                asked = (trial, "input", statement, name, other.shape)
                yield candidate(*asked, worth=6, other=f"{key} = {value}", instead=instead)


def firsts(trial: Trial) -> Iterator[Candidate]:
    """The line that is the first to put an array of a certain shape into a name."""
    for key, seen in trial.seen.items():
        known = {array.shape for array in trial.inputs} | {shape for _, _, shape in seen.order[:1]}
        if seen.calls != 1 or len(seen.order) < 3:
            continue
        for line, name, shape in seen.order[1:]:
            if len(shape) > 1 and shape not in known:
                known.add(shape)
                statement = next(s for s in trial.statements if s.function == key and s.node.lineno == line)
                text = f"{shape}"
                if len(text) <= LETTERS and name:
                    yield candidate(trial, "first", statement, text, line, worth=5.5, last=False)


def _worth_asking(node: ast.stmt, shape: tuple[int, ...]) -> bool:
    """Whether a shape is more than is written in the line."""
    spelled = {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and type(n.value) is int}
    return max(shape) > 1 and not set(shape) <= spelled


def _new(trial: Trial, shape: tuple[int, ...]) -> float:
    """What a shape is worth that is not the shape of any input, and has several axes."""
    return (0 if shape in {array.shape for array in trial.inputs} else 1.5) + 0.3 * min(len(shape), 4)


def _only_attribute(node: ast.expr) -> bool:
    """Whether a part is no more than a name with its attributes, such as ``self.weight`` and ``x.sum``."""
    return isinstance(node, ast.Attribute) and node.attr != "T"


def _place(node: ast.expr) -> tuple[int, int, int | None]:
    return node.lineno, node.col_offset, node.end_col_offset


def _after(trial: Trial, change: Change) -> tuple[int, ...] | str | None:
    """What a change makes of a call's shape; None where it makes no difference that can be told."""
    tree, call = change.applied()
    before = trial.run(*change.untouched())[0].get(0, [])
    recorded, answer = trial.run(tree, [call])
    if not before or before[0].shape is None:
        return None
    if 0 in recorded:
        shape = recorded[0][0].shape
        return shape if shape is not None and shape != before[0].shape else None
    return ERROR if answer.raised else None
