"""What a hand-in works while the reference is timed; where it stands still, nobody can make a machine look too busy."""

from __future__ import annotations

from signal import SIGSTOP

import pytest

from autograder.attacks import attempts
from autograder.grading.timing import _Duel
from autograder.sandbox import SandboxKernel, launched, processes

from .handins import graded

pytestmark = pytest.mark.timed
EXHIBITS = attempts("taking_turns").values()
NAME = "conv_forward_speedup"
#: Those that go on although they were told to stop; the others need a grader that tells nobody.
TOLD = ("long_call", "large_copies", "woken_by_a_timer")


@pytest.fixture
def meanwhile(monkeypatch):
    """A list of the seconds that the student's sandbox works in each of the reference's turns."""
    ask, worked = _Duel._timed, []

    def timed(duel, side, call):
        before = duel._student.kernel.spent()
        try:
            return ask(duel, side, call)
        finally:
            if side is duel._reference:
                worked.append((duel._student.kernel.spent() - before).cpu)

    monkeypatch.setattr(_Duel, "_timed", timed)
    return worked


@pytest.fixture
def without_turns(exhibit, monkeypatch):
    """A grader that signals and waits for nobody, or does not even signal."""

    def signalled(kernel):
        processes.signal_all(kernel.root_pid, SIGSTOP)

    monkeypatch.setattr(launched, "LEFT_OPEN", ["timer_create"])
    monkeypatch.setattr(SandboxKernel, "pause", signalled if exhibit.name in TOLD else lambda _kernel: None)
    monkeypatch.setattr(SandboxKernel, "end_others", lambda _kernel: None)


@pytest.mark.usefixtures("without_turns")
@pytest.mark.parametrize("exhibit", EXHIBITS, ids=str)
def test_succeeds_where_nobody_waits_for_it_to_stop(exhibit, bench, meanwhile):
    graded(bench, exhibit)

    assert sum(meanwhile) > 0.005


@pytest.mark.parametrize("exhibit", EXHIBITS, ids=str)
def test_gains_nothing_from_the_grader(exhibit, bench, meanwhile):
    verdict = graded(bench, exhibit).verdicts[NAME]

    assert (verdict.score, verdict.passed, verdict.untimed) == (0, False, False)
    assert sum(meanwhile) < 0.001
