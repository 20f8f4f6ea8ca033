"""The source code of live classes and functions."""

from __future__ import annotations

import ast
import dis
import inspect
import linecache
import textwrap
from collections.abc import Iterator
from functools import lru_cache
from types import CodeType, FunctionType
from typing import Protocol

from aics.language import tr


class SourceLost(Exception):
    """A function whose source Python no longer knows, such as one made by exec."""


class NameCollector(Protocol):
    """Collects the names from outside that a piece of code uses."""

    def need(self, name: str, *, decorates: bool = False) -> None:
        """Note that `name` is used; a decorator already where something is defined."""

    def name_of(self, cls: type) -> str:
        """Return the name by which the notebook knows a class."""


def class_source(cls: type, dependencies: NameCollector) -> str:
    """Return the class as one ``class`` statement: docstring, plain attributes, and methods in their order."""
    bases = [dependencies.name_of(base) for base in cls.__bases__ if base is not object]
    for base in bases:
        dependencies.need(base)
    parts = [textwrap.indent(_docstring(cls), "    ")] if cls.__doc__ else []
    for name, value in vars(cls).items():
        function = _plain_function(value)
        if function is not None:
            parts.append(function_source(function, dependencies, name=name, indent="    "))
        elif not name.startswith("__"):
            parts.append(f"    {name} = {value!r}")
    body = "\n\n".join(parts) or "    pass"
    heading = f"class {cls.__name__}({', '.join(bases)}):" if bases else f"class {cls.__name__}:"
    return heading + "\n" + body


def function_source(function: FunctionType, dependencies: NameCollector, *, name: str = "", indent: str = "") -> str:
    """Return a function's source, dedented, without add_to_class, and under `name` if that is another one."""
    tree, source = _parsed(function)
    lines, dropped = list(source), set[int]()
    for decorator in tree.decorator_list:
        span = range(decorator.lineno - 1, decorator.end_lineno or decorator.lineno)
        if _called_name(decorator) == "add_to_class":
            dropped.update(span)
        else:
            for node in ast.walk(decorator):
                if isinstance(node, ast.Name):
                    dependencies.need(node.id, decorates=True)
    if name and name != tree.name:
        lines[tree.lineno - 1] = lines[tree.lineno - 1].replace(f"def {tree.name}", f"def {name}", 1)
    for used in _names_used(function, tree):
        dependencies.need(used)
    kept = _inside_strings(tree)
    text = [line if number in kept or not line else indent + line for number, line in enumerate(lines)]
    return "\n".join(line for number, line in enumerate(text) if number not in dropped).rstrip()


def is_unfilled(function: FunctionType) -> bool:
    """Return whether the function still runs into its stub's ``raise NotImplementedError``.

    A filled stub may keep that line below its return: the compiler drops what cannot be reached, but not what
    stands below a with block that returns.
    """
    if "NotImplementedError" not in globals_read(inspect.unwrap(function).__code__):
        return False
    try:
        tree, _ = _parsed(function)
    except SourceLost:
        return False
    raised = [isinstance(node, ast.Raise) and "NotImplementedError" in ast.unparse(node) for node in tree.body]
    return any(raised) and not any(map(_returns, tree.body[: raised.index(True)]))


def _returns(statement: ast.stmt) -> bool:
    """Whether nothing below the statement is ever reached: a return, or a with block that ends with one."""
    if isinstance(statement, ast.With):
        return _returns(statement.body[-1])
    return isinstance(statement, ast.Return)


def method_functions(cls: type) -> dict[str, FunctionType]:
    """Return the class's own methods by name, as plain functions."""
    functions = {name: _plain_function(value) for name, value in vars(cls).items()}
    return {name: function for name, function in functions.items() if function is not None}


def methods_called(function: FunctionType) -> frozenset[str]:
    """Return the names that a method calls on ``self``: ``forward_raw`` for ``self.forward_raw(x)``."""
    return _of_self(function)[0]


def attributes_set(function: FunctionType) -> frozenset[str]:
    """Return the names that a method sets on ``self``: ``input`` for ``self.input = input``."""
    return _of_self(function)[1]


