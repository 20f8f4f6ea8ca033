"""The same tasks on other machines' benches: nothing lost, nothing done twice, whoever goes away meanwhile."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from pathlib import Path

import pytest

from autograder.course import CourseError
from autograder.grading.waiting import Waiting
from benchmarks import machines as cluster
from tests.scale import errands

pytestmark = [pytest.mark.slow, pytest.mark.skipif(bool(cluster.MISSING), reason=cluster.MISSING)]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A scheduler with two machines of two cores each, at level none."""
    with cluster.scheduler() as (there, _), cluster.workers(there):
        yield there


def run(address: str, function: Callable, tasks: list, isolation: str = "none", most: int = 0) -> dict:
    """Task -> result of all tasks."""
    from autograder.cluster.client import Errand, on_cluster

    errand = Errand(function=function, pack=lambda task: task, unpack=lambda _, result: result)
    return dict(on_cluster(errand, Waiting(tasks), isolation, address, most))


def test_every_task_comes_back_from_a_bench_of_the_asked_level(address: str) -> None:
    found = run(address, errands.doubled, list(range(40)))
    assert [result for result in found.values() if isinstance(result, Exception)] == []
    assert {task: result[0] for task, result in found.items()} == {n: 2 * n for n in range(40)}
    assert {level for _, level, _ in found.values()} == {"none"}
    assert len({process for *_, process in found.values()}) == 4


def test_an_error_is_a_result_and_ends_no_other_task(address: str) -> None:
    found = run(address, errands.refused, list(range(6)))
    assert [str(found[number]) for number in (1, 3, 5)] == ["1 is odd", "3 is odd", "5 is odd"]
    assert [found[number] for number in (0, 2, 4)] == [0, 2, 4]


def test_a_bench_that_is_killed_costs_its_own_task_and_comes_back(address: str) -> None:
    found = run(address, errands.killed, list(range(12)))
    assert isinstance(found.pop(1), BrokenProcessPool)
    assert found == {number: number for number in range(12) if number != 1}
    assert len({process for *_, process in run(address, errands.doubled, list(range(40))).values()}) == 4


def test_tasks_may_be_added_while_results_are_taken(address: str) -> None:
    from autograder.cluster.client import Errand, on_cluster

    tasks, found = Waiting([1, 2]), []
    errand = Errand(function=errands.slowly, pack=lambda task: task, unpack=lambda _, result: result)
    for task, result in on_cluster(errand, tasks, "none", address):
        found.append(result)
        if task < 5:
            tasks.put(task + 10)
    assert sorted(found) == [2, 4, 22, 24]


def test_one_by_one_means_one_at_a_time(address: str) -> None:
    started = time.monotonic()
    run(address, errands.slowly, list(range(5)), most=1)
    assert time.monotonic() - started >= 5 * 0.2


def test_what_is_not_taken_any_more_leaves_the_workers_free(address: str) -> None:
    from autograder.cluster.client import Errand, on_cluster

    errand = Errand(function=errands.slowly, pack=lambda task: task, unpack=lambda _, result: result)
    with closing(on_cluster(errand, Waiting(range(100)), "none", address)) as results:
        next(results)
    assert run(address, errands.slowly, [7]) == {7: 14}


def test_a_machine_that_dies_gives_its_tasks_to_the_others(tmp_path: Path) -> None:
    file = tmp_path / "done"
    tasks = [(str(file), number) for number in range(20)]
    with cluster.scheduler() as (address, _), cluster.workers(address) as (one, _):
        from autograder.cluster.client import Errand, on_cluster

        errand = Errand(function=errands.signed, pack=lambda task: task, unpack=lambda _, result: result)
        found = []
        for _, result in on_cluster(errand, Waiting(tasks), "none", address):
            found.append(result)
            if len(found) == 4:
                one.kill()
    assert sorted(found) == list(range(20))
    done = Counter(file.read_text().split())
    assert set(done) == {str(number) for number in range(20)}
    assert sum(done.values()) <= 20 + 4  # what its two cores had, and no more, is done again


def test_a_machine_that_dies_leaves_no_folder(tmp_path: Path) -> None:
    from autograder.cluster.client import Errand, on_cluster

    errand = Errand(function=errands.held, pack=lambda task: task, unpack=lambda _, result: result)
    with cluster.scheduler() as (address, _):
        asked = ["worker", address, "--workers", 1, "--isolation", "none"]
        with cluster.ended(cluster.Started(*asked, TMPDIR=str(tmp_path))) as one:
            one.said("at work")
            with closing(on_cluster(errand, Waiting([0.0, 600.0]), "none", address)) as results:
                assert next(results) == (0.0, None)
                within(lambda: any(tmp_path.glob("aics-parcel-*")))
                one.kill()
                within(lambda: not any(tmp_path.glob("aics-*")))


