"""The simulated cluster obeys what is known without it: sums, bounds, and that nothing is lost or done twice."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import pytest

from benchmarks import machines
from benchmarks.simulation import EACH, HOUR, Cluster, Costs, Simulation, course, simulated

COSTS = Costs(workers={"one": [(2.0, 0.5), (3.0, 0.5)], "two": [(8.0, 1.0)]}, reading=0.01, turn=0.01, result=0.02)
STUDENTS = 200
#: Sums of many seconds are rounded.
ROUNDED = 1 + 1e-9
#: So short that each of a few workers dies many times.
LIVES = 100 / HOUR


def seconds(cluster: Cluster, costs: Costs = COSTS, students: int = STUDENTS) -> float:
    """From the first hand-in that is sent to the last that is written."""
    came = simulated(costs, students, cluster)
    return (came.makespan - came.reading) * HOUR


def work(costs: Costs = COSTS) -> float:
    """A worker's seconds for all hand-ins."""
    return sum(sum(hand_in.visits) for hand_in in course(costs, STUDENTS, 0))


def test_one_worker_takes_the_sum_and_the_last_page_is_written():
    assert seconds(Cluster(workers=1), replace(COSTS, turn=0.0, result=0.0)) == pytest.approx(work())
    assert seconds(Cluster(workers=1)) == pytest.approx(work() + COSTS.turn + COSTS.result, abs=2 * COSTS.result)


def test_a_slow_worker_takes_so_many_times_as_long():
    free = replace(COSTS, turn=0.0, result=0.0)
    assert seconds(Cluster(workers=1, slow=1.0, slowness=3.0), free) == pytest.approx(3 * work(free))


def test_equal_hand_ins_take_equal_turns():
    costs = Costs(workers={"one": [(2.0, 1.0)]}, reading=0.0, turn=0.0, result=0.0)
    assert seconds(Cluster(workers=10), costs) == pytest.approx(STUDENTS / 10 * 3.0)


def test_with_many_workers_the_writer_decides():
    least = 2 * STUDENTS * (COSTS.turn + 2 * COSTS.result)
    taken = seconds(Cluster(workers=1000))
    assert least <= ROUNDED * taken < least + 3 * max(map(sum, COSTS.workers["two"]))
    assert simulated(COSTS, STUDENTS, Cluster(workers=1000)).writer == pytest.approx(least / taken)


@pytest.mark.parametrize("workers", [2, 7, 64, 300])
def test_the_makespan_is_between_the_bounds_of_every_list_schedule(workers: int):
    writing, longest = 2 * STUDENTS * (COSTS.turn + 2 * COSTS.result), 9.0
    taken = seconds(Cluster(workers=workers))
    assert max(work() / workers, writing) <= ROUNDED * taken <= work() / workers + writing + longest


def test_the_writer_is_full_where_its_costs_say():
    costs = replace(COSTS, workers={"two": COSTS.workers["two"]})
    assert costs.full("two") == pytest.approx(9.0 / 0.05)
    loads = [simulated(costs, 20_000, Cluster(workers=int(180 * part))).writer for part in (0.5, 2.0)]
    assert loads == pytest.approx([0.5, 1.0], abs=0.05)


def test_reading_comes_first_and_no_worker_makes_it_faster():
    for workers in (1, 100):
        assert simulated(COSTS, STUDENTS, Cluster(workers=workers)).reading * HOUR == pytest.approx(2 * STUDENTS * 0.01)


@pytest.mark.parametrize("lives", [inf, LIVES])
@pytest.mark.parametrize("workers", [1, 5, 300])
def test_each_hand_in_is_written_once(workers: int, lives: float):
    hand_ins = course(COSTS, STUDENTS, 0)
    came = Simulation(hand_ins, COSTS, Cluster(workers=workers, slow=0.2, lives=lives, away=10 / HOUR)).run()
    assert came.written == len(hand_ins) == 2 * STUDENTS
    assert {(hand_in.visit, hand_in.written) for hand_in in hand_ins} == {(2, 1)}
    assert (came.again > 0) == (lives < inf)


def test_deaths_cost_what_is_done_again_and_the_time_away():
    cluster = Cluster(workers=5, away=10 / HOUR)
    whole, dying = (simulated(COSTS, STUDENTS, replace(cluster, lives=lives)) for lives in (inf, LIVES))
    assert dying.makespan > whole.makespan
    visits = [visit for hand_in in course(COSTS, STUDENTS, 0) for visit in hand_in.visits]
    lost = sum(visit**2 for visit in visits) / sum(visits) / 2  # half of what a death finds, which is a long one rather
    there = LIVES / (LIVES + cluster.away) * cluster.workers
    assert dying.makespan * HOUR * there == pytest.approx(sum(visits) + dying.again * lost, rel=0.1)


def test_a_seed_says_what_happens():
    cluster = Cluster(workers=5, slow=0.2, lives=LIVES, seed=1)
    assert simulated(COSTS, STUDENTS, cluster) == simulated(COSTS, STUDENTS, cluster)
    assert simulated(COSTS, STUDENTS, cluster) != simulated(COSTS, STUDENTS, replace(cluster, seed=2))


@pytest.mark.skipif(bool(machines.MISSING), reason=machines.MISSING)
def test_as_many_are_under_way_as_on_a_real_cluster():
    from autograder.cluster import client

    assert EACH == client.EACH
