"""The levels are proved, not assumed: the canary finds holes where there are some."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

import pytest

from autograder.sandbox import IsolationError, bubblewrap, canary, levels, remedies
from autograder.sandbox.versions import versions

from .conftest import REPOSITORY


def test_probe_reports_every_level_from_the_safest_down(student_python):
    assert tuple(report.level for report in levels.probe(student_python)) == levels.LEVELS


def test_reduced_keeps_its_place_and_never_holds(student_python):
    report = levels.probe(student_python)[1]

    assert (report.holds, report.why) == (False, "not built yet")


@pytest.mark.parametrize("name", canary.ATTEMPTS)
@pytest.mark.usefixtures("strict")
def test_the_canary_finds_no_way_out_of_strict(student_python, name):
    assert canary.attempt(student_python, REPOSITORY)[name] == []


def test_the_canary_gets_hold_of_things_where_nothing_holds_it(student_python):
    found = canary.attempt(student_python, REPOSITORY, "none")

    assert found["network"]
    assert found["host_files"]
    assert found["processes"]


@pytest.mark.parametrize(
    ("hole", "attempt"),
    [
        (["--share-net"], "network"),
        (["--ro-bind", str(REPOSITORY), str(REPOSITORY)], "host_files"),
        (["--tmpfs", "/etc"], "writing"),
        (["--ro-bind", "/proc", "/proc"], "processes"),
        (["--uid", "0"], "root"),
        (["--cap-add", "CAP_SYS_ADMIN"], "capabilities"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
@pytest.mark.usefixtures("strict")
def test_the_canary_finds_a_hole_that_is_cut(student_python, monkeypatch, hole, attempt):
    whole = bubblewrap.arguments

    def cut(*given):
        arguments = whole(*given)
        at = arguments.index("--remount-ro", len(arguments) - 5)
        arguments[at:at] = hole
        return arguments

    monkeypatch.setattr(bubblewrap, "arguments", cut)

    assert canary.attempt(student_python, REPOSITORY)[attempt]
    assert not levels.probe(student_python)[0].holds


@pytest.mark.usefixtures("strict")
def test_strict_is_the_default(student_python):
    assert levels.choose(None, student_python) == "strict"


def test_less_must_be_asked_for(student_python):
    assert levels.choose("none", student_python) == "none"
    with pytest.raises(IsolationError, match="not built yet"):
        levels.choose("reduced", student_python)
    with pytest.raises(ValueError, match="strict, reduced, none"):
        levels.choose("loose", student_python)


def test_without_bubblewrap_the_remedy_and_the_alternative_are_named(student_python, monkeypatch):
    monkeypatch.setattr(remedies, "program", lambda: None)

    with pytest.raises(IsolationError) as caught:
        levels.choose(None, student_python)
    assert "bubblewrap is not installed" in str(caught.value)
    assert "install" in caught.value.remedy
    assert "--isolation none" in str(caught.value)


@pytest.mark.parametrize(("said", "expected"), [("bubblewrap 0.6.1", "0.6.1 is too old"), ("odd", "0 is too old")])
def test_an_old_bubblewrap_is_refused(tmp_path, monkeypatch, said, expected):
    program = tmp_path / "bwrap"
    program.write_text(f"#!/bin/sh\necho {said}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(remedies, "program", lambda: str(program))

    assert expected in remedies.lacking_program()[0]


def test_a_bubblewrap_that_may_not_start_a_sandbox_is_reported(student_python, monkeypatch):
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        program = Path(folder) / "bwrap"
        program.write_text(
            '#!/bin/sh\n[ "$1" = --version ] && exec echo bubblewrap 0.8.0\n'
            "echo 'setting up uid map: Permission denied' >&2\nexit 1\n"
        )
        program.chmod(0o755)
        monkeypatch.setattr(bubblewrap, "program", lambda: str(program))
        report = levels.probe(student_python)[0]

    assert not report.holds
    assert "Permission denied" in report.why


def test_versions_name_what_a_result_rests_on(student_python):
    assert {"bubblewrap", "kernel", "instructor's Python", "students' Python"} == set(versions(student_python))
