"""A right answer as a syntax tree, and what a rule has to know of its notebook."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

import libcst as cst

#: Names that people give to what they have no name for.
SPARE = ("tmp", "val", "result", "res", "out1", "t1", "ans", "temp", "x1", "cur", "aux", "item")


@dataclass(frozen=True)
class Edit:
    """A change of a tree; its text is made when somebody wants it."""

    tree: cst.Module
    old: cst.CSTNode
    new: cst.CSTNode | cst.FlattenSentinel[cst.CSTNode]

    @property
    def code(self) -> str:
        """The cell's text with the change."""
        changed = self.tree.deep_replace(self.old, self.new)  # type: ignore[type-var]
        assert isinstance(changed, cst.Module)
        return changed.code


@dataclass(frozen=True)
class Answer:
    """A question's cell.

    Attributes
    ----------
    tree : cst.Module
    others : frozenset of str
        Names that stand for something outside of the cell, or that others ask of it.
    signatures : mapping of str to tuple of str
        The parameters of the notebook's functions and methods, where a name says which they are.
    """

    tree: cst.Module
    others: frozenset[str] = frozenset(dir(builtins))
    signatures: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, source: str) -> Answer:
        """Read a cell of which nothing else is known."""
        return cls(cst.parse_module(source))

    @cached_property
    def code(self) -> str:
        """The cell's text."""
        return self.tree.code

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of the cell's text, and every name from outside: no new name is one of these."""
        return frozenset(re.findall(r"\w+", self.code)) | self.others

    @cached_property
    def functions(self) -> list[cst.FunctionDef]:
        """The functions of the cell, and the methods of its classes; not those within functions."""
        classes = [node for node in self.tree.body if isinstance(node, cst.ClassDef)]
        every = [*self.tree.body, *(node for each in classes for node in each.body.body)]
        return [node for node in every if isinstance(node, cst.FunctionDef)]

    def fresh(self, pool: Sequence[str] = SPARE) -> Iterator[str]:
        """Yield names that nothing has yet."""
        yield from (name for name in pool if name not in self.words)
        yield from (name for number in range(2, 1000) if (name := f"{pool[0]}{number}") not in self.words)

    def with_(self, old: cst.CSTNode, new: cst.CSTNode | cst.FlattenSentinel[cst.CSTNode]) -> Edit:
        """The cell with one node exchanged."""
        return Edit(self.tree, old, new)

    def rewritten(self, source: str) -> Answer:
        """The same question's answer in another form."""
        return replace(self, tree=cst.parse_module(source))


#: A rule: all changes that it makes of an answer.
Rule = Callable[[Answer], Iterator[Edit]]


@lru_cache(maxsize=1 << 16)
def walk(node: cst.CSTNode) -> tuple[cst.CSTNode, ...]:
    """A node and all below it."""
    return (node, *(each for child in node.children for each in walk(child)))


def blocks(node: cst.CSTNode) -> Iterator[cst.IndentedBlock]:
    """All indented blocks at and below a node, but no class's own."""
    for each in walk(node):
        if isinstance(each, cst.IndentedBlock):
            yield each


@lru_cache(maxsize=1 << 14)
def text_of(node: cst.CSTNode) -> str:
    """A node as it is written."""
    if isinstance(node, cst.SimpleStatementLine | cst.BaseCompoundStatement):
        return cst.Module([node]).code
    return cst.Module([]).code_for_node(node)


def syntax(*nodes: cst.CSTNode) -> ast.Module:
    """Python's own tree of statements or of an expression, which knows what is loaded and what is stored."""
    return ast.parse("\n".join(text_of(node) for node in nodes))


@lru_cache(maxsize=1 << 14)
def loaded(*nodes: cst.CSTNode) -> frozenset[str]:
    """The names that are read."""
    tree = syntax(*nodes)
    changed = {n.target.id for n in ast.walk(tree) if isinstance(n, ast.AugAssign) and isinstance(n.target, ast.Name)}
    return frozenset(changed) | {
        n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)
    }


@lru_cache(maxsize=1 << 14)
def stored(*nodes: cst.CSTNode) -> frozenset[str]:
    """The names that are bound, comprehensions' included."""
    tree = syntax(*nodes)
    names = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Load)}
    return frozenset(names) | {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.ClassDef)}


def parameters(function: cst.FunctionDef | cst.Lambda) -> list[str]:
    """The names of all parameters, in order."""
    given = function.params
    stars = [star for star in (given.star_arg, given.star_kwarg) if isinstance(star, cst.Param)]
    return [each.name.value for each in (*given.posonly_params, *given.params, *given.kwonly_params, *stars)]


def one(line: cst.CSTNode) -> cst.BaseSmallStatement | None:
    """The only statement of a line; None where there are several, or none that is small."""
    if isinstance(line, cst.SimpleStatementLine) and len(line.body) == 1:
        return line.body[0]
    return None


def target_of(statement: cst.CSTNode | None) -> str:
    """The name that a plain assignment binds; "" where it is anything else."""
    if isinstance(statement, cst.Assign) and len(statement.targets) == 1:
        target = statement.targets[0].target
        return target.value if isinstance(target, cst.Name) else ""
    return ""


def enclosed(node: cst.BaseExpression) -> cst.BaseExpression:
    """An expression in parentheses, unless it stands for itself."""
    if isinstance(node, cst.Name | cst.Call | cst.Subscript | cst.Attribute | cst.BaseNumber) or node.lpar:
        return node
    return node.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])


def assigned(name: str, value: cst.BaseExpression) -> cst.SimpleStatementLine:
    """The line `name = value`."""
    return cst.SimpleStatementLine([cst.Assign([cst.AssignTarget(cst.Name(name))], value)])


def parsed(text: str, **parts: cst.BaseExpression) -> cst.BaseExpression:
    """An expression with parts put in the place of names."""
    filled = cst.parse_expression(text).visit(_Filling(parts))
    assert isinstance(filled, cst.BaseExpression)
    return filled


class _Filling(cst.CSTTransformer):
    def __init__(self, parts: Mapping[str, cst.BaseExpression]) -> None:
        super().__init__()
        self._parts = parts

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.BaseExpression:
        return self._parts.get(original_node.value, updated_node)
