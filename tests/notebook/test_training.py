"""A training can be stopped anywhere and goes on as if nothing had happened."""

from __future__ import annotations

import numpy as np
import pytest

from aics.notebook import checkpoint, resumable
from aics.notebook.resumable import RunError
from aics.notebook.training import Training

RNG = np.random.default_rng(6)
PICTURES = RNG.normal(size=(37, 4)).astype(np.float32)
LABELS = (PICTURES.sum(axis=1) > 0).astype(np.int64)
START = {"params": {"fc/weight": np.full(4, 0.1, np.float32)}, "speed": np.zeros(4, np.float32), "lr": np.float32(0.5)}
#: 37 pictures make three batches of 10, and one of 7.
BATCH, STEPS = 10, 4


def step(state, x, label):
    """Logistic regression with momentum, which writes into the arrays that it was given."""
    weight, speed = state["params"]["fc/weight"], state["speed"]
    right = 1 / (1 + np.exp(-x @ weight))
    speed *= np.float32(0.9)
    speed += x.T @ (right - label).astype(np.float32) / len(x)
    weight -= state["lr"] * speed
    return state, {"loss": float(np.mean((right - label) ** 2)), "pictures": len(x)}


def after_epoch(state, epoch):
    return {**state, "lr": state["lr"] / np.float32(1 + epoch)}


def measure(state):
    return {"accuracy": np.mean((PICTURES @ state["params"]["fc/weight"] > 0) == LABELS), "lr": state["lr"]}


def begin(take=step, end=after_epoch, look=measure, **kw):
    return Training(take, START, PICTURES, LABELS, batch=BATCH, after_epoch=end, measure=look, **kw)


def stopping(function, stops):
    """The function, interrupted at the end of these calls of it."""
    calls = []

    def stopped(*args):
        calls.append(len(calls))
        result = function(*args)
        if calls[-1] in stops:
            raise KeyboardInterrupt
        return result

    return stopped


def finished(run, epochs=3):
    """Go on after every interrupt."""
    while run.epoch < epochs:
        try:
            for _ in run.frames(epochs, every=0):
                pass
        except KeyboardInterrupt:
            continue
    return run


def same(a, b):
    """To the last bit, all that they trained and recorded."""
    assert (a.step, a.epoch) == (b.step, b.epoch)
    for one, other in ((a.numbers, b.numbers), (a.measured, b.measured), (a.state["params"], b.state["params"])):
        assert one.keys() == other.keys()
        assert all(one[name].tobytes() == other[name].tobytes() for name in one)
    assert a.state["lr"] == b.state["lr"]
    assert type(a.state["lr"]) is type(b.state["lr"]) is np.float32


@pytest.mark.parametrize("stops", [{0}, {3}, {2, 3, 4}, {11}, set(range(0, 24, 2))], ids=str)
def test_an_interrupted_run_ends_where_an_uninterrupted_one_does(stops):
    same(finished(begin(stopping(step, stops))), finished(begin()))


@pytest.mark.parametrize("stops", [{0}, {1}, {0, 1, 3}], ids=str)
@pytest.mark.parametrize("place", ["end", "look"])
def test_an_interrupt_between_epochs_does_not_end_an_epoch_twice(place, stops):
    function = {"end": after_epoch, "look": measure}[place]
    same(finished(begin(**{place: stopping(function, stops)})), finished(begin()))


def test_a_step_that_is_interrupted_changes_nothing():
    run = begin(stopping(step, {1}))
    run.advance()
    before = run.state["params"]["fc/weight"].copy()
    with pytest.raises(KeyboardInterrupt):
        run.advance()
    np.testing.assert_array_equal(run.state["params"]["fc/weight"], before)
    assert run.step == 1


def test_the_start_is_a_copy_and_stays_as_it_was():
    finished(begin())
    np.testing.assert_array_equal(START["params"]["fc/weight"], np.full(4, 0.1, np.float32))


def test_each_epoch_meets_every_picture_once_in_an_order_of_its_own():
    met = []

    def look(state, x, _):
        met.append(x[:, 0])
        return state, {}

    finished(begin(look), epochs=2)
    assert [len(batch) for batch in met] == [10, 10, 10, 7] * 2
    first, second = np.concatenate(met[:STEPS]), np.concatenate(met[STEPS:])
    for epoch, order in enumerate((first, second)):
        np.testing.assert_array_equal(order, PICTURES[np.random.default_rng([0, epoch]).permutation(37), 0])
    assert not np.array_equal(first, second)


def test_another_seed_is_another_order():
    assert not np.array_equal(finished(begin(seed=1)).numbers["loss"], finished(begin()).numbers["loss"])


def test_numbers_are_recorded_by_step_and_measurements_by_epoch():
    run = finished(begin(), epochs=40)
    assert run.step == len(run.numbers["loss"]) == 40 * STEPS
    assert run.numbers["pictures"][:5].tolist() == [10, 10, 10, 7, 10]
    assert len(run.measured["accuracy"]) == 41
    assert run.measured["lr"][:4].tolist() == [0.5, 0.5, 0.25, np.float32(0.25) / np.float32(3)]


def test_a_run_that_has_not_begun_says_nothing():
    run = begin()
    assert (run.step, run.epoch, run.numbers, run.measured) == (0, 0, {}, {})
    assert [frame.step for frame in run.frames(0)] == [0]


def test_measuring_and_ends_of_epochs_are_optional():
    run = finished(Training(step, START, PICTURES, LABELS, batch=BATCH))
    assert (run.epoch, run.measured) == (3, {})


