"""The instructor's own code, run in this process: a lab's solution with one cell exchanged."""

from __future__ import annotations

import linecache
from collections.abc import Mapping

from autograder.build.source import source_notebook
from autograder.course import Lab


def solution_cells(lab: Lab) -> list[tuple[str, str]]:
    """(grade_id, source) of every cell that defines something: given cells and solutions, in order."""
    cells = []
    for cell in source_notebook(lab).cells:
        meta = cell.metadata.get("nbgrader")
        if cell.cell_type == "code" and meta and not meta.grade and not cell.metadata.get("tags"):
            cells.append((meta.grade_id, cell.source))
    return cells


def run_cells(cells: list[tuple[str, str]], exchanged: Mapping[str, str] | None = None) -> dict[str, object]:
    """Run cells one after another in a fresh namespace, with the sources in `exchanged` by grade_id."""
    exchanged = exchanged or {}
    namespace: dict[str, object] = {"__name__": "__main__"}
    for grade_id, source in cells:
        source = exchanged.get(grade_id, source)
        filename = f"<{grade_id}>"
        linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
        exec(compile(source, filename, "exec"), namespace)
    return namespace
