"""Prove the strict level: start a real sandbox and let a program inside try to get out.

What the program finds (see inside/canary.py) is set up here: listeners that it could connect to, paths
that exist, namespaces that are not its own. The level holds only if it comes back with nothing.
"""

from __future__ import annotations

import os
import resource
import secrets
import socket
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from pathlib import Path

from aics.language import tr

from . import processes, usage
from .errors import SandboxError
from .frames import FrameError, FrameReader
from .launched import Launched
from .level import Level
from .spec import Entry, SandboxSpec
from .student_python import look_at

ATTEMPTS = (
    *("network", "sockets", "host_files", "packages", "writing", "processes", "namespaces"),
    *("root", "capabilities", "limits", "memory", "words"),
)
ANSWER_SECONDS = 20
ANSWER_BYTES = 1 << 16
NAMESPACES = ("pid", "net", "mnt", "user", "ipc", "uts")
#: Folders that a sandbox has under the same name, with nothing of the host in them.
INSIDE_TOO = ("/", "/usr", "/tmp", "/home", "/run", "/etc", "/dev", "/proc", "/bin", "/lib", "/lib64")
#: Limits that every process has, by their names in the kernel's books.
LIMITED = ("Max processes", "Max data size", "Max file size", "Max open files", "Max pending signals")
#: What the canary says where it cannot see its namespaces: then the grader must.
UNSEEN = "unseen"
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
        facts = listen(stack) | {"grader": os.getpid(), "hides": level.hides}
        secret = stack.enter_context(tempfile.NamedTemporaryFile(prefix="aics-secret-"))
        os.chmod(secret.name, 0o644)
        shown = () if level.hides else (look_at(student_python).prefix,)
        facts["hidden"] = [secret.name, str(workdir), *hidden_paths(course, student_python, shown)]
        facts["packages"] = [sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
        facts["namespaces"] = own_namespaces(os.getpid()) if level.hides else {}
        launched = level.launch(spec, Entry("canary", facts))
        try:
            found = answer(launched)
            pids = processes.tree(launched.root)
            if found["namespaces"] == [UNSEEN] and all(map(own_namespaces, pids)):
                found["namespaces"] = []
            for pid in pids:
                for name, got in look(pid, hides=level.hides).items():
                    found[name] += got
            return found
        finally:
            launched.end()
            launched.close()


def look(pid: int, *, hides: bool) -> dict[str, list[str]]:
    """Return what the machine's kernel says of one of the sandbox's processes, and should not.

    Parameters
    ----------
    hides : bool
        Whether the level has namespaces of its own.
    """
    book = usage.status(pid)
    found: dict[str, list[str]] = {"root": [], "capabilities": [], "limits": [], "namespaces": []}
    if "0" in book.get("Uid", "0").split():
        found["root"].append("user 0 outside")
    sets = ("CapPrm", "CapEff", "CapAmb", "CapBnd") if hides else ("CapPrm", "CapEff", "CapAmb")
    found["capabilities"] += [f"{name} {book.get(name)}" for name in sets if int(book.get(name, "1"), 16)]
    if book.get("NoNewPrivs") != "1":
        found["capabilities"].append("programs with more rights")
    if book.get("Seccomp") != "2":
        found["limits"].append("all system calls: there is no filter")
    found["limits"] += [
        f"no limit: {name}" for name in LIMITED if resource.RLIM_INFINITY in processes.limits(pid, name)
    ]
    if hides:
        found["namespaces"] = shared_namespaces(pid)
    return found


def shared_namespaces(pid: int) -> list[str]:
    """Return which namespaces of a process are the grader's own; none where one may not look: the canary did."""
    ours = own_namespaces(os.getpid())
    return [f"the grader's {name}" for name, number in own_namespaces(pid).items() if ours[name] == number]


def own_namespaces(pid: int) -> dict[str, int]:
    """Return the numbers of a process's namespaces, as far as one may look."""
    numbers = {}
    for name in NAMESPACES:
        with suppress(OSError):
            numbers[name] = os.stat(f"/proc/{pid}/ns/{name}").st_ino
    return numbers


def listen(stack: ExitStack) -> dict[str, object]:
    """Open listeners that the canary must not reach, until `stack` closes; return their addresses."""
    network = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
    abstract = f"aics-canary-{secrets.token_hex(8)}"
    path = f"{stack.enter_context(tempfile.TemporaryDirectory(prefix='aics-'))}/canary"
    for address in ("\0" + abstract, path):
        local = stack.enter_context(socket.socket(socket.AF_UNIX))
        local.bind(address)
        local.listen()
    open_to_all(path)
    return {"host": "127.0.0.1", "port": network.getsockname()[1], "abstract": abstract, "path": path}


def open_to_all(path: str) -> None:
    """Let every user connect to a socket: that it stays out of reach is to be the sandbox's doing."""
    os.chmod(os.path.dirname(path), 0o755)
    os.chmod(path, 0o666)


def hidden_paths(course: Path, student_python: Path, but: Iterable[Path] = ()) -> list[str]:
    """Return paths that exist here and must not inside: of the course, the home folder, this program.

    Parameters
    ----------
    but : iterable of Path
        What is shown under its own name.
    """
    python = look_at(student_python)
    # A Python kept in the home folder is shown at its own path, and so are the folders above it.
    shown = {Path(path) for path in INSIDE_TOO} | {python.base, *python.base.parents, *but}
    folders = {course.resolve(), REPOSITORY, Path.home(), Path(sys.prefix)} - shown
    paths = {str(folder) for folder in folders if not folder.is_relative_to("/usr")}
    for folder in (course, Path.home()):
        paths.update(str(entry) for entry in list_some(folder) if entry not in shown)
    return sorted(paths)


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
            raise SandboxError(tr("the canary did not answer: {error}", error=error)) from error
        found = frames[0].get("found") if frames else None
        if isinstance(found, dict):
            return {name: list(map(str, found.get(name, ["no answer"]))) for name in ATTEMPTS}
        if not data:
            break
    raise SandboxError(tr("the canary did not answer: {said}", said=launched.said() or tr("it said nothing")))
