"""Outside holds the reins: CPU clocks, stopping, and no new processes or threads."""

from __future__ import annotations

import time

import pytest

from autograder.sandbox import processes

from .conftest import both_levels

SPIN = "while True: pass"


@pytest.mark.timed
@both_levels
def test_a_paused_sandbox_uses_no_cpu(kernel):
    kernel.send(SPIN)
    time.sleep(0.1)
    kernel.pause()
    time.sleep(0.01)
    before = kernel.cpu_ns()
    time.sleep(0.2)

    assert kernel.cpu_ns() - before < 1_000_000
    kernel.resume()
    time.sleep(0.3)
    assert kernel.cpu_ns() - before > 50_000_000


@pytest.mark.timed
@both_levels
@pytest.mark.parametrize(
    "work",
    [
        "sum(range(20_000_000))",
        "import threading\nt = threading.Thread(target=lambda: sum(range(20_000_000)))\nt.start(); t.join()",
    ],
    ids=["here", "thread"],
)
def test_the_clock_counts_all_work(kernel, work):
    before = kernel.cpu_ns()
    kernel.execute(f"import time\nt0 = time.process_time()\n{work}\nspent = time.process_time() - t0", timeout=20)
    spent = (kernel.cpu_ns() - before) / 1e9
    told = float(kernel.execute("spent", timeout=5).outputs[0].data["text/plain"])

    assert told > 0.05
    assert spent == pytest.approx(told, rel=0.2, abs=0.03)


@pytest.mark.timed
def test_the_clock_counts_a_child_that_is_still_there(kernel):
    before = kernel.cpu_ns()
    kernel.execute("import os, time\nif os.fork() == 0:\n    while True: pass\ntime.sleep(0.5)", timeout=10)

    assert kernel.cpu_ns() - before > 150_000_000


@both_levels
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
