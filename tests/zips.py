"""The zip that students get, unzipped."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from autograder.authoring import release
from autograder.authoring.release import write_release


def unzipped(folder: Path, *names: str) -> Path:
    """Release the named labs, or all, into a folder; tests/authoring/test_build.py compares them with a fresh build."""
    path = folder / "labs.zip"
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(release, "differences", lambda _lab: [])
        write_release(path, names)
    with zipfile.ZipFile(path) as file:
        file.extractall(folder)
    return folder / "aics-labs"
