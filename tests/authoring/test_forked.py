"""Code in a forked child: what it returns comes back, and whatever it does ends with it."""

from __future__ import annotations

import itertools
import os
import signal

import numpy as np
import pytest

from autograder.authoring.forked import MEMORY, TimeUp, in_child, seconds


def test_what_it_returns_comes_back() -> None:
    assert in_child(lambda: {"numbers": [1, 2]}, 30) == {"numbers": [1, 2]}


@pytest.mark.parametrize("end", [lambda: os._exit(3), lambda: os.kill(os.getpid(), signal.SIGKILL)])
def test_nothing_comes_from_one_that_dies(end) -> None:
    assert in_child(end, 30) is None


def test_nothing_comes_from_one_that_hangs() -> None:
    assert in_child(signal.pause, 0.1) is None


def test_memory_has_an_end() -> None:
    def swallow() -> str:
        try:
            return f"{np.ones(2 * MEMORY, np.uint8).size}"
        except MemoryError:
            return "no"

    assert in_child(swallow, 30) == "no"


def test_an_endless_loop_is_stopped_where_it_catches_every_exception() -> None:
    def endless() -> str:
        try:
            with seconds(0.05):
                while True:
                    try:
                        sum(range(1000))
                    except Exception:
                        continue
        except TimeUp:
            return "time"

    assert in_child(endless, 30) == "time"


def test_one_that_is_stopped_in_a_callback_of_pythons_own_is_stopped_after_it() -> None:
    class Slow:
        def __del__(self) -> None:
            sum(1 for _ in itertools.count())

    def endless() -> str:
        try:
            with seconds(0.05):
                Slow()
                sum(1 for _ in itertools.count())
        except TimeUp:
            return "time"

    assert in_child(endless, 30) == "time"
