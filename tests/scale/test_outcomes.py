"""The benchmark sees what a cluster must not do: lose a hand-in, write one twice, change a verdict."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from benchmarks import machines
from benchmarks.outcomes import Graded, read_kept, row

HAND_INS = ("ada, lab", "bob, lab")
LAB = {"lab": "lab", "question": "relu", "score": 3.0, "reason": ""}
ROWS = [{"student": name.split(",")[0], **LAB} for name in HAND_INS]
DONE = Counter(HAND_INS)
RIGHT = Graded(
    written=DONE, placed=DONE, rows=ROWS, failed=[], reading=1.0, turns=1.0, results=2.0, result=0.1, wall=9.0
)
ONE = Counter(HAND_INS[:1])


def seen(came: Graded) -> dict[str, int]:
    return {name: n for name, n in row("", came, RIGHT, 2).items() if name in ("lost", "twice", "changed") and n}


@pytest.mark.parametrize(
    ("came", "expected"),
    [
        (RIGHT, {}),
        (replace(RIGHT, rows=ROWS[::-1]), {}),
        (replace(RIGHT, written=ONE), {"lost": 1}),
        (replace(RIGHT, placed=ONE), {"lost": 1}),
        (replace(RIGHT, written=RIGHT.written + ONE), {"twice": 1}),
        (replace(RIGHT, placed=RIGHT.placed + ONE), {"twice": 1}),
        (replace(RIGHT, rows=ROWS[:1]), {"changed": 1}),
        (replace(RIGHT, rows=[ROWS[0], ROWS[1] | {"score": 0.0}]), {"changed": 1}),
        (replace(RIGHT, rows=[ROWS[0], ROWS[1] | {"reason": "another"}]), {"changed": 1}),
    ],
)
def test_what_went_wrong_is_counted(came: Graded, expected: dict[str, int]) -> None:
    assert seen(came) == expected


@pytest.mark.slow
@pytest.mark.skipif(bool(machines.MISSING), reason=machines.MISSING)
def test_a_class_is_graded_though_workers_go_away(checkout, tmp_path):
    words = ("lab0_tiny", "--students", "12", "--workers", "2", "--stopped", "1", "--course", "40")
    file = tmp_path / "kept.json"
    done = checkout.run("benchmarks/cluster.py", *words, "--kept", file, state=tmp_path / "course", timeout=900)
    assert done.returncode == 0, done.stdout + done.stderr
    found = read_kept(file)
    assert [(run["hand_ins"], run["verdicts"], run["lost"], run["changed"]) for run in found["runs"]] == [
        (12, 12, 0, 0)
    ] * 3
    assert len(found["costs"]["workers"]["lab0_tiny"]) == 11
