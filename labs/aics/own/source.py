"""The text of a question's cell as the kernel has run it last."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from aics.check.folder import LabError
from aics.handin.answers import judged
from aics.handin.notebook_file import cells_of, find_notebook

#: Where a lab's notebook lies as it came, beside this package.
LABS = Path(__file__).resolve().parents[2]


def own_source(lab: str, question: str, namespace: Mapping[str, object]) -> str:
    """Return the text; "" where neither the notebook's file nor what was run tells it.

    The file says which names the cell defines, and what the kernel ran last under these names is the cell.
    """
    history = namespace.get("In")
    ran = [str(source) for source in history] if isinstance(history, list) else []
    for path in (find_notebook([question], namespace), LABS / lab / f"{lab}.ipynb"):
        try:
            found = judged(cells_of(path), ran).answers if path else {}
        except LabError:
            continue
        if f"{question}_code" in found:
            return found[f"{question}_code"]
    return ""
