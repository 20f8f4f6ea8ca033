"""`autograder prove`: no mistake gets away, and it would say so if one did."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from rich.console import Console

from aics.check.messages import say
from autograder.course import ROOT, Lab, labs
from autograder.course.variant import Variant
from autograder.grading.bench import Bench
from autograder.measure.prove import Proof, known_variant, try_one
from autograder.terminal import proofs

pytestmark = [pytest.mark.slow, pytest.mark.timed]

Row = dict[str, Any]


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    """The rows of all labs, proved by the command on all cores; its exit status is the clock's too."""
    file = tmp_path_factory.mktemp("prove") / "rows.json"
    command = [sys.executable, "-m", "autograder", "prove", "--json", str(file)]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "COLUMNS": "150"}, capture_output=True, text=True, check=False
    )
    assert file.exists(), done.stdout + done.stderr
    return json.loads(file.read_text())


def values_are_right(row: Row) -> bool:
    """Whether no points were lost, or only for speed."""
    return row["score"] == row["max_score"] or row["reason"] in (say("speed.partly"), say("speed.none"))


def of_kind(rows: list[Row], *kinds: str) -> list[Row]:
    return [row for row in rows if row["kind"] in kinds]


def told(rows: list[Row]) -> list[str]:
    return ["{lab}, {question}, {kind} {name}: {score} of {max_score} points. {reason}".format(**row) for row in rows]


def test_every_mistake_in_values_is_caught_and_named(rows: list[Row]) -> None:
    mistakes = [row for row in of_kind(rows, "misconception") if not row["timed"]]
    assert told([row for row in mistakes if not (row["caught"] and row["named"])]) == []


def test_right_code_scores_full_marks(rows: list[Row]) -> None:
    right = [row for row in of_kind(rows, "solution", "alternative") if not row["timed"]]
    assert told([row for row in right if row["caught"]]) == []


def test_code_that_is_timed_has_right_values(rows: list[Row], remark: Callable[[str], None]) -> None:
    timed = [row for row in rows if row["timed"]]
    for line in told([row for row in timed if row["caught"] != (row["kind"] == "misconception")]):
        remark(f"this machine's clock: {line}")
    assert told([row for row in timed if not values_are_right(row)]) == []


def test_the_stub_scores_nothing(rows: list[Row]) -> None:
    assert {row["score"] for row in of_kind(rows, "stub")} == {0}


def test_every_piece_of_known_code_has_its_row(rows: list[Row]) -> None:
    proved = Counter((row["lab"], row["kind"], row["question"], row["name"]) for row in rows)
    expected = Counter(
        (lab.name, kind, question, name)
        for lab in labs()
        for kind, question, name in [
            *((kind, question, kind) for kind in ("solution", "stub") for question in lab.questions),
            *(("misconception", mistake.question, mistake.name) for mistake in lab.misconceptions),
            *(("alternative", way.question, way.name) for way in lab.alternatives),
        ]
    )
    assert proved == expected


def test_wrong_code_that_claims_to_be_an_alternative_is_found_out() -> None:
    lab = labs()[0]
    variant = next(v for v in lab.misconceptions if not v.slow)
    proof = _one(lab, variant, "alternative")
    assert proof.caught
    assert not proof.holds
    console = Console(record=True, width=150, file=io.StringIO())
    console.print(proofs([proof]))
    assert variant.name in console.export_text()


def test_right_code_that_claims_to_be_a_mistake_is_a_survivor() -> None:
    lab = labs()[0]
    proof = _one(lab, lab.alternatives[0], "misconception")
    assert not proof.caught
    assert not proof.holds


def _one(lab: Lab, variant: Variant, kind: str) -> Proof:
    with Bench("strict") as bench:
        return try_one(bench, known_variant(lab, kind, variant))[0]
