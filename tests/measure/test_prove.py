"""`autograder prove`: no mistake gets away, and it would say so if one did.

Values only: what the clock decides is for `make prove`, and what takes too long is another right way here.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from rich.console import Console

from autograder.course import ROOT, Lab, labs
from autograder.course.variant import Variant
from autograder.grading.bench import Bench
from autograder.measure.prove import Proof, known_variant, try_group, try_one
from autograder.terminal import proofs

pytestmark = pytest.mark.slow

Row = dict[str, Any]

LABS = [lab.name for lab in labs()]
each_lab = pytest.mark.parametrize("lab", LABS, indirect=True, scope="module")


@pytest.fixture(scope="module")
def lab(request: pytest.FixtureRequest) -> Lab:
    return Lab(request.param)


@pytest.fixture(scope="module")
def rows(lab: Lab, tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    """A lab's rows, proved by the command on one core: the tests of other labs take the others."""
    file = tmp_path_factory.mktemp("prove") / "rows.json"
    command = ["autograder", "prove", lab.name, "--values-only", "--workers", "1", "--json", str(file)]
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    found: list[Row] = json.loads(file.read_text())
    assert done.returncode == (not all(Proof(**row).holds for row in found)), done.stdout
    return found


def of_kind(rows: list[Row], *kinds: str) -> list[Row]:
    return [row for row in rows if row["kind"] in kinds]


def told(rows: list[Row]) -> list[str]:
    return ["{question}, {kind} {name}: {score} of {max_score} points. {reason}".format(**row) for row in rows]


@each_lab
def test_every_mistake_in_values_is_caught_and_named(rows: list[Row]) -> None:
    assert told([row for row in of_kind(rows, "misconception") if not (row["caught"] and row["named"])]) == []


@each_lab
def test_right_values_score_full_marks_however_long_they_take(rows: list[Row]) -> None:
    assert told([row for row in of_kind(rows, "solution", "alternative") if row["caught"]]) == []


@each_lab
def test_the_stub_scores_nothing(rows: list[Row]) -> None:
    assert {row["score"] for row in of_kind(rows, "stub")} == {0}


@each_lab
def test_the_clock_decides_no_row(rows: list[Row]) -> None:
    assert told([row for row in rows if row["timed"]]) == []


@each_lab
def test_every_piece_of_known_code_has_its_row(lab: Lab, rows: list[Row]) -> None:
    proved = Counter((row["kind"], row["question"], row["name"]) for row in rows)
    ways = [*lab.alternatives, *(mistake for mistake in lab.misconceptions if mistake.slow)]
    expected = Counter(
        [
            *((kind, question, kind) for kind in ("solution", "stub") for question in lab.questions),
            *(("misconception", mistake.question, mistake.name) for mistake in lab.misconceptions if not mistake.slow),
            *(("alternative", way.question, way.name) for way in ways),
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


def test_variants_that_take_turns_are_judged_by_their_own_code() -> None:
    """The second cell stops where another was run before it, and would leave that one's right code standing."""
    lab = Lab("lab2_layers")
    right = next(v for v in lab.alternatives if v.question == "relu")
    wrong = next(v for v in lab.misconceptions if v.question == "relu")
    first = replace(right, source=right.source + "\nReLULayer.was_here = True\n")
    second = replace(wrong, source="assert not hasattr(ReLULayer, 'was_here')\n" + wrong.source)
    ways = [(first, "alternative"), (second, "alternative"), (wrong, "misconception"), (right, "alternative")]
    group = [known_variant(lab, kind, variant, values_only=True) for variant, kind in ways]
    with Bench("strict") as bench:
        rows = [row for (row,) in try_group(bench, group)]
    assert [row.caught for row in rows] == [False, True, True, False]
    assert [row.name for row in rows] == [right.name, wrong.name, wrong.name, right.name]
    assert rows[2].named


def _one(lab: Lab, variant: Variant, kind: str) -> Proof:
    with Bench("strict") as bench:
        return try_one(bench, known_variant(lab, kind, variant, values_only=True))[0]
