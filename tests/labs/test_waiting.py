"""A check answers while the student still looks at the cell."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from aics import open_lab
from aics.card.card import Card
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.authoring.start import working_folder
from autograder.course import labs

#: Seconds that a check may take, by whether it times; and how far a loaded machine may be above them.
BOUND = {False: 0.3, True: 3.0}
SLACK = 4


@pytest.mark.timed
@pytest.mark.parametrize("lab", labs(), ids=lambda lab: lab.name)
def test_a_check_answers_within_a_blink(lab, remark: Callable[[str], None]) -> None:
    check = open_lab(lab.name)
    with working_folder(lab) as folder:
        namespace = run_cells(solution_cells(lab), beside=folder)
    for question in lab.questions:
        began = time.perf_counter()
        Card(check.verdict(question, namespace))._repr_mimebundle_()
        seconds = time.perf_counter() - began
        bound = BOUND[lab.questions[question].speed is not None]
        if seconds > bound:
            remark(f"{lab.name}, {question}: the check took {seconds:.2f} s, more than {bound} s.")
        assert seconds < bound * SLACK, question
