"""Outside holds the reins: the books of a sandbox's time, patience by them, stopping, no new processes or threads."""

from __future__ import annotations

import time
from contextlib import nullcontext

import pytest

from autograder.sandbox import FreezeError, launched, processes
from autograder.sandbox.allowance import WIDE, Allowance
from autograder.sandbox.books import Spent, own_waiting

from .conftest import every_level

SPIN = "while True: pass"
#: Code that works for so many seconds of CPU time, however long that takes.
WORK = "import time\nend = time.process_time() + {}\nwhile time.process_time() < end: pass"


def spent(kernel, source, timeout=60):
    """What the sandbox spends while it runs a cell to its end."""
    before = kernel.spent()
    assert kernel.execute(source, timeout).status == "ok"
    return kernel.spent() - before


@every_level
def test_a_paused_sandbox_uses_no_cpu(kernel):
    kernel.send(SPIN)
    time.sleep(0.1)
    kernel.pause()
    before = kernel.spent()
    time.sleep(0.2)
    paused = kernel.spent()
    kernel.resume()
    while kernel.spent().cpu < paused.cpu + 0.05:
        time.sleep(0.01)

    assert paused.cpu - before.cpu < 0.001


#: A call of the kernel's that no signal stops: 300 MB are filled with zeros.
LONG_CALL = "import ctypes\nctypes.CDLL(None).mmap(None, ctypes.c_size_t(300 << 20), 3, 0x8022, -1, ctypes.c_long(0))"


def test_a_pause_waits_for_the_end_of_a_long_call(kernel):
    kernel.execute("import ctypes", timeout=10)
    began = kernel.spent()
    kernel.send(LONG_CALL)
    while kernel.spent().cpu < began.cpu + 0.005:
        pass
    kernel.pause()
    before = kernel.spent()
    time.sleep(0.2)

    assert kernel.spent().cpu == before.cpu
    assert before.cpu > began.cpu + 0.02


#: The machine's clock tells the process to go on; then it works.
WAKE = """
import ctypes, signal
signal.signal(signal.SIGCONT, lambda *_: None)
libc, alarm, every = ctypes.CDLL(None), ctypes.c_void_p(), (ctypes.c_long * 4)(0, 200_000_000, 0, 200_000_000)
event = (ctypes.c_int * 16)(0, 0, signal.SIGCONT)
if libc.timer_create(1, event, ctypes.byref(alarm)) == 0:
    libc.timer_settime(alarm, 0, every, None)
while True: pass
"""


@pytest.mark.parametrize("open_calls", [[], ["timer_create"]], ids=["refused", "left open"])
def test_nobody_undoes_a_pause_and_who_did_voids_what_was_read_meanwhile(start, monkeypatch, open_calls):
    monkeypatch.setattr(launched, "LEFT_OPEN", open_calls)
    kernel = start()
    began = kernel.spent()
    kernel.send(WAKE)
    while kernel.spent().cpu < began.cpu + 0.5:  # imports are done, and the timer runs
        time.sleep(0.01)
    expected = pytest.raises(FreezeError, match="pause undone") if open_calls else nullcontext()
    with expected, kernel.frozen():
        kernel.pause()
        time.sleep(1)
        kernel.resume()


@every_level
@pytest.mark.parametrize("thread", [False, True], ids=["here", "thread"])
def test_the_books_count_all_work(kernel, thread):
    work = WORK.format(0.3)
    if thread:
        work = f"import threading\nt = threading.Thread(target=exec, args=({work!r},))\nt.start(); t.join()"

    assert spent(kernel, work).cpu == pytest.approx(0.3, rel=0.2, abs=0.03)


def test_the_books_count_a_child_that_is_still_there(kernel):
    before = kernel.spent()
    kernel.execute("import os\nif os.fork() == 0:\n    while True: pass", timeout=30)
    while kernel.spent().cpu < before.cpu + 0.15:
        time.sleep(0.01)


@pytest.mark.timed
@every_level
def test_code_that_others_keep_from_its_core_waits_and_does_not_sleep(kernel, crowd):
    crowd(kernel, 3)
    starved = spent(kernel, WORK.format(0.8))

    assert starved.cpu == pytest.approx(0.8, rel=0.2, abs=0.03)
    assert starved.waiting > 0.3
    assert starved.asleep < 0.25 * starved.wall
    assert starved.used < starved.wall - 0.3


