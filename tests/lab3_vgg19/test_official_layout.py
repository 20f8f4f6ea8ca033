"""The notebook's code, unchanged, on a file of the official one's full size.

Its weights are zeros but for a few that can be followed by hand: every convolution passes its first
channels on, two rows of fc6 pick one number of pool5 each, and fc8 has biases that rank the classes.
"""

from __future__ import annotations

import numpy as np
import pytest
import scipy.io

from aics import data
from aics.data import matfile, official_vgg19
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.authoring.start import working_folder
from autograder.course import Lab

LAB = Lab("lab3_vgg19")
#: The five classes that fc8's biases favour, the most favoured first.
BEST = [281, 282, 285, 287, 340]
#: Row, column and channel of pool5 -> output of fc6.
PICKED = {(3, 5, 2): 1, (0, 6, 0): 4095}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """A compressed .mat file of 143,667,240 numbers, nearly all of them zero."""
    weights = {}
    for name, shape in official_vgg19.shapes().items():
        weight, bias = np.zeros(shape, np.float32), np.zeros(shape[3], np.float32)
        if name.startswith("conv"):
            weight[1, 1, range(3), range(3)] = 1
        elif name == "fc6":
            for place, output in PICKED.items():
                weight[(*place, output)] = 1
        elif name == "fc8":
            bias[BEST] = [5, 4, 3, 2, 1]
        weights[name] = weight, bias
    file = tmp_path_factory.mktemp("weights") / "full-size.mat"
    names = [f"class {number}" for number in range(1000)]
    matfile.write(file, weights, official_vgg19.MEAN_RGB, official_vgg19.IMAGE_SIZE, names, compress=True)
    return file


@pytest.fixture(scope="module")
def notebook():
    with working_folder(LAB) as folder:
        yield run_cells(solution_cells(LAB), beside=folder)


@pytest.fixture(scope="module")
def net(path, notebook):
    made = notebook["VGG19"](str(path))
    made.build_model()
    made.load_model()
    made.load_image(data.photo("cat"))
    return made


def test_the_file_passes_for_the_official_one(path):
    official_vgg19.check(path)
    assert scipy.io.whosmat(path)[0][:2] == ("layers", (1, 43))


def test_sizes_are_read_from_the_file(net):
    assert (net.image_size, net.channels, net.hidden) == (224, (64, 128, 256, 512, 512), (4096, 4096))
    assert len(net.class_names) == 1000
    np.testing.assert_allclose(net.image_mean, official_vgg19.MEAN_RGB)


def test_every_weight_finds_its_layer(net):
    assert list(net.layers) == list(net.param_layer_name)
    for name, (height, width, inputs, outputs) in official_vgg19.shapes().items():
        weight, bias = net.layers[name].weight, net.layers[name].bias
        if name.startswith("conv"):
            assert (weight.shape, bias.shape) == ((inputs, 3, 3, outputs), (outputs,))
        else:
            assert (weight.shape, bias.shape) == ((height * width * inputs, outputs), (1, outputs))
        assert weight.dtype == bias.dtype == np.float32


def test_one_forward_pass_at_224_gives_the_right_top_five(net, notebook):
    assert net.input_image.shape == (1, 3, 224, 224)
    features = net.forward_features(["pool5", "flatten", "fc6", "softmax"])
    seen = np.maximum(net.input_image, 0).reshape(1, 3, 7, 32, 7, 32).max(axis=(3, 5))
    assert features["pool5"].shape == (1, 512, 7, 7)
    np.testing.assert_allclose(features["pool5"][:, :3], seen, rtol=1e-6)
    assert features["flatten"].shape == (1, 25088)
    for (row, column, channel), output in PICKED.items():
        np.testing.assert_allclose(features["fc6"][0, output], seen[0, channel, row, column], rtol=1e-6)
    classes, probabilities = notebook["classify"](features["softmax"])
    assert classes.tolist() == [BEST]
    np.testing.assert_allclose(features["softmax"].sum(), 1, rtol=1e-5)
    fast = net.forward_speedup(net.input_image)
    np.testing.assert_allclose(np.sort(fast[0])[::-1][:5], probabilities[0], rtol=1e-5)


def test_it_costs_what_is_published(net, notebook):
    multiply_adds, parameters = np.sum(list(notebook["cost"](net.layers, (3, 224, 224)).values()), axis=0)
    assert (multiply_adds, parameters) == (19_632_062_464, 143_667_240)
