"""`autograder measure --part others` on a few answers to the questions of a real lab."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from autograder.cli import app


def test_a_lab_is_compared(tmp_path: Path) -> None:
    file = tmp_path / "found.json"
    some = ["--part", "others", "--limit", "1", "--workers", "1", "--json", str(file)]
    done = CliRunner().invoke(app, ["measure", "lab5_style_transfer", *some])
    assert done.exit_code == 0, done.output
    found = json.loads(file.read_text())["others"]
    assert {each["kind"] for each in found["answers"]} == {"solution", "alternative", "misconception", "mutant"}
    assert all(not row["refused"] for row in found["courses"])
    assert "CS231n" in done.output


def test_a_lab_of_which_others_ask_nothing_has_no_rows(tmp_path: Path) -> None:
    file = tmp_path / "found.json"
    done = CliRunner().invoke(app, ["measure", "lab4_dlp", "--part", "others", "--json", str(file)])
    assert done.exit_code == 0, done.output
    assert json.loads(file.read_text())["others"]["courses"] == []
