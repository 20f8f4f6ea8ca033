"""Tries to break out of the sandbox it runs in; the grader starts it before it trusts the sandbox.

Each attempt returns what it got hold of, or nothing. One that gets hold of something is a hole. What
the machine's kernel says of these processes, the grader reads itself (see ../canary.py).
"""

from __future__ import annotations

import ctypes
import fcntl
import mmap
import os
import resource
import socket
from collections.abc import Callable
from functools import partial
from json import dumps
from typing import Any

#: What the grader tells: addresses of its listeners, paths that exist outside, its process, its namespaces.
Facts = dict[str, Any]

libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.argtypes = [ctypes.c_long] * 4


def works(call: Callable[[], Any]) -> bool:
    """Return whether a call goes through; what it opened is closed."""
    try:
        opened = call()
    except (OSError, ValueError):
        return False
    if hasattr(opened, "close"):
        opened.close()
    return True


def open_and_close(path: str, mode: int) -> None:
    """Open a file, and leave it."""
    os.close(os.open(path, mode))


def connect(family: int, address: Any) -> None:
    """Connect to a listener, and leave it."""
    with socket.socket(family) as line:
        line.settimeout(2)
        line.connect(address)


def network(facts: Facts) -> list[str]:
    """Connect to the grader's own listeners, which wait for it, and look for network interfaces."""
    got = []
    tries = [
        (socket.AF_INET, (facts["host"], facts["port"]), f"{facts['host']} port {facts['port']}"),
        (socket.AF_UNIX, "\0" + facts["abstract"], "an abstract Unix socket"),
        (socket.AF_UNIX, facts["path"], "a Unix socket of the grader"),
    ]
    for family, address, name in tries:
        if works(partial(connect, family, address)):
            got.append(f"a connection to {name}")
    return got


def sockets(_facts: Facts) -> list[str]:
    """Open a socket of any other kind than the one that the kernel is asked through."""
    kinds = [(family, kind) for family in range(50) for kind in (1, 2, 3, 5) if (family, kind) != (1, 1)]
    return [f"a socket of family {kind[0]}, type {kind[1]}" for kind in kinds if works(partial(socket.socket, *kind))]


def host_files(facts: Facts) -> list[str]:
    """Find any of the paths that exist outside: the course, the gradebook, the home folder.

    Where names cannot be hidden, it must not be possible to open them.
    """
    if facts["hides"]:
        return [path for path in facts["hidden"] if os.path.lexists(path)]
    return [path for path in facts["hidden"] if works(partial(open_and_close, path, os.O_RDONLY))]


def packages(facts: Facts) -> list[str]:
    """List the packages of the instructor's environment."""
    got: list[str] = []
    for path in facts["packages"]:
        try:
            got += [f"{path}/{name}" for name in os.listdir(path)]
        except OSError:
            continue
    return got[:3]


