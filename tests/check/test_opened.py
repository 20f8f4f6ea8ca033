"""A lab opens without what judges: a hand-in opens its own in every sandbox, and checks nothing there."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from autograder.course import LABS

OPEN = """
import json, sys
from aics import open_lab
check = open_lab("lab2_layers")
said = str(check("relu"))
print(json.dumps([said, [name for name in sys.modules if name.startswith("aics.")]]))
"""


def opened(**environment: str) -> tuple[str, list[str]]:
    """What a check says in a process that has just opened a lab, and the modules of aics that it has by then."""
    command, paths = [sys.executable, "-c", OPEN], {"PYTHONPATH": str(LABS), **environment}
    done = subprocess.run(command, env=paths, capture_output=True, text=True, check=True)
    said, modules = json.loads(done.stdout)
    return said, modules


JUDGING = {"aics.check.checker", "aics.check.judge", "aics.check.reference", "aics.card.card"}


@pytest.mark.parametrize(
    ("environment", "begins", "there"),
    [({"AICS_GRADING": "1"}, "Checks are not run while grading", set()), ({}, "[-] relu: not yet", JUDGING)],
)
def test_what_judges_is_imported_where_something_is_checked(environment, begins, there):
    said, modules = opened(**environment)
    assert said.startswith(begins)
    assert JUDGING & set(modules) == there
