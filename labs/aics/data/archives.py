"""Take pinned files out of what a source brought: plain files, folders, .gz files, zips and tars.

Files are found by base name wherever they lie, read as streams, and checked while they are written. Nothing else of an
archive touches the disk, and no path in it is ever used.
"""

from __future__ import annotations

import gzip
import hashlib
import lzma
import shutil
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import IO

from aics.data.errors import WrongData
from aics.data.manifest import File

CHUNK = 1 << 20
#: No file of the manifest is larger; a decompression that goes on beyond it is a bomb.
LIMIT = 1 << 30
#: What the readers raise at a cut, damaged or encrypted archive.
DAMAGE = (
    EOFError,
    NotImplementedError,
    RuntimeError,
    gzip.BadGzipFile,
    lzma.LZMAError,
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
)
Advance = Callable[[int], None]


def take(sources: Sequence[Path], files: Sequence[File], folder: Path, advance: Advance = lambda _: None) -> None:
    """Write each of `files`, found in `sources`, to `folder`.

    Parameters
    ----------
    sources : sequence of Path
        Files, folders or archives. A single plain file may have any name if one file is sought.
    files : sequence of File
    folder : Path
        Made anew.
    advance : callable
        Told how many bytes have been written since the last time.

    Raises
    ------
    WrongData
        If a file is not there, cut, or not the one that the manifest pins.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    waiting = {file.name: file for file in files}
    for source in sources:
        try:
            for name, stream in _streams(source, files[0].name if len(files) == 1 else ""):
                if name in waiting:
                    _copy(stream, waiting[name], folder, source, advance)
                    del waiting[name]
                if not waiting:
                    return
        except DAMAGE as error:
            raise WrongData(f"{source.name} is cut or damaged ({error}).") from error
    told = f"{sources[0].name} has" if len(sources) == 1 else "What came has"
    raise WrongData(f"{told} no file {', '.join(waiting)}.")


def digest(path: Path) -> str:
    """The sha256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _streams(source: Path, lone: str) -> Iterator[tuple[str, IO[bytes]]]:
    """(name, stream) of every file in a source; the name is without folder and .gz, or `lone` for a plain file."""
    if source.is_dir():
        for path in sorted(p for p in source.rglob("*") if p.is_file()):
            with path.open("rb") as file:
                yield from _plain(path.name, file)
    elif zipfile.is_zipfile(source):
        with zipfile.ZipFile(source) as archive:
            for info in archive.infolist():
                if not info.is_dir():
                    with archive.open(info) as file:
                        yield from _plain(info.filename, file)
    elif tarfile.is_tarfile(source):
        with tarfile.open(source) as archive:
            for member in archive:  # in the archive's order: going back would decompress it again
                if member.isfile():
                    yield from _plain(member.name, archive.extractfile(member))
    else:
        with source.open("rb") as file:
            for name, stream in _plain(source.name, file):
                yield lone or name, stream


def _plain(name: str, stream: IO[bytes]) -> Iterator[tuple[str, IO[bytes]]]:
    """The stream under its name, decompressed if it ends with .gz."""
    base = PurePosixPath(name).name
    if base.endswith(".gz"):
        base, stream = base.removesuffix(".gz"), gzip.GzipFile(fileobj=stream)
    yield base.replace(".idx", "-idx"), stream  # MNIST is around with both spellings


def _copy(stream: IO[bytes], file: File, folder: Path, source: Path, advance: Advance) -> None:
    """Write a stream to the folder, and raise WrongData if it is not the pinned file."""
    limit = file.size if file.size is not None else LIMIT
    size, sha256 = 0, hashlib.sha256()
    with (folder / file.name).open("wb") as out:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > limit:
                raise WrongData(f"{_where(file, source)} goes on after the {limit:,} bytes that it should have.")
            sha256.update(chunk)
            out.write(chunk)
            advance(len(chunk))
    if file.size is not None and size != file.size:
        raise WrongData(f"{_where(file, source)} has {size:,} bytes and should have {file.size:,}.")
    if file.sha256 and sha256.hexdigest() != file.sha256:
        raise WrongData(
            f"{_where(file, source)} has the sha256 {sha256.hexdigest()[:16]}... and should have {file.sha256[:16]}..."
        )


def _where(file: File, source: Path) -> str:
    return file.name if source.name == file.name else f"{file.name} in {source.name}"
