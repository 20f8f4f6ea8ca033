"""A hand-in on its way to another machine: the few files of the class's folder that a worker's step needs, and back."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from autograder import whole
from autograder.cluster.errors import not_installed
from autograder.course import ClassFolder
from autograder.gradebook.graded_notebook import path_of_notebook
from autograder.gradebook.made import Made, WorkerTask, make, unplaced_notebook, unplaced_page
from autograder.gradebook.mended import remarks_path
from autograder.grading.bench import Bench
from autograder.grading.run import Job
from autograder.grading.waiting import Waiting

#: Path in the class's folder -> content.
Files = Mapping[str, bytes]


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """A worker's task, and what it needs of the class's folder."""

    task: WorkerTask
    files: Files


@dataclass(frozen=True, kw_only=True)
class Brought:
    """What a worker made, and the files that it left."""

    made: Made | None
    files: Files


def made_on_cluster(
    tasks: Waiting[WorkerTask], isolation: str, scheduler: str, *, one_by_one: bool
) -> Generator[tuple[WorkerTask, Made | Exception | None] | None]:
    """Have a cluster's workers do these tasks; yields each with what was made. ClusterError where it cannot be used."""
    try:
        from autograder.cluster.client import Errand, on_cluster
    except ModuleNotFoundError as error:
        raise not_installed() from error
    errand = Errand(function=made_elsewhere, pack=packed, unpack=unpacked)
    return on_cluster(errand, tasks, isolation, scheduler, int(one_by_one))


def packed(task: WorkerTask) -> Parcel:
    """The parcel of a task; its paths are those in the class's folder."""
    step, job, path, marks = task
    folder = job.state.folder
    needed = [path, job.record] if step == "graded" else [_graded(job)]
    there = (step, replace(job, state=ClassFolder(Path())), path.relative_to(folder), marks)
    return Parcel(task=there, files=_read(folder, [*needed, _remarks(job)]))


def made_elsewhere(bench: Bench, parcel: Parcel) -> Brought:
    """Do a worker's step in a folder of its own, which is gone afterwards."""
    step, job, path, marks = parcel.task
    with bench.folder("aics-parcel-") as folder:
        _write(folder, parcel.files)
        here = replace(job, state=ClassFolder(folder))
        made = make(bench, (step, here, folder / path, marks))
        return Brought(made=made, files=_read(folder, _left(step, here)))


def unpacked(task: WorkerTask, brought: Brought) -> Made | None:
    """Put what a worker left where a worker of this machine would have left it."""
    _write(task[1].state.folder, brought.files)
    return brought.made


def _left(step: str, job: Job) -> list[Path]:
    if step == "graded":
        return [job.record, unplaced_notebook(job.state, job.student, job.lab)]  # which is made from the record
    return [unplaced_page(job.state, job.student, job.lab)]


def _graded(job: Job) -> Path:
    return path_of_notebook(job.state.folder / "autograded", job.student, job.lab)


def _remarks(job: Job) -> Path:
    return remarks_path(job.state, job.student, job.lab)


def _read(folder: Path, paths: Iterable[Path]) -> Files:
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths if path.exists()}


def _write(folder: Path, files: Files) -> None:
    """Write files, each whole or not at all."""
    for name, content in files.items():
        whole.write_bytes(folder / name, content)
