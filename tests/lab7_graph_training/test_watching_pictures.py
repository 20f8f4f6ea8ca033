"""What the pictures of section 13 say, and that no bytes are too odd to be drawn."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from aics.lab7_graph_training.event_log import read_records
from aics.lab7_graph_training.pictures import gradients_by_layer, record_bytes, tensorboard
from aics.lab7_graph_training.pictures.watching import EXAMPLE, STILLS
from tests.browser.logged import solution


def test_the_example_is_what_the_solution_writes(tmp_path) -> None:
    assert solution()["record"](solution()["scalar_event"](1.7e9, 300, "loss", 0.25)) == EXAMPLE
    (tmp_path / "tfevents").write_bytes(EXAMPLE)
    assert len(list(read_records(tmp_path / "tfevents"))) == 1


def test_a_records_parts_are_said_with_their_values() -> None:
    alt = record_bytes().alt
    for part in ("43 bytes", "length of the data: 27", "step, field 2: 300", "tag, field 1: 'loss'", "field 2: 0.25"):
        assert part in alt


@pytest.mark.parametrize("size", [0, 3, 16, 17, 30, 42, 300])
def test_any_bytes_can_be_drawn(size: int) -> None:
    octets = np.random.default_rng(size).integers(0, 256, size, np.uint8).tobytes()
    assert "<svg" in record_bytes(octets).svg()


def test_a_long_record_is_cut_and_says_so() -> None:
    event = solution()["histogram_event"](1.7e9, 3, "weights", np.linspace(-1, 1, 50))
    record = solution()["record"](event)
    words = [text.get_text() for text in record_bytes(record).axes[0].texts]
    assert f"... and {len(record) - 144} bytes more" in words


def test_gradients_of_layers_are_said() -> None:
    picture = gradients_by_layer([0, 20], {"fc1": [1e-5, 1e-4], "fc2": [0.0, 0.2]})
    assert "fc1 from 1.0e-05 to 1.0e-04; fc2 from 0.0e+00 to 2.0e-01" in picture.alt


@pytest.mark.parametrize("page", STILLS)
def test_stills_are_small_pictures_with_words(page: str) -> None:
    shown = tensorboard(page)._repr_mimebundle_()
    assert shown["text/plain"].startswith("TensorBoard in a browser")
    assert STILLS[page].stat().st_size < 100_000
    with Image.open(io.BytesIO(STILLS[page].read_bytes())) as picture:
        assert picture.width > 1000