def within(there: Callable[[], bool]) -> None:
    """Wait for something that must come."""
    ends = time.monotonic() + cluster.PATIENCE
    while not there():
        assert time.monotonic() < ends
        time.sleep(0.05)


def test_a_scheduler_that_is_started_again_loses_nothing(tmp_path: Path) -> None:
    from autograder.cluster.client import Errand, on_cluster

    file, port, found = tmp_path / "done", cluster.free_port(), []
    errand = Errand(function=errands.signed, pack=lambda task: task, unpack=lambda _, result: result)
    tasks = Waiting((str(file), number) for number in range(20))
    first = cluster.Started("scheduler", "--port", port)
    address = first.said(r"tcp://[\d.]+:\d+")
    with cluster.ended(first), cluster.workers(address) as (one, _):
        for _, result in on_cluster(errand, tasks, "none", address):
            found.append(result)
            if len(found) == 4:
                first.kill()
                one.said("is gone")
                second = cluster.Started("scheduler", "--port", port)
        second.end()
    assert sorted(found) == list(range(20))


@pytest.mark.parametrize("most", [0, 1], ids=["all at once", "one by one"])
def test_machines_that_all_die_are_said_and_not_waited_for_without_end(
    monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr("autograder.cluster.client.PATIENCE", 2.0)
    with cluster.scheduler() as (address, _), cluster.workers(address, 1, 1) as (only,):
        only.kill()
        with pytest.raises(CourseError, match="there is none"):
            run(address, errands.slowly, [1], most=most)


def test_a_task_of_which_every_machine_dies_is_given_up() -> None:
    with cluster.scheduler() as (address, _), cluster.workers(address, 5, 1):
        (found,) = run(address, errands.fatal, [1]).values()
    assert isinstance(found, BrokenProcessPool)


def told(address: str, isolation: str = "none") -> str:
    """The one line of a cluster that cannot be used."""
    with pytest.raises(CourseError) as raised:
        run(address, errands.doubled, [1], isolation)
    assert "\n" not in str(raised.value)
    return str(raised.value)


def test_workers_below_the_asked_level_get_no_work(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autograder.cluster.client.PATIENCE", 2.0)
    assert "there are 4, and they have at most level none" in told(address, "strict")


def test_workers_by_other_rules_get_no_work(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autograder.cluster.client.PATIENCE", 2.0)
    monkeypatch.setattr("autograder.cluster.rules.rules", lambda: "another")
    assert "other rules, so another version, or other packages" in told(address)


def test_a_scheduler_without_workers_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autograder.cluster.client.PATIENCE", 2.0)
    with cluster.scheduler() as (address, _):
        assert "there is none" in told(address)


def test_nobody_at_an_address_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autograder.cluster.client.CONNECT", 2.0)
    assert "No scheduler answers at" in told(f"tcp://127.0.0.1:{cluster.free_port()}")


@pytest.mark.parametrize("address", ["nonsense://here:1", "tcp://127.0.0.1:port"])
def test_what_is_no_address_is_said(address: str) -> None:
    assert "is no scheduler's address" in told(address)


def test_a_level_that_is_none_is_said() -> None:
    started = cluster.Started("worker", "tcp://127.0.0.1:1", "--isolation", "nonsense")
    assert started.process.wait(cluster.PATIENCE) == 2
    assert "'nonsense' is none of strict, reduced, none" in started.log.read_text()
    started.end()


def test_a_port_that_is_taken_is_one_line() -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        started = cluster.Started("scheduler", "--port", taken.getsockname()[1])
        assert started.process.wait(cluster.PATIENCE) == 2
    assert [line for line in started.log.read_text().splitlines() if "Name another --port" not in line] == []
    started.end()


def test_a_worker_that_finds_no_scheduler_says_so() -> None:
    started = cluster.Started("worker", "tcp://127.0.0.1:port", "--isolation", "none")
    assert started.process.wait(cluster.PATIENCE) == 2
    level, line = started.log.read_text().splitlines()
    assert "isolation level none" in level
    assert "is no scheduler's address" in line
    started.end()
