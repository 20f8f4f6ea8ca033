"""The written .mat file is read back by SciPy through the course's own indexing."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.io

from aics.data import matfile
from aics.data.vgg19 import CONVOLUTIONS, FULLY_CONNECTED

WIDTHS = (2, 3, 4, 5, 6)
CLASSES = ["cat", "dog, hound", "bird"]
#: Positions of the layers with weights, as the course gives them.
CONVOLUTIONS_AT = (0, 2, 5, 7, 10, 12, 14, 16, 19, 21, 23, 25, 28, 30, 32, 34)
FULLY_CONNECTED_AT = (37, 39, 41)


def network(image_size=64, classes=True):
    """Small weights of VGG19's names: (H, W, Cin, Cout) and (Cout,)."""
    rng, channels, weights = np.random.default_rng(0), 3, {}

    def layer(size, outputs):
        nonlocal channels
        pair = rng.normal(size=(size, size, channels, outputs)), rng.normal(size=outputs)
        channels = outputs
        return pair

    for name in CONVOLUTIONS:
        weights[name] = layer(3, WIDTHS[int(name[4]) - 1])
    if classes:
        weights |= {"fc6": layer(image_size // 32, 7), "fc7": layer(1, 8), "fc8": layer(1, len(CLASSES))}
    return weights


@pytest.fixture
def params(tmp_path):
    matfile.write(tmp_path / "net.mat", network(), (125.3, 123.0, 113.9), 64, CLASSES)
    return scipy.io.loadmat(tmp_path / "net.mat")


def test_there_are_43_entries_and_none_for_flatten():
    assert len(matfile.entries()) == 43
    assert len(matfile.entries(fully_connected=False)) == 37
    assert matfile.entries()[34:40] == ["conv5_4", "relu5_4", "pool5", "fc6", "relu6", "fc7"]


def test_weights_lie_where_the_course_reads_them(params):
    weights, names = network(), matfile.entries()
    places = CONVOLUTIONS_AT + FULLY_CONNECTED_AT
    assert [names[i] for i in places] == [*CONVOLUTIONS, *FULLY_CONNECTED]
    for i in places:
        weight, bias = params["layers"][0][i][0][0][0][0]
        assert (weight.dtype, bias.dtype) == (np.float32, np.float32)
        np.testing.assert_array_equal(weight, weights[names[i]][0].astype(np.float32))
        np.testing.assert_array_equal(bias, weights[names[i]][1].astype(np.float32)[None])


def test_the_mean_picture_lies_where_the_course_reads_it(params):
    mean = params["normalization"][0][0][0]
    assert mean.shape == (64, 64, 3)
    np.testing.assert_allclose(np.mean(mean, axis=(0, 1)), [125.3, 123.0, 113.9], rtol=1e-12)


def test_layers_without_weights_tell_name_and_type(params):
    def told(i):
        entry = params["layers"][0][i][0][0]
        return entry["name"][0], entry["type"][0]

    assert [told(i) for i in (0, 1, 4, 36, 37, 42)] == [
        ("conv1_1", "conv"),
        ("relu1_1", "relu"),
        ("pool1", "pool"),
        ("pool5", "pool"),
        ("fc6", "conv"),
        ("prob", "softmax"),
    ]
    assert params["layers"][0][4][0][0]["pool"].tolist() == [[2, 2]]
    assert params["layers"][0][0][0][0]["pad"].tolist() == [[1, 1, 1, 1]]
    assert params["layers"][0][37][0][0]["pad"].tolist() == [[0, 0, 0, 0]]


def test_classes_are_cells_of_names(params):
    assert [cell[0] for cell in params["classes"][0][0]["name"][0]] == CLASSES
    assert [cell[0] for cell in params["classes"][0][0]["description"][0]] == CLASSES


def test_a_network_without_classes_ends_with_pool5(tmp_path):
    matfile.write(tmp_path / "net.mat", network(classes=False), (1, 2, 3), 224, [])
    params = scipy.io.loadmat(tmp_path / "net.mat")
    assert params["layers"].shape == (1, 37)
    assert params["layers"][0][36][0][0]["name"][0] == "pool5"
    assert params["classes"][0][0]["name"].size == 0


def test_a_shorter_network_ends_with_the_layer_that_is_named(tmp_path):
    first = {name: pair for name, pair in network().items() if name in ("conv1_1", "conv1_2", "conv2_1")}
    matfile.write(tmp_path / "net.mat", first, (1, 2, 3), 224, [], last="relu2_1")
    params = scipy.io.loadmat(tmp_path / "net.mat")
    assert [entry[0][0]["name"][0] for entry in params["layers"][0]][-2:] == ["conv2_1", "relu2_1"]
    with pytest.raises(ValueError, match="missing: conv2_2; unknown: none"):
        matfile.write(tmp_path / "net.mat", first, (1, 2, 3), 224, [], last="pool2")


@pytest.mark.parametrize("compress", [False, True])
def test_equal_input_makes_equal_bytes(tmp_path, monkeypatch, compress):
    written = []
    for moment in ("Mon Jan  1 00:00:00 2001", "Tue Feb  2 00:00:00 2002"):
        monkeypatch.setattr("time.asctime", lambda *_, moment=moment: moment)
        matfile.write(tmp_path / "net.mat", network(), (1, 2, 3), 64, CLASSES, compress=compress)
        written.append((tmp_path / "net.mat").read_bytes())
    assert written[0] == written[1]
    assert written[0].startswith(b"MATLAB 5.0 MAT-file")
    assert b"200" not in written[0][:116]


def test_a_compressed_file_reads_the_same(tmp_path, params):
    matfile.write(tmp_path / "small.mat", network(), (125.3, 123.0, 113.9), 64, CLASSES, compress=True)
    again = scipy.io.loadmat(tmp_path / "small.mat")
    np.testing.assert_array_equal(again["layers"][0][41][0][0][0][0][0], params["layers"][0][41][0][0][0][0][0])


def without(name):
    return {key: pair for key, pair in network().items() if key != name}


WRONG = {
    "a layer is missing": (without("conv3_4"), "missing: conv3_4; unknown: none"),
    "one fully connected layer is missing": (without("fc7"), "missing: fc7"),
    "a layer is unknown": (network() | {"conv6_1": network()["fc8"]}, "unknown: conv6_1"),
    "channels do not fit": (network() | {"conv1_2": network()["conv1_1"]}, r"conv1_2: weight \(3, 3, 3, 2\)"),
    "fc6 is of another size": (network(image_size=96), r"expected \(2, 2, 6, Cout\)"),
    "a bias is of another length": (
        network() | {"fc8": (network()["fc8"][0], np.zeros(2))},
        r"fc8: weight \(1, 1, 8, 3\) and bias \(2,\)",
    ),
}


@pytest.mark.parametrize(("weights", "said"), WRONG.values(), ids=WRONG)
def test_what_makes_no_network_is_refused(tmp_path, weights, said):
    with pytest.raises(ValueError, match=said):
        matfile.write(tmp_path / "net.mat", weights, (1, 2, 3), 64, CLASSES)
    assert list(tmp_path.iterdir()) == []
