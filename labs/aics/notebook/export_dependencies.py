"""What exported code depends on: imports, constants and helper functions of the notebook."""

from __future__ import annotations
import __future__

import builtins
import importlib
import math
from collections.abc import Mapping
from types import FunctionType, ModuleType

import numpy as np

from aics.language import tr
from aics.notebook.export_source import class_source, function_source

#: The original course's folder, which a lab that starts from earlier ones imports their files from.
PACKAGE = "stu_upload"


class Dependencies:
    """Collects, name by name, what the exported code uses from the notebook.

    Attributes
    ----------
    imports : set of str
        Import statements.
    constants, helpers : list of str
        Assignments and definitions, each after what it needs.
    tables : list of str
        What fills dicts of the notebook's functions, once all of them are defined.
    unknown : list of str
        A sentence about each name that cannot be exported.
    """

    def __init__(self, namespace: Mapping[str, object], elsewhere: Mapping[str, str]) -> None:
        """Begin without any.

        namespace : the notebook's names; elsewhere : name -> the other file that it is exported to
        """
        self.namespace = namespace
        self.elsewhere = elsewhere
        self.imports: set[str] = set()
        self.constants: list[str] = []
        self.helpers: list[str] = []
        self.tables: list[str] = []
        self.unknown: list[str] = []
        self.postponed_annotations = namespace.get("annotations") is __future__.annotations
        # Files of earlier labs are imported as a package; then those of this lab are too.
        modules = {getattr(value, "__module__", None) or "" for value in namespace.values()}
        self._package = f"{PACKAGE}." if any(module.startswith(f"{PACKAGE}.") for module in modules) else ""
        self._wanted: list[str] = []
        self._first: list[str] = []
        self._decorators: set[str] = set()

    def need(self, name: str, *, decorates: bool = False) -> None:
        """Note that `name` is used; a decorator already where something is defined, so it goes first."""
        if decorates:
            self._decorators.add(name)
        if name not in self._wanted:
            self._wanted.append(name)

    def name_of(self, cls: type) -> str:
        """Return the name by which the notebook knows a class: not its own one after ``import A as B``."""
        if self.namespace.get(cls.__name__) is cls:
            return cls.__name__
        return next((name for name, value in self.namespace.items() if value is cls), cls.__name__)

    def resolve(self, *, done: set[str]) -> None:
        """Find every name noted so far, and all that they use in turn, but those in `done`."""
        place = 0
        while place < len(self._wanted):
            name = self._wanted[place]
            place += 1
            if name not in done and name in self.namespace:
                self._find(name, self.namespace[name])
            elif name not in done and not hasattr(builtins, name):
                self.unknown.append(tr("{name} is used but not defined in the notebook.", name=name))
        self.helpers += self._first
        self.helpers.reverse()

    def _find(self, name: str, value: object) -> None:
        if isinstance(value, ModuleType):
            alias = "" if value.__name__ == name else f" as {name}"
            self.imports.add(f"import {value.__name__}{alias}")
        elif name in self.elsewhere:
            self.imports.add(f"from {self._package}{self.elsewhere[name].removesuffix('.py')} import {name}")
        elif (function := self._own_function(value)) is not None:
            helpers = self._first if name in self._decorators else self.helpers
            helpers.append(function_source(function, self, name=name))
        elif isinstance(value, type) and value.__module__ == self.namespace.get("__name__"):
            self.helpers.append(class_source(value, self))
        elif module := _importable_from(value):
            own = getattr(value, "__name__", name)
            self.imports.add(f"from {module} import {own}" + ("" if own == name else f" as {name}"))
        elif isinstance(value, np.ndarray) and value.size <= 4096 and value.dtype.kind in "biuf":
            self.imports.add("import numpy as np")
            if _has_inf_or_nan(value):
                self.imports.add("from numpy import inf, nan")
            self.constants.append(f"{name} = np.array({value.tolist()!r}, dtype=np.{value.dtype.name})")
        elif isinstance(value, dict) and value and (functions := self._own_functions(value)):
            self.constants.append(f"{name} = {{}}")
            self.tables.append(f"{name} |= {{{', '.join(f'{key!r}: {each}' for key, each in functions.items())}}}")
        elif _is_literal(value):
            self.constants.append(f"{name} = {value!r}")
        else:
            kind = type(value).__name__
            self.unknown.append(tr("{name}, a {kind}, cannot be written to a file.", name=name, kind=kind))

    def _own_functions(self, table: Mapping[object, object]) -> dict[object, str]:
        """The names of a dict's functions, all of them the notebook's; empty where anything else is in it."""
        names: dict[object, str] = {}
        for key, value in table.items():
            own = getattr(value, "__name__", "")
            if self._own_function(value) is None or self.namespace.get(own) is not value or not _is_literal(key):
                return {}
            names[key] = own
        for own in names.values():
            self.need(own)
        return names

    def _own_function(self, value: object) -> FunctionType | None:
        """The function, if the notebook defined it; a decorator such as lru_cache is looked through."""
        inner = getattr(value, "__wrapped__", value)
        return inner if isinstance(inner, FunctionType) and inner.__globals__ is self.namespace else None


def _importable_from(value: object) -> str:
    """The module from which a function or class can be imported under its own name, or ''."""
    module, own = getattr(value, "__module__", None), getattr(value, "__name__", None)
    if not isinstance(module, str) or not isinstance(own, str) or module == "__main__":
        return ""
    public = module.split("._")[0]
    for candidate in dict.fromkeys((public, module)):
        try:
            if getattr(importlib.import_module(candidate), own, None) is value:
                return candidate
        except ImportError:
            continue
    return ""


def _has_inf_or_nan(values: np.ndarray) -> bool:
    return not np.all(np.isfinite(values))


def _is_literal(value: object) -> bool:
    """Whether ``repr(value)`` is Python that gives the value back."""
    if isinstance(value, (list, tuple, set)):
        return all(_is_literal(item) for item in value)
    if isinstance(value, dict):
        return all(_is_literal(item) for pair in value.items() for item in pair)
    if isinstance(value, float):
        return math.isfinite(value) and type(value) is float
    return value is None or type(value) in (bool, int, str, bytes, complex)
