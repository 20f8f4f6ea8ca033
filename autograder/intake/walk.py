"""Visit every file of what was handed in, in folders and zips alike, without following a link."""

from __future__ import annotations

import os
import stat
import tempfile
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast
from zipfile import ZipFile

from autograder.intake import zips
from autograder.intake.handin import (
    MAX_ARCHIVE,
    MAX_FILE,
    MAX_FOLDER_DEPTH,
    MAX_MEMBERS,
    MAX_PRINTED,
    MAX_ZIP_DEPTH,
    MB,
    Refused,
    one_line,
)
from autograder.intake.lms import is_dated_by_download
from autograder.intake.messages import say
from autograder.intake.names import is_notebook_name
from autograder.intake.printed import notebook_bytes

Parts = tuple[str, ...]
_JUNK = frozenset({"__MACOSX", "__pycache__", "Thumbs.db", "desktop.ini", "timestamp.txt"})
CHECKPOINTS = ".ipynb_checkpoints"
#: Hidden files and folders that systems and tools leave behind; of any other at the top a line is said.
_LEFT_BEHIND = (".DS_Store", CHECKPOINTS, ".git", ".Trash", ".localized", "._", ".~")
_SPOOL = 8 * MB


@dataclass(frozen=True)
class Leaf:
    """A file that was found.

    Attributes
    ----------
    parts : tuple of str
        Its names from the path handed in; a zip counts as a folder.
    origin : str
        Where it is, for people.
    when : float
        Modification time.
    packed : float, optional
        Time that a zip says: the outermost, for one within it is the student's own. One on disk may be the download's.
    read : callable
        Returns its bytes, or raises Refused. To be called before the next leaf is asked for.
    """

    parts: Parts
    origin: str
    when: float
    packed: float | None
    read: Callable[[], bytes]


