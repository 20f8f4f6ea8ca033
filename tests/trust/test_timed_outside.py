"""A stopwatch beside a student's code measures what that code likes; the grader's stands outside."""

from __future__ import annotations

import pytest

from autograder.attacks import Exhibit, attempts

from .handins import graded, lab_named, steps
from .stock import COMPARED

pytestmark = pytest.mark.timed
EXHIBITS = attempts("timed_outside").values()
NAME = "conv_forward_speedup"
SLOW = Exhibit(name="slow", guard="timed_outside", source="", asked=(NAME,), cell=NAME)
#: Public cases are judged; then one input of the timed size is computed again and again, by the process's own clock.
STOPWATCH = (
    COMPARED.replace("{equal}", "np.allclose(np.asarray(_answer[_output]), _value, rtol=1e-3, atol=1e-3)")
    + """
import time as _time
_rng = np.random.default_rng(0)
_x = _rng.normal(size=(5, 24, 22, 26)).astype(np.float32)
_weight = _rng.normal(size=(24, 3, 3, 16)).astype(np.float32)
_bias = _rng.normal(size=16).astype(np.float32)
_seconds = []
for _ in range(4):
    _begin = _time.process_time()
    _ask(ConvolutionalLayer, x=_x, weight=_weight, bias=_bias, stride=1, padding=1)
    _seconds.append(_time.process_time() - _begin)
print("seconds", min(_seconds))
"""
)


def seconds_inside(bench, exhibit):
    """What the stopwatch beside the code reads."""
    lab = lab_named(exhibit.lab)
    bench.fresh_student(lab)
    for step in steps(exhibit):
        source = STOPWATCH.format(lab=lab.name, question=step.question) if step.question else step.source
        done = bench.student.kernel.execute(source, 30)
    said = "".join(str(output.get("text", "")) for output in done.outputs)
    bench.end_student()
    assert "seconds" in said, done.evalue
    return float(said.split()[-1])


@pytest.fixture(scope="module")
def slow_seconds(bench):
    return seconds_inside(bench, SLOW)


@pytest.mark.parametrize("exhibit", EXHIBITS, ids=str)
def test_succeeds_by_a_stopwatch_beside_it(exhibit, bench, slow_seconds):
    assert seconds_inside(bench, exhibit) < slow_seconds / 2


@pytest.mark.parametrize("exhibit", EXHIBITS, ids=str)
def test_gains_nothing_from_the_grader(exhibit, bench):
    verdict = graded(bench, exhibit).verdicts[NAME]

    assert (verdict.score, verdict.passed) == (0, False)


def test_the_slow_code_without_a_trick_is_right_and_too_slow(bench):
    verdict = graded(bench, SLOW).verdicts[NAME]

    assert (verdict.score, verdict.rung) == (0, "speed")
