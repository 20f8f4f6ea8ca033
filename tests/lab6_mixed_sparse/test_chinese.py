"""Lab 6 in Chinese: what pictures, a watched training and the demos say, and keys that stay as code looks them up."""

from __future__ import annotations

import re

import nbformat
import numpy as np
import pytest
from matplotlib.text import Text

from aics.demos.demo import View
from aics.lab6_mixed_sparse import pictures as show
from aics.lab6_mixed_sparse.demos import loss_scale_markup
from aics.lab6_mixed_sparse.demos.half_range import Gradient
from aics.lab6_mixed_sparse.demos.sparse import SparseMasks
from aics.lab6_mixed_sparse.pictures.training import TrainingFrame
from aics.language import speaking
from autograder.course import Lab
from tests.lab6_mixed_sparse import test_mixed_pictures as mixed
from tests.lab6_mixed_sparse import test_sparse_pictures as sparse

HAN = re.compile(r"[\u4e00-\u9fff]")
#: Two English words in a row: a sentence that was left. Names that a test hands over are single words.
ENGLISH = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")
PICTURES = mixed.DRAWINGS | sparse.DRAWINGS


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_says_nothing_in_english(name):
    with speaking("zh"):
        picture = PICTURES[name]()
    said = [picture.alt, *(text.get_text() for text in picture.findobj(Text))]
    assert HAN.search(picture.alt)
    assert not [text for text in said if ENGLISH.search(text) or re.search(r"(?<!\^)\{[a-z]", text)]


def test_the_kinds_that_a_student_returns_are_said_in_the_picture_of_the_memory():
    with speaking("zh"):
        picture = show.memory_bars({"LeNet": {"weights": 4e6, "masters": 2e6, "momenta": 1e6}})
    assert [text.get_text() for text in picture.legends[0].get_texts()] == ["权重", "主副本", "动量"]


class Run:
    """A training in its second epoch."""

    step, epoch, steps_per_epoch = 70, 1, 50
    numbers = {"loss": np.append(np.linspace(2, 1, 69), np.inf)}
    measured = {"accuracy": np.array([0.1, 0.9]), "density/fc1": np.array([0.05, 0.04])}


def test_a_watched_training_says_where_it_is():
    with speaking("zh"):
        frame = TrainingFrame(Run(), 6, log=["loss"], note="还需 3 s。")
        markup = frame._repr_mimebundle_()["text/html"]
    assert repr(frame).startswith("epoch 1 of 6")
    assert ">损失，对数<" in markup
    assert "第 1/6 轮，第 70/300 步：损失 inf（1 个不是有限值）；准确率 0.9；密度 0.04。还需 3 s。" in markup


def test_the_demos_say_what_is_seen():
    demo = SparseMasks()
    values = {"frame": 3, "kept": "5 %", "again": 0}
    with speaking("zh"):
        scene = demo.scene(values, View(900, 560, 16))
        gradient = Gradient(np.array([1e-9, 1.0]))
        shown = loss_scale_markup.Shown(3, gradient.bins(3), gradient.shares(3), None)
        zones = loss_scale_markup.drawn(shown, View(900, 560, 16))
    demo.close()
    assert "走了多少就长出多少" in scene.caption
    assert "第 1 轮，再生后，5 % 的权重。" in scene.alt
    said = [scene.alt, scene.caption, *re.findall(">([^<>]+)<", scene.markup + zones)]
    assert not [text for text in said if ENGLISH.search(text)]
    assert {"消失", "次正规", "位数完整", "溢出"} <= set(said)


def test_keys_that_code_looks_up_are_the_english_ones():
    """Where a label is both shown and looked up, the picture says it in Chinese and the cell keeps the key."""
    cells = {cell.id: cell.source for cell in nbformat.read(Lab("lab6_mixed_sparse").edition("zh"), 4).cells}
    assert 'called = {"dense": "稠密网络"' in cells["rivals_look"]
    assert "dict(loss=loss)" in cells["float32_look"]
    assert 'state["master"]' in cells["float32_look"]
    assert '"weights"' in cells["measured_look"]


def test_the_second_sitting_links_to_the_heading_of_the_setup():
    prose = [cell.source for cell in nbformat.read(Lab("lab6_mixed_sparse").edition("zh"), 4).cells]
    (link,) = re.findall(r"\]\(#([^)]+)\)", "\n".join(prose))
    assert f"\n# {link.replace('-', ' ')}\n" in "\n".join(prose)
