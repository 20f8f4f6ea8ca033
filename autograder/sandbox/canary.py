"""Prove the strict level: start a real sandbox and let a program inside try to get out.

What the program finds (see inside/canary.py) is set up here: listeners that it could connect to, paths
that exist, namespaces that are not its own. The level holds only if it comes back with nothing.
"""

from __future__ import annotations

import os
import secrets
import socket
import sys
import sysconfig
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from .errors import SandboxError
from .frames import FrameError, FrameReader
from .launched import Launched
from .level import Level
from .processes import tree
from .spec import Entry, SandboxSpec
from .student_python import look_at

ATTEMPTS = ("network", "host_files", "packages", "writing", "processes", "root", "capabilities", "limits")
ANSWER_SECONDS = 20
ANSWER_BYTES = 1 << 16
NAMESPACES = ("pid", "net", "mnt", "user", "ipc", "uts")
#: Folders that a sandbox has under the same name, with nothing of the host in them.
INSIDE_TOO = ("/", "/usr", "/tmp", "/home", "/run", "/etc", "/dev", "/proc", "/bin", "/lib", "/lib64")
REPOSITORY = Path(__file__).resolve().parents[2]


def attempt(level: Level, student_python: Path, course: Path) -> dict[str, list[str]]:
    """Return, for each attempt, what it got hold of. Raises SandboxError if nothing was started.

    Parameters
    ----------
    level : Level
        The level to try.
    student_python : Path
        The Python that runs inside.
    course : Path
        The instructor's folder, with solutions and gradebook.
    """
    with ExitStack() as stack:
        workdir = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="aics-")))
        spec = SandboxSpec(student_python=student_python, aics_path=Path(__file__).parent, workdir=workdir)
        facts = listen(stack)
        secret = stack.enter_context(tempfile.NamedTemporaryFile(prefix="aics-secret-"))
        os.chmod(secret.name, 0o644)
        facts["hidden"] = [secret.name, str(workdir), *hidden_paths(course, student_python)]
        facts["packages"] = [sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
        facts["namespaces"] = {name: os.stat(f"/proc/self/ns/{name}").st_ino for name in NAMESPACES}
        launched = level.launch(spec, Entry("canary", facts))
        try:
            owners = {owner(pid) for pid in tree(launched.root)}
            found = answer(launched)
            if 0 in owners:
                found["root"].insert(0, "user 0 outside")
            return found
        finally:
            launched.end()
            launched.close()


def listen(stack: ExitStack) -> dict[str, object]:
    """Open listeners that the canary must not reach, until `stack` closes; return their addresses."""
    network = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
    abstract = f"aics-canary-{secrets.token_hex(8)}"
    local = stack.enter_context(socket.socket(socket.AF_UNIX))
    local.bind("\0" + abstract)
    local.listen()
    return {"host": "127.0.0.1", "port": network.getsockname()[1], "abstract": abstract}


def hidden_paths(course: Path, student_python: Path) -> list[str]:
    """Return paths that exist here and must not inside: of the course, the home folder, this program."""
    python = look_at(student_python)
    # A Python kept in the home folder is shown at its own path, and so are the folders above it.
    shown = {Path(path) for path in INSIDE_TOO} | {python.base, *python.base.parents}
    folders = {course.resolve(), REPOSITORY, Path.home(), Path(sys.prefix)} - shown
    paths = {str(folder) for folder in folders if not folder.is_relative_to("/usr")}
    for folder in (course, Path.home()):
        paths.update(str(entry) for entry in list_some(folder) if entry not in shown)
    return sorted(paths)


def owner(pid: int) -> int:
    """Return the user, as numbered outside, that a process runs as; -1 if it is gone."""
    try:
        with open(f"/proc/{pid}/status") as status:
            return next(int(line.split()[2]) for line in status if line.startswith("Uid:"))
    except OSError:
        return -1


def list_some(folder: Path, count: int = 40) -> list[Path]:
    """Return up to `count` entries of a folder, none if it cannot be read."""
    try:
        return sorted(folder.iterdir())[:count]
    except OSError:
        return []


def answer(launched: Launched) -> dict[str, list[str]]:
    """Return what the canary got hold of, for each attempt. Raises SandboxError if it says nothing sensible."""
    reader = FrameReader(ANSWER_BYTES)
    deadline = time.monotonic() + ANSWER_SECONDS
    while time.monotonic() < deadline:
        launched.channel.settimeout(max(0.01, deadline - time.monotonic()))
        try:
            data = launched.channel.recv(65536)
            frames = reader.feed(data)
        except (OSError, FrameError) as error:
            raise SandboxError(f"the canary did not answer: {error}") from error
        found = frames[0].get("found") if frames else None
        if isinstance(found, dict):
            return {name: list(map(str, found.get(name, ["no answer"]))) for name in ATTEMPTS}
        if not data:
            break
    raise SandboxError(f"the canary did not answer: {launched.said() or 'it said nothing'}")
