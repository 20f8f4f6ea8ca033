"""The film of sparse masks: one vector against the lab's functions, the recorded films, and the live training."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep

import numpy as np
import pytest

from aics.check.folder import data_folder
from aics.data.errors import DataError
from aics.demos.own import finished_code
from aics.lab6_mixed_sparse.demos import sparse_film, sparse_thread
from aics.lab6_mixed_sparse.demos.lenet import SIZES, LeNet, digits, first_params
from aics.lab6_mixed_sparse.demos.sparse import RUNNING, WAYS, SparseMasks
from aics.lab6_mixed_sparse.demos.sparse_film import (
    EPOCHS,
    EVERY,
    FILE,
    FRAMES,
    KEPT,
    Look,
    SparseFilm,
    packed,
    recorded,
    unpacked,
)
from aics.lab6_mixed_sparse.demos.sparse_markup import coloured, pixel_map
from aics.lab6_mixed_sparse.demos.sparse_trainers import OneVector, annealed, shared_out
from aics.notebook.earlier import PACKAGE
from autograder.authoring.start import finished_files
from tests.demos.scenes import VIEWS, all_extremes, begin, expect_readable
from tests.lab6_mixed_sparse.demos.conftest import LAB

ALL = sum(one * other for one, other in SIZES.values())


def net() -> LeNet:
    return LeNet(finished_code("layers").files["layers_1"])


def some_training(density: float = 0.05, seed: int = 0) -> OneVector:
    """A training some steps old, as its masks, weights and velocities go; the numbers are drawn."""
    rng = np.random.default_rng(seed)
    one = OneVector(net(), first_params(rng), density, seed)
    one.velocity = rng.normal(0, 1, one.velocity.shape).astype(np.float32) * np.repeat(
        [0.1, 1, 20], [235200, 30000, 1000]
    )
    return one


@pytest.mark.parametrize("density", [0.01, 0.05, 0.2, 0.9])
@pytest.mark.parametrize("rate", [0.5, 0.1, 0])
def test_one_vector_prunes_and_regrows_as_the_labs_functions_do(names, density, rate):
    one = some_training(density)
    velocities = {**one._pull, **one._apart(one.velocity)}
    params, masks = names["sparse_momentum_epoch"](dict(one.params), velocities, dict(one.masks), rate)
    pruned = {name: names["magnitude_prune"](one.params[name], mask, rate) for name, mask in one.masks.items()}
    between = one._apart(one.renew(rate))
    for name in masks:
        assert (between[name] == pruned[name]).all()
        assert (one.masks[name] == masks[name]).all()
        assert (one.params[name] == params[name]).all()


def test_a_whole_number_is_shared_out_as_the_lab_does(names):
    rng = np.random.default_rng(0)
    for _ in range(300):
        by, room = rng.random(4) * rng.integers(0, 2, 4), rng.integers(0, 40, 4)
        by = by if by.any() else np.ones(4)
        total = int(rng.integers(0, 150))
        right = names["redistribute"](total, dict(enumerate(by.tolist())), dict(enumerate(room.tolist())))
        got = shared_out(total, by, room)
        assert got.sum() == min(total, room.sum())
        assert (got <= room).all()
        assert np.abs(got - list(right.values())).max() <= 1, (total, by, room)


def test_a_step_is_the_labs_step(names):
    one = some_training()
    state = {
        "params": dict(one.params),
        "velocity": {**one._pull, **one._apart(one.velocity)},
        "masks": dict(one.masks),
    }
    x, label = (part[:100] for part in digits("train"))
    state, said = names["sparse_step"](names["lenet_300_100"](), state, x, label, 0.1)
    assert one.step(x, label, 0.1) == pytest.approx(said["loss"], rel=1e-5)
    for name, right in state["params"].items():
        np.testing.assert_allclose(one.params[name], right, rtol=0, atol=1e-5 * np.abs(right).max())


def test_the_rate_falls_along_the_labs_cosine():
    assert [annealed(epoch, 12) for epoch in (0, 5, 11)] == pytest.approx([0.4915, 0.25, 0], abs=1e-4)


def test_a_film_comes_back_out_of_its_small_arrays():
    one, film = some_training(), SparseFilm(losses=[2.5, 1.0], accuracy=[0.1, 0.9])
    film.looks = [Look.at(one.masks)]
    for rate in (0.5, 0.3):
        film.looks += [Look.at(one._apart(one.renew(rate))), Look.at(one.masks)]
    back = unpacked(packed(film))
    assert back.losses == film.losses
    assert back.accuracy == pytest.approx(film.accuracy)
    for got, right in zip(back.looks, film.looks, strict=True):
        assert (got.matrix == right.matrix).all()
        assert (got.pixels == right.pixels).all()
        assert (got.active == right.active).all()


@pytest.mark.parametrize("kept", KEPT)
def test_a_recorded_film_is_a_sparse_training(names, kept):
    """It begins where the lab's `begin_sparse` does, never has more weights, and beats masks as they were drawn."""
    known = recorded()
    film = known.films[kept]
    assert film.frames == FRAMES
    assert len(film.losses) == EPOCHS * 100 // EVERY
    begun = names["begin_sparse"](first_params(np.random.default_rng(0)), kept / 100, np.random.default_rng(0))
    first = Look.at(begun["masks"])
    assert (film.looks[0].matrix == first.matrix).all()
    assert (film.looks[0].pixels == first.pixels).all()
    active = [int(look.active.sum()) for look in film.looks]
    assert set(active[::2]) == {active[0]} == {round(kept / 100 * ALL)}
    assert max(active[1::2]) <= active[0]
    assert film.accuracy[-1] > known.as_drawn[kept][-1]
    assert film.looks[-1].pixels.reshape(28, 28)[7:21, 7:21].sum() > 0.5 * film.looks[-1].pixels.sum()


