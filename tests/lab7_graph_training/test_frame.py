"""What lab 7 begins with: lab 4's graph learns nothing, a step by hand does, and the pictures say so in words."""

from __future__ import annotations

import re

import numpy as np
import pytest

from aics.lab7_graph_training import pictures as show
from aics.lab7_graph_training.operators import training_graph
from autograder.authoring.source import source_notebook
from autograder.course import Lab
from tests.drawing import assert_is_drawn
from tests.labs.running import Session

CELLS = {cell.id: cell.source for cell in source_notebook(Lab("lab7_graph_training")).cells}


@pytest.fixture(scope="module")
def printed() -> dict[str, str]:
    session = Session()
    names = ("setup_given", "first_digits_given", "first_graph_look", "weights_do_not_move_look", "by_hand_look")
    said = {name: session.run(name, CELLS[name]) for name in names}
    assert session.failed == []
    return said


def test_a_graph_whose_variables_nothing_changes_has_the_loss_of_ten_equal_chances(printed):
    assert set(re.findall(r"\d+\.\d+", printed["weights_do_not_move_look"])) == {f"{np.log(10):.4f}"}


def test_steps_by_hand_read_nine_digits_of_ten(printed):
    (percent,) = re.findall(r"([\d.]+)% of the test images", printed["by_hand_look"])
    assert 89 < float(percent) < 92


def test_the_road_names_each_section_that_builds_a_part():
    prose = source_notebook(Lab("lab7_graph_training")).cells
    numbers = {int(number) for cell in prose for number in re.findall(r"^## (\d+)\. ", cell.source, re.M)}
    assert_is_drawn(picture := show.road())
    words = picture.alt
    told = set(map(int, re.findall(r"\d+", words.replace("lab 4", "")))) | {10}  # 9 to 11
    assert told == set(range(2, 14)) <= numbers


def test_a_graph_is_drawn_with_and_without_its_devices():
    graph = training_graph()
    graph.apply("Relu", graph.placeholder("x", (2,)), name="y")
    with_them, without = (
        [text.get_text() for text in show.graph(graph, devices=devices).axes[0].texts] for devices in (True, False)
    )
    assert "Relu on numpy:0" in with_them
    assert {"Relu", "Placeholder"} <= set(without)
    assert "Relu on numpy:0" not in without
