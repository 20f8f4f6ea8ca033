"""Every picture draws without a display, carries alt text, and reaches a notebook as an image."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from aics import data, show
from aics.graph.doubles import planned
from aics.kindly import kindly
from aics.pycnml import CnmlNet, Machine, QuantParam

POINTS, LABELS = show.spirals(20)
PICTURES, KINDS, NAMES = show.shapes(6)
HOUSE = show.scene(24, 32)
RINGS = show.rings(40)


def tiny_net() -> CnmlNet:
    """A convolution, a ReLU and a fully connected layer."""
    net = CnmlNet(4)
    net.setInputShape(1, 3, 8, 8)
    net.createConvLayer("conv1", 4, 3, 1, 1, 1, QuantParam(0, 1.0))
    net.createReLuLayer("relu1")
    net.createFlattenLayer("flatten", [1, 256, 1, 1])
    net.createMlpLayer("fc6", 5, QuantParam(0, 1.0))
    return net


DRAWINGS = {
    "matrix_product": lambda: show.matrix_product(),
    "relu": lambda: show.relu(),
    "softmax": lambda: show.softmax((3.0, 0.0, -2.0), right=2),
    "flatten_order": lambda: show.flatten_order(2, 2, 3),
    "window": lambda: show.window(6, 3, 2, 0),
    "window with no position": lambda: show.window(2, 3, 1, 0),
    "sliding": lambda: show.sliding(),
    "coverage": lambda: show.coverage(),
    "img2col": lambda: show.img2col(4, 5, 3),
    "feature_maps": lambda: show.feature_maps(HOUSE, np.stack([HOUSE, -HOUSE]), ("as it is", "negative")),
    "filters": lambda: show.filters(show.EDGE_FILTERS),
    "filters of zeros": lambda: show.filters({"nothing": np.zeros((3, 3))}),
    "pooling": lambda: show.pooling(),
    "overlapping pooling": lambda: show.pooling(np.arange(25).reshape(5, 5), 3, 2),
    "pooled": lambda: show.pooled([HOUSE, HOUSE[::2, ::2]]),
    "speed_bars": lambda: show.speed_bars({"forward": (2.0, 0.01), "backward": (8.0, 0.02)}),
    "winograd_tiles": lambda: show.winograd_tiles(),
    "winograd_count": lambda: show.winograd_count(24, 40, 256, 256),
    "decision_map": lambda: show.decision_map(POINTS, LABELS, lambda p: np.c_[p, -p[:, :1]], [1.1, 0.4]),
    "predictions": lambda: show.predictions(PICTURES, KINDS, KINDS[::-1], NAMES),
    "photos": lambda: show.photos({"rings": RINGS, "house": HOUSE, "floats": RINGS / 255}, columns=2),
    "before_after": lambda: show.before_after([RINGS, RINGS], [RINGS, 255 - RINGS], ["one", "two"]),
    "boxes": lambda: show.boxes(RINGS, {"inner": (10, 12, 20, 15), "outer": (0, 0, 40, 30)}),
    "pixels": lambda: show.pixels(RINGS, top=3, left=5),
    "histograms": lambda: show.histograms({"bytes": RINGS, "floats": RINGS / 255}),
    "orientations": lambda: show.orientations(),
    "half_pixels": lambda: show.half_pixels(5, 3),
    "memory_order": lambda: show.memory_order(),
    "network_blocks": lambda: show.network_blocks(64, (16, 32, 64, 128, 128), (128, 128), 10),
    "layer_cost": lambda: show.layer_cost(3, 16, 3, 64, 64),
    "shifted_entries": lambda: show.shifted_entries(),
    "network_input": lambda: show.network_input(data.photo("horse"), np.zeros((1, 3, 8, 8)), np.ones(3)),
    "first_filters": lambda: show.first_filters(np.eye(27, 18).reshape(3, 3, 3, 18)),
    "stages": lambda: show.stages(RINGS, {"pool1": np.ones((3, 4, 4)), "pool2": np.zeros((9, 2, 2))}),
    "gallery": lambda: show.gallery(np.zeros((3, 3, 4, 4), np.uint8), ["a", "b\n(c)", "d"], columns=2),
    "top_classes": lambda: show.top_classes([RINGS] * 2, np.array([[1, 0]] * 2), np.full((2, 2), 0.5), "ab", [1, 0]),
    "top_classes of one": lambda: show.top_classes([RINGS], np.array([[1]]), np.array([[0.9]]), ["ox", "cat, tabby"]),
    "same_bars": lambda: show.same_bars({"one way": np.array([0.2, 0.8]), "other": np.array([1.0, 0])}, ["a", "b"]),
    "batches": lambda: show.batches(7, 3),
    "confusion": lambda: show.confusion(KINDS, KINDS[::-1], NAMES),
    "cost_bars": lambda: show.cost_bars({"conv1": (10, 4), "relu1": (0, 0), "fc6": (3_000_000, 3_000_000)}),
    "time_bars": lambda: show.time_bars({"conv1": 0.2, "relu1": 0.1}, {"conv1": 7, "relu1": 0}),
    "race": lambda: show.race({"forward": 0.2, "fast": 0.1}),
    "divergence": lambda: show.divergence({}),
    "number_lines": lambda: show.number_lines(255, 3),
    "staircase": lambda: show.staircase(2),
    "widths": lambda: show.widths(27),
    "ranges": lambda: show.ranges({"conv1_1": 150.0, "fc6": 2.0}, {"conv1_1": 0.5, "fc6": 0.01}),
    "bit_grid": lambda: show.bit_grid(2),
    "quantized_map": lambda: show.quantized_map(HOUSE, np.rint(HOUSE * 7).astype(np.int8), 1 / 7, 4),
    "agreement": lambda: show.agreement(HOUSE, HOUSE + 0.01, title="a house"),
    "bits_accuracy": lambda: show.bits_accuracy({8: 0.9, 2: 0.1}, 0.91),
    "roofline": lambda: show.roofline(tiny_net().books(), Machine()),
    "machines": lambda: show.machines(),
    "graph": lambda: show.graph(planned(["x = placeholder", "cut = Parts(x)", "y = Minus(cut:0, cut:1)"], {}, 3)),
    "needed": lambda: show.needed(),
    "kernel_table": lambda: show.kernel_table({("Conv", "numpy"): object, ("Relu", "dlp"): object}),
    "product_error": lambda: show.product_error(),
    "bounds": lambda: show.bounds([1, 4], [0.01, 0.02], [0.1, 0.4], worst=(4, 0.3)),
    "layer_bounds": lambda: show.layer_bounds({"conv1": 0.1, "fc6": 0.2}, {"conv1": 2, "fc6": 0.1}),
    "layer_errors": lambda: show.layer_errors(["conv1", "relu1"], {"dlp": [0.1, 0.02], "torch": [0.0, 1e-7]}),
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_draws(name):
    from matplotlib.figure import Figure

    picture = DRAWINGS[name]()
    assert isinstance(picture, Figure)
    assert len(picture.alt) > 20
    bundle = picture._repr_mimebundle_()
    assert bundle["text/plain"] == picture.alt
    assert bundle["text/html"].startswith('<img alt="')
    assert "data:image/png;base64," in bundle["text/html"]
    assert picture.png().startswith(b"\x89PNG")


def test_every_public_drawing_is_drawn_here():
    others = {"EDGE_FILTERS", "opened", "progress", "rings", "scene", "shapes", "spirals", "stopwatches", "stretched"}
    others |= {"BackendRow", "backends"}  # a table, in tests/graph/test_show.py
    others |= {"trained"}  # in tests/aics/test_training_shown.py
    others |= {  # in tests/lab6_mixed_sparse/test_sparse_pictures.py
        *("accuracy_by_density", "compressed_rows", "density_race", "layer_shares", "pixel_maps", "pruned_accuracy"),
        *("sparse_cycle", "vessels", "weight_sizes"),
    }
    others |= {  # in tests/lab6_mixed_sparse/test_mixed_pictures.py
        *("cast_errors", "exponents", "half_bits", "half_spacing", "loss_and_scale", "lost_updates", "memory_bars"),
        *("mixed_flow", "running_sums", "spoiled_shares"),
    }
    others |= {  # in tests/lab5_style_transfer/test_pictures.py
        *("Frame", "choice_grid", "choices", "difference", "film_strip", "gradient_check", "grams", "passes"),
        *("picture_of", "pulls", "receptive_fields", "shuffled_grams", "valley", "watched"),
        *("levels", "one_step", "turned"),
    }
    assert set(show.__all__) - others <= set(DRAWINGS)


def test_the_last_batch_is_what_is_left_over():
    assert "in batches of 3, 3, 1" in show.batches(7, 3).alt


def test_a_confusion_names_the_most_frequent_mistake():
    alt = show.confusion(np.array([0, 0, 1, 2]), np.array([0, 2, 1, 2]), NAMES).alt
    assert "75.0% lie on the diagonal" in alt
    assert f"{NAMES[0]} taken for {NAMES[2]}, 1x" in alt


def test_stopwatches_keep_the_least_time_and_change_no_answer():
    class Layer:
        size = 3

        def forward(self, x):
            return x + 1

    watched, seconds = show.stopwatches({"a": Layer(), "b": Layer()})
    assert (watched["a"].forward(2), watched["a"].size) == (3, 3)
    assert 0 < seconds["a"] < seconds["b"] == float("inf")


def test_progress_counts_up_to_its_end(capsys):
    advance = show.progress(5, "pictures")
    for _ in range(3):
        advance(2)
    assert "0 of 5 pictures" in capsys.readouterr().out


def test_windows_are_counted():
    assert "4 positions fit, 0 cell(s)" in show.window(7, 3, 2, 1).alt
    assert "2 positions fit, 1 cell(s)" in show.window(6, 3, 2, 0).alt


def test_pooling_marks_the_first_of_equal_numbers():
    picture = show.pooling([[7, 7], [7, 7]])
    assert "gradients of 1 go to [[1.0, 0.0], [0.0, 0.0]]" in picture.alt


def test_new_middles_lie_between_the_old_ones_and_stay_inside():
    assert "0 at 0, 1 at 0.357, 2 at 0.929, 3 at 1.5, 4 at 2.07, 5 at 2.64, 6 at 3." in show.half_pixels(4, 7).alt


def test_before_and_after_says_which_pictures_changed():
    assert "one as it was, two changed" in DRAWINGS["before_after"]().alt


def test_photos_are_opened_as_colour_and_other_scales_are_stretched(tmp_path):
    from PIL import Image

    Image.fromarray(RINGS[..., 0]).save(tmp_path / "grey.png")
    assert np.array_equal(show.opened(tmp_path / "grey.png"), RINGS)
    assert show.stretched(np.array([-4.0, -2, 0, 3]), -2, 2).tolist() == [0, 0, 0.5, 1]


def test_edge_filters_ignore_flat_areas():
    assert all(values.shape == (3, 3) and values.sum() == 0 for values in show.EDGE_FILTERS.values())


def test_scenes_are_plain_float32_and_repeatable():
    assert HOUSE.dtype == np.float32
    assert HOUSE.shape == (24, 32)
    assert 0 <= HOUSE.min() < HOUSE.max() <= 1
    assert PICTURES.shape == (6, 1, 12, 12)
    assert PICTURES.dtype == np.float32
    assert np.array_equal(PICTURES, show.shapes(6)[0])


def test_importing_costs_no_matplotlib():
    code = "import sys, aics.show, aics.kindly; print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_kindly_says_which_stub_is_empty_and_hides_nothing_else(capsys):
    with kindly():
        raise NotImplementedError("lab 2, relu: return the output")
    assert "lab 2, relu" in capsys.readouterr().out
    with pytest.raises(ValueError, match="real"), kindly():
        raise ValueError("a real mistake")
