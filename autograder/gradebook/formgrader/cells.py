"""What stands in the cells of one row of formgrader's lists."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.gradebook.total import Total

#: Where a row has its cells, beside what nbgrader tells.
CELLS = "cells"
#: A cell: its figure, what stands below it in small print, and the number that it is sorted by.
Cell = Mapping[str, str | float]


def cells(total: Total) -> dict[str, Cell]:
    """Return the CSS class by which nbgrader finds a cell -> what stands there."""
    bonus = " bonus" if total.bonus else ""
    return {
        "score": _cell(f"{total.figure}{bonus}", total.share, ", ".join(total.beside)),
        "code-score": _cell(Total(points=total.points, out_of=total.out_of).figure, _share(total.points, total.out_of)),
        "written-score": _cell(total.written_figure, _share(total.written, total.written_out_of)),
    }


def _cell(figure: str, order: float, beside: str = "") -> Cell:
    return {"figure": figure, "order": order, "beside": beside}


def _share(points: float, out_of: float) -> float:
    return points / out_of if out_of else 0.0
