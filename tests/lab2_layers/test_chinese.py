"""Lab 2 in Chinese: its pictures' words, and its demos' scenes, which have room for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from aics.demos.demo import Demo, View
from aics.lab2_layers.demos.convolution import Convolution
from aics.lab2_layers.demos.img2col import Img2col
from aics.lab2_layers.demos.window_step import OWN
from aics.lab2_layers.pictures import EDGE_FILTERS
from aics.language import speaking, tr
from tests.demos.scenes import VIEWS, all_extremes, begin, expect_nothing_cut_off, expect_readable
from tests.lab2_layers.test_pictures import DRAWINGS

CHINESE, ENGLISH = re.compile("[\u4e00-\u9fff]"), re.compile("[a-z]{3}")
#: Names in the code that pictures show as they are, and what the drawings' own titles say.
KEPT = re.compile(r"\b(raw|speedup|forward|backward|max|columns|img2col|ReLU|Winograd|as it is|negative|nothing)\b")


@pytest.fixture(autouse=True)
def chinese(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    with speaking("zh"):
        yield


def expect_chinese(words: str) -> None:
    assert not ENGLISH.search(KEPT.sub("", words)), words
    assert "{" not in words, words


@pytest.mark.parametrize("name", DRAWINGS)
def test_pictures_say_everything_in_chinese(name):
    from matplotlib.text import Text

    picture = DRAWINGS[name]()
    assert CHINESE.search(picture.alt)
    for words in (picture.alt, *(text.get_text() for text in picture.findobj(Text))):
        expect_chinese(words)


@pytest.mark.parametrize("demo", [Convolution, Img2col])
@pytest.mark.parametrize("view", VIEWS[::2], ids=str)
def test_demos_have_room_for_chinese(demo: type[Demo], view: View) -> None:
    shown = demo()
    for values in all_extremes(shown):
        scene = shown.scene(values, view)
        expect_readable(scene, view)
        expect_nothing_cut_off(scene, view)
    expect_chinese(shown.scene(begin(shown), view).caption)


def test_controls_and_kernels_have_chinese_names() -> None:
    labels = [control.label for demo in (Convolution(), Img2col()) for control in demo.controls]
    for words in (*labels, *map(tr, EDGE_FILTERS), tr(OWN)):
        assert CHINESE.search(words), words
