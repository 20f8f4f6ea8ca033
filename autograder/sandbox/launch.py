"""Start the student's Python at an isolation level: one function a level, both return a `Launched`."""

from __future__ import annotations

import json
import os
import select
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from . import bubblewrap, gate
from .errors import IsolationError, SandboxError, StartError
from .identity import NOBODY, must_drop, open_to_student, popen_identity, reachable
from .spec import ASK, ENV, INSIDE, SandboxSpec, environment
from .student_python import StudentPython, look_at

START_SECONDS = 20


@dataclass
class Launched:
    """A sandbox that was started.

    Parameters
    ----------
    process : subprocess.Popen
        The process that the grader started; it ends when the sandbox does.
    root : int
        Process id, seen from here, above everything in the sandbox.
    channel : socket
        The grader's end of the kernel's socket.
    raw : int
        Descriptor from which comes what is written past Python.
    ask_dir : str
        The folder with the grader's sockets as the student's code names it.
    home : Path or None
        A folder to remove at the end.
    """

    process: subprocess.Popen
    root: int
    channel: socket.socket
    raw: int
    ask_dir: str
    home: Path | None = None


def launch(spec: SandboxSpec, entry: str = "shell", facts: dict[str, object] | None = None) -> Launched:
    """Start `entry` (shell or canary) in a sandbox. Raises IsolationError where the level does not hold."""
    python = look_at(Path(spec.student_python))
    begin = launch_none if spec.level == "none" else launch_strict
    return begin(spec, python, {"entry": entry, "facts": facts or {}})


def order(spec: SandboxSpec, channel: int, task: dict[str, object]) -> str:
    """Return what inside/main.py is told."""
    without_mounts = spec.level == "none"
    return json.dumps(
        {
            **task,
            "channel": channel,
            "limits": asdict(spec.limits),
            "supervise": without_mounts,
            "forbidden": list(spec.forbidden) if without_mounts else [],
        }
    )


def python_options() -> list[str]:
    """Return the options of the student's Python: nothing from the working folder before our own start."""
    return ["-P", "-s", "-X", "frozen_modules=on"]


def staging(paths: list[Path], level: str) -> tuple[list[str], Callable[[Path], str]]:
    """Return a command prefix and a naming such that the student's user finds each of `paths`.

    Where the real root's files are closed to others, they are shown through `gate`.
    """
    if not must_drop() or all(reachable(path) for path in paths):
        return [], str
    names = {os.path.realpath(path): f"{number}/{path.name}" for number, path in enumerate(paths)}
    prefix = [sys.executable, "-I", "-S", gate.__file__, json.dumps({"binds": names, "uid": NOBODY})]

    def at(path: Path) -> str:
        return f"{gate.STAGE}/{names[os.path.realpath(path)]}"

    return prefix, at


def memory_file(text: str) -> int:
    """Return a descriptor from which `text` can be read."""
    number = os.memfd_create("arguments")
    os.write(number, text.encode())
    os.lseek(number, 0, os.SEEK_SET)
    return number


def launch_strict(spec: SandboxSpec, python: StudentPython, task: dict[str, object]) -> Launched:
    """Start the kernel under bubblewrap."""
    program = bubblewrap.program()
    if program is None:
        raise IsolationError("strict", "bubblewrap is not installed", "sudo apt-get install bubblewrap")
    if spec.workdir is not None:
        open_to_student(spec.workdir)
    prefix, at = staging(bubblewrap.sources(spec, python), "strict")
    arguments = bubblewrap.arguments(spec, python, at)
    ours, theirs = socket.socketpair()
    info_read, info_write = os.pipe()
    arguments += ["--info-fd", str(info_write)]
    args = memory_file("\0".join(arguments) + "\0")
    command = [program, "--args", str(args), "--", f"{ENV}/bin/python3", *python_options()]
    command += [f"{INSIDE}/main.py", order(spec, theirs.fileno(), task)]
    given = [args, info_write, theirs.fileno()]
    launched = start(prefix, command, given, ours=ours, theirs=theirs, env={}, cwd="/")
    launched.ask_dir = ASK
    launched.root = read_child(info_read, launched)
    return launched


