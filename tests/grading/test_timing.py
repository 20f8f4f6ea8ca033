"""Speed: the published curve, readings of known work, and what a reading asks of the machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aics.check.messages import say
from aics.check.rules import SpeedLimits
from autograder.grading.reading import Reading
from benchmarks.crowd import crowd

from .conftest import LAB

pytestmark = pytest.mark.usefixtures("anything_allowed")
LIMITS = SpeedLimits(full=10, zero=40)


@pytest.mark.parametrize(
    ("ratio", "share"),
    [(0, 1), (0.5, 1), (10, 1), (20, 0.5), (10 * 2**0.5, 0.75), (40, 0), (41, 0), (np.inf, 0), (np.nan, 0)],
)
def test_the_curve_falls_by_the_same_for_each_doubling(ratio, share):
    assert LIMITS.share(ratio) == pytest.approx(share, abs=1e-12)


@settings(deadline=None)
@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_the_curve_never_rises_and_stays_within_bounds(one, other):
    quick, slow = sorted((one, other))

    assert 0 <= LIMITS.share(slow) <= LIMITS.share(quick) <= 1


@pytest.mark.parametrize("question", [q for q in LAB.questions.values() if q.speed], ids=lambda q: q.name)
def test_every_published_curve_has_room_between_its_ends(question):
    assert question.speed.limits.zero >= 2 * question.speed.limits.full > 2


@pytest.fixture
def others() -> Iterator[Callable[[int], object]]:
    """Return ``others(count)``: keep this machine busy with so many endless loops until the test ends."""
    with ExitStack() as stack:
        yield lambda count: stack.enter_context(crowd(count))


@pytest.fixture(scope="module")
def right_source(solution):
    return next(
        cell.source
        for cell in solution.cells
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "conv_forward_speedup_code"
    )


@pytest.fixture(scope="module")
def slow_source():
    return next(v.source for v in LAB.misconceptions if v.question == "conv_forward_speedup" and v.slow)


REPEATED = """
once = ConvolutionalLayer.forward_speedup
ConvolutionalLayer.forward_speedup = lambda self, input: [once(self, input) for _ in range({})][0]
"""


@pytest.mark.timed
@pytest.mark.parametrize(("times", "low", "high"), [(1, 0.5, 2), (2, 1.2, 4), (8, 4, 16)])
def test_work_that_is_repeated_reads_about_so_many_times(times, low, high, grade, solved_but, right_source):
    notebook = solved_but(conv_forward_speedup=right_source + REPEATED.format(times))
    verdict = grade(notebook, "conv_forward_speedup").verdicts["conv_forward_speedup"]

    assert verdict.score == verdict.max_score
    assert verdict.untimed or low < verdict.speed.ratio < high


@pytest.mark.timed
def test_right_code_loses_nothing_beside_other_work(grade, solution, others):
    others(8)
    for verdict in grade(solution, "conv_forward_speedup", "pool_speedup").verdicts.values():
        assert verdict.passed
        assert verdict.untimed or verdict.speed.ratio < verdict.speed.full / 2


@pytest.mark.timed
def test_slow_code_gains_nothing_beside_other_work(grade, solved_but, slow_source, others):
    others(8)
    verdict = grade(solved_but(conv_forward_speedup=slow_source), "conv_forward_speedup").verdicts[
        "conv_forward_speedup"
    ]

    assert verdict.untimed or (verdict.score, verdict.rung) == (0, "speed")


def test_where_the_reference_differs_from_itself_no_points_are_taken(grade, solution, monkeypatch):
    monkeypatch.setattr(Reading, "stands", lambda _self, _limits: False)
    verdict = grade(solution, "pool_speedup").verdicts["pool_speedup"]

    assert (verdict.score, verdict.untimed, verdict.speed) == (verdict.max_score, True, None)
    assert "Not timed" in verdict.notes[0]


def test_where_the_kernel_keeps_no_books_of_waiting_the_verdict_says_so(grade, solution, monkeypatch):
    monkeypatch.setattr("autograder.grading.attempt.waiting_is_known", lambda: False)
    verdict = grade(solution, "pool_speedup").verdicts["pool_speedup"]

    assert verdict.untimed or verdict.notes == (say("cpu_only"),)


@pytest.mark.timed
def test_an_honest_hand_in_reads_like_the_reference(grade, solution, remark):
    verdict = grade(solution, "conv_forward_speedup").verdicts["conv_forward_speedup"]

    assert verdict.rung in ("", "speed")
    if verdict.score < verdict.max_score:
        remark(f"an honest conv_forward_speedup reads {verdict.speed.ratio:.2f} times as long as itself.")


@pytest.fixture
def quiet(monkeypatch):
    """A machine on which every reading stands."""
    monkeypatch.setattr(Reading, "stands", lambda _self, _limits: True)


@pytest.mark.usefixtures("quiet")
def test_a_reference_that_is_gone_is_started_again(bench, grade, solution):
    bench.reference(LAB).kernel.kill()
    verdict = grade(solution, "pool_speedup").verdicts["pool_speedup"]

    assert verdict.rung in ("", "speed")
    assert verdict.speed is not None


@pytest.mark.usefixtures("quiet")
def test_a_reference_that_falls_silent_is_no_fault_of_the_students(bench, grade, solution, monkeypatch):
    drawn = LAB.questions["pool_speedup"].speed.case
    reference = bench.reference(LAB)
    left = iter([reference.kernel.kill])

    def draw(rng):
        next(left, lambda: None)()
        return drawn(rng)

    monkeypatch.setitem(LAB.questions, "pool_speedup", replace(LAB.questions["pool_speedup"], speed=_speed(draw)))
    verdict = grade(solution, "pool_speedup").verdicts["pool_speedup"]

    assert verdict.rung in ("", "speed")
    assert verdict.speed is not None
    assert bench.reference(LAB) is not reference


def _speed(case):
    return replace(LAB.questions["pool_speedup"].speed, case=case)
