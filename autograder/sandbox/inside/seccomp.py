"""Take from this process, and all that it starts, the system calls that student code has no use for.

`REFUSED` and `CHECKED` say which and why; what they name fails with EPERM. A kernel call newer than the
table, and clone3, whose flags no filter can read, fail with ENOSYS: the C library then does without.
Calls of another architecture end the process. The filter is written for the machines in
`calls.MACHINES`; on others there is none, and the canary of every level that promises one says so.
"""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Collection, Iterable
from typing import NamedTuple

import calls

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, FILTER_MODE = 38, 22, 2
LOAD, AND, EQUAL, AT_LEAST, RETURN = 0x20, 0x54, 0x15, 0x35, 0x06
ALLOW, PRETEND, REFUSE, UNKNOWN, KILL = 0x7FFF0000, 0x00050000, 0x00050001, 0x00050026, 0x80000000
NUMBER, ARCHITECTURE, ARGUMENTS = 0, 4, 16
#: The x32 calls of x86_64 have other numbers for the same things.
X32 = 0x40000000

AF_UNIX, SOCK_STREAM, SOCK_TYPE = 1, 1, 0xF
#: Flags of clone: a new mount table, control groups, names, queues, users, processes, network.
NEW_NAMESPACES = 0x00020000 | 0x02000000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000
CLONE_FILES, CLONE_THREAD = 0x400, 0x10000
SHARED_ANONYMOUS, HUGE_PAGES = 0x01 | 0x20, 0x40000
#: Of fcntl: duplicate a descriptor, its flags, the size of a pipe. Not: locks, leases, watches, signals, hints.
DUPLICATE, FLAGS, PIPE_SIZE = (0, 1030), (1, 2, 3, 4), (1032,)
SECCOMP_FILTER, MEMORY_MAP, ANY_TRACER = 22, 35, 0x59616D61
INSERT_INPUT, CONSOLE = 0x5412, 0x541C


class Check(NamedTuple):
    """What an argument, its other bits taken away, must be one of; or none of, if `never`."""

    argument: int
    values: tuple[int, ...]
    mask: int = 0xFFFFFFFF
    never: bool = False
    high: bool = False


#: Refused at every level, by what they would do.
REFUSED = {
    "leave the limits, or the freeze of forks": """
        setrlimit process_vm_readv process_vm_writev ptrace pidfd_getfd kcmp process_madvise process_mrelease move_pages
        migrate_pages""",
    "wake who was stopped, or keep a core busy meanwhile": "timer_create timerfd_create signalfd signalfd4",
    "hold memory that is no process's": "memfd_create memfd_secret shmget shmat msgget semget mq_open io_setup",
    "pin memory in a pipe": "vmsplice splice tee",
    "change what is mounted, or who one is": """
        unshare setns mount umount2 pivot_root chroot fsopen fsmount fsconfig fspick open_tree move_mount mount_setattr
        swapon swapoff quotactl quotactl_fd personality""",
    "reach parts of the kernel that have let sandboxes out": """
        keyctl add_key request_key bpf perf_event_open userfaultfd io_uring_setup io_uring_enter io_uring_register
        seccomp landlock_create_ruleset landlock_add_rule landlock_restrict_self modify_ldt uselib lookup_dcookie
        nfsservctl name_to_handle_at open_by_handle_at""",
    "run the machine": """
        acct reboot kexec_load kexec_file_load init_module finit_module delete_module syslog settimeofday clock_settime
        clock_adjtime adjtimex sethostname setdomainname iopl ioperm vhangup""",
}
#: Refused where sandboxes must not reach anybody: strict and reduced. What two that run at the same time
#: can still feel of one another is how busy the machine is, and by time, which files lie in its memory.
SHUT = {
    "hold memory in sockets: many senders, queues, descriptors under way": """
        bind listen accept accept4 sendmsg sendmmsg setsockopt""",
    "leave a word on a file that the next sandbox sees too": """
        flock inotify_init inotify_init1 fanotify_init fanotify_mark mincore""",
}
#: Refused where no namespace holds the sandbox, and Landlock does not look: reduced.
SHARED = {
    "slow another process of the same user": """
        setpriority ioprio_set sched_setparam sched_setscheduler sched_setattr sched_setaffinity""",
}
#: Done in appearance only, there too: owners, rights and times of files, which every program that copies sets.
IN_APPEARANCE = """
    chmod fchmod fchmodat chown fchown lchown fchownat utime utimes futimesat utimensat setxattr lsetxattr fsetxattr
    removexattr lremovexattr fremovexattr"""
#: Refused beside them where Landlock does not keep signals in.
SIGNALS = {"signal another process of the same user": "tkill rt_sigqueueinfo rt_tgsigqueueinfo pidfd_send_signal"}

