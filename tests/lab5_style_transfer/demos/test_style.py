"""Style transfer among the demos: the studio where lab 5 is exported, else a sentence; it stops when it is left."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from aics.demos.found import found
from aics.demos.start import Start
from aics.lab5_style_transfer.studio.page import Studio
from aics.lab5_style_transfer.studio.session import Phase
from aics.notebook.earlier import PACKAGE
from autograder.authoring.start import finished_files
from autograder.course import Lab


@pytest.fixture
def exported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The page's folder beside lab 5's, which has exported nothing yet."""
    (tmp_path / "demos").mkdir()
    monkeypatch.chdir(tmp_path / "demos")
    folder = tmp_path / "lab5_style_transfer" / PACKAGE
    folder.mkdir(parents=True)
    yield folder
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


@pytest.mark.usefixtures("exported")
def test_without_lab_5_one_sentence_says_what_to_do() -> None:
    start = Start(found(), "style")
    (said,) = start.body.children
    assert "Finish lab 5 and run its last cell" in said.value
    start.show_all()


def test_a_run_stops_when_the_page_is_left(exported: Path) -> None:
    for name, text in finished_files(Lab("lab5_style_transfer")).items():
        (exported / name).write_text(text)
    start = Start(found(), "style")
    (studio,) = start.body.children
    assert isinstance(studio, Studio)
    studio.controls.weights.value = "mini"
    studio.controls.steps.value = 500
    studio.start.click()
    assert studio.session.phase in (Phase.PREPARING, Phase.RUNNING)
    start.show_all()
    studio.session.wait()
    assert studio.session.phase is Phase.RESTING
    assert studio.session.transfer is None or studio.session.transfer.run.step < 500
