"""Lab 4 in Chinese: pictures, tables and demos say what they say in English, every value in its place."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
import pytest
from matplotlib.text import Text

from aics.demos.demo import View
from aics.lab4_dlp import pictures as show
from aics.lab4_dlp.demos.roofline import Roofline, words_on
from aics.lab4_dlp.demos.vgg19_costs import dots
from aics.lab4_dlp.graph_doubles import planned, tensor
from aics.language import speaking
from aics.pycnml import Machine
from tests.demos.scenes import begin
from tests.lab4_dlp.test_pictures import DRAWINGS

HAN = re.compile(r"[\u3400-\u9fff]")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
#: What code, formulas and the field's own notation are written in, in any language.
NAMES = re.compile(r"relu, pool, flatten, softmax|onnxruntime|FullyConnected|Placeholder|[a-z0-9_]+/[a-z0-9_]+")
PLAIN = re.compile(r"[A-Za-z]{3,} +[a-z]{2,}")
ROW = show.BackendRow("numpy", np.array([0.3, 0.7]), 0.002, 5e-6)


def said(draw):
    """A picture's alternative text, and all other text in it."""
    picture = draw()
    return picture.alt, [text.get_text() for text in picture.findobj(Text)]


@pytest.fixture(scope="module", params=DRAWINGS)
def both(request):
    """The same picture's words in English and in Chinese."""
    with speaking("en"):
        english = said(DRAWINGS[request.param])
    with speaking("zh"):
        return english, said(DRAWINGS[request.param])


def test_a_picture_says_the_same_numbers_in_chinese(both):
    (english, _), (chinese, labels) = both
    assert HAN.search(chinese)
    assert not Counter(NUMBER.findall(english)) - Counter(NUMBER.findall(chinese))
    assert not [text for text in (chinese, *labels) if PLAIN.search(NAMES.sub("", text)) or "{" in text]


def test_a_node_that_ran_says_so():
    graph = planned(["x = placeholder", "y = variable", "a = Minus(x, y)"], {"y": np.zeros(3)}, 3)
    with speaking("zh"):
        alt = show.graph(graph, {tensor(graph, "a").node: 0.001}).alt
    assert "a（numpy:0 上的 Minus，输入来自 x、y，用时 1.00 ms）：3" in alt


def test_a_table_has_chinese_heads_and_a_chinese_note():
    with speaking("zh"):
        heads, _, note = repr(show.backends([ROW], ["<ant>", "bee"], {})).splitlines()
    assert not re.search(r"[A-Za-z]", heads)
    assert HAN.search(note)


def test_a_kernel_of_an_operator_is_no_kernel_of_a_convolution():
    with speaking("zh"):
        _, labels = said(lambda: show.kernel_table({("Conv", "numpy"): object}))
    assert "算子实现" in labels


def test_the_roofline_speaks_chinese_throughout():
    demo = Roofline()
    with speaking("zh"):
        scene = demo.scene(begin(demo), View())
        words = words_on(next(dot for dot in dots(Machine()) if dot.name == begin(demo)["layer"]))
    assert words[0].startswith("conv1_2：")
    assert words[3] == "瓶颈是内存"
    assert "，".join(words) in scene.alt
    assert HAN.search(scene.caption)
    assert not PLAIN.search("\n".join(re.findall(r">([^<]+)<", scene.markup)))