def test_frames_come_at_the_end_and_not_more_often_than_asked_for(monkeypatch):
    clock = iter(np.arange(0, 100, 0.1))
    monkeypatch.setattr(resumable, "perf_counter", lambda: next(clock))
    run = begin()
    seen = [frame.step for frame in run.frames(3, every=1.0)]
    assert seen[-1] == 12
    assert 1 < len(seen) < 8
    assert [frame.step for frame in run.frames(3)] == [12]  # nothing left to do: one frame all the same


def test_a_caller_may_stop_by_leaving_the_loop():
    run = begin()
    for frame in run.frames(3, every=0):
        if frame.step == 5:
            break
    assert run.step == 5
    same(finished(run), finished(begin()))


def test_a_loss_that_is_not_finite_is_recorded():
    def skip(state, x, _):
        return state, {"loss": np.inf if len(x) == 7 else np.nan}

    losses = finished(begin(skip), epochs=1).numbers["loss"]
    np.testing.assert_array_equal(losses, [np.nan, np.nan, np.nan, np.inf])


SPOILED = {
    "an array": {"params": {"fc/weight": np.array([1, np.nan])}},
    "a half": {"params": {"fc/weight": np.array([1, np.inf], np.float16)}},
    "a number": {"params": {"fc/weight": float("inf")}},
}


@pytest.mark.parametrize("state", SPOILED.values(), ids=SPOILED)
def test_a_state_that_is_not_finite_ends_the_training_and_the_good_one_stays(state):
    run = begin(lambda *_: (state, {"loss": 0.0}))
    with pytest.raises(RunError, match=r"Step 1 made params/fc/weight not finite.*smaller step length"):
        run.advance()
    assert run.step == 0
    np.testing.assert_array_equal(run.state["params"]["fc/weight"], START["params"]["fc/weight"])


def test_an_end_of_an_epoch_that_is_not_finite_is_said():
    run = begin(end=lambda state, _epoch: {**state, "lr": np.float32(np.nan)})
    with pytest.raises(RunError, match="after_epoch of epoch 0 made lr not finite"):
        finished(run)
    assert (run.step, run.epoch) == (STEPS, 0)


def test_other_names_than_before_are_said():
    names = iter(["loss", "cost"])
    run = begin(lambda state, _x, _label: (state, {next(names): 1.0}))
    with pytest.raises(RunError, match="step gave cost; the first time it gave loss"):
        finished(run)
    assert run.numbers["loss"].tolist() == [1.0]


@pytest.mark.parametrize(("labels", "batch", "said"), [(LABELS[:3], 10, "37 pictures and 3 labels"), (LABELS, 0, "0")])
def test_pictures_that_cannot_be_trained_with_are_said(labels, batch, said):
    with pytest.raises(RunError, match=said):
        Training(step, START, PICTURES, labels, batch=batch)


@pytest.mark.parametrize("steps", [0, 1, STEPS, STEPS + 1, 11])
def test_a_saved_run_goes_on_elsewhere_to_the_same_losses(steps, tmp_path):
    run = begin(seed=3)
    while run.step < steps:
        run.advance()
    run.save(tmp_path / "lenet.run")
    again = Training.load(
        tmp_path / "lenet.run", step, PICTURES, LABELS, batch=BATCH, after_epoch=after_epoch, measure=measure
    )
    assert (again.step, again.seed, again.now.seconds) == (steps, 3, run.now.seconds)
    same(finished(again), finished(begin(seed=3)))
    same(finished(run), finished(again))


def test_a_run_that_was_interrupted_at_the_end_of_an_epoch_can_be_saved_there(tmp_path):
    run = begin(end=stopping(after_epoch, {0}))
    with pytest.raises(KeyboardInterrupt):
        list(run.frames(3))
    path = run.save(tmp_path / "a.run")
    again = Training.load(path, step, PICTURES, LABELS, after_epoch=after_epoch, measure=measure)
    same(finished(again), finished(begin()))


def load(path, pictures=PICTURES, labels=LABELS, **kw):
    return Training.load(path, step, pictures, labels, **kw)


def test_other_pictures_labels_or_batches_are_refused(tmp_path):
    run = begin()
    run.advance()
    path = run.save(tmp_path / "a.run")
    other = PICTURES.copy()
    other[36, 3] += 1
    for pictures in (other, PICTURES[:30], PICTURES.astype(np.float64)):
        with pytest.raises(RunError, match=r"a\.run was trained with other pictures"):
            load(path, pictures, LABELS[: len(pictures)])
    with pytest.raises(RunError, match="other labels"):
        load(path, labels=1 - LABELS)
    with pytest.raises(RunError, match="batch = 10, not 20"):
        load(path, batch=20)
    assert load(path).batch == 10


def test_another_measurement_than_before_is_said(tmp_path):
    run = begin()
    run.advance()
    again = load(run.save(tmp_path / "a.run"))
    with pytest.raises(RunError, match="measure gave nothing; the first time it gave accuracy, lr"):
        finished(again)


def test_files_that_hold_no_training_are_refused(tmp_path):
    (tmp_path / "text.run").write_text("not a run")
    checkpoint.write(tmp_path / "other.run", {"state": {}})
    for name in ("text.run", "other.run"):
        with pytest.raises(RunError, match=f"{name} holds no training"):
            load(tmp_path / name)


def test_a_state_that_holds_a_function_trains_but_cannot_be_saved(tmp_path):
    run = Training(lambda state, _x, _label: (state, {}), {"rule": len}, PICTURES, LABELS)
    run.advance()
    with pytest.raises(RunError, match="state/rule is no number and no array"):
        run.save(tmp_path / "a.run")
    assert list(tmp_path.iterdir()) == []
