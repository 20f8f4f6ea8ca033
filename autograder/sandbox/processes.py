"""The processes of one sandbox as seen from outside: who they are, what they use, stop and go.

Everything here reads the kernel's books; nothing is asked of the student's code.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import time
from contextlib import suppress

from .identity import popen_identity

PAGE = os.sysconf("SC_PAGE_SIZE")


def tree(root: int) -> list[int]:
    """Return `root` and all processes below it, parents first."""
    found = [root]
    for pid in found:
        try:
            threads = os.listdir(f"/proc/{pid}/task")
        except OSError:
            continue
        for thread in threads:
            try:
                with open(f"/proc/{pid}/task/{thread}/children") as children:
                    found.extend(int(child) for child in children.read().split())
            except OSError:
                continue
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


def state(pid: int) -> str:
    """Return the kernel's letter for what the process does (R, S, T, Z ...); X when it is gone."""
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0]
    except OSError:
        return "X"


def resident_bytes(pid: int) -> int:
    """Return the memory that the process has in use, shared pages included."""
    try:
        with open(f"/proc/{pid}/statm") as statm:
            return int(statm.read().split()[1]) * PAGE
    except (OSError, IndexError):
        return 0


def own_bytes(pid: int) -> int:
    """Return the process's memory, each shared page counted by its share."""
    try:
        with open(f"/proc/{pid}/smaps_rollup") as rollup:
            for line in rollup:
                if line.startswith("Pss:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return resident_bytes(pid)


def memory_bytes(pids: list[int], limit: int) -> int:
    """Return the memory of all processes; exactly only where it might be over `limit`."""
    quick = sum(map(resident_bytes, pids))
    return quick if quick <= limit else sum(map(own_bytes, pids))


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


def send(pid: int, number: signal.Signals) -> None:
    """Signal one process; no matter if it is gone."""
    with suppress(ProcessLookupError):
        os.kill(pid, number)


def end_all(root: int, process: subprocess.Popen[bytes], seconds: float = 5) -> None:
    """End `root`, everything below it, and `process`, which started them; return when they are gone.

    Raises RuntimeError if some are still there after so many seconds.
    """
    deadline = time.monotonic() + seconds
    known: set[int] = {root}
    while time.monotonic() < deadline:
        below = tree(root)[1:]
        known.update(below)
        for pid in below:
            send(pid, signal.SIGKILL)
        # Orphans return to the root where there is no pid namespace: it must go last.
        if all(state(pid) in "XZ" for pid in below):
            send(root, signal.SIGKILL)
            process.kill()
            process.wait()
            if all(state(pid) in "XZ" for pid in known):
                return
        time.sleep(0.002)
    raise RuntimeError(f"processes of a sandbox are still there: {sorted(known)}")


def fork_limits(pid: int) -> tuple[int, int] | None:
    """Return how many processes there may be for forks of `pid`, soft and hard; None if it is gone."""
    try:
        with open(f"/proc/{pid}/limits") as limits:
            words = next(line for line in limits if line.startswith("Max processes")).split()
    except OSError:
        return None
    soft, hard = (resource.RLIM_INFINITY if word == "unlimited" else int(word) for word in words[2:4])
    return soft, hard


def set_fork_limits(pid: int, soft: int, hard: int) -> None:
    """Set how many processes there may be for forks of `pid`; no matter if it is gone."""
    try:
        resource.prlimit(pid, resource.RLIMIT_NPROC, (soft, hard))
    except ProcessLookupError:
        return
    except PermissionError:
        # The root of a container may not have the capability; the student's own user needs none.
        command = ["prlimit", f"--pid={pid}", f"--nproc={soft}:{hard}"]
        subprocess.run(command, check=fork_limits(pid) is not None, capture_output=True, **popen_identity())


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
