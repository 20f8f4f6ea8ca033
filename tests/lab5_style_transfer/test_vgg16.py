"""Lab 5's code with the embedded VGG16: which layers are left, what a layer keeps, and a cat that gets painted."""

from __future__ import annotations

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from aics import data
from aics.data.eight_bits import LAYERS
from aics.lab5_style_transfer.studio.code import TransferCode
from aics.lab5_style_transfer.weights import USUAL, drop_untrained, weights_here
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.authoring.start import working_folder
from autograder.course import Lab

LAB = Lab("lab5_style_transfer")
NAME = "vgg16-int8"


@pytest.fixture(scope="module")
def notebook():
    with working_folder(LAB) as folder:
        yield run_cells(solution_cells(LAB), beside=folder)


@pytest.fixture(scope="module")
def net(notebook):
    return TransferCode.among(notebook).network(NAME)


@pytest.fixture(scope="module")
def pictures(net):
    return [net.load_image(path, 32, 48)[0] for path in (data.photo("cat"), data.style("scream"))]


def test_it_is_the_best_where_nothing_was_fetched(monkeypatch, tmp_path):
    monkeypatch.setenv("AICS_CACHE", str(tmp_path))
    assert weights_here() == [NAME, "mini"]


def test_what_was_fetched_comes_first(monkeypatch):
    monkeypatch.setattr(data, "has", {"official", "vgg16-conv"}.__contains__)
    assert weights_here() == ["official", "vgg16-conv", NAME, "mini"]
    assert set(weights_here()) == set(USUAL) == set(data.WEIGHTS)


def test_only_trained_layers_are_left_and_they_compute_the_same(notebook, net, pictures):
    assert tuple(net.layers) == net.param_layer_name == LAYERS
    whole = notebook["VGG19"](str(data.weights(NAME)))
    whole.build_model()
    whole.load_model()
    assert set(whole.layers) - set(net.layers) == {"conv3_4", "relu3_4"}
    small = pictures[0][..., :16, :24]
    right, got = (each.forward(small, ["relu4_1"])["relu4_1"] for each in (whole, net))
    np.testing.assert_allclose(got, right, rtol=0, atol=1e-4 * got.max())


def test_other_weights_keep_all_their_layers():
    class Net:
        layers, param_layer_name = {"conv1_1": 1, "pool5": 2}, ("conv1_1", "pool5")

    drop_untrained(net := Net(), "vgg16-conv")
    assert (list(net.layers), net.param_layer_name) == (["conv1_1", "pool5"], ("conv1_1", "pool5"))


def transferred(notebook, net, pictures, steps, **choices):
    np.random.seed(0)
    with threadpool_limits(1):
        return notebook["transfer"](net, *pictures, steps, **choices)


def test_the_photo_comes_back_from_relu3_1_alone(notebook, net, pictures):
    only = {"content_layers": ["relu3_1"], "style_layers": ["relu3_1"]}
    image, losses = transferred(notebook, net, pictures, 25, lr=8.0, beta=0, noise=1.0, **only)
    assert losses[-1, 1] < 0.2 * losses[0, 1]
    assert np.corrcoef(image.ravel(), pictures[0].ravel())[0, 1] > 0.4


def test_the_cat_gets_painted(notebook, net, pictures):
    """Its Gram matrices go to the painting's in every layer, and it is still the cat."""
    usual = USUAL[NAME]
    image, losses = transferred(notebook, net, pictures, 20, lr=4.0, beta=usual.beta, **usual.layers)
    assert losses[-1, 2] < 0.3 * losses[0, 2]
    for layer in usual.style:
        made, photo, painting = (
            notebook["gram_matrix"](net.forward(each, [layer])[layer]) for each in (image, *pictures)
        )
        assert np.linalg.norm(made - painting) < 0.75 * np.linalg.norm(photo - painting)
    assert np.corrcoef(image.ravel(), pictures[0].ravel())[0, 1] > 0.4
