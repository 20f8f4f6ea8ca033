"""Every lab's notebook, run from top to bottom in a real kernel of the students' environment.

Each run is made once (see :mod:`tests.once`) and looked at by all tests that want to know what it shows.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from unittest import mock

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode

from aics.language.spoken import ENGLISH
from autograder.authoring.source import source_notebook
from autograder.authoring.translate.edition import finished_edition
from autograder.course import ROOT, Lab
from tests.once import Once
from tests.zips import unzipped, zip_of

PYTHON = ROOT / ".venv-student" / "bin" / "python"
needs_student_environment = pytest.mark.skipif(not PYTHON.exists(), reason="no student environment: run `make install`")


@dataclass(frozen=True)
class Run:
    """A notebook with its outputs, where it lies."""

    path: Path

    @property
    def notebook(self) -> NotebookNode:
        """Read afresh: who changes it changes nobody else's."""
        return nbformat.read(self.path, 4)

    @property
    def folder(self) -> Path:
        """What the notebook lies in, and wrote to."""
        return self.path.parent


def untouched(once: Once, lab: Lab) -> Run:
    """The notebook as students get it, unzipped from the lab's own zip and run there."""
    return _ran(once, lab, "untouched", lambda path: nbformat.read(path, 4))


def solved(once: Once, lab: Lab, language: str = ENGLISH) -> Run:
    """The same with the lab's solution written into its stubs, in a language."""
    return _ran(once, lab, "solved", partial(answered, language=language), language)


def answered(path: Path, language: str = ENGLISH) -> NotebookNode:
    """A student's notebook, ``<lab>.ipynb``, with the lab's own solution written into its stubs."""
    source = source_notebook(Lab(path.stem))
    if language != ENGLISH:
        source = finished_edition(Lab(path.stem), source, language)
    right = {cell.id: cell.source for cell in source.cells}
    notebook = nbformat.read(path, 4)
    for cell in notebook.cells:
        if cell.id.endswith("_code"):
            cell.source = right[cell.id]
    return notebook


def _ran(once: Once, lab: Lab, state: str, read: Callable[[Path], NotebookNode], language: str = ENGLISH) -> Run:
    name = Path("aics-labs", "labs", lab.name, f"{lab.name}.ipynb")

    def make(folder: Path) -> None:
        root, path = unzipped(zip_of(once, lab, language), folder), folder / name
        nbformat.write(run(read(path), root, path), path)

    edition = "" if language == ENGLISH else f"-{language}"
    return Run(once(f"{lab.name}-{state}{edition}", make) / name)


def run(notebook: NotebookNode, root: Path, path: Path, python: Path = PYTHON) -> NotebookNode:
    """Run a notebook where `path` says, on the students' Python or another, and the aics below `root`."""
    command = [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec = {"display_name": "student", "argv": command, "env": {"PYTHONPATH": str(root / "labs")}}
    kernel = root / ".jupyter" / "kernels" / "student" / "kernel.json"
    kernel.parent.mkdir(parents=True)
    kernel.write_text(json.dumps(spec))
    with mock.patch.dict(os.environ, {"JUPYTER_PATH": str(root / ".jupyter")}):
        place = {"metadata": {"path": str(path.parent)}}
        client = NotebookClient(notebook, kernel_name="student", timeout=300, allow_errors=True, resources=place)
        return client.execute()
