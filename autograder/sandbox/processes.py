"""The processes of one sandbox as seen from outside: who they are, what they use, stop and go.

Everything here reads the kernel's books; nothing is asked of the student's code.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress

from .errors import FreezeError
from .identity import popen_identity

#: How long the end of a sandbox may take: milliseconds, but for a machine that has a crowd to serve.
END_SECONDS = 60.0


def tree(root: int, most: float = float("inf")) -> list[int]:
    """Return `root` and all processes below it, parents first; some of them once there are more than `most`."""
    found = [root]
    for pid in found:
        found.extend(children(pid))
        if len(found) > most:
            break
    return found


def children(pid: int) -> list[int]:
    """Return the processes that a process, any of its threads, started and did not lay to rest; none if it is gone."""
    found: list[int] = []
    try:
        threads = os.listdir(f"/proc/{pid}/task")
    except OSError:
        return found
    for thread in threads:
        with suppress(OSError), open(f"/proc/{pid}/task/{thread}/children") as listed:
            found.extend(map(int, listed.read().split()))
    return found


def threads(pids: list[int]) -> set[tuple[int, int]]:
    """Return every (process, thread) there is."""
    found = set()
    for pid in pids:
        try:
            found |= {(pid, int(thread)) for thread in os.listdir(f"/proc/{pid}/task")}
        except OSError:
            continue
    return found


def state(pid: int, thread: int | None = None) -> str:
    """Return the kernel's letter for what a process or one thread of it does (R, S, T, Z ...); X when it is gone.

    A process whose first thread ended is no zombie while another goes on.
    """
    try:
        with open(f"/proc/{pid}/stat" if thread is None else f"/proc/{pid}/task/{thread}/stat") as stat:
            letter = stat.read().rpartition(")")[2].split()[0]
        alone = thread is not None or len(os.listdir(f"/proc/{pid}/task")) == 1
    except OSError:
        return "X"
    return letter if alone or letter != "Z" else "S"


def user_threads(user: int) -> int:
    """Return how many threads a user has on this machine."""
    total = 0
    for pid in filter(str.isdigit, os.listdir("/proc")):
        with suppress(OSError):
            if os.stat(f"/proc/{pid}").st_uid == user:
                total += len(os.listdir(f"/proc/{pid}/task"))
    return total


def is_first(pid: int) -> bool:
    """Return whether the process is the first of a namespace of its own: all others there end with it."""
    try:
        with open(f"/proc/{pid}/status") as status:
            numbers = next(line.split()[1:] for line in status if line.startswith("NSpid:"))
    except (OSError, StopIteration):
        return False
    return len(numbers) > 1 and numbers[-1] == "1"


def cpu_ns(pid: int) -> int:
    """Return the CPU time of a process, all its threads, in nanoseconds; 0 when it is gone."""
    try:
        return time.clock_gettime_ns(((~pid) << 3) | 2)
    except OSError:
        return 0


def waiting_ns(folder: str) -> int:
    """Return how long a thread has waited for a core, in nanoseconds; 0 when it is gone, or the kernel does not say.

    `folder` is the thread's: ``/proc/<pid>/task/<thread>``.
    """
    try:
        with open(f"{folder}/schedstat") as schedstat:
            return int(schedstat.read().split()[1])
    except (OSError, IndexError):
        return 0


def signal_all(root: int, number: signal.Signals) -> list[int]:
    """Signal `root` and all below it, until no new process is found; return those signalled."""
    reached: set[int] = set()
    while fresh := [pid for pid in tree(root) if pid not in reached]:
        for pid in fresh:
            send(pid, number)
            reached.add(pid)
    return sorted(reached)


def stop_all(root: int, left: Callable[[], float]) -> None:
    """Stop `root` and all below it, and return once none of their threads runs any more.

    A thread in the middle of a long call of the kernel's stops at its end. Raises FreezeError if some have not
    when ``left()``, an `Allowance`'s, comes to nothing.
    """
    while running := [pid for pid in signal_all(root, signal.SIGSTOP) if not stopped(pid)]:
        if not left():
            raise FreezeError(f"processes of a sandbox do not stop: {running}")
        time.sleep(0.0002)


def stopped(pid: int) -> bool:
    """Return whether all threads of a process have stopped, or ended."""
    return all(state(pid, thread) in "TtXZ" for pid, thread in threads([pid]))


def send(pid: int, number: signal.Signals) -> None:
    """Signal one process; no matter if it is gone."""
    with suppress(ProcessLookupError):
        os.kill(pid, number)


def end_all(root: int, process: subprocess.Popen[bytes], seconds: float = END_SECONDS) -> None:
    """End `root`, everything below it, and `process`, which started them; return when they are gone.

    Orphans return to the root where there is no namespace. So it goes last, and until then it is stopped: it
    starts no other. Raises RuntimeError if some are still there after so many seconds.
    """
    deadline = time.monotonic() + seconds
    seen: set[int] = {root}
    alone = is_first(root)
    while time.monotonic() < deadline:
        send(root, signal.SIGKILL if alone else signal.SIGSTOP)
        if not end_below(root, seen) and (alone or stopped(root)):
            send(root, signal.SIGKILL)
            process.kill()
            process.wait()
            if all(state(pid) in "XZ" for pid in seen):
                return
        time.sleep(0.0005)
    raise RuntimeError(f"processes of a sandbox are still there: {sorted(seen)}")


def end_below(root: int, seen: set[int]) -> bool:
    """Kill each process below `root` as soon as it is found; return whether there may be more.

    There may be if one lives, and if one was not `seen` before, to which it is added: it could start another
    before it died, which the root then has among its children.
    """
    more = False
    found = [root]
    for pid in found:
        below = children(pid)
        for child in reversed(below):  # the newest first: in a chain it is the one that lives
            if child not in seen or state(child) not in "XZ":
                send(child, signal.SIGKILL)
                more = True
        seen.update(below)
        found.extend(below)
    return more


def limits(pid: int, name: str) -> tuple[int, ...]:
    """Return a limit of a process, soft and hard, by its name in the kernel's books; nothing if it is gone."""
    try:
        with open(f"/proc/{pid}/limits") as lines:
            words = next(line for line in lines if line.startswith(name))[len(name) :].split()
    except (OSError, StopIteration):  # there are none of one that is ending
        return ()
    return tuple(resource.RLIM_INFINITY if word == "unlimited" else int(word) for word in words[:2])


