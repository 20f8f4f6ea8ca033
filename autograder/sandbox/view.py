"""What a sandbox shows of the machine: the arguments that make bubblewrap show only what student code needs."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from glob import glob
from pathlib import Path

from .spec import AICS, ASK_DIR, DATA, ENV, FINISHED, HOME, INSIDE, SandboxSpec, environment
from .student_python import StudentPython

INSIDE_SOURCE = Path(__file__).parent / "inside"
SHARED_MEMORY, SHARED_MEMORY_BYTES = "/dev/shm", 16 << 20
#: Shared memory of this device is no process's and no file's.
ZEROES = ("--dev-bind", "/dev/null", "/dev/zero")
USER, GROUP = "1000", "1000"

#: Shown from the system: programs and libraries. What of it student code has no use for is covered.
SYSTEM = ("/usr/bin", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/libexec/coreutils")
COVERED = (
    "/usr/lib/python3*/dist-packages",
    "/usr/lib*/python3*/site-packages",
    "/usr/lib/gcc*",
    "/usr/lib/llvm*",
    "/usr/lib/jvm",
    "/usr/lib/node_modules",
    "/usr/lib/git-core",
    "/usr/lib/systemd",
    "/usr/lib/modules",
    "/usr/lib/firmware",
)
SYSTEM_FILES = ("/etc/ld.so.cache", "/etc/alternatives", "/etc/fonts")
#: What numeric libraries ask of a machine.
FACTS = ("/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/version")
TOP_LINKS = ("/bin", "/lib", "/lib32", "/lib64")


def sources(spec: SandboxSpec, python: StudentPython) -> list[Path]:
    """Return the host folders that a sandbox shows beyond the system's own."""
    wanted = [python.prefix, INSIDE_SOURCE, spec.aics_path, spec.data_path, spec.workdir, spec.files]
    if python.base not in (Path("/usr"), python.prefix):
        wanted += [python.base / "bin", python.base / "lib"]
    return [path.absolute() for path in wanted if path is not None]


