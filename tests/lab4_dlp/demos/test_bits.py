"""The bits demo: its grids and answers against other code, what its thread does, and whose code computes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

from aics import data
from aics.demos.boxes import Box
from aics.demos.demo import View
from aics.lab4_dlp.demos.answers_picture import COUNT, draw_wall
from aics.lab4_dlp.demos.bits import FINISHED, LAYERS, OWN, PER_CHANNEL, Bits, megabytes
from aics.lab4_dlp.demos.bits_layout import parts_of
from aics.lab4_dlp.demos.grids import nearest, on_grid
from aics.lab4_dlp.demos.measuring import BATCH, FLOAT32, Measuring, Setting
from aics.lab4_dlp.demos.mini import Answering, Array, mini, network, photos
from aics.lab4_dlp.demos.own_grids import OwnGrids
from aics.lab4_dlp.demos.weights_picture import draw_histogram
from aics.notebook.earlier import prepare
from aics.show.figure import GREEN, RED
from tests.demos.scenes import VIEWS, all_extremes, begin, expect_readable
from tests.lab4_dlp.demos.conftest import Export

pytestmark = pytest.mark.usefixtures("page_folder")
FEW = 2 * BATCH


@pytest.fixture
def demo() -> Iterator[Bits]:
    bits = Bits()
    yield bits
    bits.close()
    bits.measuring.wait()


def by_definition(weight: Array, bits: int) -> Array:
    """What section 6 and 7 of the lab say, in float64: position, scale, the nearest integer, and what it stands for."""
    largest, end = np.abs(weight.astype(np.float64)).max(), 2 ** (bits - 1) - 1
    position = int(np.ceil(np.log2(largest / end)))
    scale = end * 2.0**position / largest
    integers = np.clip(np.rint(weight * (scale / 2.0**position)), -end - 1, end)
    return integers * 2.0**position / scale


@pytest.mark.parametrize("bits", range(2, 9))
@pytest.mark.parametrize("layer", ["conv1_1", "conv3_2", "fc6"])
def test_the_grids_are_the_labs(layer: str, bits: int) -> None:
    weight = mini().weights[layer]
    whole, channels = (on_grid(weight, bits, per_channel, nearest) for per_channel in (False, True))
    np.testing.assert_allclose(whole.values, by_definition(weight, bits), atol=1e-6 * np.abs(weight).max())
    for channel, values in zip(weight, channels.values, strict=True):
        np.testing.assert_allclose(values, by_definition(channel, bits), atol=1e-6 * np.abs(channel).max())
    assert len(np.unique(whole.values)) <= 2**bits - 1
    assert whole.zeros == np.mean(whole.values == 0)


def test_values_that_are_all_zero_stay_zero() -> None:
    grid = on_grid(np.zeros((2, 3, 3, 3), np.float32), 4, True, nearest)
    assert not grid.values.any()
    assert np.isfinite(grid.steps).all()


def test_a_quarter_of_the_bytes_in_eight_bits_and_five_bytes_for_each_grid() -> None:
    stored, whole = megabytes(Setting(8, per_channel=False))
    assert whole == 4 * sum(weight.size for weight in mini().weights.values()) / 1e6
    assert stored - whole / 4 == pytest.approx(5 * 19 / 1e6)
    channels, _ = megabytes(Setting(8, per_channel=True))
    assert channels - stored == pytest.approx(5 * (sum(map(len, mini().weights.values())) - 19) / 1e6)


def test_mini_answers_as_the_network_of_lab_3_does() -> None:
    prepare(("layers", "network"), [])
    from stu_upload.vgg_cpu import VGG19

    net: Any = VGG19(data.weights("mini"))
    net.build_model()
    net.load_model()
    x = photos(FEW).inputs
    for layer in net.layers.values():
        x = layer.forward(x)
    assert np.array_equal(network(mini().weights)(photos(FEW).inputs), np.argmax(x, axis=1))


def test_eight_bits_cost_nothing_and_two_cost_everything(demo: Bits) -> None:
    right = {}
    for bits in (8, 2):
        demo.measuring.want(Setting(bits, per_channel=False))
        assert demo.measuring.wait(60)
        right[bits] = demo.measuring.right(Setting(bits, per_channel=False))
    floats = demo.measuring.right(FLOAT32)
    assert floats is not None
    assert floats > 0.85
    assert right[8] == pytest.approx(floats, abs=0.02)
    assert right[2] == pytest.approx(0.1, abs=0.1)


class Asked:
    """Makes networks, and keeps for which settings."""

    def __init__(self) -> None:
        self.settings: list[Setting] = []

    def __call__(self, setting: Setting) -> Answering:
        self.settings.append(setting)
        return network(mini().weights)


def test_what_has_been_answered_is_kept_and_each_batch_is_told() -> None:
    asked, told = Asked(), []
    measuring = Measuring(asked, photos(FEW), lambda: told.append(1))
    setting = Setting(5, per_channel=True)
    assert measuring.right(setting) is None
    for _ in range(2):
        measuring.want(setting)
        assert measuring.wait(60)
    assert asked.settings == [setting, FLOAT32]
    assert len(told) == 2 * FEW / BATCH
    assert measuring.right(setting) == np.mean(network(mini().weights)(photos(FEW).inputs) == photos(FEW).labels)


def test_what_is_wanted_now_goes_before_what_was_wanted_and_that_is_finished_when_it_is_wanted_again() -> None:
    first, second = Setting(8, per_channel=False), Setting(7, per_channel=False)
    asked, seen = Asked(), []

    def turn() -> None:
        if not seen:
            measuring.want(second)
        seen.append([int((measuring.answers(setting) >= 0).sum()) for setting in (first, second)])

    measuring = Measuring(asked, photos(FEW), turn)
    measuring.want(first)
    assert measuring.wait(60)
    assert seen[:3] == [[BATCH, 0], [BATCH, BATCH], [BATCH, FEW]]
    measuring.want(first)
    assert measuring.wait(60)
    assert measuring.right(first) is not None


def test_a_closed_demo_measures_no_more(demo: Bits) -> None:
    told: list[int] = []
    demo.changed = lambda: (told.append(1), demo.close())[0]
    demo.scene(begin(demo), VIEWS[0])
    assert demo.measuring.wait(60)
    assert told == [1]
    demo.scene(begin(demo), VIEWS[0])
    assert demo.measuring.wait(60)
    assert told == [1]


def test_python_ends_well_in_the_midst_of_measuring() -> None:
    code = (
        "import threading; from aics.demos.demo import View; from aics.lab4_dlp.demos.bits import Bits; told = "
        "threading.Event(); demo = Bits(); demo.changed = told.set; "
        "demo.scene({c.name: c.value for c in demo.controls}, View()); assert told.wait(60)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_every_choice_gives_a_scene_that_can_be_read(demo: Bits, view: View) -> None:
    demo.measuring.close()
    for values in all_extremes(demo):
        for more in ({}, {"grids": PER_CHANNEL, "bits": 2}):
            expect_readable(demo.scene({**values, **more}, view), view)


def test_the_scene_says_what_was_measured(demo: Bits) -> None:
    values = begin(demo) | {"bits": 2}
    assert "being answered" in demo.scene(values, VIEWS[0]).alt
    demo.measuring.wait(60)
    scene = demo.scene(values, VIEWS[0])
    answers = demo.measuring.answers(Setting(2, per_channel=False))
    right, most = int(np.sum(answers == photos(COUNT).labels)), int(np.bincount(answers).max())
    assert f"{right} right, {most} × " in scene.markup
    assert f"{right} of {COUNT} right" in demo.scene(values, View(780, 300, 32)).markup  # no room for more
    assert f"{100 * right / COUNT:.0f} % of {COUNT} pictures are named right" in scene.alt


def test_a_column_that_is_pointed_at_is_its_bits(demo: Bits) -> None:
    for view in VIEWS:
        columns = parts_of(view).columns
        if columns is None:
            continue
        found = [
            demo.pointed(columns.x + (k + 0.5) * columns.width / 8, columns.y + 1, begin(demo), view) for k in range(8)
        ]
        assert found == [{}, *({"bits": bits} for bits in range(8, 1, -1))]
        assert demo.pointed(0, 0, begin(demo), view) == {}


def test_arrow_keys_stay_within_what_can_be_chosen(demo: Bits) -> None:
    values = begin(demo)
    assert demo.stepped(1, 0, values) == {"bits": 8}
    assert demo.stepped(-1, 0, values) == {"bits": 7}
    assert demo.stepped(-1, 0, values | {"bits": 2}) == {"bits": 2}
    assert demo.stepped(0, -1, values | {"layer": LAYERS[0]}) == {"layer": "conv1_1"}
    assert demo.stepped(0, 1, values | {"layer": LAYERS[0]}) == {"layer": "conv1_2"}
    assert demo.stepped(0, 1, values | {"layer": LAYERS[-1]}) == {"layer": "fc8"}


def test_a_students_own_functions_compute_where_they_are_exported(export: Export) -> None:
    assert Bits().whose() == FINISHED
    export("return 0, 1.0", "return 0, 2.0")
    grids = OwnGrids.exported()
    assert grids.own
    assert grids(np.zeros(3, np.float32), 4)[1] == 0.5
    for bits in range(2, 9):
        weight = mini().weights["conv2_1"]
        own, finished = (on_grid(weight, bits, True, rounding) for rounding in (grids, nearest))
        np.testing.assert_allclose(own.values, finished.values, atol=1e-6)
    assert Bits().whose() == OWN


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("return np.clip(q, -end, end - 1)", "return q / missing", "quantize in vgg19_demo.py stopped with NameError"),
        ("return np.clip(q, -end, end - 1)", "return q.ravel()[:2]", "quantize returned shape (2,)"),
        ("return 0, 1.0", "return 0", ""),
        ("import numpy as np", "import numpy as np\nimport not_there", "not_there"),
        ("import numpy as np", "import numpy as np\nraise SystemExit(3)", "SystemExit: 3"),
        ("largest = float(np.abs(x).max())", "return 0, -1.0", "position 0 and scale -1.0 make no grid"),
    ],
)
def test_own_code_that_stops_is_a_sentence_and_the_demo_goes_on(export: Export, old: str, new: str, said: str) -> None:
    export(old, new)
    demo = Bits()
    demo.measuring.close()
    values = begin(demo)
    assert said in demo.scene(values, VIEWS[0]).caption
    own = OwnGrids.exported()
    if not said:  # only what is all zero stops it
        assert own.own
        own(np.zeros(3, np.float32), 8)
        assert "TypeError" in own.trouble
    assert not own.own
    np.testing.assert_array_equal(own(mini().weights["fc8"], 4)[0], nearest(mini().weights["fc8"], 4)[0])


def test_a_stub_that_is_not_filled_is_not_used(export: Export) -> None:
    export("    end = 2 ** (bits - 1)\n    q =", '    raise NotImplementedError("lab 4")\n    q =')
    assert not OwnGrids.exported().own
    assert OwnGrids.exported().trouble == ""


def test_a_right_answer_has_a_ring_and_a_wrong_one_is_crossed_out() -> None:
    labels = photos(COUNT).labels
    answers = labels.copy()
    answers[:30] = (labels[:30] + 1) % 10
    answers[-50:] = -1
    drawn = ElementTree.fromstring(f"<svg>{draw_wall(Box(0, 0, 400, 200), answers, labels)}</svg>")
    pieces = {path.get("style", ""): path.get("d", "").count("M") for path in drawn.iter("path")}
    (rings,) = (count for style, count in pieces.items() if GREEN in style)
    (crosses,) = (count for style, count in pieces.items() if RED in style)
    (pale,) = (count for style, count in pieces.items() if "fill-opacity" in style)
    assert (rings, crosses, pale) == (COUNT - 80, 30, 80)


@pytest.mark.parametrize(("bits", "per_channel", "lines"), [(2, False, 3), (4, False, 15), (3, True, 8 * 7)])
def test_the_histogram_has_a_line_for_each_value_that_is_left(bits: int, per_channel: bool, lines: int) -> None:
    weight = mini().weights["conv2_1"]
    drawn = draw_histogram(Box(0, 0, 600, 300), weight, on_grid(weight, bits, per_channel, nearest), "", 16)
    paths = ElementTree.fromstring(f"<svg>{drawn}</svg>").iter("path")
    assert sum(path.get("d", "").count("M") for path in paths) == lines
