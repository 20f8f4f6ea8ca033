"""Every process of a sandbox is filtered, limited and out of the others' reach; no word passes to the next one."""

from __future__ import annotations

import importlib
import resource
import time

import pytest

from autograder.sandbox import FreezeError, launched, processes, usage, view

from .conftest import every_level

MACHINES = ("x86_64", "aarch64")


@every_level
def test_every_process_is_filtered_and_limited(kernel):
    pids = kernel.pids()
    books = [usage.status(pid) for pid in pids]

    assert len(pids) == 2
    assert [(book["Seccomp"], book["NoNewPrivs"], int(book["CapEff"], 16)) for book in books] == [("2", "1", 0)] * 2
    for name in ("Max processes", "Max data size", "Max file size", "Max open files", "Max pending signals"):
        assert not [pid for pid in pids if resource.RLIM_INFINITY in processes.limits(pid, name)]


INTO_THE_FIRST = "import os\nos.close(os.open(f'/proc/{os.getppid()}/mem', os.O_RDWR))"


@pytest.mark.parametrize("level", ["strict", "none"], indirect=True)  # Landlock refuses it once more
def test_nobody_looks_into_the_first_process(start, monkeypatch):
    assert start().execute(INTO_THE_FIRST, timeout=10).ename == "PermissionError"
    monkeypatch.setattr(launched, "LEFT_OPEN", ["dumpable"])
    assert start().execute(INTO_THE_FIRST, timeout=10).status == "ok"


UNDO = """
import os, resource
try:
    resource.setrlimit(resource.RLIMIT_NPROC, (9, resource.getrlimit(resource.RLIMIT_NPROC)[1]))
except (OSError, ValueError) as error:
    print(type(error).__name__)
if os.fork() == 0:
    __import__("time").sleep(60)
"""


@every_level
def test_a_freeze_cannot_be_undone(kernel):
    with kernel.frozen():
        assert kernel.execute(UNDO, timeout=10).ename == "BlockingIOError"


def test_a_freeze_that_was_undone_voids_what_was_read_meanwhile(start, monkeypatch):
    monkeypatch.setattr(launched, "LEFT_OPEN", ["prlimit64", "setrlimit"])
    kernel = start()

    with pytest.raises(FreezeError, match="while forks were frozen"), kernel.frozen():
        assert kernel.execute(UNDO, timeout=10).status == "ok"
    with pytest.raises(RuntimeError, match="busy"), kernel.frozen():  # not covered up by what follows from it
        kernel.send(f"{UNDO}\nimport time\ntime.sleep(60)"), kernel.send(UNDO)


def test_a_freeze_holds_from_the_first_moment_for_who_forks_all_the_time(kernel):
    kernel.send("import os, time\nwhile True:\n    try:\n        if os.fork(): os._exit(0)\n    except OSError: pass")
    time.sleep(0.2)
    kernel.freeze_forks()
    before = kernel.threads()
    time.sleep(0.2)

    assert kernel.threads() <= before


SLEEPERS = "import os, time\nfor _ in range({}):\n    if not os.fork(): time.sleep(600)"


def test_who_cannot_be_frozen_or_ended_in_time_voids_the_reading_and_stays_as_it_was(kernel, monkeypatch):
    kernel.execute(SLEEPERS.format(1), timeout=10)
    monkeypatch.setattr("autograder.sandbox.kernel.OTHERS_SECONDS", 0)

    with pytest.raises(FreezeError, match="do not end"):
        kernel.end_others()
    with pytest.raises(FreezeError, match="faster than they can be frozen"), kernel.frozen():
        raise AssertionError("unreachable")
    assert kernel.execute("import threading\nthreading.Thread(target=print).start()", timeout=10).status == "ok"


def test_what_the_grader_waits_for_a_core_is_no_time_in_which_others_must_end(kernel, monkeypatch):
    """A crowd of the size that it takes is different on every machine, so what it does is done here."""
    kernel.execute(SLEEPERS.format(3), timeout=10)
    send, late = processes.send, time.monotonic() + 0.5
    monkeypatch.setattr("autograder.sandbox.kernel.OTHERS_SECONDS", 0.1)
    monkeypatch.setattr("autograder.sandbox.allowance.own_waiting", time.monotonic)
    monkeypatch.setattr(processes, "send", lambda *to: time.monotonic() > late and send(*to))
    kernel.end_others()

    assert len(kernel.pids()) == 2


#: What a sandbox could leave on, or watch of, a file that others see at the same time: guard and source.
WORDS = {
    "a lock": ("flock", "import fcntl\nfcntl.flock(open('/run/kernel/main.py'), fcntl.LOCK_EX)"),
    "a record's lock": ("fcntl", "import fcntl\nfcntl.lockf(open('/run/kernel/main.py'), fcntl.LOCK_SH)"),
    "a watch": (
        "inotify_init1",
        "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\n"
        "if libc.inotify_init1(0) < 0: raise PermissionError(ctypes.get_errno())",
    ),
    "a network": ("socket", "import socket\nsocket.socket(socket.AF_INET).close()"),
}


