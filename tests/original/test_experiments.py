"""The course's experiments are folders of one hand-in: a lab takes each of its files from where it is done best."""

from __future__ import annotations

import pytest

from autograder.course import Lab
from autograder.course.original import ABSENT, ASKED
from autograder.gradebook.grade_path import shape_of
from autograder.grading.steps import steps_of
from autograder.intake.find import find_handins
from tests.intake.files import write
from tests.intake.release import by_id
from tests.original import files

LAB = Lab("lab2_layers")
MLP, VGG, STYLE = "exp_2_1_mnist_mlp/stu_upload", "exp_3_1_vgg/stu_upload", "exp_3_3_style_transfer/stu_upload"
OPEN = files.LAYERS_2.replace("window.max()", "________").replace("(window * self.weight[:, :, :, c])", "________")


def handin(path, handed_in: dict[str, str], *, when: float = 0):
    """The one hand-in for lab 2 found in `path`, and what is said beside it; files are written newest first."""
    for n, (name, text) in enumerate(handed_in.items()):
        write(path / name, text, when=when and when - n)
    (found,), remarks = find_handins(path, [shape_of(LAB)])
    return found, remarks


def asked(found) -> dict[str, str]:
    return {s.question: s.original for s in steps_of(found.notebook, LAB.questions) if s.question and s.original}


@pytest.mark.parametrize("above", ["ada/", "ada/code_chap_2_3/", ""])
def test_files_of_several_experiments_are_one_hand_in(tmp_path, above):
    given = {f"{above}{MLP}/layers_1.py": files.LAYERS_1, f"{above}{STYLE}/layers_2.py": files.LAYERS_2}
    found, remarks = handin(tmp_path / "ada" if not above else tmp_path, given)
    assert (found.student, remarks) == ("ada", [])
    assert (asked(found)["relu"], asked(found)["conv_backward_speedup"]) == (ASKED, ASKED)
    (said,) = (remark for remark in found.remarks if remark.startswith("layers_1.py is that of "))
    assert said.endswith(MLP)


def test_of_a_file_in_several_the_later_experiments_is_graded_whatever_its_time(tmp_path):
    given = {f"ada/{VGG}/layers_2.py": files.LAYERS_2_FIRST, f"ada/{STYLE}/layers_2.py": files.LAYERS_2}
    found, remarks = handin(tmp_path, given, when=1_700_000_000)
    assert (asked(found)["conv_backward"], remarks) == (ASKED, [])
    assert f"layers_2.py is that of {STYLE}, the later experiment; set aside: that of {VGG}" in found.remarks


def test_one_whose_blanks_are_still_open_is_not_graded_in_its_place(tmp_path):
    blank = OPEN.replace("top_diff[n, c, i, j]", "________").replace("np.einsum(", "________(")
    blank = blank.replace("for i in range(k)", "for i in ________")
    given = {f"ada/{VGG}/layers_2.py": files.LAYERS_2_FIRST, f"ada/{STYLE}/layers_2.py": blank}
    found, _ = handin(tmp_path, given)
    assert f"layers_2.py is that of {VGG}, which answers more; set aside: that of {STYLE}" in found.remarks
    assert asked(found)["conv_forward"] == ASKED
    assert asked(found)["conv_backward"].startswith(ABSENT)


def test_a_class_may_lie_in_a_folder_of_an_experiment(tmp_path):
    for student in ("ada", "bo"):
        write(tmp_path / "exp_3_1_vgg" / student / "stu_upload" / "layers_2.py", files.LAYERS_2)
    found, _ = find_handins(tmp_path, [shape_of(LAB)])
    assert [each.student for each in found] == ["ada", "bo"]


def test_other_folders_of_one_student_are_not_joined(tmp_path):
    given = {"ada/old/layers_1.py": files.LAYERS_1, "ada/new/layers_2.py": files.LAYERS_2}
    found, (remark,) = handin(tmp_path, given, when=1_700_000_000)
    assert asked(found)["relu"] == ASKED
    assert asked(found)["conv_forward"] == f"{ABSENT}ConvolutionalLayer"
    assert "set aside" in remark.sentence


def test_the_text_that_is_graded_is_the_one_that_is_named(tmp_path):
    given = {f"ada/{VGG}/layers_2.py": files.LAYERS_2, f"ada/{STYLE}/layers_2.py": files.LAYERS_2 + "LATER = 1\n"}
    found, _ = handin(tmp_path, given)
    assert "LATER = 1" in by_id(found.notebook, "conv_forward_code").source
