"""The roofline demo: its layers against a network built call by call, the roof, and what mouse and keys choose."""

from __future__ import annotations

import numpy as np
import pytest

from aics.data.vgg19 import LAYERS
from aics.demos.demo import View
from aics.lab4_dlp.demos.roofline import Roofline, parts_of, words_on
from aics.lab4_dlp.demos.roofline_plot import Axes, group_name, short
from aics.lab4_dlp.demos.time_bars import pieces, seconds
from aics.lab4_dlp.demos.vgg19_costs import dots
from aics.pycnml import CnmlNet, Machine, QuantParam
from tests.demos.scenes import VIEWS, all_extremes, begin, expect_readable

MACHINES = [
    Machine(),
    Machine(cores=1, bandwidth=1024e9, on_chip_bytes=2**15),
    Machine(cores=64, bandwidth=25.6e9),
    Machine(bandwidth=1e12),
]


@pytest.fixture
def demo() -> Roofline:
    return Roofline()


@pytest.fixture(scope="module")
def net() -> CnmlNet:
    """VGG19 as the lab builds it, with the official sizes."""
    made, grid = CnmlNet(64), QuantParam(0, 1.0)
    made.setInputShape(1, 3, 224, 224)
    for name in LAYERS:
        kind = name.rstrip("_0123456789")
        if kind == "conv":
            made.createConvLayer(name, min(64 * 2 ** (int(name[4]) - 1), 512), 3, 1, 1, 1, grid)
        elif kind == "relu":
            made.createReLuLayer(name)
        elif kind == "pool":
            made.createPoolingLayer(name, 2, 2)
        elif kind == "flatten":
            made.createFlattenLayer(name, [1, 25088, 1, 1])
        elif kind == "fc":
            made.createMlpLayer(name, 1000 if name == "fc8" else 4096, grid)
        else:
            made.createSoftmaxLayer(name, 1)
    return made


@pytest.mark.parametrize("machine", MACHINES, ids=str)
def test_the_layers_cost_what_the_labs_network_costs(net: CnmlNet, machine: Machine) -> None:
    assert [dot.cost for dot in dots(machine)] == net.layer_costs(machine)


def test_vgg19_multiplies_as_often_as_is_published() -> None:
    found = dots(Machine())
    assert [dot.name for dot in found] == list(LAYERS)
    assert sum(dot.operations for dot in found if dot.kind in ("conv", "fc")) == pytest.approx(19.6e9, rel=0.005)


@pytest.mark.parametrize("machine", MACHINES, ids=str)
def test_no_layer_is_above_the_roof_and_those_that_multiply_touch_it(machine: Machine) -> None:
    for dot in dots(machine):
        roof = min(machine.peak, machine.bandwidth * dot.intensity)
        assert dot.rate <= roof * (1 + 1e-9)
        if dot.kind in ("conv", "fc"):
            assert dot.rate == pytest.approx(roof, rel=1e-3)
            assert (dot.cost.limit == "memory") == (dot.intensity < machine.ridge)


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_every_choice_gives_a_scene_that_can_be_read(demo: Roofline, view: View) -> None:
    for values in all_extremes(demo):
        expect_readable(demo.scene(values, view), view)
        for cores, bandwidth, memory in ((0, 1024.0, 5), (6, 25.6, 13)):
            corner = {"cores": cores, "bandwidth": bandwidth, "memory": memory}
            expect_readable(demo.scene({**values, **corner}, view), view)


def test_the_scene_says_the_labs_time_and_that_no_layer_keeps_the_card_busy(demo: Roofline) -> None:
    alt = demo.scene(begin(demo), VIEWS[0]).alt
    milliseconds = 1e3 * sum(dot.cost.seconds for dot in dots(Machine()))
    assert f"{milliseconds:.3g} ms" in alt
    assert "the limit of 0 of the 19 layers" in alt
    assert "from 625 operations per byte" in alt
    faster = demo.scene(begin(demo) | {"bandwidth": 1024.0}, VIEWS[0]).alt
    assert "the limit of 15 of the 19 layers" in faster


