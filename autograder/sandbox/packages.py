"""Which installed packages a sandbox hides: all that are not named, and not needed by Jupyter or for pictures."""

from __future__ import annotations

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
    names = {_plain(each.name): each for each in distributions(path=[str(site)])}
    provides = {name: frozenset(_import_names(each)) for name, each in names.items()}
    waiting = [name for name, modules in provides.items() if modules & (shown | BASE)]
    kept: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in kept:
            kept.add(name)
            waiting += [needed for needed in _required(names[name]) if needed in names]
    open_names = {module for name in kept for module in provides[name]}
    return tuple(sorted({m for name in names.keys() - kept for m in provides[name]} - open_names - {"aics"}))


def _required(distribution: Distribution) -> Iterator[str]:
    """The distributions that one requires, extras aside."""
    for line in distribution.requires or ():
        if "extra ==" not in line:
            yield _plain(re.split(r"[^\w.-]", line.strip(), maxsplit=1)[0])


def _import_names(distribution: Distribution) -> Iterator[str]:
    """What a distribution's files can be imported as."""
    for file in distribution.files or ():
        top = file.parts[0]
        name = top.partition(".")[0] if len(file.parts) == 1 else top
        if name.isidentifier() and not name.startswith("_") and (len(file.parts) > 1 or top.endswith((".py", ".so"))):
            yield name


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
