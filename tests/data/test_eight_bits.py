"""VGG16 in 8 bits: the embedded file, how far it is from float32, and the .mat file that is made of it."""

from __future__ import annotations

import importlib.util

import numpy as np
import pytest
import scipy.io

from aics import data
from aics.data import eight_bits, matfile, vgg19
from aics.data.eight_bits import CONVOLUTIONS, LAYERS
from aics.pycnml.quant import QuantTool, quantize
from autograder.course import ROOT


@pytest.fixture(scope="module")
def layers():
    return eight_bits.read()


@pytest.fixture(scope="module")
def make():
    spec = importlib.util.spec_from_file_location("make_vgg16", ROOT / "data" / "make" / "vgg16.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def cached(tmp_path, monkeypatch):
    monkeypatch.setenv("AICS_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_it_has_vgg16s_layers_up_to_relu4_1(layers):
    assert tuple(layers) == CONVOLUTIONS
    assert (len(LAYERS), LAYERS[-1], set(LAYERS) - set(vgg19.FEATURES)) == (19, "relu4_1", set())
    shapes = vgg19.weight_shapes((64, 128, 256, 512, 512), (1, 1), 1, 224)
    for name, layer in layers.items():
        assert layer.integers.shape == shapes[name]
        assert layer.position.shape == layer.scale.shape == layer.bias.shape == shapes[name][3:]
        assert (layer.integers.dtype, layer.position.dtype) == (np.int8, np.int8)
        assert (layer.scale.dtype, layer.bias.dtype, layer.weight.dtype) == (np.float32,) * 3


def test_each_channel_fills_its_grid_and_is_what_lab_4s_card_makes_of_it(layers):
    for name in ("conv1_1", "conv2_1"):
        layer = layers[name]
        assert (np.abs(layer.integers.astype(int)).max(axis=(0, 1, 2)) == 127).all()
        for channel, integers in zip(np.moveaxis(layer.weight, 3, 0), np.moveaxis(layer.integers, 3, 0), strict=True):
            np.testing.assert_array_equal(quantize(channel, QuantTool().getQuantParam(channel, name)), integers)


def test_a_weight_moves_by_half_a_step_at_most(make):
    weight = np.random.default_rng(0).normal(0, [0.01, 1, 300], (3, 3, 5, 3)).astype(np.float32)
    layer = make.in_eight_bits(weight, np.zeros(3, np.float32))
    step = np.ldexp(1 / layer.scale.astype(float), layer.position)
    np.testing.assert_allclose(step, np.abs(weight).max(axis=(0, 1, 2)) / 127, rtol=1e-6)
    assert (np.abs(layer.weight - weight) <= step * 0.5001).all()


def test_what_is_written_can_be_read_again(tmp_path, layers):
    eight_bits.write(tmp_path / "again.npz", layers)
    assert (tmp_path / "again.npz").stat().st_size == eight_bits.embedded().stat().st_size
    for name, layer in eight_bits.read(tmp_path / "again.npz").items():
        for field, value in vars(layers[name]).items():
            np.testing.assert_array_equal(getattr(layer, field), value)


@pytest.mark.parametrize("keep", [0, 100, 0.5, 0.999])
def test_a_cut_file_is_one_sentence(tmp_path, keep):
    content = eight_bits.embedded().read_bytes()
    (tmp_path / "cut.npz").write_bytes(content[: int(keep if keep > 1 else len(content) * keep)])
    with pytest.raises(data.WrongData, match=r"cut.npz is cut or damaged. Take data/ from the labs' zip again."):
        eight_bits.read(tmp_path / "cut.npz")


def test_every_layer_is_within_two_percent_of_float32(layers, make):
    """The errors that the file says; and, where the weights in float32 have been fetched, those that they have."""
    for layer in layers.values():
        assert 0.001 < layer.weight_error < 0.02
        assert 0.001 < layer.feature_error < 0.02
    if not data.has("vgg16-conv"):
        return
    params = scipy.io.loadmat(data.weights("vgg16-conv"))["layers"][0]
    entries = {name: params[i][0][0][0][0] for i, name in enumerate(matfile.entries(False)) if name in CONVOLUTIONS}
    right = {name: (weight, bias.ravel()) for name, (weight, bias) in entries.items()}
    for name, layer in make.compared(right, layers).items():
        assert layer.weight_error == pytest.approx(layers[name].weight_error, rel=0.01)
        assert layer.feature_error == pytest.approx(layers[name].feature_error, rel=0.05)


# The .mat file


def test_it_is_written_once_in_vgg19s_layout(cached, layers):
    path = data.weights("vgg16-int8")
    assert path.is_relative_to(cached)
    written = path.stat().st_mtime_ns
    assert (data.weights("vgg16-int8"), path.stat().st_mtime_ns) == (path, written)
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    params = scipy.io.loadmat(path)
    assert params["layers"].shape == (1, 21)
    for i, name in enumerate(matfile.entries(fully_connected=False)[:21]):
        if name in CONVOLUTIONS:
            weight, bias = params["layers"][0][i][0][0][0][0]
            np.testing.assert_array_equal(weight, layers[name].weight)
            np.testing.assert_array_equal(bias[0], layers[name].bias)
        elif name in vgg19.CONVOLUTIONS:
            weight, bias = params["layers"][0][i][0][0][0][0]
            assert (np.count_nonzero(weight), np.count_nonzero(bias)) == (weight.shape[3], 0)
            np.testing.assert_array_equal(weight[1, 1], np.eye(weight.shape[3]))
    np.testing.assert_allclose(params["normalization"][0][0][0][5, 7], [123.68, 116.779, 103.939])


def test_where_the_cache_cannot_be_written_it_lies_elsewhere(tmp_path, monkeypatch):
    (tmp_path / "cache").write_text("a file, so that no folder can be made here")
    monkeypatch.setenv("AICS_CACHE", str(tmp_path / "cache"))
    path = data.weights("vgg16-int8")
    assert path.is_file()
    assert not path.is_relative_to(tmp_path)
    assert data.weights("vgg16-int8") == path


def test_without_the_embedded_file_one_sentence_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(eight_bits, "data_folder", lambda: tmp_path)
    with pytest.raises(data.DataError, match=r"vgg16.npz is not there. Take data/ from the labs' zip again"):
        data.weights("vgg16-int8")
