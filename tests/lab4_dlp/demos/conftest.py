"""A page's folder with or without lab 4's exported file beside it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from aics.notebook.earlier import PACKAGE
from autograder.authoring.start import finished_files
from autograder.course import Lab

#: Writes lab 4's file where a demo finds it, after replacing one piece of text by another.
Export = Callable[..., None]


@pytest.fixture(scope="session")
def exported() -> str:
    """Lab 4's file as a student who has finished the lab exports it."""
    return finished_files(Lab("lab4_dlp"))["vgg19_demo.py"]


@pytest.fixture
def page_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The working folder of a page, with no lab beside it yet."""
    folder = tmp_path / "demos"
    folder.mkdir()
    monkeypatch.chdir(folder)
    yield folder
    for name in [name for name in sys.modules if name.partition(".")[0] in (PACKAGE, "pycnml", "pycnnl")]:
        del sys.modules[name]


@pytest.fixture
def export(page_folder: Path, exported: str) -> Export:
    """Export lab 4's file, as it is or with a change."""

    def write(old: str = "", new: str = "") -> None:
        assert old in exported
        folder = page_folder.parent / "lab4_dlp" / PACKAGE
        folder.mkdir(parents=True)
        (folder / "vgg19_demo.py").write_text(exported.replace(old, new) if old else exported)

    return write
