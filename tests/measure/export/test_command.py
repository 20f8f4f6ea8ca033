"""`autograder measure --export` on some of the bank of a real lab."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from autograder.cli import app
from autograder.measure.export.write import BANK


def test_the_command_writes_a_lab(tmp_path: Path) -> None:
    some = ["--limit", "1", "--workers", "1", "--export", str(tmp_path / "bank")]
    done = CliRunner().invoke(app, ["measure", "lab2_layers", *some])
    assert done.exit_code == 0, done.output
    kinds = [json.loads(line)["kind"] for line in (tmp_path / "bank" / BANK).read_text("utf-8").splitlines()]
    assert kinds == ["solution", "stub", "alternative", "misconception"] * (len(kinds) // 4)
    assert f"{len(kinds)} answers" in " ".join(done.output.split())