def test_what_is_said_on_a_layer_is_what_the_model_counts() -> None:
    by_name = {dot.name: dot for dot in dots(Machine(cores=1, on_chip_bytes=2**15))}
    conv = by_name["conv1_2"]
    computes, moves, takes, limit = words_on(conv)
    assert computes == "conv1_2: 1.85 G multiply-adds"
    assert moves == f"{short(conv.cost.bytes_moved)}B moved, {short(conv.cost.extra_bytes)}B of it again"
    assert f"{conv.operations / conv.cost.bytes_moved:.3g} per byte" in takes
    assert limit == "arithmetic is the limit"
    assert words_on(by_name["pool1"])[0] == "pool1: 3.21 M comparisons"


@pytest.mark.parametrize("view", [view for view in VIEWS if parts_of(view).bar], ids=str)
def test_what_is_under_the_mouse_is_chosen(demo: Roofline, view: View) -> None:
    values, parts, found = begin(demo), parts_of(view), dots(Machine())
    places = {dot.name: Axes(parts.plot).place(dot) for dot in found}
    for dot in found:
        if dot.operations:
            name = demo.pointed(*places[dot.name], values, view)["layer"]
            assert np.hypot(*np.subtract(places[name], places[dot.name])) <= 1
    for bar in filter(None, (parts.bar, parts.other_bar)):
        for dot, piece in pieces(bar, found, seconds(found)):
            if piece.width > 1:
                assert demo.pointed(piece.middle[0], piece.middle[1], values, view) == {"layer": dot.name}
    assert demo.pointed(parts.plot.right - 1, parts.plot.bottom - 1, values, view) == {}


def test_arrow_keys_walk_through_the_layers_and_stop_at_both_ends(demo: Roofline) -> None:
    values, walked = begin(demo) | {"layer": LAYERS[0]}, []
    for _ in range(50):
        walked.append(values["layer"])
        values |= demo.stepped(1, 0, values)
    assert walked[:44] == list(LAYERS)
    assert values["layer"] == "softmax"
    assert demo.stepped(0, -1, values) == {"layer": "fc8"}
    assert demo.stepped(0, 1, values) == {}
    assert demo.stepped(0, 1, begin(demo) | {"layer": "relu1_2"}) == {"layer": "conv2_1"}
    assert demo.stepped(-1, 0, begin(demo) | {"layer": "conv1_1"}) == {"layer": "conv1_1"}
    assert demo.stepped(0, -1, begin(demo) | {"layer": "conv1_1"}) == {}


def test_layers_at_one_place_have_a_name_in_common() -> None:
    by_name = {dot.name: dot for dot in dots(Machine())}
    for names, said in (
        (["conv1_1"], "conv1_1"),
        (["conv4_2", "conv4_3", "conv4_4"], "conv4_2-4"),
        (["relu1_1", "relu1_2", "relu2_1"], "relu"),
        (["fc6", "fc7"], "fc"),
    ):
        assert group_name([by_name[name] for name in names]) == said


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0"), (999, "999"), (999.6, "1 k"), (12_882_048, "12.9 M"), (64e12, "64 T")]
)
def test_numbers_are_short(number: float, said: str) -> None:
    assert short(number) == said


def test_a_power_of_ten_is_as_far_everywhere_and_more_is_to_the_right_and_up() -> None:
    axes = Axes(parts_of(VIEWS[0]).plot)
    across = np.diff([axes.x(10.0**power) for power in range(-1, 5)])
    up = -np.diff([axes.y(10.0**power) for power in range(10, 16)])
    for steps in (across, up):
        assert steps[0] > 0
        np.testing.assert_allclose(steps, steps[0])
    assert axes.intensity(axes.x(42.0)) == pytest.approx(42)


def test_what_moved_is_shown_beside_where_it_was(demo: Roofline) -> None:
    first = demo.scene(begin(demo), VIEWS[0]).markup
    moved = demo.scene(begin(demo) | {"bandwidth": 1024.0}, VIEWS[0]).markup
    assert "opacity" not in first.replace("fill-opacity", "")
    assert moved.count("stroke-dasharray:8 6") > first.count("stroke-dasharray:8 6")
