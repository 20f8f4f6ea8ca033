"""What a sandbox uses, as seen from outside: memory, whether a process has it or not, and threads.

A process has its pages, in memory or swapped out. What it does not have and yet holds: tables of pages,
data that waits in its sockets and pipes, files in memory. The filter (inside/seccomp.py) refuses what
could not be counted: nameless shared memory, larger queues, queues with many senders.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

KIB = 1024
#: What waits in a socket before its sender must wait too, where the machine does not say; a pipe takes less.
USUAL_QUEUE_BYTES = 212992
#: What the kernel needs for a file in memory beside its content.
FILE_BYTES = 2 * KIB
#: Lines of a process's books: pages in memory and swapped out, tables of pages.
PAGES, TABLES = ("VmRSS", "VmSwap"), ("VmPTE",)

#: What the kernel says of one process.
Books = Mapping[str, str]


@dataclass(frozen=True)
class Usage:
    """What all processes of a sandbox use together.

    Parameters
    ----------
    memory_bytes : int
    threads : int
        Each process counts as one at least.
    """

    memory_bytes: int
    threads: int


def look(pids: Sequence[int], limit: int, folders: Mapping[str, int]) -> Usage:
    """Return what the processes use; memory is exact only where it might be over `limit`, else a bound.

    Parameters
    ----------
    folders : mapping of str to int
        The sandbox's folders that lie in memory, by the names that they have inside: the bytes that each
        can take.
    """
    books = {pid: status(pid) for pid in pids}
    threads = sum(int(book.get("Threads", 0)) for book in books.values())
    files = sum(folder_bytes(pids, name, size) for name, size in folders.items())
    bound = files + sum(resident_bytes(book) + places(book) * queue_bytes() for book in books.values())
    if bound <= limit:
        return Usage(bound, threads)
    exact = sum(own_bytes(pid, book) + descriptors(pid, book) * queue_bytes() for pid, book in books.items())
    return Usage(files + exact, threads)


def status(pid: int) -> Books:
    """Return the kernel's books on a process; empty if it is gone.

    They say nothing of memory once its first thread has ended; those of another thread then do.
    """
    book = read(f"/proc/{pid}/status")
    if book and "VmRSS" not in book:
        for thread in entries(f"/proc/{pid}/task"):
            book |= read(f"/proc/{pid}/task/{thread}/status")
            if "VmRSS" in book:
                break
    return book


def read(path: str) -> dict[str, str]:
    """Return a file of lines ``name: value`` as a mapping; empty if it cannot be read."""
    try:
        with open(path) as lines:
            return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}
    except OSError:
        return {}


def entries(folder: str) -> list[str]:
    """Return the names in a folder, none if it cannot be read."""
    try:
        return os.listdir(folder)
    except OSError:
        return []


def kibibytes(book: Books, names: Iterable[str]) -> int:
    """Return the sum, in bytes, of some lines such as ``VmRSS: 4 kB``; 0 for one that is not there."""
    return KIB * sum(int(book[name].split()[0]) for name in names if name in book)


def resident_bytes(book: Books) -> int:
    """Return a process's pages, in memory and swapped out, and its tables of them; shared pages in full."""
    return kibibytes(book, PAGES + TABLES)


def own_bytes(pid: int, book: Books) -> int:
    """Return the same with each shared page counted by its share, where one may look."""
    shares = read(f"/proc/{pid}/smaps_rollup")
    if "Pss" not in shares:
        return resident_bytes(book)
    return kibibytes(shares, ("Pss", "SwapPss")) + kibibytes(book, TABLES)


def places(book: Books) -> int:
    """Return how many descriptors a process has room for at present: never fewer than are open."""
    return int(book.get("FDSize", 0))


def descriptors(pid: int, book: Books) -> int:
    """Return how many descriptors are open; the room for them where one may not look."""
    try:
        return len(os.listdir(f"/proc/{pid}/fd"))
    except OSError:
        return places(book)


@lru_cache
def queue_bytes() -> int:
    """Return the most that can wait behind one descriptor: what a socket takes, and half as much again.

    The last piece is let in as long as there is any room at all.
    """
    try:
        usual = int(Path("/proc/sys/net/core/wmem_default").read_text())
    except (OSError, ValueError):
        usual = USUAL_QUEUE_BYTES
    return usual + usual // 2


def folder_bytes(pids: Sequence[int], name: str, size: int) -> int:
    """Return what a folder of the sandbox holds, in files and their names; all that it can, if none may look.

    One of another size is not the sandbox's: a process that is still being set up sees the machine's.
    """
    for pid in reversed(pids):
        with suppress(OSError):
            found = os.statvfs(f"/proc/{pid}/root{name}")
            if 0 <= found.f_blocks * found.f_frsize - size < found.f_frsize:
                used, names = found.f_blocks - found.f_bfree, found.f_files - found.f_ffree
                return used * found.f_frsize + names * FILE_BYTES
    return size


def disk_bytes(folders: Iterable[Path]) -> int:
    """Return what is in some folders on the machine's disk, files and their names."""
    total, rest = 0, [str(folder) for folder in folders]
    while rest:
        with suppress(OSError), os.scandir(rest.pop()) as found:
            for entry in found:
                with suppress(OSError):
                    total += FILE_BYTES + entry.stat(follow_symlinks=False).st_blocks * 512
                    if entry.is_dir(follow_symlinks=False):
                        rest.append(entry.path)
    return total
