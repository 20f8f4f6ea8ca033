"""Pictures of walks and checkpoints say in Chinese what they say in English, every number in its place."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
import pytest
from matplotlib.text import Text

from aics.lab7_graph_training import pictures as show
from aics.lab7_graph_training.plans import planned
from aics.lab7_graph_training.session import in_any_order
from aics.language import speaking

HAN = re.compile(r"[\u3400-\u9fff]")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
PLAIN = re.compile(r"[A-Za-z]{3,} +[a-z]{2,}")
LOSSES = {step: 1 / step for step in range(1, 90)}
FILE = (64).to_bytes(8, "little") + b'{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}'.ljust(64) + bytes(8)
LINES = ["w = variable", "a = Square(w)", "b = Neg(w)", "loss = Sum(a)"]


def ordered():
    graph = planned(LINES, {"w": np.ones(3)})
    loss = graph.tensor("loss")
    return show.order(graph, in_any_order([loss]), loss)


def halves():
    graph = planned(LINES, {"w": np.ones(3)})
    before = set(graph.nodes)
    with graph.name_scope("gradients"):
        graph.apply("Neg", graph.tensor("a"))
    return show.both_halves(graph, before)


DRAWINGS = {
    "diamonds": lambda: show.diamonds(4),
    "order": ordered,
    "gradient_sum": show.gradient_sum,
    "both_halves": halves,
    "bytes_of": lambda: show.bytes_of(FILE),
    "killed_run": lambda: show.killed_run(LOSSES, {1: 1.0, 2: 0.5}, {2: 0.5, 3: 0.3}),
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_picture_says_the_same_numbers_in_chinese(name):
    with speaking("en"):
        english = DRAWINGS[name]().alt
    with speaking("zh"):
        picture = DRAWINGS[name]()
        labels = [text.get_text() for text in picture.findobj(Text)]
    assert HAN.search(picture.alt)
    assert not Counter(NUMBER.findall(english)) - Counter(NUMBER.findall(picture.alt))
    assert not [text for text in (picture.alt, *labels) if PLAIN.search(text) or "{" in text.replace("{", "", 1)]
