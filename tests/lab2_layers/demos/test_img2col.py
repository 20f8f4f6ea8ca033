"""img2col beside the loops: the same sums at every frame, and a race that really runs."""

from __future__ import annotations

import threading
from itertools import product

import numpy as np
import pytest
from scipy.signal import correlate

from aics.demos.demo import View
from aics.demos.own import find_code
from aics.lab2_layers.demos import race as racing
from aics.lab2_layers.demos.img2col import Img2col
from aics.lab2_layers.demos.race import FAST, ROUNDS, SLOW, Race, race_kernels, ways
from aics.lab2_layers.demos.two_ways import ACROSS, COLUMNS, FRAMES, STOPS, WINDOWS, TwoWays
from tests.demos.scenes import VIEWS, all_extremes, begin, expect_nothing_cut_off, expect_readable
from tests.lab2_layers.demos.conftest import Export

pytestmark = pytest.mark.usefixtures("page_folder")
DESK, LOW = VIEWS[0], VIEWS[2]
#: Seconds after which a race of a small image is taken to be lost.
PATIENCE = 60.0


@pytest.fixture
def demo() -> Img2col:
    return Img2col()


@pytest.fixture
def small() -> np.ndarray:
    """An image for a race of a few milliseconds."""
    return np.random.default_rng(0).uniform(0, 255, (3, 9, 12)).astype(np.float32)


def film(demo: Img2col, frame: int) -> TwoWays:
    return demo._two_ways(begin(demo) | {"frame": frame})


def test_loops_and_matrix_product_come_to_the_sums_that_scipy_computes(demo: Img2col) -> None:
    ways_now = film(demo, FRAMES - 1)
    expected = [
        correlate(ways_now.image.astype(float), kernel.reshape(3, 3), mode="valid") for kernel in ways_now.filters
    ]
    np.testing.assert_allclose(ways_now.maps, expected, atol=0.01)
    np.testing.assert_allclose(ways_now.product.reshape(2, 4, 6), expected)


def test_each_column_is_the_window_that_the_loops_are_at(demo: Img2col) -> None:
    for frame in range(WINDOWS):
        now = film(demo, frame)
        h, w = now.place
        assert np.array_equal(now.columns[:, frame], now.image[h : h + 3, w : w + 3].ravel())
        assert now.filled == frame + 1
        assert now.done.sum() == frame + 1
        assert not now.multiplied


def test_the_product_comes_when_all_windows_are_columns_and_the_loops_go_on(demo: Img2col) -> None:
    after = film(demo, WINDOWS)
    assert after.multiplied
    assert (after.kernel, after.place) == (1, (0, 0))
    assert not after.done.all()
    assert film(demo, FRAMES - 1).done.all()
    assert film(demo, FRAMES - 1).ready


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_every_choice_gives_a_scene_that_can_be_read(demo: Img2col, view: View) -> None:
    for values in all_extremes(demo):
        scene = demo.scene(values, view)
        expect_readable(scene, view)
        expect_nothing_cut_off(scene, view)


def test_every_frame_is_told_apart_in_words_and_picture(demo: Img2col) -> None:
    scenes = [demo.scene(begin(demo) | {"frame": frame}, DESK) for frame in range(FRAMES)]
    assert len({scene.markup for scene in scenes}) == FRAMES
    assert len({scene.alt for scene in scenes}) == FRAMES


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_the_mouse_chooses_a_window_or_a_column(demo: Img2col, view: View) -> None:
    values = begin(demo)
    film = demo._film_at(values, view)
    cell, wide = film.image.width / COLUMNS, film.matrix.width / WINDOWS
    for frame in range(WINDOWS):
        h, w = divmod(frame, ACROSS)
        window = film.image.x + (w + 1.5) * cell, film.image.y + (h + 1.5) * cell
        column = film.matrix.x + (frame + 0.5) * wide, film.matrix.y + 1
        assert demo.pointed(*window, values, view) == demo.pointed(*column, values, view) == {"frame": frame}
    second = values | {"frame": STOPS - 1}
    assert demo.pointed(film.image.x, film.image.y, second, view) == {"frame": WINDOWS}


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_the_mouse_never_goes_beyond_the_film(demo: Img2col, view: View) -> None:
    values = begin(demo)
    places = product(np.linspace(-20, view.width + 20, 15), np.linspace(-20, view.height + 20, 11))
    moves = [demo.pointed(x, y, values, view) for x, y in places]
    assert {} in moves
    assert all(0 <= move["frame"] < FRAMES for move in moves if move)


