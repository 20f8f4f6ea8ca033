"""Take from this process, for good, the system calls that student code has no use for.

First of all prlimit: with it a process could undo the freeze on forks while it is timed. Others hold
memory that the watchdog would not see. The rest are doors into the machine's kernel that have let
sandboxes out before.
"""

from __future__ import annotations

import ctypes
import os
import struct

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, FILTER_MODE = 38, 22, 2
LOAD, EQUAL, AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050001, 0x80000000
NUMBER, ARCHITECTURE, NEW_LIMIT = 0, 4, 32

#: Machine: (audit architecture, prlimit64, refused calls). setrlimit, ptrace, process_vm_readv, _writev,
#: unshare, setns, mount, keyctl, add_key, request_key, bpf, perf_event_open, userfaultfd, pidfd_getfd,
#: io_uring_setup, _enter, _register; and memory that is no process's: memfd_create, memfd_secret, shmget,
#: msgget.
CALLS = {
    "x86_64": (
        0xC000003E,
        302,
        (160, 101, 310, 311, 272, 308, 165, 250, 248, 249, 321, 298, 323, 438, 425, 426, 427, 319, 447, 29, 68),
    ),
    "aarch64": (
        0xC00000B7,
        261,
        (164, 117, 270, 271, 97, 268, 40, 219, 217, 218, 280, 241, 282, 438, 425, 426, 427, 279, 447, 194, 186),
    ),
}


def program(machine: str) -> list[tuple[int, int, int, int]]:
    """Return the filter as (operation, jump if true, jump if false, value)."""
    architecture, prlimit, refused = CALLS[machine]
    count = len(refused)
    # Behind the refused calls: allow, the look at prlimit's third argument (4 steps), refuse, kill.
    steps = [
        (LOAD, 0, 0, ARCHITECTURE),
        (EQUAL, 0, count + 9, architecture),
        (LOAD, 0, 0, NUMBER),
        # The x32 calls of x86_64 have other numbers for the same things.
        (AT_LEAST, count + 7, 0, 0x40000000),
        (EQUAL, count + 1, 0, prlimit),
    ]
    steps += [(EQUAL, count - at + 4, 0, call) for at, call in enumerate(refused)]
    return [
        *steps,
        (RETURN, 0, 0, ALLOW),
        (LOAD, 0, 0, NEW_LIMIT),
        (EQUAL, 0, 2, 0),
        (LOAD, 0, 0, NEW_LIMIT + 4),
        (EQUAL, 1, 0, 0),
        (RETURN, 0, 0, REFUSE),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, KILL),
    ]


def close() -> bool:
    """Put the filter on this process and all it starts; False on a machine that it is not written for."""
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    prctl.argtypes = [ctypes.c_int] + [ctypes.c_ulong] * 4
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    machine = os.uname().machine
    if machine not in CALLS:
        return False
    steps = b"".join(struct.pack("HBBI", *step) for step in program(machine))
    code = ctypes.create_string_buffer(steps)
    head = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(steps) // 8, ctypes.addressof(code)))
    return bool(prctl(PR_SET_SECCOMP, FILTER_MODE, ctypes.addressof(head), 0, 0) == 0)
