"""`autograder doctor` says which isolation level holds, what is missing, and the command that brings it."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from autograder import terminal as report
from autograder.course import ROOT, ClassFolder, paths
from autograder.measure import doctor
from autograder.measure.doctor import Findings, examine
from autograder.sandbox import bubblewrap, remedies
from autograder.sandbox.levels import LevelReport, probe

STRICT = LevelReport("strict", True, "the canary found no way out")
NO_STRICT = LevelReport("strict", False, "bubblewrap is not installed", "sudo apt-get install -y bubblewrap")
NONE = LevelReport("none", True, "limits only")


def shown(findings):
    from rich.console import Console

    console = Console(width=200, record=True, file=open(os.devnull, "w"))  # noqa: SIM115
    with console.file:
        console.print(report.doctor(findings))
        return console.export_text()


def test_formgraders_server_serves_the_class_wherever_it_lies(tmp_path, monkeypatch):
    outside = tmp_path / "course"
    assert ClassFolder(outside).served() == outside
    assert outside.is_dir()
    assert ClassFolder(ROOT / "tests").served() == ROOT
    monkeypatch.setenv("AICS_COURSE", str(outside))
    assert "`make formgrader` serves it" in doctor._class_state(ClassFolder.current().folder)


READY = [
    ([STRICT, NONE], {"lab2_layers": "built"}, True),
    ([NO_STRICT, NONE], {"lab2_layers": "built"}, False),
    ([STRICT, NONE], {"lab2_layers": "missing: `autograder build` makes it"}, False),
    ([STRICT, NONE], {"student environment": "missing: run make"}, False),
]


@pytest.mark.parametrize(("levels", "things", "ready"), READY)
def test_ready_is_strict_isolation_with_nothing_missing(levels, things, ready):
    assert Findings(levels, things).ready is ready


def test_the_table_says_what_to_run():
    text = shown(Findings([NO_STRICT, NONE], {"lab2_layers": "missing: `autograder build` makes it"}))
    assert re.search(r"strict\W+no\W+bubblewrap is not installed\W+sudo apt-get install -y bubblewrap", text)
    assert re.search(r"none\W+yes", text)
    assert "`autograder build` makes it" in text


def test_a_machine_without_bubblewrap_gets_the_command_that_installs_it(monkeypatch):
    monkeypatch.setattr(bubblewrap, "candidates", lambda: iter(()))
    monkeypatch.setattr(remedies.shutil, "which", lambda name, **_: "/usr/bin/dnf" if name == "dnf" else None)
    strict = probe()[0]
    assert (strict.holds, strict.why) == (False, "bubblewrap is not installed")
    assert strict.remedy == "sudo dnf install -y bubblewrap"


def test_an_old_bubblewrap_is_not_enough(monkeypatch, tmp_path):
    (tmp_path / "bwrap").write_text("#!/bin/sh\necho bubblewrap 0.4.1\n")
    (tmp_path / "bwrap").chmod(0o755)
    old = bubblewrap.Bubblewrap(tmp_path / "bwrap", "the system's")
    monkeypatch.setattr(bubblewrap, "candidates", lambda: iter([old]))
    strict = probe()[0]
    assert not strict.holds
    assert "bubblewrap 0.4.1 is too old, 0.8.0 is needed" in strict.why


def test_a_lab_that_is_not_built_and_a_missing_environment_are_told(monkeypatch, tmp_path):
    monkeypatch.setattr(paths, "REFERENCE", tmp_path)
    monkeypatch.setenv("AICS_STUDENT_PYTHON", str(tmp_path / "none" / "python"))
    monkeypatch.setattr(doctor, "probe", lambda: [STRICT, NONE])
    findings = examine()
    assert findings.things["student environment"].startswith("missing: ")
    assert findings.things["lab2_layers"].startswith("missing: `autograder build`")
    assert not findings.ready


@pytest.mark.skipif(not (ROOT / ".venv-student").exists(), reason="no student environment: run `make install`")
def test_the_command_runs_its_canary_and_its_exit_status_is_whether_all_holds():
    command = [sys.executable, "-m", "autograder", "doctor"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=120, env=os.environ | {"COLUMNS": "200"}
    )
    strict = re.search(r"strict\W+(yes|no)\W", done.stdout)
    assert strict, done.stdout + done.stderr
    missing = "missing" in done.stdout
    assert done.returncode == (0 if strict[1] == "yes" and not missing else 1)
    if strict[1] == "yes":
        assert re.search(r"the canary tried \d+ ways out and found none", done.stdout)
    assert re.search(r"reduced\W+(yes|no)\W", done.stdout)
    assert re.search(r"bubblewrap\W+(\d+\.\d+\.\d+, (the system's /|from the wheel)|missing: )", done.stdout)
    assert re.search(r"nbgrader\W+\d+\.\d+", done.stdout)