def read_child(info: int, launched: Launched) -> int:
    """Return the host process id of the sandbox's first process, from bwrap's --info-fd."""
    text = b""
    try:
        while not text.rstrip().endswith(b"}"):
            if not select.select([info], [], [], START_SECONDS)[0]:
                break
            part = os.read(info, 4096)
            if not part:
                break
            text += part
        return int(json.loads(text)["child-pid"])
    except (ValueError, KeyError):
        launched.process.kill()
        launched.process.wait()
        said = os.read(launched.raw, 65536).decode(errors="replace").strip()
        abandon(launched)
        raise failure("strict", said) from None
    finally:
        os.close(info)


def launch_none(spec: SandboxSpec, python: StudentPython, task: dict[str, object]) -> Launched:
    """Start the kernel as a plain process of its own session, with limits only."""
    inside = bubblewrap.INSIDE_SOURCE
    wanted = [path for path in bubblewrap.sources(spec, python) if path != spec.workdir]
    prefix, at = staging(wanted, "none")
    if must_drop() and not reachable(python.base):
        raise IsolationError(
            "none",
            f"{python.base} can be read by root only, and student code never runs as root",
            "install Python where everyone may read it, such as under /usr",
        )
    home = Path(tempfile.mkdtemp(prefix="aics-"))
    copy_support_files(spec.files, home)
    for path in (home, *home.rglob("*")):
        open_to_student(path)
    if spec.workdir is not None:
        open_to_student(spec.workdir)
    ours, theirs = socket.socketpair()
    aics = ""
    if spec.aics_path is not None:
        aics = str(Path(at(spec.aics_path.absolute())).parent)
    env = environment(str(home), aics)
    command = [f"{at(python.prefix)}/bin/python3", *python_options(), f"{at(inside)}/main.py"]
    command.append(order(spec, theirs.fileno(), task))
    launched = start(prefix, command, [theirs.fileno()], ours=ours, theirs=theirs, env=env, cwd=str(home))
    launched.root, launched.home = launched.process.pid, home
    launched.ask_dir = str(spec.workdir or "")
    return launched


def copy_support_files(folder: Path | None, home: Path) -> None:
    """Copy support files into the working folder; symbolic links and hidden files are left out."""
    if folder is None:
        return
    for entry in os.scandir(folder):
        if entry.name.startswith(".") or entry.is_symlink():
            continue
        if entry.is_dir():
            shutil.copytree(entry.path, home / entry.name, symlinks=True)
        elif entry.is_file():
            shutil.copyfile(entry.path, home / entry.name)


def start(
    prefix: list[str],
    command: list[str],
    given: list[int],
    *,
    ours: socket.socket,
    theirs: socket.socket,
    env: dict[str, str],
    cwd: str,
) -> Launched:
    """Start a command as the student's user; `given` descriptors pass to it and close here."""
    raw_read, raw_write = os.pipe()
    # The gate must begin as root, and drops by itself.
    who = {} if prefix else popen_identity()
    try:
        process = subprocess.Popen(
            [*prefix, *command],
            stdin=subprocess.DEVNULL,
            stdout=raw_write,
            stderr=raw_write,
            pass_fds=given,
            env=env,
            cwd=cwd,
            start_new_session=True,
            close_fds=True,
            **who,
        )
    finally:
        os.close(raw_write)
        for number in given:
            if number != theirs.fileno():
                os.close(number)
        theirs.close()
    return Launched(process=process, root=process.pid, channel=ours, raw=raw_read, ask_dir="")


def failure(level: str, said: str) -> SandboxError:
    """Return the error for a sandbox that did not come up, by what it said."""
    if said.startswith("gate:"):
        return IsolationError(
            level,
            "student code never runs as root, and another user cannot read this course or its environments"
            f" where they lie ({said})",
            "run as an ordinary user, or move the checkout to where everyone may read, such as /srv",
        )
    return StartError(f"the sandbox did not start: {said or 'it said nothing'}")


def abandon(launched: Launched) -> None:
    """End a sandbox that has no kernel, and give back what it held."""
    launched.process.kill()
    launched.process.wait()
    launched.channel.close()
    os.close(launched.raw)
    if launched.home is not None:
        shutil.rmtree(launched.home, ignore_errors=True)
