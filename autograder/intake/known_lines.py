"""Known lines of the course's files that no Python 3 or NumPy of today runs, and what they are read as.

One function a kind, each a generator of mends; `KINDS` is the table. The standard library alone.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.intake import axes, known_names, pictures, python2
from autograder.intake.edits import Mend, Source
from autograder.intake.name_uses import loads, spelled


def mends(source: Source, file: str) -> Iterator[Mend]:
    """Yield every mend of a course file of this name."""
    for kind in KINDS:
        yield from kind(source)
    for node in loads(source, "__file__"):
        yield source.mend(node, repr(f"stu_upload/{file}"), "file")


def printed(source: Source) -> Iterator[Mend]:
    """``print ("...") % x`` and ``print >>f, x``, which Python 3 takes for sums with print and what it returned."""
    for node in ast.walk(source.tree):
        value = node.value if isinstance(node, ast.Expr) else None
        first: ast.expr | None = value.elts[0] if isinstance(value, ast.Tuple) and value.elts else value
        if not isinstance(node, ast.Expr) or not isinstance(first, ast.BinOp):
            continue
        while isinstance(first, ast.BinOp):
            first = first.left
        start, end = source.span(node)
        rest = source.text[start:end].removeprefix("print")
        if "print" in (getattr(first, "id", ""), getattr(getattr(first, "func", None), "id", "")):
            yield Mend(start=start, end=end, new=python2.printed(rest) or source.of(node), key="print")


def second_editions_card(source: Source) -> Iterator[Mend]:
    """``pycnnl``: the second edition's card, or, where it is told grids of quantisation, the first's by that name."""
    if is_second_edition(source.tree):
        yield from _imports_of_card(
            source, "from aics.pycnml import pycnnl", "from aics.pycnml.pycnnl import", "second"
        )
    elif "pycnnl" in _imported(source.tree):
        yield from _imports_of_card(source, "import pycnml", "from pycnml import", "pycnnl")
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Attribute) and node.attr == "CnnlNet":
                yield source.mend(node, f"{source.of(node.value)}.CnmlNet", "pycnnl")


def is_second_edition(tree: ast.Module) -> bool:
    """Whether a file is written for the second edition's card, which knows no QuantParam."""
    named = {str(getattr(node, part, "")) for node in ast.walk(tree) for part in ("attr", "id", "name")}
    return "pycnnl" in _imported(tree) and "QuantParam" not in named


def _imported(tree: ast.Module) -> set[str]:
    """Modules that are imported, or of which names are."""
    nodes = list(ast.walk(tree))
    whole = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return whole | {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}


def _imports_of_card(source: Source, whole: str, names: str, key: str) -> Iterator[Mend]:
    """Imports of pycnnl, replaced by `whole` and `names`."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import) and any(alias.name == "pycnnl" for alias in node.names):
            others = [spelled(alias) for alias in node.names if alias.name != "pycnnl"]
            cards = [f"{whole} as {alias.asname or alias.name}" for alias in node.names if alias.name == "pycnnl"]
            yield source.mend(node, "; ".join([*cards, *([f"import {', '.join(others)}"] if others else [])]), key)
        elif isinstance(node, ast.ImportFrom) and node.module == "pycnnl":
            told = ", ".join(_of_card(alias) if key == "pycnnl" else spelled(alias) for alias in node.names)
            yield source.mend(node, f"{names} {told}", key)


def flattens_backward(source: Source) -> Iterator[Mend]:
    """FlattenLayer.backward that turns four axes of a gradient that has two, as the course gives it."""
    layers = [n for n in source.tree.body if isinstance(n, ast.ClassDef) and n.name == "FlattenLayer"]
    for method in (node for layer in layers for node in layer.body if isinstance(node, ast.FunctionDef)):
        if method.name != "backward" or len(method.args.args) != 2:
            continue
        diff = method.args.args[1].arg
        turned = [part for node in ast.walk(method) for part in _turned(node) if getattr(part, "id", "") == diff]
        first = min(turned, key=lambda node: node.lineno, default=None)
        if first and first.lineno <= min(_set_at(method, diff), default=first.lineno):
            shape = "(-1, self.input_shape[1], self.input_shape[2], self.input_shape[0])"
            yield source.mend(first, f"{diff}.reshape{shape}", "flatten")


def _turned(node: ast.AST) -> Iterator[ast.expr]:
    """The array whose four axes a call turns from N, H, W, C to N, C, H, W."""
    if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "transpose":
        function = getattr(getattr(node.func, "value", None), "id", "") in ("np", "numpy")
        array = node.args[0] if function else node.func.value  # type: ignore[attr-defined]
        if ast.unparse(ast.Tuple(node.args[function:], ast.Load())).strip("()[],") == "0, 3, 1, 2":
            yield array


def _set_at(method: ast.FunctionDef, name: str) -> list[int]:
    """The lines at which a variable is given a value."""
    assigned = [node for node in ast.walk(method) if isinstance(node, ast.Assign)]
    return [node.lineno for node in assigned if any(getattr(target, "id", "") == name for target in node.targets)]


def _of_card(alias: ast.alias) -> str:
    if alias.name == "CnnlNet":
        return f"CnmlNet as {alias.asname or alias.name}"
    return spelled(alias)


KINDS = (
    *(known_names.names_taken_back, known_names.modules_renamed, known_names.builtin_names, known_names.lists),
    *(printed, pictures.mends, axes.mends, second_editions_card, flattens_backward),
)
