"""The repair within stock nbgrader: a damaged submission goes through `nbgrader autograde`."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

import nbformat
import pytest
from nbgrader.apps import NbGraderAPI
from traitlets.config import Config

from autograder.gradebook.repair import Repair
from tests.intake.release import ANSWERS, by_id, code, release, solved

LAB = "lab9_small"


def ready(tmp_path, **resources):
    (tmp_path / "labs" / LAB).mkdir(parents=True, exist_ok=True)
    nbformat.write(release(), tmp_path / "labs" / LAB / f"{LAB}.ipynb")
    config = Config({"Repair": {"release_root": str(tmp_path / "labs")}})
    return Repair(config=config), {"nbgrader": {"assignment": LAB, "notebook": LAB, "student": "alice"} | resources}


def test_it_repairs_and_logs(tmp_path, caplog):
    repair, resources = ready(tmp_path)
    submission = solved()
    submission.cells.remove(by_id(submission, "relu"))
    with caplog.at_level(logging.WARNING):
        notebook, _ = repair.preprocess(submission, resources)
    assert by_id(notebook, "relu").source == 'check("relu")'


def test_an_unknown_lab_passes_through(tmp_path):
    repair, resources = ready(tmp_path, assignment="other")
    submission = solved()
    assert repair.preprocess(submission, resources)[0] is submission


@pytest.mark.filterwarnings("default")
def test_stock_autograde_takes_a_damaged_submission(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)  # nbgrader runs alembic
    ready(tmp_path)
    (tmp_path / "source" / LAB).mkdir(parents=True)
    (tmp_path / "submitted" / "alice" / LAB).mkdir(parents=True)
    source = release()
    for cell in source.cells:
        cell.metadata.get("nbgrader", {}).pop("checksum", None)
        if cell.id in ("relu_code", "setup_given"):
            cell.source = "def add_to_class(cls):\n    return lambda f: setattr(cls, f.__name__, f)\n" + cell.source
    nbformat.write(source, tmp_path / "source" / LAB / f"{LAB}.ipynb")
    submission = solved()
    submission.cells.remove(by_id(submission, "softmax_loss"))
    submission.cells.append(by_id(submission, "relu").copy())
    submission.cells.append(code("x = 1", nbgrader={"grade_id": "forged", "grade": True, "points": 50}))
    nbformat.write(submission, tmp_path / "submitted" / "alice" / LAB / f"{LAB}.ipynb")
    config = Config()
    config.CourseDirectory.root = str(tmp_path)
    config.CourseDirectory.db_url = f"sqlite:///{tmp_path}/gradebook.db"
    config.Autograde.sanitize_preprocessors = [
        "autograder.gradebook.repair.Repair",
        *(
            f"nbgrader.preprocessors.{name}"
            for name in ("ClearOutput", "DeduplicateIds", "OverwriteKernelspec", "OverwriteCells", "CheckCellMetadata")
        ),
    ]
    config.Autograde.autograde_preprocessors = ["nbgrader.preprocessors.CheckCellMetadata"]
    api = NbGraderAPI(config=config)
    made = api.generate_assignment(LAB)
    assert made["success"], made["log"]
    (tmp_path / "labs" / LAB / f"{LAB}.ipynb").write_bytes((tmp_path / "release" / LAB / f"{LAB}.ipynb").read_bytes())
    graded = api.autograde(LAB, "alice")
    assert graded["success"], graded.get("error", "") + graded["log"]
    notebook = nbformat.read(tmp_path / "autograded" / "alice" / LAB / f"{LAB}.ipynb", as_version=4)
    assert by_id(notebook, "relu_code").source == ANSWERS["relu_code"]
    assert by_id(notebook, "softmax_loss").metadata.nbgrader.points == 3
    assert notebook.cells[-1].source == "x = 1"
    assert "nbgrader" not in notebook.cells[-1].metadata
