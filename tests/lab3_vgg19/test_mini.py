"""The weights `mini` through the notebook's own code: accuracy, PyTorch's answers, and the stored landmarks."""

from __future__ import annotations

import importlib.util
import sys

import numpy as np
import pytest
import scipy.io

from aics import data
from aics.data import matfile
from aics.lab3_vgg19 import pictures as show
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.authoring.start import working_folder
from autograder.course import Lab

LAB = Lab("lab3_vgg19")


@pytest.fixture(scope="module")
def notebook():
    with working_folder(LAB) as folder:
        yield run_cells(solution_cells(LAB), beside=folder)


@pytest.fixture(scope="module")
def net(notebook):
    return notebook["classifier"]()


@pytest.fixture(scope="module")
def landmarks():
    path = LAB.folder / "landmarks.py"
    spec = importlib.util.spec_from_file_location("lab3_landmarks", path)
    module = importlib.util.module_from_spec(spec)
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.syspath_prepend(str(path.parent))
        spec.loader.exec_module(module)
        found = module.landmarks(data.weights("mini"), data.photo("cat"))
    sys.modules.pop("oracles", None)  # this lab's, which no other may find
    return found


def test_mini_is_vgg19_narrow(net):
    assert net.image_size == 64
    assert list(net.layers) == list(net.param_layer_name)
    assert net.layers["flatten"].input_shape[1:] == (2, 2)
    assert net.class_names == tuple(data.CIFAR10_CLASSES)


def test_accuracy_on_the_embedded_test_pictures(notebook, net):
    pictures, labels = data.cifar10("test")

    def predict(some):
        notebook["give"](net, some)
        return notebook["classify"](net.forward_speedup(net.input_image), 1)[0][:, 0]

    accuracy = notebook["evaluate"](predict, pictures, labels, batch=64)
    print(f"{accuracy:.1%} of {len(labels)} pictures")
    assert accuracy >= 0.88


def test_answers_are_pytorchs_on_the_same_file(torch, notebook, net):
    pictures = data.cifar10("test")[0][:8]
    notebook["give"](net, pictures)
    x = torch.tensor(net.input_image, dtype=torch.float64)
    cells = scipy.io.loadmat(data.weights("mini"))["layers"][0]
    for name, cell in zip(matfile.entries(), cells, strict=True):
        if name.startswith(("conv", "fc")):
            weight, bias = (torch.tensor(array, dtype=torch.float64) for array in cell[0][0][0][0])
            # fully connected layers as the file has them: convolutions as large as what they look at
            x = torch.nn.functional.conv2d(x, weight.permute(3, 2, 0, 1), bias.reshape(-1), padding=int(name[0] == "c"))
        elif name.startswith("relu"):
            x = torch.relu(x)
        elif name.startswith("pool"):
            x = torch.nn.functional.max_pool2d(x, 2)
    prob = torch.softmax(x.flatten(1), dim=1).numpy()
    np.testing.assert_allclose(net.forward(), prob, atol=1e-4)
    np.testing.assert_allclose(net.forward_speedup(net.input_image), prob, atol=1e-4)


def test_stored_landmarks_are_a_fresh_calculations(landmarks):
    """`python solutions/lab3_vgg19/landmarks.py` writes them anew."""
    with np.load(data.weights("mini").with_name("mini_features.npz")) as stored:
        assert stored.files == list(landmarks)
        for name, values in landmarks.items():
            np.testing.assert_allclose(stored[name], values, rtol=2e-6, err_msg=name)


def features_of(net):
    net.load_image(data.photo("cat"))
    return {"input": net.input_image} | net.forward_features(list(net.param_layer_name))


def test_the_right_network_diverges_nowhere(net):
    assert show.divergence(features_of(net)).alt.startswith("All 45 outputs are right.")


@pytest.mark.parametrize("name", ["conv1_1", "conv3_2", "fc6", "fc8"])
def test_the_first_wrong_layer_is_named(notebook, name):
    net = notebook["classifier"]()
    net.layers[name].bias = net.layers[name].bias + 10
    assert show.divergence(features_of(net)).alt.startswith(f"{name} is the first that differs")


def test_a_wrong_picture_a_wrong_order_and_a_missing_layer_are_named(notebook):
    net = notebook["classifier"]()
    good = features_of(net)
    net.image_mean = -net.image_mean
    assert show.divergence(features_of(net)).alt.startswith("input is the first that differs")
    plain = good | {"flatten": good["pool5"].reshape(1, -1)}
    assert show.divergence(plain).alt.startswith("flatten is the first that differs")
    assert "flatten is the first that differs (its shape" in show.divergence(good | {"flatten": good["pool5"]}).alt
    without = {name: values for name, values in good.items() if name != "relu4_3"}
    assert "relu4_3 is the first that differs (it is missing)" in show.divergence(without).alt