def writing(facts: Facts) -> list[str]:
    """Write wherever there is a folder that is not the private one, and make a read-only one writable."""
    got = []
    folders = ["/", "/usr/bin", "/usr/lib", "/etc", "/env", "/env/bin", "/aics", "/run", "/run/kernel", "/dev"]
    if not facts["hides"]:
        folders += ["/tmp", "/var/tmp", "/dev/shm", *facts["hidden"]]
    for folder in folders:
        if libc.mount(None, folder.encode(), None, ctypes.c_ulong(0x20 | 0x1000), None) == 0:
            got.append(f"a writable mount of {folder}")
        try:
            os.close(os.open(f"{folder}/canary", os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            os.unlink(f"{folder}/canary")
        except OSError:
            continue
        got.append(f"{folder}/canary")
    for path in ("/proc/sys/kernel/core_pattern", "/proc/sysrq-trigger", "/etc/passwd", "/run/kernel/main.py"):
        if works(partial(open_and_close, path, os.O_WRONLY)):
            got.append(path)
    if not facts["hides"]:
        rights = os.stat(facts["hidden"][0]).st_mode
        if (
            works(lambda: os.chmod(facts["hidden"][0], rights ^ 0o111))
            and os.stat(facts["hidden"][0]).st_mode != rights
        ):
            got.append(f"the rights of {facts['hidden'][0]}")
    return got


def processes(facts: Facts) -> list[str]:
    """See a process other than this one and the one above it, signal the grader's, look into either."""
    above, own, grader = os.getppid(), os.getpid(), facts["grader"]
    try:
        seen = {int(name) for name in os.listdir("/proc") if name.isdigit()} - {above, own}
    except OSError:
        seen = set()
    got = [f"process {pid}" for pid in sorted(seen)]
    if grader not in (above, own) and works(lambda: os.kill(grader, 0)):
        got.append("a signal to the grader")
    for pid in (above, grader):
        if pid != own and works(partial(open_and_close, f"/proc/{pid}/mem", os.O_RDWR)):
            got.append(f"the memory of process {pid}")
        attach, detach = 16, 17
        if pid != own and libc.ptrace(attach, pid, 0, 0) == 0:
            libc.ptrace(detach, pid, 0, 0)
            got.append(f"the reins of process {pid}")
    return got


def namespaces(facts: Facts) -> list[str]:
    """Share a namespace with the grader; it looks itself where there are no books inside."""
    if facts["namespaces"] and not os.path.exists("/proc/self/ns"):
        return ["unseen"]
    names = facts["namespaces"].items()
    return [f"the grader's {name}" for name, number in names if os.stat(f"/proc/self/ns/{name}").st_ino == number]


def root(_facts: Facts) -> list[str]:
    """Be, or become, user 0; the grader itself looks at who this is outside."""
    got = []
    if 0 in (*os.getresuid(), *os.getresgid(), *os.getgroups()):
        got.append("user or group 0")
    if works(lambda: os.setuid(0)):
        got.append("setuid(0)")
    return got


def capabilities(_facts: Facts) -> list[str]:
    """Start a user namespace, in which there would be capabilities."""
    got = []
    if libc.unshare(0x10000000) == 0:
        got.append("a new user namespace")
    sigchld, new_user = 17, 0x10000000
    clone = {"x86_64": 56, "aarch64": 220}.get(os.uname().machine)
    if clone is not None:
        child = libc.syscall(clone, new_user | sigchld, 0, 0, 0, 0)
        if child == 0:
            os._exit(0)
        if child > 0:
            os.waitpid(child, 0)
            got.append("a child in a new user namespace")
    return got


def limits(_facts: Facts) -> list[str]:
    """Raise or lower a limit; the grader itself looks whether there are any."""
    got = []
    for name in ("RLIMIT_NPROC", "RLIMIT_DATA", "RLIMIT_FSIZE", "RLIMIT_NOFILE"):
        which = getattr(resource, name)
        soft, hard = resource.getrlimit(which)
        if works(partial(resource.setrlimit, which, (soft, hard + 1))):
            got.append(f"a higher {name}")
        if works(partial(resource.setrlimit, which, (soft, hard))):
            got.append(f"another {name}")
    return got


def memory(_facts: Facts) -> list[str]:
    """Get memory that no count of processes, files and descriptors shows."""
    ours, theirs = socket.socketpair()
    reading, writing_end = os.pipe()
    zero = "/dev/zero"
    tries: dict[str, Callable[[], Any]] = {
        "shared memory without a name": lambda: mmap.mmap(-1, 4096),
        "a file in memory": lambda: os.close(os.memfd_create("canary")),
        "a larger socket": lambda: ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 22),
        "a larger pipe": lambda: fcntl.fcntl(writing_end, 1031, 1 << 20),
        "a queue of connections": lambda: ours.listen(),
        "a descriptor under way": lambda: socket.send_fds(ours, [b"x"], [reading]),
    }
    got = [name for name, call in tries.items() if works(call)]
    if works(lambda: mmap.mmap(os.open(zero, os.O_RDWR), 4096)):
        got.append(f"shared memory of {zero}")
    for number in (reading, writing_end):
        os.close(number)
    ours.close()
    theirs.close()
    return got


def words(_facts: Facts) -> list[str]:
    """Leave a word on a file that other sandboxes see too, or watch one for a word: locks, leases, watches."""
    file = os.open(__file__, os.O_RDONLY)
    read_lease, read_lock = 1, (0, 0, 0, 0, 0)
    record = b"".join(value.to_bytes(8, "little") for value in read_lock)
    tries: dict[str, Callable[[], Any]] = {
        "a lock": lambda: fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB),
        "a record's lock": lambda: fcntl.fcntl(file, fcntl.F_SETLK, record),
        "a lease": lambda: fcntl.fcntl(file, 1024, read_lease),
        "a hint": lambda: fcntl.fcntl(file, 1036, bytes(8)),
    }
    got = [name for name, call in tries.items() if works(call)]
    watch = libc.inotify_init1(0)
    if watch >= 0:
        os.close(watch)
        got.append("a watch")
    os.close(file)
    return got


ATTEMPTS = (
    network,
    sockets,
    host_files,
    packages,
    writing,
    processes,
    namespaces,
    root,
    capabilities,
    limits,
    memory,
    words,
)


def run(channel: int, facts: Facts) -> None:
    """Make every attempt, tell the grader what each got hold of, and stay until it has looked."""
    found = {}
    for attempt in ATTEMPTS:
        try:
            found[attempt.__name__] = attempt(facts)
        except Exception as error:  # an attempt that breaks proves nothing
            found[attempt.__name__] = [f"no answer ({type(error).__name__}: {error})"]
    text = dumps({"kind": "canary", "found": found}).encode()
    with socket.socket(fileno=channel) as line:
        line.sendall(len(text).to_bytes(4, "big") + text)
        line.recv(1)
