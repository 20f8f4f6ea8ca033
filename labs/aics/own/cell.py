"""A student's cell as questions are made from it: its functions, its statements, and the code that runs."""

from __future__ import annotations

import ast
import hashlib
import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import CodeType, FunctionType

#: A function of a cell: its name, and the line on which its code begins (its first decorator's).
Key = tuple[str, int]
#: A longer cell is not asked about.
LONGEST = 20_000
#: Functions that stop and go on, and return more than once.
_STOPPING = inspect.CO_GENERATOR | inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR


@dataclass(frozen=True)
class Statement:
    """A statement of a function without statements within it, or the head of a loop; and what it binds.

    `names` are local names, and attributes of the first parameter as ``self.mask``.
    """

    function: Key
    node: ast.stmt
    names: tuple[str, ...]
    looped: bool

    @property
    def lines(self) -> range:
        """The lines of the cell on which it stands."""
        last = self.node.target if isinstance(self.node, ast.For) else self.node
        return range(self.node.lineno, (last.end_lineno or last.lineno) + 1)


@dataclass(frozen=True)
class OwnCell:
    """A cell's text, without blank lines around it and spaces at line ends; lines are counted from 1."""

    source: str

    @classmethod
    def of(cls, source: str) -> OwnCell | None:
        """The cell; None where it is no Python or too long."""
        text = "\n".join(line.rstrip() for line in source.strip("\n").splitlines()).strip("\n")
        if len(text) > LONGEST:
            return None
        try:
            ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None
        return cls(text)

    @cached_property
    def lines(self) -> list[str]:
        """Its lines, without what stands around them."""
        return [line.strip() for line in self.source.splitlines()]

    def tree(self) -> ast.Module:
        """A tree of its own to whoever asks: it may be changed."""
        return ast.parse(self.source)

    def tree_around(self, function: Key) -> ast.Module:
        """The same of the outermost function or class alone that a function stands in, on its own lines."""
        first, last = next(each for each in self._outermost if each[0] <= function[1] <= each[1])
        return ast.parse("\n" * (first - 1) + "\n".join(self.source.split("\n")[first - 1 : last]))

    @cached_property
    def _outermost(self) -> list[tuple[int, int]]:
        """The first and the last line of each statement that stands in no other."""
        return [(_begins(node), node.end_lineno or node.lineno) for node in self.tree().body]

    def seed(self, question: str) -> int:
        """What all that is chosen depends on: the question and the text."""
        return int.from_bytes(hashlib.sha256(f"{question}\0{self.source}".encode()).digest()[:8], "big")

    def live(self, namespace: Mapping[str, object]) -> dict[Key, FunctionType]:
        """The functions of the notebook that this very text defined."""
        codes = codes_in(compile(self.source, "<cell>", "exec"))
        found = {}
        for key, node, owner in _outer(self.tree()):
            function = _looked_up(node, owner, namespace)
            if function is not None and key in codes and _alike(function.__code__, codes[key]):
                found[key] = function
        return found


def functions_of(tree: ast.Module) -> dict[Key, ast.FunctionDef]:
    """All functions of a cell, those within others too."""
    return {key_of(node): node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def key_of(node: ast.FunctionDef) -> Key:
    """What a function is called here."""
    return node.name, _begins(node)


def _begins(node: ast.stmt) -> int:
    """A statement's first line, which is that of its first decorator where it has any."""
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def codes_in(code: CodeType) -> dict[Key, CodeType]:
    """The code of every function within some code; not of those that stop and go on."""
    found: dict[Key, CodeType] = {}
    for each in code.co_consts:
        if isinstance(each, CodeType):
            if not each.co_flags & _STOPPING:
                found[each.co_name, each.co_firstlineno] = each
            found |= codes_in(each)
    return found


def codes_of(functions: Mapping[Key, FunctionType]) -> dict[Key, CodeType]:
    """The code that these functions run now, and that of functions within them."""
    found: dict[Key, CodeType] = {}
    for key, function in functions.items():
        if not function.__code__.co_flags & _STOPPING:
            found[key] = function.__code__
        found |= codes_in(function.__code__)
    return found


def statements_of(key: Key, node: ast.FunctionDef) -> Iterator[Statement]:
    """The statements that a function itself runs, but not those of functions within it."""
    first = node.args.args[0].arg if node.args.args else ""
    yield from _within(key, node.body, first, looped=False)


def _within(function: Key, body: list[ast.stmt], first: str, *, looped: bool) -> Iterator[Statement]:
    for node in body:
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign | ast.Return | ast.Expr):
            yield Statement(function, node, tuple(_bound(node, first)), looped)
        elif isinstance(node, ast.For):
            yield Statement(function, node, tuple(_names(node.target, first)), looped)
        inner = looped or isinstance(node, ast.For | ast.While)
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            for part in ("body", "orelse", "finalbody"):
                yield from _within(function, getattr(node, part, []), first, looped=inner)


def _bound(node: ast.stmt, first: str) -> Iterator[str]:
    if isinstance(node, ast.Assign):
        for target in node.targets:
            yield from _names(target, first)
    elif isinstance(node, ast.AnnAssign | ast.AugAssign):
        yield from _names(node.target, first)


def _names(target: ast.expr, first: str) -> Iterator[str]:
    if isinstance(target, ast.Name):
        yield target.id
    elif isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name) and target.value.id == first:
        yield f"{first}.{target.attr}"
    elif isinstance(target, ast.Tuple | ast.List):
        for each in target.elts:
            yield from _names(each, first)


def _outer(tree: ast.Module) -> Iterator[tuple[Key, ast.FunctionDef, str]]:
    """Functions that can be found by name, each with the class in whose body it stands, or ""."""
    for node in tree.body:
        for each in node.body if isinstance(node, ast.ClassDef) else [node]:
            if isinstance(each, ast.FunctionDef):
                yield key_of(each), each, node.name if isinstance(node, ast.ClassDef) else ""


def _looked_up(node: ast.FunctionDef, owner: str, namespace: Mapping[str, object]) -> FunctionType | None:
    """The function of the notebook that a definition made: by its own name, or in the class that it was added to."""
    added = [call.args[0] for call in node.decorator_list if isinstance(call, ast.Call) and len(call.args) == 1]
    owners = [owner] if owner else [argument.id for argument in added if isinstance(argument, ast.Name)]
    for place in [namespace.get(each) for each in owners] if owners else [namespace]:
        known = vars(place) if isinstance(place, type) else place if isinstance(place, Mapping) else {}
        if type(function := known.get(node.name)) is FunctionType:
            return function
    return None


def _alike(one: CodeType, other: CodeType) -> bool:
    return one.co_code == other.co_code and one.co_firstlineno == other.co_firstlineno
