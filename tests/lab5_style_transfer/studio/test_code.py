"""Where the studio's code comes from, and what is said where it does not."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from aics.data import NotFetched
from aics.lab5_style_transfer.studio.code import FILE, TransferCode
from aics.lab5_style_transfer.studio.errors import NoCode

FINISHED = """
from stu_upload.layers_3 import mark

class VGG19: pass
def begin_transfer(): return mark
def transfer_step(): pass
"""


@pytest.fixture(autouse=True)
def forgotten():
    """Whatever a test imports as stu_upload is none of the next one's business."""
    yield
    for name in [name for name in sys.modules if name.partition(".")[0] == "stu_upload"]:
        del sys.modules[name]


def exported(folder, text: str = FINISHED, mark: int = 1):
    folder.mkdir(exist_ok=True)
    (folder / FILE).write_text(text)
    (folder / "layers_3.py").write_text(f"mark = {mark}")
    return folder


def test_it_is_imported_from_a_folder_of_any_name(tmp_path):
    assert TransferCode.exported(exported(tmp_path / "finished")).begin_transfer() == 1


def test_each_folder_has_its_own_and_the_search_path_stays(tmp_path):
    path = list(sys.path)
    first = TransferCode.exported(exported(tmp_path / "a", mark=1))
    second = TransferCode.exported(exported(tmp_path / "b", mark=2))
    assert (first.begin_transfer(), second.begin_transfer()) == (1, 2)
    assert sys.path == path


def test_what_it_imports_may_lie_in_another_labs_folder(tmp_path):
    for lab in ("lab2_layers", "lab5_style_transfer"):
        (tmp_path / lab).mkdir()
    folder = exported(tmp_path / "lab5_style_transfer" / "stu_upload")
    (tmp_path / "lab2_layers" / "stu_upload").mkdir()
    (folder / "layers_3.py").rename(tmp_path / "lab2_layers" / "stu_upload" / "layers_3.py")
    assert TransferCode.exported(folder).begin_transfer() == 1


def test_where_no_earlier_lab_is_beside_it_there_are_finished_files(tmp_path):
    code = TransferCode.exported(exported(tmp_path, FINISHED + "\nfrom stu_upload.vgg_cpu import VGG19\n"))
    assert code.network("mini").channels == (16, 32, 64, 128, 128)


def test_a_folder_without_it_says_what_to_do(tmp_path):
    with pytest.raises(NoCode, match="Finish lab 5 and run its last cell"):
        TransferCode.exported(tmp_path)


TROUBLES = {
    "no Python": ("def begin_transfer(:", "cannot be imported: SyntaxError"),
    "an import that fails": ("import layers_of_mine", "imports layers_of_mine.py, which is not here"),
    "another lab's file": ("import stu_upload.layers_9", "imports stu_upload/layers_9.py, which is not here"),
    "an original one": ("class VGG19: pass", "is not lab 5's. Not defined: begin_transfer, transfer_step"),
}


@pytest.mark.parametrize(("text", "sentence"), TROUBLES.values(), ids=TROUBLES)
def test_a_file_that_cannot_be_used_is_said_in_a_sentence(tmp_path, text, sentence):
    with pytest.raises(NoCode) as caught:
        TransferCode.exported(exported(tmp_path, text))
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_notebook_gives_its_own_names_and_says_which_are_missing(code):
    names = {"VGG19": code.VGG19, "begin_transfer": code.begin_transfer, "transfer_step": code.transfer_step}
    assert TransferCode.among(names | {"other": 1}) == code
    with pytest.raises(NoCode, match="Not defined: transfer_step"):
        TransferCode.among(names | {"transfer_step": None})


def test_weights_that_are_not_here_say_the_command(code, monkeypatch, tmp_path):
    monkeypatch.setenv("AICS_CACHE", str(tmp_path))
    with pytest.raises(NotFetched, match="aics fetch vgg16-conv"):
        code.network("vgg16-conv")


@pytest.mark.parametrize("right", [True, False])
def test_one_walk_takes_over_where_it_agrees(code, right):
    class Net(code.VGG19):
        def build_model(self):
            self.layers = {"relu1_1": None}

        def forward(self, image, layers):
            return dict.fromkeys(layers, image)

        def backward_all(self, dlosses):
            return sum(dlosses.values())

        def backward_once(self, dlosses):
            return sum(dlosses.values()) * (1 if right else 2)

    net = TransferCode(Net, code.begin_transfer, code.transfer_step).network("mini")
    assert (net.backward_all == net.backward_once) is right
    assert np.all(net.backward_all({"relu1_1": np.ones(2)}) == 1)
