"""A log of events as it lies on a disk: its records one after another, and which of them is damaged."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from aics.check import LabError
from aics.lab7_graph_training.crc32c import crc32c
from aics.language import noted, tr

#: What stands in the name of every file that TensorBoard reads.
MARK = "tfevents"
#: Bytes before a record's data, and behind it.
HEAD, TAIL = 12, 4
_MASK = 0xA282EAD8
#: What can be wrong, as whole sentences.
_CUT = noted(
    "{file}: record {number}, which begins at byte {place}, is cut off. Records before it: {good}, all whole. Write "
    "the log anew, or keep the first {place} bytes."
)
_LENGTH = noted(
    "{file}: record {number}, which begins at byte {place}, is damaged: its length does not fit the checksum. Records "
    "before it: {good}, all whole; where the next begins cannot be told. Write the log anew, or keep the first {place} "
    "bytes."
)
_DATA = noted(
    "{file}: record {number}, which begins at byte {place}, is damaged: its data do not fit the checksum. Records "
    "before it: {good}, all whole. Write the log anew, or keep the first {place} bytes."
)


class DamagedLog(LabError):
    """A log in which a record is not as it was written; the message says which, and what can still be read."""


def log_files(folder: Path) -> list[Path]:
    """The files below a folder that TensorBoard would read, sorted."""
    return sorted(path for path in folder.rglob("*") if MARK in path.name and path.is_file())


def new_run(folder: Path) -> Path:
    """Return the first folder run-1, run-2, ... in `folder` that is not there yet, and make it."""
    number = 1
    while (run := folder / f"run-{number}").exists():
        number += 1
    run.mkdir(parents=True)
    return run


def read_records(path: Path) -> Iterator[bytes]:
    """Yield the data of each record. Raises DamagedLog at the first that is damaged or cut off."""
    log, place, number = Path(path).read_bytes(), 0, 1
    while place < len(log):
        if (trouble := _trouble(log[place:])) is not None:
            raise DamagedLog(tr(trouble, file=path, number=number, place=place, good=number - 1))
        (length,) = struct.unpack_from("<Q", log, place)
        yield log[place + HEAD : place + HEAD + length]
        place, number = place + HEAD + length + TAIL, number + 1


def _trouble(rest: bytes) -> str | None:
    """What is wrong with the record at the front of these bytes; None if nothing is."""
    if len(rest) < HEAD:
        return _CUT
    length, crc = struct.unpack_from("<QI", rest)
    if not _fits(crc, rest[:8]):
        return _LENGTH
    if len(rest) < HEAD + length + TAIL:
        return _CUT
    (crc,) = struct.unpack_from("<I", rest, HEAD + length)
    return None if _fits(crc, rest[HEAD : HEAD + length]) else _DATA


def _fits(masked: int, data: bytes) -> bool:
    """Whether a masked checksum is that of the data."""
    rotated = masked - _MASK & 0xFFFFFFFF
    return (rotated >> 17 | rotated << 15 & 0xFFFFFFFF) == crc32c(data)
