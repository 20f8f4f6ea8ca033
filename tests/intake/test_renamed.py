"""A file by another kind's name is read as what it is."""

from __future__ import annotations

import json

import pytest

from tests.intake.files import found, write, write_zip
from tests.intake.release import ANSWERS, by_id, solved

INSIDE = {"lab9_small.ipynb": solved(), ".ipynb_checkpoints/lab9_small-checkpoint.ipynb": solved(), "a.png": b"\x89PNG"}


def test_a_zip_by_a_notebooks_name_is_opened(tmp_path):
    write_zip(tmp_path / "alice" / "lab9_small.ipynb", INSIDE)
    (handin,), remarks = found(tmp_path)
    assert by_id(handin.notebook, "relu_code").source == ANSWERS["relu_code"]
    assert handin.remarks == ["is a zip by another name: the notebook in it, lab9_small.ipynb, is read"]
    assert not remarks


def test_so_within_a_zip(tmp_path):
    inner = write_zip(tmp_path / "i.zip", INSIDE).read_bytes()
    (handin,), _ = found(write_zip(tmp_path / "class.zip", {"alice/lab9_small.ipynb": inner}))
    assert by_id(handin.notebook, "relu_code").source == ANSWERS["relu_code"]


@pytest.mark.parametrize("inside", [{}, {"word/document.xml": b"<x/>"}, {"a.ipynb": solved(), "b.ipynb": solved()}])
def test_a_zip_of_no_notebook_or_several_is_none(tmp_path, inside):
    write_zip(tmp_path / "alice" / "lab9_small.ipynb", inside | {"other.txt": b"x"})
    handins, (remark,) = found(tmp_path)
    assert not handins
    assert "is not a notebook but a zip archive" in remark.sentence


def test_a_notebook_by_a_zips_name_is_read(tmp_path):
    write(tmp_path / "alice" / "lab9_small.zip", json.dumps(solved()))
    write_zip(tmp_path / "bo" / "all.zip", {"lab9_small.ipynb.zip": json.dumps(solved())})
    handins, remarks = found(tmp_path)
    assert [handin.student for handin in handins] == ["alice", "bo"]
    assert not remarks


def test_a_newer_zip_that_cannot_be_opened_is_named_with_what_is_graded(tmp_path):
    write(tmp_path / "alice" / "lab9_small.ipynb", solved(), when=1_700_000_000)
    write(tmp_path / "alice" / "new.zip", b"PK\x03\x04 cut off")
    (handin,), _ = found(tmp_path)
    assert "alice/new.zip is newer but cannot be read: alice/lab9_small.ipynb is graded" in handin.remarks
