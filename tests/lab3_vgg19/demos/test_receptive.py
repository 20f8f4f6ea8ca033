"""What one number of a feature map sees: the sums against walks through the layers, and the scene."""

from __future__ import annotations

from pathlib import Path
from time import monotonic, sleep

import numpy as np
import pytest

from aics.lab3_vgg19.demos.features import Maps, fitted
from aics.lab3_vgg19.demos.fields import WINDOWS, fields
from aics.lab3_vgg19.demos.influence import Number, counting, half_of_it, run_forward
from aics.lab3_vgg19.demos.receptive import ReceptiveField, chosen_in
from aics.lab3_vgg19.demos.receptive_layout import layout
from aics.lab3_vgg19.demos.receptive_markup import patch
from aics.layers.layers_2 import ConvolutionalLayer, MaxPoolingLayer
from aics.notebook.earlier import FINISHED
from tests.demos.scenes import VIEWS, all_extremes, begin, expect_readable

FIELDS = {field.name: field for field in fields()}
PHOTO = np.random.default_rng(0).integers(0, 256, (48, 72, 3)).astype(np.uint8)


def walked_back(name: str, index: int) -> tuple[int, int]:
    """The first pixel and the one behind the last that a number depends on, layer by layer from the top down."""
    names = list(WINDOWS)
    first = last = index
    for window in (WINDOWS[name] for name in reversed(names[: names.index(name) + 1])):
        first = first * window.stride - window.padding
        last = last * window.stride - window.padding + window.kernel - 1
    return first, last + 1


def read(demo: ReceptiveField, photo: np.ndarray, layer: str = "pool5") -> Maps:
    """The photo's maps once they are there up to a layer."""
    maps, until = demo._reader.maps(photo), monotonic() + 60
    while layer not in maps.found and monotonic() < until:
        sleep(0.01)
    assert layer in maps.found
    return maps


@pytest.fixture(scope="module")
def demo():
    """One demo that has read the photo."""
    demo = ReceptiveField()
    read(demo, PHOTO)
    yield demo
    demo.close()


def test_the_sizes_grow_from_3_to_268_pixels():
    sizes = [3, 5, 6, 10, 14, 16, 24, 32, 40, 48, 52, 68, 84, 100, 116, 124, 156, 188, 220, 252, 268]
    assert [field.size for field in fields()] == sizes


@pytest.mark.parametrize("name", WINDOWS)
def test_a_field_is_where_a_walk_back_through_the_layers_ends(name):
    assert [FIELDS[name].span(index) for index in (0, 1, 7)] == [walked_back(name, index) for index in (0, 1, 7)]


def test_exactly_the_fields_pixels_change_the_number():
    """A row of pixels through real layers: each pixel in turn is made large, and the number is looked at."""
    kernel = np.zeros((1, 3, 3, 1), np.float32)
    kernel[0, 1] = 1  # looks along the row only
    layers = []
    for name, window in list(WINDOWS.items())[:6]:
        layer = MaxPoolingLayer(2, 2) if name.startswith("pool") else ConvolutionalLayer(3, 1, 1, 1, 1)
        if window.stride == 1:
            layer.load_param(kernel, np.zeros(1, np.float32))
        layers.append(layer)

    def numbers(row: np.ndarray) -> np.ndarray:
        x = np.tile(row.astype(np.float32), (1, 1, 64, 1))
        for layer in layers:
            x = layer.forward(x)
        return x[0, 0, 8]

    pixels, index = np.ones(64), 5
    changed = [numbers(pixels + 100 * (np.arange(64) == k))[index] != numbers(pixels)[index] for k in range(64)]
    assert np.flatnonzero(changed).tolist() == list(range(*FIELDS["pool2"].span(index)))


def test_the_maps_have_as_many_numbers_as_the_fields_say(demo):
    maps = read(demo, PHOTO)
    height, width = maps.photo.shape[:2]
    expected = {name: (field.count(height), field.count(width)) for name, field in FIELDS.items()}
    assert {name: found.shape[1:] for name, found in maps.found.items()} == expected


