"""Run a copy of a notebook in a fresh kernel of this environment, and see what is left of it.

What was typed, run and deleted again still lives in a kernel: a notebook can be right on the screen and fail when
somebody else runs it. This finds the cells for which that is so. The file itself is read and never written.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL
from typing import Any

import nbformat
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbformat import NotebookNode

from aics.card.status import RIGHT
from aics.card.text import says_right
from aics.check.folder import LabError
from aics.check.imports import Notebook
from aics.check.opened import GRADING
from aics.handin.finish import shown
from aics.handin.notebook_file import JUPYTER, answer_name, cells_of, lab_of, question_name
from aics.handin.report import MIME
from aics.handin.words import say
from aics.language import sentences

UNDEFINED = re.compile(r"name '(\w+)' is not defined")
#: Called with the number of cells that are done, how many there are, and what runs now.
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, kw_only=True)
class FreshRun:
    """What a fresh run found.

    text : the finish line, as `check()` says it
    complete : whether everything that can be right is right
    remarks : a sentence for each cell that failed, and for each question that is right no more
    """

    text: str
    complete: bool
    remarks: Sequence[str]


class _ThisPython(KernelSpecManager):
    """Starts kernels with the Python that runs this, whatever kernels a user has installed."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return the one kernel."""
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(argv=argv, display_name=kernel_name, language="python")


def run_afresh(path: Path, *, quick: bool = False, seconds: float = 600, progress: Progress | None = None) -> FreshRun:
    """Run a lab's notebook from its first cell to its last in a fresh kernel, and check every question.

    quick : leave out the cells that only show pictures
    seconds : after so long a cell is interrupted, and the next one runs

    Raises LabError where the file is no notebook of a lab, or the kernel ends.
    """
    path, lab = path.resolve(), lab_of(path)
    cells = _runnable(path, quick)
    ending = nbformat.v4.new_code_cell(f"from aics.handin.report import report\nreport({lab!r}, {str(path)!r})")
    notebook = nbformat.v4.new_notebook(cells=[*cells, ending])
    client = NotebookClient(
        notebook,
        km=AsyncKernelManager(kernel_spec_manager=_ThisPython()),
        timeout=seconds,
        interrupt_on_timeout=True,
        allow_errors=True,
        on_cell_executed=_refuse_exit,
        resources={"metadata": {"path": str(path.parent)}},
    )
    saved = {cell["id"]: cell for cell in cells_of(path) if "id" in cell}
    kept = {name: value for name, value in os.environ.items() if name not in (GRADING, JUPYTER)}
    with client.setup_kernel(env=kept, stdout=DEVNULL, stderr=DEVNULL):
        for number, cell in enumerate(notebook.cells):
            if progress:
                progress(number, len(notebook.cells), _name(cell) if cell is not ending else "check()")
            _run(client, cell, number)
    found = _report(ending, path)
    remarks = [_failed(cell, saved.get(cell.id, {}), notebook.cells) for cell in cells if _error(cell)]
    return FreshRun(
        text=found["text"], complete=found["complete"], remarks=[*remarks, *_no_more(found["statuses"], saved.values())]
    )


def _runnable(path: Path, quick: bool) -> list[NotebookNode]:
    """The code cells that are run, without what they showed; checks are asked at the end, all at once."""
    try:
        cells = nbformat.read(path, as_version=4).cells
    except Exception as error:  # nbformat raises many kinds for what it cannot read
        raise LabError(say("no_notebook", file=path.name)) from error
    found = []
    for cell in cells:
        look = quick and "look" in cell.metadata.get("tags", [])
        if cell.cell_type != "code" or look or question_name(cell) or cell.source.strip() in ("", "check()"):
            continue
        cell.outputs, cell.execution_count = [], None
        found.append(cell)
    return found


def _run(client: NotebookClient, cell: NotebookNode, number: int) -> None:
    try:
        client.execute_cell(cell, number)
    except CellExecutionError:
        pass  # its error is among its outputs
    except DeadKernelError as error:
        raise LabError(say("kernel_died", cell=_name(cell))) from error


def _refuse_exit(*, cell: NotebookNode, execute_reply: Mapping[str, Any], **_: object) -> None:
    """Raise LabError where a cell asked its kernel to end: it ends only after its reply, when the next cell waits."""
    if any(part.get("source") == "ask_exit" for part in execute_reply["content"].get("payload", [])):
        raise LabError(say("cell_exits", cell=_name(cell)))


def _report(ending: NotebookNode, path: Path) -> dict[str, Any]:
    """What the kernel said at the end."""
    for output in ending.outputs:
        if MIME in output.get("data", {}):
            return dict(output.data[MIME])
    raise LabError(say("no_report", file=shown(path), error=_error(ending)))


def _failed(cell: NotebookNode, saved: Mapping[str, Any], cells: Sequence[NotebookNode]) -> str:
    """A sentence on a cell that failed: whether it had worked, and which name it lacks."""
    if _error(cell).startswith("KeyboardInterrupt"):
        return say("cell_slow", cell=_name(cell))
    worked = saved.get("execution_count") is not None and not _error(saved)
    said = say("cell_leftover" if worked else "cell_failed", cell=_name(cell), error=_error(cell))
    missing, place = UNDEFINED.search(_error(cell)), [other.id for other in cells].index(cell.id)
    if missing is None or any(missing[1] in _defined(other.source) for other in cells[:place]):
        return said
    home = next((other for other in cells[place + 1 :] if missing[1] in _defined(other.source)), None)
    if home is None:
        return sentences(said, say("name_nowhere", name=missing[1]))
    return sentences(said, say("name_below", name=missing[1], cell=_name(home)))


def _no_more(statuses: Mapping[str, str], saved: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Questions whose saved card says right, and that a fresh run does not find so."""
    for cell in saved:
        name = question_name(cell)
        texts = ["".join(output.get("data", {}).get("text/plain", "")) for output in cell.get("outputs", [])]
        if statuses.get(name, RIGHT.key) != RIGHT.key and any(says_right(text, name) for text in texts):
            yield say("right_no_more", question=name)


def _error(cell: Mapping[str, Any]) -> str:
    """The error that a cell ended with, in one line; empty where there is none."""
    for output in cell.get("outputs", []):
        if output.get("output_type") == "error":
            return f"{output['ename']}: {output['evalue']}".partition("\n")[0][:200]
    return ""


def _defined(source: str) -> set[str]:
    return {name for _, name in Notebook([("", source)]).definitions}


def _name(cell: Mapping[str, Any]) -> str:
    """What a cell is called: its own name, or the first line of one that the student added."""
    notes = cell["metadata"].get("nbgrader", {})
    first = cell["source"].strip().partition("\n")[0][:60]
    return answer_name(cell) or str(notes.get("grade_id", "")) or f"`{first}`"
