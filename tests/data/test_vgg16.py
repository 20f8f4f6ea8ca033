"""VGG16 in a VGG19 layout, and the check of the official file, on small or made-up weights."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
import scipy.io
from PIL import Image

from aics import data
from aics.data import matfile, official_vgg19, vgg16, vgg19
from aics.data.errors import Unsafe, WrongData

#: Channels of VGG16's thirteen convolutions, small.
SMALL = (4, 4, 5, 5, 6, 6, 6, 7, 7, 7, 8, 8, 8)


def checkpoint(channels=SMALL):
    rng, layers, before = np.random.default_rng(1), {}, 3
    for i, after in enumerate(channels):
        kernel, bias = rng.normal(size=(3, 3, before, after)), rng.normal(size=after)
        layers[f"Conv_{i}"] = {"kernel": kernel.astype("f4"), "bias": bias.astype("f4")}
        before = after
    return {"VGG16_0": layers, "NetLinLayer_0": {"Conv_0": {"kernel": np.zeros((1, 1, 4, 1), "f4")}}}


def convolved(picture, weight, bias):
    """Zero-padded 3x3 convolution of (H, W, Cin) by SciPy: (H, W, Cout)."""
    from scipy.signal import correlate  # takes as long as all tests of this file

    padded = np.pad(picture, ((1, 1), (1, 1), (0, 0)))
    kernels = np.moveaxis(np.asarray(weight, np.float64), 3, 0)
    return np.stack([correlate(padded, kernel, "valid")[:, :, 0] for kernel in kernels], 2) + np.ravel(bias)


def test_the_folded_layer_agrees_with_the_normalised_one_on_a_photo():
    """On mean-subtracted 0..255, away from the border; there, zero padding stands for another colour: 0.3 % or less."""
    with Image.open(data.photo("cat")) as photo:
        x = np.asarray(photo.resize((48, 40)), np.float64)
    first = checkpoint()["VGG16_0"]["Conv_0"]
    expected = convolved((x / 255 - vgg16.MEAN) / vgg16.STD, first["kernel"], first["bias"])
    got = convolved(x - vgg16.MEAN_RGB, *vgg16.fold_normalisation(first["kernel"], first["bias"]))
    np.testing.assert_allclose(got[1:-1, 1:-1], expected[1:-1, 1:-1], rtol=0, atol=1e-9 * np.abs(expected).max())
    assert 0 < np.linalg.norm(got - expected) / np.linalg.norm(expected) < 0.003


def test_thirteen_layers_become_sixteen(tmp_path):
    (tmp_path / "vgg16.ckpt").write_bytes(pickle.dumps(checkpoint()))
    vgg16.convert(tmp_path / "vgg16.ckpt", tmp_path / "vgg16-conv.mat")
    params = scipy.io.loadmat(tmp_path / "vgg16-conv.mat")
    found = {
        name: params["layers"][0][i][0][0][0][0]
        for i, name in enumerate(matfile.entries(fully_connected=False))
        if name in vgg19.CONVOLUTIONS
    }
    layers = checkpoint()["VGG16_0"]
    taken = [name for name in vgg19.CONVOLUTIONS if name not in ("conv3_4", "conv4_4", "conv5_4")]
    for i, name in enumerate(taken[1:], 1):
        np.testing.assert_array_equal(found[name][0], layers[f"Conv_{i}"]["kernel"])
        np.testing.assert_array_equal(found[name][1], layers[f"Conv_{i}"]["bias"][None])
    np.testing.assert_allclose(params["normalization"][0][0][0][5, 7], [123.68, 116.779, 103.939])


@pytest.mark.parametrize("name", ["conv3_4", "conv4_4", "conv5_4"])
def test_an_added_layer_changes_nothing_that_has_passed_a_relu(name):
    weight, bias = vgg16.vgg19_layout(checkpoint()["VGG16_0"])[name]
    x = np.maximum(np.random.default_rng(2).normal(size=(6, 5, weight.shape[2])), 0)
    np.testing.assert_array_equal(np.maximum(convolved(x, weight, bias), 0), x)


def test_a_checkpoint_of_something_else_is_refused(tmp_path):
    for content, error in [({"VGG16_0": {}}, WrongData), ([1, 2], WrongData), (print, Unsafe)]:
        (tmp_path / "x.ckpt").write_bytes(pickle.dumps(content))
        with pytest.raises(error):
            vgg16.convert(tmp_path / "x.ckpt", tmp_path / "x.mat")
        assert not (tmp_path / "x.mat").exists()


# The official file, with layers as narrow as the test likes


@pytest.fixture
def narrow(monkeypatch):
    """VGG19 with few channels, known as the official shape: name -> (weight, bias)."""
    monkeypatch.setattr(official_vgg19, "WIDTHS", (2, 3, 4, 5, 6))
    monkeypatch.setattr(official_vgg19, "OUTPUTS", (7, 8, 9))
    rng = np.random.default_rng(3)
    return {name: (rng.normal(size=s), rng.normal(size=s[3])) for name, s in official_vgg19.shapes().items()}


def write(path, weights, mean=(123.68, 116.779, 103.939)):
    matfile.write(path, weights, mean, 224, [f"class {i}" for i in range(9)])
    return path


def test_the_official_shapes_are_vgg19s():
    shapes = official_vgg19.shapes()
    assert len(shapes) == 19
    assert (shapes["conv1_1"], shapes["conv3_1"], shapes["conv5_4"]) == (
        (3, 3, 3, 64),
        (3, 3, 128, 256),
        (3, 3, 512, 512),
    )
    assert (shapes["fc6"], shapes["fc8"]) == ((7, 7, 512, 4096), (1, 1, 4096, 1000))
    assert sum(np.prod(s) + s[3] for s in shapes.values()) == 143_667_240


def test_a_right_file_passes(tmp_path, narrow):
    official_vgg19.check(write(tmp_path / "net.mat", narrow))


def test_one_layer_of_another_shape_is_named(tmp_path, narrow, monkeypatch):
    path = write(tmp_path / "net.mat", narrow)
    monkeypatch.setattr(official_vgg19, "OUTPUTS", (7, 8, 10))
    with pytest.raises(WrongData, match=r"fc8 has weight \(1, 1, 8, 9\) and 9 biases; expected \(1, 1, 8, 10\), 10"):
        official_vgg19.check(path)


def test_other_mean_colours_are_named(tmp_path, narrow):
    with pytest.raises(WrongData, match=r"the mean colour \[125"):
        official_vgg19.check(write(tmp_path / "net.mat", narrow, mean=(125.3, 123.0, 113.9)))


def test_numbers_that_are_not_finite_are_named(tmp_path, narrow):
    narrow["conv4_2"][0][0, 0, 0, 0] = np.nan
    with pytest.raises(WrongData, match=r"conv4_2 has numbers that are not finite"):
        official_vgg19.check(write(tmp_path / "net.mat", narrow))


def test_a_file_without_fully_connected_layers_is_not_vgg19(tmp_path, narrow):
    conv = {name: pair for name, pair in narrow.items() if name.startswith("conv")}
    with pytest.raises(WrongData, match="has 37 layers; VGG19 has 43"):
        official_vgg19.check(write(tmp_path / "net.mat", conv))


@pytest.mark.parametrize("keep", [0.5, 0.999, 200], ids=["half", "nearly all", "a header"])
def test_a_cut_file_is_refused(tmp_path, narrow, keep):
    content = write(tmp_path / "net.mat", narrow).read_bytes()
    (tmp_path / "net.mat").write_bytes(content[: int(keep if keep > 1 else len(content) * keep)])
    with pytest.raises(WrongData, match=r"net.mat"):
        official_vgg19.check(tmp_path / "net.mat")


@pytest.mark.parametrize("params", [{"a": 1}, {"layers": 1, "normalization": 2}, {"layers": [], "meta": {"b": 1}}])
def test_a_mat_file_of_another_structure_is_refused(tmp_path, params):
    scipy.io.savemat(tmp_path / "net.mat", params)
    with pytest.raises(WrongData, match=r"net.mat (has no layers|has \d+ layers)"):
        official_vgg19.check(tmp_path / "net.mat")


def test_text_is_no_mat_file(tmp_path):
    (tmp_path / "net.mat").write_text("<html>moved</html>" * 100)
    with pytest.raises(WrongData, match=r"net.mat is no whole .mat file"):
        official_vgg19.check(tmp_path / "net.mat")
