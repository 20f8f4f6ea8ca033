"""Level reduced: Landlock, the filter and limits, where bubblewrap is blocked, as in most containers.

Student code opens no file but its own folder and what it needs, reaches no network and no socket but the
grader's, and can signal nobody. It has no namespaces: names, sizes and rights of files can be seen, and
how busy the machine is. Its folder lies on the machine's disk, and its monitor keeps it small.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from glob import glob
from pathlib import Path

from aics.language import noted, tr

from .. import canary
from ..errors import IsolationError, MissingError, SandboxError
from ..holes import holes
from ..identity import open_to_student
from ..inside import landlock
from ..launched import Launched, order, python_options, start
from ..level import Level, LevelReport
from ..spec import FINISHED, Entry, SandboxSpec, environment
from ..staging import staging
from ..student_python import StudentPython, look_at
from ..view import FACTS, INSIDE_SOURCE, SYSTEM, SYSTEM_FILES, belongs, sources
from .none import copy_files, refuse_private_python, spare_processes

#: What numeric libraries look at where they see it, and complain of where they may not.
HARDWARE = ("/sys/bus/pci/devices", "/sys/devices/system/cpu", "/sys/devices/system/node", *glob("/sys/devices/pci*"))
RANDOM = ("/dev/urandom", "/dev/random")
HOME, TEMPORARY, MODULES = "home", "tmp", "modules"
WHY = noted(
    "students' code opens only what it needs and reaches no network; but it can see the names and sizes of your"
    " files, and writes to your disk"
)
REMEDY = noted("Linux 6.2 or newer, started with Landlock (lsm=landlock,...)")


def probe(student_python: Path, course: Path) -> LevelReport:
    """Say whether it holds, by trying to break it."""
    try:
        found = canary.attempt(REDUCED, student_python, course)
    except MissingError as error:
        return LevelReport(REDUCED.name, False, error.missing, error.remedy)
    except SandboxError as error:
        return LevelReport(REDUCED.name, False, str(error))
    if any(found.values()):
        return LevelReport(REDUCED.name, False, holes(found))
    return LevelReport(REDUCED.name, True, tr(WHY))


def launch(spec: SandboxSpec, entry: Entry) -> Launched:
    """Start the entry as a process that Landlock and the filter hold."""
    refuse_old_landlock()
    python = look_at(spec.student_python)
    refuse_private_python(python)
    prefix, at = staging([path for path in sources(spec, python) if path != spec.workdir])
    base, ask = private_folders(spec, at), str(spec.workdir or "")
    files = {"paths": paths(spec, python, at, base), "version": landlock.version(), "door": ask}
    spare = spare_processes(spec.limits.processes)
    arguments = [*python_options(), f"{at(INSIDE_SOURCE)}/main.py"]

    def command(channel: int) -> list[str]:
        return [
            *arguments,
            order(entry, spec, channel, shut=True, spare=spare, forbidden=spec.forbidden, files=files),
        ]

    environ = environment(str(base / HOME), str(base / MODULES)) | {"TMPDIR": str(base / TEMPORARY)}
    launched = start(prefix, f"{at(python.prefix)}/bin/python3", command, env=environ, cwd=str(base / HOME))
    launched.home, launched.ask_dir, launched.disk = base, ask, (base / HOME, base / TEMPORARY)
    return launched


def refuse_old_landlock() -> None:
    """Raise IsolationError where Landlock is missing or cannot do what is needed."""
    known = landlock.version()
    if known < landlock.OLDEST:
        found = (
            tr("version {known} of Landlock is too old, {oldest} is needed", known=known, oldest=landlock.OLDEST)
            if known
            else tr("there is no Landlock")
        )
        raise IsolationError(REDUCED.name, found, tr(REMEDY))


def private_folders(spec: SandboxSpec, at: Callable[[Path], str]) -> Path:
    """Make the folder that holds all that is this sandbox's own on the machine's disk."""
    base = Path(tempfile.mkdtemp(prefix="aics-"))
    for name in (HOME, TEMPORARY, MODULES):
        (base / name).mkdir()
    copy_files(spec.files, base / HOME)
    for path in (base, *base.rglob("*")):
        open_to_student(path)
    if spec.aics_path is not None:
        (base / MODULES / "aics").symlink_to(at(spec.aics_path.absolute()))
    if spec.workdir is not None:
        open_to_student(spec.workdir)
    return base


def paths(spec: SandboxSpec, python: StudentPython, at: Callable[[Path], str], base: Path) -> dict[str, list[str]]:
    """Return what the student's code may read, list and write (see inside/landlock.py)."""
    roots = sources(spec, python)

    def place(path: Path) -> str:
        root = next(root for root in roots if path.is_relative_to(root))
        return str(Path(at(root)) / path.relative_to(root))

    data = [spec.data_path.absolute()] if spec.data_path is not None else []
    whole = [INSIDE_SOURCE, *data, *(path for path in roots if path == python.base / "bin")]
    reads = [*SYSTEM, *SYSTEM_FILES, *FACTS, *HARDWARE, *RANDOM, str(base / MODULES), *map(place, whole)]
    lists = []
    for folder, hidden in shown_in_part(spec, python):
        lists.append(place(folder))
        entries = [entry for entry in os.scandir(folder) if entry.name not in hidden and not entry.is_symlink()]
        reads += [place(folder / entry.name) for entry in entries]
    return {"read": reads, "list": lists, "write": [str(base / HOME), str(base / TEMPORARY), "/dev/null"]}


def shown_in_part(spec: SandboxSpec, python: StudentPython) -> Iterator[tuple[Path, set[str]]]:
    """Yield each folder of which a part is shown, with the names in it that are not."""
    if spec.aics_path is not None:
        yield spec.aics_path.absolute(), {FINISHED}
    yield from way(python.prefix, python.site)
    names = os.listdir(python.site)
    yield python.site, {entry for entry in names for package in spec.forbidden if belongs(entry, package)}
    if python.base not in (Path("/usr"), python.prefix):
        for site in (python.base / "lib").glob("python3*/site-packages"):
            yield from way(python.base / "lib", site)


def way(top: Path, below: Path) -> Iterator[tuple[Path, set[str]]]:
    """Yield each folder from `top` down to the one that holds `below`, with the next one's name.

    >>> [(str(folder), names) for folder, names in way(Path("/env"), Path("/env/lib/site"))]
    [('/env', {'lib'}), ('/env/lib', {'site'})]
    """
    for name in below.relative_to(top).parts:
        yield top, {name}
        top = top / name


REDUCED = Level("reduced", probe, launch)
