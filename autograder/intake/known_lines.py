"""Known lines of the course's files that no Python 3 or NumPy of today runs, and what they are read as.

One function a kind, each a generator of mends; `KINDS` is the table. The standard library alone.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from autograder.intake import python2
from autograder.intake.edits import Mend, Source

_NUMPY = {"bool": "bool", "complex": "complex", "float": "float", "int": "int", "long": "int", "object": "object"} | {
    **{"str": "str", "unicode": "str", "Inf": "{}.inf", "Infinity": "{}.inf", "NaN": "{}.nan", "alltrue": "{}.all"},
    **{"cumproduct": "{}.cumprod", "float_": "{}.float64", "product": "{}.prod", "row_stack": "{}.vstack"},
    **{"sometrue": "{}.any", "string_": "{}.bytes_", "unicode_": "{}.str_"},
}
#: Names that a module took back, and what they stood for; {} is what the file calls the module.
TAKEN_BACK = {"numpy": _NUMPY, "PIL.Image": {"ANTIALIAS": "{}.LANCZOS"}, "time": {"clock": "{}.perf_counter"}}
#: Built-in names of Python 2.
BUILTINS = {"long": "int", "raw_input": "input", "unicode": "str", "xrange": "range"}
METHODS = {"iteritems": "items", "iterkeys": "keys", "itervalues": "values"}
#: Functions of scipy.misc, each with what takes its place, by Pillow as SciPy's own did it.
MISC = ("imread", "imresize", "imsave")
_HELPERS = '''


import numpy as _numpy


def _misc_imread(name, flatten=False, mode=None):
    """Read a picture as scipy.misc.imread did."""
    from PIL import Image

    image = Image.open(name)
    mode = "F" if flatten else mode or ("RGB" if image.mode == "P" else image.mode)
    return _numpy.array(image.convert(mode))


def _misc_bytes(arr):
    """Bytes of a picture, stretched to 0..255 where they are none, as scipy.misc did."""
    arr = _numpy.asarray(arr)
    if arr.dtype == _numpy.uint8:
        return arr
    low, high = float(arr.min()), float(arr.max())
    return _numpy.clip((arr - low) * (255.0 / ((high - low) or 1)) + 0.5, 0, 255).astype(_numpy.uint8)


def _misc_imresize(arr, size, interp="bilinear", mode=None):
    """Resize a picture as scipy.misc.imresize did; a whole number is a percentage, a fraction a factor."""
    from PIL import Image

    image = Image.fromarray(_misc_bytes(arr))
    if isinstance(size, (int, float)):
        factor = size / 100.0 if isinstance(size, int) else size
        size = (int(image.size[1] * factor), int(image.size[0] * factor))
    filters = {"nearest": 0, "lanczos": 1, "bilinear": 2, "bicubic": 3, "cubic": 3}
    return _numpy.array(image.resize((int(size[1]), int(size[0])), filters[interp]))


def _misc_imsave(name, arr, format=None):
    """Save a picture as scipy.misc.imsave did."""
    from PIL import Image

    Image.fromarray(_misc_bytes(arr)).save(name, format=format)
'''


def mends(source: Source, file: str) -> Iterator[Mend]:
    """Yield every mend of a course file of this name."""
    for kind in KINDS:
        yield from kind(source)
    for node in _loads(source, "__file__"):
        yield source.mend(node, repr(f"stu_upload/{file}"), "file")


def helpers(made: Sequence[Mend]) -> str:
    """What the mended text needs at its end."""
    return _HELPERS if any(mend.key == "misc" for mend in made) else ""


def names_taken_back(source: Source) -> Iterator[Mend]:
    """``np.float``, ``time.clock`` and their like."""
    called = {alias: module for module in TAKEN_BACK for alias in _modules(source, module)}
    called.setdefault("np", "numpy")
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in called:
            now = TAKEN_BACK[called[node.value.id]].get(node.attr, "").format(node.value.id)
            if now:
                yield source.mend(node, now, "gone", f"{source.of(node)}|{now}")


def builtin_names(source: Source) -> Iterator[Mend]:
    """``xrange`` and its like, where the file has none of its own; ``iteritems``, ``has_key``, ``reload(sys)``."""
    bound = {name for node in ast.walk(source.tree) for name in _bound(node)}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Name) and node.id in BUILTINS.keys() - bound and not _is_set(node):
            yield source.mend(node, BUILTINS[node.id], "name", f"{node.id}|{BUILTINS[node.id]}")
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield from _method(source, node, node.func)
        elif isinstance(node, ast.Expr) and source.of(node).startswith(("reload(sys)", "sys.setdefaultencoding(")):
            yield source.mend(node, "pass", "encoding")


def _bound(node: ast.AST) -> Iterator[str]:
    """The names that a node gives a meaning."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.arg):
        yield node.arg
    elif isinstance(node, ast.alias):
        yield node.asname or node.name
    elif isinstance(node, ast.Name) and _is_set(node):
        yield node.id