@pytest.mark.parametrize("what", WORDS)
def test_no_word_passes_to_another_sandbox(start, monkeypatch, what):
    guard, source = WORDS[what]

    assert start().execute(source, timeout=10).ename == "PermissionError"
    monkeypatch.setattr(launched, "LEFT_OPEN", [guard])
    assert start().execute(source, timeout=10).status == "ok"


@pytest.fixture
def seccomp(monkeypatch):
    monkeypatch.syspath_prepend(view.INSIDE_SOURCE)
    return importlib.import_module("seccomp")


def decide(seccomp, machine: str, call: int, *arguments: int, architecture: int | None = None) -> int:
    """Run the filter as the kernel would, and return what it says of one call."""
    calls = importlib.import_module("calls")
    data = {seccomp.NUMBER: call, seccomp.ARCHITECTURE: architecture or calls.MACHINES[machine][0]}
    for at, value in enumerate(arguments):
        data |= {seccomp.ARGUMENTS + 8 * at: value & 0xFFFFFFFF, seccomp.ARGUMENTS + 8 * at + 4: value >> 32}
    steps, at, held = seccomp.program(machine, shut=True), 0, 0
    while True:
        operation, true, false, value = steps[at]
        at += 1
        if operation == seccomp.RETURN:
            return value
        if operation == seccomp.LOAD:
            held = data.get(value, 0)
        elif operation == seccomp.AND:
            held &= value
        else:
            met = held == value if operation == seccomp.EQUAL else held >= value
            at += true if met else false


@pytest.mark.parametrize("machine", MACHINES)
def test_the_filter_refuses_what_it_names_and_nothing_else(seccomp, machine):
    calls = importlib.import_module("calls")
    refused = {name for group in (*seccomp.REFUSED.values(), *seccomp.SHUT.values()) for name in group.split()}
    numbers = {name: calls.number(name, machine) for name in refused}
    checked = {calls.number(name, machine) for name in (*seccomp.CHECKED, *seccomp.CHECKED_SHUT, "clone3")}
    harmless = set(range(calls.NEWER)) - set(numbers.values()) - checked

    assert {decide(seccomp, machine, number) for number in numbers.values() if number is not None} == {seccomp.REFUSE}
    assert {decide(seccomp, machine, number) for number in harmless} == {seccomp.ALLOW}
    assert decide(seccomp, machine, calls.number("clone3", machine)) == seccomp.UNKNOWN
    assert decide(seccomp, machine, calls.NEWER + 20) == seccomp.UNKNOWN
    assert decide(seccomp, machine, 0x40000000) == seccomp.KILL
    assert decide(seccomp, machine, 0, architecture=0x40000003) == seccomp.KILL


THREAD = 0x100 | 0x200 | 0x400 | 0x800 | 0x10000
JUDGED = [
    ("socket", (1, 1), True),
    ("socket", (1, 1 | 0x80000), True),
    ("socket", (1, 2), False),
    ("socket", (1, 5 | 0x800), False),
    ("socket", (2, 1), False),
    ("socket", (16, 3), False),
    ("socket", (40, 1), False),
    ("socketpair", (1, 1), True),
    ("socketpair", (1, 2), False),
    ("clone", (17,), True),
    ("clone", (THREAD,), True),
    ("clone", (THREAD & ~0x400,), False),
    *[("clone", (17 | 1 << bit,), False) for bit in (17, 25, 26, 27, 28, 29, 30)],
    ("prlimit64", (0, 6, 0), True),
    ("prlimit64", (0, 6, 0x7F0000000000), False),
    ("prlimit64", (0, 6, 0x1000), False),
    ("mmap", (0, 4096, 3, 0x22), True),
    ("mmap", (0, 4096, 3, 0x01), True),
    ("mmap", (0, 4096, 3, 0x21), False),
    ("mmap", (0, 4096, 3, 0x40022), False),
    ("fcntl", (3, 1030, 10), True),
    *[("fcntl", (3, command), False) for command in (5, 6, 7, 8, 37, 38, 1024, 1026, 1031, 1036)],
    ("prctl", (15,), True),
    ("prctl", (22, 2), False),
    ("ioctl", (0, 0x5401), True),
    ("ioctl", (0, 0x5412), False),
]


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize(("name", "arguments", "allowed"), JUDGED)
def test_some_calls_are_judged_by_their_arguments(seccomp, machine, name, arguments, allowed):
    number = importlib.import_module("calls").number(name, machine)

    assert decide(seccomp, machine, number, *arguments) == (seccomp.ALLOW if allowed else seccomp.REFUSE)
