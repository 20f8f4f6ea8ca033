"""A neighbour with all that attempts look for: inside the same walls it is found, outside of them it is not."""

from __future__ import annotations

import secrets
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from autograder.attacks import attempts
from autograder.sandbox import launched
from autograder.sandbox.identity import popen_identity

from . import neighbour
from .handins import assert_gains_nothing, lab_named

EXHIBITS = attempts("walled_off").values()
SOURCE = Path(neighbour.__file__).read_text("utf-8")
SECRET = secrets.token_hex(16)
#: Seconds in which the neighbour has looked at everything.
LOOK = 0.4
MOVE_IN = f"""
import os, subprocess, sys
log = open("neighbour.log", "w+")
other = subprocess.Popen([sys.executable, "-c", {SOURCE!r}], stdout=log, stderr=log, env={{"SECRET": {SECRET!r}}})
while "ready" not in open("neighbour.log").read():
    pass
"""
#: What the neighbour says was touched, as soon as it says so.
REPORT = """
import time
for _ in range(400):
    said = "touched: gone" if other.poll() is not None else open("neighbour.log").read()
    if "touched" in said:
        break
    time.sleep(0.02)
print(said)
"""

#: Calls that both need, and that no sandbox has.
NEEDED = ["accept", "accept4", "bind", "fcntl", "flock", "listen", "sendmsg", "setsockopt", "socket"]


@pytest.fixture
def neighbours_can_talk(monkeypatch):
    monkeypatch.setattr(launched, "LEFT_OPEN", NEEDED)


@pytest.mark.usefixtures("neighbours_can_talk")
@pytest.mark.parametrize("exhibit", EXHIBITS, ids=str)
def test_succeeds_where_a_neighbour_is_inside_the_same_walls(exhibit, bench):
    bench.fresh_student(lab_named(exhibit.lab))
    kernel = bench.student.kernel
    assert kernel.execute(MOVE_IN, 10).status == "ok"
    shown = kernel.execute(exhibit.source, 5)
    report = kernel.execute(REPORT, 10)
    bench.end_student()

    ended = report.status == "died"  # the sandbox, and the neighbour with it
    assert SECRET in str(shown.outputs) or "touched" in str(report.outputs) or ended, (shown, report)


@pytest.fixture
def outside():
    """The same neighbour on this machine, as the same user as students' code; everything of it goes in the end."""
    command = [getattr(sys, "_base_executable", sys.executable), "-c", SOURCE]
    other = subprocess.Popen(command, stdout=subprocess.PIPE, env={"SECRET": SECRET}, text=True, **popen_identity())
    try:
        assert other.stdout.readline().startswith("ready")
        yield other
    finally:
        other.kill()
        other.wait()
        other.stdout.close()
        shutil.rmtree(neighbour.FOLDER, ignore_errors=True)
        neighbour.SHARED.unlink(missing_ok=True)


@pytest.mark.parametrize("exhibit", EXHIBITS, ids=str)
def test_gains_nothing_from_the_grader(exhibit, bench, outside):
    outcome = assert_gains_nothing(bench, exhibit)
    time.sleep(LOOK)
    gone = outside.poll()
    outside.kill()

    assert gone is None
    assert outside.stdout.read() == ""
    assert SECRET not in str(outcome)


@pytest.mark.usefixtures("neighbours_can_talk")
def test_an_honest_neighbour_is_touched_by_nothing(bench):
    bench.fresh_student(lab_named("lab2_layers"))
    kernel = bench.student.kernel
    kernel.execute(MOVE_IN, 10)
    report = kernel.execute(REPORT, 10)
    bench.end_student()

    assert report.status == "ok"
    assert "touched" not in str(report.outputs)
