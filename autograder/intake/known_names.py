"""Names that Python 3, NumPy and Pillow have no more, and what they stood for. The standard library alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.intake.edits import Mend, Source
from autograder.intake.name_uses import all_bound, is_set, modules, spelled

_NUMPY = {"bool": "bool", "complex": "complex", "float": "float", "int": "int", "long": "int", "object": "object"} | {
    **{"str": "str", "unicode": "str", "Inf": "{}.inf", "Infinity": "{}.inf", "NaN": "{}.nan", "alltrue": "{}.all"},
    **{"cumproduct": "{}.cumprod", "float_": "{}.float64", "product": "{}.prod", "row_stack": "{}.vstack"},
    **{"sometrue": "{}.any", "string_": "{}.bytes_", "unicode_": "{}.str_", "complex_": "{}.complex128"},
    **{"in1d": "{}.isin", "round_": "{}.round", "trapz": "{}.trapezoid", "rank": "{}.ndim", "alen": "len"},
    **{"asscalar": "(lambda array: array.item())", "msort": "(lambda array: {}.sort(array, axis=0))"},
    **{"asfarray": "(lambda array, dtype=float: {}.asarray(array, dtype))"},
}
_STRING = {name: f"{{}}.ascii_{name}" for name in ("letters", "lowercase", "uppercase")}
_PILLOW = {"ANTIALIAS": "{}.LANCZOS", "CUBIC": "{}.BICUBIC", "LINEAR": "{}.BILINEAR", "fromstring": "{}.frombytes"}
#: Names that a module took back, and what they stood for; {} is what the file calls the module.
TAKEN_BACK = {
    **{"numpy": _NUMPY, "string": _STRING, "PIL.Image": _PILLOW, "sys": {"maxint": "{}.maxsize"}},
    **{"time": {"clock": "{}.perf_counter"}, "os": {"getcwdu": "{}.getcwd"}},
    "itertools": {"ifilter": "filter", "imap": "map", "izip": "zip", "izip_longest": "{}.zip_longest"},
}
#: Modules of Python 2, and Pillow's as it was before it was Pillow.
MODULES = {
    **{"ConfigParser": "configparser", "Image": "PIL.Image", "Queue": "queue", "StringIO": "io"},
    **{"cPickle": "pickle", "cStringIO": "io"},
}
#: Built-in names of Python 2.
BUILTINS = {
    **{"basestring": "str", "file": "open", "long": "int", "raw_input": "input", "unichr": "chr", "unicode": "str"},
    **{"cmp": "(lambda a, b: (a > b) - (a < b))", "reduce": "functools.reduce", "xrange": "range"},
}
METHODS = {f"{how}{what}": what for how in ("iter", "view") for what in ("items", "keys", "values")}
METHODS |= {"tostring": "tobytes"}
#: What gives an iterator or a view where Python 2 gave a list.
_LAZY = frozenset({"filter", "map", "zip"})
_VIEWS = frozenset({"items", "keys", "values"})
#: Methods that only a list has.
_OF_LISTS = frozenset({"append", "index", "pop", "reverse", "sort"})


def names_taken_back(source: Source) -> Iterator[Mend]:
    """``np.float``, ``time.clock``, ``from itertools import izip`` and their like."""
    called = {alias: module for module in TAKEN_BACK for alias in modules(source, module)}
    called.setdefault("np", "numpy")
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in called:
            now = TAKEN_BACK[called[node.value.id]].get(node.attr, "").format(node.value.id)
            if now:
                yield source.mend(node, now, "gone", f"{source.of(node)}|{now}")
        elif isinstance(node, ast.ImportFrom) and (gone := TAKEN_BACK.get(node.module or "", {})):
            yield from _import_of_gone(source, node, gone)


def _import_of_gone(source: Source, node: ast.ImportFrom, gone: dict[str, str]) -> Iterator[Mend]:
    """An import of names of which a module took some back."""
    kept, set_here, names = list[str](), list[str](), list[str]()
    for alias in node.names:
        now, name = gone.get(alias.name, ""), alias.asname or alias.name
        if now.startswith("{}."):
            kept.append(f"{now.removeprefix('{}.')} as {name}")
        elif now and "{}" not in now:
            set_here += [f"{name} = {now}"] if name != now else []
        else:
            kept.append(spelled(alias))
            continue
        names.append(alias.name)
    if names:
        new = [f"from {node.module} import {', '.join(kept)}"] if kept else []
        words = f"{', '.join(names)}|{', '.join(gone[name].replace('{}', node.module or '') for name in names)}"
        yield source.mend(node, "; ".join([*new, *set_here]) or "pass", "gone", words)


def modules_renamed(source: Source) -> Iterator[Mend]:
    """``import cPickle as pickle``, ``from StringIO import StringIO``, ``import Image``."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import) and any(alias.name in MODULES for alias in node.names):
            names = [
                f"{MODULES[a.name]} as {a.asname or a.name}" if a.name in MODULES else spelled(a) for a in node.names
            ]
            old = next(alias.name for alias in node.names if alias.name in MODULES)
            yield source.mend(node, f"import {', '.join(names)}", "name", f"{old}|{MODULES[old]}")
        elif isinstance(node, ast.ImportFrom) and node.module in MODULES and not node.level:
            names = [spelled(alias) for alias in node.names]
            new = f"from {MODULES[node.module]} import {', '.join(names)}"
            yield source.mend(node, new, "name", f"{node.module}|{MODULES[node.module]}")


