"""Extract pinned files from plain files, folders, .gz files, zips and tars.

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
from typing import IO, cast

from aics.data.errors import WrongData
from aics.data.manifest import File
from aics.language import tr

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


def extract(sources: Sequence[Path], files: Sequence[File], folder: Path, advance: Advance = lambda _: None) -> None:
    """Find each of `files` in `sources`, and write it to `folder`.

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
            raise WrongData(tr("{file} is cut or damaged ({error}).", file=source.name, error=error)) from error
    names = ", ".join(waiting)
    if len(sources) == 1:
        raise WrongData(tr("{source} has no file {names}.", source=sources[0].name, names=names))
    raise WrongData(tr("The sources have no file {names}.", names=names))


def sha256_of(path: Path) -> str:
    """Return the sha256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _streams(source: Path, plain_name: str) -> Iterator[tuple[str, IO[bytes]]]:
    """Yield the name and the stream of every file in a source.

    The name is without folder and .gz; a source that is a plain file has the name `plain_name`, if that is given.
    """
    if source.is_dir():
        for path in sorted(p for p in source.rglob("*") if p.is_file()):
            with path.open("rb") as file:
                yield from _decompressed(path.name, file)
    elif zipfile.is_zipfile(source):
        with zipfile.ZipFile(source) as archive:
            for info in archive.infolist():
                if not info.is_dir():
                    with archive.open(info) as file:
                        yield from _decompressed(info.filename, file)
    elif tarfile.is_tarfile(source):
        with tarfile.open(source) as archive:
            for member in archive:  # in the archive's order: going back would decompress it again
                content = archive.extractfile(member) if member.isfile() else None
                if content is not None:
                    yield from _decompressed(member.name, content)
    else:
        with source.open("rb") as file:
            for name, stream in _decompressed(source.name, file):
                yield plain_name or name, stream


def _decompressed(name: str, stream: IO[bytes]) -> Iterator[tuple[str, IO[bytes]]]:
    """Yield the stream with its name, decompressed if it ends with .gz."""
    base = PurePosixPath(name).name
    if base.endswith(".gz"):
        base, stream = base.removesuffix(".gz"), cast(IO[bytes], gzip.GzipFile(fileobj=stream))
    yield base.replace(".idx", "-idx"), stream  # MNIST is around with both spellings


def _copy(stream: IO[bytes], file: File, folder: Path, source: Path, advance: Advance) -> None:
    """Write a stream to the folder, and raise WrongData if it is not the pinned file."""
    limit = file.size if file.size is not None else LIMIT
    size, sha256 = 0, hashlib.sha256()
    with (folder / file.name).open("wb") as out:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > limit:
                said = {"file": _where(file, source), "limit": limit}
                raise WrongData(tr("{file} goes on after the {limit:,} bytes that it should have.", **said))
            sha256.update(chunk)
            out.write(chunk)
            advance(len(chunk))
    if file.size is not None and size != file.size:
        said = {"file": _where(file, source), "size": size, "right": file.size}
        raise WrongData(tr("{file} has {size:,} bytes and should have {right:,}.", **said))
    if file.sha256 and sha256.hexdigest() != file.sha256:
        sums = {"found": sha256.hexdigest()[:16], "right": file.sha256[:16]}
        raise WrongData(
            tr("{file} has the sha256 {found}... and should have {right}...", file=_where(file, source), **sums)
        )


def _where(file: File, source: Path) -> str:
    """Name a file, and the archive that it is in."""
    if source.name == file.name:
        return file.name
    return tr("{file} in {archive}", file=file.name, archive=source.name)
