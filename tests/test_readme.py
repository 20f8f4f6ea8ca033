"""The commands of README.md are run as they stand there."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from autograder.course import ROOT

README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
COMMANDS = [line.split("  #")[0].strip() for block in BLOCKS for line in block.splitlines() if line.strip()]
RUN_ELSEWHERE = {"make test": "it runs these tests", ".venv/bin/autograder prove": "tests/measure proves all labs"}


def works(command: str, course: Path) -> str:
    """What a command prints that ends well."""
    environment = {**os.environ, "AICS_COURSE": str(course), "COLUMNS": "150"}
    done = subprocess.run(
        shlex.split(command), cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def test_the_two_commands_come_first():
    assert COMMANDS[:2] == ["make demo", "make test"]


@pytest.mark.slow
def test_the_commands_work_one_after_another(tmp_path):
    """The class is graded once, and two of it again; tests/authoring builds every lab, here the demo's is built."""
    first, *others = (command for command in COMMANDS if command not in RUN_ELSEWHERE)
    demo, handins = works(first, tmp_path / "course"), tmp_path / "hand-ins"
    assert re.search(r"16 hand-ins graded at isolation level strict", demo)
    for student, points in {"ada": r"\d+ / 100", "mallory": "0 / 110", "oscar": "0 / 110"}.items():  # ada's are timed
        assert re.search(rf"{student}\W+lab2_layers\W+{points}", demo), demo
    for student in ("edsger", "mallory"):
        shutil.copytree(ROOT / "demo-class" / "handins" / student, handins / student)
    for command in others:
        shorter = command.replace("autograder build", "autograder build lab2_layers")
        works(shorter.replace("path/to/hand-ins", str(handins)), tmp_path / "course")


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_every_path_that_it_names_is_there(name):
    for path in re.findall(r"`([\w/.-]+/)`", (ROOT / name).read_text("utf-8")):
        if not path.startswith(("course", ".venv", "stu_upload", "path")):
            assert (ROOT / path).exists() or path in ("aics/", "misconceptions/", "alternatives/"), path
