"""The time that making a graded notebook and a page may take: work counts, and waiting for a core does not."""

from __future__ import annotations

import itertools
import signal
import time

import pytest

from autograder.gradebook import made
from autograder.gradebook.interrupts import TooLong
from autograder.gradebook.made import at_most

SIGNALS = (signal.SIGPROF, signal.SIGALRM)


def test_a_process_that_has_no_core_is_not_stopped():
    with at_most(0.1):
        time.sleep(0.3)


def test_one_that_works_longer_is_stopped():
    with pytest.raises(TooLong, match=r"took longer than 0\.1 seconds"), at_most(0.1):
        sum(1 for _ in itertools.count())


def test_one_that_never_comes_to_an_end_is_stopped_too(monkeypatch):
    monkeypatch.setattr(made, "WIDE", 2)
    with pytest.raises(TooLong, match=r"took longer than 0\.1 seconds"), at_most(0.1):
        time.sleep(100)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_one_that_is_stopped_in_a_callback_of_pythons_own_is_stopped_after_it(monkeypatch):
    class Slow:
        def __del__(self) -> None:
            time.sleep(100)

    def work() -> None:
        Slow()
        time.sleep(100)

    monkeypatch.setattr(made, "WIDE", 2)
    with pytest.raises(TooLong, match=r"took longer than 0\.1 seconds"), at_most(0.1):
        work()


def test_nothing_of_it_is_left():
    before = [signal.getsignal(number) for number in SIGNALS]
    with at_most(0.05):
        pass
    time.sleep(0.1)

    assert [signal.getsignal(number) for number in SIGNALS] == before
