"""Memory that no process has is counted too, and what could not be counted cannot be had."""

from __future__ import annotations

import os

import pytest

from autograder.sandbox import Limits, launched, usage, view

from .conftest import text

LIMITS = Limits(memory_bytes=192 << 20)

#: What holds more than the limit: its source, and where the count of it can be left out.
HOLDERS = {
    "sockets": (
        """
import os, socket, time
for _ in range(8):
    if os.fork() == 0:
        break
kept = []
for _ in range(110):
    pair = socket.socketpair()
    for end in pair:
        end.setblocking(False)
        try:
            while True: end.send(bytes(65536))
        except BlockingIOError: pass
    kept.append(pair)
time.sleep(2)
""",
        ("queue_bytes", lambda: 0),
    ),
    "files in memory": (
        """
import os, time
for folder, count in ((os.path.expanduser("~"), 60), ("/tmp", 15), ("/dev/shm", 15), ("/tmp", 0)):
    for number in range(count):
        with open(f"{folder}/{number}", "wb") as file: file.write(bytes(1 << 20))
x = b"x" * (90 << 20)
time.sleep(2)
""",
        ("folder_bytes", lambda *_: 0),
    ),
    "empty files": (
        """
import os, time
for number in range(90_000):
    os.close(os.open(f"/tmp/{number}", os.O_CREAT | os.O_WRONLY))
time.sleep(2)
""",
        ("FILE_BYTES", 0),
    ),
    "tables of pages": (
        """
import mmap, time
kept = mmap.mmap(-1, 128 << 30, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, prot=mmap.PROT_READ)
for at in range(0, 128 << 30, 2 << 20): kept[at]
time.sleep(2)
""",
        ("TABLES", ()),
    ),
    "a process whose first thread has ended": (
        """
import ctypes, os, threading, time
def hold():
    time.sleep(0.5)
    kept = b"x" * (80 << 20)
    time.sleep(60)
if not (os.fork() and os.fork() and os.fork()):
    threading.Thread(target=hold).start()
    ctypes.CDLL(None).syscall({"x86_64": 60, "aarch64": 93}[os.uname().machine], 0)
time.sleep(3)
""",
        ("status", lambda pid: usage.read(f"/proc/{pid}/status")),
    ),
}


@pytest.mark.parametrize("what", HOLDERS)
def test_memory_that_no_process_has_counts(start, what):
    done = start(limits=LIMITS).execute(HOLDERS[what][0], timeout=30)

    assert (done.status, done.detail) == ("memory", "the cell used more than 192 MiB of memory")


@pytest.mark.parametrize("what", HOLDERS)
def test_it_would_not_be_seen_without_its_count(start, monkeypatch, what):
    source, (name, instead) = HOLDERS[what]
    monkeypatch.setattr(usage, name, instead)

    assert start(limits=LIMITS).execute(source, timeout=30).status == "ok"


def test_the_machines_own_folders_are_not_taken_for_the_sandboxs():
    assert usage.folder_bytes([os.getpid()], "/", 1 << 20) == 1 << 20


def test_folders_are_looked_into(kernel):
    folders = kernel.launched.folders
    before = {name: usage.folder_bytes(kernel.pids(), name, size) for name, size in folders.items()}
    kernel.execute("open('/tmp/mine', 'wb').write(bytes(3 << 20))", timeout=10)
    after = {name: usage.folder_bytes(kernel.pids(), name, size) for name, size in folders.items()}

    assert {name: after[name] - before[name] for name in folders if after[name] != before[name]} == {
        "/tmp": (3 << 20) + usage.FILE_BYTES
    }


def test_what_many_sockets_hold_is_less_than_is_counted_for_them(kernel):
    filled = """
import socket
pair = socket.socketpair()
pair[0].setblocking(False)
total = 0
try:
    while True: total += pair[0].send(bytes(65536))
except BlockingIOError: print(total)
"""

    assert 0 < int(text(kernel.execute(filled, timeout=10))) <= usage.queue_bytes()


#: What cannot be counted, and so is refused: the guard's name, and a source that gets it.
UNCOUNTED = {
    "shared memory without a name": ("mmap", "import mmap\nmmap.mmap(-1, 400 << 20)"),
    "a file without a name": ("memfd_create", "import os\nos.memfd_create('x')"),
    "larger sockets": (
        "setsockopt",
        "import socket\nsocket.socketpair()[0].setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 22)",
    ),
    "larger pipes": ("fcntl", "import fcntl, os\nfcntl.fcntl(os.pipe()[1], 1031, 1 << 20)"),
    "sockets of many senders": ("socketpair", "import socket\nsocket.socketpair(type=socket.SOCK_DGRAM)"),
    "connections that nobody takes": ("listen", "import socket\nsocket.socket(socket.AF_UNIX).listen()"),
    "descriptors under way": (
        "sendmsg",
        "import socket\npair = socket.socketpair()\nsocket.send_fds(pair[0], [b'x'], [pair[1].fileno()])",
    ),
}


@pytest.mark.parametrize("what", UNCOUNTED)
def test_what_cannot_be_counted_cannot_be_had(start, monkeypatch, what):
    guard, source = UNCOUNTED[what]

    assert start().execute(source, timeout=10).ename == "PermissionError"
    monkeypatch.setattr(launched, "LEFT_OPEN", [guard, "bind"])
    done = start().execute(source, timeout=10)
    assert done.status == "ok" or done.ename == "OSError", done.evalue  # an unbound socket's own refusal


def test_the_device_of_zeroes_gives_no_shared_memory(start, monkeypatch):
    source = "import mmap, os\nshared = mmap.mmap(os.open('/dev/zero', os.O_RDWR), 4096)"

    assert start().execute(source, timeout=10).ename == "OSError"
    monkeypatch.setattr(view, "ZEROES", ())
    assert start().execute(source, timeout=10).status == "ok"
