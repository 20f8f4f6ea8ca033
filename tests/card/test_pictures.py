"""Pictures of evidence are drawn whatever the values, and say in words what they show."""

from __future__ import annotations

import io
from xml.etree import ElementTree

import numpy as np
import pytest

from aics.card.pictures import (
    GRID,
    evidence_png,
    evidence_sketch,
    evidence_svg,
    evidence_words,
    slice_words,
    speed_svg,
    speed_words,
)
from aics.card.sketch import Box
from aics.card.theme import INK, MUTED
from aics.check.verdict import Evidence, SpeedReading

SVG = "{http://www.w3.org/2000/svg}"
nan, inf = np.nan, np.inf


def evidence(expected, got, **facts) -> Evidence:
    expected, got = np.asarray(expected, dtype=float), np.asarray(got, dtype=float)
    known = {"output": "output", "index": (0, 0), "corner": (0, 0), "wrong": 1, "size": expected.size}
    known |= {"error": 1.0, "allowed": 1e-5, "expected": expected, "got": got, **facts}
    return Evidence(**{"marks": marks(expected, got, known["error"], known["allowed"]), **known})


def marks(expected, got, error, allowed):
    """Which cells are wrong, as the judge would mark them; all where the shapes differ."""
    if expected.shape != got.shape:
        return np.ones(got.shape, bool)
    with np.errstate(invalid="ignore", over="ignore"):
        return ~np.isfinite(got) if not np.isfinite(error) else ~(np.abs(got - expected) <= allowed)


def reading(ratio: float, **facts) -> SpeedReading:
    return SpeedReading(**{"ratio": ratio, "full": 3, "zero": 12, "against": "the reference solution", **facts})


