"""A command that is stopped or killed leaves no half grades and no processes; the same command goes on."""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

import psutil
import pytest
from rich.console import Console

from autograder.course import ROOT, ClassFolder, CourseError, Lab
from autograder.gradebook.grade_handins import Graded, GradingOptions
from autograder.gradebook.grade_path import grade_path
from autograder.gradebook.interrupts import Interrupts, TooLong
from autograder.gradebook.nbgrader import Nbgrader
from tests.gradebook.conftest import LAB, grade, write

STUDENTS = "abcdefg"


@contextmanager
def grading(top: Path) -> Iterator[subprocess.Popen]:
    """The command at work on a class, from the first new record on."""
    state = ClassFolder(top / "course")
    before = set(records(state))
    command = [sys.executable, "-m", "autograder", "grade", str(top / "handins"), "--values-only", "--workers", "2"]
    environment = {**os.environ, "AICS_COURSE": str(state.folder), "COLUMNS": "200"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert until(lambda: set(records(state)) - before)
        yield process
        process.kill()


def records(state: ClassFolder) -> list[Path]:
    return list(state.runs.glob(f"*/{LAB}.json"))


def until(holds: Callable[[], object], seconds: float = 120) -> bool:
    ends = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > ends:
            return False
        time.sleep(0.02)
    return True


def below(process: subprocess.Popen) -> list[psutil.Process]:
    return psutil.Process(process.pid).children(recursive=True)


def is_there(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


@pytest.fixture
def top(can_grade, tmp_path, registered, solution) -> Path:  # noqa: ARG001
    shutil.copytree(registered, tmp_path / "course")
    for student in STUDENTS:
        write(tmp_path / "handins" / student, solution)
    return tmp_path


def goes_on(top: Path) -> None:
    """The same command gives everyone what is due."""
    result = grade(ClassFolder(top / "course"), top / "handins")
    assert {student: result.total(student) for student in STUDENTS} == dict.fromkeys(STUDENTS, 100)
    with Nbgrader(ClassFolder(top / "course")).gradebook() as gradebook:
        assert {gradebook.find_submission(LAB, student).score for student in STUDENTS} == {110}


@pytest.mark.slow
def test_a_command_that_is_stopped_again_and_again_docks_nobody_and_goes_on(top, remark):
    for number in (signal.SIGINT, signal.SIGTERM):
        with grading(top) as process:
            left = below(process)
            began = time.monotonic()
            process.send_signal(number)
            _, said = process.communicate(timeout=30)
        remark(f"grade stopped {time.monotonic() - began:.1f} s after {number.name}; 2 s are promised")
        assert process.returncode == 130
        (line,) = said.splitlines()
        assert line.startswith("Stopped: ")
        assert "hand-ins are in the gradebook" in line
        assert "The same command goes on from here." in line
        assert until(lambda left=left: not any(map(is_there, left)), 5), left
        for student, scores in Nbgrader(ClassFolder(top / "course")).scores(LAB).items():
            judged = {score is None for name, (score, _) in scores.items() if name in Lab(LAB).questions}
            assert judged == {False}, student
    with grading(top) as process:
        assert until(lambda: len(below(process)) > 3)  # a hand-in is asked again: two workers, and a sandbox
        left = below(process)
        process.kill()
        process.wait()
        assert until(lambda: not any(map(is_there, left)), 10), left
    assert len(records(ClassFolder(top / "course"))) < len(STUDENTS)
    goes_on(top)


def steps(number: signal.Signals, patience: float, done: list[str]) -> None:
    """Two steps; a signal comes in the first."""
    with Interrupts() as interrupts:
        with interrupts.step(10, patience):
            os.kill(os.getpid(), number)
            time.sleep(0.2)
            done.append("all of the first")
        done.append("more")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize(("patience", "finished"), [(10, ["all of the first"]), (0, []), (0.05, [])])
def test_a_step_is_let_finish_for_as_long_as_there_is_patience(number, patience, finished):
    done: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        steps(number, patience, done)
    assert done == finished


def endless(interrupts: Interrupts) -> None:
    """A step that swallows every exception, as nbgrader's log does."""
    with interrupts.step(0.05), suppress(BaseException):
        time.sleep(100)


@pytest.mark.parametrize("crowded", [True, False])
def test_a_step_that_waits_for_a_core_has_more_time(crowded, monkeypatch):
    waited = time.monotonic if crowded else lambda: 0.0
    monkeypatch.setattr("autograder.gradebook.interrupts.own_waiting", waited)
    expected = nullcontext() if crowded else pytest.raises(TooLong)
    with Interrupts() as interrupts, expected, interrupts.step(0.1):
        time.sleep(0.4)


def test_a_lab_that_cannot_be_registered_in_time_is_one_line(tmp_path, stub, monkeypatch):
    monkeypatch.setattr("autograder.gradebook.grade_path.WRITING", 0.01)
    write(tmp_path / "handins" / "ada", stub)

    state, console = ClassFolder(tmp_path / "course"), Console(file=io.StringIO())
    with pytest.raises(CourseError, match=r"took longer than 0\.01 seconds.* run the same command again"):
        grade_path(state, tmp_path / "handins", GradingOptions(workers=1), [Lab(LAB)], None, console)


def test_an_interrupt_in_a_callback_of_pythons_own_is_raised_after_it_without_a_word(capfd):
    class Thing:
        pass

    things = [Thing()]
    _watch = weakref.ref(things[0], lambda _: signal.raise_signal(signal.SIGINT))
    with Interrupts() as interrupts:
        things.clear()
        assert interrupts.asked
        with pytest.raises(KeyboardInterrupt):
            time.sleep(5)
    assert capfd.readouterr().err == ""


class Slow:
    """What Python swallows exceptions of: it takes its time to go."""

    def __del__(self) -> None:
        time.sleep(0.5)


def test_a_limit_that_rings_in_a_callback_of_pythons_own_ends_the_step_after_it_without_a_word(capfd):
    def step(interrupts: Interrupts) -> None:
        with interrupts.step(0.1):
            Slow()
            time.sleep(5)
            done.append("all of the step")

    done: list[str] = []
    with Interrupts() as interrupts, pytest.raises(TooLong, match=r"took longer than 0\.1 seconds"):
        step(interrupts)
    assert (done, capfd.readouterr().err) == ([], "")


@pytest.mark.parametrize("swallowed", [False, True], ids=["broke something else", "was swallowed"])
def test_an_interrupt_that_did_not_get_through_stops_the_class_all_the_same(tmp_path, stub, monkeypatch, swallowed):
    def interrupted(_state, handins, _options, interrupts):
        interrupts.asked = True
        if not swallowed:
            raise AssertionError("what was at work when the signal came")
        yield from (Graded(student=h.student, lab=h.lab, status="unchanged", rows=[], remarks=[]) for h in handins)
        pytest.fail("it went on")

    monkeypatch.setattr("autograder.gradebook.grade_path.grade_handins", interrupted)
    monkeypatch.setattr("autograder.gradebook.grade_path._register", lambda *_: None)
    write(tmp_path / "handins" / "ada", stub)
    console = Console(file=io.StringIO())
    with pytest.raises(KeyboardInterrupt, match="Stopped"):
        grade_path(ClassFolder(tmp_path / "course"), tmp_path / "handins", GradingOptions(), [Lab(LAB)], None, console)


def test_a_step_over_its_limit_fails_and_the_next_goes_on():
    handler = signal.getsignal(signal.SIGINT)
    with Interrupts() as interrupts:
        with pytest.raises(TooLong, match=r"took longer than 0\.05 seconds"):
            endless(interrupts)
        with interrupts.step(10):
            pass
    assert signal.getsignal(signal.SIGINT) is handler
