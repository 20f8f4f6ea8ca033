"""A training is shown while it runs: where it is, how long it takes, and all its curves."""

from __future__ import annotations

import re
import time

import numpy as np
import pytest

from aics.lab6_mixed_sparse import pictures as show
from aics.lab6_mixed_sparse.pictures.training import TrainingFrame
from aics.notebook.training import Training
from tests.kernel import outputs, running

PICTURES, LABELS = np.zeros((50, 2)), np.zeros(50, int)


def step(state, *_):
    count = state["count"] + 1
    loss = np.nan if count == 3 else 1 / count
    return {"count": count}, {"loss": loss, "scale": 2.0 ** min(count, 60)}


def measure(state):
    count = state["count"]
    return {"accuracy": 0.1 + count / 1000, "density/fc1": 0.05, "density/<fc2>": count / 500}


def trained(epochs=3, batch=10, **kw):
    run = Training(step, {"count": 0}, PICTURES, LABELS, batch=batch, measure=measure, **kw)
    list(run.frames(epochs))
    return run


def page(frame: TrainingFrame) -> str:
    return frame._repr_mimebundle_()["text/html"]


def test_the_text_says_where_it_is_and_the_latest_numbers():
    said = repr(TrainingFrame(trained(), 4, note="2 s left."))
    assert said == (
        "epoch 3 of 4, step 15 of 20: loss 0.06667 (1 not finite); scale 2^15; accuracy 0.115; "
        "density fc1 0.05, <fc2> 0.03. 2 s left."
    )


def test_before_the_first_step_there_is_a_bar_and_no_curve():
    frame = TrainingFrame(Training(step, {"count": 0}, PICTURES, LABELS, batch=10), 4)
    assert repr(frame) == "epoch 0 of 4, step 0 of 20"
    assert '<progress value="0" max="20"' in page(frame)
    assert "<svg" not in page(frame)


def test_each_name_has_a_panel_and_parts_share_one():
    shown = page(TrainingFrame(trained(), 4))
    labels = re.findall(r'aria-label="(\w+) ', shown)
    assert labels == ["loss", "scale", "accuracy", "density"]
    assert shown.count("<polyline") == 5
    assert "<fc2>" not in shown


def test_a_start_far_from_all_that_follows_is_not_drawn():
    def look(state):
        return {"accuracy": 0.1 if state["count"] == 0 else 0.9 + state["count"] / 1000, "density": state["count"]}

    run = Training(step, {"count": 0}, PICTURES, LABELS, batch=10, measure=look)
    list(run.frames(5))
    counts = [len(points.split()) for points in re.findall(r'<polyline points="([^"]*)"', page(TrainingFrame(run, 5)))]
    assert counts == [24, 25, 5, 6]  # loss, which was not finite once, scale, accuracy, density


def test_only_the_curves_that_are_asked_for_are_drawn():
    shown = page(TrainingFrame(trained(), 4, curves=("density", "loss", "unknown")))
    assert re.findall(r'aria-label="(\w+) ', shown) == ["density", "loss"]


@pytest.mark.parametrize("log", [(), ("loss", "scale", "accuracy", "density")])
@pytest.mark.parametrize("epochs", [1, 2, 90])
def test_numbers_in_the_picture_are_finite_and_inside(epochs, log):
    shown = page(TrainingFrame(trained(epochs), epochs, log=log))
    for points in re.findall(r'points="([^"]*)"', shown):
        x, y = np.array([pair.split(",") for pair in points.split()], float).T
        assert ((x >= 52) & (x <= 330)).all()
        assert ((y >= 26) & (y <= 186)).all()


def test_a_long_training_stays_quick_to_draw():
    shown = page(TrainingFrame(trained(epochs=400), 400))
    assert len(shown) < 60_000
    assert "<polygon" in shown  # what lies between the points


