"""The committed output of benchmarks/sparse_momentum.py: full MNIST, beside the published table."""

from __future__ import annotations

import json
from statistics import mean

import pytest

from autograder.course import ROOT

FOUND = json.loads((ROOT / "data" / "sparse_momentum.json").read_text("utf-8"))
ROWS = {row["kept"]: row for row in FOUND["rows"]}
#: Weights of LeNet-300-100 by layer.
SIZES = {"fc1": 784 * 300, "fc2": 300 * 100, "fc3": 100 * 10}


def test_all_published_rows_are_there():
    assert {kept: row["published"] for kept, row in ROWS.items()} == {
        1.0: 98.69,
        0.1: 98.67,
        0.05: 98.53,
        0.02: 98.20,
        0.01: 97.53,
    }


@pytest.mark.parametrize("kept", ROWS)
def test_a_row_is_the_mean_of_its_runs(kept):
    row = ROWS[kept]
    each = [one["accuracy"] for one in row["runs"]]
    assert row["accuracy"] == pytest.approx(mean(each), abs=0.0051)
    assert row["difference"] == pytest.approx(mean(each) - row["published"], abs=0.0051)
    assert len({one["seed"] for one in row["runs"]}) == len(each)


@pytest.mark.parametrize("kept", ROWS)
def test_a_run_keeps_exactly_its_share_of_the_weights(kept):
    row = ROWS[kept]
    assert row["weights"] == sum(round(kept * size) for size in SIZES.values())
    for one in row["runs"]:
        if one["density"]:
            active = sum(one["density"][layer] * size for layer, size in SIZES.items())
            assert active == pytest.approx(row["weights"], abs=20)  # densities have four digits


@pytest.mark.parametrize("kept", [0.1, 0.05])
def test_with_few_weights_the_network_is_as_good_as_the_published_one_and_as_the_dense_one(kept):
    assert abs(ROWS[kept]["difference"]) <= 0.5
    assert ROWS[1.0]["accuracy"] - ROWS[kept]["accuracy"] <= 0.5
