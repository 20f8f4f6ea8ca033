"""The log is off until it is asked for, holds what it says, and shows where its chain is broken."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from dataclasses import replace

import pytest

from aics import cli, open_lab
from aics.check.verdict import SpeedReading, Verdict
from aics.handin import log, way
from aics.handin.finish import finish_line
from aics.handin.receipt import load
from tests.handin.notebooks import LAB, filled, solution
from tests.handin.test_finish import RIGHT

SPEED = SpeedReading(ratio=9.12345, full=3, zero=12, against="a stand-in")
WRONG = Verdict(question="relu", score=0, max_score=5, rung="values", misconception="absolute_value", hint="Drop them.")
SLOW = Verdict(question="conv", score=5.5, max_score=8, rung="speed", speed=SPEED)
GOOD = Verdict(question="relu", score=5, max_score=5)


@pytest.fixture
def kept():
    """A log of three checks, turned on by the command."""
    assert cli.main(["log", "on"]) == 0
    for verdict in (WRONG, SLOW, GOOD):
        assert log.note(LAB.name, [verdict]) == ""
    return log.path_of(LAB.name)


def test_off_by_default_nothing_is_written():
    assert log.note(LAB.name, [WRONG]) == ""
    assert not list(log.folder().iterdir())


def test_a_line_holds_what_is_said_and_no_code(kept):
    lines = [json.loads(text) for text in kept.read_text().splitlines()]
    assert [line["verdict"] for line in lines] == ["not_yet", "partly", "right"]
    assert [(line["mistake"], line["speed"], line["score"]) for line in lines] == [
        ("absolute_value", None, 0),
        ("", 9.123, 5.5),
        ("", None, 5),
    ]
    assert {*lines[0]} == {"time", "lab", "question", "verdict", "mistake", "score", "speed", "before", "hash"}


def test_a_check_in_the_notebook_is_noted_and_the_finish_line_notes_only_what_changed(kept):
    check = open_lab(LAB.name)
    names = {"check": check}
    eval('check("relu")', names)
    before = len(log.read(kept).lines)
    eval("check()", names)
    once = len(log.read(kept).lines)
    eval("check()", names)
    assert before == 4
    assert log.read(kept).lines[3].verdict == "not_yet"
    assert once == before + len(LAB.questions) - 1, "all but relu, which it has"
    assert len(log.read(kept).lines) == once
    assert log.read(kept).broken == 0


def damaged(text: str, how: str) -> str:
    lines = text.splitlines(keepends=True)
    return "".join(
        {
            "changed": [lines[0], lines[1].replace("5.5", "8"), lines[2]],
            "taken out": [lines[0], lines[2]],
            "in another order": [lines[0], lines[2], lines[1]],
            "no line": [lines[0], "\x00{\n", *lines[1:]],
            "cut in a line": [lines[0], lines[1][:40]],
            "a number": [lines[0], "7\n", *lines[1:]],
        }[how]
    )


@pytest.mark.parametrize("how", ["changed", "taken out", "in another order", "no line", "cut in a line", "a number"])
def test_a_broken_chain_is_said_with_its_line(kept, capsys, how):
    kept.write_text(damaged(kept.read_text(), how))
    capsys.readouterr()
    assert cli.main(["log", "verify"]) == 1
    assert "lab2_layers.log.jsonl: Its chain is broken at line 2" in capsys.readouterr().out
    assert log.note(LAB.name, [GOOD]) == ""
    assert log.read(kept).broken == 2, "what comes later does not mend it"


#: A kernel that checks again and again; what it says is what could not be logged.
HAMMER = """
import sys
from aics.check.verdict import Verdict
from aics.handin import log
sys.stdin.readline()
for score in range(60):
    print(log.note("lab2_layers", [Verdict(question="relu", score=score, max_score=99)]), end="")
