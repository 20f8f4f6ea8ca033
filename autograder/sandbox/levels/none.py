"""Level none: the student's Python is a plain process with limits, for code that the instructor trusts."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from .. import processes
from ..errors import IsolationError, MissingError
from ..identity import NOBODY, must_drop, open_to_student, reachable
from ..launched import Launched, order, python_options, start
from ..level import Level, LevelReport
from ..spec import Entry, SandboxSpec, environment
from ..staging import staging
from ..student_python import StudentPython, look_at
from ..view import INSIDE_SOURCE, sources

WHY = (
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
    return LevelReport(NONE.name, True, WHY)


def refuse_private_python(python: StudentPython) -> None:
    """Raise IsolationError if the grader is root, and the student's user cannot read Python itself."""
    if must_drop() and not reachable(python.base):
        raise IsolationError(
            NONE.name,
            f"{python.base} can be read by root only, and student code never runs as root",
            "install Python where everyone may read it, such as under /usr",
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
    """Make the student's working folder with copies of the support files.

    Symbolic links and hidden files are left out.
    """
    home = Path(tempfile.mkdtemp(prefix="aics-"))
    for entry in os.scandir(files) if files is not None else ():
        if entry.name.startswith(".") or entry.is_symlink():
            continue
        if entry.is_dir():
            shutil.copytree(entry.path, home / entry.name, symlinks=True)
        elif entry.is_file():
            shutil.copyfile(entry.path, home / entry.name)
    for path in (home, *home.rglob("*")):
        open_to_student(path)
    return home


NONE = Level("none", probe, launch)
