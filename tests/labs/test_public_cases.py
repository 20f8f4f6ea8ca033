"""``check.case`` of every question: the lines that it gives run in the solved notebook and bring what it shows."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from aics.check.ask import Answer
from aics.check.naming import alike
from autograder.authoring.namespace import run_cells, solution_cells
from autograder.authoring.start import working_folder
from autograder.course import Lab, labs

every_lab = pytest.mark.parametrize("lab", labs(), ids=lambda lab: lab.name, scope="module")


@pytest.fixture(scope="module")
def notebook(lab: Lab) -> Iterator[dict[str, object]]:
    with working_folder(lab) as folder:
        yield run_cells(solution_cells(lab), beside=folder)


def run(code: str, notebook: dict[str, object]) -> object:
    """The value of the last line, the others run before it."""
    *before, last = code.splitlines()
    exec("\n".join(before), notebook)
    return eval(last, notebook)


@every_lab
@pytest.mark.filterwarnings("ignore")
def test_the_lines_of_a_case_call_the_students_code_on_it(lab: Lab, notebook: dict[str, object]) -> None:
    for question in lab.questions:
        np.random.seed(0)
        case = eval(f"check.case({question!r})", dict(notebook))
        np.random.seed(0)
        brought = run(case.code, dict(notebook))
        outputs = brought if isinstance(brought, dict) else dict.fromkeys(case.got, brought)
        again = Answer(values={name: np.asarray(value) for name, value in outputs.items()})
        assert case.verdict.passed
        assert alike(lab.rule(question), again, Answer(values=case.got)), question
        assert case.code.startswith(f'case = check.case("{question}", 1)\n')
        assert all(line in repr(case) for line in case.code.splitlines())
