"""A class on a cluster of this machine's own processes, and a course on a larger one, simulated from what that costs.

    python benchmarks/cluster.py [LAB ...] [--students 4] [--workers 4] [--stopped 10] [--seed 0]
                                 [--kept benchmarks/cluster.json]
    python benchmarks/cluster.py --simulated [--course 30000] --kept benchmarks/cluster.json

A class made from the bank is graded three times, values only: here with one worker; by `autograder scheduler` and so
many `autograder worker` on loopback; and so again, where one worker is killed in the middle of a hand-in, and another
is stopped for some seconds. The exit status is 1 where a hand-in is lost or written twice, or a verdict is another one.

The simulation takes its seconds from there, of the CPU: a worker's for each hand-in, and the command's to repair and
place one when its turn comes, from the first grading; the command's for each result of a worker from the second; what
it takes to read one, from a larger class that is only read. What is done once is paid by nobody: a worker's first
hand-in of a lab is left out, what one student's hand-ins cost the command is taken off, and results count from the
first to the last. What the simulation leaves out, benchmarks/simulation.py says. With --simulated it is run anew with
the seconds that a file has kept.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from crowd import processor
from loopback import FEW, School
from machines import MISSING
from outcomes import Graded, costs_table, differing, keep, read_kept, row, runs_table, simulated_table
from rich.console import Console
from simulation import Costs, scenarios, simulated

from autograder.course import CourseError, labs

WIDTH = 150
TROUBLE = "and one killed, one stopped for {:g} s"


def graded(school: School, workers: int, stopped: float) -> dict[str, Graded]:
    """Grade the class in each way, and `FEW`: the first student's hand-ins, as the first way."""
    school.prepare()
    found = {FEW: school.here("one student", FEW)}
    found["here, one worker"] = school.here("here, one worker")
    for name, pause in ((f"{workers} workers on loopback", 0.0), (TROUBLE.format(stopped), stopped)):
        with school.cluster(workers) as cluster:
            found[name] = school.there(name, cluster, pause)
    return found


def costs(few: Graded, here: Graded, there: Graded, reading: float) -> Costs:
    """The seconds that the simulation needs."""
    more = len(here.placed) - len(few.placed)
    return Costs(
        workers={lab: measured[1:] for lab, measured in here.workers.items()},
        reading=round(reading, 4),
        turn=round((here.turns - few.turns) / more, 4),
        result=round(there.result, 4),
    )


def simulations(seconds: Costs, students: int, seed: int, console: Console) -> list[dict[str, Any]]:
    """A line of the last table for each cluster."""
    found = []
    for name, cluster in scenarios(seed):
        with console.status(f"simulating {cluster.workers} workers, {name}"):
            came = simulated(seconds, students, cluster)
        found.append({"cluster": name, "workers": cluster.workers, **asdict(came)})
    return found


def outcome(asked: argparse.Namespace, console: Console) -> dict[str, Any]:
    """Grade the class, and note what came of it."""
    chosen, before = labs(asked.labs), os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as scratch, console.status("") as status:
        Path(scratch).chmod(0o755)  # sandboxes may be another user's
        school = School(Path(scratch), chosen, asked.students, asked.seed, status.update)
        found = graded(school, asked.workers, asked.stopped)
        reading = school.reading()
    failed = [line for came in found.values() for line in came.failed]
    if failed:
        raise SystemExit("\n".join(["Could not be graded:", *failed]))
    few, here, there, _ = found.values()
    for name, came in found.items():
        for line in differing(came, here) if name != FEW else []:
            console.print(f"{name}: {line}", markup=False, soft_wrap=True)
    rows = [row(name, came, here, school.hand_ins) for name, came in found.items() if name != FEW]
    about = {"students": asked.students, "labs": len(chosen), "seed": asked.seed, "load": round(before, 1)}
    return {"processor": processor(), "class": about, "runs": rows, "costs": asdict(costs(few, here, there, reading))}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labs", nargs="*", help="of the class: all labs if none is named")
    parser.add_argument("--students", type=int, default=4, help="of the class: each hands every lab in; at least 2")
    parser.add_argument("--workers", type=int, default=4, help="on loopback; at least 2")
    parser.add_argument("--stopped", type=float, default=10.0, help="seconds for which one of them is stopped")
    parser.add_argument("--seed", type=int, default=0, help="of the class, and of the simulation")
    parser.add_argument("--kept", type=Path, help="keep all that came of it in this file")
    parser.add_argument("--simulated", action="store_true", help="only simulate, from the seconds in --kept")
    parser.add_argument("--course", type=int, default=30_000, help="students of the simulated course")
    asked, console = parser.parse_args(), Console(width=max(Console().width, WIDTH))
    if min(asked.students, asked.workers) < 2 or (asked.simulated and not asked.kept):
        parser.error("expected at least 2 students and 2 workers, and --kept with --simulated")
    if MISSING and not asked.simulated:
        parser.error(MISSING)
    try:
        found = read_kept(asked.kept) if asked.simulated else outcome(asked, console)
    except CourseError as error:
        parser.error(str(error))
    seconds = Costs(**found["costs"])
    found |= {"course": asked.course, "full": {lab: seconds.full(lab) for lab in seconds.workers}}
    console.print(runs_table(found))
    console.print(costs_table(found))
    found["simulated"] = simulations(seconds, asked.course, found["class"]["seed"], console)
    console.print(simulated_table(found))
    if asked.kept:
        keep(asked.kept, found)
    raise SystemExit(any(line[what] for line in found["runs"] for what in ("lost", "twice", "changed")))


if __name__ == "__main__":
    main()
