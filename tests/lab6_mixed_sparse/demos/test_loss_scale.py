"""Loss scaling: shares against the cast itself, gradients against the definition, the scale's way against the lab's."""

from __future__ import annotations

from time import monotonic, sleep

import numpy as np
import pytest

from aics.lab6_mixed_sparse.demos.half_range import HIGH, LOW, Gradient
from aics.lab6_mixed_sparse.demos.lenet import digits, first_params
from aics.lab6_mixed_sparse.demos.loss_scale import BY_HAND, BY_ITSELF, COMPUTING, PIECE, WHOLE, LossScale
from aics.lab6_mixed_sparse.demos.loss_scale_markup import percent
from aics.lab6_mixed_sparse.demos.training_scale import BATCH, FIRST_POWER, INTERVAL, PIECES, STEPS
from aics.notebook.earlier import FINISHED
from tests.demos.scenes import VIEWS, all_extremes, begin, expect_readable

DESK, PHONE = VIEWS[0], VIEWS[-1]


def computed(demo: LossScale) -> LossScale:
    """The demo once its thread has come to the end."""
    demo.scene(begin(demo), DESK)
    until = monotonic() + 60
    while len(demo._gradients.frames) < STEPS and monotonic() < until:
        sleep(0.01)
    assert len(demo._gradients.frames) == STEPS
    return demo


@pytest.fixture(scope="module")
def demo():
    """One demo that has computed all."""
    demo = computed(LossScale())
    yield demo
    demo.close()


def shares_of_the_cast(values: np.ndarray) -> list[float]:
    """What NumPy's own cast makes of these."""
    with np.errstate(over="ignore"):
        half = np.abs(values.astype(np.float16))
    kinds = [half == 0, (half > 0) & (half < 2.0**-14), (half >= 2.0**-14) & np.isfinite(half), np.isinf(half)]
    return [float(kind.mean()) for kind in kinds]


@pytest.mark.parametrize("power", [0, 1, 15, 40])
def test_the_shares_are_those_of_the_cast(power):
    rng = np.random.default_rng(power)
    values = (2.0 ** rng.uniform(-60, 20, 5000) * rng.choice([-1, 1], 5000)).astype(np.float32)
    scaled = (values * np.float32(2.0**power)).astype(np.float32)
    assert list(Gradient(values).shares(power)) == pytest.approx(shares_of_the_cast(scaled))


@pytest.mark.parametrize("edge", [2.0**-25, 2.0**-24, 2.0**-14 - 2.0**-25, 2.0**-14, 65504, 65520])
def test_at_the_edges_it_is_the_rounding_that_decides(edge):
    near = np.float32(edge)
    for value in (near, np.nextafter(near, np.float32(0)), np.nextafter(near, np.float32(1e9))):
        assert list(Gradient(np.array([value, 0])).shares(0)) == shares_of_the_cast(np.array([value]))


def test_the_histogram_slides_by_as_many_bins_as_the_power_says():
    gradient = Gradient(2.0 ** np.random.default_rng(0).uniform(-30, -20, 1000))
    for power in (0, 7, 33):
        bins = gradient.bins(power)
        assert bins.sum() == pytest.approx(1)
        assert (np.roll(gradient.bins(0), power) == bins).all()


def test_what_lies_beyond_the_histogram_is_in_its_last_bins():
    bins = Gradient(np.array([2.0**-100, 2.0**100])).bins(0)
    assert bins[[0, -1]].tolist() == [0.5, 0.5]
    assert len(bins) == HIGH - LOW


def test_a_gradient_of_zeros_has_no_shares():
    assert sum(Gradient(np.zeros(3)).shares(0)) == 0


def test_the_gradients_are_those_of_the_definition(demo):
    """Forward and back in float64, written out."""
    params = {name: part.astype(np.float64) for name, part in first_params(np.random.default_rng(0)).items()}
    pictures, labels = (part[:BATCH] for part in digits("train"))
    inputs, x = [], pictures.astype(np.float64)
    for name in ("fc1", "fc2", "fc3"):
        inputs.append(x)
        x = x @ params[f"{name}/weight"] + params[f"{name}/bias"]
        x = np.maximum(x, 0) if name != "fc3" else x
    prob = np.exp(x - x.max(axis=1, keepdims=True))
    d = (prob / prob.sum(axis=1, keepdims=True) - np.eye(10)[labels]) / BATCH
    sizes = []
    for name, given in zip(("fc3", "fc2", "fc1"), reversed(inputs), strict=True):
        sizes.append(np.abs(given.T @ d).ravel())
        d = (d @ params[f"{name}/weight"].T) * (given > 0)
    right = np.sort(np.concatenate(sizes))
    got = demo._gradients.first[False]._sizes
    assert got[-1000:] == pytest.approx(right[-1000:], rel=1e-4)
    assert np.median(got) == pytest.approx(np.median(right[right > 1e-12]), rel=1e-2)