def _method(source: Source, call: ast.Call, called: ast.Attribute) -> Iterator[Mend]:
    _, end = source.span(called)
    if called.attr in METHODS and not call.args:
        name = METHODS[called.attr]
        yield Mend(start=end - len(called.attr), end=end, new=name, key="name", words=f".{called.attr}()|.{name}()")
    elif called.attr == "has_key" and len(call.args) == 1:
        new = f"({source.of(call.args[0])} in {source.of(called.value)})"
        yield source.mend(call, new, "python2", "has_key")


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


def scipy_misc(source: Source) -> Iterator[Mend]:
    """``scipy.misc.imread`` and its like, under whatever name they were imported."""
    modules, names = {"scipy.misc", *_modules(source, "scipy.misc")}, dict[str, str]()
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import) and any(alias.name == "scipy.misc" for alias in node.names):
            kept = [_spelled(alias) for alias in node.names if alias.name != "scipy.misc"]
            kept += ["scipy"] if any(alias.name == "scipy.misc" and not alias.asname for alias in node.names) else []
            yield source.mend(node, f"import {', '.join(kept)}" if kept else "pass", "misc", "scipy.misc")
        elif isinstance(node, ast.ImportFrom) and node.module in ("scipy", "scipy.misc"):
            taken = MISC if node.module == "scipy.misc" else ("misc",)
            gone = [alias for alias in node.names if alias.name in taken]
            kept = [_spelled(alias) for alias in node.names if alias not in gone]
            if gone:
                new = f"from {node.module} import {', '.join(kept)}" if kept else "pass"
                yield source.mend(node, new, "misc", "scipy.misc")
            if node.module == "scipy.misc":
                names |= {alias.asname or alias.name: f"_misc_{alias.name}" for alias in gone}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr in MISC and source.of(node.value) in modules:
            yield source.mend(node, f"_misc_{node.attr}", "misc", "scipy.misc")
        elif isinstance(node, ast.Name) and node.id in names and not _is_set(node):
            yield source.mend(node, names[node.id], "misc", "scipy.misc")


def second_editions_card(source: Source) -> Iterator[Mend]:
    """``pycnnl`` and its ``CnnlNet``."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import) and any(alias.name == "pycnnl" for alias in node.names):
            names = [f"pycnml as {a.asname or a.name}" if a.name == "pycnnl" else _spelled(a) for a in node.names]
            yield source.mend(node, f"import {', '.join(names)}", "pycnnl")
        elif isinstance(node, ast.ImportFrom) and node.module == "pycnnl":
            yield source.mend(node, f"from pycnml import {', '.join(map(_of_card, node.names))}", "pycnnl")
        elif isinstance(node, ast.Attribute) and node.attr == "CnnlNet":
            yield source.mend(node, f"{source.of(node.value)}.CnmlNet", "pycnnl")


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


def _is_set(node: ast.Name) -> bool:
    return not isinstance(node.ctx, ast.Load)


def _loads(source: Source, name: str) -> Iterator[ast.Name]:
    """Uses of a name that the file does not set."""
    found = [node for node in ast.walk(source.tree) if isinstance(node, ast.Name) and node.id == name]
    if not any(map(_is_set, found)):
        yield from found


def _modules(source: Source, name: str) -> set[str]:
    """What the file calls a module."""
    found = set()
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            found |= {alias.asname or alias.name for alias in node.names if alias.name == name}
        elif isinstance(node, ast.ImportFrom):
            found |= {a.asname or a.name for a in node.names if f"{node.module}.{a.name}" == name}
    return found


def _spelled(alias: ast.alias) -> str:
    return f"{alias.name} as {alias.asname}" if alias.asname else alias.name


def _of_card(alias: ast.alias) -> str:
    if alias.name == "CnnlNet":
        return f"CnmlNet as {alias.asname or alias.name}"
    return _spelled(alias)


KINDS = (
    *(names_taken_back, builtin_names, printed, scipy_misc, second_editions_card),
    flattens_backward,
)
