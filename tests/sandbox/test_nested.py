"""The grader itself in a container, as hubs have it: what then holds, and what is said of what does not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from autograder.sandbox import bubblewrap
from autograder.sandbox.identity import reachable

from .conftest import REPOSITORY, is_root

pytestmark = pytest.mark.usefixtures("strict")

PROGRAM = """
import json, sys
from pathlib import Path
from autograder.sandbox import IsolationError, SandboxKernel, SandboxSpec, levels
python = Path(sys.argv[1])
said = {report.level: [report.holds, report.why] for report in levels.probe(python)}
try:
    levels.choose(student_python=python)
except IsolationError as error:
    said["refused"] = str(error)
for level, (holds, _) in list(said.items())[:2]:
    if holds:
        with SandboxKernel(SandboxSpec(student_python=python, level=level)) as kernel, kernel.frozen():
            done = kernel.execute("import numpy, scipy.signal\\nprint(numpy.eye(3) @ numpy.ones(3))", timeout=30)
            said["ran"] = [level, "".join(output.get("text", "") for output in done.outputs)]
            break
print(json.dumps(said))
"""

#: Parts of /proc covered, or read-only, as the usual container engines do.
COVERED = ("--tmpfs", "/proc/acpi", "--ro-bind", "/proc/sys", "/proc/sys")
CLOSED = ("--tmpfs", "/dev/shm", "--remount-ro", "/dev/shm")


@pytest.fixture
def contained(student_python: Path):
    """Return ``contained(*options)``: what `PROGRAM` says in a container made with more options of bwrap."""
    needed = (Path(sys.prefix), student_python.parent, REPOSITORY / "autograder")
    program = bubblewrap.find()
    if is_root() and (program.folders or not all(map(reachable, needed))):
        pytest.skip("the checkout, an environment or bwrap lies where an ordinary user may not read")
    drop = ["setpriv", "--reuid=12345", "--regid=12345", "--clear-groups"] if is_root() else []

    def run(*options: str) -> dict[str, object]:
        with tempfile.TemporaryDirectory() as home:
            os.chmod(home, 0o777)
            container = ["--dev-bind", "/", "/", "--unshare-user", "--unshare-pid", "--proc", "/proc", *options]
            paths = os.pathsep.join((str(REPOSITORY), str(REPOSITORY / "labs")))
            done = subprocess.run(
                [*drop, str(program.path), *container, sys.executable, "-B", "-c", PROGRAM, str(student_python)],
                env={"HOME": home, "PYTHONPATH": paths, "PATH": os.environ["PATH"]},
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
            )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


@pytest.mark.parametrize("options", [(), COVERED, (*COVERED, *CLOSED)], ids=["open", "covered", "shm closed"])
def test_strict_holds_in_a_container_that_allows_namespaces(contained, options):
    said = contained(*options)

    assert said["strict"][0], said["strict"][1]
    assert ("/proc is almost empty inside" in said["strict"][1]) == bool(options)
    assert said["ran"] == ["strict", "[1. 1. 1.]\n"]


def test_where_namespaces_are_blocked_strict_refuses_in_a_line_and_names_reduced(contained, reduced):
    said = contained("--disable-userns", *CLOSED)

    assert not said["strict"][0]
    assert said["refused"].startswith("isolation level 'strict' does not hold here: ")
    assert f"Or else: --isolation {reduced} holds here. It means: students' code opens only" in said["refused"]
    assert "Traceback" not in said["refused"]
    assert said["ran"] == ["reduced", "[1. 1. 1.]\n"]
