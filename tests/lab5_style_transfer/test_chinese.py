"""Lab 5 in Chinese: what its pictures say, and a run that is watched; the studio is in studio/test_page.py."""

from __future__ import annotations

import html
import re

import pytest
from matplotlib.text import Text

from aics.lab5_style_transfer import pictures as show
from aics.lab5_style_transfer.memory import MemoryEstimate
from aics.language import speaking
from tests.lab5_style_transfer.test_pictures import DRAWINGS, FEATURES, PHOTO

#: Of layers, functions, parameters and people; they have no other name in Chinese.
NAMES = re.compile(r"(relu|conv|pool)\d_\d|VGG19|Gram|Adam|ReLU|astype(\(np\.uint8\))?|alpha|beta|backward|layer")
DRAWN = DRAWINGS | {"pulls": lambda: show.pulls(PHOTO, {"内容": FEATURES[:3], "风格": FEATURES[3:]})}


@pytest.fixture(autouse=True)
def chinese():
    with speaking("zh"):
        yield


def english(text: str) -> bool:
    """Whether words or unfilled places are left in it."""
    return bool(re.search(r"[A-Za-z]{2}|[{}]", NAMES.sub("", text)))


def assert_chinese(text: str) -> None:
    assert re.search("[一-鿿]", text), text
    assert not english(text), text


@pytest.mark.parametrize("name", DRAWN)
def test_a_picture_says_nothing_in_english(name: str) -> None:
    picture = DRAWN[name]()
    assert_chinese(picture.alt)
    assert not [text.get_text() for text in picture.findobj(Text) if english(text.get_text())]


def test_a_wrong_gradient_is_said_in_chinese() -> None:
    layer = type("Wrong", (), {"forward": lambda _, x, y: (x - y).sum(), "backward": lambda _, x, _y: 0 * x})()
    assert show.gradient_check(layer, FEATURES, FEATURES[::-1]).alt.endswith("两者之差最多达到最大值的 100%。")


@pytest.mark.parametrize("losses", [[], [(4.0, 2.0, 1.0), (1.0, 1.0, 0.01)]])
def test_a_watched_run_says_nothing_in_english(losses: list[tuple[float, ...]]) -> None:
    shown = show.TransferFrame(PHOTO, losses, until=10, note="停下了。")._repr_mimebundle_()
    assert_chinese(shown["text/plain"])
    for text in re.findall(r"/?>([^<>]+)</|(?:alt|aria-label)=\"([^\"]+)\"", html.unescape(shown["text/html"])):
        assert_chinese("".join(text))


@pytest.mark.parametrize("free", [None, 9e9, 1e9])
def test_the_memory_is_said_in_chinese(free: float | None) -> None:
    said = str(MemoryEstimate(height=96, width=144, needed=2e9, free=free))
    assert_chinese(said.replace("GB", ""))
