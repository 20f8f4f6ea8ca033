"""All attempts as a whole: what they say of themselves, and how one lists them."""

from __future__ import annotations

import os
import subprocess
import sys

from autograder.attacks import GUARDS, attempts
from autograder.course import ROOT, labs

ATTEMPTS = attempts()
WIDE = {**os.environ, "COLUMNS": "200"}


def test_every_attempt_says_what_it_tries_and_belongs_to_a_guard():
    assert all(len(exhibit.purpose) > 30 for exhibit in ATTEMPTS.values())
    assert {exhibit.guard for exhibit in ATTEMPTS.values()} == GUARDS.keys()


def test_every_lab_has_attempts_of_its_own():
    assert {exhibit.lab for exhibit in ATTEMPTS.values()} == {lab.name for lab in labs()}


def test_a_command_lists_them():
    command = [sys.executable, "-m", "autograder.attacks"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, env=WIDE).stdout

    assert [name for name in [*ATTEMPTS, *GUARDS] if name not in listed] == []