def _of_self(function: FunctionType) -> tuple[frozenset[str], frozenset[str]]:
    code = inspect.unwrap(function).__code__
    linecache.checkcache(code.co_filename)
    tree = _definitions("".join(linecache.getlines(code.co_filename))).get(code.co_firstlineno)
    return _of_first(tree, code.co_varnames[:1]) if tree else (frozenset(), frozenset())


@lru_cache(maxsize=64)
def _definitions(text: str) -> dict[int, ast.FunctionDef]:
    """The functions of a file or a cell, by the first line of each; the whole is parsed once for all of them."""
    try:
        nodes = list(ast.walk(ast.parse(text)))
    except SyntaxError:
        return {}
    functions = [node for node in nodes if isinstance(node, ast.FunctionDef)]
    return {min([node.lineno, *(part.lineno for part in node.decorator_list)]): node for node in functions}


@lru_cache(maxsize=256)
def _of_first(tree: ast.FunctionDef, own: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """The names that a function calls, and those that it sets, on what its first variable holds."""
    nodes = list(ast.walk(tree))
    on_own = [
        node
        for node in nodes
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in own
    ]
    calls = {id(node.func) for node in nodes if isinstance(node, ast.Call)}
    called = frozenset(node.attr for node in on_own if id(node) in calls)
    return called, frozenset(node.attr for node in on_own if isinstance(node.ctx, ast.Store))


@lru_cache(maxsize=256)
def globals_read(code: CodeType) -> frozenset[str]:
    """Return the names that the code, and code nested in it, looks up outside itself."""
    return frozenset(
        instruction.argval
        for part in _nested(code)
        for instruction in dis.get_instructions(part)
        if instruction.opname in ("LOAD_GLOBAL", "LOAD_NAME")
    )


def _nested(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _nested(constant)


def _names_used(function: FunctionType, tree: ast.FunctionDef) -> set[str]:
    """Names from outside in the body, and in defaults and annotations, which the code object lacks."""
    signature = [*tree.args.defaults, *filter(None, tree.args.kw_defaults), tree.returns]
    arguments = [
        *tree.args.posonlyargs,
        *tree.args.args,
        *tree.args.kwonlyargs,
        tree.args.vararg,
        tree.args.kwarg,
    ]
    signature += [argument.annotation for argument in arguments if argument]
    outside = {node.id for part in signature if part for node in ast.walk(part) if isinstance(node, ast.Name)}
    return outside | globals_read(inspect.unwrap(function).__code__)


@lru_cache(maxsize=256)
def _parsed(function: FunctionType) -> tuple[ast.FunctionDef, tuple[str, ...]]:
    """The function's syntax tree and dedented source lines, whose line 1 is the first decorator or def."""
    try:
        source = textwrap.dedent(inspect.getsource(function))
        tree = _tree(source)
    except (OSError, TypeError, SyntaxError):
        tree = None
    if tree is None:
        raise SourceLost(tr("The source of {name} is not known.", name=function.__qualname__))
    return tree, tuple(source.splitlines())


@lru_cache(maxsize=256)
def _tree(source: str) -> ast.FunctionDef | None:
    """The syntax tree of a text that begins with a function; a lab's cells are read again for each known mistake."""
    body = ast.parse(source).body
    return body[0] if body and isinstance(body[0], ast.FunctionDef) else None


def _inside_strings(tree: ast.FunctionDef) -> set[int]:
    """Numbers of the lines that begin inside a string: indenting them would change its value."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and isinstance(node.body[0], ast.Expr)
    }
    strings = (node for node in ast.walk(tree) if isinstance(node, (ast.JoinedStr, ast.Constant)))
    return {
        number
        for node in strings
        if id(node) not in docstrings and (isinstance(node, ast.JoinedStr) or isinstance(node.value, str))
        for number in range(node.lineno, node.end_lineno or node.lineno)
    }


def _docstring(cls: type) -> str:
    text = inspect.cleandoc(cls.__doc__ or "").replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    return f'"""{text}\n"""' if "\n" in text else f'"""{text}"""'


def _called_name(decorator: ast.expr) -> str:
    function = decorator.func if isinstance(decorator, ast.Call) else decorator
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _plain_function(value: object) -> FunctionType | None:
    """The function inside a method, static method, class method or property; None for other things."""
    inner = getattr(value, "__func__", None) or getattr(value, "fget", None) or value
    return inner if isinstance(inner, FunctionType) else None
