"""Write a notebook's finished classes and functions to Python files, in the original course's layout.

    from aics.notebook.export import export
    export("lab2_layers", globals())

A class is written from the live object, with the methods that `add_to_class` added; a function as its cell has it.
Every helper, constant and import that they use is written too, so that the files run by themselves.
"""

from __future__ import annotations

import importlib
import inspect
import sys
import textwrap
from collections.abc import Mapping
from pathlib import Path
from types import FunctionType

from aics.language import listed, sentences, tr
from aics.notebook.export_dependencies import Dependencies
from aics.notebook.export_source import (
    SourceLost,
    attributes_set,
    class_source,
    function_source,
    is_unfilled,
    method_functions,
    methods_called,
)

HEADER = """\
\"\"\"{names}

Written by aics.notebook.export from the notebook; change the notebook and export again.
\"\"\"
"""


class ExportError(Exception):
    """The files cannot be written; the message says which cell to run."""


def export(lab: str, namespace: Mapping[str, object], folder: str | Path = "stu_upload") -> list[Path]:
    """Write the classes and functions of `lab` from `namespace` to files in `folder`, and print what is unfinished.

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
    homes: dict[str, str] = {name: file for file, names in layout.items() for name in names}
    found = {name: value for name in homes if (value := _unwrapped(namespace.get(name))) is not None}
    absent = [name for name in homes if name not in found]
    if absent:
        said = tr("Not defined: {names}. Run the cells above in order, then this one again.", names=listed(absent))
        raise ExportError(said)
    files = {}
    for file, names in layout.items():
        elsewhere = {name: home for name, home in homes.items() if home != file}
        files[file] = _module(lab, {name: found[name] for name in names}, Dependencies(namespace, elsewhere))
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for file, text in files.items():
        (folder / file).write_text(text, encoding="utf-8")
        print(tr("wrote {file}: {names}", file=folder / file, names=listed(layout[file])))
    waiting = [line for value in found.values() for line in unfinished(value)]
    if waiting:
        print(tr("Not finished yet (fill these, then export again):"), *waiting, sep="\n  ")
    return [folder / file for file in files]


def unfinished(cls: type | FunctionType) -> list[str]:
    """Return the names of a class's methods that are untouched stubs, or that its methods call but no cell added.

    For a function, return its own name if it is an untouched stub.
    """
    if not isinstance(cls, type):
        return [cls.__name__] if is_unfilled(cls) else []
    methods = method_functions(cls)
    stubs = [f"{cls.__name__}.{name}" for name, function in methods.items() if is_unfilled(function)]
    sought = {"forward", "backward"} if cls.__name__.endswith("Layer") else set()
    sought = sought.union(*map(methods_called, methods.values())).difference(*map(attributes_set, methods.values()))
    missing = sorted(name for name in sought if not hasattr(cls, name))
    return stubs + [tr("{name} (its cell has not been run)", name=f"{cls.__name__}.{name}") for name in missing]


def _unwrapped(value: object) -> type | FunctionType | None:
    """A class, or the function under a decorator such as lru_cache; None for anything else."""
    inner = inspect.unwrap(value) if callable(value) and not isinstance(value, type) else value
    return inner if isinstance(inner, type | FunctionType) else None


def _import_order(statement: str) -> tuple[bool, str]:
    """Standard library first."""
    return statement.split()[1].split(".")[0] not in sys.stdlib_module_names, statement


def _module(lab: str, exported: Mapping[str, type | FunctionType], dependencies: Dependencies) -> str:
    """The text of one file: header, imports, constants, helpers, classes and functions."""
    try:
        wanted = [_source(name, value, dependencies) for name, value in exported.items()]
        dependencies.resolve(done=set(exported))
    except SourceLost as lost:
        raise ExportError(sentences(f"{lost}", tr("Run its cell again, then this one."))) from lost
    header = HEADER.format(names=textwrap.fill(f"{lab}: {', '.join(exported)}.", 100))
    future = ["from __future__ import annotations"] if dependencies.postponed_annotations else []
    imports = "\n".join(future + sorted(dependencies.imports, key=_import_order))
    parts = [
        header + ("\n" + imports if imports else ""),
        "\n".join(dependencies.constants),
        *dependencies.helpers,
        *wanted,
        "\n".join(dependencies.tables),
    ]
    for warning in dependencies.unknown:
        print(tr("note: {warning}", warning=warning), file=sys.stderr)
    return "\n\n\n".join(textwrap.dedent(part).strip("\n") for part in parts if part.strip()) + "\n"


def _source(name: str, value: type | FunctionType, dependencies: Dependencies) -> str:
    """The source of a class or function."""
    if isinstance(value, type):
        return class_source(value, dependencies)
    return function_source(value, dependencies, name=name)
