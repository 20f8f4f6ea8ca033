"""A lab's questions asked of course files in this process, as the grader asks them: for code of these tests alone."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Mapping

import numpy as np

from aics.check.judge import judge
from aics.check.verdict import Verdict
from autograder.authoring.namespace import run_cells
from autograder.authoring.start import working_folder
from autograder.course import Lab
from autograder.gradebook.grade_path import shape_of
from autograder.grading.allowed import beyond_allowed
from autograder.grading.bench import hidden_packages
from autograder.grading.original import unasked
from autograder.grading.steps import steps_of
from autograder.intake.stu_upload import place


def verdicts(lab: Lab, files: Mapping[str, str]) -> tuple[dict[str, Verdict], list[str]]:
    """The verdict on each question, values only, and what intake said of the files."""
    notebook, remarks = place(files, shape_of(lab))
    steps = steps_of(notebook, lab.questions)
    with working_folder(lab) as folder, contextlib.redirect_stdout(io.StringIO()):
        names = run_cells([(step.name, step.source) for step in steps if step.source], beside=folder)
        found = {}
        for step in (step for step in steps if step.question):
            question = lab.questions[step.question].of_original(step.original)
            found[step.question] = unasked(lab.rule(step.question), step) or _judged(lab, question, names)
    asked = [name for name, verdict in found.items() if verdict.max_score]
    beyond = beyond_allowed(lab, steps, asked, hidden_packages(lab))
    assert not beyond.there, beyond.there
    assert not beyond.absent, beyond.absent
    return found, remarks


def _judged(lab: Lab, question, names) -> Verdict:
    cases = question.cases(np.random.default_rng(7))
    answers = [lab.answer(question.name, names, case) for case in cases]
    return judge(lab.rule_of(question), cases, [question.expected(**case) for case in cases], answers)


def points(lab: Lab, files: Mapping[str, str]) -> dict[str, tuple[float, float]]:
    """Points and total of each question that is asked."""
    found, _ = verdicts(lab, files)
    return {name: (verdict.score, verdict.max_score) for name, verdict in found.items() if verdict.max_score}
