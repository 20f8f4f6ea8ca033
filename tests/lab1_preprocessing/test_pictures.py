"""Every picture of the lab is drawn."""

from __future__ import annotations

import numpy as np
import pytest

from aics.lab1_preprocessing import pictures as show
from aics.lab2_layers.pictures.synthetic import scene
from tests.drawing import assert_is_drawn

HOUSE = scene(24, 32)
RINGS = show.rings(40)

DRAWINGS = {
    "before_after": lambda: show.before_after([RINGS, RINGS], [RINGS, 255 - RINGS], ["one", "two"]),
    "boxes": lambda: show.boxes(RINGS, {"inner": (10, 12, 20, 15), "outer": (0, 0, 40, 30)}),
    "pixels": lambda: show.pixels(RINGS, top=3, left=5),
    "histograms": lambda: show.histograms({"bytes": RINGS, "floats": RINGS / 255}),
    "orientations": lambda: show.orientations(),
    "half_pixels": lambda: show.half_pixels(5, 3),
    "memory_order": lambda: show.memory_order(),
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_draws(name):
    assert_is_drawn(DRAWINGS[name]())


def test_new_middles_lie_between_the_old_ones_and_stay_inside():
    assert "0 at 0, 1 at 0.357, 2 at 0.929, 3 at 1.5, 4 at 2.07, 5 at 2.64, 6 at 3." in show.half_pixels(4, 7).alt


def test_before_and_after_says_which_pictures_changed():
    assert "one as it was, two changed" in DRAWINGS["before_after"]().alt


def test_photos_are_opened_as_colour_and_other_scales_are_stretched(tmp_path):
    from PIL import Image

    Image.fromarray(RINGS[..., 0]).save(tmp_path / "grey.png")
    assert np.array_equal(show.opened(tmp_path / "grey.png"), RINGS)
    assert show.stretched(np.array([-4.0, -2, 0, 3]), -2, 2).tolist() == [0, 0, 0.5, 1]
