"""The studio as a page: choose two pictures, start, watch, stop, go on, save; driven in Chromium."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from aics.data.pictures import SHORTEST_SIDE
from autograder.authoring.start import finished_files, start_files
from autograder.course import Lab
from tests.browser.conftest import STUDENT
from tests.browser.painting import Painting
from tests.browser.servers import studio

LAB = Lab("lab5_style_transfer")

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    if not (STUDENT / "aics").exists():
        pytest.skip("no student environment: `make install` makes it")
    return tmp_path


@pytest.fixture
def painting(page, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Painting]:
    """The page with the finished code and an empty cache, opened and set to something small."""
    monkeypatch.setenv("AICS_CACHE", str(folder / "cache"))
    for name, text in finished_files(LAB).items():
        (folder / name).write_text(text)
    with studio(STUDENT / "aics", folder, folder) as address:
        opened = Painting(page, address)
        assert opened.chosen("weights") == "vgg16-int8"
        opened.choose("weights", "mini")
        opened.write("longer side", "96")
        opened.says("64 x 96 pixels")  # what follows from the weights has come by then
        yield opened


def test_a_class_watches_stops_goes_on_and_saves(painting: Painting, folder: Path) -> None:
    painting.choose("photo", "coffee")
    painting.choose("painting", "wave")
    painting.write("steps", "400")
    painting.says(re.compile(r"64 x 96 pixels will need about \d+ MB"))
    painting.press("Start")
    first = painting.after(step=3)
    later = painting.after(step=first.step + 3)
    assert later.total < first.total
    assert later.picture != first.picture
    assert painting.button("Go on").is_disabled()
    painting.press("Stop")
    painting.says("Stopped after step")
    stopped = painting.frame()
    painting.page.wait_for_timeout(1500)
    assert painting.frame() == stopped
    painting.press("Go on")
    assert painting.after(step=stopped.step + 2).total < first.total
    painting.press("Stop")
    painting.says("Stopped after step")
    painting.press("Save")
    painting.says("Saved in")
    (saved,) = (folder / "saved").iterdir()
    assert str(saved) in painting.text
    with Image.open(saved / "painted.png") as picture:
        assert picture.size == (600, 400)
        assert np.asarray(picture).std() > 10


def test_the_embedded_vgg16_paints_too(painting: Painting) -> None:
    painting.choose("weights", "vgg16-int8")
    painting.says("64 x 96 pixels")
    painting.write("steps", "6")
    painting.press("Start")
    last = painting.after(step=6)
    assert last.total < 0.7 * last.start
    painting.says("All 6 steps are done.")


def test_a_picture_of_ones_own_and_what_is_no_picture(painting: Painting, folder: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (2500, 1700, 3), np.uint8)
    Image.fromarray(noise).save(folder / "mine.png")
    assert (folder / "mine.png").stat().st_size > 12e6, "larger than a websocket's usual 10 MB"
    painting.upload("photo", folder / "mine.png")
    painting.says("96 x 65 pixels")
    (folder / "letter.png").write_text("Dear students")
    painting.upload("painting", folder / "letter.png")
    painting.says("letter.png is no picture that can be read here.")
    Image.new("L", (3000, 30), 200).save(folder / "strip.jpg")
    painting.upload("photo", folder / "strip.jpg")
    painting.says(f"{SHORTEST_SIDE} x {100 * SHORTEST_SIDE} pixels")


def test_choices_that_cannot_work_are_a_sentence(painting: Painting) -> None:
    painting.write("ALPHA", "0")
    painting.write("BETA", "0")
    painting.press("Start")
    painting.says("ALPHA and BETA are both 0")


def test_where_lab_5_is_not_finished_one_sentence_says_what_to_do(page, folder: Path) -> None:
    for name, text in start_files(LAB).items():
        (folder / name).write_text(text)
    with studio(STUDENT / "aics", folder, folder) as address:
        page.goto(address)
        alert = page.get_by_role("alert")
        alert.wait_for()
        assert "Finish lab 5 and run its last cell" in alert.inner_text()
