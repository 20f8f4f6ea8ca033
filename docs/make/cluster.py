"""Draw docs/cluster.svg from what benchmarks/cluster.py kept: ``python -m docs.make.cluster``.

Above, how many hours the simulated course takes with more and more workers; below, how busy the command that writes is.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from autograder.course import ROOT
from benchmarks.outcomes import read_kept
from benchmarks.simulation import ROUGH, SIZES, STEADY

TO = ROOT / "docs" / "cluster.svg"
#: Clusters of all sizes, each with the colour and the mark of its line.
DRAWN = {STEADY: ("#0b4f8a", "o"), ROUGH: ("#b35900", "s")}
#: The same text gives the same file, whose words are text.
SETTINGS = {"svg.hashsalt": "cluster", "svg.fonttype": "none", "font.size": 9, "axes.grid": True, "grid.alpha": 0.3}


def line(found: Mapping[str, Any], cluster: str, value: str) -> list[float]:
    """A value of the simulated clusters of this kind, by their numbers of workers."""
    return [row[value] for row in found["simulated"] if row["cluster"] == cluster]


def draw(axes: Axes, found: Mapping[str, Any], value: str, times: float, label: str) -> None:
    """Draw the lines of one value."""
    for cluster, (colour, mark) in DRAWN.items():
        heights = [times * height for height in line(found, cluster, value)]
        axes.plot(SIZES, heights, marker=mark, color=colour, label=cluster)
    axes.set_ylabel(label)
    axes.set_ylim(bottom=0)


def picture(found: Mapping[str, Any]) -> str:
    """The whole picture."""
    with matplotlib.rc_context(SETTINGS):
        figure = Figure(figsize=(7, 5), layout="constrained")
        above, below = figure.subplots(2, sharex=True)
        draw(above, found, "makespan", 1, "hours until all is graded")
        draw(below, found, "writer", 100, "command busy, %")
        above.axhline(line(found, STEADY, "reading")[0], color="#57606a", linestyle=":", label="of them reading")
        above.legend()
        below.set_xscale("log", base=2)
        below.set_xticks(SIZES, map(str, SIZES))
        below.set_xlabel(f"workers; {found['course']:,} students x {len(found['costs']['workers'])} labs, simulated")
        written = io.StringIO()
        figure.savefig(written, format="svg", metadata={"Date": None})
    return written.getvalue()


def main() -> None:
    """Rewrite the picture."""
    TO.write_text(picture(read_kept()), "utf-8")


if __name__ == "__main__":
    main()
