"""Pictures of batch normalization and of the LSTM: drawn, with words that say what they show."""

from __future__ import annotations

import numpy as np
import pytest

from aics.lab7_graph_training import pictures as show
from aics.lab7_graph_training.pictures.normalization import GradientFrame
from tests.drawing import assert_is_drawn

STATES, GUESSES = np.zeros((4, 3)), np.eye(10)[[5, 2, 7, 7]]


@pytest.mark.parametrize("draw", [show.batch_norm_channels, show.lstm_cell])
def test_draws(draw):
    assert_is_drawn(draw())


def test_the_row_from_which_the_answer_stays_is_said():
    picture = show.rows_read(np.eye(4), STATES, GUESSES)
    assert_is_drawn(picture)
    assert "answers 7 from row 3 on, at the end with 100%" in picture.alt


def test_an_answer_that_never_changes_is_there_from_the_first_row():
    assert "answers 0 from row 1 on" in show.rows_read(np.eye(4), STATES, np.eye(10)[[0] * 4]).alt


class Run:
    """A network whose gradients shrink by ten in each layer."""

    layers = ("fc1", "fc2")

    def __init__(self):
        self.steps = 0

    def advance(self, steps):
        self.steps += steps
        return np.array([0.01, 0.1])

    def accuracy(self):
        return 0.5 if self.steps else 0.1


def test_two_trainings_are_shown_from_the_first_step_to_the_last(capsys):
    runs = {"without": Run(), "with": Run()}
    show.watch_gradients(runs, steps=30, clock=iter(range(99)).__next__)
    assert [run.steps for run in runs.values()] == [30, 30]
    assert "step 0 of 30" in capsys.readouterr().out


def test_a_frame_says_its_numbers_and_escapes_names():
    frame = GradientFrame(["fc1", "fc2"], {"<a>": np.array([1e-4, 0.5])}, {"<a>": 0.25}, "step 10 of 20")
    assert repr(frame) == "step 10 of 20\n<a>: gradients fc1 1.0e-04, fc2 5.0e-01\n<a>: 25.0% of the test digits"
    page = frame._repr_mimebundle_()["text/html"]
    assert "<a>" not in page
    assert page.count("<rect") == 3  # a bar for each layer, and one in the legend


def test_gradients_that_are_no_numbers_have_no_bar():
    page = GradientFrame(["fc1"], {"a": np.array([np.nan])}, {"a": 0.1}, "")._repr_mimebundle_()["text/html"]
    assert 'width="0.0"' in page
