"""`autograder prove`: no mistake gets away, and it would say so if one did."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys

import pytest
from rich.console import Console

from autograder.course import ROOT, Lab, labs
from autograder.grading.bench import Bench
from autograder.measure.prove import Proof, known_variant, try_one
from autograder.terminal import proofs

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def rows(tmp_path_factory) -> list[dict]:
    file = tmp_path_factory.mktemp("prove") / "rows.json"
    command = [sys.executable, "-m", "autograder", "prove", "--json", str(file)]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "COLUMNS": "150"}, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(file.read_text())


def test_every_mistake_is_caught_and_named(rows):
    away = [
        (r["question"], r["name"]) for r in rows if r["kind"] == "misconception" and not (r["caught"] and r["named"])
    ]
    assert away == []


def test_right_code_scores_full_marks(rows):
    lost = [
        (r["question"], r["name"], r["score"]) for r in rows if r["kind"] in ("solution", "alternative") and r["caught"]
    ]
    assert lost == []


def test_the_stub_scores_nothing(rows):
    assert {r["score"] for r in rows if r["kind"] == "stub"} == {0}


def test_rows_hold_what_they_promise(rows):
    promised = {"lab", "question", "kind", "name", "score", "max_score", "caught", "named"}
    assert all(promised <= row.keys() for row in rows)


@pytest.mark.parametrize(
    ("lab", "misconceptions", "alternatives"),
    [
        *(("lab1_preprocessing", 45, 16), ("lab2_layers", 40, 12), ("lab3_vgg19", 20, 5)),
        *(("lab4_dlp", 25, 6), ("lab5_style_transfer", 25, 6), ("lab6_mixed_sparse", 30, 8)),
    ],
)
def test_there_is_enough_known_code(rows, lab, misconceptions, alternatives):
    ours = [r["kind"] for r in rows if r["lab"] == lab]
    assert ours.count("misconception") >= misconceptions
    assert ours.count("alternative") >= alternatives


def test_wrong_code_that_claims_to_be_an_alternative_is_found_out():
    lab = labs()[0]
    variant = next(v for v in lab.misconceptions if not v.slow)
    proof = _one(lab, variant, "alternative")
    assert proof.caught
    assert not proof.holds
    console = Console(record=True, width=150, file=io.StringIO())
    console.print(proofs([proof]))
    assert variant.name in console.export_text()


def test_right_code_that_claims_to_be_a_mistake_is_a_survivor():
    lab = labs()[0]
    proof = _one(lab, lab.alternatives[0], "misconception")
    assert not proof.caught
    assert not proof.holds


def _one(lab: Lab, variant, kind: str) -> Proof:
    with Bench("strict") as bench:
        return try_one(bench, known_variant(lab, kind, variant))[0]
