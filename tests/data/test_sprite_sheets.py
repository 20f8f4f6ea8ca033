"""Pictures to a sheet and back."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from aics.data import sprite_sheets
from aics.data.errors import WrongData


@pytest.mark.parametrize("shape", [(12, 5, 5), (12, 5, 5, 3)], ids=["grey", "colour"])
def test_what_is_written_is_read(tmp_path, shape):
    pictures = np.random.default_rng(0).integers(0, 256, shape, np.uint8)
    sprite_sheets.write(tmp_path / "sheet.png", pictures, columns=4)
    read = sprite_sheets.read(tmp_path / "sheet.png", 5)
    assert read.dtype == np.uint8
    assert read.flags.c_contiguous
    np.testing.assert_array_equal(read, pictures)


def test_pictures_lie_row_by_row(tmp_path):
    pictures = np.arange(6, dtype=np.uint8)[:, None, None] * np.ones((1, 2, 2), np.uint8)
    sprite_sheets.write(tmp_path / "sheet.png", pictures, columns=3)
    with Image.open(tmp_path / "sheet.png") as picture:
        assert picture.size == (6, 4)
        assert np.asarray(picture)[::2, ::2].tolist() == [[0, 1, 2], [3, 4, 5]]


def test_a_row_that_is_not_full_is_refused(tmp_path):
    with pytest.raises(ValueError, match="7 pictures do not fill rows of 3"):
        sprite_sheets.write(tmp_path / "sheet.png", np.zeros((7, 2, 2), np.uint8), columns=3)


def test_a_picture_that_is_no_grid_is_refused(tmp_path):
    Image.new("L", (30, 28)).save(tmp_path / "odd.png")
    with pytest.raises(WrongData, match=r"odd.png is 30x28 pixels, which is no grid of 28x28"):
        sprite_sheets.read(tmp_path / "odd.png", 28)
