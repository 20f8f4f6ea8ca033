"""A process beside a hand-in that has all that attempts look for, and says whatever touches it.

It is run as a script: with the hand-in inside the same walls, or outside of them. It needs SECRET in its environment.
"""

from __future__ import annotations

import fcntl
import os
import select
import signal
import socket
import sqlite3
from pathlib import Path

FOLDER = Path("/tmp/aics-neighbour")
SHARED = Path("/dev/shm/aics-neighbour")
PORT = 47119
SIGNALS = ("SIGHUP", "SIGINT", "SIGUSR1", "SIGUSR2", "SIGTERM")


def say(what: str) -> None:
    print("touched:", what, flush=True)


def furnish(secret: str) -> None:
    """Files, a gradebook, a module and shared memory."""
    FOLDER.mkdir(exist_ok=True)
    FOLDER.chmod(0o777)
    texts = {"answers.txt": secret, "inbox": "", "solved.py": f"SOLUTION = {secret!r}"}
    for path, text in [*((FOLDER / name, text) for name, text in texts.items()), (SHARED, "")]:
        path.write_text(text)
        path.chmod(0o666)
    with sqlite3.connect(FOLDER / "gradebook.db") as book:
        book.execute("CREATE TABLE grade (auto_score, manual_score, extra_credit, needs_manual_grade)")
        book.execute("INSERT INTO grade VALUES (0, 0, 0, 1)")
    (FOLDER / "gradebook.db").chmod(0o666)


def listeners() -> list[socket.socket]:
    """Sockets of every kind on which a friend could be told something."""
    stream, datagram = socket.create_server(("127.0.0.1", PORT)), socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    datagram.bind(("127.0.0.1", PORT))
    named = [socket.socket(socket.AF_UNIX) for _ in range(2)]
    for each, name in zip(named, ("\0aics-neighbour", str(FOLDER / "socket")), strict=True):
        each.bind(name)
        each.listen()
    (FOLDER / "socket").chmod(0o666)
    return [stream, datagram, *named]


def contents() -> dict[Path, bytes]:
    files = [path for path in (*FOLDER.iterdir(), SHARED) if path.name not in ("room", "socket")]
    return {path: path.read_bytes() for path in files if path.exists()}


def changes(before: dict[Path, bytes], nice: int) -> list[str]:
    """What is no longer as it was, or no longer possible."""
    found = []
    now = contents()
    found += [f"file {path.name}" for path in before.keys() | now.keys() if before.get(path) != now.get(path)]
    if os.getpriority(os.PRIO_PROCESS, 0) != nice:
        found.append("priority")
    try:
        with open(FOLDER / "gradebook.db", "rb") as book:
            fcntl.flock(book, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        found.append("lock")
    try:
        (FOLDER / "room").write_bytes(os.urandom(1 << 17))
    except OSError:
        found.append("room")
    try:
        if (pid := os.fork()) == 0:
            os._exit(0)
        os.waitpid(pid, 0)
    except OSError:
        found.append("process")
    return found


def main() -> None:
    """Look again and again, and say once of each what was touched."""
    secret = os.environ["SECRET"]
    for number in SIGNALS:
        signal.signal(getattr(signal, number), lambda number, _: say(f"signal {number}"))
    furnish(secret)
    held = open(FOLDER / "held", "w+")  # noqa: SIM115
    print(secret, file=held, flush=True)
    os.unlink(FOLDER / "held")
    kept = f"secret={secret}".encode()
    ears, before, nice, said = listeners(), contents(), os.getpriority(os.PRIO_PROCESS, 0), set()
    print("ready", len(kept), flush=True)
    while True:
        for ear in select.select(ears, [], [], 0.05)[0]:
            say(f"message {(ear.recv(100) if ear.type == socket.SOCK_DGRAM else ear.accept()[0].recv(100))[:40]!r}")
        for what in set(changes(before, nice)) - said:
            said.add(what)
            say(what)


if __name__ == "__main__":
    main()