CHECKED = {
    "prlimit64": (Check(2, (0,)), Check(2, (0,), high=True)),
    # A thread with descriptors of its own would hide them from who counts its process's.
    "clone": (Check(0, (0,), NEW_NAMESPACES), Check(0, (CLONE_THREAD,), CLONE_THREAD | CLONE_FILES, never=True)),
    "prctl": (Check(0, (SECCOMP_FILTER, MEMORY_MAP, ANY_TRACER), never=True),),
    "ioctl": (Check(1, (INSERT_INPUT, CONSOLE), never=True),),
    # Memory of which a process may let go and yet keep it.
    "mmap": (Check(3, (SHARED_ANONYMOUS,), SHARED_ANONYMOUS, never=True), Check(3, (0,), HUGE_PAGES)),
}
CHECKED_SHUT = {
    "socket": (Check(0, (AF_UNIX,)), Check(1, (SOCK_STREAM,), SOCK_TYPE)),
    "socketpair": (Check(0, (AF_UNIX,)), Check(1, (SOCK_STREAM,), SOCK_TYPE)),
    "fcntl": (Check(1, DUPLICATE + FLAGS + PIPE_SIZE),),
}

Step = tuple[int, int, int, int]


def program(
    machine: str, *, shut: bool, shared: bool = False, quiet: bool = False, left_open: Collection[str] = ()
) -> list[Step]:
    """Return the filter as (operation, jump if true, jump if false, value).

    Parameters
    ----------
    shut : bool
        Whether sockets, locks and watches are refused too.
    shared : bool
        Whether what a namespace would hold is refused too, or done in appearance only.
    quiet : bool
        Whether signals are refused too, but for those to this very process.
    left_open : collection of str
        Calls that it lets pass all the same: for tests, whose attack must get through without its guard.
    """
    groups = [REFUSED, *([SHUT] if shut else []), *([SHARED] if shared else []), *([SIGNALS] if quiet else [])]
    refused = [name for group in groups for names in group.values() for name in names.split()]
    to_oneself = (Check(0, (os.getpid(),)),)
    checked = CHECKED | (CHECKED_SHUT if shut else {}) | ({"kill": to_oneself, "tgkill": to_oneself} if quiet else {})
    steps: list[Step] = [
        (LOAD, 0, 0, ARCHITECTURE),
        (EQUAL, 1, 0, calls.MACHINES[machine][0]),
        (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER),
        *when(AT_LEAST, X32, [(RETURN, 0, 0, KILL)]),
        *when(AT_LEAST, calls.NEWER, [(RETURN, 0, 0, UNKNOWN)]),
        *when(EQUAL, calls.number("clone3", machine), [(RETURN, 0, 0, UNKNOWN)]),
    ]
    for name, checks in checked.items():
        if name not in left_open:
            steps += when(EQUAL, calls.number(name, machine), [*all_of(checks), (RETURN, 0, 0, ALLOW)])
    answers = dict.fromkeys(refused, REFUSE) | dict.fromkeys(IN_APPEARANCE.split() if shared else (), PRETEND)
    for name, answer in answers.items():
        if name not in left_open:
            steps += when(EQUAL, calls.number(name, machine), [(RETURN, 0, 0, answer)])
    return [*steps, (RETURN, 0, 0, ALLOW)]


def when(operation: int, value: int | None, block: list[Step]) -> list[Step]:
    """Return `block`, which must end in a return, behind a test of what was loaded; nothing for None."""
    return [] if value is None else [(operation, 0, len(block), value), *block]


def all_of(checks: Iterable[Check]) -> list[Step]:
    """Return the steps that refuse a call unless each check is met."""
    steps: list[Step] = []
    for check in checks:
        steps += [(LOAD, 0, 0, ARGUMENTS + 8 * check.argument + 4 * check.high), (AND, 0, 0, check.mask)]
        # Behind each value's test: the other tests, then the refusal, which a good value jumps over.
        count = len(check.values)
        for at, value in enumerate(check.values):
            left = count - at - 1
            steps.append((EQUAL, left + (not check.never), 0 if left else int(check.never), value))
        steps.append((RETURN, 0, 0, REFUSE))
    return steps


def packed(steps: Iterable[Step]) -> tuple[ctypes.Array[ctypes.c_char], object]:
    """Return a program as the kernel takes it, and what must be kept until it has."""
    code = b"".join(struct.pack("HBBI", *step) for step in steps)
    kept = ctypes.create_string_buffer(code)
    return ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(code) // 8, ctypes.addressof(kept))), kept


def close(*, shut: bool, shared: bool = False, quiet: bool = False, left_open: Collection[str] = ()) -> bool:
    """Put the filter on this process and all it starts; False on a machine that it is not written for."""
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    prctl.argtypes = [ctypes.c_int] + [ctypes.c_ulong] * 4
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    machine = os.uname().machine
    if machine not in calls.MACHINES:
        return False
    head, _kept = packed(program(machine, shut=shut, shared=shared, quiet=quiet, left_open=left_open))
    return bool(prctl(PR_SET_SECCOMP, FILTER_MODE, ctypes.addressof(head), 0, 0) == 0)
