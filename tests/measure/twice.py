"""A tiny lab with known mistakes, for what is measured of pairs and of names."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.authoring.public_cases import build_reference
from tests.authoring.tiny_lab import NOTEBOOK, Tiny, added, write_tiny

SOLUTION = ("left = x", "right = x", "return left + right")
#: Name -> the lines in place of the solution's.
MISTAKES = {
    "left_negative": ("left = -3 * x", *SOLUTION[1:]),
    "right_fivefold": ("left = x", "right = 5 * x", SOLUTION[2]),  # makes up for left_negative
    "left_only": (*SOLUTION[:2], "return 7 * left"),  # hides what is wrong with right
    "left_again": ("left = x", "right = x + left", SOLUTION[2]),
    "renamed": ("wrong = 6 * x", SOLUTION[1], "return wrong + right"),  # leaves left_again without a name
    "by_chance": ("left = x * int.from_bytes(__import__('os').urandom(4), 'big')", *SOLUTION[1:]),  # never the same
}


def body(lines: tuple[str, ...]) -> str:
    return "".join(f"    {line}\n" for line in lines)


def tiny_with_mistakes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Tiny:
    """A lab whose function doubles, in three lines, and which knows these mistakes."""
    made = added(write_tiny(folder), monkeypatch)
    made.notebook(NOTEBOOK.replace("    secret_way = 2 * x\n    return secret_way\n", body(SOLUTION)))
    (made.folder / "misconceptions" / "double__squared.py").unlink()
    for name, lines in MISTAKES.items():
        source = f'"""This is the mistake {name}, and not right."""\n\n\ndef double(x):\n{body(lines)}'
        (made.folder / "misconceptions" / f"double__{name}.py").write_text(source)
    build_reference(made.lab, made.lab.reference)
    return made