def builtin_names(source: Source) -> Iterator[Mend]:
    """``xrange`` and its like, where the file has none of its own; ``iteritems``, ``has_key``, ``reload(sys)``."""
    mine, needs_functools = all_bound(source), False
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Name) and node.id in BUILTINS.keys() - mine and not is_set(node):
            needs_functools |= node.id == "reduce"
            yield source.mend(node, BUILTINS[node.id], "name", f"{node.id}|{BUILTINS[node.id]}")
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield from _method(source, node, node.func, mine)
        elif isinstance(node, ast.Expr) and source.of(node).startswith(("reload(sys)", "sys.setdefaultencoding(")):
            yield source.mend(node, "pass", "encoding")
    if needs_functools and (first := _first_statement(source)):
        start, _ = source.span(first)
        yield Mend(start=start, end=start, new="import functools; ", key="name", words="reduce|functools.reduce")


def _first_statement(source: Source) -> ast.stmt | None:
    """The first plain statement of a file below its docstring and what it imports from the future."""
    return next(
        (
            node
            for node in source.tree.body
            if isinstance(node, ast.Import | ast.Assign)
            or (isinstance(node, ast.ImportFrom) and node.module != "__future__")
        ),
        None,
    )


def _method(source: Source, call: ast.Call, called: ast.Attribute, mine: set[str]) -> Iterator[Mend]:
    _, end = source.span(called)
    if called.attr in METHODS and not call.args:
        name = METHODS[called.attr]
        yield Mend(start=end - len(called.attr), end=end, new=name, key="name", words=f".{called.attr}()|.{name}()")
    elif called.attr == "next" and not call.args and "next" not in mine:
        yield source.mend(call, f"next({source.of(called.value)})", "name", ".next()|next()")
    elif called.attr == "has_key" and len(call.args) == 1:
        new = f"({source.of(call.args[0])} in {source.of(called.value)})"
        yield source.mend(call, new, "python2", "has_key")


def lists(source: Source) -> Iterator[Mend]:
    """``map(...)[0]``, ``d.keys()[0]``, ``k = d.keys(); k.sort()``: lists in Python 2, at which Python 3 stops."""
    used = {name for node in ast.walk(source.tree) for name in _used_as_list(node)}
    for node in ast.walk(source.tree):
        found: list[ast.expr] = []
        if isinstance(node, ast.Subscript):
            found = [node.value]
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            found = [node.left, node.right]
        elif isinstance(node, ast.Call) and source.of(node.func).startswith(("len", "np.", "numpy.")):
            found = node.args[:1]
        elif isinstance(node, ast.Assign) and any(getattr(target, "id", "") in used for target in node.targets):
            found = [node.value]
        for value in filter(_is_lazy, found):
            yield source.mend(value, f"list({source.of(value)})", "list", source.of(value))


def _used_as_list(node: ast.AST) -> Iterator[str]:
    """A variable of which an entry is taken, or a list's method called."""
    inner: ast.AST | None = None
    if isinstance(node, ast.Subscript) or (isinstance(node, ast.Attribute) and node.attr in _OF_LISTS):
        inner = node.value
    elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "len" and node.args:
        inner = node.args[0]
    if isinstance(inner, ast.Name):
        yield inner.id


def _is_lazy(node: ast.expr) -> bool:
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Attribute):
        return node.func.attr in _VIEWS and not node.args
    return getattr(node.func, "id", "") in _LAZY
