"""Scripts that make variables, as `state_asks.variables` runs them: which line gives what, and inside which scopes."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from itertools import combinations
from types import FunctionType
from typing import Any, NamedTuple

MAKERS = ("get_variable", "variable", "constant", "apply")


class Made(NamedTuple):
    """A line that gives a tensor a name.

    Attributes
    ----------
    key : str
        What the script calls it.
    name : str
        What its node is to be called, without scopes.
    scopes : tuple of str
        The scopes around the line, from the outside.
    """

    key: str
    name: str
    scopes: tuple[str, ...]

    def could_be(self) -> Iterator[str]:
        """Names that the node could get, right or wrong: with some of its scopes or all, and with a number."""
        for count in range(len(self.scopes) + 1):
            for some in combinations(self.scopes, count):
                whole = "/".join([*some, self.name])
                yield from (whole, f"{whole}_1", f"{whole}_2")


def run_script(script: Sequence[str], names: dict[str, Any]) -> None:
    """Run a script's lines; `names` are what it knows, and what it makes comes to them."""
    FunctionType(compile("\n".join(script), "script", "exec"), names)()


def lines_that_make(script: Sequence[str]) -> list[Made]:
    """Return the lines ``key = store.get_variable("name", ...)`` and their like, in order."""
    return list(_made(ast.parse("\n".join(script)).body, ()))


def _made(body: Sequence[ast.stmt], scopes: tuple[str, ...]) -> Iterator[Made]:
    for line in body:
        if isinstance(line, ast.With):
            yield from _made(line.body, (*scopes, *(_scope(item.context_expr) for item in line.items)))
        elif isinstance(line, ast.Try):
            yield from _made(line.body, scopes)
        elif isinstance(line, ast.Assign) and isinstance(line.value, ast.Call) and _called(line.value) in MAKERS:
            yield Made(ast.unparse(line.targets[0]), _named(line.value), scopes)


def _called(call: ast.Call) -> str:
    return ast.unparse(call.func).rpartition(".")[2]


def _scope(expression: ast.expr) -> str:
    assert isinstance(expression, ast.Call)
    return str(ast.literal_eval(expression.args[0]))


def _named(call: ast.Call) -> str:
    """The node's name as the call says it: the first argument of get_variable, else the keyword `name`."""
    if _called(call) == "get_variable":
        return str(ast.literal_eval(call.args[0]))
    return next(str(ast.literal_eval(each.value)) for each in call.keywords if each.arg == "name")
