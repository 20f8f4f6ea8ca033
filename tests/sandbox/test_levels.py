"""The levels are proved, not assumed: the canary finds holes where there are some."""

from __future__ import annotations

import pickle

import pytest

from autograder.sandbox import (
    IsolationError,
    MissingError,
    SandboxKernel,
    SandboxSpec,
    canary,
    launched,
    levels,
    view,
)
from autograder.sandbox.inside import landlock
from autograder.sandbox.spec import Entry
from autograder.sandbox.versions import versions

from .conftest import REPOSITORY, shut_levels, text


def test_probe_reports_every_level_from_the_safest_down(student_python):
    assert tuple(report.level for report in levels.probe(student_python)) == tuple(levels.LEVELS)


def test_reduced_says_what_it_lacks_where_it_does_not_hold(student_python, monkeypatch):
    monkeypatch.setattr(landlock, "version", lambda: 2)
    report = levels.named("reduced").probe(student_python, REPOSITORY)

    assert (report.holds, report.why) == (False, "version 2 of Landlock is too old, 3 is needed")
    with pytest.raises(IsolationError, match="or newer, started with Landlock"):
        levels.choose("reduced", student_python)


@pytest.mark.parametrize("name", canary.ATTEMPTS)
@shut_levels
def test_the_canary_finds_no_way_out(student_python, level, name):
    assert canary.attempt(levels.named(level), student_python, REPOSITORY)[name] == []


def test_the_canary_gets_hold_of_things_where_nothing_holds_it(student_python):
    found = canary.attempt(levels.named("none"), student_python, REPOSITORY)

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
    whole = view.arguments

    def cut(*given, **options):
        arguments = whole(*given, **options)
        at = arguments.index("--remount-ro", len(arguments) - 5)
        arguments[at:at] = hole
        return arguments

    monkeypatch.setattr(view, "arguments", cut)

    assert canary.attempt(levels.named("strict"), student_python, REPOSITORY)[attempt]
    assert not levels.probe(student_python)[0].holds


@pytest.mark.parametrize(
    ("guards", "attempt"),
    [
        (["socket"], "sockets"),
        (["mmap"], "memory"),
        (["sendmsg"], "memory"),
        (["flock"], "words"),
        (["setrlimit", "prlimit64"], "limits"),
        (["dumpable"], "processes"),
    ],
    ids=lambda value: value if isinstance(value, str) else "+".join(value),
)
@shut_levels
def test_the_canary_finds_a_guard_that_is_left_off(student_python, monkeypatch, level, guards, attempt):
    if guards == ["dumpable"] and level == "reduced":
        pytest.skip("Landlock refuses it once more")
    monkeypatch.setattr(launched, "LEFT_OPEN", guards)

    assert canary.attempt(levels.named(level), student_python, REPOSITORY)[attempt]
    assert not levels.named(level).probe(student_python, REPOSITORY).holds


@pytest.mark.usefixtures("strict")
def test_strict_is_the_default(student_python):
    assert levels.choose(student_python=student_python).level == "strict"


def test_less_must_be_asked_for(student_python):
    assert levels.choose("none", student_python).holds
    with pytest.raises(ValueError, match=", ".join(levels.LEVELS)):
        levels.choose("loose", student_python)


def test_a_sandbox_of_an_unknown_level_is_not_started(student_python):
    with pytest.raises(ValueError, match=f"got 'loose', expected one of {', '.join(levels.LEVELS)}"):
        SandboxKernel(SandboxSpec(student_python=student_python, level="loose")).start()


def test_a_level_needs_nothing_but_its_place_among_the_others(student_python, monkeypatch):
    def probe(_python, _course):
        return levels.LevelReport("mine", True, "it is mine")

    monkeypatch.setitem(levels.LEVELS, "mine", levels.Level("mine", probe, levels.named("none").launch))

    assert levels.probe(student_python)[-1] == levels.choose("mine", student_python)
    with SandboxKernel(SandboxSpec(student_python=student_python, level="mine")) as kernel:
        assert text(kernel.execute("print(6 * 7)", timeout=10)) == "42\n"


@pytest.mark.parametrize("level", levels.LEVELS)
def test_a_student_environment_that_cannot_be_run_is_told(tmp_path, level):
    python = tmp_path / "python"
    python.write_text("no program")
    python.chmod(0o755)
    report = levels.named(level).probe(python, REPOSITORY)

    assert not report.holds
    assert f"the student environment's Python cannot be run: {python}" in report.why
    with pytest.raises(MissingError, match="make clean install"):
        levels.named(level).launch(SandboxSpec(student_python=python), Entry())


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (MissingError("x is missing", "get x"), "x is missing\nTo bring it: get x"),
        (
            IsolationError("strict", "x is missing", otherwise="do without"),
            "isolation level 'strict' does not hold here: x is missing\nOr else: do without",
        ),
    ],
)
def test_what_is_missing_is_said_by_another_process_too(error, said):
    assert str(error) == str(pickle.loads(pickle.dumps(error))) == said


def test_versions_name_what_a_result_rests_on(student_python):
    assert {"bubblewrap", "kernel", "instructor's Python", "students' Python"} == set(versions(student_python))
