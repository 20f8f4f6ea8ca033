"""What of a class travels to another machine."""

from __future__ import annotations

import pickle
from pathlib import Path

from autograder.authoring.source import source_notebook
from autograder.course import ClassFolder, Lab
from autograder.gradebook.marks import Marks
from autograder.gradebook.parcel import packed
from autograder.grading.key import VerdictKeys, code_of
from autograder.grading.run import job_for
from autograder.grading.seeds import course_secret, seed
from autograder.grading.steps import steps_of

LAB = Lab("lab1_preprocessing")


def test_a_worker_gets_the_seeds_of_its_hand_in_and_not_the_courses_secret(tmp_path: Path) -> None:
    state, notebook = ClassFolder(tmp_path), source_notebook(LAB)
    steps = steps_of(notebook, LAB.questions)
    job = job_for(state, "ada", VerdictKeys(LAB), steps, isolation="strict", values_only=True)
    handed_in = tmp_path / "ada.ipynb"
    handed_in.write_text("what ada wrote")

    parcel = packed(("graded", job, handed_in, Marks()))

    travels, secret = pickle.dumps(parcel), course_secret(tmp_path)
    assert secret not in travels
    assert secret.hex().encode() not in travels
    assert b"what ada wrote" in travels
    assert parcel.task[1].seeds == {
        question: seed(secret, "ada", LAB.name, question, code_of(steps)) for question in LAB.questions
    }
