"""The picture of the simulated course is drawn from what was kept, and its page shows it."""

from __future__ import annotations

from autograder.course import ROOT
from benchmarks.outcomes import read_kept
from benchmarks.simulation import ROUGH, SIZES, STEADY, Costs, scenarios, simulated
from docs.make import cluster

PAGE = (ROOT / "docs" / "cluster.md").read_text("utf-8")


def test_the_picture_is_what_is_drawn_now() -> None:
    assert cluster.TO.read_text("utf-8") == cluster.picture(read_kept())


def test_the_page_shows_the_picture() -> None:
    assert f"]({cluster.TO.name})" in PAGE


def test_the_picture_has_a_point_for_each_number_of_workers() -> None:
    found = read_kept()
    for kind in (STEADY, ROUGH):
        assert [row["workers"] for row in found["simulated"] if row["cluster"] == kind] == [*SIZES]


def test_the_kept_simulation_is_what_its_seconds_give_now() -> None:
    found = read_kept()
    (name, cluster_), *_ = scenarios(found["class"]["seed"])
    came = simulated(Costs(**found["costs"]), found["course"], cluster_)
    row = found["simulated"][0]
    assert (row["cluster"], row["makespan"], row["written"]) == (name, came.makespan, came.written)
