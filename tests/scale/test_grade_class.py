"""A class graded on a cluster has the verdicts, files and gradebook that it has when it is graded here."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.course import ROOT, ClassFolder
from autograder.measure.prove import exchanged
from benchmarks import machines as cluster
from tests.gradebook.conftest import LAB, autograder, can_grade, lab, solution, stub, write  # noqa: F401

pytestmark = [pytest.mark.slow, pytest.mark.skipif(bool(cluster.MISSING), reason=cluster.MISSING)]
WRONG = "@add_to_class(ReLULayer)\ndef forward(self, input):\n    self.input = input\n    return input\n"
FILES = ("autograded/{}/{}/{}.ipynb", "feedback/{}/{}/{}.html")


@pytest.fixture
def handins(tmp_path: Path, solution, stub) -> Path:  # noqa: F811
    for student, notebook in (("ada", solution), ("bob", stub), ("cleo", exchanged(solution, {"relu_code": WRONG}))):
        write(tmp_path / "handins" / student, notebook)
    return tmp_path / "handins"


def graded(state: ClassFolder, handins: Path, *arguments: str) -> list[dict]:
    file = state.folder.parent / f"{state.folder.name}.json"
    done = autograder(state, "grade", handins, "--values-only", "--json", file, *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(file.read_text())


@pytest.mark.usefixtures("can_grade")
def test_a_class_has_the_same_verdicts_and_files_wherever_it_is_graded(tmp_path: Path, handins: Path) -> None:
    here, there = ClassFolder(tmp_path / "here"), ClassFolder(tmp_path / "there")
    with cluster.scheduler() as (address, _), cluster.workers(address, 2, 1, "strict"):
        rows = graded(there, handins, "--scheduler", address)
        again = autograder(there, "grade", handins, "--values-only", "--scheduler", address)
    assert rows == graded(here, handins)
    assert again.stdout.count("(unchanged)") == 3
    for student in ("ada", "bob", "cleo"):
        for name in FILES:
            one, other = (state.folder / name.format(student, LAB, LAB) for state in (here, there))
            assert one.exists()
            assert other.stat().st_mode == one.stat().st_mode
    assert autograder(here, "grade", handins, "--values-only").stdout.count("(unchanged)") == 3


@pytest.mark.usefixtures("can_grade")
def test_an_interrupted_class_goes_on(tmp_path: Path, handins: Path) -> None:
    state = ClassFolder(tmp_path / "course")
    with cluster.scheduler() as (address, _), cluster.workers(address, 1, 1, "strict"):
        asked = ["grade", handins, "--values-only", "--scheduler", address]
        running = subprocess.Popen(
            [sys.executable, "-m", "autograder", *map(str, asked)],
            cwd=ROOT,
            env={**cluster.environment(), "AICS_COURSE": str(state.folder)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        while not list(state.runs.glob("*/*.json")):
            assert running.poll() is None, running.communicate()[0]
        running.send_signal(signal.SIGINT)
        said = running.communicate(timeout=60)[0]
        assert running.returncode == 130, said
        assert "Traceback" not in said
        rows = graded(state, handins, "--scheduler", address)
    assert {row["student"] for row in rows} == {"ada", "bob", "cleo"}
