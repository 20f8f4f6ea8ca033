"""The pictures of lab 5: drawn with alt text; the running frame, the grid, and how much memory is said to be needed."""

from __future__ import annotations

import subprocess
import sys
from types import SimpleNamespace

import numpy as np
import pytest

from aics.lab5_style_transfer import pictures as show
from aics.lab5_style_transfer.memory import MB, MemoryEstimate, estimate_memory
from aics.lab5_style_transfer.picture_run import PictureRun
from tests.drawing import assert_is_drawn

RNG = np.random.default_rng(0)
MEAN = np.array([120.0, 110.0, 100.0])
PHOTO = RNG.integers(0, 256, (12, 18, 3), dtype=np.uint8)
FEATURES = RNG.random((6, 4, 5))
FILM = {step: RNG.normal(0, 30, (1, 3, 8, 12)) for step in range(0, 30, 2)}


class Squares:
    """A loss with a right gradient, or one that is wrong by a factor."""

    def __init__(self, factor=1.0):
        self.factor = factor

    def forward(self, x, y):
        return np.sum((x - y) ** 2)

    def backward(self, x, y):
        return 2 * self.factor * (x - y)


DRAWINGS = {
    "difference": lambda: show.difference(FEATURES, FEATURES[::-1], titles=("X", "Y", "X - Y")),
    "shuffled_grams": lambda: show.shuffled_grams(PHOTO, PHOTO[::-1]),
    "grams": lambda: show.grams({"a": PHOTO, "b": PHOTO}, {"a": np.eye(3), "b": np.ones((3, 3))}),
    "byte_conversion": lambda: show.byte_conversion(),
    "gradient_check": lambda: show.gradient_check(Squares(), FEATURES, FEATURES[::-1]),
    "receptive_fields": lambda: show.receptive_fields(PHOTO, {"relu1_1": np.eye(12, 18) * np.ones((3, 1, 1))}),
    "pulls": lambda: show.pulls(PHOTO, {"content": FEATURES[:3], "style": FEATURES[3:]}),
    "passes": lambda: show.passes(["relu4_2", "relu1_1", "relu5_1"]),
    "valley": lambda: show.valley(lambda place, slope: place - 0.1 * slope),
    "turned": lambda: show.turned(),
    "one_step": lambda: show.one_step(),
    "film_strip": lambda: show.film_strip(FILM, MEAN, count=5),
    "film_strip of one": lambda: show.film_strip({0: FILM[0]}, MEAN),
    "parameter_grid": lambda: show.parameter_grid({(1, "a"): PHOTO}, ("beta", [1, 2]), ("layer", ["a", "b"])),
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_draws(name):
    assert_is_drawn(DRAWINGS[name]())


def test_a_picture_gets_its_mean_back_and_is_rounded_and_cut_off():
    image = np.zeros((1, 3, 1, 3))
    image[0, :, 0] = [[-200, 0.6, 200], [0, 0.4, 0], [-99.6, 0, 155.4]]
    assert show.picture_of(image, MEAN).tolist() == [[[0, 110, 0], [121, 110, 100], [255, 110, 255]]]


@pytest.mark.parametrize(("factor", "said"), [(1.0, "All points lie on the line"), (0.5, "They differ by up to 50%")])
def test_a_wrong_gradient_leaves_the_line(factor, said):
    assert said in show.gradient_check(Squares(factor), FEATURES, FEATURES[::-1]).alt


def test_a_gradient_of_another_shape_is_named():
    layer = SimpleNamespace(forward=Squares().forward, backward=lambda x, _y: x[0])
    with pytest.raises(ValueError, match=r"backward returned the shape \(4, 5\), and x has \(6, 4, 5\)"):
        show.gradient_check(layer, FEATURES, FEATURES)


def test_passes_count_the_layers_of_every_walk():
    assert "95 layers in all" in show.passes(["relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu4_2", "relu5_1"]).alt
    assert "one walk from relu2_1 that takes the others up where it passes them: 7 layers" in (
        show.passes(["relu2_1", "relu1_1"]).alt
    )


def test_the_film_strip_begins_with_the_first_picture_and_ends_with_the_last():
    assert show.film_strip(FILM, MEAN, count=4).alt == "Pictures of the run after 0, 10, 18, 28 steps"


# While it runs


def test_a_frame_says_in_words_what_it_shows():
    frame = show.TransferFrame(PHOTO, [(4.0, 2.0, 1.0), (1.0, 1.0, 0.01)], until=10, note="Stopped.")
    said = "step 2 of 10: total loss 4 -> 1, content loss 2 -> 1, style loss 1 -> 0.01. Stopped."
    assert repr(frame) == said
    bundle = frame._repr_mimebundle_()
    assert bundle["text/plain"] == said
    assert 'alt="The picture after 2 steps"' in bundle["text/html"]
    assert f'role="img" aria-label="{said.replace(">", "&gt;")}"' in bundle["text/html"]
    assert bundle["text/html"].count("<polyline") == 6  # three curves, three in the legend


def test_frames_before_the_first_step_after_very_many_and_of_losses_of_zero_are_drawn():
    many = [(1.0 / (1 + k), 1.0, 0.0) for k in range(5000)]
    for losses in ([], many, [(0.0, 0.0, 0.0)]):
        text = show.TransferFrame(PHOTO, losses, until=5000)._repr_mimebundle_()["text/html"]
        assert len(text) < 40_000
        assert "nan" not in text
        assert "inf" not in text


class Handle:
    """What display gives in a notebook."""

    def __init__(self):
        self.shown = []

    def update(self, thing):
        self.shown.append(thing)


@pytest.fixture
def handle(monkeypatch):
    made = Handle()
    monkeypatch.setattr("IPython.display.display", lambda thing, **_: made.update(thing) or made)
    return made


def test_a_watched_run_is_drawn_anew_and_stops_without_a_traceback(handle):
    stops = iter([False, False, True, False, False])

    def step(image):
        if next(stops):
            raise KeyboardInterrupt
        return image + 1, (1.0, 0.5, 0.5)

    run = PictureRun(step, FILM[0])
    show.watch_transfer(run, 4, MEAN)
    assert run.step == 2
    assert repr(handle.shown[-1]).endswith("Stopped after step 2. Run this cell again, and it goes on from there.")
    show.watch_transfer(run, 4, MEAN)
    assert run.step == 4
    assert repr(handle.shown[-1]).startswith("step 4 of 4")


def test_a_grid_fills_while_it_is_computed(handle):
    asked = []

    def make(beta, noise):
        asked.append((beta, noise))
        return FILM[0]

    show.compare_parameters(make, rows=("beta", [1.0, 500.0]), columns=("noise", [0.0, 0.5]), mean=MEAN)
    assert asked == [(1.0, 0.0), (1.0, 0.5), (500.0, 0.0), (500.0, 0.5)]
    assert [picture.alt[:17] for picture in handle.shown] == [f"{n} of 4 pictures: "[:17] for n in range(1, 5)]


# Memory


def test_an_estimate_is_said_in_words_and_warns():
    kind = {"height": 96, "width": 144, "needed": 4e8}
    assert str(MemoryEstimate(**kind, free=4e9)) == (
        "96 x 144 pixels will need about 400 MB of memory; 4.0 GB are free."
    )
    assert str(MemoryEstimate(**kind, free=5e8)).endswith("500 MB are free. That is too much: take a smaller height.")
    assert str(MemoryEstimate(**kind, free=None)).endswith("about 400 MB of memory.")


MEASURED = """
import sys, tracemalloc
import numpy as np
from aics.lab5_style_transfer.memory import estimate_memory
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.authoring.start import working_folder
from autograder.course import Lab

lab, (height, width) = Lab("lab5_style_transfer"), map(int, sys.argv[1:])
with working_folder(lab) as folder:
    names = run_cells(solution_cells(lab), beside=folder)
names["VGG19"].backward_all = names["VGG19"].backward_once
net = names["VGG19"].__new__(names["VGG19"])
net.channels, net.image_size, net.hidden, net.class_names = (24, 32, 48, 64, 64), 32, (1, 1), ("",)
net.build_model()
rng = np.random.default_rng(0)
for name, layer in net.layers.items():
    if name.startswith("conv"):
        shape = (layer.channel_in, 3, 3, layer.channel_out)
        layer.load_param(rng.normal(0, 0.05, shape).astype(np.float32), np.zeros(layer.channel_out, np.float32))
photo, painting = rng.normal(0, 40, (2, 1, 3, height, width)).astype(np.float32)
tracemalloc.start()  # NumPy tells it of every array
names["transfer"](net, photo, painting, 2)
print(tracemalloc.get_traced_memory()[1], estimate_memory(net.layers, height, width).needed)
"""


@pytest.mark.parametrize("size", [(256, 384), (480, 360)])
def test_the_estimate_is_near_what_a_transfer_takes(size):
    command = [sys.executable, "-c", MEASURED, *map(str, size)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    measured, estimated = map(float, done.stdout.split())
    print(f"{size}: measured {measured / MB:.0f} MB, estimated {estimated / MB:.0f} MB")
    assert 0.75 < estimated / measured < 1.6


def test_an_estimate_needs_no_weights():
    layers = {"conv1_1": SimpleNamespace(channel_out=64, kernel_size=3), "pool1": SimpleNamespace(stride=2)}
    assert estimate_memory(layers, 200, 300).needed > estimate_memory(layers, 100, 150).needed > 0