def test_arrow_keys_go_to_the_next_window_and_row(demo: Img2col) -> None:
    values = begin(demo) | {"frame": 7}
    assert demo.stepped(1, 0, values) == {"frame": 8}
    assert demo.stepped(0, 1, values) == {"frame": 7 + ACROSS}
    assert demo.stepped(-1, -1, values) == {"frame": 0}
    assert demo.stepped(1, 1, values | {"frame": FRAMES - 1}) == {"frame": FRAMES - 1}


def raced(image: np.ndarray) -> Race:
    race = Race(image, lambda: None)
    race.begin(find_code("layers"))
    race.wait(PATIENCE)
    assert not race.running
    return race


@pytest.mark.parametrize("own", [False, True])
def test_both_ways_compute_the_same_in_turn(export: Export, small: np.ndarray, own: bool) -> None:
    if own:
        export()
    code = find_code("layers")
    assert code.own("layers_2") == own
    slow, fast = (way() for way in ways(code, small, threading.Event()).values())
    kernels = race_kernels()
    expected = [correlate(small, kernels[..., k], mode="valid")[0] for k in range(kernels.shape[-1])]
    np.testing.assert_allclose(slow, expected, rtol=1e-4, atol=0.02)
    np.testing.assert_allclose(fast, expected, rtol=1e-4, atol=0.02)
    race = raced(small)
    assert race.trouble == ""
    assert race.rounds == ROUNDS == len(race.seconds[SLOW])
    assert race.shown(FAST) == np.median(race.seconds[FAST]) > 0
    assert race.difference is not None
    assert race.difference < 1e-5


def test_the_slow_way_of_an_own_layer_is_its_loops(export: Export, small: np.ndarray) -> None:
    export("np.sum(window * kernel)", "np.sum(window * kernel) + 1000")
    race = raced(small)
    assert race.difference is not None
    assert race.difference > 0.1


@pytest.mark.parametrize("old", ["np.sum(window * kernel)", "filters.T @"])
@pytest.mark.parametrize(("new", "said"), [("nothing @", "NameError: "), ("exit(3) @", "SystemExit: 3")])
def test_an_own_layer_that_raises_ends_the_race_with_one_sentence(
    export: Export, small: np.ndarray, old: str, new: str, said: str
) -> None:
    export(old, new)
    race = raced(small)
    assert f"in layers_2.py stopped with {said}" in race.trouble
    assert race.rounds == 0


def test_an_own_layer_that_overwrites_its_input_does_not_change_the_photo(export: Export, small: np.ndarray) -> None:
    export("self.input = input  #", "input += 1  #")
    before = small.copy()
    assert np.array_equal(raced(small).image, before)


def pressed(demo: Img2col, times: int, **values: object) -> str:
    return demo.scene(begin(demo) | {"race": times} | values, DESK).caption


def test_a_press_begins_a_race_in_a_thread_and_its_bars_are_shown(
    export: Export, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(racing, "ENOUGH", 0.0)
    export()
    demo, drawn = Img2col(), threading.Event()
    demo.changed = drawn.set
    assert "round 1." in pressed(demo, 1)
    race = demo._race
    assert race is not None
    assert drawn.wait(PATIENCE)
    race.wait(PATIENCE)
    scene = demo.scene(begin(demo) | {"race": 1}, DESK)
    assert "8 feature maps of 144 x 96 pixels: " in scene.caption
    assert f"medians of {race.rounds} rounds" in scene.caption
    assert "times as fast" in scene.markup
    assert "times as fast." in scene.alt
    assert demo._race is race
    demo.close()


def test_a_race_ends_with_its_photo_with_reset_and_with_its_demo(demo: Img2col) -> None:
    for end in (
        lambda: pressed(demo, 1, photo=np.zeros((9, 9, 3), np.uint8)),
        lambda: pressed(demo, 0),
        demo.close,
    ):
        pressed(demo, 0)
        pressed(demo, 1)
        race = demo._race
        assert race is not None
        assert race.running
        end()
        assert demo._race is None
        told: list[int] = []
        demo.changed = lambda told=told: told.append(1)
        race.wait(PATIENCE)
        assert not race.running
        assert not told


def test_a_second_press_does_not_disturb_a_race(demo: Img2col) -> None:
    pressed(demo, 1)
    race = demo._race
    pressed(demo, 2)
    assert demo._race is race
    demo.close()


def test_a_low_stage_shows_the_race_until_the_film_goes_on(demo: Img2col) -> None:
    values = begin(demo)
    before = demo.scene(values, LOW).markup
    during = demo.scene(values | {"race": 1}, LOW).markup
    after = demo.scene(values | {"race": 1, "frame": 1}, LOW).markup
    assert "img2col" in before
    assert "img2col" not in during
    assert "img2col" in after
    demo.close()


def test_a_slow_race_ends_after_a_round(small: np.ndarray, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(racing, "ENOUGH", 0.0)
    assert raced(small).rounds == 1
