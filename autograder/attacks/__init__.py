"""Attempts at full marks without the work, one file each; all must score what the code deserves.

Each file is one notebook cell that a student puts first in an otherwise untouched hand-in. Its
docstring says what it tries. `make demo` hands two of them in, the tests try every one.
"""

from __future__ import annotations

import ast
from pathlib import Path


def attempts() -> dict[str, str]:
    """Return the source of every attempt, by name."""
    return {path.stem: path.read_text("utf-8") for path in sorted(Path(__file__).parent.glob("[!_]*.py"))}


def purpose(source: str) -> str:
    """Return what an attempt tries, in the words of its docstring."""
    return " ".join((ast.get_docstring(ast.parse(source)) or "").split())