"""


def test_two_kernels_that_log_at_once_keep_one_chain(kept):
    command = [sys.executable, "-c", HAMMER]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, **pipes) as one, subprocess.Popen(command, **pipes) as other:
        for kernel in (one, other):
            kernel.stdin.write("go\n")
            kernel.stdin.flush()
        assert [kernel.communicate(timeout=60)[0] for kernel in (one, other)] == ["", ""]
    found = log.read(kept)
    assert (len(found.lines), found.broken) == (3 + 2 * 60, 0)


def test_a_log_that_another_kernel_holds_for_too_long_is_a_remark(kept, monkeypatch):
    monkeypatch.setattr(log, "PATIENCE", 0.1)
    with closing(sqlite3.connect(kept.with_suffix(".lock"), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert log.note(LAB.name, [GOOD]) == "This check could not be logged (database is locked)."
    assert log.note(LAB.name, [GOOD]) == ""
    assert len(log.read(kept).lines) == 4


def test_one_check_is_said_to_be_one(capsys):
    assert cli.main(["log", "on"]) == 0
    assert log.note(LAB.name, [GOOD]) == ""
    assert cli.main(["log", "verify", LAB.name]) == 0
    assert cli.main(["log", "show", LAB.name]) == 0
    said = capsys.readouterr().out
    assert "1 check, the chain holds." in said
    assert "1 checks" not in said


@pytest.mark.usefixtures("kept")
def test_a_whole_chain_is_said_to_hold(capsys):
    assert cli.main(["log", "verify", LAB.name]) == 0
    assert "lab2_layers.log.jsonl: 3 checks, the chain holds." in capsys.readouterr().out


def test_a_cut_end_shows_beside_the_receipt(kept, tmp_path, capsys):
    notebook = filled(tmp_path / "lab2_layers.ipynb", {"relu_code": solution()["relu_code"]})
    line = finish_line(LAB.name, RIGHT, {}, {}, notebook)
    assert load(notebook).log == log.read(kept).end
    assert "3 checks are logged in " in line.handin.log
    assert "never sent" in line.handin.log
    assert cli.main(["pack", str(notebook), "--log"]) == 0
    with zipfile.ZipFile(notebook.with_suffix(".handin.zip")) as archive:
        archive.extractall(tmp_path / "received")
    received = tmp_path / "received" / kept.name
    assert cli.main(["log", "verify", str(received)]) == 0
    received.write_text("".join(received.read_text().splitlines(keepends=True)[:2]))
    assert cli.main(["log", "verify", str(received)]) == 1
    assert "the log's end was cut off" in capsys.readouterr().out


def test_the_log_is_handed_in_only_when_it_is_asked_for(kept, tmp_path, capsys):
    notebook = filled(tmp_path / "lab2_layers.ipynb", {"relu_code": solution()["relu_code"]})
    assert cli.main(["pack", str(notebook)]) == 0
    assert kept.name not in capsys.readouterr().out
    kept.unlink()
    assert cli.main(["pack", str(notebook), "--log"]) == 0
    assert "There is no log of lab2_layers to hand in." in capsys.readouterr().out


def test_off_again_what_was_logged_stays(kept, capsys):
    assert cli.main(["log", "off"]) == 0
    log.note(LAB.name, [WRONG])
    assert len(log.read(kept).lines) == 3
    assert f"stays in {log.folder()}" in " ".join(capsys.readouterr().out.split())


def test_a_log_that_cannot_be_written_is_a_remark_and_no_error(kept):
    kept.unlink()
    kept.mkdir()
    assert log.note(LAB.name, [WRONG]) == "This check could not be logged (Is a directory)."


@pytest.mark.usefixtures("kept")
def test_the_way_is_shown_question_by_question(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")
    assert cli.main(["log", "show"]) == 0
    printed = capsys.readouterr().out
    (relu,) = [line.split() for line in printed.splitlines() if line.startswith("relu")]
    assert relu == ["relu", "-+", "2", "0", "min", "absolute_value"]
    (conv,) = [line.split() for line in printed.splitlines() if line.startswith("conv")]
    assert conv == ["conv", "~", "1", "open"]


def test_the_picture_has_a_row_a_question_and_a_box_a_check(kept):
    sketch = way.drawn(log.read(kept))
    boxes = [shape for shape in sketch.shapes if hasattr(shape, "fill")]
    assert len(boxes) == 3
    assert [box.height for box in boxes if box.y + box.height == boxes[0].y + boxes[0].height] == [5, 14]
    assert sketch.alt == "3 checks in their order. Questions checked: 2; right in the end: 1."
    assert way.drawn(log.Log(lines=[])) is None


def test_a_long_log_stays_within_the_picture(kept):
    lines = [replace(line, before="") for line in log.read(kept).lines] * 500
    sketch = way.drawn(log.Log(lines=lines))
    assert max(shape.x + shape.width for shape in sketch.shapes if hasattr(shape, "fill")) <= way.WIDTH + 1


def test_with_nothing_logged_it_says_so(capsys):
    assert cli.main(["log", "show"]) == 0
    assert "Nothing is logged yet" in capsys.readouterr().out
    assert cli.main(["log", "show", "lab9"]) == 1
    assert "is not there" in capsys.readouterr().err
