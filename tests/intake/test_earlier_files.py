"""Course files of an earlier lab beside a hand-in of the lab that starts from them."""

from __future__ import annotations

import pytest

from autograder.intake.find import find_handins
from autograder.intake.released_lab import ReleasedLab
from tests.intake.files import LAYERS_1, write, write_zip
from tests.intake.release import EXPORTS, release, solved, stub

NET = "class Net(object):\n    def forward(self, x):\n        return x\n"


def network(answer: str = ""):
    """The later lab's notebook: one stub."""
    notebook = release()
    del notebook.cells[2:]
    late = release().cells[2]
    late.source = answer or stub("Net", "forward")
    late.id = late.metadata.nbgrader.grade_id = "net_code"
    return notebook.cells.append(late) or notebook


EARLIER = ReleasedLab.of(release(), "lab9_small", EXPORTS, later=frozenset({"lab10_network"}))
LATER = ReleasedLab.of(network(), "lab10_network", {"net.py": ("Net",)})


def graded(path, shapes=(EARLIER, LATER)):
    handins, remarks = find_handins(path, shapes)
    return {(handin.student, handin.lab) for handin in handins}, [remark.sentence for remark in remarks]


@pytest.mark.parametrize(
    "files",
    [
        {"lab10_network.ipynb": network(NET), "stu_upload/layers_1.py": LAYERS_1},
        {"stu_upload/net.py": NET, "stu_upload/layers_1.py": LAYERS_1},
        {"net.py": NET, "stu_upload/layers_1.py": LAYERS_1},
    ],
    ids=["notebook", "one folder", "folder below"],
)
def test_a_students_own_layers_beside_the_later_lab_do_not_touch_the_earlier_grade(tmp_path, files):
    write_zip(tmp_path / "class" / "ada.zip", files)
    handins, (remark,) = graded(tmp_path / "class")
    assert handins == {("ada", "lab10_network")}
    assert remark == (
        "layers_1.py: not graded as lab9_small, because lab10_network lies there, which starts from them "
        "(`--lab lab9_small` grades them)"
    )


def test_they_are_graded_where_only_the_earlier_lab_is_asked_for(tmp_path):
    write_zip(tmp_path / "class" / "ada.zip", {"stu_upload/net.py": NET, "stu_upload/layers_1.py": LAYERS_1})
    assert graded(tmp_path / "class", [EARLIER])[0] == {("ada", "lab9_small")}


def test_each_lab_in_a_folder_of_its_own_is_graded(tmp_path):
    write(tmp_path / "ada" / "lab9" / "stu_upload" / "layers_1.py", LAYERS_1)
    write(tmp_path / "ada" / "lab10" / "lab10_network.ipynb", network(NET))
    assert graded(tmp_path) == ({("ada", "lab9_small"), ("ada", "lab10_network")}, [])


def test_the_earlier_labs_notebook_is_graded_whatever_lies_beside_it(tmp_path):
    write(tmp_path / "ada" / "lab9_small.ipynb", solved())
    write(tmp_path / "ada" / "lab10_network.ipynb", network(NET))
    write(tmp_path / "ada" / "stu_upload" / "layers_1.py", LAYERS_1)
    assert graded(tmp_path)[0] == {("ada", "lab9_small"), ("ada", "lab10_network")}


def test_an_untouched_later_notebook_sets_nothing_aside(tmp_path):
    write(tmp_path / "ada" / "lab10_network.ipynb", network())
    write(tmp_path / "ada" / "stu_upload" / "layers_1.py", LAYERS_1)
    assert ("ada", "lab9_small") in graded(tmp_path)[0]
