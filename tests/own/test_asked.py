"""A question as data: answers are read strictly, and what a sandbox sends is taken only if it is one."""

from __future__ import annotations

import json

import numpy as np
import pytest

from aics.own.asked import Asked

SHAPE = Asked(kind="shape", function="f", line=3, name="x", case=1, right=(2, 3))


def of_kind(kind: str, right) -> Asked:
    return Asked(kind=kind, function="f", line=3, name="x", case=1, right=right)


@pytest.mark.parametrize(
    ("kind", "right", "given", "holds"),
    [
        ("shape", (2, 3), (2, 3), True),
        ("shape", (2, 3), [2, 3], True),
        ("shape", (2, 3), (3, 2), False),
        ("shape", (4,), 4, True),
        ("shape", (2, 3), "(2, 3)", None),
        ("shape", (2, 3), (2.0, 3.0), None),
        ("shape", (1, 1), (True, True), None),
        ("shape", (2,), (-2,), None),
        ("changed", "error", "Error", True),
        ("changed", "error", (2,), False),
        ("changed", (2,), "no", None),
        ("count", 6, 6, True),
        ("count", 1, True, None),
        ("count", 6, 6.0, None),
        ("count", 6, 10**12, None),
        ("held", -1, np.int64(-1), True),
        ("dtype", "float32", "float32", True),
        ("dtype", "float32", "f4", True),
        ("dtype", "float32", "float64", False),
        ("dtype", "float32", "no such thing", None),
        ("dtype", "float32", "object", None),
        ("view", True, "yes", True),
        ("view", False, False, True),
        ("view", True, 1, None),
        ("first", 3, 4, False),
    ],
)
def test_an_answer_is_right_wrong_or_not_readable(kind, right, given, holds):
    assert of_kind(kind, right).holds(given) is holds


@pytest.mark.parametrize("asked", [SHAPE, of_kind("count", 6), of_kind("view", False), of_kind("changed", "error")])
def test_it_travels_as_json(asked):
    assert Asked.of(json.loads(json.dumps(asked.told()))) == asked


GOOD = SHAPE.told()


@pytest.mark.parametrize(
    "told",
    [
        None,
        7,
        [],
        {},
        GOOD | {"kind": "free"},
        GOOD | {"more": 1},
        GOOD | {"line": 0},
        GOOD | {"line": True},
        GOOD | {"line": "3"},
        GOOD | {"case": 10**10},
        GOOD | {"name": "x" * 81},
        GOOD | {"name": "x\n<script>"},
        GOOD | {"name": 3},
        GOOD | {"function": None},
        GOOD | {"last": 1},
        GOOD | {"right": "anything"},
        GOOD | {"right": [2, 3.0]},
        GOOD | {"right": [[2]]},
        GOOD | {"right": [1] * 40},
        GOOD | {"right": 10**400},
        GOOD | {"right": {"a": 1}},
        GOOD | {"kind": "count", "right": True},
        GOOD | {"kind": "dtype", "right": "f4"},
    ],
)
def test_anything_else_is_refused(told):
    with pytest.raises(ValueError, match="question"):
        Asked.of(told)


@pytest.mark.parametrize(("line", "function", "fits"), [(2, "f", True), (3, "f", False), (2, "g", False)])
def test_it_must_be_about_a_line_of_the_cell(line, function, fits):
    asked = Asked(kind="count", function=function, line=line, name="x", case=1, right=2)
    assert asked.fits("def f(x):\n    return x\n") is fits
