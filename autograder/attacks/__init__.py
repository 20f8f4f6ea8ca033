"""Attempts at points without the work, and at harm, by the guard that stops them.

A folder is named after its guard. Each file in it is one notebook cell of a hand-in in which nothing else is done; its
docstring says what it tries. Literals at its top say the rest, and are read without running it: `LAB`, the questions
`ASKED`, and `CELL`, the question whose stub cell it takes the place of; without `CELL` it stands before all cells. In
`timed_outside` and `taking_turns` it follows right and slow code, in lab 2 `slow(self, input)`, and makes of it what it
can; in `bounded_answers` it may name the kind of `READER` that it is made for. `pytest tests/trust` runs each twice:
without its guard, where it must succeed, and in the grader as it is, where it must not.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

from aics.language import noted

#: What stops an attempt, by the name of its folder, and what it keeps.
GUARDS = {
    "judged_outside": noted(
        "What is right is decided outside the process in which a student's code runs, on plain arrays."
    ),
    "hidden_cases": noted(
        "The cases that decide are drawn for each hand-in; those that students have are only the first."
    ),
    "new_cases": noted(
        "Another hand-in is asked other cases, so that what one feedback page tells is no use to the next."
    ),
    "allowed_imports": noted("A student's code can import what its lab needs, and nothing that does the lab's work."),
    "measured_outside": noted(
        "Counts, flags and statistics are computed by the grader, from arrays that it made itself."
    ),
    "timed_outside": noted(
        "Time is CPU time seen from outside, on inputs never seen before, and every timed answer counts."
    ),
    "taking_turns": noted(
        "While the reference is timed a student's sandbox stands still, whatever its code has begun."
    ),
    "walled_off": noted("A student's code reaches no network, and no file, process or memory but its own."),
    "fresh_sandbox": noted("Each hand-in has a sandbox of its own, of which nothing is left for the next one."),
    "bounded_answers": noted("Whatever the student's side sends is read within limits, and costs its question only."),
    "clean_pages": noted("A page shows what a hand-in printed and wrote as words and pictures that do nothing."),
}


@dataclass(frozen=True, kw_only=True)
class Exhibit:
    """One attempt: its name, the guard that stops it, its cell, and where in which lab it stands."""

    name: str
    guard: str
    source: str
    lab: str = "lab2_layers"
    asked: tuple[str, ...] = ("relu", "conv_forward", "conv_forward_speedup")
    cell: str = ""
    reader: str = "frames"

    @classmethod
    def read(cls, path: Path) -> Exhibit:
        """Read one file, without running it."""
        source = path.read_text("utf-8")
        said = {
            node.targets[0].id.lower(): ast.literal_eval(node.value)
            for node in ast.parse(source).body
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
            if node.targets[0].id in ("LAB", "ASKED", "CELL", "READER")
        }
        return cls(name=path.stem, guard=path.parent.name, source=source, **said)

    @property
    def purpose(self) -> str:
        """What it tries, in the words of its docstring; `autograder translate` collects it as a message."""
        return " ".join((ast.get_docstring(ast.parse(self.source)) or "").split())

    def __str__(self) -> str:
        return self.name


def attempts(guard: str = "*") -> dict[str, Exhibit]:
    """Return every attempt, or those that one guard stops, by name."""
    found = map(Exhibit.read, sorted(Path(__file__).parent.glob(f"{guard}/*.py")))
    return {exhibit.name: exhibit for exhibit in found}
