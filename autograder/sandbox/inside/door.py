"""Let a process connect to the grader's sockets and to none other, where no namespace hides the others.

Landlock does not look at connections to sockets that have a path. So each ``connect`` of the student's
processes waits (seccomp's user notification) until the process above them has looked at the address. That
one makes the connection itself and puts it in the place of the socket: what is changed in between does
not matter. https://docs.kernel.org/userspace-api/seccomp.html#userspace-notification
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import select
import socket
import struct

import calls
import seccomp

SET_FILTER, WITH_LISTENER, NOTIFY = 1, 8, 0x7FC00000
SECCOMP = {"x86_64": 317, "aarch64": 277}
RECEIVE, ANSWER, PUT = 0xC0502100, 0xC0182101, 0x40182103
REPLACE = 1
ADDRESS_BYTES = 110
SECONDS = 5


def hang() -> int:
    """Make each later ``connect`` of this process, and of all it starts, wait; return where to look at them."""
    machine = os.uname().machine
    steps = [
        (seccomp.LOAD, 0, 0, seccomp.NUMBER),
        *seccomp.when(seccomp.EQUAL, calls.number("connect", machine), [(seccomp.RETURN, 0, 0, NOTIFY)]),
        (seccomp.RETURN, 0, 0, seccomp.ALLOW),
    ]
    head, kept = seccomp.packed(steps)
    number = ctypes.CDLL(None, use_errno=True).syscall(SECCOMP[machine], SET_FILTER, WITH_LISTENER, head)
    del kept
    if number < 0:
        raise OSError(ctypes.get_errno(), "the door to the grader cannot be hung")
    return int(number)


def attend(listener: int, folder: str, child: int) -> None:
    """Answer every ``connect`` until the child has ended; only sockets in `folder` are reached."""
    ended = os.pidfd_open(child)
    poll = select.poll()
    for number in (listener, ended):
        poll.register(number, select.POLLIN)
    while ended not in (ready := [number for number, _ in poll.poll()]):
        if listener in ready:
            serve(listener, folder)


def serve(listener: int, folder: str) -> None:
    """Answer one ``connect``."""
    asked = bytearray(80)
    try:
        fcntl.ioctl(listener, RECEIVE, asked)
        number, pid = struct.unpack_from("=QI", asked)
        target, address, size = struct.unpack_from("=QQQ", asked, 32)
        failure = connect(listener, number, target, path_of(pid, address, size), folder)
        fcntl.ioctl(listener, ANSWER, struct.pack("=QqiI", number, 0, -failure, 0))
    except (OSError, OverflowError):
        return  # who asked is gone, or asked nonsense: it may wait


def path_of(pid: int, address: int, size: int) -> str:
    """Return the path of a Unix socket's address in another process; empty for any other address."""
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        memory.seek(address)
        data = memory.read(min(size, ADDRESS_BYTES))
    family, path = data[:2], data[2:].split(b"\0")[0]
    return os.fsdecode(path) if family == struct.pack("=H", socket.AF_UNIX) else ""


def connect(listener: int, number: int, target: int, path: str, folder: str) -> int:
    """Connect to a path in `folder`, and put the connection in the asker's place; return the error's number."""
    if not folder or os.path.dirname(path) != folder or os.path.islink(path):
        return errno.EPERM
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(SECONDS)
        try:
            line.connect(path)
        except OSError as error:
            return error.errno or errno.ETIMEDOUT
        line.setblocking(True)
        fcntl.ioctl(listener, PUT, struct.pack("=QIIII", number, REPLACE, line.fileno(), target, os.O_CLOEXEC))
    return 0
