"""The finished VGG19 computes what lab 3's solution computes, from the same files."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from aics import data
from aics.data import matfile
from aics.data.vgg19 import CONVOLUTIONS, FEATURES, LAYERS
from aics.lab5_style_transfer.doubles import features_of
from aics.notebook.earlier import PACKAGE, PARTS, prepare
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.authoring.start import working_folder
from autograder.course import Lab

LAB = Lab("lab3_vgg19")


@pytest.fixture(scope="module")
def solution():
    with working_folder(LAB) as folder:
        return run_cells(solution_cells(LAB), beside=folder)["VGG19"]


@pytest.fixture
def finished():
    prepare(list(PARTS), [])
    yield sys.modules[f"{PACKAGE}.vgg_cpu"].VGG19
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


def loaded(kind, path):
    net = kind(path)
    net.build_model()
    net.load_model()
    return net


def test_on_mini_every_layer_agrees(solution, finished):
    got, right = (loaded(kind, data.weights("mini")) for kind in (finished, solution))
    assert list(got.layers) == list(LAYERS)
    for name in ("channels", "hidden", "image_size", "class_names", "param_layer_name"):
        assert getattr(got, name) == getattr(right, name)
    np.testing.assert_allclose(got.image_mean, right.image_mean)
    right.load_image(data.photo("cat"))
    seen, wanted = (features_of(net.layers, right.input_image) for net in (got, right))
    for name in LAYERS:
        np.testing.assert_allclose(seen[name], wanted[name], rtol=0, atol=1e-5 * np.abs(wanted[name]).max())


def test_a_photo_becomes_the_same_input_but_for_rounding(solution, finished):
    inputs = []
    for kind in (finished, solution):
        net = loaded(kind, data.weights("mini"))
        net.load_image(data.photo("cat"))
        inputs.append(net.input_image)
    assert inputs[0].shape == inputs[1].shape
    assert np.abs(inputs[0] - inputs[1]).mean() < 0.1
    assert np.abs(inputs[0] - inputs[1]).max() < 4  # of 255


def test_a_file_that_ends_with_pool5(finished, tmp_path):
    class UpToPool5(finished):
        param_layer_name = FEATURES

        def read_sizes(self):
            pass

    rng, weights, before = np.random.default_rng(0), {}, 3
    for name in CONVOLUTIONS:
        weights[name] = rng.normal(size=(3, 3, before, 2)), rng.normal(size=2)
        before = 2
    matfile.write(tmp_path / "small.mat", weights, [1, 2, 3], 32, [])
    net = loaded(UpToPool5, tmp_path / "small.mat")
    assert list(net.layers) == list(FEATURES)
    weight, bias = net.layers["conv3_2"].save_param()
    np.testing.assert_allclose(weight, weights["conv3_2"][0].transpose(2, 0, 1, 3), rtol=1e-6)
    np.testing.assert_allclose(bias, weights["conv3_2"][1], rtol=1e-6)
