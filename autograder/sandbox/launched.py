"""A sandbox that was started, and what starting one has in common at every level."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from aics.language import tr

from . import processes
from .errors import IsolationError, SandboxError, StartError
from .identity import popen_identity
from .spec import Entry, SandboxSpec

START_SECONDS = 20
#: Guards that are left off, by the call that they refuse: a test's attack must get through without its guard.
LEFT_OPEN: list[str] = []


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
    disk : tuple of Path
        Folders on the machine's disk that the student's code may fill.
    folders : mapping of str to int
        Folders in memory that the student's code may fill, as it names them: how many bytes each takes.
    """

    process: subprocess.Popen[bytes]
    root: int
    channel: socket.socket
    raw: int
    ask_dir: str = ""
    home: Path | None = None
    disk: tuple[Path, ...] = ()
    folders: Mapping[str, int] = field(default_factory=dict)
    _ending: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def end(self) -> None:
        """End everything in the sandbox; nothing of it is left when this returns.

        Of two threads that ask for it, one waits for the other: without its root, what is left of a sandbox
        could not be found.
        """
        with self._ending:
            processes.end_all(self.root, self.process)

    def close(self) -> None:
        """Give back what an ended sandbox held."""
        self.channel.close()
        os.close(self.raw)
        if self.home is not None:
            shutil.rmtree(self.home, ignore_errors=True)

    def said(self) -> str:
        """Return what it wrote past Python; waits until there is something, or it has ended."""
        return os.read(self.raw, 65536).decode(errors="replace").strip()


def start(
    prefix: Sequence[str],
    program: str,
    arguments: Callable[[int], list[str]],
    *,
    called: str | None = None,
    given: Sequence[int] = (),
    env: Mapping[str, str] | None = None,
    cwd: str = "/",
) -> Launched:
    """Start a command as the student's user.

    Parameters
    ----------
    prefix : sequence of str
        See `staging`.
    program : str
        Its path, as the student's user finds it.
    arguments : callable
        ``arguments(descriptor of the kernel's end of the channel)``.
    called : str, optional
        What the list of processes calls it, where its path is not to be seen inside.
    given : sequence of int
        Descriptors that pass to the command and are closed here.
    env : mapping
        Its whole environment; empty if not given.
    cwd : str
        Its working folder.
    """
    ours, theirs = socket.socketpair()
    raw_read, raw_write = os.pipe()
    try:
        process = subprocess.Popen(
            [*prefix, program if prefix else called or program, *arguments(theirs.fileno())],
            executable=None if prefix else program,
            stdin=subprocess.DEVNULL,
            stdout=raw_write,
            stderr=raw_write,
            pass_fds=[theirs.fileno(), *given],
            env=env or {},
            cwd=cwd,
            start_new_session=True,
            close_fds=True,
            # The gate must begin as root, and drops by itself.
            **({} if prefix else popen_identity()),
        )
    finally:
        for number in (raw_write, *given):
            os.close(number)
        theirs.close()
    return Launched(process=process, root=process.pid, channel=ours, raw=raw_read)


def order(
    entry: Entry,
    spec: SandboxSpec,
    channel: int,
    *,
    shut: bool,
    spare: int = 0,
    forbidden: Sequence[str] = (),
    files: Mapping[str, object] | None = None,
) -> str:
    """Return what inside/main.py is told.

    Parameters
    ----------
    shut : bool
        Whether the filter also refuses what could reach anybody outside (see inside/seccomp.py).
    spare : int
        Processes beyond the sandbox's own that its limit must leave room for: where it counts others too.
    forbidden : sequence of str
        Packages whose import Python itself refuses: where no mount hides them.
    files : mapping, optional
        What Landlock leaves of the machine's files (see levels/reduced.py): where no mount hides the others.
    """
    limits = asdict(spec.limits)
    limits["processes"] += spare
    return json.dumps(
        {
            "entry": entry.name,
            "facts": entry.facts,
            "channel": channel,
            "limits": limits,
            "shut": shut,
            "left_open": LEFT_OPEN,
            "files": files,
            "forbidden": list(forbidden),
        }
    )


def python_options() -> list[str]:
    """Return the options of the student's Python: nothing from the working folder before our own start."""
    return ["-P", "-s", "-X", "frozen_modules=on"]


def failure(level: str, said: str) -> SandboxError:
    """Return the error for a sandbox that did not come up, by what it said."""
    if said.startswith("gate:"):
        return IsolationError(
            level,
            tr(
                "student code never runs as root, and another user cannot read this course or its "
                "environments where they lie ({said})",
                said=said,
            ),
            tr("run as an ordinary user, or move the checkout to where everyone may read, such as /srv"),
        )
    return StartError(tr("the sandbox did not start: {said}", said=said or tr("it said nothing")))
