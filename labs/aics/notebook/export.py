"""Write a notebook's finished classes and functions to plain Python files, in the original course's layout.

    from aics.notebook.export import export
    export("lab2_layers", globals())

A class is put together from the live object: the skeleton's methods and those that `add_to_class`
added; a function is taken as its cell has it. With them goes every helper, constant and import that
they use, so that the files run by themselves.
"""

from __future__ import annotations

import importlib
import inspect
import sys
import textwrap
from collections.abc import Callable, Mapping
from pathlib import Path
from types import FunctionType

from aics.notebook.export_imports import Surroundings
from aics.notebook.export_source import (
    SourceLost,
    class_source,
    function_source,
    is_unfilled,
    method_functions,
    names_set,
    names_sought,
)

HEADER = """\
\"\"\"{names}

Written by aics.notebook.export from the notebook; change the notebook and export again.
\"\"\"
"""


class ExportError(Exception):
    """The files cannot be written; the message says which cell to run."""


def export(lab: str, namespace: Mapping[str, object], folder: str | Path = "stu_upload") -> list[Path]:
    """Write the classes and functions of `lab` found in `namespace` to files in `folder`; say what is unfinished.

    Parameters
    ----------
    lab : str
        Such as ``lab2_layers``; its ``EXPORTS`` says which class or function goes to which file.
    namespace : mapping
        The notebook's names: ``globals()``.
    folder : str or Path
        Created where it does not exist.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    ExportError
        If a class or function is not defined or its source is no longer known.
    """
    layout = importlib.import_module(f"aics.{lab}.asks").EXPORTS
    homes = {name: file for file, names in layout.items() for name in names}
    absent = [name for name in homes if not isinstance(_plain(namespace.get(name)), (type, FunctionType))]
    if absent:
        raise ExportError(f"Not defined: {', '.join(absent)}. Run the cells above in order, then this one again.")
    files = {}
    for file, names in layout.items():
        files[file] = _module(lab, names, Surroundings(namespace, {n: f for n, f in homes.items() if f != file}))
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for file, text in files.items():
        (folder / file).write_text(text, encoding="utf-8")
        print(f"wrote {folder / file}: {', '.join(layout[file])}")
    waiting = [line for name in homes for line in unfinished(namespace[name])]
    if waiting:
        print("Not finished yet (fill these, then export again):", *waiting, sep="\n  ")
    return [folder / file for file in files]


def unfinished(cls: type | Callable) -> list[str]:
    """Names of a class's methods that are untouched stubs, or that its methods call but no cell added.

    A function is named by itself if it is an untouched stub.
    """
    if not isinstance(cls, type):
        return [cls.__name__] if is_unfilled(_plain(cls)) else []
    methods = method_functions(cls)
    stubs = [f"{cls.__name__}.{name}" for name, function in methods.items() if is_unfilled(function)]
    sought = {"forward", "backward"} if cls.__name__.endswith("Layer") else set()
    sought = sought.union(*map(names_sought, methods.values())).difference(*map(names_set, methods.values()))
    missing = sorted(name for name in sought if not hasattr(cls, name))
    return stubs + [f"{cls.__name__}.{name} (its cell has not been run)" for name in missing]


def _plain(value: object) -> object:
    """The function under a decorator such as lru_cache; anything else as it is."""
    return inspect.unwrap(value) if callable(value) else value


def _import_order(statement: str) -> tuple[bool, str]:
    """Standard library first."""
    return statement.split()[1].split(".")[0] not in sys.stdlib_module_names, statement


def _module(lab: str, names: tuple[str, ...], around: Surroundings) -> str:
    """One file: header, imports, constants, helpers, classes and functions."""
    try:
        wanted = [_source(name, around) for name in names]
        around.settle(done=set(names))
    except SourceLost as lost:
        raise ExportError(f"{lost} Run its cell again, then this one.") from lost
    header = HEADER.format(names=textwrap.fill(f"{lab}: {', '.join(names)}.", 100))
    future = ["from __future__ import annotations"] if around.postponed_annotations else []
    imports = "\n".join(future + sorted(around.imports, key=_import_order))
    parts = [
        header + ("\n" + imports if imports else ""),
        "\n".join(around.constants),
        *around.helpers,
        *wanted,
    ]
    for warning in around.unknown:
        print(f"note: {warning}", file=sys.stderr)
    return "\n\n\n".join(textwrap.dedent(part).strip("\n") for part in parts if part.strip()) + "\n"


def _source(name: str, around: Surroundings) -> str:
    """The source of a class or function of the notebook."""
    value = around.namespace[name]
    return class_source(value, around) if isinstance(value, type) else function_source(_plain(value), around, name=name)
