"""One public case on which a student's cell is watched, as it is and changed."""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from functools import cached_property
from io import StringIO
from types import CodeType
from typing import Any
from warnings import catch_warnings

import numpy as np

from aics.check.ask import Answer, Case, ask
from aics.own.cell import Key, OwnCell, Statement, codes_of, functions_of, statements_of
from aics.own.swap import RECORDER, swapped
from aics.own.watch import Fact, Seen, Watch, limited

#: A question's ask.
Ask = Callable[..., Mapping[str, object]]
#: What each part of a line gave, evaluation by evaluation, by the part's number.
Recorded = dict[int, list[Fact]]
#: More evaluations of one part are not kept.
KEPT = 1000
#: Changed code may run through this many times the lines of the code as it is.
STEPS = 4


class Trial:
    """A cell, the names of its notebook, and a public case, by its number from 1, on which its question is asked."""

    def __init__(self, cell: OwnCell, namespace: Mapping[str, object], ask: Ask, case: Case, number: int) -> None:
        """Run nothing yet."""
        self.cell, self.case, self.number = cell, case, number
        self.namespace, self._ask = namespace, ask
        self.live = cell.live(namespace)
        self._inside = codes_of(self.live)
        self.functions = {key: node for key, node in functions_of(cell.tree()).items() if key in self._inside}
        self.statements = [s for key, node in self.functions.items() for s in statements_of(key, node)]

    @property
    def codes(self) -> Collection[CodeType]:
        """The code of the cell's functions, and of those within them."""
        return self._inside.values()

    @cached_property
    def inputs(self) -> list[np.ndarray]:
        """The arrays of the case."""
        return [value for value in self.case.values() if isinstance(value, np.ndarray)]

    @cached_property
    def seen(self) -> Mapping[Key, Seen]:
        """What was seen of each function; nothing where the case brings no answer. Raises `TooLong`."""
        return self.watched(self.case)

    @cached_property
    def answers(self) -> bool:
        """Whether the code answers to the case at all."""
        return self.answer(self.case).values is not None

    def answer(self, case: Case) -> Answer:
        """What the code answers to a case."""
        return ask(self._ask, self.namespace, case)

    def watched(self, case: Case) -> Mapping[Key, Seen]:
        """The same on another case."""
        watch = Watch(self._inside, self.statements)
        with watch.on():
            answer = self.answer(case)
        return watch.seen if answer.values is not None else {}

    def of(self, statement: Statement) -> Seen:
        """What was seen of a statement's function."""
        return self.seen.get(statement.function) or Seen()

    def recorded(self, wanted: Callable[[ast.expr], bool]) -> tuple[list[tuple[int, str]], list[list[Fact]]]:
        """The parts of lines that are `wanted`, each by its line and its text, and what each gave."""
        tree = self.cell.tree()
        parts = [part for part in parts_of(tree) if wanted(part)]
        texts = [(part.lineno, ast.get_source_segment(self.cell.source, part) or "") for part in parts]
        recorded = self.run(tree, parts)[0]
        return texts, [recorded.get(number, []) for number in range(len(parts))]

    def run(self, tree: ast.Module, parts: list[ast.expr]) -> tuple[Recorded, Answer]:
        """Run changed code: what each of these parts of its tree gave, and the answer. The tree is used up."""
        recorded: Recorded = {}

        def note(number: int, value: Any) -> Any:
            found = recorded.setdefault(number, [])
            if len(found) < KEPT:
                found.append(Fact.of(value))
            return value

        _Recording({id(part): number for number, part in enumerate(parts)}).visit(tree)
        try:
            with swapped(self.live, tree, note):
                return recorded, self.answer(self.case)
        except (ValueError, SyntaxError, RecursionError):
            return {}, Answer(missing=("the changed code",))

    @contextmanager
    def changed(self, tree: ast.Module) -> Iterator[Callable[[Case], Answer]]:
        """Let the functions in this tree run as it has them: what all of them answer to a case, in silence.

        Code that runs through many more lines than before is stopped, which is an exception of its own. Raises
        ValueError or SyntaxError where the tree cannot take their place.
        """
        most = STEPS * sum(seen.runs.total() for seen in self.seen.values()) + KEPT
        with (
            catch_warnings(action="ignore"),
            redirect_stdout(StringIO()),
            np.errstate(all="ignore"),
            swapped({key: self.live[key] for key in functions_of(tree).keys() & self.live.keys()}, tree),
        ):
            codes = codes_of(self.live).values()

            def answer(case: Case) -> Answer:
                with limited(codes, most):
                    return self.answer(case)

            yield answer


def parts_of(tree: ast.Module) -> Iterator[ast.expr]:
    """Every expression on one line that a function of the cell computes, those of inner scopes and texts aside."""
    for node in functions_of(tree).values():
        for statement in node.body:
            yield from _computed(statement)


def _computed(node: ast.AST) -> Iterator[ast.expr]:
    skipped = (
        ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda | ast.JoinedStr | ast.Assert | ast.Raise
    )
    if isinstance(node, skipped | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp | ast.AnnAssign):
        return
    loaded = isinstance(getattr(node, "ctx", ast.Load()), ast.Load)
    kinds = ast.BinOp | ast.Call | ast.Subscript | ast.Attribute | ast.Compare | ast.UnaryOp
    if isinstance(node, kinds) and loaded and node.lineno == node.end_lineno:
        yield node
    for child in ast.iter_child_nodes(node):
        yield from _computed(child)


class _Recording(ast.NodeTransformer):
    """Hands what parts of a tree give to the recorder."""

    def __init__(self, numbers: Mapping[int, int]) -> None:
        self._numbers = numbers

    def visit(self, node: ast.AST) -> ast.AST:
        """Visit what is within, then wrap."""
        self.generic_visit(node)
        if id(node) not in self._numbers or not isinstance(node, ast.expr):
            return node
        number = ast.Constant(self._numbers[id(node)])
        call = ast.Call(ast.Name(RECORDER, ast.Load()), [number, node], [])
        return ast.fix_missing_locations(ast.copy_location(call, node))
