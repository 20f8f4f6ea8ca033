"""What a hand-in's questions use beyond what they may: read from its cells in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aics.check import imports
from aics.check.imports import Cell, NotAllowed
from autograder.course import Lab, paths
from autograder.grading.allowed_child import findings
from autograder.grading.imports import files_named
from autograder.grading.parsed import module_at
from autograder.grading.steps import Step
from autograder.sandbox.spec import FINISHED

_CHILD = Path(__file__).with_name("allowed_child.py")
#: The child limits its own CPU time; by the wall's clock it may wait for a core as long as this.
_SECONDS = 600


@dataclass(frozen=True, kw_only=True)
class Beyond:
    """What questions use beyond what they may, by the question's name.

    Attributes
    ----------
    there : dict
        Something that the sandbox has: the question need not be asked.
    absent : dict
        Something that it has not. A question that is right all the same does not use it when it runs; of one that is
        not, this is the reason.
    """

    there: Mapping[str, NotAllowed] = field(default_factory=dict)
    absent: Mapping[str, NotAllowed] = field(default_factory=dict)

    def module(self, question: str) -> str:
        """What the question's code uses and may not; "" where that is nothing."""
        found = self.there.get(question) or self.absent.get(question)
        return found.module if found else ""


def beyond_allowed(
    lab: Lab, steps: Sequence[Step], questions: Collection[str], hidden: Collection[str], *, trusted: bool = False
) -> Beyond:
    """Look for what these questions use and may not; `hidden` are packages that the sandbox does not have.

    Trusted code is read in this process.
    """
    asked = {name: (_start(lab, name), allowed_by(lab, name)) for name in questions}
    cells = [(step.name, step.source) for step in steps if step.source]
    found = _not_allowed(findings(cells, asked)) if trusted else _found(cells, asked)
    there = {name: [each for each in several if not _is_absent(each, hidden)] for name, several in found.items()}
    return Beyond(
        there={name: several[0] for name, several in there.items() if several},
        absent={name: several[0] for name, several in found.items() if several and not there[name]},
    )


def allowed_by(lab: Lab, question: str) -> tuple[str, ...]:
    """What a question's code may use: what the lab says, and the files that the lab starts from."""
    return (*lab.allowed(question), *(imports.STARTED if lab.starts_from else ()))


def _is_absent(found: NotAllowed, hidden: Collection[str]) -> bool:
    """Whether a module is one that the sandbox hides, or one of aics that it hides or that needs such a module.

    A module that is merely not installed is none: code can write a file of that name.
    """
    top = found.module.partition(".")[0]
    if top != "aics":
        return top in hidden
    files = files_named(found.module)
    return any(FINISHED in file.parts or module_at(file).packages & set(hidden) for file in files)


def _start(lab: Lab, question: str) -> list[list[str]]:
    return [sorted(names) for names in imports.used_by(lab.asks, question)]


def _found(cells: Sequence[Cell], asked: Mapping[str, object]) -> dict[str, list[NotAllowed]]:
    """What the child finds. A cell that crashes Python's parser does so in the sandbox too, and is left out."""
    found = _look(cells, asked)
    if found is None:
        readable = [cell for cell in cells if _look([cell], {}) is not None]
        found = _look(readable, asked) if len(readable) < len(cells) else None
    if found is None:
        return {name: [NotAllowed(module="", cell="", number=0, line="", hidden=True)] for name in asked}
    return _not_allowed(found)


def _not_allowed(found: Mapping[str, list[dict[str, Any]]]) -> dict[str, list[NotAllowed]]:
    return {name: [NotAllowed(**each) for each in several] for name, several in found.items()}


def _look(cells: Sequence[Cell], asked: object) -> dict[str, list[dict[str, Any]]] | None:
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-W", "ignore", str(_CHILD), str(paths.LABS / "aics")],
            input=json.dumps({"cells": list(cells), "asked": asked}).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=True,
        )
        found: dict[str, list[dict[str, Any]]] = json.loads(done.stdout)
        return found
    except (subprocess.SubprocessError, ValueError, OSError):
        return None
