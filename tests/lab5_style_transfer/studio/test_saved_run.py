"""A saved run is a folder: written as a whole, never over another, and checked when it is read."""

from __future__ import annotations

import json
import os

import numpy as np
import pytest

from aics.data.pictures import Picture
from aics.lab5_style_transfer.picture_run import PictureRun
from aics.lab5_style_transfer.studio.errors import NoSavedRun
from aics.lab5_style_transfer.studio.saved_run import SavedRun, saved_runs
from tests.lab5_style_transfer.studio.conftest import SMALL, png


@pytest.fixture
def saved(pictures) -> SavedRun:
    return SavedRun(SMALL, pictures["photo"], pictures["painting"])


@pytest.fixture
def run() -> PictureRun:
    return PictureRun(lambda image: (image, (1, 1, 1)), np.zeros((1, 3, 4, 4)))


def paint(path) -> None:
    path.write_bytes(png(4, 4))


def test_what_is_read_is_what_was_written(saved, run, tmp_path):
    folder = saved.write(tmp_path / "saved", run, paint)
    assert folder.name == "photo-as-painting-0"
    again = SavedRun.read(folder)
    assert (again.choices, again.content, again.style) == (saved.choices, saved.content, saved.style)


def test_nothing_is_written_over(saved, run, tmp_path):
    names = [saved.write(tmp_path, run, paint).name for _ in range(3)]
    assert names == ["photo-as-painting-0", "photo-as-painting-0-2", "photo-as-painting-0-3"]


def test_what_fails_half_way_leaves_nothing(saved, run, tmp_path):
    def full(path) -> None:
        paint(path)
        raise OSError("no space left on device")

    with pytest.raises(OSError, match="no space"):
        saved.write(tmp_path, run, full)
    assert list(tmp_path.iterdir()) == []


def test_names_become_plain_names_of_folders(run, tmp_path):
    odd = SavedRun(SMALL, Picture("../../my cat: 猫?.jpg", png(9, 9)), Picture("***", png(9, 9)))
    folder = odd.write(tmp_path, run, paint)
    assert (folder.parent, folder.name) == (tmp_path, "my-cat-猫-as-picture-0")


def test_the_latest_comes_first_and_other_folders_are_none(saved, run, tmp_path):
    folders = [saved.write(tmp_path, run, paint) for _ in range(3)]
    for age, folder in zip((30, 10, 20), folders, strict=True):
        os.utime(folder, (1e9 - age, 1e9 - age))
    (tmp_path / "letters").mkdir()
    assert saved_runs(tmp_path) == [folders[1], folders[2], folders[0]]
    assert saved_runs(tmp_path / "nowhere") == []


def spoil_choices(folder):
    known = json.loads((folder / "choices.json").read_text())
    known["choices"]["colour"] = "red"
    (folder / "choices.json").write_text(json.dumps(known))


SPOILED = {
    "no choices": lambda folder: (folder / "choices.json").unlink(),
    "no JSON": lambda folder: (folder / "choices.json").write_text("{"),
    "other choices": spoil_choices,
    "no photo": lambda folder: (folder / "content.png").unlink(),
}


@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED)
def test_a_folder_that_is_not_whole_is_said(saved, run, tmp_path, spoil):
    folder = saved.write(tmp_path, run, paint)
    spoil(folder)
    with pytest.raises(NoSavedRun, match="holds no saved run, or not all of its files"):
        SavedRun.read(folder)


def test_a_folder_without_the_state_cannot_go_on(saved, run, tmp_path):
    folder = saved.write(tmp_path, run, paint)
    (folder / "run.npz").unlink()
    with pytest.raises(NoSavedRun, match=r"run\.npz is missing"):
        SavedRun.read(folder).resume(None, None, None)