def fork_limits(pid: int) -> tuple[int, int] | None:
    """Return how many processes there may be for forks of `pid`, soft and hard; None if it is gone."""
    found = limits(pid, "Max processes")
    return (found[0], found[1]) if found else None


def set_fork_limits(pid: int, soft: int, hard: int) -> None:
    """Set how many processes there may be for forks of `pid`; no matter if it is gone."""
    try:
        resource.prlimit(pid, resource.RLIMIT_NPROC, (soft, hard))
    except ProcessLookupError:
        return
    except PermissionError:
        # The root of a container may not have the capability; the student's own user needs none.
        command = ["prlimit", f"--pid={pid}", f"--nproc={soft}:{hard}"]
        done = subprocess.run(command, check=False, capture_output=True, **popen_identity())
        if done.returncode != 0 and state(pid) not in "XZ":
            done.check_returncode()


def limit_forks(pid: int) -> tuple[int, int] | None:
    """Let the process start no other, nor a thread; return its limits so far, None if it is gone.

    Only the soft limit is lowered, for a hard one could not be given back. The process cannot raise
    it: inside/seccomp.py took the call away.
    """
    before = fork_limits(pid)
    if before is not None:
        set_fork_limits(pid, 0, before[1])
    return before


def restore_forks(pid: int, before: tuple[int, int]) -> bool:
    """Give the process its limits back; return whether it had left the frozen ones alone."""
    now = fork_limits(pid)
    if now is not None:
        set_fork_limits(pid, *before)
    return now is None or now[0] == 0
