"""In Chinese the lab's pictures, its hints and what is put into blanks are Chinese."""

from __future__ import annotations

import re

import pytest

from aics.language import speaking, tr
from autograder.authoring.source import source_cells
from autograder.authoring.translate.editions import translator
from autograder.course import Lab
from tests.lab1_preprocessing.test_pictures import DRAWINGS

LAB = Lab("lab1_preprocessing")
#: English words of these pictures: a standard, and titles that the tests hand in.
HANDED_IN = {"EXIF", "one", "two", "inner", "outer", "bytes", "floats"}


def said(picture):
    """All that a picture says: its alternative text, titles, legends, and words on the axes."""
    legends = [legend for axis in picture.axes if (legend := axis.get_legend())]
    texts = [text for axis in picture.axes for text in (axis.title, *axis.texts)]
    texts += [text for legend in legends for text in legend.get_texts()]
    return [picture.alt, *(text.get_text() for text in texts)]


@pytest.mark.parametrize("name", DRAWINGS)
def test_no_english_word_and_no_place_is_left_in_a_picture(name):
    with speaking("zh"):
        words = said(DRAWINGS[name]())
    assert re.search("[一-鿿]", words[0])
    assert [text for text in words if "{" in text or set(re.findall("[A-Za-z]{2,}", text)) - HANDED_IN] == []


def test_a_hint_says_in_chinese_where_the_extra_row_goes():
    hint = next(
        each.hint for each in LAB.misconceptions if each.name == "rounded_up" and each.question == "center_crop"
    )
    assert "goes at the bottom and at the right" in hint
    with speaking("zh"):
        assert "从下边和右边丢：top = (H - height) // 2" in tr(hint)


def test_the_edition_says_in_chinese_where_the_extra_row_goes():
    assert "从下边丢（多出的那一列从右边丢）：`top = (H - height) // 2`" in LAB.edition("zh").read_text("utf-8")


def test_the_chinese_mark_scheme_gives_the_same_points():
    english = next(cell.source for cell in source_cells(LAB) if cell.id == "augmentation_survey_written")
    chinese = translator(LAB, "zh")(english)
    points = [re.findall(r"^- (\d+): \S", text, re.MULTILINE) for text in (english, chinese)]
    assert points == [["3", "3", "2", "1", "1"]] * 2
    assert chinese != english
