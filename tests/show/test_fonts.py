"""Chinese in pictures is written in a font of ours: on every computer, and English looks as it always did."""

from __future__ import annotations

import subprocess
import sys
import warnings

import polib
import pytest
from fontTools.ttLib import TTFont

from aics.language import speaking
from aics.language.font import FAMILY, HAN
from aics.show.figure import new_picture
from autograder.course import ROOT

CATALOGUES = [path for top in ("autograder", "labs", "solutions") for path in sorted((ROOT / top).rglob("zh.po"))]


def drawn_with(words: str):
    """A picture with words wherever words can stand, also where Matplotlib writes them only while it draws."""
    picture, (axis,) = new_picture(5, 2, alt="bars that are named")
    axis.barh([words, "conv1_1"], [1, 2], label=words)
    axis.set_title(words)
    axis.set_xlabel(words)
    axis.legend()
    return picture


@pytest.fixture(autouse=True)
def no_box():
    """Matplotlib warns where a character has no glyph, and a box is drawn."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


@pytest.mark.parametrize("language", ["zh", "en"])
def test_chinese_words_have_their_characters_whatever_is_spoken(language, tmp_path):
    with speaking(language):
        drawn_with("时间花在哪里：“卷积”占 80% ≈ 10⁻³ × α").svg()
        drawn_with("时间花在哪里：“卷积”占 80% ≈ 10⁻³ × α").savefig(tmp_path / "saved.png")


def test_a_character_that_no_font_has_would_be_seen_here():
    with pytest.raises(UserWarning, match="Glyph"):
        drawn_with("\U000f0000").svg()


def test_english_is_drawn_as_without_our_font():
    """In a fresh Python, where nothing else has told Matplotlib of the font."""
    code = (
        "from aics.show import fonts, photos; import numpy as np\n"
        "def drawn(): return photos({'rings': np.eye(9), 'a second one': np.eye(5)}).svg()\n"
        "ours = drawn(); fonts._families = lambda others, first: others\n"
        "print(ours == drawn())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout.strip(), done.stderr) == ("True", "")


def test_two_lines_of_chinese_do_not_touch():
    picture, (axis,) = new_picture(3, 3, alt="two lines")
    one, two = axis.text(0.5, 0.5, "国"), axis.text(0.5, 0.5, "国\n国")
    with speaking("zh"):
        picture.draw_without_rendering()
    from_line_to_line = two.get_window_extent().height - one.get_window_extent().height
    assert from_line_to_line > 1.25 * one.get_fontsize() * picture.dpi / 72


def test_a_picture_in_chinese_leaves_matplotlib_as_it_was():
    import matplotlib

    before = dict(matplotlib.rcParams)
    with speaking("zh"):
        drawn_with("卷积").svg()
    assert dict(matplotlib.rcParams) == before


def test_the_font_says_whose_it_is_and_has_a_name_of_its_own():
    font = TTFont(HAN)
    assert font["name"].getDebugName(1) == FAMILY
    assert "Adobe" in font["name"].getDebugName(0)
    assert "SIL Open Font License, Version 1.1" in font["name"].getDebugName(13)
    assert HAN.stat().st_size < 1_500_000


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_font_has_every_chinese_character_of_a_catalogue(path):
    """`data/make/font.py` makes the font anew."""
    has = TTFont(HAN).getBestCmap()
    said = "".join(text for e in polib.pofile(str(path)) for text in (e.msgstr, *e.msgstr_plural.values()))
    chinese = {letter for letter in said if "\u2e80" <= letter <= "\u9fff" or "\uff00" <= letter <= "\uffef"}
    assert "".join(sorted(letter for letter in chinese if ord(letter) not in has)) == ""