def test_the_windows_are_those_of_lab_3s_layers(demo):
    layers = demo._networks.network().layers
    for name, window in WINDOWS.items():
        layer = layers[name]
        assert (layer.kernel_size, layer.stride, getattr(layer, "padding", 0)) == (
            window.kernel,
            window.stride,
            window.padding,
        )


@pytest.mark.parametrize("layer", [1, 8, 21])
def test_the_enlarged_patch_is_cut_out_of_the_photo(demo, layer):
    maps = read(demo, PHOTO)
    chosen = chosen_in({**begin(demo, PHOTO), "layer": layer, "across": 3, "down": 4}, maps)
    size = chosen.field.size
    padded = np.pad(maps.photo, ((size, size), (size, size), (0, 0)))
    (left, _), (top, _) = chosen.spans
    seen, got = padded[top + size :, left + size :][:size, :size], patch(chosen)
    inside = np.pad(np.ones(maps.photo.shape[:2], bool), size)[top + size :, left + size :][:size, :size]
    assert (got[inside] == seen[inside]).all()
    assert chosen.share_outside == pytest.approx(1 - inside.mean())


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_every_extreme_gives_a_scene(demo, view):
    for values in all_extremes(demo):
        expect_readable(demo.scene(values, view), view)


@pytest.mark.parametrize("shape", [(1, 1, 3), (3, 1024, 3), (1024, 3, 3)])
@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_a_photo_of_any_shape_gives_a_scene_at_once_and_its_maps_later(shape, view):
    demo, photo = ReceptiveField(), np.full(shape, 200, np.uint8)
    expect_readable(demo.scene(begin(demo, photo), view), view)
    read(demo, photo)
    scene = demo.scene({**begin(demo, photo), "layer": 21}, view)
    demo.close()
    expect_readable(scene, view)
    assert "being computed" not in scene.alt


def test_the_page_is_told_of_each_layer():
    demo, told = ReceptiveField(), []
    demo.changed = lambda: told.append(1)
    read(demo, PHOTO)
    until = monotonic() + 5
    while len(told) < len(WINDOWS) and monotonic() < until:
        sleep(0.01)
    assert len(told) == len(WINDOWS)


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_the_mouse_over_the_map_chooses_the_number_under_it(demo, view):
    values, maps = begin(demo, PHOTO), read(demo, PHOTO)
    box = layout(view, maps.photo.shape[1] / maps.photo.shape[0]).map
    columns, rows = (FIELDS["conv3_2"].count(side) for side in (maps.photo.shape[1], maps.photo.shape[0]))
    for column, row in ((0, 0), (11, 5), (columns - 1, rows - 1)):
        x, y = box.x + (column + 0.5) / columns * box.width, box.y + (row + 0.5) / rows * box.height
        chosen = chosen_in({**values, **demo.pointed(x, y, values, view)}, maps)
        assert (chosen.column, chosen.row) == (column, row)
    assert demo.pointed(view.width - 1, view.height - 1, values, view) == {}


def test_the_mouse_over_the_bars_chooses_the_layer(demo):
    view, values = VIEWS[0], begin(demo, PHOTO)
    bars = layout(view, 1.5).bars
    found = [demo.pointed(bars.x + (k + 0.5) * bars.width / 21, bars.y + 5, values, view)["layer"] for k in range(21)]
    assert found == list(range(1, 22))


def test_an_arrow_key_goes_to_the_next_number_and_stays_in_the_map(demo):
    maps = read(demo, PHOTO)
    for layer in (1, 8, 21):
        values = {**begin(demo, PHOTO), "layer": layer, "across": 40, "down": 40}
        one = chosen_in(values, maps)
        other = chosen_in({**values, **demo.stepped(1, -1, values)}, maps)
        assert (other.column - one.column, other.row - one.row) == (1, -1)
        for _ in range(300):
            values = {**values, **demo.stepped(-1, 1, values)}
        last = chosen_in(values, maps)
        assert (last.column, last.row) == (0, last.field.count(maps.photo.shape[0]) - 1)


def test_the_photo_keeps_its_shape_where_that_leaves_something_to_pool():
    assert fitted(np.zeros((300, 450, 3), np.uint8)).shape == (192, 288, 3)
    assert fitted(np.zeros((3, 1024, 3), np.uint8)).shape == (32, 288, 3)


