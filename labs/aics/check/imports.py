"""What a question's code uses of other packages, read from its source and never run.

A question's code is what its ask can come to call: by the names of the notebook, from definition to definition, and
by what is put in their place, such as ``np.pad = mine``. What else stands in a notebook, such as a comparison with
another package, belongs to no question. One rule for the student's own check and for the grader; because it looks at
the text, no code can patch it. Python's standard library alone is imported here.
"""

from __future__ import annotations

import ast
import builtins
import inspect
import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import ModuleType

from aics.check.definitions import HIDDEN_ATTRIBUTES, HIDDEN_NAMES, Unit, Use, parsed, units_of

#: (the cell's name, its source)
Cell = tuple[str, str]
#: Names, and attributes of any object.
Names = tuple[Collection[str], Collection[str]]

#: Modules of the standard library that run code which is not in the notebook, or lead to any module.
UNSAFE = frozenset(
    {"asyncio", "bdb", "builtins", "cProfile", "code", "codeop", "concurrent", "ctypes", "distutils", "doctest"}
    | {"ensurepip", "gc", "idlelib", "lib2to3", "rlcompleter", "turtledemo", "webbrowser"}
    | {"imp", "importlib", "inspect", "marshal", "mmap", "modulefinder", "multiprocessing", "nt", "os", "pdb", "pickle"}
    | {"pickletools", "pkgutil", "posix", "profile", "pty", "pyclbr", "pydoc", "runpy", "shelve", "site", "socket"}
    | {"socketserver", "subprocess", "sys", "timeit", "trace", "traceback", "unittest", "venv", "xmlrpc", "zipapp"}
    | {"zipimport"}
)
#: The same of modules that are harmless otherwise: names and texts in them become modules and code.
UNSAFE_PARTS = (
    *("functools.singledispatch", "functools.singledispatchmethod", "logging.config", "types.CodeType"),
    *("types.FunctionType", "typing.ForwardRef", "typing.get_type_hints", "warnings._getcategory"),
    *("typing_extensions.ForwardRef", "typing_extensions.get_type_hints"),
)
#: Of the unsafe modules, what is harmless by itself.
SAFE_PARTS = (
    *("os.environ", "os.fspath", "os.getcwd", "os.listdir", "os.makedirs", "os.path", "os.remove"),
    *("sys.byteorder", "sys.float_info", "sys.getsizeof", "sys.maxsize", "sys.path", "sys.stderr", "sys.stdout"),
    *("sys.version", "sys.version_info"),
)
#: What every question may use: NumPy, the standard library, figures, and the labs' own tools.
HARMLESS = (
    *sorted(name for name in sys.stdlib_module_names - UNSAFE if not name.startswith("_") or name == "__future__"),
    *(*SAFE_PARTS, "matplotlib.pyplot", "numpy", "typing_extensions"),
    *("aics.LabError", "aics.add_to_class", "aics.open_lab", "aics.start_from", "aics.notebook"),
)
#: Files of earlier labs, where a lab starts from them: graded code finds finished ones, which it cannot change.
STARTED = ("stu_upload.layers_1", "stu_upload.layers_2", "stu_upload.vgg_cpu")
#: Attributes of allowed modules that lead to other modules.
THROUGH = frozenset(
    {"__dict__", "_getframe", "builtins", "ctypes", "ctypeslib", "distutils", "f2py", "importlib", "inspect"}
    | {"matplotlib", "meta_path", "modules", "os", "pickle", "subprocess", "sys"}
)
_BUILTIN = frozenset(dir(builtins))


@dataclass(frozen=True, kw_only=True)
class NotAllowed:
    """Something that a question's code uses and may not: a module, or a way to any module.

    `cell` is the name of the cell that uses it, in `line` number `number`; `hidden` says that it is such a way.
    """

    module: str
    cell: str
    number: int
    line: str
    hidden: bool = False


def used_by(asks: ModuleType, question: str) -> Names:
    """Attributes that a question's ask uses, the notebook's names that it takes, and those that both sides share.

    `asks` is a lab's module of that name; the files beside it may hold what its functions call. What they call by
    names of their own is no name of the notebook's.
    """
    side = _public_side(Path(asks.__file__ or "").parent)
    reached = side.reached(({question}, ()))
    shared = {name for unit in reached for name in unit.used if side.shares(name)}
    parameters = inspect.signature(getattr(asks, question)).parameters.values()
    taken = {each.name for each in parameters if each.kind is each.POSITIONAL_OR_KEYWORD}
    return taken | shared, set().union(*(unit.attributes for unit in reached))


def latest(history: Sequence[object]) -> Notebook:
    """The cells that a kernel has run (IPython's ``In``), without those whose names later cells defined again."""
    kept: list[Cell] = []
    defined: set[tuple[frozenset[str], str]] = set()
    for number, source in reversed(list(enumerate(history))):
        cell = (f"In [{number}]", str(source))
        names = Notebook([cell]).definitions
        if not names or not names <= defined:
            kept.insert(0, cell)
        defined |= names
    return Notebook(kept)


@lru_cache
def _public_side(folder: Path) -> Notebook:
    return Notebook([(path.name, path.read_text("utf-8")) for path in sorted(folder.glob("*.py"))])