def test_a_piece_has_its_part_of_the_gradient(demo):
    whole, piece = (demo._gradients.first[kind] for kind in (False, True))
    assert piece.largest == pytest.approx(whole.largest / PIECES, rel=1e-5)


def test_the_scale_goes_the_labs_way(demo, names):
    scaler = {"scale": 2.0**FIRST_POWER, "clean": 0}
    for frame in demo._gradients.frames:
        assert frame.power == np.log2(scaler["scale"])
        gradient = np.array([np.inf if frame.skipped else 1.0])
        scaler, taken = names["adjust_scale"](scaler, {"fc1/weight": gradient}, INTERVAL)
        assert taken is not frame.skipped
        assert frame.skipped == (frame.shares.infinite > 0)
    assert any(frame.skipped for frame in demo._gradients.frames[30:]), "it feels its way along the edge"


def test_the_labs_picture_and_the_demo_agree(demo, names):
    powers = range(0, 49, 6)
    gradient = demo._gradients.first[True]
    for power in powers:
        vanished, subnormal, overflowed = (
            mask.mean() for mask in names["underflow"](gradient._sizes.astype(np.float32) * np.float32(2.0**power))
        )
        shares = gradient.shares(power)
        assert (vanished, subnormal, overflowed) == pytest.approx((shares.vanished, shares.subnormal, shares.infinite))


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_every_extreme_gives_a_scene(demo, view):
    for way in ({}, {"way": BY_ITSELF}, {"batch": WHOLE}):
        for values in all_extremes(demo):
            expect_readable(demo.scene({**values, **way}, view), view)


def test_the_first_scene_does_not_wait_for_the_gradients():
    demo = LossScale()
    demo._gradients.begin = lambda: None
    scene = demo.scene(begin(demo), PHONE)
    assert scene.alt == COMPUTING
    expect_readable(scene, PHONE)


def test_arrow_keys_double_and_halve_and_stay_on_the_slider(demo):
    values = {**begin(demo), "power": 47}
    assert demo.stepped(1, 0, values) == demo.stepped(1, 0, {**values, "power": 48}) == {"power": 48}
    assert demo.stepped(-1, 0, {**values, "power": 0}) == {"power": 0}
    assert demo.stepped(1, 0, {**values, "way": BY_ITSELF, "step": STEPS - 1}) == {"step": STEPS - 1}


def test_the_slider_finds_the_scale_by_hand_and_the_film_lets_it_find_itself(demo):
    values = begin(demo)
    assert demo.chosen("power", {**values, "way": BY_ITSELF}) == {"way": BY_HAND}
    assert demo.chosen("step", values) == {"way": BY_ITSELF}
    assert demo.chosen("way", values) == {}


def test_what_is_nearly_nothing_is_not_nothing():
    assert [percent(share) for share in (0, 1e-6, 0.254, 0.999, 1)] == ["0 %", "< 1 %", "25 %", "> 99 %", "100 %"]


def test_a_students_layer_that_fails_is_named_and_the_demo_goes_on(tmp_path, monkeypatch):
    own = tmp_path / "lab2_layers" / "stu_upload"
    own.mkdir(parents=True)
    for file in ("layers_1", "layers_2"):
        source = (FINISHED / f"{file}.py").read_text("utf-8")
        own.joinpath(f"{file}.py").write_text(source.replace("dw = Gemm", "dw = Gem"), "utf-8")
    (tmp_path / "lab6_mixed_sparse").mkdir()
    monkeypatch.chdir(tmp_path / "lab6_mixed_sparse")
    demo = computed(LossScale())
    assert "your own" in demo.whose()
    caption = demo.scene({**begin(demo), "batch": PIECE}, DESK).caption
    assert "layers_1.py stopped with" in caption
    assert "Finished layers" in caption
