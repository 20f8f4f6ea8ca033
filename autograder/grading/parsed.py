"""A Python file as what decides its behaviour: its definitions, the names that each uses, and its imports.

Comments, docstrings, layout, and the prose that a call takes as its ``reason`` decide nothing
and leave no trace here.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from aics.language import tr
from autograder.course import CourseError, paths
from autograder.grading.digests import digest_of, while_unchanged
from autograder.grading.imports import Imported, imports_of

#: Arguments that are read by people only.
PROSE = frozenset({"hint", "reads", "reason", "worked"})
#: Names by which code reaches others that it does not spell out.
UNSPOKEN = frozenset({"globals", "eval", "exec", "__import__", "import_module"})


@dataclass(frozen=True)
class Piece:
    """One or more statements: a digest of what they do, and the (name, first attribute or "") that they use."""

    digest: str
    uses: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, nodes: Sequence[ast.AST]) -> Piece:
        """The piece that these nodes of a syntax tree are."""
        return cls(digest_of(*map(ast.dump, nodes)), frozenset(use for node in nodes for use in _uses(node)))


@dataclass(frozen=True, kw_only=True)
class Module:
    """One file.

    Attributes
    ----------
    digest : str
        Of all its code.
    defines : dict
        Top-level name -> the statements that give it its meaning.
    at_import : Piece
        The statements that may do something to other names when the module is imported.
    imports : dict
        Name -> what it stands for, for names that come from the checkout.
    files : frozenset of Path
        Files of the checkout that importing this one, or calling its functions, imports, by a statement or by
        a module's name in a text.
    packages : frozenset of str
        Installed packages that it imports.
    entries : dict
        For a top-level list of calls with a ``name``: that name -> the call.
    """

    digest: str
    defines: Mapping[str, Piece]
    at_import: Piece
    imports: Mapping[str, Imported]
    files: frozenset[Path]
    packages: frozenset[str]
    entries: Mapping[str, ast.Call]


@while_unchanged
def module_at(path: Path) -> Module:
    """The module that a file of the checkout holds; CourseError where it is no Python."""
    try:
        return parsed(path.read_text("utf-8"), path)
    except SyntaxError as error:
        raise CourseError(
            tr("{file}, line {line}: {why}.", file=path.relative_to(paths.ROOT), line=error.lineno, why=error.msg)
        ) from error


@lru_cache(maxsize=4096)
def parsed(text: str, path: Path) -> Module:
    """The module that a text is, where `path` is the file that it lies in or would lie in."""
    tree: ast.Module = _Decisive().visit(ast.parse(text))
    imports = imports_of(tree, path)
    defining: dict[str, list[ast.stmt]] = {}
    acting: list[ast.AST] = []
    for statement in tree.body:
        names = _bound(statement)
        for name in names:
            defining.setdefault(name, []).append(statement)
        if _acts(statement, names, defining.keys() | imports.names.keys()):
            acting += [statement, *(ast.Name(name) for name in sorted(names))]
    return Module(
        digest=digest_of(ast.dump(tree)),
        defines={name: Piece.of(statements) for name, statements in defining.items()},
        at_import=Piece.of(acting),
        imports=imports.names,
        files=frozenset(imports.files),
        packages=frozenset(imports.packages),
        entries=dict(_entries(tree)),
    )


class _Decisive(ast.NodeTransformer):
    """Leaves out what decides nothing: docstrings, prose arguments, imports for type checkers only."""

    def visit_Expr(self, node: ast.Expr) -> ast.AST | None:
        return None if isinstance(node.value, ast.Constant) else self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        node.keywords = [k for k in node.keywords if not (k.arg in PROSE and _only_looked_up(k.value))]
        return self.generic_visit(node)

    def visit_If(self, node: ast.If) -> ast.AST | None:
        return None if ast.unparse(node.test).endswith("TYPE_CHECKING") else self.generic_visit(node)


def _only_looked_up(value: ast.expr) -> bool:
    """Whether an argument is a text as it stands or in a table: what a call makes of it might matter."""
    return not any(isinstance(node, ast.Call) for node in ast.walk(value))


def _uses(node: ast.AST) -> Iterator[tuple[str, str]]:
    """The names that a node uses, each with the attribute that is asked of it; a function's parameters are its own."""
    parameters = set()
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        every = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs, node.args.vararg, node.args.kwarg)
        parameters = {argument.arg for argument in every if argument}
        for outside in (*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)):
            yield from _uses(outside)
    roots = set()
    for inner in ast.walk(node):
        if isinstance(inner, ast.Attribute) and isinstance(inner.value, ast.Name):
            roots.add(id(inner.value))
            if inner.value.id not in parameters:
                yield inner.value.id, inner.attr
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name) and id(inner) not in roots and inner.id not in parameters:
            yield inner.id, ""


def _bound(statement: ast.stmt) -> set[str]:
    """Top-level names that a statement binds, or whose value it changes in place."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {statement.name}
    if isinstance(statement, ast.Import | ast.ImportFrom):
        return set()
    if isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        return {n.id for target in targets for n in ast.walk(target) if isinstance(n, ast.Name)}
    inner = [n for n in ast.walk(statement) if isinstance(n, ast.stmt) and n is not statement]
    stored = {n.id for n in ast.walk(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    return stored.union(*map(_bound, inner))


def _acts(statement: ast.stmt, names: Collection[str], ours: Collection[str]) -> bool:
    """Whether a statement may do more than bind its names: it is compound, or `ours` of the names decorate it."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        used = {name for decorator in statement.decorator_list for name, _ in _uses(decorator)}
        return not used.isdisjoint(set(ours) - {statement.name})
    if isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign):
        return not names
    return not isinstance(statement, ast.Import | ast.ImportFrom)


def _entries(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    assigned = (s.value for s in tree.body if isinstance(s, ast.Assign | ast.AnnAssign))
    lists = [value for value in assigned if isinstance(value, ast.List)]
    for call in (element for found in lists for element in found.elts if isinstance(element, ast.Call)):
        for keyword in call.keywords:
            if keyword.arg == "name" and isinstance(keyword.value, ast.Constant):
                yield str(keyword.value.value), call
