"""Notebooks and Python files as Windows saves them: the text arrives as it was written."""

from __future__ import annotations

import json

import pytest

from autograder.intake.handin import Refused
from autograder.intake.reading import read_notebook
from autograder.intake.text import python_text, text_of
from tests.intake.release import by_id, solved

WHY = "因为卷积核在每个位置都相同，所以参数少。× → é"
CLASS = "class ReLULayer(object):\n    # 前向\n    def forward(self, x):\n        return x\n"
#: Codec -> what a program writes before the text.
SAVED = {
    "utf-8": b"",
    "utf-8-sig": b"",
    "gb18030": b"",
    "utf-16": b"",
    "utf-16-le": b"",
    "utf-16-be": b"",
    "utf-32": b"",
}


@pytest.mark.parametrize("codec", SAVED)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_written_answer_arrives_as_it_was_written(codec, newline):
    text = json.dumps(solved(why=WHY), indent=1, ensure_ascii=False).replace("\n", newline)
    notebook, remarks = read_notebook(text.encode(codec))
    assert by_id(notebook, "why").source == WHY
    assert len(remarks) == (not codec.startswith("utf-8")), remarks


@pytest.mark.parametrize("codec", SAVED)
def test_a_python_file_arrives_as_it_was_written(codec):
    assert python_text(CLASS.encode(codec)) == CLASS


def test_an_encoding_line_that_does_not_hold():
    assert python_text(b"# coding: utf-8\n" + CLASS.encode("gb18030")).endswith(CLASS)


def test_one_broken_byte_does_not_make_utf8_chinese():
    data = bytearray(json.dumps(solved(why=WHY * 20), ensure_ascii=False).encode())
    data[data.index("卷".encode()) + 1] = 0x20
    notebook, remarks = read_notebook(bytes(data))
    assert by_id(notebook, "why").source.count("积核在每个位置都相同") == 20
    assert "not UTF-8" in remarks[0]


def test_one_broken_byte_in_chinese():
    data = json.dumps(solved(why=WHY * 20), ensure_ascii=False).encode("gb18030").replace(b"Because", b"\xff")
    text, remark = text_of(data)
    assert WHY in text
    assert "GB18030" in remark


@pytest.mark.parametrize("data", [bytes(range(128, 256)), b"\0" * 1000, b"\xff\xfe\0", bytes(range(256)) * 10])
def test_what_is_no_text(data):
    with pytest.raises(Refused):
        read_notebook(data)
