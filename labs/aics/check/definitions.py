"""A notebook's cells as definitions and statements: what each binds, what it may change, and what it uses.

Read from the syntax tree and never run. Python's standard library alone is imported here.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

#: Built-in names by which code reaches what it does not spell out.
HIDDEN_NAMES = frozenset(
    {"__builtins__", "__import__", "__loader__", "__spec__", "compile", "eval", "exec", "get_ipython", "globals"}
)
#: Of those, what may put anything in the place of anything.
CHANGES_ANYTHING = frozenset({"__builtins__", "eval", "exec", "globals"})
#: Attributes by which code does so, of whatever object.
HIDDEN_ATTRIBUTES = frozenset(
    {"__builtins__", "__closure__", "__code__", "__getattribute__", "__globals__", "__loader__", "__spec__"}
    | {"__subclasses__", "_asks", "f_back", "f_builtins", "f_globals", "f_locals", "gi_frame", "tb_frame"}
)
#: Matplotlib's settings, which everybody may change.
SETTINGS = "rcParams"
#: Their methods change nothing of theirs.
BUILTIN_TYPES = frozenset(name for name, value in vars(builtins).items() if isinstance(value, type))


@dataclass(frozen=True)
class Use:
    """A name that is no local one, with the attributes asked of it, such as ``("np", "linalg", "norm")``."""

    chain: tuple[str, ...]
    number: int


@dataclass
class Unit:
    """One definition, one method, or one statement outside functions.

    Attributes
    ----------
    cell, lines : str, sequence of str
        The cell's name and text.
    owners : frozenset of str
        Classes that a method belongs to.
    names : set of str
        What it defines.
    changes : set of str
        Names outside functions whose objects it may change: it calls a method of them, or sets an item.
    sets : set of str
        Attributes that it gives a value, of objects other than ``self``.
    always : bool
        It may change a module, or anything.
    defines : bool
        A function, a method or a class, which somebody has to call.
    uses, attributes : list of Use, set of str
        What it uses.
    """

    cell: str
    lines: Sequence[str]
    owners: frozenset[str] = frozenset()
    names: set[str] = field(default_factory=set)
    changes: set[str] = field(default_factory=set)
    sets: set[str] = field(default_factory=set)
    always: bool = False
    defines: bool = False
    uses: list[Use] = field(default_factory=list)
    attributes: set[str] = field(default_factory=set)

    @property
    def used(self) -> set[str]:
        """The names that are used."""
        return {use.chain[0] for use in self.uses}


def units_of(tree: ast.Module, cell: str, source: str, modules: Collection[str]) -> Iterator[Unit]:
    """Each top-level statement of a cell as a unit, a class as one of its own and one for each method.

    modules : names that stand for imported modules, or for parts of them, anywhere in the notebook
    """

    def unit(nodes: Sequence[ast.AST], owners: Collection[str] = (), name: str = "") -> Unit:
        made = Unit(cell, source.splitlines(), frozenset(owners), {name} if name else set(), defines=bool(name))
        reader = _Reader(made, modules)
        for node in nodes:
            reader.visit(node)
        return made

    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            methods = [n for n in node.body if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
            yield from (unit([method], {node.name}, method.name) for method in methods)
            heads = [*node.decorator_list, *node.bases, *(keyword.value for keyword in node.keywords)]
            yield unit([*heads, *(n for n in node.body if n not in methods)], name=node.name)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield unit([node], name=node.name)
            if owners := _added_to(node):
                yield unit([node], owners, node.name)
        elif not isinstance(node, ast.Import | ast.ImportFrom):
            yield unit([node])


def parsed(source: str) -> ast.Module | None:
    """The tree of a cell, IPython's own lines left out; None where it is no Python."""
    for text in (source, without_magic(source)):
        try:
            tree = compile(text, "", "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        except (SyntaxError, ValueError, MemoryError, RecursionError):
            continue
        return tree if isinstance(tree, ast.Module) else None
    return None


def without_magic(source: str) -> str:
    """A cell without IPython's own lines; what ``%time`` and its like run is left as code."""
    source = re.sub(r"\A\s*%%\w+.*", "", source)
    source = re.sub(r"(?m)^([ \t]*)%(?:time|prun)\b[ \t]*", r"\1", source)
    source = re.sub(r"(?m)^([ \t]*)%timeit\b(?:[ \t]+-\S+(?:[ \t]+\d+)?)*[ \t]*", r"\1", source)
    source = re.sub(r"(?m)^([ \t]*)(?:[%!].*|\w[\w.]*\?{1,2}[ \t]*)$", r"\1pass", source)
    return re.sub(r"(?m)=[ \t]*[%!]\w.*$", "= None", source)


class _Reader(ast.NodeVisitor):
    """Fills a unit with what its nodes bind, change and use; a function's locals are its own business."""

    def __init__(self, unit: Unit, modules: Collection[str]) -> None:
        self._unit, self._modules = unit, modules
        self._locals: list[set[str]] = []
        self._selves: list[str] = []

    def visit_Name(self, node: ast.Name) -> None:
        if self._is_local(node.id):
            return
        if isinstance(node.ctx, ast.Load):
            self._use((node.id,), node)
        elif self._locals:
            self._unit.changes.add(node.id)
        else:
            self._unit.names.add(node.id)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        root, *attributes = _chain(node)
        self._unit.attributes |= set(attributes)
        if not isinstance(node.ctx, ast.Load):
            self._set(node)
        if root and not self._is_local(root):
            self._use((root, *attributes), node)
        else:
            self._unit.uses += [Use(("", name), node.lineno) for name in HIDDEN_ATTRIBUTES.intersection(attributes)]
        if not root:
            self.generic_visit(node)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        if not isinstance(node.ctx, ast.Load):
            root = _root(node.value)
            if root in self._modules:
                self._unit.always |= SETTINGS not in _chain(node.value)
            elif root and not self._is_local(root):
                self._unit.changes.add(root)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        root = _root(node.func)
        if isinstance(node.func, ast.Attribute) and root in BUILTIN_TYPES:  # dict.update(mine, ...)
            self._changed(node.args)
        elif isinstance(node.func, ast.Attribute) and root and root not in self._modules and not self._is_local(root):
            self._unit.changes.add(root)
        if isinstance(node.func, ast.Call):  # add_to_class(Layer)(function)
            self._changed(node.func.args)
        if isinstance(node.func, ast.Name) and node.args:
            self._by_name(root, node)
        if any(keyword.arg == "allow_pickle" for keyword in node.keywords):
            self._unit.uses.append(Use(("", "allow_pickle"), node.lineno))
        self.generic_visit(node)

    def _changed(self, arguments: Sequence[ast.expr]) -> None:
        """What is handed in may be changed by whoever gets it."""
        for argument in arguments:
            root = _root(argument)
            whole = isinstance(argument, ast.Name)  # np.inf is no way to change NumPy, np is
            if root and not self._is_local(root) and (whole or root not in self._modules):
                self._unit.changes.add(root)

    def visit_Constant(self, node: ast.Constant) -> None:
        """A text that could be a name may be used as one: ``getattr(self, "forward")``."""
        if isinstance(node.value, str) and node.value.isidentifier():
            self._unit.attributes.add(node.value)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self._function(node)

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._within(node.args, [node.body])

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        if not self._locals:
            self._unit.names.add(node.name)
        self.generic_visit(node)

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        if not self._locals:
            self._unit.names.add(node.name)
            if not self._unit.defines and _added_to(node):
                self._unit.sets.add(node.name)
        for decorator in node.decorator_list:
            self.visit(decorator)
        self._within(node.args, node.body)

    def _within(self, arguments: ast.arguments, body: Sequence[ast.AST]) -> None:
        for default in (*arguments.defaults, *filter(None, arguments.kw_defaults)):
            self.visit(default)
        every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        names = {a.arg for a in (*every, *filter(None, (arguments.vararg, arguments.kwarg)))}
        self._selves.append(every[0].arg if every and every[0].arg in ("self", "cls") else "")
        self._locals.append(names | _stored(body))
        for node in body:
            self.visit(node)
        self._locals.pop()
        self._selves.pop()

    def _is_local(self, name: str) -> bool:
        return any(name in names for names in self._locals)

    def _use(self, chain: tuple[str, ...], node: ast.expr) -> None:
        self._unit.uses.append(Use(chain, node.lineno))
        if chain[0] in CHANGES_ANYTHING or (chain[0] in self._modules and "modules" in chain):
            self._unit.always = True

    def _set(self, node: ast.Attribute) -> None:
        """An attribute is given a value: of a module, of a class by its name, or of whatever is passed in."""
        root = _root(node.value)
        if not root or (root in self._modules and not self._is_local(root)):
            self._unit.always = True
        elif root not in self._selves:
            self._unit.sets.add(node.attr)

    def _by_name(self, function: str, node: ast.Call) -> None:
        """``getattr(module, name)``, ``setattr(anything, name, value)``, ``vars(module)``."""
        root = _root(node.args[0])
        name = node.args[1].value if len(node.args) > 1 and isinstance(node.args[1], ast.Constant) else None
        if function == "vars" or (function == "getattr" and name is None):
            if root in self._modules:
                self._unit.uses.append(Use(("", "__dict__"), node.lineno))
        elif function == "setattr":
            if root in self._modules or (name is None and root not in self._selves):
                self._unit.always = True
            elif name is not None:
                self._unit.sets.add(str(name))


def outside_functions(body: Sequence[ast.AST]) -> Iterator[ast.AST]:
    """All nodes that are run when the body is, in any order."""
    left = list(body)
    while left:
        node = left.pop()
        yield node
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            left.extend(ast.iter_child_nodes(node))


def _stored(body: Sequence[ast.AST]) -> set[str]:
    """Names that a function's body binds for itself, imports aside."""
    names, shared = set[str](), set[str]()
    for node in outside_functions(body):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            names.add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.ExceptHandler):
            names.add(node.name or "")
        elif isinstance(node, ast.Global | ast.Nonlocal):
            shared |= set(node.names)
    return names - shared


def _added_to(node: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    """The classes that decorators such as ``@add_to_class(ReLULayer)`` name."""
    calls = [decorator for decorator in node.decorator_list if isinstance(decorator, ast.Call)]
    return {argument.id for call in calls for argument in call.args if isinstance(argument, ast.Name)}


def _chain(node: ast.expr) -> tuple[str, ...]:
    """``a.b.c`` as its parts; the first is empty where it is no name."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return (node.id if isinstance(node, ast.Name) else "", *reversed(parts))


def _root(node: ast.expr) -> str:
    """The name from which attributes and items are taken; "" where there is none."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""
