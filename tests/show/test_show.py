"""Every picture that labs share is drawn, and importing them costs nothing."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from aics import data, show
from aics.lab1_preprocessing.pictures.sampling import rings
from aics.lab2_layers.pictures.synthetic import scene
from tests.drawing import assert_is_drawn

HOUSE, RINGS = scene(24, 32), rings(40)
DRAWINGS = {
    "network_input": lambda: show.network_input(data.photo("horse"), np.zeros((1, 3, 8, 8)), np.ones(3)),
    "stages": lambda: show.stages(RINGS, {"pool1": np.ones((3, 4, 4)), "pool2": np.zeros((9, 2, 2))}),
    "gallery": lambda: show.gallery(np.zeros((3, 3, 4, 4), np.uint8), ["a", "b\n(c)", "d"], columns=2),
    "same_bars": lambda: show.same_bars({"one way": np.array([0.2, 0.8]), "other": np.array([1.0, 0])}, ["a", "b"]),
    "race": lambda: show.race({"forward": [0.2, 0.3], "fast": [0.1, 0.1]}),
    "photos": lambda: show.photos({"rings": RINGS, "house": HOUSE, "floats": RINGS / 255}, columns=2),
    "flatten_order": lambda: show.flatten_order(2, 2, 3),
    "first_filters": lambda: show.first_filters(np.eye(27, 18).reshape(3, 3, 3, 18)),
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_draws(name):
    assert_is_drawn(DRAWINGS[name]())


def test_progress_counts_up_to_its_end(capsys):
    advance = show.progress(5, "pictures")
    for _ in range(3):
        advance(2)
    assert "0 of 5 pictures" in capsys.readouterr().out


def test_importing_costs_no_matplotlib():
    code = "import sys, aics.show, aics.notebook.needs_answers; print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
