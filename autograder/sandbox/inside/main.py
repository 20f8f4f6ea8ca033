"""The first thing that runs in the sandbox: give up what is left to give up, then become the shell.

Run by its path with the student environment's Python; it may import nothing of the grader.
``main.py '{"channel": 5, "limits": {...}, "shut": true, "entry": "shell", "facts": {}, ...}'``: see ../launched.py
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 1, 4, 36, 38
libc = ctypes.CDLL(None, use_errno=True)
libc.prctl.argtypes = [ctypes.c_int] + [ctypes.c_ulong] * 4


def set_limits(limits: dict[str, int]) -> None:
    """Set hard limits on this process and all that come from it."""
    for which, value in (
        (resource.RLIMIT_CORE, limits["core"]),
        (resource.RLIMIT_DATA, limits["memory_bytes"]),
        (resource.RLIMIT_FSIZE, limits["file_bytes"]),
        (resource.RLIMIT_NOFILE, limits["open_files"]),
        (resource.RLIMIT_NPROC, limits["processes"]),
        (resource.RLIMIT_SIGPENDING, limits["signals"]),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
    ):
        hard = resource.getrlimit(which)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(which, (value, value))


def supervise(channel: int, attend: Callable[[int], None]) -> None:
    """Fork; the child goes on, the parent stays as the one to whom all orphans of the child return.

    Where processes have a namespace it is the first one there. Nobody may look into it: in its memory
    one could leave limits and filter.
    """
    child = os.fork()
    if child == 0:
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        prctl(PR_SET_DUMPABLE, 1)
        return
    os.close(channel)
    end_with_the_grader()
    attend(child)
    while True:
        pid, status = os.wait()
        if pid == child:
            end_orphans()
            code = os.waitstatus_to_exitcode(status)
            os._exit(128 - code if code < 0 else code)


def end_with_the_grader() -> None:
    """Once the grader is gone, end all that is below; the first one of a namespace takes all with it."""

    def end(*_: object) -> None:
        end_orphans()
        os._exit(128 + signal.SIGTERM)

    signal.signal(signal.SIGTERM, end)
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL if os.getpid() == 1 else signal.SIGTERM)


def hold(asked: dict[str, Any]) -> None:
    """Put the filter on, fork, and return in the process that the student's code gets."""
    import seccomp

    seccomp.close(shut=asked["shut"], left_open=asked["left_open"])
    supervise(asked["channel"], lambda _child: None)


def hold_with_landlock(asked: dict[str, Any]) -> None:
    """The same where there are no namespaces: the parent keeps the way to the grader's sockets."""
    import door
    import landlock
    import seccomp

    known, left_open = asked["files"]["version"], asked["left_open"]
    ours, theirs = socket.socketpair()

    def attend(child: int) -> None:
        _, (listener,), *_ = socket.recv_fds(ours, 1, 1)
        seccomp.close(shut=True, shared=True, left_open=left_open)
        ours.sendall(b"x")
        door.attend(listener, asked["files"]["door"], child)

    supervise(asked["channel"], attend)
    ours.close()
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    landlock.restrict(asked["files"]["paths"] | {"own": ["/proc/self"]}, known)
    listener = door.hang()
    socket.send_fds(theirs, [b"x"], [listener])
    os.close(listener)
    theirs.recv(1)
    theirs.close()
    seccomp.close(shut=True, shared=True, quiet=known < landlock.SIGNALS, left_open=left_open)


def prctl(option: int, value: int) -> None:
    """Set a property of this process."""
    if libc.prctl(option, value, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), f"prctl {option}")


def end_orphans() -> None:
    """Kill whatever is still below this process; a namespace's first one takes all with it anyway."""
    me = os.getpid()
    while me != 1:
        with open(f"/proc/{me}/task/{me}/children") as children:
            for pid in children.read().split():
                os.kill(int(pid), signal.SIGKILL)
        try:
            os.wait()
        except ChildProcessError:
            return


#: Its traceback does not show students where the grader lies.
REFUSAL = compile(
    'raise ModuleNotFoundError(f"{name} may not be used in this lab", name=name)', "<what a lab may use>", "exec"
)


class Forbidden:
    """An import finder that refuses some packages: where no mount hides them."""

    def __init__(self, names: list[str]) -> None:
        self.names = set(names)

    def find_spec(self, fullname: str, _path: object = None, _target: object = None) -> None:
        """Refuse a forbidden package; leave the others to the usual finders."""
        __tracebackhide__ = True  # for IPython, which shows the last frame all the same: one without a path
        if fullname.partition(".")[0] in self.names:
            exec(REFUSAL, {"name": fullname})


class Installed:
    """An import finder that looks first where packages are installed: a student's file takes no package's place."""

    def __init__(self, path: list[str]) -> None:
        self.path = path

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find an installed package or module; leave parts of packages, and all else, to the usual finders."""
        return PathFinder.find_spec(fullname, self.path) if path is None else None


def main() -> None:
    """Set the limits and serve cells."""
    asked = json.loads(sys.argv[1])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Python started with -P: neither this folder nor the student's was importable until now.
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    set_limits(asked["limits"])
    prctl(PR_SET_CHILD_SUBREAPER, 1)
    prctl(PR_SET_DUMPABLE, int("dumpable" in asked["left_open"]))
    (hold_with_landlock if asked["files"] else hold)(asked)
    sys.argv = [""]
    gc.disable()  # what is imported here stays
    if asked["entry"] == "canary":
        import canary as entry
    else:
        import shell as entry

    gc.enable()
    sys.path[0] = ""
    sys.meta_path.insert(0, Installed(sys.path[1:]))
    if asked["forbidden"]:
        sys.meta_path.insert(0, Forbidden(asked["forbidden"]))
    entry.run(asked["channel"], asked["facts"])


if __name__ == "__main__":
    main()
