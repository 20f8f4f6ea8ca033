"""Lab 5's code with real weights: gradients down to the pixels, a transfer that paints, runs that can be repeated."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image
from threadpoolctl import threadpool_limits

from aics import data
from aics.lab5_style_transfer.picture_run import PictureRun
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.authoring.start import working_folder
from autograder.course import Lab

LAB = Lab("lab5_style_transfer")
SIX = ["relu4_2", "relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1"]


@pytest.fixture(scope="module")
def notebook():
    with working_folder(LAB) as folder:
        yield run_cells(solution_cells(LAB), beside=folder)


@pytest.fixture(scope="module")
def net(notebook):
    made = notebook["VGG19"](data.weights("mini"))
    made.build_model()
    made.load_model()
    return made


@pytest.fixture(scope="module")
def pictures(net):
    return [net.load_image(path, 48, 72)[0] for path in (data.photo("cat"), data.style("scream"))]


@pytest.fixture
def begin(notebook, net, pictures):
    """Return ``begin(seed)``: a run and its optimizer, with the noise drawn from the seed."""

    def start(seed=0, **choices):
        np.random.seed(seed)
        goal, optimizer, image = notebook["begin_transfer"](net, *pictures, lr=4.0, **choices)
        return PictureRun(lambda image: notebook["transfer_step"](goal, optimizer, image), image, optimizer), optimizer

    return start


def test_the_network_ends_with_pool5_and_takes_any_size(net):
    assert list(net.layers) == list(net.param_layer_name)
    assert (len(net.layers), list(net.layers)[-1]) == (37, "pool5")
    for height, width in ((33, 70), (64, 40)):
        image, shape = net.load_image(data.photo("cat"), height, width)
        assert (image.shape, shape) == ((1, 3, height, width), (300, 451, 3))
        assert image.dtype == np.float32
        assert net.forward(image, ["pool5"])["pool5"].shape == (1, 128, height // 32, width // 32)


def test_features_are_those_of_lab_3s_whole_network(net, pictures):
    net.input_image = pictures[0]
    whole = net.forward_features(SIX)
    for name, features in net.forward(pictures[0], SIX).items():
        np.testing.assert_array_equal(features, whole[name])


def test_a_picture_survives_the_way_to_a_file_and_back(net, tmp_path):
    image, shape = net.load_image(data.photo("cat"), 300, 451)
    net.save_image(image, shape, tmp_path / "cat.png")
    with Image.open(tmp_path / "cat.png") as saved, Image.open(data.photo("cat")) as photo:
        np.testing.assert_array_equal(np.asarray(saved), np.asarray(photo.convert("RGB")))


def test_one_walk_is_the_sum_of_six(net, pictures):
    features = net.forward(pictures[0], SIX)
    rng = np.random.default_rng(0)
    dlosses = {name: rng.standard_normal(maps.shape).astype(np.float32) for name, maps in features.items()}
    before = {name: dloss.copy() for name, dloss in dlosses.items()}
    one, six = net.backward_once(dlosses), net.backward_all(dlosses)
    np.testing.assert_allclose(one, six, atol=1e-4 * np.abs(six).max())
    for name, dloss in before.items():
        np.testing.assert_array_equal(dloss, dlosses[name])


def test_the_picture_follows_the_slope_of_the_total_loss(notebook, net, pictures):
    """The gradient that reaches the optimizer, against losses of a picture moved a little along it."""
    goal, _, image = notebook["begin_transfer"](net, *pictures)

    class Keep:
        def update(self, input, grad):
            self.grad = grad
            return input

    def total(image):
        return notebook["transfer_step"](goal, Keep(), image.astype(np.float64))[1][0]

    keep = Keep()
    notebook["transfer_step"](goal, keep, image.astype(np.float64))
    way = keep.grad / np.linalg.norm(keep.grad)
    slope = (total(image + 0.01 * way) - total(image - 0.01 * way)) / 0.02
    assert slope == pytest.approx(np.linalg.norm(keep.grad), rel=2e-3)


def test_forty_steps_bring_the_painting_into_the_photo(notebook, net, pictures, begin):
    run, _ = begin()
    list(run.frames(40))
    losses = np.array(run.losses)
    assert losses[-1, 0] < 0.2 * losses[0, 0]
    assert losses[-1, 2] < 0.2 * losses[0, 2]
    gram = notebook["gram_matrix"]
    made, photo, painting = (gram(net.forward(image, ["relu1_1"])["relu1_1"]) for image in (run.image, *pictures))
    assert np.linalg.norm(made - painting) < 0.5 * np.linalg.norm(photo - painting)
    likeness = np.corrcoef(run.image.ravel(), pictures[0].ravel())[0, 1]
    assert likeness > 0.6  # and still the cat


def test_losses_can_be_repeated_with_one_blas_thread(begin):
    with threadpool_limits(1):
        first, again = (np.array(list(begin(seed=3)[0].frames(8))[-1].losses) for _ in range(2))
    np.testing.assert_array_equal(first, again)


def test_a_run_that_is_stopped_saved_and_loaded_ends_in_the_same_losses(begin, tmp_path):
    with threadpool_limits(1):
        whole = begin(seed=5)[0]
        list(whole.frames(8))
        part, _ = begin(seed=5)
        list(part.frames(3))
        path = part.save(tmp_path / "cat.run")
        other, optimizer = begin(seed=9)  # another start, which the file replaces
        again = PictureRun.load(path, other._take, optimizer)
        list(again.frames(8))
    assert again.losses == whole.losses
    np.testing.assert_array_equal(again.image, whole.image)


def test_any_layers_can_be_asked(notebook, net, pictures):
    choices = {"content_layers": ["relu2_2", "relu3_1"], "style_layers": ["relu3_1", "pool1"], "noise": 0.2}
    image, losses = notebook["transfer"](net, *pictures, 3, **choices)
    assert image.shape == pictures[0].shape
    assert losses.shape == (3, 3)
    assert np.isfinite(losses).all()
