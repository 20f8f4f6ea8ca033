"""Whose code a demo computes with: a student's own where it is exported and finished, else the finished files."""

from __future__ import annotations

import importlib
import io
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import ModuleType

from aics.language import language, noted, tr
from aics.notebook.earlier import FINISHED, PACKAGE, PARTS, other_labs, prepare

#: Letters of an error's own message that are shown.
_LONGEST = 160
STOPPED = noted("The code stopped with {error}.")
STOPPED_AT = noted("{function} in {file} stopped with {error}, on line {line}.")


@dataclass(frozen=True)
class Code:
    """Files that a demo computes with.

    Attributes
    ----------
    files : dict of str to module
        File name without ``.py``, such as "layers_2" -> the module.
    whose : str
        A sentence for each part: whose its files are, and why.
    """

    files: Mapping[str, ModuleType]
    whose: str

    def own(self, file: str) -> bool:
        """Return whether a file is the student's own."""
        return Path(str(self.files[file].__file__)).parent != FINISHED


def find_code(*parts: str) -> Code:
    """Return the files of these parts, and whose they are.

    They are looked for beside the working folder, which is that of the page or of the notebook: in its own
    ``stu_upload`` and in those of the labs beside it.

    parts : names of `aics.notebook.earlier.PARTS`, such as "layers"
    """
    folders = _folders()
    return _found(parts, tuple(folders), _state(folders), language())


def finished_code(*parts: str) -> Code:
    """Return the finished files of these parts, for a demo that goes on after a student's own have failed."""
    return _found(parts, (), (), language())


def exported(file: str, *parts: str) -> ModuleType | None:
    """Return a student's exported file that is no part, such as "sparse_momentum"; None where there is none.

    What importing it raises comes through.

    parts : what the file is built on, as for `find_code`
    """
    folders = _folders()
    if not any((folder / f"{file}.py").is_file() for folder in folders):
        return None
    with _apart(), redirect_stdout(io.StringIO()):
        prepare(parts, folders)
        return importlib.import_module(f"{PACKAGE}.{file}")


def _folders() -> list[Path]:
    """The folders of exported files: that beside the page or the notebook, then those of the other labs."""
    here = Path.cwd()
    return [folder for folder in (here / PACKAGE, *other_labs(here)) if folder.is_dir()]


@lru_cache(maxsize=4)
def _found(parts: tuple[str, ...], folders: tuple[Path, ...], state: tuple[object, ...], spoken: str) -> Code:
    """The files, imported once for as long as none of them changes and the same language is spoken."""
    del state, spoken
    with _apart(), redirect_stdout(io.StringIO()):  # what an exported file prints belongs to no page
        sentences = prepare(parts, folders)
        names = [file for part in parts for file in PARTS[part].files]
        return Code({file: sys.modules[f"{PACKAGE}.{file}"] for file in names}, " ".join(sentences))


@contextmanager
def _apart() -> Iterator[None]:
    """What is imported meanwhile is the demo's alone: a notebook's own package stays what it is."""
    before = _package()
    try:
        yield
    finally:
        if before:
            for name in _package():
                del sys.modules[name]
            sys.modules |= before


def _package() -> dict[str, ModuleType]:
    """The package of a student's files as it is imported now, with all its modules."""
    return {name: module for name, module in sys.modules.items() if name.partition(".")[0] == PACKAGE}


def _state(folders: list[Path]) -> tuple[object, ...]:
    """What tells exported files from themselves before a change."""
    files = [file for folder in folders for file in sorted(folder.glob("*.py"))]
    return tuple((file, status.st_mtime_ns, status.st_size) for file in files for status in [file.stat()])


def stopped(error: BaseException) -> str:
    """Return one sentence on an error that code raised, with the student's line where it comes from one."""
    said = ": ".join(part for part in (type(error).__name__, " ".join(str(error).split())[:_LONGEST]) if part)
    frames = [f for f in traceback.extract_tb(error.__traceback__) if Path(f.filename).parent.name == PACKAGE]
    if not frames:
        return tr(STOPPED, error=said)
    last = frames[-1]
    where = {"function": last.name, "file": Path(last.filename).name, "line": last.lineno}
    return tr(STOPPED_AT, error=said, **where)
