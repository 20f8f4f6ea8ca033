"""Tasks are made when a worker is about to be free, and those that need none are told in between."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from autograder.grading.pool import as_they_come, on_benches
from autograder.grading.waiting import Waiting
from tests.scale import errands


def test_what_is_put_in_front_comes_first_and_the_rest_in_its_order():
    waiting = Waiting([1, 2], iter([3, None, 4]))
    taken = [waiting.take(), waiting.take()]
    waiting.put(0)
    while waiting:
        taken.append(waiting.take())
    assert taken == [1, 2, 0, 3, None, 4, None]


@pytest.mark.slow
def test_no_more_tasks_are_made_than_workers_have_in_hand_and_one():
    made: list[int] = []

    def source() -> Iterator[int | None]:
        for number in range(12):
            made.append(number)
            yield number if number % 2 else None

    came: list[int] = []
    passed = 0
    for done in as_they_come(errands.doubled, Waiting(source=source()), "none", 1):
        passed += done is None
        came += [done[1][0]] if done else []
        assert len([number for number in made if number % 2]) <= len(came) + 2
    assert sorted(came) == [2 * number for number in range(12) if number % 2]
    assert passed == 6 + 1  # and one at the end


@pytest.mark.slow
def test_a_worker_computes_on_one_thread():
    (found,) = [result for _, result in on_benches(errands.threads, [1], "none", 1)]
    assert found == {1}
