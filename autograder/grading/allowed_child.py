"""Reads a hand-in's cells, given as JSON on stdin, and prints what each question uses and may not.

Python's parser can be crashed by a text made for it, so it is run in this process, not the grader's. Nothing of the
hand-in is executed. The rule is in `aics.check.imports`; the folder of `aics` is the first argument.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any

#: Findings of one question that are printed.
MOST = 100


def findings(cells: Sequence[tuple[str, str]], asked: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return what each question uses and may not, by its name, in a form that JSON takes."""
    from aics.check.imports import Notebook

    notebook = Notebook(cells)
    found = {name: islice(notebook.not_allowed(*question), MOST) for name, question in asked.items()}
    return {name: [asdict(each) for each in several] for name, several in found.items()}


def main() -> None:
    """Load the rule, apply it to every question, and print what was found."""
    for name, folder in (("aics", Path(sys.argv[1])), ("aics.check", Path(sys.argv[1]) / "check")):
        sys.modules[name] = ModuleType(name)  # the packages' own files need NumPy, and take longer than all else
        sys.modules[name].__path__ = [str(folder)]
    print(json.dumps(findings(**json.load(sys.stdin))))


def limit_itself() -> None:
    """Limit this process's time and memory."""
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
    resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    limit_itself()
    main()
