"""A transfer in a thread: it begins, is watched, stops, goes on, and its errors are sentences."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from aics.data.pictures import embedded
from aics.lab5_style_transfer.memory import MemoryEstimate
from aics.lab5_style_transfer.studio.code import TransferCode
from aics.lab5_style_transfer.studio.errors import BadChoice, StudioError
from aics.lab5_style_transfer.studio.session import Phase, Session
from autograder.authoring.start import finished_files
from autograder.course import Lab
from tests.lab5_style_transfer.studio.conftest import SMALL, QuickVGG19, transfer_step


def until(condition, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.002)


def test_it_takes_the_steps_and_rests(session):
    session.begin(SMALL, steps=5)
    assert session.wait(20)
    assert (session.phase, session.trouble) == (Phase.RESTING, "")
    assert session.transfer.run.step == session.until == 5
    assert session.transfer.run.image.shape == (1, 3, 32, 48)


def test_beginning_returns_at_once_and_stopping_loses_nothing(session):
    session.begin(SMALL, steps=1_000_000)
    until(lambda: session.transfer and session.transfer.run.step > 3)
    assert session.phase is Phase.RUNNING
    session.stop()
    assert session.phase in (Phase.STOPPING, Phase.RESTING)
    assert session.wait(20)
    run = session.transfer.run
    assert run.step == len(run.losses) > 3


def test_it_goes_on_to_the_next_multiple_of_the_steps(session):
    session.begin(SMALL, steps=4)
    session.wait()
    session.go_on(steps=3)
    session.wait()
    assert session.transfer.run.step == session.until == 6
    session.go_on(steps=3)
    session.wait()
    assert session.transfer.run.step == 9


def test_stopped_and_continued_it_ends_where_it_would_have_without(code, pictures):
    def final(*pieces: int) -> np.ndarray:
        one = Session(lambda: code, pictures)
        one.begin(SMALL, steps=pieces[0])
        one.wait()
        for steps in pieces[1:]:
            one.go_on(steps)
            one.wait()
        return one.transfer.run.image

    np.testing.assert_array_equal(final(6), final(2, 3, 6))


def test_it_is_watched_from_the_first_phase_to_the_last(session):
    seen = []
    session.on_change = lambda: seen.append(session.phase)
    session.begin(SMALL, steps=3)
    session.wait()
    assert list(dict.fromkeys(seen)) == [Phase.PREPARING, Phase.RUNNING, Phase.RESTING]


def test_two_runs_at_a_time_are_refused(session):
    session.begin(SMALL, steps=1_000_000)
    with pytest.raises(StudioError, match="Stop it first"):
        session.begin(SMALL, steps=1)
    until(lambda: session.transfer)
    with pytest.raises(StudioError, match="Stop it first"):
        session.go_on(1)


def test_a_stop_while_it_is_being_prepared_counts(code, pictures):
    def slowly(*arguments, **choices):
        time.sleep(0.2)
        return code.begin_transfer(*arguments, **choices)

    session = Session(lambda: replace(code, begin_transfer=slowly), pictures)
    session.begin(SMALL, steps=1_000_000)
    session.stop()
    assert session.wait(20)
    assert session.transfer.run.step == 0


def test_the_network_is_built_once_for_its_weights(session):
    QuickVGG19.built = 0
    session.memory_estimate(SMALL)
    session.begin(SMALL, steps=1)
    session.wait()
    session.memory_estimate(replace(SMALL, longer=96))
    assert QuickVGG19.built == 1


def test_a_run_that_does_not_fit_into_memory_does_not_begin(session, monkeypatch):
    tight = MemoryEstimate(height=32, width=48, needed=9e9, free=1e9)
    monkeypatch.setattr("aics.lab5_style_transfer.studio.session.estimate_memory", lambda *_: tight)
    session.begin(SMALL, steps=1)
    session.wait()
    assert session.transfer is None
    assert "That is too much: take a smaller height." in session.trouble


def test_choices_that_cannot_work_are_refused_at_once(session):
    with pytest.raises(BadChoice, match="ALPHA and BETA are both 0"):
        session.begin(replace(SMALL, alpha=0.0, beta=0.0), steps=1)
    with pytest.raises(BadChoice, match="lr is 0"):
        session.begin(replace(SMALL, lr=0.0), steps=1)
    assert session.phase is Phase.EMPTY


def test_nothing_to_go_on_with_and_nothing_to_save(session, tmp_path):
    with pytest.raises(StudioError, match="no run to go on with"):
        session.go_on(1)
    with pytest.raises(StudioError, match="no picture to save"):
        session.save(tmp_path)


def empty_stub(goal, optimizer, image):
    raise NotImplementedError("lab 5, transfer_step: return the new image")


def mistaken(_goal, _optimizer, image):
    return image + np.zeros(7), (1, 1, 1)


ANSWERS = {
    "an empty stub": (empty_stub, "Not yet: this needs a stub that is still empty (lab 5, transfer_step"),
    "an error": (mistaken, "The code stopped with ValueError: operands could not be broadcast"),
    "its place": (mistaken, "in mistaken, line"),
    "no pair": (lambda _goal, _optimizer, image: image, "should return the pair (image, losses)"),
    "two losses": (lambda _goal, _optimizer, image: (image, (1, 2)), "wanted: total, content, style"),
    "another shape": (lambda _goal, _optimizer, image: (image[0], (1, 1, 1)), "it was (1, 3, 32, 48) before"),
    "infinite": (lambda _goal, _optimizer, image: (image * np.inf, (1, 1, 1)), "numbers that are not finite"),
}


@pytest.mark.parametrize(("step", "sentence"), ANSWERS.values(), ids=ANSWERS)
@pytest.mark.filterwarnings("ignore:invalid value:RuntimeWarning")
def test_mistaken_code_is_said_in_a_sentence_and_the_run_keeps_its_last_good_step(code, pictures, step, sentence):
    good = 2

    def after_two(goal, optimizer, image):
        return (transfer_step if optimizer.step < good else step)(goal, optimizer, image)

    session = Session(lambda: replace(code, transfer_step=after_two), pictures)
    session.begin(SMALL, steps=5)
    session.wait()
    assert sentence in session.trouble
    assert "\n" not in session.trouble
    assert session.transfer.run.step == good
    assert session.phase is Phase.RESTING


def test_a_saved_run_is_opened_elsewhere_and_goes_on_the_same_way(session, code, tmp_path):
    session.begin(SMALL, steps=4)
    session.wait()
    folder = session.save(tmp_path)
    with Image.open(folder / "painted.png") as painted:
        assert painted.size == (90, 60)
    other = Session(lambda: code, {})
    other.open(folder, steps=4)
    other.wait()
    assert (other.trouble, other.transfer.run.step, other.phase) == ("", 4, Phase.RESTING)
    assert set(other.pictures) == {"photo", "painting"}
    for one in (session, other):
        one.go_on(4)
        one.wait()
    np.testing.assert_array_equal(other.transfer.run.image, session.transfer.run.image)
    assert other.transfer.run.losses == session.transfer.run.losses


def test_it_can_be_saved_while_it_runs(session, tmp_path):
    session.begin(SMALL, steps=1_000_000)
    until(lambda: session.transfer and session.transfer.run.step > 2)
    folder = session.save(tmp_path)
    assert session.busy
    assert {path.name for path in folder.iterdir()} >= {"painted.png", "run.npz", "choices.json"}


def test_with_the_finished_lab_the_loss_falls(tmp_path):
    for name, text in finished_files(Lab("lab5_style_transfer")).items():
        (tmp_path / name).write_text(text)
    code = TransferCode.exported(tmp_path)
    session = Session(lambda: code, embedded())
    session.begin(replace(SMALL, content="coffee", style="wave"), steps=6)
    session.wait()
    assert session.trouble == ""
    total = [losses[0] for losses in session.transfer.run.losses]
    assert total[-1] < 0.7 * total[0]
    assert session.transfer.net.backward_all == session.transfer.net.backward_once