def texts(svg: str) -> list[str]:
    return [node.text for node in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def outlines(svg: str) -> int:
    """How many outline edges are drawn."""
    paths = ElementTree.fromstring(svg).iter(f"{SVG}path")
    return sum(path.get("d").count("M") for path in paths if path.get("fill") == "#111111")


RANDOM = np.random.default_rng(5).integers(-16, 17, (16, 16)) / 8
EVERY_KIND = {
    "one cell": evidence([[1]], [[2]]),
    "0-d": evidence(1, 2, index=(), output="loss"),
    "1-d array": evidence([1, 2, 3], [1, 2, 4], index=(2,)),
    "one row": evidence([[1, 2, 3]], [[1, 2, 4]], index=(2,)),
    "one long row": evidence(RANDOM[:1], -RANDOM[:1], index=(0,)),
    "one column": evidence(RANDOM[:, :1], -RANDOM[:, :1]),
    "16 x 16": evidence(RANDOM, RANDOM + 1, index=(0, 2, 0, 0)),
    "larger than promised": evidence(np.ones((40, 50)), np.zeros((40, 50))),
    "unequal": evidence(np.ones((3, 4)), np.zeros((4, 3))),
    "nothing": evidence(np.ones((0, 3)), np.ones((0, 3)), wrong=0, size=0),
    "nan": evidence([[1, 2], [3, 4]], [[nan, 2], [3, nan]], error=nan, allowed=0.0),
    "inf": evidence([[1, 2], [3, 4]], [[inf, 2], [3, -inf]], error=inf, allowed=0.0),
    "nothing finite": evidence([[inf, nan]], [[nan, inf]], error=nan),
    "huge": evidence([[1e308, 5e-324]], [[-1e308, 0]], error=1e308),
    "zeros": evidence(np.zeros((2, 2)), np.zeros((2, 2))),
    "integers": evidence(np.ones((2, 2), dtype=int), np.zeros((2, 2), dtype=int)),
    "hostile name": evidence([[1]], [[2]], output='"><script>\x00'),
}


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_every_kind_of_evidence_is_drawn_both_ways(kind):
    image = pytest.importorskip("PIL.Image")
    svg = evidence_svg(EVERY_KIND[kind])
    root = ElementTree.fromstring(svg)
    assert "nan" not in "".join(path.get("d") for path in root.iter(f"{SVG}path"))
    assert float(root.get("width")) <= 712
    drawn = image.open(io.BytesIO(evidence_png(EVERY_KIND[kind])))
    assert drawn.format == "PNG"
    assert drawn.size == (2 * round(float(root.get("width"))), 2 * round(float(root.get("height"))))


def test_three_panels_are_named():
    for kind in ("16 x 16", "one long row"):
        assert {"expected", "got", "where it differs"} <= set(texts(evidence_svg(EVERY_KIND[kind])))


def test_picture_says_itself_in_words():
    shown = evidence([[1, 2]], [[1, 2.5]], index=(0, 3, 4, 6), corner=(4, 5), wrong=3, size=96, error=0.5)
    root = ElementTree.fromstring(evidence_svg(shown))
    assert root.get("role") == "img"
    assert root.get("aria-label") == (
        "output[0, 3, 4:5, 5:7]. 3 of 96 values of output are wrong. "
        "The largest error is 0.5; 1e-05 is allowed. The first wrong one is output[0, 3, 4, 6]: expected 2, got 2.5."
    )


@pytest.mark.parametrize(
    ("wrong", "size", "words"),
    [
        (1, 1, "The value of output is wrong."),
        (1, 4, "1 of 4 values of output is wrong."),
        (2, 4, "2 of 4 values of output are wrong."),
        (4, 4, "All 4 values of output are wrong."),
    ],
)
def test_count_reads_as_a_sentence(wrong, size, words):
    assert evidence_words(evidence([[1]], [[2]], wrong=wrong, size=size)).startswith(words)


def test_values_that_are_not_finite_have_no_largest_error():
    words = evidence_words(EVERY_KIND["nan"])
    assert words.startswith("Values of output that are not finite numbers: 1 of 4.")
    assert "error" not in words


@pytest.mark.parametrize(
    ("index", "corner", "place"),
    [
        ((), (0, 0), "output"),
        ((5,), (0, 4), "output[4:6]"),
        ((3, 5), (3, 4), "output[3:4, 4:6]"),
        ((7, 1, 3, 5), (3, 4), "output[7, 1, 3:4, 4:6]"),
    ],
)
def test_slice_reads_as_numpy_would_index_it(index, corner, place):
    assert slice_words(evidence([[1, 2]], [[1, 3]], index=index, corner=corner)) == place


def test_small_slices_show_their_numbers_and_indices():
    shown = texts(evidence_svg(evidence([[0.5, -2]], [[0.5, -1.75]], index=(7, 10), corner=(7, 9))))
    assert shown.count(".5") == 2  # expected and got; where it differs shows wrong cells only
    assert {"-2", "-1.75", ".25", "7", "9", "10"} <= set(shown)


def test_large_slices_show_the_indices_of_their_corners():
    shown = texts(evidence_svg(evidence(RANDOM, RANDOM + 1, corner=(3, 40))))
    assert {"3", "18", "40", "55"} <= set(shown)
    assert "41" not in shown


def test_wrong_cells_are_outlined_as_regions():
    right = np.zeros((4, 4))
    one, block, apart = right.copy(), right.copy(), right.copy()
    one[1, 1] = 1
    block[:2, :2] = 1
    apart[0, 0] = apart[3, 3] = 1
    # Twice each: in the panels of what came and of where it differs.
    assert outlines(evidence_svg(evidence(right, one))) == 2 * 4
    assert outlines(evidence_svg(evidence(right, block))) == 2 * 8
    assert outlines(evidence_svg(evidence(right, apart))) == 2 * 8


def test_an_outline_lies_within_its_cells_so_that_a_dark_page_does_not_swallow_it():
    sketch = evidence_sketch(EVERY_KIND["one column"])
    cells = [shape for shape in sketch.shapes if isinstance(shape, Box) and not shape.over]
    lines = [shape for shape in sketch.shapes if isinstance(shape, Box) and shape.over]
    assert lines
    for line in lines:
        assert any(
            cell.x - 0.5 <= line.x
            and line.x + line.width <= cell.x + cell.width + 0.5
            and cell.y - 0.5 <= line.y
            and line.y + line.height <= cell.y + cell.height + 0.5
            for cell in cells
            if cell.fill != GRID
        )


def test_errors_within_the_tolerance_are_not_outlined():
    assert outlines(evidence_svg(evidence([[1, 2]], [[1 + 1e-6, 2]]))) == 0


def test_only_what_is_not_finite_is_outlined_where_that_is_the_question():
    rounded = evidence([[1, 2, 3]], [[1 + 1e-7, nan, 3]], error=nan, allowed=0.0)
    assert outlines(evidence_svg(rounded)) == 2 * 4


def test_opposite_signs_have_opposite_colours():
    svg = evidence_svg(evidence([[-1, 0, 1]], [[-1, 0, 1]]))
    fills = {path.get("fill") for path in ElementTree.fromstring(svg).iter(f"{SVG}path")}
    assert {"#5c9dd6", "#ffffff", "#f09840"} <= fills


def test_words_follow_the_theme_of_the_page():
    for svg in (evidence_svg(EVERY_KIND["16 x 16"]), speed_svg(reading(2))):
        assert INK in svg
        assert MUTED in svg


@pytest.mark.parametrize("ratio", [0.0, 1e-9, 0.3, 1.8, 3, 5.6, 12, 1e9, inf, nan])
def test_every_ratio_is_drawn_inside_the_bar(ratio):
    root = ElementTree.fromstring(speed_svg(reading(ratio)))
    (marker,) = [path for path in root.iter(f"{SVG}path") if path.get("style")]
    assert 12 <= float(marker.get("d")[1:].split()[0]) <= 468
    pytest.importorskip("PIL.Image").open(io.BytesIO(evidence_png(None, reading(ratio))))


def test_slower_lies_further_right():
    def place(ratio):
        paths = ElementTree.fromstring(speed_svg(reading(ratio))).iter(f"{SVG}path")
        return next(float(path.get("d")[1:].split()[0]) for path in paths if path.get("style"))

    assert place(1) < place(3) < place(6) < place(12) < place(30)
    assert place(6) - place(3) == pytest.approx(place(12) - place(6), abs=0.1)  # the scale is logarithmic


def test_speed_in_words():
    limits = "full points up to 3x, none from 12x."
    against = "Compared with the reference solution."
    assert speed_words(reading(1.84)) == f"1.8x the reference's time; {limits} {against}"
    assert speed_words(reading(240.4, against="")) == f"240x the reference's time; {limits}"
    assert speed_words(reading(inf, against="")) == f"The time could not be measured; {limits}"
    assert ElementTree.fromstring(speed_svg(reading(1.84))).get("aria-label") == speed_words(reading(1.84))


def test_limits_are_marked_on_the_bar():
    assert {"1x", "3x", "12x", "full points", "no points", "5.6x"} <= set(texts(speed_svg(reading(5.6))))


def test_evidence_and_speed_share_one_png():
    image = pytest.importorskip("PIL.Image")
    shown = EVERY_KIND["16 x 16"]
    pairs = ((shown, None), (None, reading(2)), (shown, reading(2)))
    above, below, both = (image.open(io.BytesIO(evidence_png(*pair))).size for pair in pairs)
    assert both == (max(above[0], below[0]), above[1] + below[1] + 2 * 12)
