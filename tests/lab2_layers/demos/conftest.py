"""A page's folder with or without a student's exported layers beside it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from aics.notebook.earlier import PACKAGE
from autograder.authoring.start import finished_files
from autograder.course import Lab

#: Writes lab 2's files where a demo finds them, after replacing one piece of text by another.
Export = Callable[..., None]


@pytest.fixture(scope="session")
def solution() -> dict[str, str]:
    """Lab 2's files as a student who has finished it exports them."""
    return finished_files(Lab("lab3_vgg19"))


@pytest.fixture
def page_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The working folder of a page, with no lab beside it yet."""
    folder = tmp_path / "demos"
    folder.mkdir()
    monkeypatch.chdir(folder)
    yield folder
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


@pytest.fixture
def export(page_folder: Path, solution: dict[str, str]) -> Export:
    """Export lab 2's files, as they are or with a change."""

    def write(old: str = "", new: str = "") -> None:
        folder = page_folder.parent / "lab2_layers" / PACKAGE
        folder.mkdir(parents=True)
        for name in ("layers_1.py", "layers_2.py"):
            assert name != "layers_2.py" or old in solution[name]
            text = solution[name].replace(old, new) if old and name == "layers_2.py" else solution[name]
            (folder / name).write_text(text)

    return write
