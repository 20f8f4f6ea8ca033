"""LeNet-300-100 on full MNIST with 10, 5, 2 and 1 % of its weights, by lab 6's functions, beside the published table.

    .venv/bin/python benchmarks/sparse_momentum.py [--epochs 100] [--seeds 2] [--densities 1 0.1 0.05 0.02 0.01]
        [--processes 2] [--checkpoints build/sparse_momentum] [--fresh] [--json data/sparse_momentum.json]

T. Dettmers, L. Zettlemoyer, Sparse Networks from Scratch: Faster Training without Losing Performance, 2019. A random
share of each layer's weights is active at first. After each epoch the smallest of a layer's active weights go, and as
many come back where the momentum is largest. Batches of 100, momentum, a step length that falls to a tenth twice,
weight decay. Accuracy is that on the 10,000 test digits after the last epoch, not the best on the way.

Each run writes a checkpoint after each epoch: a benchmark that was killed goes on where it was, to the same numbers.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import queue
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import mean, stdev
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

if TYPE_CHECKING:
    from aics.notebook.training import Training

LAB = "lab6_mixed_sparse"
#: Per cent of right answers by share of weights kept, in the paper.
PUBLISHED = {1.0: 98.69, 0.1: 98.67, 0.05: 98.53, 0.02: 98.20, 0.01: 97.53}
#: Points that we may differ by.
GATE = 0.5


@dataclass(frozen=True)
class Job:
    """One run, and all that its result depends on."""

    density: float
    seed: int
    epochs: int
    batch: int = 100
    lr: float = 0.1
    momentum: float = 0.9
    decay: float = 5e-4
    prune_rate: float = 0.5

    def lr_of(self, epoch: int) -> float:
        """The step length: a tenth after each 5/12 of all epochs, as in 25,000 of 60,000 steps."""
        return self.lr * 0.1 ** (12 * epoch // (5 * self.epochs))

    def file(self, folder: Path) -> Path:
        return folder / f"kept{100 * self.density:g}-seed{self.seed}-epochs{self.epochs}.run"


def training(job: Job, names: dict, path: Path) -> Training:
    """The run of a job by the lab's functions: a new one, or what the checkpoint has of it."""
    import numpy as np

    from aics.notebook.training import Training

    net = names["lenet_300_100"]()
    (pictures, labels), (tests, answers) = (names["digits"](split) for split in ("train", "test"))

    def step(state, x, label):
        return names["sparse_step"](net, state, x, label, state["lr"], job.momentum, job.decay)

    def after_epoch(state, epoch):
        if state["masks"]:  # a dense network has none
            state = names["after_epoch"](state, epoch, job.epochs, job.prune_rate)
        return {**state, "lr": job.lr_of(epoch + 1)}

    def measure(state):
        net.load(state["params"])
        density = {f"density/{name.partition('/')[0]}": float(mask.mean()) for name, mask in state["masks"].items()}
        return {"accuracy": float(np.mean(net.forward(tests).argmax(axis=1) == answers)), **density}

    ways = {"after_epoch": after_epoch, "measure": measure}
    if path.exists():
        return Training.load(path, step, pictures, labels, batch=job.batch, **ways)
    rng = np.random.default_rng(job.seed)
    params = names["first_params"](net, rng)
    state = names["begin_sparse"](params, job.density, rng) | {"lr": job.lr_of(0)}
    if job.density == 1:
        state["masks"] = {}
    return Training(step, state, pictures, labels, batch=job.batch, seed=job.seed, **ways)


def prepare(said: queue.Queue) -> None:
    """Begin a process: the lab's functions, and where to say how far a run is."""
    global NAMES, SAY
    from autograder.authoring.namespace import run_cells, solution_cells
    from autograder.authoring.start import working_folder
    from autograder.course import Lab

    with working_folder(Lab(LAB)) as folder:
        NAMES, SAY = run_cells(solution_cells(Lab(LAB)), beside=folder), said.put


def run(job: Job, folder: Path) -> dict:
    """Do a job in such a process, from its checkpoint on; what it came to."""
    path = job.file(folder)
    going, saved = training(job, NAMES, path), -1
    for frame in going.frames(job.epochs, every=0.5):
        SAY((job, frame.step, frame.steps_per_epoch * job.epochs))
        if frame.epoch > saved:
            frame.save(path)
            saved = frame.epoch
    masks = going.state["masks"]
    kept = sum(int(mask.sum()) for mask in masks.values())
    whole = {name: rows[-1] for name, rows in going.measured.items()}
    return {
        "seed": job.seed,
        "accuracy": round(100 * whole["accuracy"], 2),
        "weights": kept or sum(array.size for name, array in going.state["params"].items() if "weight" in name),
        "density": {name.partition("/")[2]: round(value, 4) for name, value in whole.items() if "/" in name},
    }


