"""Real sandboxes, no stand-ins. Needs the student environment, and bubblewrap for the strict level."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from autograder.sandbox import SandboxKernel, SandboxSpec, levels, processes
from benchmarks.crowd import crowd as busy_loops

REPOSITORY = Path(__file__).resolve().parents[2]
AICS = REPOSITORY / "labs" / "aics"


@pytest.fixture(scope="session")
def student_python() -> Path:
    python = levels.default_student_python(REPOSITORY)
    if not python.exists():
        pytest.skip("no student environment: run `make install`, or name one in AICS_STUDENT_PYTHON")
    return python


@pytest.fixture(scope="session")
def strict(student_python: Path) -> str:
    report = levels.probe(student_python)[0]
    if not report.holds:
        pytest.skip(f"strict isolation does not hold here: {report.why}")
    return "strict"


@pytest.fixture(scope="session")
def reduced(student_python: Path) -> str:
    report = levels.named("reduced").probe(student_python, REPOSITORY)
    if not report.holds:
        pytest.skip(f"reduced isolation does not hold here: {report.why}")
    return "reduced"


@pytest.fixture
def level(request: pytest.FixtureRequest) -> str:
    """The isolation level; a test may ask for several by indirect parametrisation."""
    wanted = getattr(request, "param", "strict")
    return wanted if wanted == "none" else request.getfixturevalue(wanted)


every_level = pytest.mark.parametrize("level", list(levels.LEVELS), indirect=True)
shut_levels = pytest.mark.parametrize("level", [name for name in levels.LEVELS if name != "none"], indirect=True)


@pytest.fixture
def start(level: str, student_python: Path) -> Iterator[Callable[..., SandboxKernel]]:
    """Return ``start(**fields of SandboxSpec)``; every kernel's processes must be gone at the end."""
    with ExitStack() as stack:

        def begin(**fields: object) -> SandboxKernel:
            fields = {"student_python": student_python, "aics_path": AICS, "level": level, **fields}
            return stack.enter_context(SandboxKernel(SandboxSpec(**fields)))

        yield begin


@pytest.fixture
def kernel(start: Callable[..., SandboxKernel]) -> SandboxKernel:
    return start()


@pytest.fixture
def crowd() -> Iterator[Callable[[SandboxKernel, int], None]]:
    """Return ``crowd(kernel, count)``: put a sandbox on one core together with so many endless loops."""
    with ExitStack() as stack:

        def begin(kernel: SandboxKernel, count: int) -> None:
            core = {min(os.sched_getaffinity(0))}
            loops = [loop.pid for loop in stack.enter_context(busy_loops(count))]
            for thread in [*loops, *(thread for _, thread in kernel.threads())]:
                os.sched_setaffinity(thread, core)

        yield begin


def text(execution: object) -> str:
    """Return everything that a cell printed."""
    return "".join(output.get("text", "") for output in execution.outputs)


def gone(pids: list[int]) -> bool:
    """Return whether none of the processes is there any more."""
    return all(processes.state(pid) in "XZ" for pid in pids)


def living_of_session(session: int) -> list[int]:
    """Return the processes of a session, that of the sandbox's first process, that have not ended."""
    found = []
    for pid in map(int, filter(str.isdigit, os.listdir("/proc"))):
        with suppress(OSError):
            if os.getsid(pid) == session and processes.state(pid) not in "XZ":
                found.append(pid)
    return found


def is_root() -> bool:
    return os.geteuid() == 0


needs_root = pytest.mark.skipif(not is_root(), reason="only the real root can test this")
