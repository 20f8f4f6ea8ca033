"""From every lab's finished notebook to stu_upload/ and back: what was exported is a hand-in."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course import Lab, labs
from autograder.gradebook.grade_path import shape_of
from autograder.intake.find import find_handins
from tests.labs.handins import not_exported, points_of, write_upload


@pytest.mark.parametrize("lab", [lab for lab in labs() if lab.asks.EXPORTS], ids=lambda lab: lab.name)
def test_an_exported_folder_is_a_hand_in_of_full_points(lab: Lab, tmp_path: Path) -> None:
    write_upload(lab, tmp_path / "ada")
    (handin,), _ = find_handins(tmp_path, [shape_of(lab)])
    assert (handin.student, handin.lab) == ("ada", lab.name)
    lost = not_exported(lab)
    full = {name: 0 if name in lost else question.points for name, question in lab.questions.items()}
    assert points_of(lab, handin.notebook) == full
