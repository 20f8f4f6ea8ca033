"""The page: its buttons, what it says, and what it shows; without a browser."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from aics.data.pictures import embedded
from aics.lab5_style_transfer.studio import open_studio
from aics.lab5_style_transfer.studio.choices import Choices
from aics.lab5_style_transfer.studio.page import Studio
from aics.language import speaking
from tests.lab5_style_transfer.studio.conftest import png


@pytest.fixture
def page(session, tmp_path) -> Studio:
    session.pictures |= embedded()
    opened = Studio(session, tmp_path / "saved")
    opened.controls.weights.value = "mini"
    opened.controls.longer.value = 64
    opened.controls.steps.value = 3
    return opened


def press(page: Studio, name: str) -> None:
    getattr(page, name).click()
    assert page.session.wait(20)


def enabled(page: Studio) -> set[str]:
    buttons = ("start", "stop", "go_on", "start_over", "save", "reopen")
    return {name for name in buttons if not getattr(page, name).disabled}


def bring(page: Studio, kind: str, name: str, file: bytes) -> None:
    came = {"name": name, "type": "", "size": len(file), "content": memoryview(file)}
    came["last_modified"] = datetime.now(UTC)
    getattr(page.controls, kind).upload.value = (came,)


def test_the_buttons_say_what_can_be_done(page):
    assert enabled(page) == {"start"}
    page.start.click()
    assert enabled(page) <= {"stop", "save", "go_on", "start_over"}
    page.session.wait()
    assert enabled(page) == {"go_on", "start_over", "save"}
    press(page, "save")
    assert enabled(page) == {"go_on", "start_over", "save", "reopen"}


def test_the_memory_is_said_before_a_run(page):
    assert "43 x 64 pixels will need about" in page.estimate.value
    page.controls.longer.value = 128
    assert "85 x 128 pixels" in page.estimate.value


def test_picture_and_losses_are_shown_with_alt_text(page):
    press(page, "start")
    assert 'alt="The picture after 3 steps"' in page.frame.value
    assert "step 3 of 3: total loss" in page.frame.value
    assert "All 3 steps are done." in page.status.value


def test_saved_and_opened_again(page):
    press(page, "start")
    press(page, "save")
    assert "Saved in" in page.status.value
    page.controls.noise.value = 0.1
    page.controls.photo.name.value = "coffee"
    press(page, "go_on")
    press(page, "reopen")
    assert page.session.transfer.run.step == 3
    assert page.controls.choices == page.session.transfer.choices == Choices(weights="mini", longer=64, beta=500.0)


def test_an_own_picture_can_be_chosen_on_both_sides(page):
    bring(page, "painting", "mine.png", png(90, 30))
    assert page.controls.choices.style == "mine.png"
    assert page.controls.choices.content == "cat"
    assert "mine.png" in page.controls.photo.name.options
    bring(page, "photo", "mine.png", png(50, 50))
    assert "64 x 64 pixels" in page.estimate.value


def test_what_is_no_picture_is_said_and_changes_nothing(page):
    before = page.controls.choices
    bring(page, "photo", "letter.txt", b"Dear <b>students</b>")
    assert "letter.txt is no picture that can be read here" in page.status.value
    assert page.controls.choices == before


def test_an_error_is_text_and_never_markup(page):
    page.session.trouble = "<script>alert(1)</script>"
    page._refresh()
    assert "<script" not in page.status.value


def test_a_network_that_cannot_be_drawn_is_said_in_the_pictures_place(page):
    press(page, "start")
    del page.session.transfer.net.image_mean
    press(page, "go_on")
    assert "AttributeError" in page.frame.value
    assert enabled(page) == {"go_on", "start_over", "save"}


def test_size_and_beta_follow_the_weights_until_somebody_sets_them(page):
    controls = page.controls
    controls.weights.options = ["mini", "vgg16-conv"]
    controls.weights.value, controls.longer.value, controls.beta.value = "mini", 192, 7.0
    controls._follow_weights({"old": "mini", "new": "vgg16-conv"})
    assert (controls.longer.value, controls.beta.value) == (144, 7.0)


def test_the_embedded_vgg16_is_chosen_where_nothing_better_was_fetched(session, tmp_path, monkeypatch):
    monkeypatch.setenv("AICS_CACHE", str(tmp_path / "cache"))
    session.pictures |= embedded()
    choices = Studio(session, tmp_path / "saved").controls.choices
    assert choices == Choices() == Choices.usual("vgg16-int8")
    assert choices.longer == 192


def test_as_text_it_is_one_line(page):
    said = page._repr_mimebundle_()["text/plain"]
    assert said.startswith("The studio: choose a photo and a painting")
    assert "\n" not in said


def test_without_exported_files_it_is_one_sentence(tmp_path, monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", shown.append)
    open_studio(tmp_path)
    assert "Finish lab 5 and run its last cell" in shown[0].data


def test_the_variable_names_another_folder(tmp_path, monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", shown.append)
    monkeypatch.setenv("AICS_STUDIO", str(tmp_path / "elsewhere"))
    open_studio("../lab5_style_transfer/stu_upload")
    assert f"is not in {tmp_path / 'elsewhere'}" in shown[0].data


def test_in_a_notebook_the_code_is_looked_up_when_it_is_needed(code, monkeypatch):
    shown, names = [], {}
    monkeypatch.setattr("IPython.display.display", shown.append)
    open_studio(names)
    (page,) = shown
    press(page, "start")
    assert "Not defined: VGG19, begin_transfer, transfer_step" in page.status.value
    names |= vars(code)
    page.controls.steps.value = 2
    press(page, "start")
    assert page.session.transfer.run.step == 2


def test_its_thread_speaks_the_language_of_whoever_pressed_the_button(session, tmp_path):
    session.pictures |= embedded()
    with speaking("zh"):
        page = Studio(session, tmp_path / "saved")
        page.controls.steps.value = 2
        assert page.start.description == "开始"
        assert "猫" in page.controls.photo.name.options
        press(page, "start")
    assert "2 步都走完了。" in page.status.value
    assert 'alt="走了 2 步的图像"' in page.frame.value
    assert page.session.transfer.choices.content == "cat"
