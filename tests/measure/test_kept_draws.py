"""Draws that misjudge nothing are kept with their keys: an interrupted run goes on where it stood."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from autograder.course import Lab
from autograder.measure import kept_draws
from autograder.measure.draws import BLOCK, Block, Misjudged
from autograder.measure.kept_draws import Drawing, LabDraws

LAB = Lab("lab2_layers")
FIRST, SECOND = (Block(LAB.name, "relu", range(start, start + BLOCK)) for start in (0, BLOCK))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "draws" / f"{LAB.name}.json"


def test_a_block_that_was_tried_is_kept(file: Path) -> None:
    LabDraws(LAB, file).add(FIRST)

    later = LabDraws(LAB, file)
    assert later.holds(FIRST)
    assert not later.holds(SECOND)
    assert not LabDraws(LAB, file, again=True).holds(FIRST)


def test_a_block_is_tried_again_where_its_questions_known_code_is_another(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    softmax = replace(FIRST, question="softmax_loss")
    for block in (FIRST, softmax):
        LabDraws(LAB, file).add(block)
    changed = Lab(LAB.name)
    renewed = [replace(v, source=v.source + "\npass") if v.question == "relu" else v for v in LAB.misconceptions]
    monkeypatch.setitem(changed.__dict__, "misconceptions", renewed)

    later = LabDraws(changed, file)
    assert later.holds(softmax)
    assert not later.holds(FIRST)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"relu 0-50": 3}'])
def test_a_damaged_file_keeps_nothing(file: Path, content: str) -> None:
    file.parent.mkdir()
    file.write_text(content)
    assert not LabDraws(LAB, file).holds(FIRST)


def test_a_run_goes_on_where_another_stood(tmp_path: Path) -> None:
    interrupted = Drawing([LAB], 1, folder=tmp_path)
    run = interrupted.run(workers=2)
    done = set(islice(run, 3))
    run.close()

    later = Drawing([LAB], 1, folder=tmp_path)
    assert set(later.todo) == set(interrupted.todo) - done
    assert later.kept == 3


def test_what_is_misjudged_is_told_and_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = Misjudged(lab=LAB.name, question="relu", kind="alternative", name="a", draw=3, reason="")
    monkeypatch.setattr(
        kept_draws, "misjudged_by", lambda blocks, _: ((block, [bad] * (block == FIRST)) for block in blocks)
    )
    drawing = Drawing([LAB], 2 * BLOCK, folder=tmp_path)
    assert len(list(drawing.run(workers=1))) == 2 * len(LAB.questions)

    assert drawing.found == [bad]
    assert Drawing([LAB], 2 * BLOCK, folder=tmp_path).todo == [FIRST]
