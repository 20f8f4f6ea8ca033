"""Whom student code runs as: never root, wherever the checkout lies, and also for an ordinary user."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.sandbox import SandboxKernel, SandboxSpec, usage
from autograder.sandbox.identity import NOBODY, reachable

from .conftest import AICS, REPOSITORY, every_level, is_root, needs_root, text

needs_setpriv = pytest.mark.skipif(shutil.which("setpriv") is None, reason="setpriv is missing")


@every_level
def test_student_code_never_runs_as_root(kernel):
    owners = {user for pid in kernel.pids() for user in usage.status(pid)["Uid"].split()}

    assert owners == {str(NOBODY if is_root() else os.getuid())}
    assert kernel.execute("import os\nassert os.getuid() != 0", timeout=10).status == "ok"
    # OSError where user 0 is not even known inside.
    assert kernel.execute("os.setuid(0)", timeout=10).ename in ("PermissionError", "OSError")


def link_or_copy(source: str, target: str) -> None:
    """Make `target` the same file as `source`; copy it where it lies on another file system."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


@pytest.fixture
def closed_course(student_python: Path) -> Iterator[Path]:
    """A copy of the student environment (env) and package (aics) in a folder that only root may enter."""
    build = student_python.parents[2] / "build"  # on the environment's own disk, where git does not look
    build.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=build) as folder:
        private = Path(folder) / "private"
        private.mkdir(mode=0o700)
        large = shutil.ignore_patterns("scipy*", "matplotlib*", "PIL", "pillow*", "fontTools", "debugpy*", "pip*")
        env = student_python.parents[1]
        shutil.copytree(env, private / "env", symlinks=True, ignore=large, copy_function=link_or_copy)
        shutil.copytree(AICS, private / "aics")
        yield private


@needs_root
@every_level
def test_a_course_that_only_root_may_enter_works(closed_course, level):
    env = closed_course / "env"
    assert not reachable(env)

    spec = SandboxSpec(student_python=env / "bin" / "python", aics_path=closed_course / "aics", level=level)
    with SandboxKernel(spec) as kernel:
        done = kernel.execute("import aics, numpy, os\nprint(os.getuid() != 0)", timeout=10)
        seen = kernel.execute(f"os.listdir({str(closed_course)!r})", timeout=10)

    assert text(done) == "True\n"
    assert seen.status == "error"
    assert not [line for line in Path("/proc/mounts").read_text().splitlines() if line.startswith("stage ")]


#: What the root of a container usually lacks.
CONTAINER = "--bounding-set=-sys_admin,-sys_resource,-sys_ptrace"

START = """
import sys
from pathlib import Path
from autograder.sandbox import SandboxKernel, SandboxSpec, IsolationError
try:
    with SandboxKernel(SandboxSpec(student_python=Path(sys.argv[1]), level=sys.argv[2])) as kernel:
        kernel.freeze_forks()
        print(kernel.execute("import os; os.fork()", timeout=10).ename, kernel.thaw_forks())
except IsolationError as error:
    print(error)
"""


def run_with(options: list[str], program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a Python program under setpriv, as another user or with fewer capabilities."""
    with tempfile.TemporaryDirectory() as home:
        os.chmod(home, 0o777)
        paths = os.pathsep.join((str(REPOSITORY), str(REPOSITORY / "labs")))
        return subprocess.run(
            ["setpriv", *options, sys.executable, "-B", "-c", program, *arguments],
            env={"HOME": home, "PYTHONPATH": paths, "PATH": os.environ["PATH"]},
            cwd="/",
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


@needs_root
@needs_setpriv
@every_level
def test_a_root_without_the_right_to_mount_says_what_to_do(closed_course, level):
    done = run_with([CONTAINER], START, str(closed_course / "env" / "bin" / "python"), level)

    assert "student code never runs as root" in done.stdout, done.stderr
    assert "To bring it: run as an ordinary user" in done.stdout


@needs_root
@needs_setpriv
@every_level
def test_the_root_of_a_container_can_run_and_freeze(student_python, level):
    if not reachable(student_python.parents[1]):
        pytest.skip("the student environment lies where only root may read")
    done = run_with([CONTAINER], START, str(student_python), level)

    assert done.stdout == "BlockingIOError True\n", done.stderr


AS_USER = """
import sys
from pathlib import Path
from autograder.sandbox import SandboxKernel, SandboxSpec, levels
python = Path(sys.argv[1])
report = levels.probe(python)[0]
assert report.holds, report
for level in ("strict", "none"):
    with SandboxKernel(SandboxSpec(student_python=python, level=level)) as kernel:
        kernel.freeze_forks()
        assert kernel.execute("import os; os.fork()", timeout=10).ename == "BlockingIOError"
        assert kernel.thaw_forks()
        kernel.pause(); kernel.spent(); kernel.resume()
        assert kernel.execute("print(1)", timeout=10).status == "ok"
print("held")
"""


@needs_root
@needs_setpriv
@pytest.mark.usefixtures("strict")
def test_an_ordinary_user_gets_the_same(student_python):
    if not all(reachable(path) for path in (Path(sys.prefix), student_python.parent, REPOSITORY / "autograder")):
        pytest.skip("the checkout or an environment lies where an ordinary user may not read")
    done = run_with(["--reuid=12345", "--regid=12345", "--clear-groups"], AS_USER, str(student_python))

    assert done.stdout == "held\n", done.stderr
