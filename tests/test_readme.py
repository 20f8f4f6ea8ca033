"""The commands of README.md are run as they stand there."""

from __future__ import annotations

import os
import re
import shlex
import subprocess

import pytest

from autograder.course import ROOT

README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
COMMANDS = [line.split("  #")[0].strip() for block in BLOCKS for line in block.splitlines() if line.strip()]
RUN_ELSEWHERE = {"make test": "it runs these tests", ".venv/bin/autograder prove": "tests/test_prove.py runs it"}


def run(command: str, course) -> subprocess.CompletedProcess:
    environment = {**os.environ, "AICS_COURSE": str(course), "COLUMNS": "150"}
    return subprocess.run(
        shlex.split(command), cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600, check=False
    )


def test_the_two_commands_come_first():
    assert COMMANDS[:2] == ["make demo", "make test"]


@pytest.mark.slow
def test_the_commands_work_one_after_another(tmp_path):
    ran = []
    for command in COMMANDS:
        if command in RUN_ELSEWHERE:
            continue
        done = run(command.replace("path/to/hand-ins", "demo-class/handins"), tmp_path / "course")
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        ran.append(done.stdout)
    assert len(ran) + len(RUN_ELSEWHERE) == len(COMMANDS)
    demo = ran[0]
    assert re.search(r"16 hand-ins graded at isolation level strict", demo)
    for student, points in {"ada": r"\d+ / 100", "mallory": "0 / 100", "oscar": "0 / 100"}.items():  # ada's are timed
        assert re.search(rf"{student}\W+lab2_layers\W+{points}", demo), demo


def test_every_path_that_it_names_is_there():
    for path in re.findall(r"`([\w/.-]+/)`", README):
        if not path.startswith(("course", ".venv", "stu_upload", "path")):
            assert (ROOT / path).exists() or path in ("aics/", "misconceptions/", "alternatives/"), path
