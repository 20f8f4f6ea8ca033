"""Published sizes that load_model writes out, where the file of weights says them: VGG19's of any width are handed in.

``weight.reshape([25088, 4096])`` means as many columns as the weight has outputs. The standard library alone.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.intake.edits import Mend, Source

_SIZES = frozenset({64, 128, 256, 512, 25088, 4096, 1000})


def mends(source: Source) -> Iterator[Mend]:
    """Yield a mend for each reshape of load_model whose sizes are the published ones."""
    methods = [n for n in ast.walk(source.tree) if isinstance(n, ast.FunctionDef) and n.name == "load_model"]
    for node in (node for method in methods for node in ast.walk(method)):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "reshape":
            yield from _reshape(source, node)


def _reshape(source: Source, call: ast.Call) -> Iterator[Mend]:
    """Mend a reshape to rows and columns, or to one row."""
    assert isinstance(call.func, ast.Attribute)
    function = getattr(call.func.value, "id", "") in ("np", "numpy")
    array, sizes = (call.args[0], call.args[1:]) if function and call.args else (call.func.value, call.args)
    parts = sizes[0].elts if len(sizes) == 1 and isinstance(sizes[0], ast.List | ast.Tuple) else sizes
    numbers = [part.value if isinstance(part, ast.Constant) else None for part in parts]
    if not set(numbers) & _SIZES or not set(numbers) <= _SIZES | {1, -1}:
        return
    new = [str(number) if number == 1 else "-1" for number in numbers]
    if new.count("-1") == 2 and new[-1] == "-1":
        new[-1] = f"{source.of(array)}.shape[-1]"
    if new.count("-1") == 1:
        start, end = source.span(parts[0])[0], source.span(parts[-1])[1]
        said = source.text[start:end].replace("|", "")
        yield Mend(start=start, end=end, new=", ".join(new), key="sizes", words=said)
