"""The instructor's own code, run in this process: a lab's solution with one cell exchanged."""

from __future__ import annotations

import contextlib
import importlib
import io
import linecache
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from types import CodeType

from autograder.authoring.source import LOOK_TAG, source_notebook
from autograder.course import Lab


def solution_cells(lab: Lab) -> list[tuple[str, str]]:
    """(grade_id, source) of every cell that defines something: given cells and solutions, in order."""
    cells = []
    for cell in source_notebook(lab).cells:
        meta = cell.metadata.get("nbgrader")
        if cell.cell_type == "code" and meta and not meta.grade and LOOK_TAG not in cell.metadata.get("tags", ()):
            cells.append((meta.grade_id, cell.source))
    return cells


def run_cells(
    cells: list[tuple[str, str]], exchanged: Mapping[str, str] | None = None, beside: Path | None = None
) -> dict[str, object]:
    """Run cells one after another in a fresh namespace, with the sources in `exchanged` by grade_id.

    `beside` is the folder that the notebook lies in: cells can import what is there. What they print is for students.
    """
    exchanged = exchanged or {}
    namespace: dict[str, object] = {"__name__": "__main__"}
    with importing_from(beside), contextlib.redirect_stdout(io.StringIO()):
        for grade_id, source in cells:
            run_cell(namespace, grade_id, exchanged.get(grade_id, source))
    return namespace


def run_cell(namespace: dict[str, object], grade_id: str, source: str) -> None:
    """Run one cell in a namespace where others have run; its lines can be looked up, as those of a file."""
    filename = f"<{grade_id}>"
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    exec(_compiled(source, filename), namespace)


@lru_cache(maxsize=1024)
def _compiled(source: str, filename: str) -> CodeType:
    """A cell's code: a lab's cells are run once for each of its known mistakes."""
    return compile(source, filename, "exec")


@contextmanager
def importing_from(folder: Path | None) -> Iterator[None]:
    """Let imports find the folder's packages, and forget them afterwards: another lab has its own."""
    if folder is None:
        yield
        return
    packages = {path.name for path in folder.iterdir() if path.is_dir()}
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        yield
    finally:
        sys.path.remove(str(folder))
        for name in [name for name in sys.modules if name.partition(".")[0] in packages]:
            del sys.modules[name]
