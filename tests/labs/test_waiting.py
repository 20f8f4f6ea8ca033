"""A check answers while the student still looks at the cell; where it did not, a remark says so."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from aics import open_lab
from aics.card.card import Card
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.authoring.start import working_folder
from autograder.course import labs

#: Seconds that a check may take, by whether it times.
BOUND = {False: 0.3, True: 3.0}


@pytest.mark.timed
@pytest.mark.parametrize("lab", labs(), ids=lambda lab: lab.name)
def test_a_check_answers_within_a_blink(lab, remark: Callable[[str], None]) -> None:
    check = open_lab(lab.name)
    with working_folder(lab) as folder:
        namespace = run_cells(solution_cells(lab), beside=folder)
    for question in lab.questions:
        began = time.perf_counter()
        verdict = check.verdict(question, namespace)
        Card(verdict)._repr_mimebundle_()
        seconds = time.perf_counter() - began
        assert verdict.rung in ("", "speed"), verdict.reason
        bound = BOUND[lab.questions[question].speed is not None]
        if seconds > bound:
            remark(f"{lab.name}, {question}: the check took {seconds:.2f} s, more than {bound} s.")