class Walk:
    """A walk through all files of a path.

    `owner` returns whose a file is, so that one student's zip bomb does not use up the others' limits; `say` is called
    with each remark as (parts, origin, sentence), `seen` with the parts of every folder and zip, empty or not, except
    those in a zip within what was handed in.
    """

    def __init__(
        self,
        path: Path,
        *,
        owner: Callable[[Parts], Hashable],
        say: Callable[[Parts, str, str], None],
        seen: Callable[[Parts], None],
        workdir: Path | None = None,
    ) -> None:
        """Take the path and the three callbacks."""
        self.path, self.owner, self.say, self.seen = path, owner, say, seen
        self.workdir = workdir
        self.hidden: set[Parts] = set()
        self.checkpoints: list[Parts] = []  # where Jupyter's own copies were passed over
        self.printed: defaultdict[Hashable, zips.Budget] = defaultdict(lambda: zips.Budget(MAX_PRINTED, 0))
        self.budgets: defaultdict[Hashable, zips.Budget] = defaultdict(lambda: zips.Budget(MAX_ARCHIVE, MAX_MEMBERS))

    def leaves(self) -> Iterator[Leaf]:
        """Yield every file, in the order of names."""
        if self.path.is_dir():
            yield from self._folder(self.path, ())
        elif self.path.suffix.lower() == ".zip":
            with opened(self.path, limit=None) as stream:
                yield from self._zip(stream, (), str(self.path), os.fstat(stream.fileno()).st_mtime, depth=0)
        else:
            yield self._plain(self.path, (self.path.name,))

    def _folder(self, folder: Path, parts: Parts) -> Iterator[Leaf]:
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            self.say(parts, str(folder), say("cannot_open", why=error.strerror))
            return
        for entry in entries:
            here, path = (*parts, entry.name), Path(entry.path)
            if is_left_behind(entry.name):
                self._say_hidden(here, str(path))
                continue
            try:
                yield from self._entry(entry, here)
            except Refused as refusal:
                self.say(here, str(path), str(refusal))
            except OSError as error:
                self.say(here, str(path), say("cannot_read", why=error.strerror))

    def _entry(self, entry: os.DirEntry[str], here: Parts) -> Iterator[Leaf]:
        path = Path(entry.path)
        if entry.is_symlink():
            raise Refused(say("link"))
        if entry.is_dir(follow_symlinks=False):
            if len(here) > MAX_FOLDER_DEPTH:
                raise Refused(say("too_deep"))
            self.seen(here)
            yield from self._folder(path, here)
        elif not entry.is_file(follow_symlinks=False):
            raise Refused(say("not_plain"))
        elif self._may_look(here, str(path)):
            if entry.name.lower().endswith(".zip"):
                self.seen(here)
                with opened(path, limit=MAX_ARCHIVE) as stream:
                    if zips.is_json(stream):
                        yield self._plain(path, here)
                        return
                    when = os.fstat(stream.fileno()).st_mtime
                    yield from self._zip(stream, here, str(path), when, depth=1)
            else:
                yield self._plain(path, here)

    def _say_hidden(self, here: Parts, origin: str) -> None:
        """Say so where a student's own folder or file is passed over for its name."""
        if CHECKPOINTS in here:
            self.checkpoints.append(here)
        left_behind = here[0].startswith(_LEFT_BEHIND) or here[0] in _JUNK
        if left_behind or here[:1] in self.hidden or (one_line(here[0]) and not here[0].startswith(".")):
            return
        self.hidden.add(here[:1])
        why = say("hidden.dot") if one_line(here[0]) else say("hidden.blank")
        self.say(here[:1], origin, say("hidden", why=why))

    def _may_look(self, parts: Parts, origin: str) -> bool:
        budget = self.budgets[self.owner(parts)]
        budget.files -= 1
        if budget.files == -1:
            self.say(parts, origin, say("too_many_files", most=MAX_MEMBERS))
        return budget.files >= 0

    def _plain(self, path: Path, parts: Parts) -> Leaf:
        def read() -> bytes:
            with opened(path, limit=MAX_PRINTED if is_notebook_name(path.name) else MAX_FILE) as stream:
                data = self._notebook(iter(partial(stream.read, MB), b""), parts)
            self.budgets[self.owner(parts)].spend(len(data))
            return data

        return Leaf(parts, str(path), path.lstat().st_mtime, None, read)

    def _notebook(self, pieces: Iterable[bytes], parts: Parts) -> bytes:
        """A file's bytes without what is printed in it; what is read is counted as it comes."""

        def counted() -> Iterator[bytes]:
            for piece in pieces:
                self.printed[self.owner(parts)].spend(len(piece))
                yield piece

        return notebook_bytes(counted())

    def _zip(
        self, stream: BinaryIO, parts: Parts, origin: str, when: float, depth: int, packed: float | None = None
    ) -> Iterator[Leaf]:
        with closing(zips.open_zip(stream)) as archive:
            refusals: set[str] = set()
            for member in zips.members(archive):
                here, where = (*parts, *member.parts), f"{origin} > {'/'.join(member.parts)}"
                if any(map(is_left_behind, member.parts)):
                    self._say_hidden(here, where)
                    continue
                if depth < 2:
                    for end in range(1, len(here) + here[-1].lower().endswith(".zip")):
                        self.seen(here[:end])
                if member.refusal:
                    if member.refusal not in refusals:
                        self.say(here, where, member.refusal)
                    refusals |= {member.refusal} if depth else set()
                elif self._may_look(here, where):
                    try:
                        saved = zips.modified(member.info, when)
                        dated = saved if member.info.date_time[0] > 1980 else None
                        yield from self._member(archive, member, here, where, saved, depth, packed or dated)
                    except Refused as refusal:
                        self.say(here, where, str(refusal))

    def _member(
        self,
        archive: ZipFile,
        member: zips.Member,
        here: Parts,
        where: str,
        when: float,
        depth: int,
        packed: float | None,
    ) -> Iterator[Leaf]:
        budget = self.budgets[self.owner(here)]
        if not member.parts[-1].lower().endswith(".zip"):
            is_notebook = is_notebook_name(member.parts[-1])
            pieces = partial(zips.unpack, archive, member.info, limit=MAX_PRINTED if is_notebook else MAX_FILE)
            if not is_notebook:
                yield Leaf(here, where, when, packed, lambda: b"".join(pieces(budget)))
                return

            def read() -> bytes:
                data = self._notebook(pieces(zips.Budget(MAX_PRINTED, 0)), here)
                budget.spend(len(data))
                return data

            yield Leaf(here, where, when, packed, read)
            return
        if depth >= MAX_ZIP_DEPTH:
            raise Refused(say("too_deep.zip"))
        directory = None if self.workdir is None else str(self.workdir)
        with tempfile.SpooledTemporaryFile(max_size=_SPOOL, dir=directory) as spool:
            for piece in zips.unpack(archive, member.info, budget, MAX_ARCHIVE):
                spool.write(piece)
            if zips.is_json(cast(BinaryIO, spool)):
                text = spool.read()
                yield Leaf(here, where, when, packed, lambda: text)
                return
            told = None if is_dated_by_download(member.parts[-1]) else packed
            yield from self._zip(cast(BinaryIO, spool), here, where, when, depth + 1, told)


def is_left_behind(name: str) -> bool:
    """Return whether a file or folder is a system's or a tool's, or hidden: never a hand-in."""
    return (name.startswith(".") and name != "..") or name in _JUNK or not one_line(name)


def opened(path: Path, limit: int | None) -> BinaryIO:
    """Open a plain file of at most `limit` bytes; never a link, a pipe or a device."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        stream = os.fdopen(os.open(path, flags), "rb")
    except OSError as error:
        raise Refused(say("cannot_read", why=error.strerror)) from None
    status = os.fstat(stream.fileno())
    if not stat.S_ISREG(status.st_mode):
        stream.close()
        raise Refused(say("not_plain"))
    if limit is not None and status.st_size > limit:
        stream.close()
        raise Refused(say("too_large", most=limit // MB))
    return stream
