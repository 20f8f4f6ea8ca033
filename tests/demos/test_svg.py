"""Pieces of SVG: what is written is read again, in any text, and colours can be told apart."""

from __future__ import annotations

import base64
import io
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from aics.card.theme import INK
from aics.demos.colours import hex_colour, signed_colours
from aics.demos.demo import View
from aics.demos.svg import ON_DARK, ON_LIGHT, array_url, arrow, bars, group, ink_on, number_table, rect, svg, text
from tests.demos.scenes import SVG


def parsed(*parts: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg(View(300, 200), parts))


def test_a_drawing_has_the_views_pixels() -> None:
    root = parsed()
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == ("300", "200", "0 0 300 200")


@pytest.mark.parametrize("words", ['a < b & "c"', "卷积 → <script>", ""])
def test_words_come_out_as_they_went_in(words: str) -> None:
    (written,) = parsed(group([text(5, 5, words, size=16)], x=3)).iter(f"{SVG}text")
    assert (written.text or "").strip() == words


def test_an_array_comes_out_as_it_went_in() -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (4, 6, 4), dtype=np.uint8)
    file = base64.b64decode(array_url(pixels).partition(",")[2])
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(file))), pixels)


def test_bars_stand_on_the_lower_edge_and_are_as_high_as_their_values() -> None:
    drawn = list(parsed(bars(10, 20, 90, 60, [0, 1, 4], most=2)).iter(f"{SVG}rect"))
    assert [float(bar.get("height", "")) for bar in drawn] == [0, 30, 60]
    assert {float(bar.get("y", "")) + float(bar.get("height", "")) for bar in drawn} == {80}


def test_an_arrows_head_ends_where_it_points() -> None:
    (head,) = parsed(arrow(0, 0, 30, 40)).iter(f"{SVG}polygon")
    assert head.get("points", "").split()[0] == "30,40"


def test_a_table_has_a_number_in_each_cell_but_those_that_are_nan() -> None:
    table = number_table(np.array([[1.5, np.nan], [-2, 0]]), 0, 0, 30, size=16, fills=[["#000000", INK]] * 2)
    words = [(cell.text, cell.get("style", "")) for cell in parsed(table).iter(f"{SVG}text")]
    assert [word for word, _ in words] == ["1.5", "-2", "0"]
    assert words[0][1].startswith(f"fill:{ON_DARK}")
    assert words[2][1].startswith(f"fill:{INK}")


@pytest.mark.parametrize(("fill", "ink"), [("#000000", ON_DARK), ("#ffffff", ON_LIGHT), ("#0072b2", ON_DARK)])
def test_the_ink_that_is_read_better(fill: str, ink: str) -> None:
    assert ink_on(fill) == ink


def test_no_rectangle_is_wider_than_nothing() -> None:
    assert 'width="0"' in rect(0, 0, -3, 5)


def test_signed_values_are_purple_white_and_green() -> None:
    low, zero, high, unknown = signed_colours(np.array([-2.0, 0.0, 2.0, np.nan])).astype(int)
    assert low[1] < min(low[0], low[2])
    assert high[1] > max(high[0], high[2])
    assert np.ptp(zero) == 0
    assert zero[0] > 240
    assert hex_colour(unknown) == "#7f7f7f"


def test_a_given_reach_makes_pictures_comparable() -> None:
    assert np.array_equal(signed_colours(np.array([1.0]), reach=2), signed_colours(np.array([1.0, 2.0]))[:1])