@every_level
def test_code_that_sleeps_does_not_wait(kernel):
    sleeping = spent(kernel, "import time\ntime.sleep(0.5)")

    assert sleeping.asleep > 0.45
    assert sleeping.cpu < 0.2


@pytest.mark.timed
def test_sleep_beside_a_thread_that_waits_is_overlooked(kernel, crowd):
    crowd(kernel, 2)
    spin = "def spin():\n    while True: pass"
    both = f"import threading, time\n{spin}\nthreading.Thread(target=spin, daemon=True).start()\ntime.sleep(0.5)"

    assert spent(kernel, both).asleep < 0.25


def test_a_kernel_without_such_books_says_so_and_calls_nothing_sleep(kernel, monkeypatch):
    monkeypatch.setattr("autograder.sandbox.processes.waiting_ns", lambda _folder: 0)
    monkeypatch.setattr(kernel._books, "_known", False)
    sleeping = spent(kernel, "import time\ntime.sleep(0.2)")

    assert (sleeping.known, sleeping.waiting, sleeping.asleep) == (False, 0, 0)
    assert sleeping.used > 0.2
    assert own_waiting() == 0


@pytest.mark.timed
def test_patience_is_longer_than_the_wall_says_where_code_waits_for_a_core(kernel, crowd):
    crowd(kernel, 5)

    assert kernel.execute(WORK.format(0.5), timeout=1).status == "ok"


@every_level
@pytest.mark.parametrize("hang", [SPIN, "time.sleep(60)"], ids=["busy", "asleep"])
def test_patience_ends_for_code_that_works_or_sleeps_beyond_it(kernel, crowd, hang):
    crowd(kernel, 2)
    before = kernel.spent()

    assert kernel.execute(f"import time\n{hang}", timeout=0.4).status == "timeout"
    assert (kernel.spent() - before).used >= 0.4


@pytest.mark.parametrize(
    ("gone", "left"),
    [
        (Spent(wall=0.4, cpu=0.4), 0.6),  # until the first look
        (Spent(wall=9.5, cpu=9.5), 0.5),
        (Spent(wall=12, cpu=4, waiting=8), 1),
        (Spent(wall=12, cpu=1, waiting=2.5), 0.5),  # 8.5 asleep
        (Spent(wall=12, cpu=12, waiting=12), 0),  # two threads: one worked, one waited
        (Spent(wall=12, cpu=4, waiting=40), 1),
        (Spent(wall=12, cpu=4, known=False), 0),
        (Spent(wall=10 * WIDE, cpu=1, waiting=10 * WIDE - 1), 0),
    ],
)
def test_an_allowance_counts_all_but_waiting_up_to_a_wide_limit_of_the_wall(monkeypatch, gone, left):
    monkeypatch.setattr("autograder.sandbox.allowance.time.monotonic", lambda: now.wall)
    now = Spent()
    allowance = Allowance(10, lambda: now)
    now = gone

    assert allowance.left() == pytest.approx(left, abs=0.02)


@every_level
def test_no_process_and_no_thread_starts_while_frozen(kernel):
    kernel.execute("import os, threading, resource", timeout=10)
    kernel.freeze_forks()

    assert kernel.execute("os.fork()", timeout=10).ename == "BlockingIOError"
    assert kernel.execute("threading.Thread(target=print).start()", timeout=10).ename == "RuntimeError"
    raised = kernel.execute("resource.setrlimit(resource.RLIMIT_NPROC, (8, 8))", timeout=10)
    assert raised.status == "error"
    assert kernel.thaw_forks()
    assert kernel.execute("threading.Thread(target=print).start()", timeout=10).status == "ok"


def test_pids_are_those_of_the_sandbox_only(kernel):
    inside = int(kernel.execute("import os\nos.getpid()", timeout=10).outputs[0].data["text/plain"])
    pids = kernel.pids()

    assert len(pids) == 2
    assert inside == 2
    assert all(processes.state(pid) in "SRD" for pid in pids)
