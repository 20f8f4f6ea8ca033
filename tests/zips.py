"""The zips that students get, written once for all tests that look into them."""

from __future__ import annotations

import zipfile
from pathlib import Path
from unittest import mock

from aics.language.spoken import ENGLISH
from autograder.authoring import release
from autograder.authoring.release import write_release
from autograder.course import Lab
from tests.once import Once


def zip_of(once: Once, lab: Lab, language: str = ENGLISH) -> Path:
    """The lab's own zip, in a language."""
    return _written(once, lab.name if language == ENGLISH else f"{lab.name}-{language}", lab.name, language=language)


def zip_of_all(once: Once) -> Path:
    """The zip of all labs."""
    return _written(once, "all-labs")


def unzipped(path: Path, folder: Path) -> Path:
    """Unzip into a folder; where the labs then are."""
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
    return folder / "aics-labs"


def _written(once: Once, name: str, *labs: str, language: str = ENGLISH) -> Path:
    """The zip of these labs, or of all; tests/authoring/test_build.py compares them with a fresh build."""

    def make(folder: Path) -> None:
        with mock.patch.object(release, "differences", return_value=[]):
            write_release(folder / "labs.zip", labs, language=language)

    return once(f"{name}-zip", make) / "labs.zip"
