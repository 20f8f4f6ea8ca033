"""`--clock-remarks`: what a timed test asserts of a clock is told and decides nothing; whatever else fails, fails."""

from __future__ import annotations

import subprocess
import sys

from autograder.course import ROOT

ASSERTED = """
import pytest

@pytest.mark.timed
def test_asserted():
    assert 7 < 5, "it took 7 s"

def test_holds():
    pass
"""
OTHERS = """
@pytest.mark.timed
def test_broken():
    raise OSError("no core")

def test_untimed():
    assert 7 < 5
"""


def run(folder, source, *options):
    """What pytest prints of tests in a folder of their own, and whether they passed; our conftest is its plugin."""
    (folder / "test_it.py").write_text(source, "utf-8")
    settings = ["-p", "tests.conftest", "-p", "no:cacheprovider", "-c", "/dev/null", "-o", "markers=timed", "-rf"]
    command = [sys.executable, "-m", "pytest", *settings, f"--rootdir={folder}", *options, folder]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return done.stdout, done.returncode == 0


def begins(said, word):
    return [line for line in said.splitlines() if line.startswith(word)]


def test_an_assertion_of_a_timed_test_becomes_a_remark(tmp_path):
    said, passed = run(tmp_path, ASSERTED, "--clock-remarks")

    assert passed
    assert "1 passed, 1 xfailed" in said
    (remark,) = begins(said, "REMARK")
    assert "test_it.py::test_asserted: AssertionError: it took 7 s" in remark


def test_another_error_and_a_test_that_is_not_timed_fail(tmp_path):
    said, passed = run(tmp_path, ASSERTED + OTHERS, "--clock-remarks")

    assert not passed
    assert [line.split("::")[1].split()[0] for line in begins(said, "FAILED")] == ["test_broken", "test_untimed"]


def test_without_the_option_it_fails(tmp_path):
    said, passed = run(tmp_path, ASSERTED)

    assert not passed
    assert (len(begins(said, "FAILED")), begins(said, "REMARK")) == (1, [])
