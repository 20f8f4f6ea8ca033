"""Work in JupyterLab as a student does: open a notebook, run all of it, save."""

from __future__ import annotations

import contextlib
from datetime import datetime
from pathlib import Path

import nbformat
import nbformat.reader
from nbformat import NotebookNode

from autograder.authoring.source import source_notebook
from autograder.course import Lab

LONG = 300_000
FINISHED = """() => {
  const prompts = [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].map(p => p.textContent);
  return prompts.length > 0 && prompts.every(text => /\\[\\d+\\]/.test(text));
}"""


def solved(stub: Path) -> NotebookNode:
    """The student's notebook with the lab's own solution pasted into its stubs."""
    right = {cell.id: cell.source for cell in source_notebook(Lab(stub.stem)).cells}
    notebook = nbformat.read(stub, 4)
    for cell in notebook.cells:
        if cell.id.endswith("_code"):
            cell.source = right[cell.id]
    return notebook


def run_all(page, jupyterlab: str, root: Path, path: Path) -> NotebookNode:
    """Open a notebook, choose Run All Cells in the menu, wait, save; the notebook as it then is on disk."""
    page.goto(f"{jupyterlab}/lab/tree/{path.relative_to(root)}?reset")
    page.locator(".jp-StatusBar-TextItem, .jp-StatusBar-GroupItem", has_text="(ipykernel) | Idle").first.wait_for()
    page.locator(".lm-MenuBar-itemLabel", has_text="Run").first.click()
    page.locator(".lm-Menu-itemLabel", has_text="Run All Cells").first.click()
    page.wait_for_function(FINISHED, timeout=LONG)
    before = path.stat().st_mtime_ns
    page.keyboard.press("Control+s")
    for _ in range(300):
        page.wait_for_timeout(100)
        if path.stat().st_mtime_ns != before:
            with contextlib.suppress(nbformat.reader.NotJSONError):  # Jupyter is still writing it
                return nbformat.read(path, 4)
    raise TimeoutError(f"{path.name} was not saved")


def seconds(cell: NotebookNode) -> float:
    """How long a cell ran, from the kernel's start on it to its reply."""
    times = cell.metadata.execution
    begun, ended = (datetime.fromisoformat(times[name]) for name in ("iopub.execute_input", "shell.execute_reply"))
    return (ended - begun).total_seconds()
