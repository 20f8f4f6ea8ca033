"""Puzzles from lecture notes: what is printed of a correction, right or wrong."""

from __future__ import annotations

import numpy as np
import pytest

from aics.notes import Puzzle, Solve, Tried


def doubled(double):
    return [Tried(what="twice 3", got=double(3), wanted=6), Tried(what="twice -1", got=double(-1), wanted=-2)]


SOLVE = Solve({"double": Puzzle(tried_by=doubled, moral="Twice is twice.")})


def test_what_is_right_is_told_the_moral(capsys):
    SOLVE("double", lambda x: 2 * x)
    assert capsys.readouterr().out == "double: right. Twice is twice.\n"


def test_what_is_wrong_is_told_by_its_numbers():
    assert SOLVE.told("double", lambda x: x + 3).splitlines() == [
        "double: not yet.",
        "  twice 3   gives 6, as it should",
        "  twice -1  gives 2, should be -2",
    ]


@pytest.mark.parametrize("mended", [None, 3, lambda: 1, lambda x: x / 0])
def test_what_cannot_be_run_is_told_in_a_line(mended):
    said = SOLVE.told("double", mended)
    assert said.startswith("double: not yet. It stops with ")
    assert "\n" not in said


def test_an_interrupt_passes():
    def interrupted(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        SOLVE("double", interrupted)


def test_an_unknown_name_is_told_all_names():
    assert SOLVE.told("treble", abs) == "There is no puzzle treble. There are: double."


@pytest.mark.parametrize(
    ("got", "wanted", "holds"),
    [
        (1.00001, 1, True),
        (1.01, 1, False),
        (float("nan"), 1, False),
        ([1, 2], [1, 2], True),
        ([1, 2, 3], [1, 2], False),
        (None, 1, False),
        ("six", 6, False),
        (np.float32(0), 0, True),
    ],
)
def test_what_holds(got, wanted, holds):
    assert Tried(what="it", got=got, wanted=wanted).holds is holds
