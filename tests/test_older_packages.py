"""Every lab, solved, with packages of an earlier year and from another folder, as on Google Colab: `make older`."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

from autograder.course import ROOT, Lab, labs
from tests.notebooks import answered, run
from tests.once import Once
from tests.zips import unzipped, zip_of_all

PYTHON = ROOT / ".venv-older" / "bin" / "python"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not PYTHON.exists(), reason="no environment of older packages: `make older` makes it"),
]


@pytest.mark.parametrize("lab", labs(), ids=lambda lab: lab.name)
def test_all_is_right_and_nothing_complains(once: Once, lab: Lab, tmp_path: Path):
    root = unzipped(zip_of_all(once), tmp_path)
    notebook = answered(root / "labs" / lab.name / f"{lab.name}.ipynb")
    notebook.cells.insert(0, nbformat.v4.new_code_cell(f"import sys; sys.path.insert(0, {str(root / 'labs')!r})"))
    outputs = [
        each for cell in run(notebook, root, tmp_path / "any.ipynb", PYTHON).cells for each in cell.get("outputs", ())
    ]

    assert not [each for each in outputs if each.output_type == "error"]
    assert not [each.text for each in outputs if each.get("name") == "stderr"]
    said = " ".join(each.data.get("text/plain", "") for each in outputs if "data" in each)
    assert (counts := re.search(r"(\d+) of (\d+) questions are right", said)), said
    assert counts[1] == counts[2], said