@pytest.mark.parametrize("value", [0.0, -1.0, np.inf])
def test_a_curve_that_does_not_fit_its_scale_is_left_out(value):
    run = Training(lambda state, _x, _label: (state, {"loss": value}), {}, PICTURES, LABELS)
    list(run.frames(2))
    assert "<polyline" not in page(TrainingFrame(run, 2, log=("loss",)))


@pytest.fixture
def shown(monkeypatch):
    """Every state of the display, as text."""
    import IPython.display

    states = []

    class Handle:
        def update(self, frame):
            states.append(repr(frame))

    def display(frame, **_):
        states.append(repr(frame))
        return Handle()

    monkeypatch.setattr(IPython.display, "display", display)
    return states


def test_training_ends_in_one_picture(shown):
    run = Training(step, {"count": 0}, PICTURES, LABELS, batch=10)
    show.watch_training(run, 2, curves=("loss",))
    assert run.epoch == 2
    assert shown == ["epoch 0 of 2, step 0 of 10", "epoch 2 of 2, step 10 of 10: loss 0.1 (1 not finite). Done in 0 s."]
    show.watch_training(run, 2, curves=("loss",))
    assert shown[-1].endswith("loss 0.1 (1 not finite)")  # nothing was left to do


def test_the_time_left_is_that_of_the_rest_at_this_speed(shown, monkeypatch):
    run = Training(step, {"count": 0}, PICTURES, LABELS, batch=10)
    monkeypatch.setattr(run, "frames", lambda epochs: (run.advance() or run for _ in range(5 * epochs)))
    clock = iter(range(0, 10_000, 9))
    show.watch_training(run, 2, clock=lambda: next(clock))
    left = [re.search(r"\. (.*) left", state).group(1) for state in shown[1:-1]]
    assert left[:2] == ["1 min 21 s", "1 min 12 s"]
    assert left[-1] == "9 s"


def test_a_training_that_fails_says_where_and_why(shown):
    run = Training(lambda _state, _x, _label: 1 / 0, {}, PICTURES, LABELS)
    with pytest.raises(ZeroDivisionError):
        show.watch_training(run, 2)
    assert shown[-1] == "epoch 0 of 2, step 0 of 2. Failed after step 0."


BEGIN = """
import time
import numpy as np
from aics.lab6_mixed_sparse import pictures as show
from aics.notebook.training import Training

def step(state, *_):
    time.sleep(0.02)
    state["weight"] += 1
    return state, {"loss": 1 / state["weight"][0]}

run = Training(step, {"weight": np.zeros(3)}, np.zeros((100, 2)), np.zeros(100), batch=10)
"""
SAY = "print(run.step, *run.state['weight'], len(run.numbers['loss']))"


@pytest.mark.slow
def test_kernel_interrupt_keeps_what_was_trained_and_running_the_cell_again_goes_on():
    with running() as (manager, client):
        assert outputs(client, client.execute(BEGIN)) == []
        began = time.monotonic()
        training = client.execute("show.watch_training(run, 100)")
        shown = outputs(client, training, enough=3)
        manager.interrupt_kernel()
        shown += outputs(client, training)
        assert "KeyboardInterrupt" not in shown
        assert shown[0] == "epoch 0 of 100, step 0 of 1000"
        assert re.search(r"\. \d+ s left\.$", shown[1])
        assert "Run this cell again, and it goes on from there." in shown[-1]
        assert len(shown) <= 4 + 5 * (time.monotonic() - began)  # a few times a second
        (said,) = outputs(client, client.execute(SAY))
        done = int(said.split()[0])
        assert 0 < done < 1000
        assert said.split() == [str(done), *[f"{done}.0"] * 3, str(done)]
        epochs = done // 10 + 2
        shown = outputs(client, client.execute(f"show.watch_training(run, {epochs})"))
        assert re.search(r"Done in \d+ s\.$", shown[-1])
        (said,) = outputs(client, client.execute(SAY))
        assert said.split() == [str(10 * epochs), *[f"{10 * epochs}.0"] * 3, str(10 * epochs)]
