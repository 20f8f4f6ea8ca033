"""A demo's page without its browser: choices, what goes wrong, the mouse, the arrow keys, reset and the projector."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

import numpy as np
import pytest
from PIL import Image

from aics.demos.controls import Choice, Control, Film, Numbers, Photo, Press, Slider, Toggle
from aics.demos.demo import Demo, Scene, Values, View
from aics.demos.look import PROJECTED
from aics.demos.page import DemoPage
from aics.demos.photo import REFUSED

KERNEL = ((1.0, 0.0, -1.0), (2.0, 0.0, -2.0))


class Everything(Demo):
    """Says what it was handed."""

    name, title, about, ask, keys = "everything", "Everything", "Has every control.", "What comes?", "Arrows move."
    draggable = True

    @property
    def controls(self) -> Sequence[Control]:
        return [
            Slider("whole", "Whole", 0, 10, 5),
            Slider("part", "Part", 0, 1, 0.5, 0.1),
            Slider("power", "Power", 0, 16, 3, unit="GB/s", power=True),
            Choice("word", "Word", ("red", "blue"), "red"),
            Toggle("yes", "Yes"),
            Press("go", "Go"),
            Film("frame", "Frame", 20),
            Numbers("kernel", "Kernel", KERNEL),
            Photo("photo", "Photo", longest=64),
        ]

    def scene(self, values: Values, view: View) -> Scene:
        if values["whole"] == 7:
            raise ValueError("seven")
        if values["whole"] == 8:
            raise NotImplementedError("conv_forward")
        shown = {name: value.shape if name == "photo" else value for name, value in values.items()}
        return Scene(f"<p>{shown} {view}</p>", alt=str(shown), caption="five > four")

    def pointed(self, x: float, y: float, values: Values, view: View) -> Values:
        return {"whole": min(round(10 * x / view.width), values["whole"]), "frame": int(y > 0)}

    def stepped(self, right: int, down: int, values: Values) -> Values:
        return {"whole": min(max(values["whole"] + right, 0), 6), "frame": max(values["frame"] + down, 0)}


@pytest.fixture
def page() -> DemoPage:
    return DemoPage(Everything())


def arrives(page: DemoPage, **message: object) -> None:
    """As if the browser had sent this."""
    page.stage._handle_custom_msg(message, [])


def test_a_demo_is_handed_what_is_chosen(page: DemoPage) -> None:
    values = dict(page.values)
    assert values.pop("photo").shape == (43, 64, 3)
    assert values == {
        **{"whole": 5, "part": 0.5, "power": 3, "word": "red", "yes": False, "go": 0, "frame": 0},
        "kernel": KERNEL,
    }
    assert type(values["whole"]) is int


@pytest.mark.parametrize(
    ("name", "value"),
    [("whole", 6), ("part", 0.7), ("word", "blue"), ("yes", True), ("frame", 9), ("kernel", ((1, 2), (3, 4)))],
)
def test_a_choice_is_drawn_at_once(page: DemoPage, name: str, value: object) -> None:
    before = page.stage.markup
    page.choosers[name].choose(value)
    assert page.stage.markup != before
    assert page.values[name] == value
    page.reset.click()
    assert page.stage.markup == before


def test_a_press_counts(page: DemoPage) -> None:
    page.choosers["go"].widget.click()
    page.choosers["go"].widget.click()
    assert "'go': 2" in page.stage.alt


def test_one_number_of_a_kernel_is_drawn(page: DemoPage) -> None:
    page.choosers["kernel"]._fields[1][2].value = 9
    assert page.values["kernel"] == ((1, 0, -1), (2, 0, 9))
    assert "9.0" in page.stage.alt


def test_the_mouse_and_arrow_keys_choose(page: DemoPage) -> None:
    page.stage.size = [500, 300]
    arrives(page, kind="point", x=100.0, y=20.0)
    assert (page.values["whole"], page.values["frame"]) == (2, 1)
    arrives(page, kind="step", right=3, down=-1)
    assert (page.values["whole"], page.values["frame"]) == (5, 0)


def test_the_stage_is_drawn_in_its_own_pixels_and_letters(page: DemoPage) -> None:
    page.stage.size = [611, 300]
    assert "width=611, height=300, label=16" in page.stage.markup
    page.project(True)
    assert f"width=611, height=300, label={PROJECTED}" in page.stage.markup


@pytest.mark.parametrize(("whole", "said"), [(7, "ValueError: seven"), (8, "a stub that is still empty")])
def test_code_that_raises_is_a_sentence_and_the_demo_goes_on(page: DemoPage, whole: int, said: str) -> None:
    before = page.stage.markup
    page.choosers["whole"].choose(whole)
    assert said in page.trouble.value
    assert "Traceback" not in page.trouble.value
    assert page.stage.markup == before
    page.choosers["whole"].choose(1)
    assert page.trouble.value == ""
    assert "'whole': 1" in page.stage.alt


def png(width: int, height: int, colour: str = "red") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(file, "png")
    return file.getvalue()


def upload(page: DemoPage, name: str, file: bytes) -> None:
    """As if somebody had chosen a file."""
    came = {"name": name, "type": "", "size": len(file), "content": memoryview(file), "last_modified": datetime.now()}
    page.choosers["photo"].upload.value = (came,)


def test_a_photo_of_ones_own_is_chosen_and_made_small(page: DemoPage) -> None:
    upload(page, "mine.png", png(640, 320))
    assert page.values["photo"].shape == (32, 64, 3)
    assert (page.values["photo"] == (255, 0, 0)).all()


def test_another_photo_of_the_same_name_takes_its_place(page: DemoPage) -> None:
    for colour in ("red", "blue"):
        page.choosers["photo"].take("webcam", png(8, 8, colour))
    assert np.array_equal(page.values["photo"][0, 0], (0, 0, 255))


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (b"Dear Sir", "is no picture that can be read here"),
        (png(64, 64)[:90], "is no picture that can be read here"),
        (b"", "is no picture that can be read here"),
        (png(10_000, 10_000), "too many pixels"),
    ],
    ids=["a letter", "half a file", "nothing", "100 megapixels"],
)
def test_a_file_that_is_no_photo_is_a_sentence(page: DemoPage, file: bytes, said: str) -> None:
    before = page.stage.markup
    upload(page, "file.png", file)
    assert said in page.trouble.value
    assert page.stage.markup == before


def test_of_an_animated_file_the_first_picture_is_taken(page: DemoPage) -> None:
    file = io.BytesIO()
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    frames[0].save(file, "gif", save_all=True, append_images=frames[1:])
    page.choosers["photo"].take("film.gif", file.getvalue())
    assert np.array_equal(page.values["photo"][0, 0], (255, 0, 0))


def test_a_refused_webcam_is_a_sentence(page: DemoPage) -> None:
    page.choosers["photo"].webcam._handle_custom_msg({"kind": "refused", "why": "NotAllowedError"}, [])
    assert REFUSED in page.trouble.value


def test_two_pages_share_nothing(page: DemoPage) -> None:
    other = DemoPage(Everything())
    before = other.stage.markup
    page.choosers["whole"].choose(1)
    page.choosers["photo"].take("mine.png", png(8, 8))
    assert other.stage.markup == before
