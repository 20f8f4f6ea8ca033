"""Files that are written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder import whole


def test_what_was_there_is_replaced_and_the_folder_is_made(tmp_path: Path) -> None:
    file = tmp_path / "runs" / "kept.json"
    whole.write_text(file, "before")
    whole.write_text(file, "现在")
    assert file.read_bytes() == "现在".encode()
    assert [each.name for each in file.parent.iterdir()] == ["kept.json"]


def test_what_cannot_be_encoded_leaves_the_old_file(tmp_path: Path) -> None:
    file = tmp_path / "kept.txt"
    whole.write_text(file, "before")
    with pytest.raises(UnicodeEncodeError):
        whole.write_text(file, "\udc80")
    assert file.read_text() == "before"


def test_where_no_file_can_be_put_nothing_is_left_beside(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "something").touch()
    with pytest.raises(OSError, match="taken"):
        whole.write_bytes(tmp_path / "taken", b"now")
    assert [each.name for each in tmp_path.iterdir()] == ["taken"]
