"""The convolution explorer: its sums, the window under the mouse and the keys, and whose layer it runs."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from scipy.signal import correlate2d

from aics.demos.boxes import Box
from aics.demos.demo import View
from aics.lab2_layers.demos.convolution import Convolution
from aics.lab2_layers.demos.convolution_drawing import Drawing
from aics.lab2_layers.demos.kernels import KERNELS
from aics.lab2_layers.demos.layer import FeatureMaps
from aics.lab2_layers.demos.pixels import few_pixels
from aics.lab2_layers.demos.waterfall import Waterfall
from aics.lab2_layers.demos.window_step import OWN, Step
from tests.demos.scenes import VIEWS, all_extremes, begin, expect_nothing_cut_off, expect_readable, photos
from tests.lab2_layers.demos.conftest import Export

pytestmark = pytest.mark.usefixtures("page_folder")
DESK = VIEWS[0]


@pytest.fixture
def demo() -> Convolution:
    return Convolution()


def by_scipy(step: Step) -> np.ndarray:
    """The whole feature map, by another library."""
    padded = np.pad(step.image.astype(float), step.padding)
    return correlate2d(padded, step.kernel, mode="valid")[:: step.stride, :: step.stride]


@pytest.mark.parametrize("kernel", KERNELS)
def test_every_sum_is_the_pixel_that_scipy_computes(demo: Convolution, kernel: str) -> None:
    values = begin(demo) | {"kernel": kernel}
    for stride, padding in ((1, 0), (2, 1), (3, 2)):
        for row, column in ((0, 0), (3, 5), (99, 99)):
            step = Step.of(values | {"stride": stride, "padding": padding, "row": row, "column": column})
            expected = by_scipy(step)
            assert step.output == expected.shape
            assert step.total == pytest.approx(expected[step.row, step.column])
            assert step.products.sum() == step.total


@pytest.mark.parametrize(("stride", "padding"), [(1, 0), (1, 2), (2, 1), (4, 0)])
def test_the_layers_feature_map_is_scipys(demo: Convolution, stride: int, padding: int) -> None:
    step = Step.of(begin(demo) | {"stride": stride, "padding": padding, "kernel": "outline"})
    image, kernels = step.image[None].astype(np.float32), step.kernel[None, :, :, None]
    (maps,) = FeatureMaps().of(image, kernels, stride, padding)
    np.testing.assert_allclose(maps, by_scipy(step), atol=0.01)


def test_own_numbers_are_the_kernel(demo: Convolution) -> None:
    numbers = ((0.0, 0.0, 0.0), (0.0, 2.0, 0.0), (0.0, 0.0, 0.0))
    step = Step.of(begin(demo) | {"kernel": OWN, "numbers": numbers})
    assert step.total == 2 * step.image[step.row + 1, step.column + 1]


def test_a_kernels_name_fills_the_table_and_an_edited_table_is_its_own_kernel(demo: Convolution) -> None:
    values = begin(demo) | {"kernel": "blur"}
    values |= demo.chosen("kernel", values)
    assert np.array_equal(values["numbers"], KERNELS["blur"])
    assert demo.chosen("numbers", values) == {}
    edited = values | {"numbers": ((1.0, 2.0, 3.0),) * 3}
    assert demo.chosen("numbers", edited) == {"kernel": OWN}
    assert demo.chosen("kernel", edited | {"kernel": OWN}) == {}


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_every_choice_gives_a_scene_that_can_be_read(demo: Convolution, view: View) -> None:
    for values in all_extremes(demo):
        scene = demo.scene(values, view)
        expect_readable(scene, view)
        expect_nothing_cut_off(scene, view)


def test_scenes_of_odd_photos_say_the_sum(demo: Convolution) -> None:
    for photo in photos():
        values = begin(demo, photo)
        total = round(Step.of(values).total)
        assert f"adds up to {total}".replace("-", "−") in demo.scene(values, DESK).alt


def drawing(values: dict[str, Any], view: View) -> Drawing:
    step = Step.of(values)
    return Drawing(step, np.zeros(step.output), False, view)


@pytest.mark.parametrize("view", VIEWS, ids=str)
@pytest.mark.parametrize(("stride", "padding"), [(1, 0), (3, 2)])
def test_the_mouse_takes_the_window_along(demo: Convolution, view: View, stride: int, padding: int) -> None:
    values = begin(demo) | {"stride": stride, "padding": padding}
    for row, column in ((0, 0), (2, 3), (5, 7)):
        there = drawing(values | {"row": row, "column": column}, view)
        for box in (there.window, there.pixel):
            middle = box.x + box.width / 2, box.y + box.height / 2
            assert demo.pointed(*middle, values, view) == {"row": row, "column": column}


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_the_mouse_never_takes_it_outside(demo: Convolution, view: View) -> None:
    values = begin(demo) | {"padding": 1}
    down, across = Step.of(values).output
    places = product(np.linspace(-20, view.width + 20, 15), np.linspace(-20, view.height + 20, 11))
    moves = [demo.pointed(x, y, values, view) for x, y in places]
    assert all(0 <= move["row"] < down and 0 <= move["column"] < across for move in moves if move)
    assert {} in moves


def test_arrow_keys_move_by_one_and_stop_at_the_border(demo: Convolution) -> None:
    values = begin(demo)
    row, column = values["row"], values["column"]
    assert demo.stepped(1, 0, values) == {"row": row, "column": column + 1}
    assert demo.stepped(0, -1, values) == {"row": row - 1, "column": column}
    down, across = Step.of(values).output
    last = values | {"row": 99, "column": 99}
    assert demo.stepped(1, 1, last) == {"row": down - 1, "column": across - 1}
    assert demo.stepped(-1, 0, last) == {"row": down - 1, "column": across - 2}
    assert demo.stepped(-1, -1, values | {"row": 0, "column": 0}) == {"row": 0, "column": 0}


def test_the_map_is_painted_up_to_the_window_and_whole_when_asked(demo: Convolution) -> None:
    values = begin(demo)
    assert demo.scene(values, DESK).markup != demo.scene(values | {"whole": True}, DESK).markup
    last = values | {"row": 99, "column": 99}
    assert demo.scene(last, DESK).markup == demo.scene(last | {"whole": True}, DESK).markup


@pytest.mark.parametrize("values", [[3, -5, 8], [-3, -4, 1], [0, 0, 0]])
def test_the_waterfalls_last_level_is_the_sum(values: list[float]) -> None:
    fall = Waterfall(Box(0, 0, 400, 200), np.array(values, dtype=float), "#000000", "#ffffff", 16)
    one = Waterfall(fall.box, np.array([1.0]), "#000000", "#ffffff", 16)
    zero = fall.bar.bottom if fall.total >= 0 else fall.bar.y
    levels = np.concatenate([[0], np.cumsum(values)])
    pixels_for_one = (one.bar.bottom - one.level) / (np.ptp(levels) or 1)
    assert zero - fall.level == pytest.approx(fall.total * pixels_for_one, abs=2.1)


def test_few_pixels_are_means() -> None:
    photo = np.zeros((8, 12, 3), np.uint8)
    photo[:, 6:] = 200
    assert np.array_equal(few_pixels(photo, 6), [[0, 0, 0, 200, 200, 200]] * 4)
    assert few_pixels(photo, 6, colour=True).shape == (4, 6, 3)


def test_finished_code_is_said_to_be_finished(demo: Convolution) -> None:
    assert demo.whose().startswith("Layers: finished ones")
    assert demo.scene(begin(demo), DESK).caption.endswith("one pixel of the feature map.")


def test_a_students_own_layer_computes_the_map(export: Export) -> None:
    export()
    demo = Convolution()
    assert demo.whose() == "Layers: your own, from lab2_layers."
    assert demo.scene(begin(demo), DESK).caption.endswith("one pixel of the feature map.")


def test_an_own_layer_that_adds_up_wrongly_is_found_out(export: Export) -> None:
    export("output = filters.T @", "output = 2 * filters.T @")
    demo = Convolution()
    total = round(Step.of(begin(demo)).total)
    said = f"Here the products add up to {total}, but the layer's feature map has {2 * total}."
    assert said.replace("-", "−") in demo.scene(begin(demo), DESK).caption


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("exit() @", "forward_speedup in layers_2.py stopped with SystemExit"),
        ("output = nothing @", "forward_speedup in layers_2.py stopped with NameError"),
        ("return filters.T @", "returned an array of shape (1, "),
        ("return None and", "returned NoneType; expected is an array of numbers of shape (1, 1, 22, 34)."),
    ],
)
def test_an_own_layer_that_fails_is_one_sentence_and_the_demo_goes_on(export: Export, new: str, said: str) -> None:
    export("output = filters.T @", new)
    demo = Convolution()
    scene = demo.scene(begin(demo), DESK)
    assert said in scene.caption
    expect_readable(scene, DESK)
    step = Step.of(begin(demo))
    (maps,) = demo._maps.of(step.image[None].astype(np.float32), step.kernel[None, :, :, None], 1, 0)
    np.testing.assert_allclose(maps, by_scipy(step), atol=0.01)
