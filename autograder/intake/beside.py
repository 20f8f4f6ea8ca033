"""Files of the student's own that the notebook uses, and that are not taken: only the notebook is."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nbformat.notebooknode import NotebookNode

#: What the original course lays beside its files lies beside graded code as well.
_THERE = frozenset({"synset_words.txt"})
#: Files that are looked for in a notebook's code.
_MOST = 200


def used_but_not_taken(notebook: NotebookNode, names: Iterable[str]) -> list[str]:
    """Return those of these files that a notebook's code imports or names."""
    code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    return [name for name in list(dict.fromkeys(names))[:_MOST] if name not in _THERE and _is_used(name, code)]


def _is_used(name: str, code: str) -> bool:
    stem = re.escape(name.removesuffix(".py"))
    imported = rf"(?m)^[ \t]*(?:from[ \t]+\.?{stem}\b|import[ \t]+(?:[\w.]+(?:[ \t]+as[ \t]+\w+)?,[ \t]*)*{stem}\b)"
    return bool(name.endswith(".py") and re.search(imported, code)) or name in code