def done(jobs: list[Job], processes: int, folder: Path, console: Console) -> list[dict]:
    """Do all jobs, under a bar with the time that is left."""
    context = multiprocessing.get_context("spawn")
    os.environ |= dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    columns = TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), TimeRemainingColumn()
    steps = dict.fromkeys(jobs, 0)
    with (
        context.Manager() as manager,
        Progress(*columns, console=console, speed_estimate_period=120) as bars,
        ProcessPoolExecutor(processes, context, prepare, (said := manager.Queue(),)) as pool,
    ):
        futures = [pool.submit(run, job, folder) for job in jobs]
        bar = bars.add_task("", total=None)
        try:
            while any(not future.done() for future in futures):
                try:
                    job, steps[job], whole = said.get(timeout=1)
                    bars.update(bar, total=whole * len(jobs), completed=sum(steps.values()))
                except queue.Empty:
                    pass
                bars.update(bar, description=f"{sum(future.done() for future in futures)} of {len(jobs)} runs")
            return [future.result() for future in futures]
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def rows(jobs: list[Job], results: list[dict]) -> list[dict]:
    """A row for each density: all seeds, their mean, and how far it is from the published number."""
    found = []
    for density in dict.fromkeys(job.density for job in jobs):
        runs = [result for job, result in zip(jobs, results, strict=True) if job.density == density]
        ours, published = mean(one["accuracy"] for one in runs), PUBLISHED.get(density)
        row = {"kept": density, "weights": runs[0]["weights"], "accuracy": round(ours, 2), "published": published}
        if published is not None:
            row["difference"] = round(ours - published, 2)
        found.append(row | {"runs": [{k: v for k, v in one.items() if k != "weights"} for one in runs]})
    return found


def table(found: list[dict], title: str) -> Table:
    """The rows to look at."""
    shown = Table("kept", "weights", "ours, %", "published, %", "difference", f"within {GATE}?", title=title)
    for row in found:
        each = [one["accuracy"] for one in row["runs"]]
        ours = f"{row['accuracy']:.2f}" + (f" ± {stdev(each):.2f}" if len(each) > 1 else "")
        beside = ["-", "-", "-"]
        if row["published"] is not None:
            near = "yes" if abs(row["difference"]) <= GATE else "no"
            beside = [f"{row['published']:.2f}", f"{row['difference']:+.2f}", near]
        shown.add_row(f"{100 * row['kept']:g} %", f"{row['weights']:,}", ours, *beside)
    return shown


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--epochs", type=int, default=100)
    parser.add_argument("--seeds", type=int, default=2, help="how many: 0, 1, ...")
    parser.add_argument("--densities", type=float, nargs="+", default=list(PUBLISHED), help="shares of weights kept")
    parser.add_argument("--processes", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--checkpoints", type=Path, default=Path("build/sparse_momentum"))
    parser.add_argument("--fresh", action="store_true", help="begin anew, also where there are checkpoints")
    parser.add_argument("--json", type=Path, help="also write the rows here")
    asked, console = parser.parse_args(), Console()
    from aics import data

    if not data.has("mnist"):
        parser.exit(1, "This needs all 70,000 digits. Get them with: aics fetch mnist\n")
    jobs = [Job(density, seed, asked.epochs) for seed in range(asked.seeds) for density in asked.densities]
    asked.checkpoints.mkdir(parents=True, exist_ok=True)
    if asked.fresh:
        for job in jobs:
            job.file(asked.checkpoints).unlink(missing_ok=True)
    try:
        found = rows(jobs, done(jobs, asked.processes, asked.checkpoints, console))
    except KeyboardInterrupt:
        parser.exit(130, "Stopped. The same command goes on from the checkpoints.\n")
    runs = f"mean of {asked.seeds} runs" if asked.seeds > 1 else "1 run"
    console.print(table(found, f"LeNet-300-100, full MNIST, {asked.epochs} epochs, {runs}"))
    if asked.json:
        settings = {k: v for k, v in asdict(jobs[0]).items() if k not in ("density", "seed")}
        asked.json.write_text(json.dumps({"settings": settings, "rows": found}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
