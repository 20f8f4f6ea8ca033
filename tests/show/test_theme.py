"""A picture's ink and paper are those of the page; its data are not."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from aics.card.theme import DRAWN_PAPER, INK, MUTED, PAGE, word_ink
from aics.card.theme import PAPER as PAPER_OF_A_CARD
from aics.show.figure import BLUE, GREEN, ORANGE, PALETTE, PAPER, SKY, YELLOW, box, new_picture
from aics.show.inks import ENOUGH, ON_DARK, ON_LIGHT, contrast, luminance


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


@pytest.mark.parametrize("face", [PAPER, "none", BLUE + "66", YELLOW + "44"])
def test_a_word_on_what_is_dark_in_a_dark_theme_has_the_ink_of_the_page(face):
    assert written(picture_of(face)) == [INK]


@pytest.mark.parametrize("face", [SKY, YELLOW, GREEN, "#FFFFFF", "#DDDDDD"])
def test_a_word_on_what_is_light_in_every_theme_stays_dark(face):
    assert written(picture_of(face)) == [ON_LIGHT]


@pytest.mark.parametrize("face", [BLUE, "#555555", "#000000"])
def test_a_word_on_what_is_dark_in_every_theme_stays_white(face):
    assert written(picture_of(face)) == [ON_DARK]


@pytest.mark.parametrize(("face", "ink"), [("white", "#005500"), (BLUE, "#f8f8f8")])
def test_a_word_in_a_colour_of_its_own_keeps_it_where_it_can_be_read(face, ink):
    assert written(picture_of(face, ink)) == [ink]


@pytest.mark.parametrize("ink", ["white", "#aaaaaa"])
def test_a_word_that_a_page_would_swallow_gets_ink(ink):
    assert written(picture_of(PAPER, ink)) == [INK]


@pytest.mark.parametrize("colour", PALETTE)
def test_a_word_in_a_colour_of_the_palette_is_mixed_with_ink(colour):
    assert written(picture_of(PAPER, colour)) == [word_ink(colour)]


def theme_of(name: str) -> dict[str, str]:
    """The variables of one of JupyterLab's themes, as nbconvert's pages bring them."""
    folder = Path(sys.prefix) / "share/jupyter/nbconvert/templates/lab/static"
    css = [(folder / file).read_text("utf-8") for file in ("index.css", f"theme-{name}.css")]
    return dict(re.findall(r"(--[\w-]+):\s*([^;]+);", "".join(css)))


def seen(colour: str, theme: dict[str, str], below: np.ndarray | None = None) -> np.ndarray:
    """A colour of a page as red, green and blue: variables are looked up, mixtures mixed, laid over what is below."""
    while found := re.match(r"var\((--[\w-]+)", colour):
        colour = theme[found[1]]
    if mixed := re.match(r"color-mix\(in srgb, (\S+) (\d+)%, (.+)\)$", colour):
        fraction = int(mixed[2]) / 100
        return fraction * seen(mixed[1], theme) + (1 - fraction) * seen(mixed[3], theme, below)
    if numbers := re.match(r"rgba\((.+)\)", colour):
        *rgb, alpha = map(float, numbers[1].split(","))
        assert below is not None
        return alpha * np.array(rgb) / 255 + (1 - alpha) * below
    return np.array(to_rgb(colour))


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("ground", [PAGE, PAPER_OF_A_CARD])
@pytest.mark.parametrize("ink", [INK, MUTED, *map(word_ink, PALETTE)])
def test_every_ink_can_be_read_on_every_ground(name, ground, ink):
    theme = theme_of(name)
    below = seen(ground, theme)
    assert contrast(float(luminance(seen(ink, theme, below))), float(luminance(below))) >= ENOUGH


def test_what_sticks_out_of_a_figure_is_not_cut_off():
    picture, (axis,) = new_picture(3, 1, alt="a long word")
    picture.set_layout_engine("none")
    axis.text(1, 0.5, "a label far longer than the room beside the axes")
    axis.set_axis_off()
    left, top, wide, high = map(float, re.search(r'viewBox="([^"]+)"', picture.svg())[1].split())
    assert (left, top, high) == (0, 0, 72)
    assert wide > 1.5 * 3 * 72


def test_each_word_is_read_on_its_own_ground_where_axes_keep_their_shape():
    picture, (axis,) = new_picture(2, 4, alt="four words on dark fields, in half the height that there is")
    for row in range(4):
        box(axis, 0, row, 4, 1, fill=True, facecolor="#333333", edgecolor=PAPER)
        axis.text(2, row + 0.5, "word", ha="center", va="center")
    axis.set(xlim=(0, 4), ylim=(4, 0), aspect="equal")
    axis.set_axis_off()
    assert written(picture.svg()) == [ON_DARK] * 4


def test_a_word_on_a_strip_of_paper_of_its_own_has_ink():
    picture, (axis,) = new_picture(2, 1, alt="a word on paper on a field")
    box(axis, 0, 0, 1, 1, fill=True, facecolor=ORANGE)
    axis.text(0.5, 0.5, "word", ha="center", bbox={"facecolor": PAPER, "edgecolor": "none"})
    axis.set_axis_off()
    assert written(picture.svg()) == [INK]


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
