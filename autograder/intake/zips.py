"""Read zips that may lie about their contents: no file is written under a member's name, every byte is counted."""

from __future__ import annotations

import re
import stat
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast

from aics.language import noted, tr
from autograder.intake.handin import MAX_DIRECTORY, MAX_ENTRIES, MB, Refused
from autograder.intake.messages import say

_CHUNK = 1 << 16
_UTF_8 = 0x800  # flag: the entry's name is UTF-8
#: How other archives begin.
_OTHERS = {b"Rar!": noted("a RAR"), b"7z\xbc\xaf": noted("a 7z"), b"\x1f\x8b": noted("a gzip")}
_ENTRY = b"PK\x01\x02"  # every entry of a zip's directory starts so


@dataclass
class Budget:
    """How many bytes and files may still be read for one student."""

    size: int
    files: int

    def spend(self, size: int) -> None:
        """Count bytes that were read. Raises Refused once they are more than the budget."""
        self.size -= size
        if self.size < 0:
            raise Refused(say("unpacks.student"))


@dataclass(frozen=True)
class Member:
    """One plain file of an open zip, or why it is refused."""

    parts: tuple[str, ...]
    info: zipfile.ZipInfo
    refusal: str = ""


def is_json(stream: BinaryIO) -> bool:
    """Return whether a file is no zip but begins as a notebook does, whatever its name; it is at its start again."""
    stream.seek(0)
    beginning = stream.read(64).lstrip(b"\xef\xbb\xbf \r\n\t")
    stream.seek(0)
    return beginning.startswith(b"{")


def open_zip(stream: BinaryIO) -> zipfile.ZipFile:
    """Open a zip. Raises Refused where it is none, or has far too many entries."""
    directory = _Directory(stream)
    try:
        archive = zipfile.ZipFile(cast(BinaryIO, directory))
    except Refused:
        raise
    except Exception:  # zipfile raises many kinds on made-up files
        stream.seek(0)
        beginning = stream.read(8)
        if kind := next((kind for sign, kind in _OTHERS.items() if beginning.startswith(sign)), ""):
            raise Refused(say("archive.other", kind=tr(kind))) from None
        raise Refused(say("archive.damaged")) from None
    archive.fp = stream
    return archive


class _Directory:
    """A stream that counts entries in what is read of it, which is the zip's directory: before they become objects.

    What the zip's files hold is not looked at, so that no file in it can pass for entries.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._entries = stream, 0
        self.seek, self.tell = stream.seek, stream.tell

    def read(self, size: int = -1) -> bytes:
        """Read; raises Refused where this is more than a directory of so many entries."""
        data = self._stream.read(size if 0 <= size <= MAX_DIRECTORY else MAX_DIRECTORY + 1)
        self._entries += data.count(_ENTRY)
        if len(data) > MAX_DIRECTORY or self._entries > MAX_ENTRIES:
            raise Refused(say("archive.too_many", most=MAX_ENTRIES))
        return data


def members(archive: zipfile.ZipFile) -> Iterator[Member]:
    """Yield the files of a zip; what is no plain file inside it, with the reason why it is refused."""
    infos = archive.infolist()
    encoding = _encoding([info for info in infos if not info.flag_bits & _UTF_8])
    for info in infos:
        name = _name(info, encoding).replace("\\", "/")
        pieces = name.split("/")
        parts = tuple(piece for piece in pieces if piece not in ("", "."))
        mode = info.external_attr >> 16
        refusal = ""
        if name.startswith("/") or re.match(r"[A-Za-z]:", name):
            refusal = tr("has an absolute path in the zip: refused")
        elif ".." in pieces:
            refusal = tr("has `..` in its path in the zip: refused")
        elif stat.S_ISLNK(mode):
            refusal = tr("is a link in the zip: links are not followed")
        elif name.endswith("/") or not parts:
            continue
        elif stat.S_IFMT(mode) not in (0, stat.S_IFREG):
            refusal = tr("is not a plain file in the zip: refused")
        elif info.flag_bits & 0x1:
            refusal = tr("is locked with a password: hand it in without one")
        elif info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            refusal = tr("is packed in an unusual way: make the zip with a plain zip tool")
        yield Member(parts or ("?",), info, refusal)


def _name(info: zipfile.ZipInfo, encoding: str) -> str:
    """Return a member's name; zipfile reads one without the flag for UTF-8 as DOS's code page 437."""
    return info.filename if info.flag_bits & _UTF_8 else _raw(info).decode(encoding)


def _encoding(infos: list[zipfile.ZipInfo]) -> str:
    """Return how names without the flag are written: macOS takes UTF-8, Chinese Windows GBK, others code page 437."""
    names = b"\n".join(map(_raw, infos))
    for encoding in ("ascii", "utf-8", "gb18030"):
        try:
            text = names.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding != "gb18030" or any("\u4e00" <= sign <= "\u9fff" and _is_gb2312(sign) for sign in text):
            return encoding
    return "cp437"


def _raw(info: zipfile.ZipInfo) -> bytes:
    return info.filename.encode("cp437", "replace")


def _is_gb2312(sign: str) -> bool:
    """Return whether a sign is among China's usual ones: other alphabets' bytes hardly ever make one."""
    try:
        return len(sign.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False


def unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget, limit: int) -> Iterator[bytes]:
    """Yield a member's bytes in pieces, counted as they come, whatever the zip claims of its size."""
    size = 0
    try:
        with archive.open(info) as stream:
            while piece := stream.read(_CHUNK):
                size += len(piece)
                budget.spend(len(piece))
                if size > limit:
                    raise Refused(say("unpacks", most=limit // MB))
                yield piece
    except Refused:
        raise
    except Exception:  # bad checksums, cut streams, wrong headers
        raise Refused(say("archive.damaged_there")) from None


def modified(info: zipfile.ZipInfo, otherwise: float) -> float:
    """Return a member's modification time, `otherwise` where the zip has no true one."""
    try:
        return time.mktime((*info.date_time, 0, 0, -1)) if info.date_time[0] > 1980 else otherwise
    except (ValueError, OverflowError):
        return otherwise
