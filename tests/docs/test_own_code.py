"""docs/own-code.md says what own_code.toml, check.own and the command do."""

from __future__ import annotations

import re

from aics.own.written import written_answers
from autograder.course import ROOT
from autograder.course.own_code import MOST, OWN_CODE, OwnCode

PAGE = (ROOT / "docs" / "own-code.md").read_text("utf-8")


def test_the_example_of_the_setting_is_one(tmp_path):
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / OWN_CODE).write_text(example)
    setting = OwnCode.read(tmp_path)
    assert sorted(filter(None, setting.labs.values())) == [0.5]
    assert f"at most {MOST} points a question" in PAGE


def test_the_example_of_answers_can_be_read():
    (example,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert written_answers([example], "conv_forward") == [(3, 5, 3, 4), 15]
