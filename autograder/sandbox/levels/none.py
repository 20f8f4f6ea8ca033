"""Level none: the student's Python is a plain process with limits, for code that the instructor trusts."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from aics.language import noted, tr

from .. import processes
from ..errors import IsolationError, MissingError
from ..identity import NOBODY, must_drop, open_to_student, reachable
from ..launched import Launched, order, python_options, start
from ..level import Level, LevelReport
from ..spec import Entry, SandboxSpec, environment
from ..staging import staging
from ..student_python import StudentPython, look_at
from ..view import INSIDE_SOURCE, sources

WHY = noted(
    "limits on memory, processes and time only; students' code can read what you can read, reach the network,"
    " and leave things behind, so it is for code that you trust"
)

#: As many sandboxes of one user may start while one runs.
NEIGHBOURS = 16


def probe(student_python: Path, _course: Path) -> LevelReport:
    """Say whether the student's user can run the student's Python; nothing else is needed."""
    try:
        refuse_private_python(look_at(student_python))
    except MissingError as error:
        return LevelReport(NONE.name, False, error.missing, error.remedy)
    return LevelReport(NONE.name, True, tr(WHY))


def refuse_private_python(python: StudentPython) -> None:
    """Raise IsolationError if the grader is root, and the student's user cannot read Python itself."""
    if must_drop() and not reachable(python.base):
        raise IsolationError(
            NONE.name,
            tr("{folder} can be read by root only, and student code never runs as root", folder=python.base),
            tr("install Python where everyone may read it, such as under /usr"),
        )


def launch(spec: SandboxSpec, entry: Entry) -> Launched:
    """Start the entry as a plain process of its own session, with limits only."""
    python = look_at(spec.student_python)
    refuse_private_python(python)
    prefix, at = staging([path for path in sources(spec, python) if path != spec.workdir])
    home = working_folder(spec.files)
    if spec.workdir is not None:
        open_to_student(spec.workdir)
    aics = str(Path(at(spec.aics_path.absolute())).parent) if spec.aics_path is not None else ""
    arguments = [*python_options(), f"{at(INSIDE_SOURCE)}/main.py"]
    launched = start(
        prefix,
        f"{at(python.prefix)}/bin/python3",
        lambda channel: [
            *arguments,
            order(
                entry, spec, channel, shut=False, spare=spare_processes(spec.limits.processes), forbidden=spec.forbidden
            ),
        ],
        env=environment(str(home), aics),
        cwd=str(home),
    )
    launched.home, launched.ask_dir = home, str(spec.workdir or "")
    return launched


def spare_processes(own: int) -> int:
    """Return how many processes beyond `own` the limit must leave room for: it counts all of the user's.

    Room for other sandboxes too, which come and go; each one's monitor keeps it to its own number.
    """
    user = NOBODY if must_drop() else os.getuid()
    return processes.user_threads(user) + NEIGHBOURS * own


def working_folder(files: Path | None) -> Path:
    """Make the student's working folder with copies of the support files."""
    home = Path(tempfile.mkdtemp(prefix="aics-"))
    copy_files(files, home)
    for path in (home, *home.rglob("*")):
        open_to_student(path)
    return home


def copy_files(files: Path | None, home: Path) -> None:
    """Copy the support files into a folder; symbolic links, and hidden files at its top, are left out."""
    if files is not None:
        shutil.copytree(files, home, ignore=left_out(files), dirs_exist_ok=True)


def left_out(top: Path) -> Callable[[str, list[str]], list[str]]:
    """Return what ``shutil.copytree`` asks for each folder: which names to leave out."""

    def ignore(folder: str, names: list[str]) -> list[str]:
        hidden = [name for name in names if name.startswith(".")] if Path(folder) == top else []
        return [*hidden, *(name for name in names if os.path.islink(os.path.join(folder, name)))]

    return ignore


NONE = Level("none", probe, launch)
