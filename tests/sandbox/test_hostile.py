"""Code that means harm, or does it by accident: it costs one cell, and nothing is left of it."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from autograder.sandbox import Limits
from autograder.sandbox.identity import popen_identity

from .conftest import REPOSITORY, every_level, gone, living_of_session, text


@every_level
def test_a_hang_times_out_and_is_killed_whole(kernel):
    done = kernel.execute("import os\nif os.fork() == 0:\n    os.setsid()\nwhile True: pass", timeout=0.5)
    pids = kernel.pids()
    kernel.kill()

    assert done.status == "timeout"
    assert len(pids) >= 3
    assert gone(pids)
    assert not kernel.alive()


@every_level
def test_a_kernel_that_exits_is_told_with_its_code(kernel):
    done = kernel.execute("print('before', flush=True)\nimport os\nos._exit(7)", timeout=10)

    assert (done.status, text(done)) == ("died", "before\n")
    assert "exit code 7" in done.detail
    assert kernel.execute("1", timeout=10).status == "died"


def test_a_crash_is_told_with_its_signal(kernel):
    done = kernel.execute("import ctypes\nctypes.string_at(0)", timeout=10)

    assert done.status == "died"
    assert "SIGSEGV" in done.detail


BOMBS = {
    "processes": "import os, time\nwhile True:\n    try: os.fork()\n    except OSError: time.sleep(0.01)",
    "processes that start another and end": "import os\nwhile True:\n    if os.fork(): os._exit(0)",
    "threads": """
import threading, time
while True:
    try: threading.Thread(target=time.sleep, args=(60,)).start()
    except RuntimeError: time.sleep(0.01)
""",
}


@every_level
@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_stopped_and_leaves_the_machine_usable(start, level, bomb):
    kernel = start(limits=Limits(processes=16))
    kernel.send(BOMBS[bomb])
    time.sleep(0.3)
    pids, threads = kernel.pids(), kernel.threads()
    assert subprocess.run([sys.executable, "-c", "print(1)"], **popen_identity(), check=True, timeout=20, cwd="/")
    done = kernel.wait(0.7 if level == "strict" else 10)
    kernel.kill()

    assert gone(pids)
    assert not living_of_session(kernel.launched.process.pid)
    if level == "strict":  # the kernel refuses one too many; elsewhere it ends the sandbox, if there are ever as many
        assert len(threads) <= 16
        assert done.status in ("timeout", "died")  # the second bomb's first process is the kernel
    elif len(threads) > 16:
        assert (done.status, done.detail) == ("died", "the cell had more than 16 processes and threads")


@every_level
def test_a_daemon_dies_with_its_kernel(kernel):
    daemon = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(60)
    os._exit(0)
"""
    kernel.execute(daemon, timeout=10)
    time.sleep(0.1)
    pids = kernel.pids()
    kernel.execute("os._exit(0)", timeout=10)
    kernel.stop()

    assert len(pids) >= 3
    assert gone(pids)


def test_one_process_cannot_have_too_much_memory(kernel):
    done = kernel.execute("x = bytearray(3 << 30)", timeout=10)

    assert (done.status, done.ename) == ("error", "MemoryError")
    assert kernel.execute("1", timeout=10).status == "ok"


@every_level
def test_processes_together_cannot_have_too_much_memory(start):
    kernel = start(limits=Limits(memory_bytes=256 << 20))
    bomb = "import os\nfor _ in range(3): os.fork()\nx = b'x' * (120 << 20)\nimport time; time.sleep(20)"
    done = kernel.execute(bomb, timeout=10)

    assert done.status == "memory"
    assert "256 MiB" in done.detail
    assert not kernel.alive()


@pytest.mark.parametrize(
    "source",
    [
        "while True: print('x' * 1000)",
        "import os\nwhile True: os.write(1, b'x' * 1000)",
        "from IPython.display import display, HTML\nwhile True: display(HTML('x' * 1000))",
        "raise ValueError('x' * (2 << 20))",
        "!yes",
    ],
    ids=["print", "descriptor", "display", "error", "subprocess"],
)
def test_a_flood_of_output_ends_at_the_limit(kernel, source):
    done = kernel.execute(source, timeout=10)

    assert done.status == "flood"
    assert len(str(done.outputs)) < 3 * kernel.spec.limits.output_bytes
    assert not kernel.alive()


def test_the_disk_cannot_be_filled(kernel):
    fill = """
import os
written = 0
for folder in (os.path.expanduser('~'), '/tmp', '/dev/shm'):
    try:
        for number in range(100):
            with open(f'{folder}/{number}', 'wb') as file:
                for _ in range(30):
                    written += file.write(bytes(1 << 20))
    except OSError as error:
        print(error.strerror)
print(written >> 20)
"""
    lines = text(kernel.execute(fill, timeout=20)).splitlines()

    assert lines[:3] == ["No space left on device"] * 3
    assert int(lines[3]) <= 64 + 64 // 4 + 16


@pytest.mark.parametrize(
    "frame",
    [
        "b'\\xff\\xff\\xff\\xff'",
        "b'\\0\\0\\0\\4nope'",
        "b'\\0\\0\\0\\2[]'",
        "(lambda t: len(t).to_bytes(4, 'big') + t)(b'[' * 100000)",
    ],
    ids=["huge", "no JSON", "no object", "nested"],
)
def test_a_frame_that_no_kernel_sends_ends_it(kernel, frame):
    done = kernel.execute(f"get_ipython().channel.socket.sendall({frame})\nimport time; time.sleep(5)", timeout=10)

    assert done.status == "flood"
    assert "frame" in done.detail


def test_frames_with_odd_fields_become_text_or_nothing(kernel):
    done = kernel.execute(
        "send = get_ipython().channel.send\n"
        "send(kind='stream', name=7, text=[1])\nsend(kind='data', data={'a': 1, 'text/html': {}})\n"
        "send(kind='error', ename={}, evalue=None, traceback=3)\nsend(kind='done', id=99, ok=True)\nsend(kind=[])",
        timeout=10,
    )

    assert done.status == "ok"
    assert done.outputs[0].text == "[1]"
    assert done.outputs[1].data == {}


def test_a_forged_end_does_not_hold_up_the_grader(kernel):
    forged = "import time\nget_ipython().channel.send(kind='done', id=1, ok=True)\ntime.sleep(60)"

    assert kernel.execute(forged, timeout=10).status == "ok"
    assert kernel.execute("1", timeout=0.3).status == "timeout"


ABANDONED = """
import os, signal, sys
from pathlib import Path
from autograder.sandbox import SandboxKernel, SandboxSpec
kernel = SandboxKernel(SandboxSpec(student_python=Path(sys.argv[1]), level=sys.argv[2]))
kernel.start()
kernel.send("import os\\nos.fork() or os.setsid()\\nwhile True: pass")
while len(kernel.pids()) < 3: pass
print(*kernel.pids(), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@every_level
def test_a_sandbox_dies_with_its_grader(student_python, level):
    paths = os.pathsep.join((str(REPOSITORY), str(REPOSITORY / "labs")))
    command = [sys.executable, "-c", ABANDONED, str(student_python), level]
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": paths}, capture_output=True, text=True, check=False)
    pids = list(map(int, done.stdout.split()))
    deadline = time.monotonic() + 5
    while not gone(pids) and time.monotonic() < deadline:
        time.sleep(0.05)

    assert len(pids) == 3
    assert gone(pids)
