"""The language of a notebook stands in its metadata; anything else there is English."""

from __future__ import annotations

import nbformat
import pytest

from aics.language import language_of


def test_a_chinese_edition_says_so():
    assert language_of({"metadata": {"aics": {"language": "zh"}}}) == "zh"
    assert language_of(nbformat.v4.new_notebook(metadata={"aics": {"language": "zh_CN"}})) == "zh"


@pytest.mark.parametrize(
    "metadata",
    [None, {}, [], {"aics": None}, {"aics": "zh"}, {"aics": {}}]
    + [{"aics": {"language": said}} for said in ("en", "", "xx", "../zh", "/tmp/zh", None, 3, ["zh"], {"zh": 1})],
)
def test_every_other_notebook_is_english(metadata):
    assert language_of({"metadata": metadata}) == ""
    assert language_of({}) == ""
