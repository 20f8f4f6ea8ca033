"""What a sandbox is made of: the student's Python, what it may see, and how much it may use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

#: Where things lie inside a strict sandbox.
ENV = "/env"
AICS = "/aics"
#: The room of `aics` that the sandbox hides: it computes what students are asked to write.
FINISHED = "layers"
DATA = "/data"
ASK_DIR = "/run/ask"
INSIDE = "/run/kernel"
HOME = "/home/student"

#: The kernel of the address family allows 108 bytes for a path, the last one being zero.
SOCKET_PATH_BYTES = 107

ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How much one sandbox may use.

    Parameters
    ----------
    memory_bytes : int
        Data of one process (RLIMIT_DATA), and memory of all its processes together.
    processes : int
        Processes and threads together.
    file_bytes : int
        Size of the working folder, and of one file; /tmp has a quarter of it.
    open_files : int
        Open files of one process.
    output_bytes : int
        Output of one cell.
    """

    memory_bytes: int = 1 << 30
    processes: int = 64
    file_bytes: int = 64 << 20
    open_files: int = 256
    output_bytes: int = 4 << 20
    core: int = 0
    signals: int = 256


@dataclass(frozen=True, kw_only=True)
class SandboxSpec:
    """One sandbox.

    Parameters
    ----------
    student_python : Path
        The Python of the student environment, ``.venv-student/bin/python``.
    aics_path : Path, optional
        The folder ``labs/aics``; importable inside as ``aics``.
    data_path : Path, optional
        The folder ``data``, public: embedded data and reference outputs; `aics` finds it inside.
    workdir : Path, optional
        A folder with the grader's sockets; read-only inside (a socket can be connected to all the
        same). Make it with ``tempfile.mkdtemp``: socket paths are short.
    files : Path, optional
        A folder whose entries appear, read-only, in the student's working folder.
    forbidden : tuple of str
        Packages that cannot be imported inside.
    limits : Limits
    level : str
        The isolation level's name (see `levels`).
    """

    student_python: Path
    aics_path: Path | None = None
    data_path: Path | None = None
    workdir: Path | None = None
    files: Path | None = None
    forbidden: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)
    level: str = "strict"

    def __post_init__(self) -> None:
        """Refuse what could not work."""
        if self.workdir is not None and len(f"{self.workdir}/0123456789") > SOCKET_PATH_BYTES:
            raise ValueError(f"workdir: {self.workdir} is too long for Unix sockets; use tempfile.mkdtemp")
        for name in self.forbidden:
            if not name.isidentifier():
                raise ValueError(f"forbidden: got {name!r}, expected a package's import name such as 'scipy'")


@dataclass(frozen=True)
class Entry:
    """What runs in a sandbox.

    Parameters
    ----------
    name : str
        The module of ``inside/``: ``shell`` or ``canary``.
    facts : mapping
        What it is told at its start.
    """

    name: str = "shell"
    facts: Mapping[str, object] = field(default_factory=dict)


def environment(home: str, path: str) -> dict[str, str]:
    """Return the whole environment of the student's kernel; nothing of the grader's own passes."""
    return {
        **dict.fromkeys(ONE_THREAD, "1"),
        # Freed memory stays in the process: timings see no page faults for arrays below 32 MiB.
        "MALLOC_MMAP_THRESHOLD_": str(32 << 20),
        "MALLOC_TRIM_THRESHOLD_": str(256 << 20),
        "MALLOC_TOP_PAD_": str(32 << 20),
        "AICS_GRADING": "1",
        "HOME": home,
        "IPYTHONDIR": f"{home}/.ipython",
        "LANG": "C.UTF-8",
        "LOGNAME": "student",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "MPLCONFIGDIR": f"{home}/.matplotlib",
        "PATH": "/usr/bin:/bin",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": path,
        "TMPDIR": "/tmp",
    }
