"""`autograder measure` on a few mutants of a real lab."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from autograder.cli import app
from autograder.course import Lab


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
