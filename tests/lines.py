"""Print which share of each package's lines the tests ran: ``python -m tests.lines build/tests/lines.json``.

Lines that run in processes which a test starts, such as a command or a worker, are not counted.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

PACKAGES = ("autograder", "labs/aics")


def share(files: dict[str, dict[str, list[int]]], package: str) -> float:
    """The percentage of the package's lines that were run."""
    run, missed = (
        sum(len(file[kind]) for name, file in files.items() if name.startswith(f"{package}/"))
        for kind in ("executed_lines", "missing_lines")
    )
    return 100 * run / (run + missed)


if __name__ == "__main__":
    counted = json.loads(Path(sys.argv[1]).read_text("utf-8"))["files"]
    for name in PACKAGES:
        print(f"Lines of {name} that tests run in their own process: {share(counted, name):.0f} %")
