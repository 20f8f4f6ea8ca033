"""Feedback pages in a zip under the names that a learning management system gave: it knows whose they are."""

from __future__ import annotations

import zipfile
from datetime import UTC
from pathlib import PurePosixPath

import pytest

from autograder.intake.deadlines import Deadlines
from autograder.intake.find import find_handins
from autograder.intake.lms import mark_of
from autograder.report.returned import places
from tests.gradebook.conftest import LAB, autograder
from tests.intake.files import LAYERS_1
from tests.intake.mixed_class import DOWNLOADS, build
from tests.intake.release import as_bytes, shape, solved

#: Downloads that a system has marked, with the mark of the file or folder that it named.
MARKED = [path for path in DOWNLOADS if mark_of(PurePosixPath(path).parts[0])]


@pytest.fixture(scope="module")
def named(tmp_path_factory):
    """Where each page of the forty stands, by the hand-in's own place."""
    folder = tmp_path_factory.mktemp("Downloads")
    build(folder, as_bytes(solved()), LAYERS_1.encode())
    handins, _ = find_handins(folder, [shape()], deadlines=Deadlines(zone=UTC))
    found = places(folder, handins)
    assert len(found) == len(handins)
    return {handin.original.removeprefix(f"{folder}/"): name for name, handin in found.items()}


@pytest.mark.parametrize("path", MARKED)
def test_the_system_knows_whose_it_is(named, path):
    graded = named.get(path.replace(".zip/", ".zip > "))
    if graded is None:  # another attempt of the same student is graded
        return
    assert mark_of(PurePosixPath(graded).parts[0]) == mark_of(PurePosixPath(path).parts[0])
    assert graded.endswith(".html")


def test_most_of_them_were_looked_at(named):
    assert sum(path.replace(".zip/", ".zip > ") in named for path in MARKED) >= 15


@pytest.mark.slow
def test_the_command_writes_the_pages_of_a_download(known, tmp_path):
    download = tmp_path / "download.zip"
    with zipfile.ZipFile(download, "w") as archive:
        for student in ("right", "untouched"):
            archive.write(known.handins / student / f"{LAB}.ipynb", f"{student}/{LAB}.ipynb")
        archive.write(known.handins / "right" / f"{LAB}.ipynb", f"stranger/{LAB}.ipynb")
    done = autograder(known.state, "export", LAB, download)
    assert done.returncode == 0, done.stderr
    assert "feedback pages: 2" in done.stdout
    assert "not graded, so without a page, 1: stranger" in done.stdout
    with zipfile.ZipFile(known.state.folder / "exports" / "download-feedback.zip") as archive:
        assert sorted(archive.namelist()) == [f"right/{LAB}.html", f"untouched/{LAB}.html"]
        page = known.state.folder / "feedback" / "right" / LAB / f"{LAB}.html"
        assert archive.read(f"right/{LAB}.html") == page.read_bytes()
