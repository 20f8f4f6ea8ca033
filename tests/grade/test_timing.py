"""Speed: the published curve, readings of known work, and tricks that must not pay."""

from __future__ import annotations

import numpy as np
import pytest
from aics.rules import SpeedLimits
from hypothesis import given
from hypothesis import strategies as st

from .conftest import LAB
from .speed_cheats import CHEATS, cheating

LIMITS = SpeedLimits(full=10, zero=40)


@pytest.mark.parametrize(
    ("ratio", "share"),
    [(0, 1), (0.5, 1), (10, 1), (20, 0.5), (10 * 2**0.5, 0.75), (40, 0), (41, 0), (np.inf, 0), (np.nan, 0)],
)
def test_the_curve_falls_by_the_same_for_each_doubling(ratio, share):
    assert LIMITS.share(ratio) == pytest.approx(share, abs=1e-12)


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_the_curve_never_rises_and_stays_within_bounds(one, other):
    quick, slow = sorted((one, other))

    assert 0 <= LIMITS.share(slow) <= LIMITS.share(quick) <= 1


@pytest.mark.parametrize("question", [q for q in LAB.questions.values() if q.speed], ids=lambda q: q.name)
def test_every_published_curve_has_room_between_its_ends(question):
    assert question.speed.limits.zero >= 2 * question.speed.limits.full > 2


@pytest.fixture(scope="module")
def right_source(solution):
    return next(
        cell.source for cell in solution.cells if cell.metadata.nbgrader.get("grade_id") == "conv_forward_speedup_code"
    )


@pytest.fixture(scope="module")
def slow_source():
    return next(v.source for v in LAB.misconceptions if v.question == "conv_forward_speedup" and v.slow)


TWICE = """
once = ConvolutionalLayer.forward_speedup
ConvolutionalLayer.forward_speedup = lambda self, input: (once(self, input), once(self, input))[0]
"""


def test_twice_the_work_reads_about_two(grade, solved_but, right_source):
    notebook = solved_but(conv_forward_speedup=right_source + TWICE)
    verdict = grade(notebook, "conv_forward_speedup").verdicts["conv_forward_speedup"]

    assert verdict.score == verdict.max_score
    assert 1.3 < verdict.speed.ratio < 3


def test_the_slow_code_itself_is_right_and_earns_nothing(grade, solved_but, slow_source):
    verdict = grade(solved_but(conv_forward_speedup=slow_source), "conv_forward_speedup").verdicts["conv_forward_speedup"]

    assert (verdict.score, verdict.rung) == (0, "speed")
    assert verdict.speed.ratio > verdict.speed.zero


@pytest.mark.parametrize("cheat", CHEATS)
def test_a_trick_earns_no_more_than_the_slow_code_under_it(cheat, grade, solved_but, slow_source):
    notebook = solved_but(conv_forward_speedup=cheating(slow_source, cheat))
    outcome = grade(notebook, "conv_forward_speedup", "pool_speedup")

    assert outcome.verdicts["conv_forward_speedup"].score == 0
    assert outcome.verdicts["pool_speedup"].passed, outcome.verdicts["pool_speedup"].reason
