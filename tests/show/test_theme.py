"""A picture's ink and paper are those of the page; its data are not."""

from __future__ import annotations

import re

import numpy as np
import pytest

from aics.card.theme import DRAWN_PAPER, INK, PAGE
from aics.show.figure import BLUE, PAPER, SKY, YELLOW, box, new_picture
from aics.show.inks import ON_LIGHT


def written(svg: str) -> list[str]:
    """The fills of a picture's texts, in their order."""
    texts = re.findall(r"<g style=\"fill: ([^;\"]+)(?:; opacity: [\d.]+)?\" transform=\"translate", svg)
    return [str(fill) for fill in texts]


def picture_of(face: str, ink: str | None = None) -> str:
    """A word on a field of one colour."""
    picture, (axis,) = new_picture(2, 1, alt="a word on a field")
    box(axis, 0, 0, 1, 1, fill=True, facecolor=face)
    axis.text(0.5, 0.5, "word", ha="center", **({"color": ink} if ink else {}))
    axis.set_axis_off()
    return picture.svg()


@pytest.mark.parametrize("face", [PAPER, "none", BLUE, YELLOW + "44"])
def test_a_word_on_what_is_dark_in_a_dark_theme_has_the_ink_of_the_page(face):
    assert written(picture_of(face)) == [INK]


@pytest.mark.parametrize("face", [SKY, YELLOW, "#FFFFFF", "#DDDDDD"])
def test_a_word_on_what_is_light_in_every_theme_stays_dark(face):
    assert written(picture_of(face)) == [ON_LIGHT]


def test_a_word_in_a_colour_of_its_own_keeps_it():
    assert written(picture_of(PAPER, "white")) == ["#ffffff"]


def test_data_that_are_white_stay_white():
    assert "fill: #ffffff" in picture_of("white")


def test_the_figure_stands_on_the_paper_of_the_page():
    svg = picture_of("none")
    assert f"fill: {PAGE}" in svg
    assert DRAWN_PAPER not in svg


def test_axes_ticks_and_titles_have_the_ink_of_the_page():
    picture, (axis,) = new_picture(3, 2, alt="a line with axes")
    axis.plot([0, 1], [0, 1], color=BLUE)
    axis.set_title("title")
    svg = picture.svg()
    assert set(written(svg)) == {INK}
    strokes = set(re.findall(r"stroke: ([^;\"]+)", svg))
    assert strokes == {INK, BLUE.lower()}


def test_two_pictures_of_a_page_share_no_name():
    names = [set(re.findall(r' id="([^"]+)"', picture_of(face))) for face in (SKY, YELLOW)]
    assert names[0]
    assert not names[0] & names[1]


def test_a_cloud_of_many_points_stays_small():
    picture, (axis,) = new_picture(3, 2, alt="a cloud of points")
    axis.scatter(*np.random.default_rng(0).normal(size=(2, 20_000)))
    assert len(picture.svg()) < 100_000
