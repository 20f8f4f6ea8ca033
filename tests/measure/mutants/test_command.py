"""`autograder measure` on a few mutants of a real lab."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import pytest
from typer.testing import CliRunner

from autograder.cli import app
from autograder.course import ROOT, Lab


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, str, dict]:
    """The command on some mutants of a real lab: its exit status, what it prints, and what it writes."""
    file = tmp_path_factory.mktemp("measure") / "found.json"
    some = ["--part", "mutants", "--limit", "2", "--workers", "1"]
    done = CliRunner().invoke(app, ["measure", "lab2_layers", *some, "--json", str(file)])
    return done.exit_code, done.output, json.loads(file.read_text())["mutants"]


def test_a_lab_is_measured(measured: tuple[int, str, dict]) -> None:
    status, printed, found = measured
    (row,) = found["labs"]
    assert row["lab"] == "lab2_layers"
    assert row["mutants"] == len(found["mutants"]) == 2 * len(Lab("lab2_layers").questions)
    assert row["told"] + row["equivalent"] + row["unexplained"] == row["mutants"]
    assert (
        row["firm"] + row["maybe"] + row["none"] == row["told"] == sum(not each["alive"] for each in found["mutants"])
    )
    assert status == bool(row["unexplained"])
    assert f"{row['mutants']} mutants, {row['unexplained']} that no case tells" in printed


def test_each_question_has_its_cases(measured: tuple[int, str, dict]) -> None:
    for question in measured[2]["questions"]:
        assert len(question["kills"]) == len(question["alone"]) == question["cases"]
        assert question["redundant"] == [number for number, alone in enumerate(question["alone"], 1) if not alone]


def test_a_run_that_is_stopped_keeps_the_parts_that_are_done(tmp_path):
    file = tmp_path / "found.json"
    some = ["lab1_preprocessing", "--part", "rewrites", "--part", "pairs", "--limit", "1", "--workers", "1"]
    running = subprocess.Popen([sys.executable, "-m", "autograder", "measure", *some, "--json", str(file)], cwd=ROOT)
    ends = time.monotonic() + 900
    while not file.exists() and running.poll() is None and time.monotonic() < ends:
        time.sleep(0.1)
    running.terminate()
    running.wait(300)
    assert "rewrites" in json.loads(file.read_text())


def test_a_folder_is_no_file_to_write_to(tmp_path):
    done = CliRunner().invoke(app, ["measure", "lab1_preprocessing", "--limit", "1", "--json", str(tmp_path)])
    assert done.exit_code == 2
    assert "directory" in done.output