class Notebook:
    """The cells of a notebook, name and source of each; what is no Python is skipped."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        """Read the cells."""
        self._modules: dict[str, set[str]] = {}
        for _, source in cells:
            for name, origin in _imported(source):
                self._modules.setdefault(name, set()).add(origin)
        self._starred = self._modules.pop("*", set())
        modules = frozenset(self._modules)
        self._units = [unit for name, source in cells for unit in _units(name, source, modules)]
        self._own = {name for unit in self._units for name in unit.names} - self._modules.keys()

    @property
    def definitions(self) -> set[tuple[frozenset[str], str]]:
        """Every name that is bound, with the classes that it belongs to."""
        return {(unit.owners, name) for unit in self._units for name in unit.names}

    def shares(self, name: str) -> bool:
        """Whether a name stands for the same thing elsewhere: a built-in one, or another package's."""
        origins = self._modules.get(name, ())
        return name in _BUILTIN - self._own or any(not origin.startswith("aics") for origin in origins)

    def not_allowed(self, start: Names, allowed: Sequence[str], *, plainly: bool = False) -> Iterator[NotAllowed]:
        """Yield what a question's code uses and may not.

        Parameters
        ----------
        start : (names, attributes)
            What the question's ask uses (see `used_by`).
        allowed : sequence of str
            Modules, or names of modules, beyond `HARMLESS`: ``"PIL"``, ``"scipy.io"``, ``"aics.graph.OpDef"``.
        plainly : bool
            Follow names alone, and not what may have been put in their place: a notebook has many cells to look at,
            which change this and that, and an honest student is to hear of no import that the code does not use.
        """
        may = (*HARMLESS, *allowed)
        for unit in self.reached(start, plainly=plainly):
            for number, module, hidden in self._beyond(unit, may):
                line = unit.lines[number - 1].strip() if number <= len(unit.lines) else ""
                yield NotAllowed(module=module, cell=unit.cell, number=number, line=line, hidden=hidden)

    def reached(self, start: Names, *, plainly: bool = False) -> list[Unit]:
        """Return the units that code which uses these names and attributes can come to run, in their order."""
        names, attributes, changers = set(start[0]), set(start[1]), set[str]()
        found: set[int] = set()
        while True:
            left = [(i, unit) for i, unit in enumerate(self._units) if i not in found]
            fresh = [
                (i, unit)
                for i, unit in left
                if _named(unit, names, attributes) or (not plainly and _reached(unit, names, attributes, changers))
            ]
            if not fresh:
                return [self._units[i] for i in sorted(found)]
            for i, unit in fresh:
                found.add(i)
                if unit.defines and not unit.owners and not unit.names & names:
                    changers |= unit.names  # who calls it decides what is put where
                names |= unit.used
                attributes |= unit.attributes

    def _beyond(self, unit: Unit, may: Sequence[str]) -> Iterator[tuple[int, str, bool]]:
        """What a unit uses beyond what it may: line, module, whether it is a hidden way to any module."""
        for use in unit.uses:
            for module, hidden in self._of_use(use, may):
                yield use.number, module, hidden

    def _of_use(self, use: Use, may: Sequence[str]) -> Iterator[tuple[str, bool]]:
        root, *attributes = use.chain
        if root in HIDDEN_NAMES - self._own:
            yield root, True
        yield from ((name, True) for name in attributes if name in HIDDEN_ATTRIBUTES or not root)
        for origin in self._modules.get(root, ()):
            dotted = ".".join((origin, *attributes))
            if covered(dotted, UNSAFE_PARTS) or not covered(dotted, may):
                yield ".".join(dotted.split(".")[:3]), False
            yield from ((name, True) for name in attributes if name in THROUGH)
        if root and root not in self._own | self._modules.keys() | _BUILTIN:
            names = {f"{module}.{root}": module for module in sorted(self._starred)}
            yield from ((name, False) for name in names if covered(name, UNSAFE_PARTS))
            yield from ((module, False) for module in names.values() if not covered(module, may))


@lru_cache(maxsize=1024)
def _imported(source: str) -> frozenset[tuple[str, str]]:
    """(name, what it stands for) of all that a cell imports; the name of a whole module's names is ``*``.

    Kept, as units are: a notebook is read again for each check, and with one cell changed for each known mistake.
    """
    found = set[tuple[str, str]]()
    for node in ast.walk(parsed(source) or ast.Module([], [])):
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name if alias.asname else alias.name.partition(".")[0]
                found.add((alias.asname or top, top))
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            for alias in node.names:
                origin = module if alias.name == "*" else f"{module}.{alias.name}"
                found.add((alias.asname or alias.name, origin))
    return frozenset(found)


@lru_cache(maxsize=1024)
def _units(cell: str, source: str, modules: frozenset[str]) -> tuple[Unit, ...]:
    """The units of a cell; see `units_of`."""
    tree = parsed(source)
    return tuple(units_of(tree, cell, source, modules)) if tree else ()


def covered(module: str, may: Sequence[str]) -> bool:
    """Whether a module, or a name of one, is among those that may be used, or within one of them."""
    return any(module == name or module.startswith(f"{name}.") for name in may)


def _reached(unit: Unit, names: set[str], attributes: set[str], changers: set[str]) -> bool:
    """Whether code that uses these names and attributes can come to run the unit, or sees what it changed."""
    if unit.always or unit.changes & names or unit.used & changers:
        return True
    return bool(unit.sets & attributes) and (not unit.owners or bool(unit.owners & names))


def _named(unit: Unit, names: set[str], attributes: set[str]) -> bool:
    """Whether code that uses these names and attributes calls the unit by its name."""
    if unit.owners:
        return bool(unit.owners & names) and any(name in attributes or _special(name) for name in unit.names)
    return bool(unit.names & names)


def _special(name: str) -> bool:
    return name.startswith("__") and name.endswith("__")
