"""A run can be stopped anywhere and goes on as if nothing had happened."""

from __future__ import annotations

import numpy as np
import pytest

from aics.lab5_style_transfer import picture_run
from aics.lab5_style_transfer.picture_run import PictureRun
from aics.notebook import resumable
from aics.notebook.resumable import RunError


class Momentum:
    """An optimizer with an array that it changes in place, and a count."""

    def __init__(self):
        self.speed, self.step = np.zeros((1, 3, 2, 2)), 0

    def update(self, image, grad):
        self.step += 1
        self.speed *= 0.5
        self.speed += grad
        image -= self.speed / self.step  # in place, too
        return image


START = np.arange(12.0).reshape(1, 3, 2, 2)


def begin(stops=()):
    """A run whose steps are interrupted, late in the step, at these calls."""
    optimizer, calls = Momentum(), []

    def step(image):
        calls.append(len(calls))
        loss = float(np.sum(image**2))
        image = optimizer.update(image, 0.1 * image)
        if calls[-1] in stops:
            raise KeyboardInterrupt
        return image, (loss, loss / 2, loss / 3)

    return PictureRun(step, START, optimizer), optimizer


def finished(run, until=10):
    """Go on after every interrupt."""
    while run.step < until:
        try:
            for _ in run.frames(until, every=0):
                pass
        except KeyboardInterrupt:
            continue
    return run


def same(a, b):
    assert a.losses == b.losses
    np.testing.assert_array_equal(a.image, b.image)
    assert list(a.film) == list(b.film)


@pytest.mark.parametrize("stops", [{0}, {3}, {2, 3, 4}, {9}, set(range(0, 20, 2))])
def test_an_interrupted_run_ends_where_an_uninterrupted_one_does(stops):
    run, optimizer = begin(stops)
    other, untouched = begin()
    same(finished(run), finished(other))
    assert optimizer.step == untouched.step == 10
    np.testing.assert_array_equal(optimizer.speed, untouched.speed)


def test_a_step_that_fails_changes_nothing():
    run, _ = begin(stops={1})
    run.advance()
    before = run.now
    with pytest.raises(KeyboardInterrupt):
        run.advance()
    assert run.now is before


def test_the_start_is_a_copy():
    start = START.copy()
    run = PictureRun(lambda image: (image + 1, (0, 0, 0)), start)
    start += 5
    np.testing.assert_array_equal(run.image, START)


def test_frames_come_at_the_end_and_not_more_often_than_asked_for(monkeypatch):
    clock = iter(np.arange(0, 100, 0.1))
    for module in (resumable, picture_run):
        monkeypatch.setattr(module, "perf_counter", lambda: next(clock))
    run, _ = begin()
    seen = [frame.step for frame in run.frames(10, every=1.0)]
    assert seen[-1] == 10
    assert 1 < len(seen) < 6
    assert [frame.step for frame in run.frames(10)] == [10]  # nothing left to do: one frame all the same


def test_a_caller_may_stop_by_leaving_the_loop():
    run, _ = begin()
    for frame in run.frames(10, every=0):
        if frame.step == 4:
            break
    assert run.step == 4
    assert finished(run).step == 10


def test_numbers_that_are_not_finite_end_the_run_and_keep_the_last_good_picture():
    run = PictureRun(lambda image: (image / 0, (1.0, 1.0, 1.0)), START)
    with np.errstate(all="ignore"), pytest.raises(RunError, match=r"Step 1 gave .* step length too large"):
        run.advance()
    np.testing.assert_array_equal(run.image, START)


@pytest.mark.parametrize("steps", [1, 63, 64, 65, 200])
def test_the_film_keeps_evenly_spread_pictures_and_the_first(steps):
    run = PictureRun(lambda image: (image + 1, (0, 0, 0)), START)
    for _ in run.frames(steps, every=9):
        pass
    kept = list(run.film)
    assert kept[0] == 0
    assert len(kept) <= picture_run.MOST_KEPT
    assert len(set(np.diff(kept))) == 1
    assert all(np.array_equal(picture, START + step) for step, picture in run.film.items())
    assert steps - kept[-1] < kept[1]


def test_a_saved_run_goes_on_elsewhere(tmp_path):
    run, _ = begin()
    list(run.frames(4))
    run.save(tmp_path / "cat.run")
    optimizer = Momentum()

    def step(image):
        loss = float(np.sum(image**2))
        return optimizer.update(image, 0.1 * image), (loss, loss / 2, loss / 3)

    again = PictureRun.load(tmp_path / "cat.run", step, optimizer)
    assert (again.step, optimizer.step, again.seconds) == (4, 4, run.seconds)
    same(finished(again), finished(run))
    assert [path.name for path in tmp_path.iterdir()] == ["cat.run"]


def test_saving_is_all_or_nothing(tmp_path, monkeypatch):
    run, _ = begin()
    path = run.save(tmp_path / "cat.run")
    before = path.read_bytes()

    def full(file, **_):
        file.write(b"half")
        raise OSError("no space left")

    monkeypatch.setattr(np, "savez", full)
    with pytest.raises(OSError, match="no space"):
        run.save(path)
    assert path.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["cat.run"]


def test_an_optimizer_that_holds_a_function_cannot_be_saved(tmp_path):
    optimizer = Momentum()
    optimizer.rule = lambda: None
    with pytest.raises(RunError, match="rule is no number and no array"):
        PictureRun(lambda image: (image, (0, 0, 0)), START, optimizer).save(tmp_path / "cat.run")
    assert list(tmp_path.iterdir()) == []


def test_files_that_hold_no_run_are_refused(tmp_path):
    (tmp_path / "text.run").write_text("not a run")
    np.savez(tmp_path / "other.npz", x=START)
    for name in ("text.run", "other.npz"):
        with pytest.raises(RunError, match=f"{name} holds no run"):
            PictureRun.load(tmp_path / name, lambda image: (image, (0, 0, 0)))
    path = begin()[0].save(tmp_path / "cat.run")
    with pytest.raises(RunError, match="an optimizer that holds speed, step"):
        PictureRun.load(path, lambda image: (image, (0, 0, 0)))