def test_the_film_of_5_percent_says_what_the_question_asks():
    """fc3 ends densest, and the network is within a few points of the one with all weights."""
    known = recorded()
    last = known.films[5].looks[-1].active / [one * other for one, other in SIZES.values()]
    assert last[2] > last[1] > last[0]
    assert known.dense[-1] - known.films[5].accuracy[-1] < 0.035


@pytest.mark.parametrize("content", [None, b"Dear Sir or Madam", "half"])
def test_a_missing_or_damaged_file_is_one_sentence(tmp_path, monkeypatch, content):
    whole = (data_folder() / FILE).read_bytes()
    if content is not None:
        (tmp_path / FILE).write_bytes(whole[: len(whole) // 2] if content == "half" else content)
    monkeypatch.setattr(sparse_film, "data_folder", lambda: tmp_path)
    with pytest.raises(DataError, match=r"is missing or damaged\. Take data/ from the labs' zip again\."):
        recorded()


@pytest.mark.parametrize("number", [0, 1, 2, 3, 20, FRAMES - 1])
def test_the_counts_and_colours_of_a_frame_are_its_masks(number):
    frame = recorded().films[5].frame(number)
    parts = frame.parts()
    shown = frame.before if frame.kind == "pruned" else frame.look
    assert (np.sum(list(parts.values()), axis=0) == shown.matrix).all()
    assert ((coloured(frame)[..., 3] > 0) == shown.matrix.T).all()
    assert not (parts["back"] & ~frame.ever).any()
    assert not (parts["grown"] & frame.ever).any()
    assert (pixel_map(frame)[..., 3] == 0).sum() == (frame.look.pixels == 0).sum()


@pytest.fixture(scope="module")
def demo():
    """One demo that shows what is recorded."""
    demo = SparseMasks()
    yield demo
    demo.close()


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_every_extreme_gives_a_scene(demo, view):
    for frame in (0, 2, 3, FRAMES - 1):
        for values in all_extremes(demo):
            expect_readable(demo.scene({**values, "frame": frame}, view), view)


def test_arrow_keys_step_through_the_film_and_stay_in_it(demo):
    values = begin(demo)
    assert demo.stepped(1, 0, values) == {"frame": 1}
    assert demo.stepped(-1, 0, values) == {"frame": 0}
    assert demo.stepped(1, 0, {**values, "frame": FRAMES - 1}) == {"frame": FRAMES - 1}


def wait_for(what, seconds: float = 120) -> None:
    until = monotonic() + seconds
    while not what() and monotonic() < until:
        sleep(0.02)
    assert what()


@pytest.fixture
def short(monkeypatch):
    """Trainings on a few digits."""
    monkeypatch.setattr(sparse_thread, "DIGITS", 1000)


@pytest.mark.usefixtures("short")
def test_train_again_shows_the_training_while_it_runs_and_then_its_film():
    demo, told = SparseMasks(), []
    demo.changed = lambda: told.append(1)
    values = {**begin(demo), "again": 1, "frame": FRAMES - 1}
    first = demo.scene(values, VIEWS[1])
    expect_readable(first, VIEWS[1])
    wait_for(lambda: demo._live.film.frames > 1)
    running = demo.scene(values, VIEWS[1])
    assert RUNNING.partition(":")[0] in running.caption or demo._live.film.frames == FRAMES
    wait_for(lambda: demo._live.film.frames == FRAMES)
    film = demo._live.film
    assert "Epoch 12, regrown" in demo.scene(values, VIEWS[1]).alt
    assert len(told) > EPOCHS
    assert {int(look.active.sum()) for look in film.looks[::2]} == {round(0.05 * ALL)}
    assert film.accuracy[-1] > 0.6
    other = demo.scene({**values, "kept": next(iter(WAYS))}, VIEWS[1])
    assert demo._live.film is film, "another fraction of weights is recorded, and starts no training"
    assert "20 % of the weights" in other.alt
    assert demo._film(5, 0) is not film, "reset goes back to what is recorded"


@pytest.mark.usefixtures("short")
def test_a_closed_demo_trains_no_further():
    demo = SparseMasks()
    demo.scene({**begin(demo), "again": 1}, VIEWS[1])
    wait_for(lambda: demo._live.film.frames > 1)
    demo.close()
    sleep(0.3)
    known = len(demo._live.film.losses)
    sleep(0.3)
    assert len(demo._live.film.losses) == known


@pytest.fixture
def own_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Writes the solution's file as a student exports it, with one change."""
    folder = tmp_path / "lab6_mixed_sparse" / PACKAGE
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder.parent)

    def write(old: str = "", new: str = "") -> None:
        text = finished_files(LAB)["sparse_momentum.py"]
        assert old in text
        (folder / "sparse_momentum.py").write_text(text.replace(old, new) if old else text, "utf-8")

    return write


@pytest.mark.usefixtures("short")
def test_a_students_own_functions_train(own_file):
    own_file()
    demo = SparseMasks()
    assert "your own functions" in demo.whose()
    demo.scene({**begin(demo), "again": 1}, VIEWS[1])
    wait_for(lambda: demo._live.film.frames == FRAMES)
    assert not demo._live.trouble


@pytest.mark.usefixtures("short")
def test_a_students_function_that_raises_is_named_and_the_demo_trains_on(own_file):
    own_file("    importance = layer_importance(velocities, masks)\n", "    1 / 0\n")
    demo = SparseMasks()
    values = {**begin(demo), "again": 1}
    demo.scene(values, VIEWS[1])
    wait_for(lambda: demo._live.trouble and demo._live.film.frames > 4)
    caption = demo.scene(values, VIEWS[1]).caption
    demo.close()
    assert "sparse_momentum_epoch in sparse_momentum.py stopped with ZeroDivisionError" in caption


@pytest.mark.usefixtures("short")
def test_a_students_file_that_cannot_be_imported_is_named(own_file):
    own_file("def regrow(", "def regrow")
    demo = SparseMasks()
    assert "the demo's own" in demo.whose()
    values = {**begin(demo), "again": 1}
    demo.scene(values, VIEWS[1])
    wait_for(lambda: demo._live.film.frames > 1)
    caption = demo.scene(values, VIEWS[1]).caption
    demo.close()
    assert "sparse_momentum.py of your own cannot be used" in caption
