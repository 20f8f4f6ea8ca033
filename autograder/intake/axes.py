"""``einops.rearrange`` that puts axes into another order, as students write it, read as NumPy's transpose and reshape.

The library is not there where hand-ins are graded. The standard library alone.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from autograder.intake.edits import Mend, Source
from autograder.intake.name_uses import modules, spelled

_GROUP = re.compile(r"\(([\w ]+)\)|(\w+)")


def mends(source: Source) -> Iterator[Mend]:
    """Yield the mends of a file that uses nothing of einops but ``rearrange``, by patterns that are written out."""
    called, used = _uses(source)
    read = [(node, _read(source, node)) for node in called]
    if used == len(called) and all(new for _, new in read):
        for node, new in read:
            yield source.mend(node, new, "axes", source.of(node.func))
        if not read:  # gone since the round before
            yield from _imports(source)


def _uses(source: Source) -> tuple[list[ast.Call], int]:
    """Calls of rearrange; how often the file says einops or what it imports from it, beside the imports."""
    package, function = modules(source, "einops"), modules(source, "einops.rearrange")
    names = {alias for node in _froms(source) for alias in (a.asname or a.name for a in node.names)}
    nodes = list(ast.walk(source.tree))
    used = sum(isinstance(node, ast.Name) and node.id in package | names for node in nodes)
    spellings = {f"{name}.rearrange" for name in package} | function
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    return [call for call in calls if source.of(call.func) in spellings], used


def _read(source: Source, call: ast.Call) -> str:
    """A call in NumPy's words; "" where it is not understood."""
    array, pattern = call.args if len(call.args) == 2 and not call.keywords else (None, None)
    if array is None or not isinstance(pattern, ast.Constant) or not isinstance(pattern.value, str):
        return ""
    before, arrow, after = pattern.value.partition("->")
    groups = [(found[0] or found[1]).split() for found in _GROUP.findall(after)]
    old, new = before.split(), [name for group in groups for name in group]
    if not arrow or _GROUP.sub("", after).strip() or not _same(old, new):
        return ""
    turned = f"({source.of(array)}).transpose({', '.join(str(old.index(name)) for name in new)})"
    return turned if len(groups) == len(new) else f"(lambda array: array.reshape({_sizes(groups)}))({turned})"


def _same(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether both name the same axes, each once and by a word."""
    return sorted(old) == sorted(new) and len(set(old)) == len(old) and all(name.isidentifier() for name in old)


def _sizes(groups: Sequence[Sequence[str]]) -> str:
    """The length of each group, by the lengths of its axes."""
    axes = iter(range(sum(map(len, groups))))
    return ", ".join(" * ".join(f"array.shape[{next(axes)}]" for _ in group) for group in groups)


def _imports(source: Source) -> Iterator[Mend]:
    """The imports, which nothing needs any more."""
    for taken in _froms(source):
        yield source.mend(taken, "pass", "axes", "einops")
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import) and any(alias.name == "einops" for alias in node.names):
            kept = [spelled(alias) for alias in node.names if alias.name != "einops"]
            yield source.mend(node, f"import {', '.join(kept)}" if kept else "pass", "axes", "einops")


def _froms(source: Source) -> list[ast.ImportFrom]:
    return [node for node in ast.walk(source.tree) if isinstance(node, ast.ImportFrom) and node.module == "einops"]