def exported(folder: Path, wrong: str) -> None:
    """A student's exported layers of lab 2, of which the ReLU is wrong."""
    own = folder / "lab2_layers" / "stu_upload"
    own.mkdir(parents=True)
    for file in ("layers_1", "layers_2"):
        source = (FINISHED / f"{file}.py").read_text("utf-8")
        own.joinpath(f"{file}.py").write_text(source.replace("(output,) = run(_RELU, x=input.reshape(-1))", wrong))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("raise KeyError('gone')", "forward in layers_1.py stopped with KeyError"),
        ("return input[..., 1:]", "relu1_1 gave shape"),
    ],
)
def test_a_students_layer_that_fails_is_named_and_the_demo_goes_on(tmp_path, monkeypatch, wrong, said):
    exported(tmp_path, wrong)
    (tmp_path / "lab3_vgg19").mkdir()
    monkeypatch.chdir(tmp_path / "lab3_vgg19")
    demo = ReceptiveField()
    read(demo, PHOTO)
    caption = demo.scene(begin(demo, PHOTO), VIEWS[0]).caption
    assert "your own" in demo.whose()
    assert said in caption
    assert "Finished layers" in caption


@pytest.mark.parametrize("name", ["conv1_2", "pool3", "conv4_2"])
def test_what_counts_is_the_slope_and_lies_in_the_field(demo, name):
    """Against differences: a pixel's channel is changed a little, and the number before its ReLU is looked at."""
    maps, network = read(demo, PHOTO), demo._networks.network()
    field = FIELDS[name]
    number = Number(name, 1, field.count(192) // 2, field.count(288) // 3)
    counts = counting(run_forward(network, maps.photo), number)
    (top, bottom), (left, right) = field.span(number.row), field.span(number.column)
    inside = np.zeros(counts.shape, bool)
    inside[max(top, 0) : bottom, max(left, 0) : right] = True
    assert counts[inside].max() == 1
    assert counts[~inside].max(initial=0) < 1e-6  # sums by tiles leave a rounding there

    def value(photo: np.ndarray) -> float:
        x = (photo - network.mean).transpose(2, 0, 1)[None].astype(np.float32)
        for layer_name, layer in network.layers.items():
            x = layer.forward(x)
            if layer_name == name:
                return float(x[0, number.channel, number.row, number.column])
        raise AssertionError(name)

    exact, photo = [], maps.photo.astype(np.float64)
    places = [np.unravel_index(k, counts.shape) for k in np.argsort(-counts, axis=None)[[0, 1, 5]]]
    for row, column in places:
        slopes = []
        for channel in range(3):
            ends = [photo.copy(), photo.copy()]
            for end, step in zip(ends, (0.02, -0.02), strict=True):
                end[row, column, channel] += step
            slopes.append((value(ends[0]) - value(ends[1])) / 0.04)
        exact.append(np.linalg.norm(slopes))
    got = np.array([counts[place] for place in places])
    np.testing.assert_allclose(got / got[0], np.array(exact) / exact[0], rtol=0.1)


def test_what_counts_most_is_shown_once_it_is_known():
    demo, told = ReceptiveField(), []
    read(demo, PHOTO)
    demo.changed = lambda: told.append(1)
    values = {**begin(demo, PHOTO), "counts": True, "layer": 15}
    plain = demo.scene(values, VIEWS[0])
    until = monotonic() + 60
    while not told and monotonic() < until:
        sleep(0.01)
    scene = demo.scene(values, VIEWS[0])
    demo.close()
    assert "half of all influence" in scene.caption
    assert scene.markup != plain.markup
    assert demo.scene({**values, "counts": False}, VIEWS[0]).caption == plain.caption
    expect_readable(scene, VIEWS[0])


def test_half_of_all_influence_is_counted_from_the_largest_on():
    assert half_of_it(np.array([[1.0, 0.0], [0.5, 0.5]]), 4) == 0.25
    assert half_of_it(np.ones((10, 10)), 400) == 0.125
