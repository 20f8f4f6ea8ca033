"""What prose offers to try works: each Python fence runs where the notebook stands, with the solution's answers."""

from __future__ import annotations

import re

import pytest

from autograder.authoring.namespace import importing_from
from autograder.authoring.source import source_notebook
from autograder.authoring.start import working_folder
from autograder.course import Lab, labs
from tests.labs.running import Session

FENCE = re.compile(r"^```python\n(.*?)^```$", re.M | re.S)
LABS = [lab for lab in labs() if any(FENCE.search(cell.source) for cell in source_notebook(lab).cells)]

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


def test_some_labs_offer_something_to_try():
    assert {"lab3_vgg19", "lab5_style_transfer"} <= {lab.name for lab in LABS}


@pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.name)
def test_each_fence_runs(lab: Lab, monkeypatch):
    cells, session = source_notebook(lab).cells, Session()
    fences = [
        (cell.id, fence) for cell in cells for fence in FENCE.findall(cell.source) if cell.cell_type == "markdown"
    ]
    wanted = {word for _, fence in fences for word in re.findall(r"\w+\.\w+|\w+", fence) + re.findall(r"\w+", fence)}
    with working_folder(lab) as folder, importing_from(folder):
        monkeypatch.chdir(folder)
        for cell in cells:
            role = cell.id.rpartition("_")[2]
            if role in ("given", "code") or (role == "look" and wanted & made(cell.source)):
                session.run(cell.id, cell.source)
        for name, fence in fences:
            session.run(name, fence)
    assert session.failed == []


def made(source: str) -> set[str]:
    """What a cell to look at leaves for those below it: imports, functions, constants, and files that it saves."""
    names = re.findall(r"^(?:from \S+ import |def )(\w+)|^([A-Z]+) = |save\(\"([\w.]+)\"", source, re.M)
    return {name for found in names for name in found if name}
