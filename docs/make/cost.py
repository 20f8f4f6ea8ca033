"""Fill docs/deploy.md with what a class costs: README's figures of one hand-in, times the number of students.

    python -m docs.make.cost

Nothing is measured here; what a start costs once is left out, as README's figures leave it out. One class was graded
whole: `benchmarks/whole_class.py`.
"""

from __future__ import annotations

import re

from autograder.course import ROOT
from docs.make.price import filled

PAGE, README = ROOT / "docs" / "deploy.md", ROOT / "README.md"
BEGIN, END = "<!-- cost: begin (python -m docs.make.cost) -->\n", "<!-- cost: end -->"
LAB = "lab2_layers"
#: Students of the classes that the page speaks of.
CLASSES = (30, 300, 30_000)
HEADINGS = ("students", "CPU, values only", "CPU, with speed questions", "of it in the one writer", "disk, values only")


def figures() -> dict[str, tuple[float, float]]:
    """Of each way of grading, CPU seconds and KB on disk of one hand-in; of "writer", its CPU seconds."""
    text = README.read_text("utf-8")
    ways = re.findall(r"^(?:\w+)? +(with speed questions|values only) +([\d.]+) +[\d.]+x +(\d+)$", text, re.M)
    (writer,) = re.findall(rf"^{LAB} +([\d.]+) +[\d.]+x as fast$", text, re.M)
    return {way: (float(cpu), float(disk)) for way, cpu, disk in ways} | {"writer": (float(writer), 0.0)}


def table() -> str:
    """The block: one row for each class, one lab of each student."""
    of = figures()
    rows = [HEADINGS, ["---"] * len(HEADINGS)]
    for students in CLASSES:
        seconds = [students * of[way][0] for way in ("values only", "with speed questions", "writer")]
        rows.append([f"{students:,}", *map(said, seconds), size(students * of["values only"][1])])
    return "\n".join(f"| {' | '.join(cells)} |" for cells in rows) + "\n"


def said(seconds: float) -> str:
    """Seconds as people say them.

    >>> said(18.3), said(183), said(18_300)
    ('18 s', '3.1 min', '5.1 h')
    """
    if seconds < 100:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.1f} min" if seconds < 6000 else f"{seconds / 3600:.1f} h"


def size(kilobytes: float) -> str:
    """Kilobytes as MB or GB."""
    return f"{kilobytes / 1000:.0f} MB" if kilobytes < 1e6 else f"{kilobytes / 1e6:.1f} GB"


def main() -> None:
    """Fill the block from README as it is now."""
    PAGE.write_text(filled(PAGE.read_text("utf-8"), table(), BEGIN, END, PAGE.name), "utf-8")


if __name__ == "__main__":
    main()
