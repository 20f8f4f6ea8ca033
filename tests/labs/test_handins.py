"""From every lab's finished notebook to stu_upload/ and back: what was exported is a hand-in."""

from __future__ import annotations

import pytest

from autograder.course import labs
from autograder.intake.find import find_handins
from tests.labs.handins import points_of, shape_of, write_upload

#: Questions whose answers the course has no file for; they are handed in as a notebook.
NOTEBOOK_ONLY = {
    "lab2_layers": {"conv_output_size", "conv_winograd"},
    "lab4_dlp": {"op_builder", "kernel_dispatch", "session_run", "backend_agreement", "swap_speed"},
}


@pytest.mark.parametrize("lab", [lab for lab in labs() if lab.asks.EXPORTS], ids=lambda lab: lab.name)
def test_an_exported_folder_is_a_hand_in_of_full_points(lab, tmp_path):
    write_upload(lab, tmp_path / "ada")
    (handin,), _ = find_handins(tmp_path, [shape_of(lab)])
    assert (handin.student, handin.lab) == ("ada", lab.name)
    lost = NOTEBOOK_ONLY.get(lab.name, set())
    full = {name: 0 if name in lost else question.points for name, question in lab.questions.items()}
    assert points_of(lab, handin.notebook) == full
