"""A grader that is stopped (Ctrl-Z, a paused container) goes on where it was: nothing is taken from a student."""

from __future__ import annotations

import subprocess
import sys

import pytest

#: Stops itself for three seconds, as Ctrl-Z and `fg` do.
STOPPED = """
import os, signal, subprocess, time
def stopped():
    subprocess.Popen(["sh", "-c", f"sleep 3; kill -CONT {os.getpid()}"])
    os.kill(os.getpid(), signal.SIGSTOP)
"""
ASLEEP = """
from autograder.sandbox.allowance import Allowance
from autograder.sandbox.books import Spent
allowance = Allowance(2, lambda: Spent(wall=time.monotonic()))
outer = Allowance(240, lambda: Spent(wall=time.monotonic()))
allowance.left()
stopped()
print("left" if allowance.left() else "over", round(outer.used() - 1))
"""
WAITING = """
from autograder.sandbox.allowance import Allowance
from autograder.sandbox.books import Spent
allowance = Allowance(2, lambda: Spent(wall=time.monotonic()))
while left := allowance.left():
    time.sleep(left)
print("over", round(allowance.used() - 0.5))
"""
STEP = """
from autograder.gradebook.interrupts import Interrupts
with Interrupts() as interrupts, interrupts.step(2):
    stopped()
    time.sleep(0.1)
print("done")
"""
TOO_LONG = """
from autograder.gradebook.interrupts import Interrupts, TooLong
try:
    with Interrupts() as interrupts, interrupts.step(1):
        stopped()
        time.sleep(60)
except TooLong:
    print("too long")
"""


@pytest.mark.parametrize(
    ("code", "said"),
    [(ASLEEP, "left 0"), (WAITING, "over 2"), (STEP, "done"), (TOO_LONG, "too long")],
    ids=["a sandbox is not charged", "one that sleeps is", "a step goes on", "and has its limit all the same"],
)
def test_what_the_grader_was_stopped_for_is_nobodys_time(code: str, said: str) -> None:
    command = [sys.executable, "-c", STOPPED + code]
    done = subprocess.run(command, capture_output=True, text=True, timeout=50, check=False)
    assert done.stdout.strip() == said, done.stderr
