"""Known code keeps to what its question allows: right ways are not refused, and mistakes are not taken for tricks."""

from __future__ import annotations

import pytest

from aics.check.imports import Notebook, used_by
from autograder.course import Lab, labs
from autograder.grading.allowed import allowed_by
from autograder.measure.prove import Notebooks, known_code


@pytest.mark.parametrize("lab", labs(), ids=lambda lab: lab.name)
def test_known_code_uses_what_its_question_allows(lab: Lab) -> None:
    notebooks = Notebooks(lab)
    for code in known_code(lab):
        notebook = Notebook([(step.name, step.source) for step in notebooks.steps(code) if step.source])
        for question in code.questions:
            found = list(notebook.not_allowed(used_by(lab.asks, question), allowed_by(lab, question)))
            assert found == [], code.name
