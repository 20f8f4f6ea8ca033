"""Lab 3 in Chinese: its pictures and its demo say Chinese sentences, and what code looks up stays as it is."""

from __future__ import annotations

import re

import nbformat
import numpy as np
import pytest
from matplotlib.text import Text

from aics.lab3_vgg19 import pictures as show
from aics.lab3_vgg19.demos.features import Maps
from aics.lab3_vgg19.demos.receptive import _alt, _words, chosen_in
from aics.language import speaking
from autograder.course import Lab
from tests.lab3_vgg19.test_pictures import DRAWINGS

HAN = re.compile(r"[\u4e00-\u9fff]")
#: Two English words in a row: a sentence that was left. Names of layers and of classes are single words.
ENGLISH = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_picture_says_nothing_in_english(name):
    with speaking("zh"):
        picture = DRAWINGS[name]()
    said = [picture.alt, *(text.get_text() for text in picture.findobj(Text))]
    assert HAN.search(picture.alt)
    assert not [text for text in said if ENGLISH.search(text) or "{" in text]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "从 input 开始出错（缺少它的输出）：请检查 load_image。"),
        ({"input": np.zeros(3)}, "（形状是 [3]，应为 [1, 3, 64, 64]）"),
        ({"input": np.full((1, 3, 64, 64), np.nan)}, "（不是有限的数）"),
        ({"input": np.zeros((1, 3, 64, 64))}, "（误差达最大值的 100%）"),
    ],
)
def test_the_first_wrong_layer_is_named_with_what_is_wrong_and_where_to_look(given, says):
    with speaking("zh"):
        assert says in show.divergence(given).alt


def test_the_demo_says_what_is_seen():
    photo = np.zeros((48, 72, 3), np.uint8)
    values = {"layer": 21, "map": 1, "across": 0, "down": 0}
    with speaking("zh"):
        chosen = chosen_in(values, Maps(photo, photo))
        said = _alt(chosen) + _words(chosen)
    assert "看到照片上 268 x 268 个像素" in said
    assert "四周补的零" in said
    assert not ENGLISH.search(said)


def test_names_that_code_looks_up_are_the_english_ones():
    cells = {cell.id: cell.source for cell in nbformat.read(Lab("lab3_vgg19").edition("zh"), 4).cells}
    assert 'show.divergence({"input": net.input_image} | features)' in cells["divergence_look"]
