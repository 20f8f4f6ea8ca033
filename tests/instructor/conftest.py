"""The class of tests/gradebook with a roster and a person's own grades, and a browser."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.gradebook.conftest import (  # noqa: F401
    LAB,
    Graded,
    can_grade,
    graded,
    lab,
    registered,
    solution,
    stub,
)

ROSTER = (
    ("right", "Ada <b>Lovelace</b>", "ada@example.org"),
    ("untouched", "=1+1", "bo@example.org"),
    ("hanging", "欧阳 修", "xiu@example.org"),
    ("syntax", "张三", ""),
    ("nobody", "Noor", "noor@example.org"),
)


@pytest.fixture(scope="session")
def known(graded: Graded) -> Graded:  # noqa: F811
    """The class, whose roster tells some names."""
    with (graded.state.folder / "roster.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "name", "email"))
        writer.writerows(ROSTER)
    return graded


@pytest.fixture(scope="session")
def reports(known: Graded) -> Path:
    """The folder that `autograder report` filled."""
    from tests.gradebook.conftest import autograder

    done = autograder(known.state, "report", LAB)
    assert done.returncode == 0, done.stderr
    return known.state.folder / "reports"
