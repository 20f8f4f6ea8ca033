"""The first thing that runs in the sandbox: give up what is left to give up, then become the shell.

Run by its path with the student environment's Python; it may import nothing of the grader.
``main.py '{"channel": 5, "limits": {...}, "supervise": false, "forbidden": [], "entry": "shell", "facts": {}}'``
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType


def count_tasks(uid: int) -> int:
    """Return how many threads the user has, over the whole machine as seen from here."""
    total = 0
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            if os.stat(f"/proc/{pid}").st_uid == uid:
                total += len(os.listdir(f"/proc/{pid}/task"))
        except OSError:
            continue
    return total


def set_limits(limits: dict[str, int], *, shared_user: bool) -> None:
    """Set hard limits on this process and all that come from it."""
    # Inside a user namespace only the sandbox's own processes count; outside, all of the user's do.
    processes = limits["processes"] + (count_tasks(os.getuid()) if shared_user else 0)
    for which, value in (
        (resource.RLIMIT_CORE, limits["core"]),
        (resource.RLIMIT_DATA, limits["memory_bytes"]),
        (resource.RLIMIT_FSIZE, limits["file_bytes"]),
        (resource.RLIMIT_NOFILE, limits["open_files"]),
        (resource.RLIMIT_NPROC, processes),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
    ):
        hard = resource.getrlimit(which)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(which, (value, value))


def supervise(channel: int) -> None:
    """Fork; the child goes on, the parent stays as the one to whom all orphans of the child return.

    Only without a pid namespace: a daemon that leaves its session is still below the parent.
    """
    import ctypes

    prctl = ctypes.CDLL(None, use_errno=True).prctl
    pr_set_pdeathsig, pr_set_child_subreaper = 1, 36
    prctl(pr_set_child_subreaper, 1, 0, 0, 0)
    child = os.fork()
    prctl(pr_set_pdeathsig, signal.SIGKILL, 0, 0, 0)
    if child == 0:
        return
    os.close(channel)
    while True:
        pid, status = os.wait()
        if pid == child:
            end_orphans()
            code = os.waitstatus_to_exitcode(status)
            os._exit(128 - code if code < 0 else code)


def end_orphans() -> None:
    """Kill whatever is still below this process."""
    me = os.getpid()
    while True:
        with open(f"/proc/{me}/task/{me}/children") as children:
            for pid in children.read().split():
                os.kill(int(pid), signal.SIGKILL)
        try:
            os.wait()
        except ChildProcessError:
            return


class Forbidden:
    """An import finder that refuses some packages: where no mount hides them."""

    def __init__(self, names: list[str]) -> None:
        self.names = set(names)

    def find_spec(self, fullname: str, _path: object = None, _target: object = None) -> None:
        """Refuse a forbidden package; leave the others to the usual finders."""
        if fullname.partition(".")[0] in self.names:
            raise ModuleNotFoundError(f"{fullname} may not be used in this lab", name=fullname)


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
    channel = asked["channel"]
    if asked["supervise"]:
        supervise(channel)
    set_limits(asked["limits"], shared_user=asked["supervise"])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.argv = [""]
    # Python started with -P: neither this folder nor the student's was importable until now.
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    import seccomp

    seccomp.close()
    if asked["entry"] == "canary":
        import canary as entry
    else:
        import shell as entry

    sys.path[0] = ""
    sys.meta_path.insert(0, Installed(sys.path[1:]))
    if asked["forbidden"]:
        sys.meta_path.insert(0, Forbidden(asked["forbidden"]))
    entry.run(channel, asked["facts"])


if __name__ == "__main__":
    main()
