"""Take from this process, and all that it starts, every file but some: Linux's Landlock, by its plain calls.

https://docs.kernel.org/userspace-api/landlock.html. What Landlock does not look at, inside/seccomp.py
refuses: rights, owners and times of files, and signals where the machine's kernel is older.
"""

from __future__ import annotations

import ctypes
import os
import stat
import struct
from collections.abc import Iterable, Mapping

CREATE, ADD, RESTRICT, ONLY_VERSION, BENEATH = 444, 445, 446, 1, 1
#: The first version that looks at the cutting of files, and the one that keeps signals in.
OLDEST, SIGNALS = 3, 6

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1, 2, 4, 8
MAKE_DEVICES, TRUNCATE, IOCTL_DEVICE = (1 << 6) | (1 << 11), 1 << 14, 1 << 15
OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEVICE
NO_ABSTRACT_SOCKETS, NO_SIGNALS = 1, 2

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long


def version() -> int:
    """Return the version of Landlock here, 0 where there is none."""
    return max(0, int(libc.syscall(CREATE, None, ctypes.c_size_t(0), ONLY_VERSION)))


def every_right(known: int) -> int:
    """Return all rights to files that a version knows."""
    return (1 << 16) - 1 if known >= 5 else (1 << 15) - 1


def restrict(paths: Mapping[str, Iterable[str]], known: int) -> None:
    """Leave this process the given paths and nothing else. Raises OSError.

    Parameters
    ----------
    paths : mapping of str to iterable of str
        ``read``: what may be read and run, with all below; ``list``: folders whose names may be seen;
        ``write``: what may be changed; ``own``: what may only be read. A path that is not there is left out.
    known : int
        The version of Landlock.
    """
    every = every_right(known)
    rights = {
        "read": EXECUTE | READ_FILE | READ_DIR,
        "list": READ_DIR,
        "own": READ_FILE | READ_DIR,
        "write": every & ~MAKE_DEVICES,
    }
    scoped = NO_ABSTRACT_SOCKETS | NO_SIGNALS if known >= SIGNALS else 0
    head = struct.pack("QQQ", every, 0, scoped)[: 24 if scoped else 8]
    rules = call(CREATE, head, ctypes.c_size_t(len(head)), 0)
    for kind, names in paths.items():
        for name in names:
            allow(rules, name, rights[kind])
    call(RESTRICT, rules, 0)
    os.close(rules)


def allow(rules: int, path: str, rights: int) -> None:
    """Add a path to the rules."""
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    rights &= -1 if stat.S_ISDIR(os.fstat(place).st_mode) else OF_FILES
    call(ADD, rules, BENEATH, struct.pack("=Qi", rights, place), 0)
    os.close(place)


def call(number: int, *arguments: object) -> int:
    """Make a system call. Raises OSError."""
    result = int(libc.syscall(number, *arguments))
    if result < 0:
        raise OSError(ctypes.get_errno(), f"Landlock: {os.strerror(ctypes.get_errno())}")
    return result
