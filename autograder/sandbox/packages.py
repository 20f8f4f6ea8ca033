"""Which installed packages a sandbox hides: all that are not named, and not needed by Jupyter or for pictures."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import Distribution, distributions
from pathlib import Path

#: What the shell inside runs on, what pictures are drawn with, what a check's timing needs, and Jupyter, which does
#: nobody's work.
BASE = frozenset(
    {"IPython", "PIL", "matplotlib", "numpy", "ipykernel", "ipywidgets", "jupyterlab", "pip", "rich", "threadpoolctl"}
    | {"voila"}
)


@lru_cache
def hidden(site: Path, shown: frozenset[str]) -> tuple[str, ...]:
    """Import names of all packages in a site-packages folder but those `shown`, `BASE`, and what these require."""
    names, provides = _installed(site)
    waiting = [name for name, modules in provides.items() if modules & (shown | BASE)]
    kept: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in kept:
            kept.add(name)
            waiting += [needed for needed in _required(names[name]) if needed in names]
    open_names = {module for name in kept for module in provides[name]}
    return tuple(sorted({m for name in names.keys() - kept for m in provides[name]} - open_names - {"aics"}))


@lru_cache
def _installed(site: Path) -> tuple[dict[str, Distribution], dict[str, frozenset[str]]]:
    """The distributions in a site-packages folder by their names, and what each can be imported as."""
    names = {_plain(each.name): each for each in distributions(path=[str(site)])}
    return names, {name: frozenset(_import_names(each)) for name, each in names.items()}


def _required(distribution: Distribution) -> Iterator[str]:
    """The distributions that one requires, extras aside."""
    for line in distribution.requires or ():
        if "extra ==" not in line:
            yield _plain(re.split(r"[^\w.-]", line.strip(), maxsplit=1)[0])


def _import_names(distribution: Distribution) -> Iterator[str]:
    """What a distribution's files can be imported as."""
    for path in {"/".join(path.split("/", 2)[:2]) for path in _files(distribution)}:
        top, below, _ = path.partition("/")
        name = top if below else top.partition(".")[0]
        if name.isidentifier() and not name.startswith("_") and (below or top.endswith((".py", ".so"))):
            yield name


def _files(distribution: Distribution) -> Iterator[str]:
    """Its files, read from the list that pip left: `Distribution.files` makes an object of each of many thousands."""
    record = distribution.read_text("RECORD")
    if record is None:
        yield from map(str, distribution.files or ())
    else:
        yield from (row[0] for row in csv.reader(record.splitlines()) if row)


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