def folders(spec: SandboxSpec) -> dict[str, int]:
    """Return the folders that student code may write to, and how many bytes each takes."""
    return {HOME: spec.limits.file_bytes, "/tmp": spec.limits.file_bytes // 4, SHARED_MEMORY: SHARED_MEMORY_BYTES}


def arguments(
    spec: SandboxSpec, python: StudentPython, at: Callable[[Path], str], *, without: Collection[str] = ()
) -> list[str]:
    """Return bwrap's arguments up to the command.

    Parameters
    ----------
    at : callable
        ``at(host folder)``: the path under which bwrap itself finds it (see `staging`).
    without : collection of str
        Options that this machine refuses to bwrap (see `bubblewrap.OPTIONAL`).
    """
    parts = [
        *("--unshare-all", "--unshare-user", "--uid", USER, "--gid", GROUP),
        *(() if "--disable-userns" in without else ("--disable-userns",)),
        *("--cap-drop", "ALL", "--as-pid-1", "--die-with-parent", "--new-session", "--clearenv", "--hostname", "aics"),
        *system(),
        # Before the binds: a Python may be kept in /tmp or in a folder of the home folder's name.
        *(part for name, size in folders(spec).items() if name != SHARED_MEMORY for part in private_folder(name, size)),
        *base_python(python, at),
        *(plain_facts() if "--proc" in without else ("--proc", "/proc")),
        *("--dev", "/dev", *ZEROES, "--remount-ro", "/dev"),
        *private_folder(SHARED_MEMORY, SHARED_MEMORY_BYTES),
        *("--ro-bind", at(INSIDE_SOURCE), INSIDE),
        *("--ro-bind", at(python.prefix), ENV),
        *forbidden(spec.forbidden, python, at),
    ]
    if spec.aics_path is not None:
        parts += ["--ro-bind", at(spec.aics_path.absolute()), f"{AICS}/aics"]
        if (spec.aics_path / FINISHED).is_dir():
            parts += cover(f"{AICS}/aics/{FINISHED}")
    if spec.data_path is not None:
        parts += ["--ro-bind", at(spec.data_path.absolute()), DATA]
    if spec.workdir is not None:
        parts += ["--ro-bind", at(spec.workdir.absolute()), ASK_DIR]
    if spec.files is not None:
        parts += support_files(spec.files.absolute(), at)
    for name, value in environment(HOME, AICS).items():
        parts += ["--setenv", name, value]
    return [*parts, "--remount-ro", "/", "--chdir", HOME]


def system() -> Iterator[str]:
    """Show programs and libraries; cover what lies among them and is not for students."""
    for path in filter(os.path.isdir, SYSTEM):
        yield from ("--ro-bind", path, path)
    for path in TOP_LINKS:
        if os.path.islink(path):
            yield from ("--symlink", os.readlink(path), path)
        elif os.path.isdir(path):
            yield from ("--ro-bind", path, path)
    for pattern in COVERED:
        for path in filter(os.path.isdir, sorted(glob(pattern))):
            if not os.path.islink(path):
                yield from cover(path)
    for path in SYSTEM_FILES:
        yield from ("--ro-bind-try", path, path)


def plain_facts() -> Iterator[str]:
    """Show some of /proc, and no process."""
    yield from ("--tmpfs", "/proc")
    for path in FACTS:
        yield from ("--ro-bind-try", path, path)
    yield from ("--remount-ro", "/proc")


def private_folder(path: str, size: int) -> tuple[str, ...]:
    """Make an empty writable folder that holds at most `size` bytes."""
    return ("--size", str(size), "--perms", "0700", "--tmpfs", path)


def base_python(python: StudentPython, at: Callable[[Path], str]) -> Iterator[str]:
    """Show the installation that the student's venv stands on, without its packages."""
    if python.base in (Path("/usr"), python.prefix):
        return
    for part in ("bin", "lib"):
        yield from ("--ro-bind", at(python.base / part), str(python.base / part))
    for path in sorted(glob(f"{python.base}/lib/python3*/site-packages")):
        yield from cover(path)


def cover(path: str) -> tuple[str, ...]:
    """Lay an empty read-only folder over `path`."""
    return ("--tmpfs", path, "--remount-ro", path)


def forbidden(names: tuple[str, ...], python: StudentPython, at: Callable[[Path], str]) -> Iterator[str]:
    """Lay a module that raises ModuleNotFoundError over each forbidden package.

    An empty folder would not do: Python imports it, as a namespace package.
    """
    site = python.inside(ENV)[1]
    for name in names:
        for entry in sorted(os.scandir(python.site), key=lambda entry: entry.name):
            where = f"{site}/{entry.name}"
            if entry.is_dir() and entry.name == name:
                yield from ("--tmpfs", where, "--symlink", f"{INSIDE}/forbidden.py", f"{where}/__init__.py")
                yield from ("--remount-ro", where)
            elif entry.is_dir() and (entry.name == f"{name}.libs" or is_metadata(entry.name, name)):
                yield from cover(where)
            elif entry.is_file() and entry.name == f"{name}.py":
                yield from ("--ro-bind", f"{at(INSIDE_SOURCE)}/forbidden.py", where)
            elif entry.is_file() and entry.name.startswith(f"{name}.") and entry.name.endswith(".so"):
                yield from ("--ro-bind", "/dev/null", where)


def belongs(entry: str, package: str) -> bool:
    """Return whether an entry of site-packages is a package's module, libraries or metadata.

    >>> [belongs(name, "scipy") for name in ("scipy", "scipy.libs", "scipy-1.17.1.dist-info", "scipyx")]
    [True, True, True, False]
    """
    module = entry in (package, f"{package}.py", f"{package}.libs")
    return module or (entry.startswith(f"{package}.") and entry.endswith(".so")) or is_metadata(entry, package)


def is_metadata(entry: str, name: str) -> bool:
    """Return whether `entry` is the folder with a package's version and file list.

    >>> is_metadata("scipy-1.17.1.dist-info", "scipy"), is_metadata("scipy_x-1.dist-info", "scipy")
    (True, False)
    """
    return entry.endswith((".dist-info", ".egg-info")) and entry.partition("-")[0].lower() == name.lower()


def support_files(folder: Path, at: Callable[[Path], str]) -> Iterator[str]:
    """Show each entry of `folder` in the student's working folder.

    Symbolic links are left out: bubblewrap would follow one on the host's side. So are hidden files.
    """
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.name.startswith(".") or entry.is_symlink() or not (entry.is_file() or entry.is_dir()):
            continue
        yield from ("--ro-bind", f"{at(folder)}/{entry.name}", f"{HOME}/{entry.name}")
